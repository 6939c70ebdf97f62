"""Touches: which keys each noun stands under, and what pages show of it under each. Said here and nowhere else.

A rule takes a noun and gives {key: what is shown of it}. Where that is another after a change, or is there no more, or
is new, the key has moved. A change of a story changes what readers see only by another live edition, so editions
are compared; where one came into a list or left it, the database is asked once more what that changed there (`LISTS`).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Model

from articles.models import (
    Author,
    Correction,
    Edition,
    EditionAuthor,
    EditionPhoto,
    EditionTag,
    Photo,
    Publication,
    Section,
    Story,
    Tag,
)

from . import keys, stale
from .dates import Dates
from .frame import current_publication
from .listings import NEWEST
from .spans import River, Standing, standings

Faces = Mapping[str, Any]
SITE = keys.SITE

# -- Editions ----------------------------------------------------------------------------------------------------------


# What a card shows, beside its people; its place in time stays as it was.
CARD = (
    *("path", "section_id", "kind", "headline", "short_headline", "kicker", "summary", "words"),
    *("lead_photo_id", "lead_alt", "lead_crop"),
)


class Shown:
    """A live edition as its keys see it. Four queries."""

    def __init__(self, pk: int, publication: Publication):
        edition = Edition.objects.select_related("story").defer("snapshot", "story__body").get(pk=pk)
        self.pk, self.story, self.uuid = edition.pk, edition.story_id, edition.story.uuid
        self.language, self.path, self.sibling_key = edition.language, edition.path, edition.sibling_key
        self.at: datetime = edition.first_published_at
        self.day: date = publication.local(self.at).date()
        authors = list(EditionAuthor.objects.filter(edition=pk).values_list("author_id", flat=True))
        tags = EditionTag.objects.filter(edition=pk).values_list("tag_id", flat=True)
        self.is_corrected = Correction.objects.filter(story=self.story).exists()
        self.photos = set(EditionPhoto.objects.filter(edition=pk).values_list("photo_id", flat=True))
        self.authors, self.card = authors, tuple(getattr(edition, name) for name in CARD)
        self.rivers = {
            River(self.language),
            *([River(self.language, section=edition.section_id)] if edition.section_id else []),
            *(River(self.language, tag=tag) for tag in tags),
            *(River(self.language, author=author) for author in authors),
        }


def whole(edition: Shown) -> Faces:
    """Its own page, its text edition, the feeds it stands in: all of it."""
    return {keys.story(edition.story): edition.pk}


def card(edition: Shown) -> Faces:
    """What lists show of it."""
    return {keys.card(edition.story): edition.card}


def people(edition: Shown) -> Faces:
    """Who signs it, in lists."""
    return {keys.card(edition.story): edition.authors}


def address(edition: Shown) -> Faces:
    """What stories that link to it show."""
    return {keys.address(edition.uuid): edition.path}


def siblings(edition: Shown) -> Faces:
    """What its siblings show."""
    return {keys.siblings(edition.sibling_key): (edition.language, edition.path)}


def rivers(edition: Shown) -> Faces:
    """The months and days of the lists it stands in."""
    found = {}
    for river in edition.rivers:
        found[keys.month(river.name, edition.day.year, edition.day.month)] = edition.at
        found[keys.day(river.name, edition.day)] = edition.at
    return found


def changes(edition: Shown) -> Faces:
    """When the stories of its month last changed."""
    return {keys.changes(River(edition.language).name, edition.day.year, edition.day.month): edition.pk}


def newest_change(edition: Shown) -> Faces:
    """When the stories of each month last changed."""
    return {keys.EDITIONS: edition.pk}


def corrections(edition: Shown) -> Faces:
    """The page of corrections shows those of stories that readers see."""
    return {keys.corrections(edition.language): edition.story} if edition.is_corrected else {}


def pictures(edition: Shown) -> Faces:
    """The pictures it shows, which have a page each for other newsrooms, with its words."""
    return {keys.shown(photo, edition.language): edition.pk for photo in edition.photos}


EDITION: tuple[Callable[[Shown], Faces], ...] = (
    *(whole, card, people, address, siblings, rivers),
    *(changes, newest_change, corrections, pictures),
)


# -- Lists -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Move:
    """A story that `came` into a list, or left it: the list as it is since, told from the story's day."""

    river: River
    day: date
    at: datetime
    came: bool
    standing: Standing


