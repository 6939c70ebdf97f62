"""Sitemaps: what search engines are told of the site: its stories by month, its lists, and the news of two days.

A month's file is pressed anew with each publish of that month, and no other. Pages name their other languages
themselves: said here too, a story's sibling would change the file of another month.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from math import ceil

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery, Value
from django.http import Http404
from django.utils import timezone
from django.utils.encoding import iri_to_uri

from articles.models import (
    Author,
    AuthorWords,
    Edition,
    EditionAuthor,
    EditionTag,
    Publication,
    SectionWords,
    Tag,
    Withdrawal,
)
from articles.wire.sitemaps import MOST_NEWS, NewsStory

from . import keys
from .addresses import whole
from .dates import Dates
from .frame import current_publication
from .kept import depends_on
from .paths import address
from .spans import River, told_in
from .structured import moment

# Addresses of one file: a fifth of what is permitted, for a file is written whole with each publish of its month.
MOST = 10_000
NEWS_LASTS = timedelta(hours=48)
# News that stand under keys of their own, which move only with what the file shows of them. More stand under those of
# their months: two keys a story would be more than fit into what a cache is told, and two thousand rows.
FEW_NEWS = 60

# A file's path, and when it last changed ("" where that is not said).
File = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Month:
    """A month that has stories in a language: how many, and when the last of them was issued or withdrawn."""

    language: str
    year: int
    number: int
    stories: int
    changed: datetime

    def files(self, outlet: Publication) -> Iterator[File]:
        """Its files. Where a month has several nobody knows which of them changed."""
        parts = ceil(self.stories / MOST)
        changed = outlet.local(self.changed).isoformat() if parts == 1 else ""
        yield address("sitemap-month", self.language, self.year, self.number), changed
        for part in range(2, parts + 1):
            yield address("sitemap-month-part", self.language, self.year, self.number, part), changed


def outlet_in(language: str) -> Publication:
    """The outlet. One query. Raises Http404 where it does not publish in `language`."""
    outlet = current_publication()
    if language not in outlet.languages:
        raise Http404
    return outlet


# -- The index ---------------------------------------------------------------------------------------------------------


def files() -> list[File]:
    """All files but the news. Four queries, and two a language."""
    outlet = current_publication()
    depends_on(keys.EDITIONS)
    found = [file for month in _months(outlet) for file in month.files(outlet)]
    for language, names in _lists(*outlet.languages).items():
        found.append((address("sitemap-lists", language), ""))
        for part in range(2, ceil(len(names) / MOST) + 1):
            found.append((address("sitemap-lists-part", language, part), ""))
    return found


def _months(outlet: Publication) -> list[Month]:
    """Every month that has stories, newest first, language by language."""
    told: dict[tuple[str, int, int], tuple[int, int]] = {}
    for language in outlet.languages:
        river, dates = River(language), Dates(outlet, language)
        oldest = river.first()
        if oldest is None:
            continue
        years = range(timezone.now().astimezone(dates.zone).year, dates.moment(oldest).at.year - 1, -1)
        months = [(year, number) for year in years for number in range(12, 0, -1)]
        said = told_in(river, [dates.span_of_month(*month) for month in months])
        told |= {(language, *month): one for month, one in zip(months, said, strict=True) if one[0]}
    issued = dict(
        Edition.objects.filter(pk__in=[last for _count, last in told.values()]).values_list("pk", "issued_at")
    )
    gone = _withdrawn(outlet)
    return [
        Month(*month, count, max(issued[last], gone.get(month, issued[last]))) for month, (count, last) in told.items()
    ]


def _withdrawn(outlet: Publication) -> dict[tuple[str, int, int], datetime]:
    """When the last story was withdrawn from each month."""
    # Joined, SQLite would go through all editions to find the few that were withdrawn.
    first = Subquery(Edition.objects.filter(pk=OuterRef("edition")).values("first_published_at"))
    rows = Withdrawal.objects.order_by("at").annotate(published=first).values_list("language", "published", "at")
    found = {}
    for language, published, at in rows:
        day = outlet.local(published)
        found[language, day.year, day.month] = at
    return found


# -- The files ---------------------------------------------------------------------------------------------------------


def month(language: str, year: int, number: int, part: int = 0) -> list[File]:
    """The stories of a month, oldest first, with when their content last changed. Two queries. Raises Http404."""
    outlet = outlet_in(language)
    depends_on(keys.changes(River(language).name, year, number))
    start, end = Dates(outlet, language).span_of_month(year, number)
    rows = Edition.objects.live().in_language(language).between(start, end).order_by("first_published_at", "id")
    said = _part(rows.values_list("path", "modified_at", "first_published_at"), part)
    return [(whole(_encoded(path)), moment(outlet, max(modified, first))) for path, modified, first in said]


@lru_cache(maxsize=MOST)
def _encoded(path: str) -> str:
    """A path, percent-encoded. Of a month's stories all but one stood there before; in Arabic this takes longest."""
    return iri_to_uri(path)


