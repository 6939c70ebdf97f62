"""Captions: the words for a photo in one language, with its alt text. Versioned; the newest counts."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Caption(models.Model):
    """`alt` aims at 125 characters, 250 at most (IPTC photo metadata); `decorative` says that none is needed."""

    photo = models.ForeignKey("Photo", models.CASCADE, related_name="captions")
    language = models.CharField(_("language"), max_length=10)
    text = models.TextField(_("caption"), blank=True)
    alt = models.CharField(_("alt text"), max_length=250, blank=True)
    decorative = models.BooleanField(_("decorative"), default=False)
    version = models.PositiveIntegerField(default=1)
    is_current = models.BooleanField(default=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("caption")
        verbose_name_plural = _("captions")
        ordering = ["photo", "language", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["photo", "language", "version"], name="caption_version_once"),
            models.UniqueConstraint(
                fields=["photo", "language"], condition=models.Q(is_current=True), name="caption_one_current"
            ),
        ]

    def __str__(self):
        return self.text