def newest(move: Move) -> Iterator[str]:
    """The newest thirty are others, if it is or was one of them."""
    last = move.standing.last
    if last is None or move.at >= last:
        yield move.river.name


def months(move: Move) -> Iterator[str]:
    """The month got its first story, or lost its last one."""
    if move.standing.in_month == move.came:
        yield keys.months(move.river.name)


def days(move: Move) -> Iterator[str]:
    """The day got its first story, or lost its last one."""
    if move.standing.in_day == move.came:
        yield keys.days(move.river.name, move.day.year, move.day.month)


def since(move: Move) -> Iterator[str]:
    """It is the oldest, or was."""
    oldest = move.standing.oldest
    if move.river.kind == "language" and (oldest is None or move.at <= oldest):
        yield keys.since(move.river.name)


def counts(move: Move) -> Iterator[str]:
    """A day, a month that is over (there are later ones) has more stories, or fewer."""
    if move.river.kind == "language" and move.standing.is_day_over:
        yield keys.counts_of_days(move.river.name, move.day.year, move.day.month)
    if move.river.kind == "language" and move.standing.is_month_over:
        yield keys.counts_of_months(move.river.name, move.day.year)


def lists(move: Move) -> Iterator[str]:
    """The section, tag or author has its first story, or lost its last one."""
    standing = move.standing
    alone = standing.in_month == 1 and not standing.is_month_over and standing.oldest == move.at
    if move.river.kind != "language" and (alone if move.came else standing.oldest is None):
        yield keys.lists(move.river.language)


LISTS: tuple[Callable[[Move], Iterator[str]], ...] = (newest, months, days, since, counts, lists)


# -- What editions show as it is now -----------------------------------------------------------------------------------

# What pages show of a photo, as a picture and to machines; its pixels and crops never change without its token.
PHOTO = (
    *("status", "token", "formats", "focal_x", "focal_y", "sensitivity", "sensitivity_reason"),
    *("digital_source_type", "copyright", "named_creator", "named_licence", "is_ours_to_license"),
)
AUTHOR, AUTHOR_WORDS = ("slug",), ("language", "name", "role", "biography")
TAG = ("name", "slug")
SECTION, SECTION_WORDS = ("slug", "order"), ("language", "name", "description")
PUBLICATION = (
    *("names", "taglines", "languages", "locales", "arabic_digits", "time_zone"),
    *("place", "email", "telephone", "address", "licence_page"),
)


def photo(row: Photo) -> Faces:
    return {keys.photo(row.pk): _columns(row, PHOTO)}


def author(row: Author) -> Faces:
    return {keys.author(row.pk): (_columns(row, AUTHOR), _words(row, AUTHOR_WORDS))}


def author_in_lists(row: Author) -> Faces:
    """With a name in any language it stands in the lists of addresses too, at its own."""
    address = row.slug if row.words.exists() else ""
    return {keys.lists(language): address for language, _name in settings.LANGUAGES}


def tag(row: Tag) -> Faces:
    return {keys.tag(row.pk): _columns(row, TAG)}


def tag_in_lists(row: Tag) -> Faces:
    return {keys.lists(row.language): row.slug}


def section(row: Section) -> Faces:
    """Every page names the sections. Its own lists stand at its slug: under another they are marked by name too, so
    that they go from the old address before the whole site has its turn."""
    rivers = [River(language, section=row.pk).name for language, _name in settings.LANGUAGES]
    lists = {key: row.slug for river in rivers for key in (river, keys.months(river))}
    return lists | {SITE: (_columns(row, SECTION), _words(row, SECTION_WORDS))}


