"""Dates and times as a reader reads them: in the publication's zone, the language's words and the outlet's digits."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, get_day_names, get_month_names

from articles.models import Publication

# CLDR patterns. Both languages of the outlet put the day first; the words come from the locale.
DATE = "d MMMM y"
DAY = "EEEE d MMMM"
DAY_AND_YEAR = "EEEE d MMMM y"
SHORT_DAY = "d MMM"
MONTH = "LLLL y"
WEEKDAY = "EEEE"

_EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment in the publication's zone, said: `iso` for machines, the rest for people."""

    at: datetime
    iso: str
    time: str
    date: str
    short_day: str

    @property
    def day(self) -> date:
        return self.at.date()


class Dates:
    """How one publication says dates in one language."""

    def __init__(self, publication: Publication, language: str):
        self.zone: ZoneInfo = publication.zone
        self.locale = publication.locale(language)
        self.locale_name = str(self.locale)
        self.eastern = language == "ar" and publication.arabic_digits == Publication.Digits.EASTERN

    def moment(self, at: datetime) -> Moment:
        """`at` (aware) as it is said in the zone."""
        local = at.astimezone(self.zone)
        return Moment(
            local,
            local.isoformat(timespec="minutes"),
            self.digits(f"{local.hour:02}:{local.minute:02}"),
            self.say(local.date(), DATE),
            self.say(local.date(), SHORT_DAY),
        )

    def say(self, day: date, pattern: str) -> str:
        """`day` by a CLDR pattern, such as DATE."""
        return _said(day, pattern, self.locale_name, self.eastern)

    def digits(self, number: object) -> str:
        """A number in the outlet's digits."""
        return str(number).translate(_EASTERN) if self.eastern else str(number)

    def start_of(self, day: date) -> datetime:
        """The first moment of `day` in the zone."""
        return datetime(day.year, day.month, day.day, tzinfo=self.zone)

    def span_of_day(self, day: date) -> tuple[datetime, datetime]:
        """The moments at which `day` and the day after begin."""
        return self.start_of(day), self.start_of(day + timedelta(days=1))

    def span_of_month(self, year: int, month: int) -> tuple[datetime, datetime]:
        """The moments at which a month and the next begin."""
        following = date(year + month // 12, month % 12 + 1, 1)
        return self.start_of(date(year, month, 1)), self.start_of(following)

    def span_of_year(self, year: int) -> tuple[datetime, datetime]:
        """The moments at which a year and the next begin."""
        return self.start_of(date(year, 1, 1)), self.start_of(date(year + 1, 1, 1))

    def month_names(self) -> list[tuple[str, str]]:
        """(short, long) names of the twelve months."""
        short, long = (get_month_names(width, "stand-alone", self.locale) for width in ("abbreviated", "wide"))
        return [(short[number], long[number]) for number in range(1, 13)]

    def weekday_names(self) -> list[tuple[str, str]]:
        """(short, long) names of the seven days, in the order in which the locale's week runs."""
        short, long = (get_day_names(width, "stand-alone", self.locale) for width in ("abbreviated", "wide"))
        return [(short[number], long[number]) for number in self.week()]

    def week(self) -> list[int]:
        """The days of a week as the locale begins it; 0 is Monday."""
        return [(self.locale.first_week_day + place) % 7 for place in range(7)]


@lru_cache(maxsize=20_000)
def _said(day: date, pattern: str, locale: str, eastern: bool) -> str:
    said = format_date(day, pattern, locale=locale)
    return said.translate(_EASTERN) if eastern else said
