"""The whole site: the address of every page that may be pressed, found in the database, a few thousand at a time."""

from collections.abc import Iterator

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import uri_to_iri

from articles.models import (
    Author,
    Correction,
    Edition,
    EditionAuthor,
    EditionPhoto,
    EditionTag,
    Page,
    Publication,
    Section,
    Tag,
)

from . import sitemaps, stale
from .paths import ninjs_addresses, text_address
from .press import PRIORITIES

AT_ONCE = 2_000  # rows fetched, and rows written, in one go


def paths() -> Iterator[tuple[str, int]]:
    """(path, priority) of every page there is: fronts, then stories, then lists and their months. Days come as they are
    asked for: only long months link to them."""
    outlet = Publication.objects.current()
    yield "/", PRIORITIES["first-front"]
    yield reverse("robots"), PRIORITIES["robots"]
    for path in sitemaps.paths():
        yield path, PRIORITIES["sitemap"]
    for language in outlet.languages:
        yield from _page("front", language)
        yield from _page("api", language, feeds=False)
    # The newest last: of pages that wait as long, those are pressed first that came last into the store.
    for path in Edition.objects.live().order_by("first_published_at").values_list("path", flat=True).iterator(AT_ONCE):
        yield path, PRIORITIES["story"]
        yield text_address(path), PRIORITIES["text-story"]
        yield from ((one, PRIORITIES["ninjs-story"]) for one in ninjs_addresses(path).values())
    for language in outlet.languages:
        live = Edition.objects.live().in_language(language)
        yield from _list("archive", language, _months(live, outlet), feeds=False)
        corrected = Correction.objects.shown().in_language(language)
        yield from _list("corrections", language, _months(corrected, outlet, "at"), feeds=False)
        for key, slug in Section.objects.in_language(language).values_list("pk", "slug"):
            yield from _list("section", language, _months(live.in_section(key), outlet), slug)
        for key, slug in Author.objects.filter(words__isnull=False).distinct().values_list("pk", "slug"):
            rows = EditionAuthor.objects.filter(author=key, is_live=True, edition__language=language)
            yield from _list("author", language, _months(rows, outlet), slug)
        for key, slug in Tag.objects.filter(language=language).values_list("pk", "slug").iterator(AT_ONCE):
            yield from _list("tag", language, _months(EditionTag.objects.filter(tag=key, is_live=True), outlet), slug)
        shown = EditionPhoto.objects.shown().filter(edition__is_live=True, edition__language=language)
        shown = shown.filter(photo__sensitivity="").order_by().values_list("photo__uuid", flat=True).distinct()
        for uuid in shown.iterator(AT_ONCE):
            for name in ("ninjs-photo", "ninjs-2.2-photo"):
                yield reverse(name, args=[language, uuid]), PRIORITIES[name]


def _page(name: str, *parts: object, feeds: bool = True) -> Iterator[tuple[str, int]]:
    for one in (name, *((f"{name}-feed", f"{name}-atom") if feeds else ())):
        yield uri_to_iri(reverse(one, args=parts)), PRIORITIES[one]


def _list(name: str, language: str, months, *slug: str, feeds: bool = True) -> Iterator[tuple[str, int]]:
    yield from _page(name, language, *slug, feeds=feeds)
    for month in months:
        yield (
            uri_to_iri(reverse(f"{name}-month", args=[language, *slug, month.year, month.month])),
            PRIORITIES[f"{name}-month"],
        )


def _months(rows, outlet: Publication, column: str = "first_published_at"):
    found = rows.annotate(moment=F(column)).order_by()
    return found.datetimes("moment", "month", tzinfo=outlet.zone)


def ask_for_all() -> Iterator[int]:
    """Put every page of the site into the queue, and what lies in the store beside. Gives how many, as they are put
    there; of what is there already it says nothing."""
    with transaction.atomic():
        stale.mark([], site=True)
    generation, now, batch = stale.state().generation, timezone.now(), []
    for path, priority in paths():
        batch.append(Page(path=path, priority=priority, generation=generation, stale_since=now))
        if len(batch) == AT_ONCE:
            yield _put(batch)
            batch = []
    yield _put(batch)


def _put(batch: list[Page]) -> int:
    """A page that is there already is stale from now on; it keeps all else.

    With the state locked: who marks pages at the same moment would take them in another order, and wait in a ring.
    """
    with transaction.atomic():
        stale.locked_state()
        Page.objects.bulk_create(batch, update_conflicts=True, unique_fields=["path"], update_fields=["stale_since"])
    return len(batch)
