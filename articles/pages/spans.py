"""Spans: which years, months and days of a list have stories, asked in one query and never by reading the list.

A list may hold a million stories and a reader wants a dozen links: each span costs one step into the index that
carries the list. Django's ORM cannot ask about spans that are no rows, so this is SQL, the same in both databases.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db import connection, models

from articles.models import Edition, EditionAuthor, EditionTag

from . import keys
from .asking import ask
from .cards import COLUMNS, edition_of
from .dates import Dates

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class River:
    """A list of live editions: those of a language, and there of a section, a tag or an author."""

    language: str
    section: int | None = None
    tag: int | None = None
    author: int | None = None

    @property
    def kind(self) -> str:
        return "section" if self.section else "tag" if self.tag else "author" if self.author else "language"

    @property
    def key(self) -> int:
        """The id of its section, tag or author."""
        return self.section or self.tag or self.author or 0

    @property
    def name(self) -> str:
        """What its keys begin with."""
        return keys.river(self.language, self.kind, self.key)

    def editions(self) -> models.QuerySet[Edition]:
        """All of them, newest first, by the index that carries this list."""
        return _ordered(self.kind, self.language, self.key)

    def newest(self, most: int) -> list[Edition]:
        """The newest of them, with what cards show."""
        return [edition_of(row) for row in ask(_newest, self.language, self.key, shape=(self.kind, most))]

    def numbers(self, most: int) -> list[int]:
        """The numbers of the newest of them."""
        return [number for (number,) in ask(_numbers, self.language, self.key, shape=(self.kind, most))]

    def between(self, span: Span, most: int = 0) -> list[Edition]:
        """Those of a span, newest first; no more than `most`, if it says any."""
        found = ask(_between, self.language, self.key, *span, shape=(self.kind, most))
        return [edition_of(row) for row in found]

    def first(self) -> datetime | None:
        """When the oldest of them was first published."""
        found = ask(_oldest, self.language, self.key, shape=(self.kind,))
        return found[0][0] if found else None

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


# The table that carries a list, seen from the edition: its index is in the order of the list.
_THROUGH = {"tag": "edition_tags__", "author": "edition_authors__"}


def _listed(kind: str, language: str, key: int, **published: datetime) -> models.QuerySet[Edition]:
    """`published` are conditions on `first_published_at`. All stand in one `filter`: what another says is about any
    of the edition's tags, and a story with three would be listed three times."""
    through = _THROUGH.get(kind, "")
    about = {f"{through}first_published_at__{name}": moment for name, moment in published.items()}
    if through:
        about |= {f"{through}{kind}": key, f"{through}is_live": True}
        return Edition.objects.filter(**about, language=language)
    live = Edition.objects.live().in_language(language).filter(**about)
    return live.in_section(key) if kind == "section" else live


def _ordered(kind: str, language: str, key: int, **published: datetime) -> models.QuerySet[Edition]:
    through = _THROUGH.get(kind, "")
    order = f"-{through}first_published_at", f"-{through}edition_id" if through else "-id"
    return _listed(kind, language, key, **published).order_by(*order)


def _newest(kind: str, most: int, language: str, key: int) -> models.QuerySet:
    return _ordered(kind, language, key).values_list(*COLUMNS)[:most]


def _numbers(kind: str, most: int, language: str, key: int) -> models.QuerySet:
    return _ordered(kind, language, key).values_list("pk")[:most]


def _between(kind: str, most: int, language: str, key: int, start: datetime, end: datetime) -> models.QuerySet:
    found = _ordered(kind, language, key, gte=start, lt=end).values_list(*COLUMNS)
    return found[:most] if most else found


def _oldest(kind: str, language: str, key: int) -> models.QuerySet:
    at = f"{_THROUGH.get(kind, '')}first_published_at"
    return _listed(kind, language, key).order_by(at).values_list("first_published_at")[:1]


def newest_in(river: River, spans: Sequence[Span]) -> list[datetime | None]:
    """For each span, when the newest of the river's stories in it was published; None where there is none."""
    return newest_and_counts_in(river, spans, [])[0]


def counts_in(river: River, spans: Sequence[Span]) -> list[int]:
    """How many of the river's stories each span holds. For spans that end: a year's months, a month's days."""
    return newest_and_counts_in(river, [], spans)[1]


