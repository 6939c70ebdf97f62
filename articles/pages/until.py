"""Until: pages that are true until a moment, and change then though nobody does anything: the news of two days."""

from datetime import datetime

from django.db import transaction

from articles.models import PageKey

from . import keys, stale


def mark_due(now: datetime) -> int:
    """Mark stale the pages that were true until `now` or before. Gives how many of their moments have come.

    What is stale already waits to be pressed; if that rendering began before the moment, the page comes up again.
    """
    come = PageKey.objects.filter(key__gte=keys.UNTIL, key__lte=keys.until(now), page__stale_since=None)
    found = {key for key in come.values_list("key", flat=True) if keys.UNTIL < key <= keys.until(now)}
    if found:
        with transaction.atomic():
            stale.mark(found)
    return len(found)
