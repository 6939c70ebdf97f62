"""Revisions: saved states of the working copy, for history, comparison and restoring."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class RevisionQuerySet(models.QuerySet):
    def named(self):
        """The history's own lines: those of moves and of "Keep this version", without autosaves."""
        return self.filter(autosave=False)

    def autosaves(self):
        """What each editor's last autosave of a story left."""
        return self.filter(autosave=True)


class Revision(models.Model):
    """Made at every move and by "Keep this version". `digest` is that of the snapshot: identical ones are not stored
    twice in a row.

    Beside them each editor has one autosave of a story, overwritten; it has no number, for it is no named version.
    """

    story = models.ForeignKey("Story", models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(null=True)
    autosave = models.BooleanField(default=False)
    name = models.CharField(_("name"), max_length=120, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    snapshot = models.JSONField()
    digest = models.CharField(max_length=64)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["story", "number"], name="revision_number_once"),
            models.UniqueConstraint(
                fields=["story", "by"], condition=models.Q(autosave=True), name="revision_one_autosave"
            ),
            models.CheckConstraint(
                condition=models.Q(autosave=True) ^ models.Q(number__isnull=False), name="revision_numbered_or_autosave"
            ),
        ]

    def __str__(self):
        return self.name or self.reason or str(self.number or _("Autosave"))