def on_its_story(row: Correction) -> Faces:
    """It stands on its story's page and in feeds."""
    return {keys.story(row.story_id): row.text}


def on_their_page(row: Correction) -> Faces:
    """And on the page of corrections."""
    return {keys.corrections(row.language): row.text}


def publication(row: Publication) -> Faces:
    return {SITE: _columns(row, PUBLICATION)}


def _columns(row: Model, names: Sequence[str]) -> tuple:
    return tuple(getattr(row, name) for name in names)


def _words(row: Model, names: Sequence[str]) -> list[tuple]:
    return list(row.words.order_by("pk").values_list(*names))


AUTHORS = (author, author_in_lists)
TAGS = (tag, tag_in_lists)
CORRECTIONS = (on_its_story, on_their_page)

# The rules of each noun. Asked for each time: a test takes one out.
NOUNS: dict[type[Model], Callable[[], tuple[Callable[[Any], Faces], ...]]] = {
    Photo: lambda: (photo,),
    Author: lambda: AUTHORS,
    Tag: lambda: TAGS,
    Section: lambda: (section,),
    Correction: lambda: CORRECTIONS,
    Publication: lambda: (publication,),
}

# -- What moved --------------------------------------------------------------------------------------------------------


def faces(noun: Model) -> Faces:
    """What pages show of `noun` as its row is now, to be compared after a change; {} for what no page shows.

    Of a story that is the number of its live edition: all else of it is the desk's.
    """
    if isinstance(noun, Story):
        return {"edition": noun.live_edition_id}
    rules = NOUNS.get(type(noun))
    return {key: face for rule in rules() for key, face in rule(noun).items()} if rules and noun.pk else {}


def mark_moved(noun: Model, before: Faces, *, at_once: bool = False) -> None:
    """Mark stale what shows of `noun` something else than `before` (see `faces`). `at_once` as for `stale.mark`."""
    after = faces(noun)
    if after == before:
        return
    if isinstance(noun, Story):
        _mark_edition(before.get("edition"), after["edition"], at_once=at_once)
    else:
        mark_faces(before, after, at_once=at_once)


def mark_faces(before: Faces, after: Faces, *, at_once: bool = False) -> None:
    """Mark stale the pages under each key that shows something else in `after` than in `before`."""
    moved = differing(before, after)
    stale.mark(moved - {SITE}, site=SITE in moved, at_once=at_once)


def differing(before: Faces, after: Faces) -> set[str]:
    """The keys whose faces differ, those among them that only one of the two has."""
    return {key for key in {*before, *after} if before.get(key) != after.get(key)}


def _mark_edition(before: int | None, after: int | None, *, at_once: bool) -> None:
    outlet = current_publication()
    old, new = (Shown(pk, outlet) if pk else None for pk in (before, after))
    moved = {key for rule in EDITION for key in differing(*(rule(one) if one else {} for one in (old, new)))}
    left, came = ((one.rivers if one else set()) for one in (old, new))
    changed = left ^ came

    def moved_in_lists() -> set[str]:
        return {key for move in _moves(old or new, changed, came, outlet) for rule in LISTS for key in rule(move)}

    stale.mark(moved, late=moved_in_lists if changed else None, at_once=at_once)


def _moves(edition: Shown, changed: set[River], came: set[River], outlet: Publication) -> Iterator[Move]:
    """The lists that a story came into or left, as they are now. One query."""
    dates, day = Dates(outlet, edition.language), edition.day
    rivers = sorted(changed, key=lambda river: river.name)
    found = standings(rivers, dates.span_of_month(day.year, day.month), dates.span_of_day(day), NEWEST)
    for river, standing in zip(rivers, found, strict=True):
        yield Move(river, day, edition.at, river in came, standing)
