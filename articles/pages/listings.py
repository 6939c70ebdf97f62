"""Lists: the newest thirty of a section, a tag or an author, and beneath them months (days, where a month is long)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from articles.models import AuthorWords, Tag

from . import keys
from .asking import ask
from .cards import Card, cards
from .dates import DAY, DAY_AND_YEAR, MONTH, Dates
from .frame import Frame
from .kept import depends_on
from .paths import address
from .spans import River, Span, day_spans, newest_and_counts_in

NEWEST = 30
LONG_MONTH = 60  # stories; a month with more of them stands by days
LEADING = 4  # the lead of a section and three beside it
NEAR_THE_TOP = 10  # among so many newest a section's lead looks for a picture


@dataclass(slots=True)
class Link:
    """A step to another page of the list. Without a path there is nothing to go to; `is_here` is this page."""

    words: str
    path: str = ""
    long: str = ""
    count: str = ""
    is_here: bool = False


@dataclass(slots=True)
class Day:
    """A day of a river: its name in the margin, and its stories."""

    id: str
    name: str
    iso: str
    cards: list[Card]


@dataclass(slots=True)
class ListPage:
    """A list. `kind` is the name of its address: section, tag or author; `path` this page's, `top` its first page's."""

    frame: Frame
    kind: str
    slug: str
    path: str
    top: str
    title: str
    river: River
    description: str = ""
    role: str = ""
    month: str = ""
    year: str = ""
    lead: Card | None = None
    beside: list[Card] = field(default_factory=list)
    days: list[Day] = field(default_factory=list)
    steps: list[Link] = field(default_factory=list)
    months: list[Link] = field(default_factory=list)
    years: list[Link] = field(default_factory=list)
    cards: list[Card] = field(default_factory=list)

    @property
    def rss(self) -> str:
        return address(f"{self.kind}-feed", self.frame.language, self.slug)

    @property
    def atom(self) -> str:
        return address(f"{self.kind}-atom", self.frame.language, self.slug)

    @property
    def whole_title(self) -> str:
        return f"{self.title}, {self.month}" if self.month else self.title


def of_section(around: Frame, slug: str) -> ListPage:
    """A section's list, still empty. Raises Http404 where it has no words in the language."""
    place = around.section(slug)
    languages = around.section_languages[place.id] - {around.language}
    around.same_in({language: address("section", language, slug) for language in languages})
    around.current_section = place.id
    river = River(around.language, section=place.id)
    return ListPage(around, "section", slug, place.path, place.path, place.name, river, place.description)


def of_tag(around: Frame, slug: str) -> ListPage:
    """A tag's list, still empty. One query. A tag belongs to one language, so it has no sibling."""
    found = ask(_tag, around.language, slug)
    if not found:
        raise Http404
    ((key, name),) = found
    depends_on(keys.tag(key))
    path = address("tag", around.language, slug)
    return ListPage(around, "tag", slug, path, path, name, River(around.language, tag=key))


def of_author(around: Frame, slug: str) -> ListPage:
    """An author's list, still empty. One query."""
    found = ask(_author, slug)
    if not found:
        raise Http404
    own = next((row for row in found if row[1] == around.language), None)
    around.same_in({language: address("author", language, slug) for _key, language, *_words in found})
    path = address("author", around.language, slug)
    key, _language, name, role, biography = own or found[0]
    depends_on(keys.author(key))
    page = ListPage(around, "author", slug, path, path, name, River(around.language, author=key))
    if own:
        page.description, page.role = biography, role
    return page


def _tag(language: str, slug: str) -> QuerySet:
    return Tag.objects.filter(language=language, slug=slug).values_list("id", "name")


def _author(slug: str) -> QuerySet:
    words = AuthorWords.objects.filter(author__slug=slug).order_by("id")
    return words.values_list("author_id", "language", "name", "role", "biography")


