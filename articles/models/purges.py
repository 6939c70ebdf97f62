"""Purges: what a cache in front of the site must still be told to forget, key by key."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class PurgeQuerySet(models.QuerySet):
    def due_at(self, moment: datetime):
        """Those that may be sent at `moment`: the new ones, then those whose pause is over."""
        return self.filter(Q(next_try_at=None) | Q(next_try_at__lte=moment))

    def in_turn(self):
        """What must never be seen again first, then the new, then those that failed longest ago."""
        return self.order_by("-gone", F("next_try_at").asc(nulls_first=True), "pk")


class Purge(models.Model):
    """One key that one cache must forget. The row stands until that cache has said that it did.

    A key that is asked for again while a request with it is on its way is another row, so no ask is ever lost in one
    that left before it.
    """

    target = models.CharField(max_length=200)  # which cache: the name of its adapter
    key = models.CharField(max_length=200)
    gone = models.BooleanField(default=False)  # never to be shown again, not even while nothing newer can be had
    asked_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, blank=True)  # none: at once
    last_error = models.TextField(blank=True)

    objects = PurgeQuerySet.as_manager()

    class Meta:
        indexes = [models.Index("target", "next_try_at", name="purges_by_turn")]

    def __str__(self):
        return f"{self.key} at {self.target}"
