"""Press: pages rendered through the URLconf and put into the store. The only writer there.

How no page is ever kept stale, whoever publishes meanwhile:

1. The state's number is read, then the page is rendered; what it shows is noted as keys.
2. The page is put under these keys, with the state locked: whoever marked pages before is waited for, whoever marks
   later finds this page.
3. With the page's row locked: where it was marked after that number, or a key it did not stand under before was
   touched, the rendering is thrown away and made anew. Else the file is renamed into its place, and the page is no
   longer stale.

What a process of another release renders, with other templates, is kept by none of these (`design.is_ours`).
"""

import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from django.db import connection, transaction
from django.db.models import F, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils import timezone, translation

from articles.models import Page, PageKey, PressState, Touch
from newsroom.languages import language_of

from . import design, kept, stale, store

logger = logging.getLogger(__name__)

# The pages that are pressed, by their names in the URLconf, and how soon one is pressed before others.
PRIORITIES = {
    "first-front": 0,
    "front": 0,
    "story": 1,
    "text-story": 1,
    **dict.fromkeys(("ninjs-story", "ninjs-2.2-story", "ninjs-photo", "ninjs-2.2-photo"), 3),
    **dict.fromkeys(("section", "tag", "author", "archive", "corrections", "api"), 2),
    **{f"{name}-{format}": 3 for name in ("front", "section", "tag", "author") for format in ("feed", "atom")},
    **dict.fromkeys(("robots", "sitemap", "sitemap-month", "sitemap-month-part"), 3),
    **dict.fromkeys(("sitemap-lists", "sitemap-lists-part", "news-sitemap", "news-sitemap-part"), 3),
    **{f"{name}-{part}": 4 for name in ("section", "tag", "author", "archive") for part in ("month", "day")},
    "corrections-month": 4,
}
TRIES = 5  # of one page, while what it shows goes on changing; then it waits for the next round
IN_HAND = 6  # pages at a time: the fronts, which come first, are looked for again after these
HELD = timedelta(seconds=30)  # how long one who presses has a page to himself
PATIENCE_MILLISECONDS = 50  # of a reader, whose page is put into the store in passing
UNASKED = timedelta(days=60)  # a page that nobody has read for so long is dropped when it goes stale


class Outcome(Enum):
    PRESSED = "pressed"
    GONE = "gone"
    OVERTAKEN = "overtaken"


@dataclass(frozen=True, slots=True)
class Rendering:
    """A page as it is now: its bytes and keys, and the state's numbers from before it was rendered. `is_ours`: this
    process's design is the one that pages have."""

    content: bytes
    keys: frozenset[str]
    priority: int
    number: int
    generation: int
    is_ours: bool = True


def priority_of(name: str | None) -> int | None:
    """How soon a page of that name in the URLconf is pressed; None for one that is never pressed."""
    return PRIORITIES.get(name or "")


def render(path: str) -> Rendering | None:
    """The page at `path` as plain Django renders it; None where no page is kept there."""
    if not store.name_of(path):
        return None
    state = stale.state()
    request = HttpRequest()
    request.method, request.path, request.path_info = "GET", path, path
    request.META = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "SERVER_NAME": "localhost", "SERVER_PORT": "80"}
    try:
        match = resolve(path)
    except Resolver404:
        return None
    request.resolver_match = match
    priority = priority_of(match.url_name)
    if priority is None:
        return None
    with translation.override(language_of(request)), kept.noting(state) as keys:
        try:
            response = match.func(request, *match.args, **match.kwargs)
        except Http404:
            return None
    return _rendering(response, keys, priority, state) if response.status_code == 200 else None


def _rendering(response: HttpResponse, keys: set[str], priority: int, state: PressState) -> Rendering:
    numbers = state.number, state.generation, design.is_ours(state)
    return Rendering(response.content, frozenset(keys), priority, *numbers)


def press(path: str) -> Outcome:
    """Render the page at `path` and put it in its place. Raises what rendering raises, and design.AnotherRelease; what
    lay there stays."""
    for _try in range(TRIES):
        rendering = render(path)
        if rendering is None or not rendering.is_ours:
            design.insist(stale.state())
        if rendering is None:
            return drop(path)
        if put(path, rendering):
            return Outcome.PRESSED
    return Outcome.OVERTAKEN


def keep(path: str, response: HttpResponse, keys: set[str], priority: int, state: PressState) -> None:
    """Put in its place what was rendered for a reader, if nothing it shows changed since `state` was read.

    The reader is not made to wait for it: raises DatabaseError where others are writing.
    """
    with impatient():
        put(path, _rendering(response, keys, priority, state))