def lists(language: str, part: int = 0) -> list[File]:
    """The front, the archive, and the sections, authors and tags that have stories. Two queries. Raises Http404.

    When they last changed is not said: each publish would change it.
    """
    outlet_in(language)
    return [(whole(path), "") for path in _part(_lists(language)[language], part)]


def _part(found: QuerySet | list, part: int) -> list:
    """What stands in the first file (0), or in a further one: from 2 on. Raises Http404 where there is none."""
    if part == 1:  # has no number
        raise Http404
    begin = max(0, part - 1) * MOST
    said = list(found[begin : begin + MOST])
    if not said:
        raise Http404
    return said


def _lists(*languages: str) -> dict[str, list[str]]:
    """The paths of all lists, by language. One query: a look into the index of each."""
    depends_on(*map(keys.lists, languages))
    found = {language: [address("front", language), address("archive", language)] for language in languages}
    parts = [rows for language in languages for rows in _named(language)]
    for language, kind, slug in parts[0].union(*parts[1:], all=True).order_by("language_of", "kind", "at"):
        found[language].append(address(kind, language, slug))
    return found


def _named(language: str) -> Iterator[QuerySet]:
    """Language, kind and slug of the sections, the authors and the tags that have a story in it."""
    live = Edition.objects.live().in_language(language)
    sections = SectionWords.objects.filter(Exists(live.filter(section=OuterRef("section"))), language=language)
    yield _rows(sections, language, "section", "section__slug")
    signed = EditionAuthor.objects.filter(author=OuterRef("pk"), is_live=True, edition__language=language)
    authors = Author.objects.filter(Exists(signed), Exists(AuthorWords.objects.filter(author=OuterRef("pk"))))
    yield _rows(authors, language, "author", "slug")
    tags = Tag.objects.filter(Exists(EditionTag.objects.filter(tag=OuterRef("pk"), is_live=True)), language=language)
    yield _rows(tags, language, "tag", "slug")


def _rows(rows: QuerySet, language: str, kind: str, slug: str) -> QuerySet:
    named = rows.order_by().annotate(language_of=Value(language), kind=Value(kind), at=F(slug))
    return named.values_list("language_of", "kind", "at")


# -- The news of two days ----------------------------------------------------------------------------------------------


def news(part: int = 0, now: datetime | None = None) -> list[NewsStory] | int:
    """The stories first published in the last two days, newest first. Two queries.

    Without a `part`, all of them; or how many files they fill, where one does not hold them. Raises Http404 for a part
    that there is not.
    """
    outlet, now = current_publication(), now or timezone.now()
    _news_depends_on(outlet, now)
    recent = Edition.objects.live().filter(language__in=outlet.languages, first_published_at__gt=now - NEWS_LASTS)
    rows = recent.newest().values_list("story_id", "story__uuid", "path", "headline", "language", "first_published_at")
    found = list(rows)
    if found:
        depends_on(keys.until(found[-1][-1] + NEWS_LASTS))
    parts = ceil(len(found) / MOST_NEWS)
    if parts > 1 and not part:
        return parts
    if part and (parts < 2 or part > parts):
        raise Http404
    if part:
        found = found[(part - 1) * MOST_NEWS : part * MOST_NEWS]
    if len(found) > FEW_NEWS:
        days = {(language, outlet.local(first).date()) for *_said, language, first in found}
        depends_on(*(keys.changes(River(language).name, day.year, day.month) for language, day in days))
    else:
        depends_on(*(key for pk, uuid, *_said in found for key in (keys.card(pk), keys.address(uuid))))
    return [
        NewsStory(whole(path), headline, outlet.name(language), language, moment(outlet, first))
        for _pk, _uuid, path, headline, language, first in found
    ]


def _news_depends_on(outlet: Publication, now: datetime) -> None:
    """A new story is one of the newest thirty; one that is dated back comes into a day we tell of."""
    for language in outlet.languages:
        river = River(language).name
        depends_on(river, *(keys.day(river, day) for day in _days(outlet.local(now - NEWS_LASTS), outlet.local(now))))


def _days(first: datetime, last: datetime) -> Iterator[date]:
    day = first.date()
    while day <= last.date():
        yield day
        day += timedelta(days=1)


def paths() -> list[str]:
    """Every sitemap there is."""
    found = [address("sitemap"), *(path for path, _changed in files()), address("news-sitemap")]
    parts = news()
    return found + [address("news-sitemap-part", part + 1) for part in range(parts)] if type(parts) is int else found
