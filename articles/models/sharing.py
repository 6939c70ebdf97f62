"""Share links: addresses under which somebody without an account reads one working copy, for a few days."""

import hashlib
from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

DAYS = 3  # how long a link is good for unless one says otherwise


def digest_of_token(token):
    """SHA-256, hex. A token has 256 random bits, so that its digest needs no salt and gives nothing away."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def in_days(days=DAYS):
    """The moment `days` from now."""
    return timezone.now() + timedelta(days=days)


class ShareLinkQuerySet(models.QuerySet):
    def standing(self):
        """Those that open: not expired, not withdrawn, of a story that is not in the bin."""
        return self.filter(withdrawn_at=None, expires_at__gt=timezone.now(), story__binned_at=None)

    def with_token(self, token):
        """The link whose token that is. Only the digest is stored, so nobody reads a link off the database."""
        return self.filter(digest=digest_of_token(token))


class ShareLink(models.Model):
    """`digest` is all that is kept of its token: the link itself is shown once, when it is made."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    story = models.ForeignKey("Story", models.CASCADE, related_name="share_links")
    digest = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("good until"), default=in_days)
    withdrawn_at = models.DateTimeField(null=True)
    openings = models.PositiveIntegerField(_("openings"), default=0)
    last_opened_at = models.DateTimeField(null=True)

    objects = ShareLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("share link")
        verbose_name_plural = _("share links")
        ordering = ["-at", "-id"]

    def __str__(self):
        return str(self.story)

    @property
    def is_standing(self):
        """Whether it opens. The same answer as the QuerySet's `standing`."""
        return self.withdrawn_at is None and self.expires_at > timezone.now() and self.story.binned_at is None
