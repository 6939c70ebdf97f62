"""Purging: telling the caches in front of the site, by key, what to forget, until each has said that it did.

`ask` writes rows, in the transaction of the change; `send_due` sends them. So a purge goes out if, and only if, the
change did, and neither a crash nor a cache that is down can lose one: the rows are the queue. Behind a cache Django
answers no page that is stale (views/pressed.py), so what a cache fetches from then on is new; an answer that was on its
way while the change was made is not, and for it each key is sent once more, a little later.
"""

import logging
import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from articles.models import Purge

from .caches import Cache, NotTaken, caches

logger = logging.getLogger(__name__)
# What every cache takes in a header, between spaces or commas.
KEY = re.compile(r"[!#-+\--~]{1,200}")
# A row that is being sent belongs to who sends it for so long; if that one dies, another takes it.
LEASE = timedelta(seconds=60)
AGAIN_AFTER = timedelta(seconds=10)  # longer than any page takes to be made and fetched
LONGEST_PAUSE = 60  # seconds between two tries, so that a cache that comes back is up to date within a minute
LONGEST_ASKED_PAUSE = 3600  # where the cache itself asked to be left alone
MOST_REQUESTS = 200  # for one cache in one go
ROWS_A_KEY = 4  # read for one request: some keys are asked for more than once


def ask_twice(keys: Iterable[str], *, gone: bool = False) -> None:
    """`ask` now, and again when every answer that was on its way while the change was made has arrived."""
    keys = set(keys)
    ask(keys, gone=gone)
    ask(keys, gone=gone, after=AGAIN_AFTER)


def ask(keys: Iterable[str], *, gone: bool = False, after: timedelta | None = None) -> None:
    """Have every cache forget what carries one of `keys`, `after` a while if it says one; `gone` if that must never be
    seen again.

    Call it inside the transaction of the change. Without a cache in front it writes nothing. Raises ValueError for a
    key that cannot stand in a header.
    """
    keys, at = sorted(set(keys)), timezone.now() + after if after else None
    if strange := [key for key in keys if not KEY.fullmatch(key)]:
        raise ValueError(f"{strange[0]!r} cannot be a key: it stands in a header, between spaces and commas.")
    rows = [Purge(target=cache.name, key=key, gone=gone, next_try_at=at) for cache in caches() for key in keys]
    Purge.objects.bulk_create(rows, batch_size=500)


def send_due(now: datetime | None = None) -> int:
    """Send what is due, in as few requests as can be; gives how many rows are done with. Never raises for a cache."""
    return sum(send_to(cache, now) for cache in caches())


def send_to(cache: Cache, now: datetime | None = None) -> int:
    """`send_due`, to one cache: one that does not answer holds up whoever sends for seconds."""
    done = 0
    for _request in range(MOST_REQUESTS):
        rows = _take(cache, now or timezone.now())
        if not rows:
            break
        keys = list(dict.fromkeys(row.key for row in rows))
        try:
            cache.forget(keys, gone=rows[0].gone)
        except NotTaken as error:
            _put_off(rows, error, now or timezone.now())
            break  # whatever ails it ails it for the next request as well
        done += Purge.objects.filter(pk__in=[row.pk for row in rows]).delete()[0]
    return done


def _take(cache: Cache, now: datetime) -> list[Purge]:
    """The rows of the next request to `cache`, nobody else's until the lease is over."""
    due = Purge.objects.filter(target=cache.name).due_at(now).in_turn()
    if not due.exists():  # without asking for a lock, which on SQLite is the only one there is
        return []
    with transaction.atomic():
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        rows = _fitting(cache, list(due[: cache.most_keys * ROWS_A_KEY]))
        Purge.objects.filter(pk__in=[row.pk for row in rows]).update(next_try_at=now + LEASE)
    return rows


def _fitting(cache: Cache, rows: list[Purge]) -> list[Purge]:
    """As many of `rows`, in their turn, as one request takes: all gone, or all only old."""
    chosen, keys, size = [], set(), 0
    for row in rows:
        if row.gone != rows[0].gone:
            break
        if row.key not in keys:
            size += len(row.key) + 1
            if len(keys) == cache.most_keys or size > cache.most_bytes:
                break
            keys.add(row.key)
        chosen.append(row)
    return chosen


def _put_off(rows: list[Purge], error: NotTaken, now: datetime) -> None:
    """Keep one row of each key for later; those that said the same are of no more use."""
    attempts = max(row.attempts for row in rows) + 1
    pause = max(min(2 ** min(attempts, 10), LONGEST_PAUSE), min(error.after, LONGEST_ASKED_PAUSE))
    kept = {row.key: row.pk for row in rows}
    with transaction.atomic():
        Purge.objects.filter(pk__in={row.pk for row in rows} - set(kept.values())).delete()
        Purge.objects.filter(pk__in=kept.values()).update(
            attempts=attempts, next_try_at=now + timedelta(seconds=pause), last_error=str(error)
        )
    logger.error("%d keys are not purged yet, and are tried again in %d s: %s", len(kept), pause, error)
