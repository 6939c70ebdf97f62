"""Photos: pictures in the library, with a private original, their facts and their renditions."""

import secrets
from uuid import uuid4

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.utils.translation import gettext_lazy as _


def originals():
    return storages["originals"]


def new_token():
    """128 random bits, hex: a rendition's address is made of it, never of a digest of the file (docs/decisions.md)."""
    return secrets.token_hex(16)


class Rights(models.TextChoices):
    UNKNOWN = "", _("Not cleared")
    STAFF = "staff", _("Staff")
    FREELANCE = "freelance", _("Freelance")
    AGENCY = "agency", _("Agency")
    HANDOUT = "handout", _("Handout")
    SOCIAL = "social", _("Social media, with permission")
    PUBLIC_DOMAIN = "public_domain", _("Public domain")
    CREATIVE_COMMONS = "creative_commons", _("Creative Commons")
    SCREEN_GRAB = "screen_grab", _("Screen grab")


class PhotoStatus(models.TextChoices):
    READY = "ready", _("In the library")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class PhotoQuerySet(models.QuerySet):
    def shown_live(self):
        """Photos that a live edition shows: only their renditions lie in the public folder."""
        return self.filter(edition_photos__edition__is_live=True).distinct()


class Photo(models.Model):
    """Width and height are pixels as seen, orientation applied.

    `formats` says which renditions exist: format name to widths in pixels. Pages name these and no others.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    original = models.FileField(_("original"), storage=originals, max_length=200, editable=False)
    original_name = models.CharField(_("file name"), max_length=255, blank=True, editable=False)
    format = models.CharField(_("format"), max_length=10, editable=False)
    size = models.PositiveBigIntegerField(_("bytes"), editable=False)
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    fingerprint = models.CharField(max_length=16, blank=True, editable=False)
    colour = models.CharField(max_length=7, blank=True, editable=False)

    headline = models.CharField(_("title"), max_length=256, blank=True)
    creator = models.CharField(_("creator"), max_length=200, blank=True)
    credit = models.CharField(_("credit"), max_length=200, blank=True, help_text=_("As readers see it."))
    copyright = models.CharField(_("copyright"), max_length=300, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    rights = models.CharField(_("rights"), max_length=20, choices=Rights.choices, blank=True, default="")
    taken_at = models.CharField(_("date created"), max_length=40, blank=True, help_text=_("As the camera wrote it."))
    city = models.CharField(_("city"), max_length=200, blank=True)
    country = models.CharField(_("country"), max_length=200, blank=True)
    instructions = models.TextField(_("instructions"), blank=True)
    focal_x = models.FloatField(_("focal point across"), default=0.5)
    focal_y = models.FloatField(_("focal point down"), default=0.5)
    metadata = models.JSONField(default=dict, blank=True, editable=False)

    status = models.CharField(_("status"), max_length=10, choices=PhotoStatus.choices, default=PhotoStatus.READY)
    token = models.CharField(max_length=32, default=new_token, unique=True, editable=False)
    formats = models.JSONField(default=dict, editable=False)

    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("uploaded by")
    )
    created_at = models.DateTimeField(_("uploaded"), auto_now_add=True, db_index=True)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["-created_at", "-id"]
        permissions = [("caption_photo", _("Can write captions"))]

    def __str__(self):
        return self.headline or self.original_name or str(self.uuid)

    @property
    def is_shown_live(self):
        """Whether a live edition shows it. The same answer as the QuerySet's `shown_live`."""
        return self.edition_photos.filter(edition__is_live=True).exists()

    def caption_in(self, language):
        """The newest caption in `language`, or None. Reads what is prefetched."""
        return next((row for row in self.captions.all() if row.language == language and row.is_current), None)
