"""The clock: what falls due without anybody doing anything. Each beat asks what is due, so nothing is ever missed."""

import logging
import time
from collections.abc import Callable
from datetime import datetime
from itertools import takewhile

from django.core.files.storage import storages
from django.utils import timezone

from articles import tasks
from articles.models import Photo
from articles.pages import press, purge, stale, until

from . import photos, pixels
from .changing import changing

logger = logging.getLogger(__name__)
AT_ONCE = 200  # photos in one beat: the next is seconds away
FEW = 3  # of what takes seconds each
LONG = 10.0  # seconds after which no more of those is begun, so that what falls due is never late by a minute


def beat(now: datetime | None = None) -> int:
    """Do all that is due at `now`. Gives how many things were done; one that fails never stops the next."""
    now = now or timezone.now()
    return sum(due(now) for due in DUE)


def photos_by_their_dates(now: datetime) -> int:
    """Photos whose embargo or licence has run out: off every page, or on them again."""
    found = Photo.objects.due_at(now).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]
    return sum(_done(lambda pk=pk: _keep_to_dates(pk, now), f"photo {pk}") for pk in found)


def _keep_to_dates(pk: int, now: datetime) -> None:
    photo = Photo.objects.due_at(now).filter(pk=pk).first()
    if photo:  # else somebody was quicker
        with changing(photo, "by_the_clock", by=None, door="clock", at_once=True) as details:
            photos.keep_to_dates(photo, now)
            details["status"] = photo.status


def old_renditions(now: datetime) -> int:
    """Renditions of replaced pixels that no page can name any more."""
    return pixels.clear_due(now)


def _done(work: Callable[[], None], what: str) -> bool:
    try:
        work()
    except Exception:  # whatever stands in the way of one must not keep the others waiting
        logger.exception("The clock could not do what is due: %s", what)
        return False
    return True


def late_renditions(now: datetime) -> int:
    """Photos whose renditions nobody makes though they were asked for: the worker's task is late or lost, or it died.

    Those that wait longest first; one that can never be made goes behind the others each time.
    """
    found = Photo.objects.filter(work_due_at__lte=now).order_by("work_due_at").values_list("pk", flat=True)[:FEW]
    begun = time.monotonic()
    in_time = takewhile(lambda _pk: time.monotonic() - begun < LONG, found)
    return sum(_done(lambda pk=pk: tasks.work(pk), f"photo {pk}") for pk in in_time)


def pages_by_their_hour(now: datetime) -> int:
    """Pages that were true until now, such as the news of two days."""
    return until.mark_due(now)


def touched_keys(now: datetime) -> int:
    """What nobody needs to remember any more; nor is it worth counting."""
    stale.forget(now)
    return 0


def purges(now: datetime) -> int:
    """What the caches in front of the site have not forgotten yet."""
    return purge.send_due()


def left_files(now: datetime) -> int:
    """Files whose writer died before they were whole. Another storage than our folders keeps none."""
    sweeps = (getattr(storages[name], "sweep", None) for name in ("originals", "desk", "renditions"))
    return sum(sweep() for sweep in sweeps if sweep)


DUE: tuple[Callable[[datetime], int], ...] = (
    photos_by_their_dates,
    late_renditions,
    old_renditions,
    pages_by_their_hour,
    left_files,
    press.drop_unasked,
    touched_keys,
    purges,
)
