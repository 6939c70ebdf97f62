"""The search page: what a reader chose to look for, and the stories found, as a list with the words that were found.

The question itself is put by the view: the engine is another mirror of editions, and neither knows the other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.safestring import SafeString

from articles.models import AuthorWords, Edition, Tag

from .asking import ask
from .cards import COLUMNS, Card, cards, edition_of
from .frame import Frame, direction
from .paths import address

LONGEST = 400  # characters of a question that are shown again, as many as are read
WEEK, YEAR = "week", "year"
ORDERS = ("best", "newest")
_LONGEST_NAME = 100


@dataclass(slots=True)
class Choice:
    """One box or button of the form."""

    value: str
    words: str
    is_chosen: bool
    language: str = ""


@dataclass(slots=True)
class Wanted:
    """What the reader chose. Ids and moments are what the engine takes; `query` what an address says of it.

    `author` and `tag` are (id, name); an id of 0 is nobody's, so nothing is found.
    """

    frame: Frame
    question: str
    order: str
    when: str
    first_day: str
    last_day: str
    languages: list[str]
    sections: dict[int, str]
    since: datetime | None = None
    until: datetime | None = None
    author: tuple[int, str] | None = None
    tag: tuple[int, str] | None = None
    cursor: str = ""
    query: dict[str, str | list[str]] = field(default_factory=dict)

    def address(self, **changed: str) -> str:
        """The address of this search, otherwise as `changed` says ("" takes a choice back), from its first page on."""
        query = {name: value for name, value in (self.query | changed).items() if value}
        return f"{address('search', self.frame.language)}?{urlencode(query, doseq=True)}"


@dataclass(slots=True)
class Row:
    """A story that was found. Its own language and direction are given where they are not the page's."""

    card: Card
    headline: SafeString
    snippet: SafeString
    language: str = ""
    direction: str = ""


@dataclass(slots=True)
class SearchPage:
    """The page. `total` is how many there are, said ("": nobody counted), `suggestion` what may have been meant."""

    frame: Frame
    wanted: Wanted
    path: str
    asked: bool = False
    rows: list[Row] = field(default_factory=list)
    count: int = 0
    total: str = ""
    suggestion: str = ""
    next: str = ""
    is_partial: bool = False
    is_first: bool = True

    @property
    def other_order(self) -> str:
        return self.wanted.address(order="" if self.wanted.order == "newest" else "newest")

    @property
    def suggested(self) -> str:
        return self.wanted.address(q=self.suggestion)

    @property
    def without_author(self) -> str:
        return self.wanted.address(author="")

    @property
    def without_tag(self) -> str:
        return self.wanted.address(tag="")

    @property
    def first(self) -> str:
        return self.wanted.address()

    @property
    def whole(self) -> str:
        """The same question with nothing that narrows it."""
        return f"{self.path}?{urlencode({'q': self.wanted.question})}"

    @property
    def is_narrowed(self) -> bool:
        wanted = self.wanted
        return bool(wanted.sections or wanted.author or wanted.tag or wanted.since or wanted.until)

    @property
    def sections(self) -> list[Choice]:
        return [Choice(place.slug, place.name, place.id in self.wanted.sections) for place in self.frame.sections]

    @property
    def languages(self) -> list[Choice]:
        publication, chosen = self.frame.publication, self.wanted.languages
        names = {code: publication.locale(code).language_name or code for code in publication.languages}
        return [Choice(code, name, code in chosen, code) for code, name in names.items()]


def wanted(around: Frame, given: QueryDict) -> Wanted:
    """What an address asks for; what makes no sense is left out. At most two queries: an author's name, a tag's."""
    said = {name: given.get(name, "").replace("\0", "").strip() for name in ("when", "from", "to", "order", "page")}
    question = given.get("q", "").replace("\0", " ")[:LONGEST]
    languages = [one for one in around.publication.languages if one in given.getlist("language")]
    chosen = set(given.getlist("section"))
    found = Wanted(
        frame=around,
        question=question,
        order=said["order"] if said["order"] in ORDERS else ORDERS[0],
        when=said["when"] if said["when"] in (WEEK, YEAR) else "",
        first_day="",
        last_day="",
        languages=languages or [around.language],
        sections={place.id: place.slug for place in around.sections if place.slug in chosen},
        cursor=said["page"],
    )
    first, last = (_day(said[name]) for name in ("from", "to"))
    if found.when:
        today = timezone.now().astimezone(around.dates.zone).date()
        first, last = today - timedelta(days=6) if found.when == WEEK else date(today.year, 1, 1), None
    else:
        found.first_day, found.last_day = (day.isoformat() if day else "" for day in (first, last))
    found.since = around.dates.start_of(first) if first else None
    found.until = around.dates.start_of(last + timedelta(days=1)) if last else None
    for name, look in (("author", _author), ("tag", _tag)):
        slug = given.get(name, "").replace("\0", "")[:_LONGEST_NAME]
        if slug:
            rows = look(slug, around.language)
            setattr(found, name, rows[0] if rows else (0, slug))
            found.query[name] = slug
    found.query |= {"q": question, "when": found.when, "from": found.first_day, "to": found.last_day}
    found.query |= {"section": list(found.sections.values()), "language": languages}
    found.query["order"] = found.order if found.order != ORDERS[0] else ""
    return found


def _day(said: str) -> date | None:
    try:
        day = date.fromisoformat(said)
    except ValueError:
        return None
    return day if 1900 <= day.year <= 2200 else None


def _author(slug: str, language: str) -> list[tuple[int, str]]:
    words = AuthorWords.objects.filter(author__slug=slug).order_by("id").values_list("author_id", "name", "language")
    return [(pk, name) for pk, name, _language in sorted(words, key=lambda row: row[2] != language)]


def _tag(slug: str, language: str) -> list[tuple[int, str]]:
    rows = Tag.objects.filter(slug=slug).order_by("id").values_list("id", "name", "language")
    return [(pk, name) for pk, name, _language in sorted(rows, key=lambda row: row[2] != language)]


def answered(chosen: Wanted) -> SearchPage:
    """The page of that choice, still without stories."""
    around, path = chosen.frame, address("search", chosen.frame.language)
    query = urlencode({"q": chosen.question}) if chosen.question else ""
    around.same_in(
        {one.language: address("search", one.language) + (f"?{query}" if query else "") for one in around.switches}
    )
    return SearchPage(around, chosen, path)


def rows(around: Frame, found: Mapping[int, tuple[SafeString, SafeString]]) -> list[Row]:
    """The stories found, in their order: by their editions' ids, headline and snippet with the finds. Two queries."""
    if not found:
        return []
    editions = {row[0]: edition_of(row) for row in ask(_editions, tuple(found))}
    shown: Iterable[Edition] = [editions[pk] for pk in found if pk in editions]
    made = []
    for card in cards(shown, around):
        row = Row(card, *found[card.id])
        if card.edition.language != around.language:
            row.language, row.direction = card.edition.language, direction(card.edition.language)
        made.append(row)
    return made


def _editions(found: tuple[int, ...]) -> QuerySet:
    return Edition.objects.live().filter(pk__in=found).values_list(*COLUMNS)
