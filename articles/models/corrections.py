"""Corrections: what readers are told that a story had wrong. Openly, on the story and on a page of their own."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class CorrectionQuerySet(models.QuerySet):
    def shown(self):
        """Those of stories that readers see: a withdrawn story takes its corrections along."""
        return self.filter(story__live_edition__isnull=False)

    def in_language(self, language):
        return self.filter(language=language)

    def newest(self):
        return self.order_by("-at", "-id")


class Correction(models.Model):
    """A note to readers; `edition` is the one it came with, or that was live when it was added. Its story's siblings
    have their own: what was wrong in one language may have been right in the other."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    story = models.ForeignKey("Story", models.PROTECT, related_name="corrections", verbose_name=_("story"))
    edition = models.ForeignKey("Edition", models.PROTECT, related_name="corrections", verbose_name=_("edition"))
    language = models.CharField(_("language"), max_length=10)
    text = models.TextField(_("what readers are told"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), default=timezone.now)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-at", "-id"]
        default_permissions = ("view", "delete")
        indexes = [models.Index(fields=["language", "-at", "-id"], name="correction_in_language")]

    def __str__(self):
        return self.text[:80]
