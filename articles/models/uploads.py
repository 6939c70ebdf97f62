"""Uploads: picture files on their way into the library, piece by piece, until they are whole."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UploadQuerySet(models.QuerySet):
    def on_the_way(self):
        """Those that are neither in the library nor refused."""
        return self.filter(finished_at=None)


class Upload(models.Model):
    """`uuid` is the browser's name for it. `received` of its `size` bytes lie in its file, from the first one on.

    Once it is finished it has its `photo`, or else `refused` holds the sentence why not; the row stays for some days,
    so that an answer that was lost can be given again.
    """

    uuid = models.UUIDField(unique=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("by"))
    name = models.CharField(_("file name"), max_length=255)
    size = models.PositiveBigIntegerField(_("bytes"))
    received = models.PositiveBigIntegerField(default=0)
    heard_at = models.DateTimeField(default=timezone.now, db_index=True)
    finished_at = models.DateTimeField(null=True)
    photo = models.ForeignKey("Photo", models.SET_NULL, null=True, related_name="+")
    was_known = models.BooleanField(default=False)
    refused = models.TextField(blank=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")

    def __str__(self):
        return self.name
