"""Stale: marking the pages whose keys moved, in the transaction that moved them."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from articles.models import Page, PageKey, PressState, Touch

from . import keys, purge, store

logger = logging.getLogger(__name__)

# How long touched keys are remembered; rendering a page takes milliseconds.
REMEMBERED = timedelta(hours=1)
FRONTS = 0


Late = Callable[[], set[str]]


@dataclass
class Moved:
    """Keys that moved in one transaction; `late` finds further ones, under the lock. `site`: what every page shows did;
    `at_once`: the files under these go at commit."""

    keys: set[str] = field(default_factory=set)
    late: list[tuple[Late, bool]] = field(default_factory=list)
    site: bool = False
    at_once: set[str] = field(default_factory=set)

    def add(self, keys: Iterable[str], late: Late | None, *, site: bool, at_once: bool) -> None:
        self.site |= site
        self.put(set(keys), at_once)
        if late:
            self.late.append((late, at_once))

    def put(self, keys: set[str], at_once: bool) -> None:
        self.keys |= keys
        if at_once:
            self.at_once |= keys


_gathered: ContextVar[Moved | None] = ContextVar("gathered", default=None)
# Who is told which pages could not be taken away: their paths.
Teller = Callable[[list[str]], object]
_teller: ContextVar[Teller | None] = ContextVar("teller", default=None)


@contextmanager
def gathered() -> Iterator[Callable[[], None]]:
    """Gather what `mark` is told inside the block; the block's last deed is to call what this gives, which writes it.

    The state's lock makes everybody who marks wait: it is taken late, and once.
    """
    moved = Moved()
    token = _gathered.set(moved)
    try:
        yield lambda: _write(moved)
    finally:
        _gathered.reset(token)


@contextmanager
def telling(tell: Teller) -> Iterator[None]:
    """Have `tell` told which pages that had to go at once, by what is done inside the block, lie there still."""
    token = _teller.set(tell)
    try:
        yield
    finally:
        _teller.reset(token)


def mark(keys: Iterable[str], *, late: Late | None = None, site: bool = False, at_once: bool = False) -> None:
    """Mark stale all pages that stand under `keys`; with `site`, all there are. Must run inside a transaction.

    `late` gives further keys when all who mark have been waited for: of two who take the last two stories off a list,
    the second one sees that it is empty.

    With `at_once` the files of those pages go when the transaction is committed: no reader is shown them again.
    """
    outer = _gathered.get()
    if outer is not None:
        outer.add(keys, late, site=site, at_once=at_once)
        return
    moved = Moved()
    moved.add(keys, late, site=site, at_once=at_once)
    _write(moved)


def _write(moved: Moved) -> None:
    if not (moved.keys or moved.late or moved.site):
        return
    state = locked_state()
    for find, at_once in moved.late:
        moved.put(find(), at_once)
    state.number += 1
    state.generation += moved.site
    state.save()
    now = timezone.now()
    if moved.keys:
        Touch.objects.bulk_create([Touch(number=state.number, key=key, at=now) for key in sorted(moved.keys)])
        standing = PageKey.objects.filter(key__in=moved.keys).values("page")
        _mark(Page.objects.filter(pk__in=standing), state, now)
        purge.ask_twice(moved.keys - moved.at_once)
    if moved.site:
        _mark(Page.objects.filter(priority=FRONTS), state, now)
        purge.ask_twice([keys.SITE])
    if moved.at_once:
        purge.ask_twice(moved.at_once, gone=True)
        shown = PageKey.objects.filter(key__in=moved.at_once).values("page")
        paths = list(Page.objects.filter(pk__in=shown).values_list("path", flat=True))
        tell = _teller.get()
        transaction.on_commit(lambda: _take_away(paths, tell))


def _mark(pages, state: PressState, now: datetime) -> None:
    pages.update(touched=state.number, stale_since=Coalesce(F("stale_since"), now))


def locked_state() -> PressState:
    """The state's row, locked until the transaction ends: whoever marks pages, or puts a page under keys, holds it."""
    row = PressState.objects.select_for_update().filter(pk=1).first()
    if row is None:
        PressState.objects.get_or_create(pk=1)
        row = PressState.objects.select_for_update().get(pk=1)
    return row


def state() -> PressState:
    """The state as it is now. One query."""
    return PressState.objects.filter(pk=1).first() or PressState()


def _take_away(paths: list[str], tell: Teller | None) -> None:
    """Remove the files of pages that must not be seen any more, each under its row's lock: who is about to put an
    older rendering in place is done by then, or sees that the page is stale."""
    left = []
    for path in paths:
        with transaction.atomic():
            list(Page.objects.select_for_update().filter(path=path).values_list("pk"))
            try:
                store.remove(path)
            except OSError:  # the others must go all the same; this one is stale, and whoever presses removes it
                logger.exception("This page could not be taken away yet: %s", path)
                left.append(path)
    if left and tell:
        tell(left)
    purge.send_due()


def forget(now: datetime) -> int:
    """Forget the keys that were touched long ago. Gives how many."""
    return Touch.objects.filter(at__lt=now - REMEMBERED).delete()[0]
