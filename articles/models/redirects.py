"""Redirects: where readers are sent who ask for an address that something once stood at; and dead ends, the addresses
they ask for in vain."""

import unicodedata
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LONGEST = 500  # characters of an address; a story's has 400 at most


def folded(path):
    """`path` (decoded) as addresses are compared: NFC, in small letters, without a slash at its end."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).lower()).rstrip("/")


class RedirectQuerySet(models.QuerySet):
    def leading_to(self, path):
        """Those that lead to `path`, or beneath it."""
        key = folded(path)
        return self.filter(models.Q(to_key=key) | models.Q(to_key__startswith=f"{key}/"))


class Redirect(models.Model):
    """From `address` to `to`, a path of this site. With `beneath` all that stood beneath it went along: the months and
    feeds of a section. It is asked for only where there is no page, so that whatever comes to stand there wins."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    address = models.CharField(_("address"), max_length=LONGEST)
    key = models.CharField(max_length=LONGEST, unique=True, editable=False)
    to = models.CharField(_("leads to"), max_length=LONGEST)
    to_key = models.CharField(max_length=LONGEST, db_index=True, editable=False)
    beneath = models.BooleanField(_("and all beneath it"), default=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("made by")
    )
    at = models.DateTimeField(_("made"), auto_now_add=True)

    objects = RedirectQuerySet.as_manager()

    class Meta:
        verbose_name = _("redirect")
        verbose_name_plural = _("redirects")
        ordering = ["-id"]
        default_permissions = ("view", "add", "delete")

    def __str__(self):
        return self.address

    def save(self, *args, **kwargs):
        path, mark, query = self.address.partition("?")
        self.key, self.to_key = folded(path) + mark + query, folded(self.to)
        super().save(*args, **kwargs)


class DeadEndQuerySet(models.QuerySet):
    def open(self):
        """Those about which nobody has decided yet."""
        return self.filter(dismissed_at=None)


class DeadEnd(models.Model):
    """An address that readers asked for, where there is nothing: how often, and when. Of the readers nothing is kept;
    `linked_from` is the page of our own that leads there, if one does."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    address = models.CharField(_("address"), max_length=LONGEST, unique=True)
    count = models.PositiveIntegerField(_("times"), default=0)
    first_at = models.DateTimeField(_("first asked for"), default=timezone.now)
    last_at = models.DateTimeField(_("last asked for"), default=timezone.now)
    linked_from = models.CharField(_("linked from"), max_length=LONGEST, blank=True)
    dismissed_at = models.DateTimeField(_("not worth it since"), null=True)

    objects = DeadEndQuerySet.as_manager()

    class Meta:
        verbose_name = _("address that leads nowhere")
        verbose_name_plural = _("addresses that lead nowhere")
        ordering = ["-count", "-last_at", "-id"]
        default_permissions = ("view", "change")
        indexes = [models.Index(fields=["-count", "-last_at", "-id"], name="dead_end_by_count")]

    def __str__(self):
        return self.address
