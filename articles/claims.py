"""Claims: whose turn it is to make a photo's renditions. A claim runs out by itself: what a dead worker left, the next
one takes up.

`Photo.work_due_at` is the queue, not the tasks: null where nothing is to be made; else the moment from which anybody
may take the photo up, whoever said to be at it. `Photo.worker` names the one that is at it; without one it may be taken
up at once. Claiming is one statement of the database, so of two who try only one succeeds.
"""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from articles.models import Photo

# How long a claim lasts that nobody renews: longer than the slowest single step, decoding a very large original.
LEASE = timedelta(seconds=30)
RENEWED_SECONDS = 5.0
# How long what was asked for may wait for a worker's task, before the clock takes it up.
PATIENCE = timedelta(seconds=45)
# How long a photo rests whose renditions could not be made.
REST = timedelta(minutes=2)


class Lost(Exception):
    """The claim ran out, and somebody else is at the photo now."""


def due() -> datetime:
    """What `work_due_at` becomes when renditions are asked for. It takes no claim from who is at it."""
    return timezone.now() + PATIENCE


def ask(photo_id: int) -> None:
    """Note that renditions of a photo are to be made; whoever makes some now looks again before giving it back."""
    Photo.objects.filter(pk=photo_id).update(work_due_at=due())


def claim(photo_id: int) -> "Claim | None":
    """The claim to make a photo's renditions; None while somebody else is at it, and for a photo that is no more."""
    now, worker = timezone.now(), uuid4().hex
    free = Q(worker="") | Q(work_due_at=None) | Q(work_due_at__lte=now)
    taken = Photo.objects.filter(free, pk=photo_id).update(worker=worker, work_due_at=now + LEASE)
    return Claim(photo_id, worker) if taken else None


class Claim:
    """One worker's turn at one photo."""

    def __init__(self, photo_id: int, worker: str) -> None:
        self.photo_id, self.worker = photo_id, worker
        self.renewed_at = time.monotonic()

    def hold(self) -> None:
        """Say that the work goes on; to be called at each step. Raises Lost."""
        if time.monotonic() - self.renewed_at >= RENEWED_SECONDS:
            if not self._own().update(work_due_at=timezone.now() + LEASE):
                raise Lost
            self.renewed_at = time.monotonic()

    def give_back(self, is_done: Callable[[Photo], bool]) -> bool:
        """End the claim if `is_done` says of the photo, locked, that nothing is left. Gives whether it ended."""
        with transaction.atomic():
            photo = self._own().select_for_update().first()
            if photo and not is_done(photo):
                return False
            self._own().update(worker="", work_due_at=None)
        return True

    def rest(self) -> None:
        """End the claim with the work undone: it is tried again later, after what waits."""
        self._own().update(worker="", work_due_at=timezone.now() + REST)

    def _own(self):
        return Photo.objects.filter(pk=self.photo_id, worker=self.worker)
