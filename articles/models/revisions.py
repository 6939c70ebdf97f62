"""Revisions: saved states of the working copy, for history, comparison and restoring."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Revision(models.Model):
    """Made at every move. `digest` is that of the snapshot: identical ones are not stored twice in a row."""

    story = models.ForeignKey("Story", models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    name = models.CharField(_("name"), max_length=120, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    snapshot = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["story", "number"], name="revision_number_once")]

    def __str__(self):
        return self.name or self.reason or str(self.number)
