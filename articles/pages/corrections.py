"""Corrections: what a story's page says of its own, and the page of all that were made in a language, by month."""

from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby

from django.db.models import QuerySet
from django.db.models.functions import TruncMonth
from django.http import Http404
from django.utils.safestring import SafeString

from articles.body.scripts import both_scripts
from articles.models import Correction

from . import keys
from .asking import ask
from .dates import DAY, DAY_AND_YEAR, MONTH, Moment
from .frame import Frame
from .kept import depends_on
from .listings import NEWEST, Link
from .paths import address

MOST = 300  # of a month: no outlet has made so many, and a page must end somewhere


@dataclass(slots=True)
class Note:
    """A correction: `text` as it was written, `marked` as a page shows it. On the page of all corrections `headline`
    and `path` are its story's."""

    text: str
    marked: SafeString
    at: datetime
    moment: Moment
    headline: str = ""
    path: str = ""


@dataclass(slots=True)
class Day:
    """A day of the page, with what was put right on it."""

    iso: str
    name: str
    notes: list[Note]


@dataclass(slots=True)
class CorrectionsPage:
    """The newest corrections in a language, or those of a month."""

    frame: Frame
    path: str
    top: str
    month: str = ""
    days: list[Day] = field(default_factory=list)
    months: list[Link] = field(default_factory=list)


def corrections_of(story: int, around: Frame) -> list[Note]:
    """The corrections of a story, the oldest first. One query."""
    return [
        Note(text, both_scripts(text, around.language), at, around.dates.moment(at))
        for text, at in ask(_of_story, story)
    ]


def _of_story(story: int) -> QuerySet:
    return Correction.objects.filter(story=story).order_by("at", "id").values_list("text", "at")


def page(around: Frame, year: int = 0, month: int = 0) -> CorrectionsPage:
    """The newest corrections, or those of a month. Two queries beyond the frame's. Raises Http404 for none."""
    language, dates = around.language, around.dates
    top = address("corrections", language)
    found = CorrectionsPage(around, top, top)
    depends_on(keys.corrections(language))
    shown = Correction.objects.shown().in_language(language).newest()
    months = list(
        shown.order_by().annotate(month=TruncMonth("at", tzinfo=dates.zone)).values_list("month", flat=True).distinct()
    )
    rows = shown.values_list("text", "at", "story_id", "story__live_edition__headline", "story__live_edition__path")
    if year:
        start, end = dates.span_of_month(year, month)
        rows = list(rows.filter(at__gte=start, at__lt=end)[:MOST])
        if not rows:
            raise Http404
        found.month = dates.say(date(year, month, 1), MONTH)
        found.path = address("corrections-month", language, year, month)
    else:
        rows = list(rows[:NEWEST])
        around.same_in({switch.language: address("corrections", switch.language) for switch in around.switches})
    if rows:
        around.day = dates.moment(rows[0][1]).day
    found.days = _by_day(rows, around)
    found.months = [_link(one, around, (year, month)) for one in sorted(months, reverse=True)]
    return found


def _by_day(rows: list[tuple], around: Frame) -> list[Day]:
    notes = []
    for text, at, story, headline, path in rows:
        depends_on(keys.card(story))
        marked, headline = both_scripts(text, around.language), both_scripts(headline, around.language)
        notes.append(Note(text, marked, at, around.dates.moment(at), headline, path))
    return [
        Day(day.isoformat(), around.dates.say(day, DAY if day.year == around.day.year else DAY_AND_YEAR), list(group))
        for day, group in groupby(notes, key=lambda note: note.moment.day)
    ]


def _link(month: datetime, around: Frame, here: tuple[int, int]) -> Link:
    day = month.date()
    path = address("corrections-month", around.language, day.year, day.month)
    return Link(around.dates.say(day.replace(day=1), MONTH), path, is_here=(day.year, day.month) == here)