def newest_and_counts_in(
    river: River, spans: Sequence[Span], counted: Sequence[Span]
) -> tuple[list[datetime | None], list[int]]:
    """`newest_in` of `spans` and `counts_in` of `counted`, in one query: a long month asks as often as a short one."""
    # No MAX: of an author's editions, whose language stands in another table, PostgreSQL would read them all.
    newest = "SELECT r.first_published_at {rows} ORDER BY r.first_published_at DESC LIMIT 1"
    told = _of_each(
        river,
        [*spans, *counted],
        f"CASE WHEN place < {len(spans):d} THEN ({newest}) END",
        f"CASE WHEN place >= {len(spans):d} THEN (SELECT COUNT(*) {{rows}}) END",
    )
    return [_moment(at) for at, _count in told[: len(spans)]], [count for _at, count in told[len(spans) :]]


MOST_SPANS = 300  # in one statement, whose parameters some builds of SQLite limit to 999


def told_in(river: River, spans: Sequence[Span]) -> list[tuple[int, int | None]]:
    """For each span, how many of the stories of a language it holds, and the number of the edition issued last.

    Told from the index alone. One query for some twenty years of months.
    """
    found = []
    for begin in range(0, len(spans), MOST_SPANS):
        # Both in one column, so that the index is read once.
        both = "(SELECT COUNT(*) || ' ' || COALESCE(MAX(r.id), 0) {rows})"
        told = _of_each(river, spans[begin : begin + MOST_SPANS], both)
        found += [(int(count), int(newest) or None) for count, newest in (one.split() for (one,) in told)]
    return found


def _of_each(river: River, spans: Sequence[Span], *columns: str) -> list[tuple]:
    """The `columns` of each span, in which {rows} is FROM and WHERE of the river's rows there, and `place` its number.

    One statement that is planned once, however many spans there are: PostgreSQL takes longer to plan thirty than to
    answer them.
    """
    rows, given = river._sql()
    adapt = connection.ops.adapt_datetimefield_value
    rows += " AND r.first_published_at >= span.start AND r.first_published_at < span.until"
    asked = ", ".join(column.format(rows=rows) for column in columns)
    each = ", ".join(["(%s, %s, %s)"] * len(spans))
    parameters = [value for number, (start, end) in enumerate(spans) for value in (number, adapt(start), adapt(end))]
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH span (place, start, until) AS (VALUES {each}) SELECT {asked} FROM span ORDER BY place",
            [*parameters, *given * len(columns)],
        )
        return cursor.fetchall()


@dataclass(frozen=True, slots=True)
class Standing:
    """A river told from a month and a day in it.

    How many stories these hold (told to 2), whether later ones make them over, when the last of the newest and when the
    oldest was first published (None where there are not so many).
    """

    in_month: int
    in_day: int
    is_month_over: bool
    is_day_over: bool
    last: datetime | None
    oldest: datetime | None


def standings(rivers: Sequence[River], month: Span, day: Span, newest: int) -> list[Standing]:
    """How each of `rivers` stands. One query; each answer costs a step or two into the index of its list."""
    adapt, parts, parameters = connection.ops.adapt_datetimefield_value, [], []
    at = "r.first_published_at"
    for number, river in enumerate(rivers):
        rows, given = river._sql()
        columns = []
        for start, end in (month, day):
            columns.append(f"(SELECT COUNT(*) FROM (SELECT 1 {rows} AND {at} >= %s AND {at} < %s LIMIT 2) AS few)")
            parameters += [*given, adapt(start), adapt(end)]
        for _start, end in (month, day):
            columns.append(f"(SELECT COUNT(*) FROM (SELECT 1 {rows} AND {at} >= %s LIMIT 1) AS later)")
            parameters += [*given, adapt(end)]
        columns.append(f"(SELECT {at} {rows} ORDER BY {at} DESC LIMIT 1 OFFSET {newest - 1:d})")
        columns.append(f"(SELECT {at} {rows} ORDER BY {at} LIMIT 1)")
        parameters += [*given, *given]
        parts.append(f"SELECT {number:d} AS place, {', '.join(columns)}")
    with connection.cursor() as cursor:
        cursor.execute(f"{' UNION ALL '.join(parts)} ORDER BY 1", parameters)
        found = cursor.fetchall()
    return [
        Standing(in_month, in_day, bool(later_month), bool(later_day), _moment(last), _moment(oldest))
        for _place, in_month, in_day, later_month, later_day, last, oldest in found
    ]


def _moment(said: datetime | str | None) -> datetime | None:
    """A moment as the database says it: SQLite keeps UTC as text and does not know that it is a moment."""
    said = datetime.fromisoformat(said) if isinstance(said, str) else said
    return said.replace(tzinfo=UTC) if said and said.tzinfo is None else said


def day_spans(dates: Dates, year: int, month: int) -> dict[date, Span]:
    """The days of a month with their spans."""
    start, end = dates.span_of_month(year, month)
    return {
        day: dates.span_of_day(day)
        for day in (date(year, month, number) for number in range(1, (end.date() - start.date()).days + 1))
    }
