"""The archive: everything published in a language, by year, month and day, with a calendar.

Of the newest day and month no count is shown: each publish would change it on every page of the year.
"""

from dataclasses import dataclass, field
from datetime import date

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext

from . import keys
from .cards import cards
from .dates import DATE, DAY, DAY_AND_YEAR, MONTH
from .frame import Frame
from .kept import depends_on
from .listings import LONG_MONTH, Day, Link, by_day
from .paths import address
from .spans import River, counts_in, day_spans, newest_in

# A day is busy, or very busy, beside the busiest of its month: the calendar has two tints.
BUSY, VERY_BUSY = 0.5, 0.8
AT_LEAST = 3  # stories; below this no day is busy


@dataclass(slots=True)
class Cell:
    """A square of the calendar; without a day it is outside the month, without a count nothing was published."""

    day: str = ""
    path: str = ""
    count: int = 0
    said: str = ""
    tint: str = ""
    is_here: bool = False


@dataclass(slots=True)
class ArchivePage:
    """A month of the archive, with one or all of its days. `since` is empty while nothing has been published."""

    frame: Frame
    path: str
    top: str
    since: str = ""
    year: str = ""
    month: str = ""
    day: str = ""
    years: list[Link] = field(default_factory=list)
    months: list[Link] = field(default_factory=list)
    weekdays: list[tuple[str, str]] = field(default_factory=list)
    weeks: list[list[Cell]] = field(default_factory=list)
    days: list[Day] = field(default_factory=list)
    before: Link | None = None
    after: Link | None = None
    all_of_day: Link | None = None

    @property
    def title(self) -> str:
        name = gettext("Archive")
        return name if self.path == self.top else f"{name}: {self.day or self.month}"


def archive(around: Frame, year: int = 0, month: int = 0, day: int = 0) -> ArchivePage:
    """The archive of a month, or of a day; without a year of the newest month. Four queries beyond the frame's.

    A long month shows its newest day only. Raises Http404 where nothing was published.
    """
    dates, language = around.dates, around.language
    top = address("archive", language)
    page, river = ArchivePage(around, top, top), River(language)
    if not year:
        around.same_in({switch.language: address("archive", switch.language) for switch in around.switches})
    depends_on(keys.months(river.name), keys.since(river.name))
    oldest = river.first()
    if oldest is None:
        if year:
            raise Http404
        return page
    years = range(dates.moment(oldest).at.year, timezone.now().astimezone(dates.zone).year + 1)
    newest = dict(zip(years, newest_in(river, [dates.span_of_year(one) for one in years]), strict=True))
    last = dates.moment(max(filter(None, newest.values()))).day
    if not year:
        year, month = last.year, last.month
    elif not newest.get(year):
        raise Http404
    page.since = dates.say(dates.moment(oldest).day, DATE)
    page.year, page.month = dates.digits(year), dates.say(date(year, month, 1), MONTH)
    page.years = [
        Link(dates.digits(one), address("archive-month", language, one, dates.moment(at).at.month), is_here=one == year)
        for one, at in reversed(newest.items())
        if at
    ]
    spans = day_spans(dates, year, month)
    months = [dates.span_of_month(year, number) for number in range(1, 13)]
    counts = counts_in(river, [*months, *spans.values()])
    by_date = dict(zip(spans, counts[12:], strict=True))
    depends_on(*keys.counts(river.name, date(year, month, 1)), keys.days(river.name, year, month))
    here = _day(page, river, by_date, year, month, day)
    around.day = here
    page.months = _months(around, year, month, counts[:12], last)
    page.weekdays = dates.weekday_names()
    page.weeks = _weeks(around, by_date, here if day or page.all_of_day else None, last)
    return page


def _day(page: ArchivePage, river: River, counts: dict[date, int], year: int, month: int, day: int) -> date:
    """Put the stories of the day (of all days, in a month that is not long) on the page. Gives the day shown first."""
    dates, language = page.frame.dates, page.frame.language
    held = [one for one in counts if counts[one]]
    if not held:
        raise Http404
    depends_on(keys.day(river.name, date(year, month, day)) if day else keys.month(river.name, year, month))
    whole_month = not day and sum(counts.values()) <= LONG_MONTH
    here = next((one for one in held if one.day == day), None) if day else held[-1]
    if here is None:
        raise Http404
    span = dates.span_of_month(year, month) if whole_month else dates.span_of_day(here)
    page.days = by_day(cards(river.between(span), page.frame, signed=False), page.frame)
    for shown in page.days:
        shown.name = dates.say(date.fromisoformat(shown.iso), DAY)
    if day:
        page.day = dates.say(here, DAY_AND_YEAR)
        page.path = address("archive-day", language, year, month, day)
    else:
        page.path = address("archive-month", language, year, month)
    if whole_month:
        return here
    place = held.index(here)
    page.before = _link(page, held[place - 1]) if place else None
    page.after = _link(page, held[place + 1]) if place + 1 < len(held) else None
    page.all_of_day = _link(page, here)
    return here


def _link(page: ArchivePage, day: date) -> Link:
    path = address("archive-day", page.frame.language, day.year, day.month, day.day)
    return Link(page.frame.dates.say(day, DAY), path)


def _months(around: Frame, year: int, month: int, counts: list[int], last: date) -> list[Link]:
    """The months of a year, those that are over with how many stories they have."""
    dates = around.dates
    return [
        Link(
            short,
            address("archive-month", around.language, year, number) if count else "",
            long,
            "–" if not count else dates.digits(count) if (year, number) < (last.year, last.month) else "",
            number == month,
        )
        for number, ((short, long), count) in enumerate(zip(dates.month_names(), counts, strict=True), 1)
    ]


def _weeks(around: Frame, counts: dict[date, int], here: date | None, last: date) -> list[list[Cell]]:
    """The month as rows of seven squares, in the order of the locale's week; days that are over have their counts."""
    dates, most = around.dates, max((count for day, count in counts.items() if day < last), default=0)
    order = dates.week()
    cells = [Cell() for _place in range(order.index(min(counts).weekday()))]
    for day, count in counts.items():
        path = address("archive-day", around.language, day.year, day.month, day.day) if count else ""
        tint = ""
        is_over = day < last
        if count >= AT_LEAST and is_over:
            tint = "h" if count > VERY_BUSY * most else "m" if count > BUSY * most else ""
        said = dates.digits(count) if is_over else ""
        cells.append(Cell(dates.digits(day.day), path, count, said, tint, day == here))
    cells += [Cell() for _place in range(-len(cells) % 7)]
    return [cells[place : place + 7] for place in range(0, len(cells), 7)]
