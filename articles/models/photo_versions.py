"""Photo versions: the pixels a photo had before they were made anew, kept as long as old pages ask for them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .photos import originals


class PhotoVersion(models.Model):
    """`token` is where its renditions lie. `original` is empty where only the renditions were made anew."""

    photo = models.ForeignKey("Photo", models.CASCADE, related_name="versions")
    token = models.CharField(max_length=32, unique=True)
    original = models.FileField(_("original"), storage=originals, max_length=200, blank=True)
    original_name = models.CharField(_("file name"), max_length=255, blank=True)
    digest = models.CharField(max_length=64, blank=True, db_index=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    cleared_at = models.DateTimeField(_("renditions deleted"), null=True)

    class Meta:
        verbose_name = _("version of a photo")
        verbose_name_plural = _("versions of photos")
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["at"], condition=models.Q(cleared_at=None), name="photo_version_uncleared"),
        ]

    def __str__(self):
        return self.original_name or self.token