@contextmanager
def impatient() -> Iterator[None]:
    """On SQLite whoever writes waits for all others who do, for seconds; in here not for long."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        (before,) = cursor.execute("PRAGMA busy_timeout").fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE_MILLISECONDS}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {before:d}")


def put(path: str, rendering: Rendering) -> bool:
    """Put a rendering in its place. Gives False where what it shows has changed since: then it must be made anew; and
    where it is another release's than the store's."""
    if not rendering.is_ours:
        return False
    page, new, old = _stand(path, rendering)
    digest = hashlib.sha256(rendering.content).hexdigest()
    with store.beside(path, rendering.content) as put_in_place, transaction.atomic():
        row = Page.objects.select_for_update().filter(pk=page).first()
        if row is None or row.touched > rendering.number:
            return False
        if new and _touched_since(rendering):
            # Whoever touched these may not have found the page under them: now it does stand there.
            return False
        put_in_place()
        if old:
            PageKey.objects.filter(page=row, key__in=old).delete()
        row.generation, row.stale_since, row.claimed_until = rendering.generation, None, None
        # Whoever rendered it earlier and comes later must not cover it.
        row.touched = max(row.touched, rendering.number)
        row.digest, row.pressed_at = digest, timezone.now()
        row.save()
    return True


def _touched_since(rendering: Rendering) -> bool:
    return Touch.objects.filter(number__gt=rendering.number, key__in=rendering.keys).exists()


def _stand(path: str, rendering: Rendering) -> tuple[int, set[str], set[str]]:
    """Put the page under the keys of `rendering`, too: what lies there still shows what it stood under before.

    Gives its number, the keys that are new, and those that are to go with what lies there.
    """
    page = Page.objects.filter(path=path).values_list("pk", flat=True).first()
    before = set(PageKey.objects.filter(page=page).values_list("key", flat=True)) if page else set()
    if page and before >= rendering.keys:
        return page, set(), before - rendering.keys
    with transaction.atomic():
        stale.locked_state()
        row, _made = Page.objects.get_or_create(
            path=path, defaults={"priority": rendering.priority, "generation": rendering.generation}
        )
        before = set(PageKey.objects.filter(page=row).values_list("key", flat=True))
        new = set(rendering.keys - before)
        PageKey.objects.bulk_create([PageKey(page=row, key=key) for key in sorted(new)])
    return row.pk, new or set(rendering.keys), before - rendering.keys


def fresh_keys(path: str) -> list[str] | None:
    """The keys of the page at `path` (there may be none), if what the store has of it is what it should be; else None.
    Three queries."""
    stands = Page.objects.filter(path=path, stale_since=None).exclude(pressed_at=None)
    page = stands.filter(generation__gte=stale.state().generation).values_list("pk", flat=True).first()
    return list(PageKey.objects.filter(page=page).values_list("key", flat=True)) if page else None


def drop(path: str) -> Outcome:
    """Take the page at `path` from the store and forget it: there is none any more, or nobody has read it for long."""
    with transaction.atomic():
        row = Page.objects.select_for_update().filter(path=path).first()
        store.remove(path)
        if row:
            row.delete()
    return Outcome.GONE


# -- The queue ---------------------------------------------------------------------------------------------------------


def claim(most: int) -> list[Page]:
    """Up to `most` stale pages, those first that readers miss most, for this process alone for a while.

    Raises design.AnotherRelease.
    """
    now, state = timezone.now(), stale.state()
    design.insist(state)
    free = Page.objects.filter(Q(claimed_until=None) | Q(claimed_until__lt=now))
    marked, older = free.marked(), free.older_than(state.generation)
    if not (marked.exists() or older.exists()):  # without a lock: on SQLite it is the only one there is
        return []
    with transaction.atomic():
        found = list(_for_me(marked)[:most])
        if len(found) < most:
            known = {page.pk for page in found}
            found += [page for page in _for_me(older)[:most] if page.pk not in known][: most - len(found)]
        Page.objects.filter(pk__in=[page.pk for page in found]).update(claimed_until=now + HELD)
    return found


def _for_me(pages):
    """Locked; those that another has locked just now are left to him, where the database knows how."""
    return pages.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)


def press_stale(most: int = IN_HAND) -> int:
    """Press up to `most` stale pages. Gives how many it had in hand; one that fails waits, and stops no other."""
    found = claim(most)
    for page in found:
        press_claimed(page)
    return len(found)


def press_claimed(page: Page) -> bool:
    """Press one page, or drop it where nobody has read it for long. Gives whether that could be done.

    Raises design.AnotherRelease.
    """
    try:
        asked = store.asked_at(page.path)
        if asked and asked < timezone.now() - UNASKED:
            drop(page.path)
        elif press(page.path) is Outcome.OVERTAKEN:
            Page.objects.filter(pk=page.pk).update(claimed_until=None)
    except design.AnotherRelease:
        Page.objects.filter(pk=page.pk).update(claimed_until=None)
        raise
    except Exception:  # it is stale still, and its turn comes again when nobody has it in hand
        logger.exception("This page could not be pressed: %s", page.path)
        return False
    return True


def drop_unasked(now: datetime, most: int = 500) -> int:
    """Drop pages that nobody has read for long. Gives how many."""
    dropped = 0
    old = Page.objects.filter(pressed_at__lt=now - UNASKED).order_by("pressed_at")
    for path in old.values_list("path", flat=True)[:most]:
        asked = store.asked_at(path)
        if asked is None or asked < now - UNASKED:
            drop(path)
            dropped += 1
        else:
            Page.objects.filter(path=path).update(pressed_at=F("pressed_at") + UNASKED / 2)
    return dropped
