"""Batches: the same words put to many photos at once, remembered so that it can be undone; and saved templates."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Batch(models.Model):
    """`changes` has, for each photo's uuid, field to [before, after]. Fields are named as in `desk.batches`."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    changes = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True, db_index=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("batch")
        verbose_name_plural = _("batches")
        ordering = ["-at", "-id"]

    def __str__(self):
        return str(self.uuid)


class CaptionTemplate(models.Model):
    """`fields` holds the text of each field that is ticked, variables in it as they were typed."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120, unique=True)
    fields = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("caption template")
        verbose_name_plural = _("caption templates")
        ordering = ["name"]

    def __str__(self):
        return self.name
