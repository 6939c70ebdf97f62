"""The audit log: who did what, when. It only grows, and each line carries the digest of the one before."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AppendOnly(TypeError):
    """Somebody tried to change or delete a line of the audit log."""


class AuditQuerySet(models.QuerySet):
    def about(self, noun):
        """The lines about one thing, newest first."""
        return self.filter(what=noun._meta.model_name, what_uuid=noun.uuid).order_by("-id")

    def update(self, **changes):
        raise AppendOnly("The audit log only grows.")

    def delete(self):
        raise AppendOnly("The audit log only grows.")


class AuditLine(models.Model):
    kind = models.CharField(_("deed"), max_length=40)
    what = models.CharField(_("what"), max_length=40)
    what_uuid = models.UUIDField(_("identifier"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, related_name="+", db_constraint=False
    )
    by_name = models.CharField(_("by"), max_length=150, blank=True)
    at = models.DateTimeField(_("at"))
    details = models.JSONField(_("details"), default=dict)
    previous_digest = models.CharField(_("digest of the one before"), max_length=64, blank=True)
    digest = models.CharField(_("digest"), max_length=64, unique=True)

    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of the audit log")
        verbose_name_plural = _("audit log")
        ordering = ["-id"]
        indexes = [models.Index(fields=["what", "what_uuid", "-id"], name="audit_about")]

    def __str__(self):
        return f"{self.kind} {self.what} {self.what_uuid}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise AppendOnly("The audit log only grows.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise AppendOnly("The audit log only grows.")


class AuditChain(models.Model):
    """One row: the newest digest. Whoever adds a line locks it, so that the chain never forks."""

    digest = models.CharField(max_length=64, blank=True)

    def __str__(self):
        return self.digest
