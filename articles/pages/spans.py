"""Spans: which years, months and days of a list have stories, asked in one query and never by reading the list.

A list may hold a million stories and a reader wants a dozen links: each span costs one step into the index that
carries the list. Django's ORM cannot ask about spans that are no rows, so this is SQL, the same in both databases.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db import connection, models

from articles.models import Edition, EditionAuthor, EditionTag

from .dates import Dates

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class River:
    """A list of live editions: those of a language, and there of a section, a tag or an author."""

    language: str
    section: int | None = None
    tag: int | None = None
    author: int | None = None

    def editions(self) -> models.QuerySet[Edition]:
        """Newest first, by the index that carries this list."""
        live = Edition.objects.live().in_language(self.language)
        if self.tag:
            rows = Edition.objects.filter(edition_tags__tag=self.tag, edition_tags__is_live=True)
            return rows.order_by("-edition_tags__first_published_at", "-edition_tags__edition")
        if self.author:
            rows = live.filter(edition_authors__author=self.author, edition_authors__is_live=True)
            return rows.order_by("-edition_authors__first_published_at", "-edition_authors__edition")
        return (live.filter(section=self.section) if self.section else live).newest()

    def between(self, span: Span) -> models.QuerySet[Edition]:
        """Those of a span, newest first."""
        at = "edition_tags__first_published_at" if self.tag else "first_published_at"
        at = "edition_authors__first_published_at" if self.author else at
        return self.editions().filter(**{f"{at}__gte": span[0], f"{at}__lt": span[1]})

    def first(self) -> datetime | None:
        """When the oldest of them was first published."""
        through = (self.tag and "edition_tags__") or (self.author and "edition_authors__") or ""
        oldest = self.editions().order_by(f"{through}first_published_at", "id")
        return oldest.values_list("first_published_at", flat=True).first()

    def _sql(self) -> tuple[str, list]:
        """FROM and WHERE of its rows, and their parameters."""
        table = Edition._meta.db_table
        if self.tag:
            return f'FROM "{EditionTag._meta.db_table}" r WHERE r.is_live AND r.tag_id = %s', [self.tag]
        if self.author:
            join = f'JOIN "{table}" e ON e.id = r.edition_id AND e.language = %s'
            rows = f'FROM "{EditionAuthor._meta.db_table}" r {join} WHERE r.is_live AND r.author_id = %s'
            return rows, [self.language, self.author]
        if self.section:
            where, given = "r.section_id = %s AND r.language = %s", [self.section, self.language]
        else:
            where, given = "r.language = %s", [self.language]
        return f'FROM "{table}" r WHERE r.is_live AND {where}', given


def newest_in(river: River, spans: Sequence[Span]) -> list[datetime | None]:
    """For each span, when the newest of the river's stories in it was published; None where there is none."""
    return [_moment(said) for said in _ask(river, spans, "MAX(r.first_published_at)")]


def counts_in(river: River, spans: Sequence[Span]) -> list[int]:
    """How many of the river's stories each span holds. For spans that end: a year's months, a month's days."""
    return _ask(river, spans, "COUNT(*)")


def _ask(river: River, spans: Sequence[Span], what: str) -> list:
    rows, given = river._sql()
    adapt = connection.ops.adapt_datetimefield_value
    one = f"SELECT {what} {rows} AND r.first_published_at >= %s AND r.first_published_at < %s"
    query = " UNION ALL ".join(f"SELECT {number} AS place, ({one}) AS said" for number in range(len(spans)))
    parameters = [value for start, end in spans for value in (*given, adapt(start), adapt(end))]
    with connection.cursor() as cursor:
        cursor.execute(f"{query} ORDER BY place", parameters)
        return [said for _place, said in cursor.fetchall()]


def _moment(said: datetime | str | None) -> datetime | None:
    """A moment as the database says it: SQLite keeps UTC as text and does not know that it is a moment."""
    return datetime.fromisoformat(said).replace(tzinfo=UTC) if isinstance(said, str) else said


def day_spans(dates: Dates, year: int, month: int) -> dict[date, Span]:
    """The days of a month with their spans."""
    start, end = dates.span_of_month(year, month)
    return {
        day: dates.span_of_day(day)
        for day in (date(year, month, number) for number in range(1, (end.date() - start.date()).days + 1))
    }
