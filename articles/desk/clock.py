"""The clock: what falls due without anybody doing anything. Each beat asks what is due, so nothing is ever missed."""

import logging
from collections.abc import Callable
from datetime import datetime

from django.utils import timezone

from articles import tasks
from articles.models import Photo
from articles.pages import press, purge, stale

from . import photos, pixels
from .changing import changing

logger = logging.getLogger(__name__)
AT_ONCE = 200  # photos in one beat: the next is seconds away
FEW = 3  # of what takes a second each


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
    """Photos whose renditions carry words of before: the task that should make them anew is late, or lost.

    Any of them, by lot: one that can never be made must not keep the others waiting.
    """
    found = Photo.objects.filter(needs_renditions=True).order_by("?").values_list("pk", flat=True)[:FEW]
    return sum(_done(lambda pk=pk: tasks.renew_photo.func(pk), f"photo {pk}") for pk in found)


def purges(now: datetime) -> int:
    """What the caches in front of the site have not forgotten yet."""
    return purge.send_due()


DUE: tuple[Callable[[datetime], int], ...] = (
    photos_by_their_dates,
    late_renditions,
    old_renditions,
    press.drop_unasked,
    stale.forget,
    purges,
)