def fill_newest(page: ListPage) -> ListPage:
    """The newest thirty. A section opens with a lead; all others are a river by day."""
    depends_on(page.river.name, keys.months(page.river.name))
    page.cards = cards(page.river.newest(NEWEST), page.frame)
    if page.cards:
        page.frame.day = page.cards[0].at.day
        rest = list(page.cards)
        if page.kind == "section":
            page.lead = next((card for card in rest[:NEAR_THE_TOP] if card.picture), rest[0])
            rest.remove(page.lead)
            page.beside, rest = rest[: LEADING - 1], rest[LEADING - 1 :]
            page.beside.sort(key=lambda card: card.picture is None)  # one with a picture stands first
        page.days = by_day(rest, page.frame)
        _link(page, page.cards[0].at.at.year)
    return page


def fill_month(page: ListPage, year: int, month: int, day: int = 0) -> ListPage:
    """All stories of a month, or the newest day of a long one; with `day`, all of that day. Raises Http404 for none."""
    dates = page.frame.dates
    span, river = _day_span(dates, year, month, day) if day else dates.span_of_month(year, month), page.river.name
    depends_on(keys.months(river), keys.day(river, date(year, month, day)) if day else keys.month(river, year, month))
    if day:
        depends_on(keys.days(river, year, month))
    page.cards = cards(page.river.between(span, 0 if day else LONG_MONTH + 1), page.frame)
    if not page.cards:
        raise Http404
    page.frame.day = page.cards[0].at.day
    page.month = dates.say(date(year, month, 1), MONTH)
    page.path = address(f"{page.kind}-month", page.frame.language, page.slug, year, month)
    # The same list in the other language may have no such month: its first page is the way there.
    for switch in page.frame.switches:
        switch.is_same = False
    is_long = bool(day) or len(page.cards) > LONG_MONTH
    if day:
        page.month = dates.say(page.frame.day, DAY_AND_YEAR)
        page.path = address(f"{page.kind}-day", page.frame.language, page.slug, year, month, day)
    elif is_long:
        page.cards = _whole_days(page.cards)
    page.days = by_day(page.cards, page.frame)
    _link(page, year, month, by_days=is_long)
    return page


def _whole_days(found: list[Card]) -> list[Card]:
    """The days of a long month that are whole: the last one was cut off where the reading stopped."""
    last = found[-1].at.day
    return [card for card in found if card.at.day != last] or found


def _day_span(dates: Dates, year: int, month: int, day: int) -> Span:
    try:
        return dates.span_of_day(date(year, month, day))
    except ValueError:
        raise Http404 from None


def _link(page: ListPage, year: int, month: int = 0, *, by_days: bool = False) -> None:
    """Links to the months of `year` and to the newest month of every other year that have stories; `by_days` to the
    days of `month`, too, with how many they have. Two queries."""
    dates, language = page.frame.dates, page.frame.language
    page.year = dates.digits(year)
    oldest = page.river.first()
    years = range(dates.moment(oldest).at.year, timezone.now().astimezone(dates.zone).year + 1)
    spans = [dates.span_of_month(year, number) for number in range(1, 13)] + [dates.span_of_year(one) for one in years]
    days = day_spans(dates, year, month) if by_days else {}
    found, counts = newest_and_counts_in(page.river, spans, list(days.values()))
    names = dates.month_names()
    for number, newest in enumerate(found[:12], 1):
        if newest:
            path = address(f"{page.kind}-month", language, page.slug, year, number)
            page.months.append(Link(names[number - 1][1], path, is_here=number == month))
    for one, newest in zip(years, found[12:], strict=True):
        if newest:
            path = address(f"{page.kind}-month", language, page.slug, one, dates.moment(newest).at.month)
            page.years.insert(0, Link(dates.digits(one), path, is_here=one == year))
    for day, count in zip(days, counts, strict=True):
        if count:
            path = address(f"{page.kind}-day", language, page.slug, year, month, day.day)
            said = dates.digits(day.day), path, dates.say(day, DAY), dates.digits(count)
            page.steps.append(Link(*said, is_here=day == page.frame.day))


def by_day(found: Iterable[Card], around: Frame) -> list[Day]:
    """Cards, newest first, under their days; a day of another year than the frame's says which."""
    days = []
    for day, group in groupby(found, key=lambda card: card.at.day):
        pattern = DAY if around.day and day.year == around.day.year else DAY_AND_YEAR
        days.append(Day(f"day-{day.isoformat()}", around.dates.say(day, pattern), day.isoformat(), list(group)))
    return days
