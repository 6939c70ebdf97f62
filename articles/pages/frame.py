"""The frame: what stands round every readers' page. Nameplate, languages, sections, date, colophon."""

from dataclasses import dataclass, field
from datetime import date
from functools import cache

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import get_language_info, gettext, override

from articles.models import Publication, SectionWords

from . import rows
from .asking import ask
from .dates import DATE, WEEKDAY, Dates
from .paths import address


@dataclass(slots=True)
class Place:
    """Somewhere a reader can go: a section, a tag."""

    name: str
    path: str
    slug: str = ""
    description: str = ""
    id: int = 0

    # A row of the database answers the same two questions, so `pages.meta` takes either.
    def name_in(self, language: str) -> str:
        return self.name

    def get_absolute_url(self, language: str = "") -> str:
        return self.path


@dataclass(slots=True)
class Switch:
    """The way to another language: to this very page where it has one there (`is_same`), else to that front."""

    language: str
    direction: str
    name: str  # the outlet's, in that language
    words: str  # ", in English", said in that language
    path: str
    home: str
    is_same: bool = False


@dataclass(slots=True)
class Frame:
    """Two queries: the publication, and the words of all sections."""

    language: str
    direction: str
    publication: Publication
    dates: Dates
    name: str
    tagline: str
    home: str
    sections: list[Place]
    section_names: dict[int, str]
    section_languages: dict[int, set[str]]
    switches: list[Switch]
    day: date | None = None
    current_section: int | None = None
    follow: list[tuple[str, str]] = field(default_factory=list)

    @property
    def weekday(self) -> str:
        return self.dates.say(self.day, WEEKDAY) if self.day else ""

    @property
    def date(self) -> str:
        return self.dates.say(self.day, DATE) if self.day else ""

    @property
    def year(self) -> str:
        return self.dates.digits(self.day.year) if self.day else ""

    @property
    def archive(self) -> str:
        return address("archive", self.language)

    @property
    def corrections(self) -> str:
        return address("corrections", self.language)

    @property
    def search(self) -> str:
        return address("search", self.language)

    @property
    def rss(self) -> str:
        return address("front-feed", self.language)

    @property
    def atom(self) -> str:
        return address("front-atom", self.language)

    def section(self, slug: str) -> Place:
        """The section of that slug, if it has words in this language. Raises Http404."""
        for place in self.sections:
            if place.slug == slug:
                return place
        raise Http404

    def same_in(self, paths: dict[str, str]) -> None:
        """Say where this very page is in other languages: their codes and its addresses there."""
        for switch in self.switches:
            if switch.language in paths:
                switch.path, switch.is_same = paths[switch.language], True

    def alternates(self, own: str) -> list[tuple[str, str]]:
        """(language, address) of this page in every language it has, its `own` first; for hreflang."""
        same = [(switch.language, switch.path) for switch in self.switches if switch.is_same]
        return [(self.language, own), *same] if same else []


@cache
def direction(language: str) -> str:
    return "rtl" if get_language_info(language)["bidi"] else "ltr"


def current_publication() -> Publication:
    """The outlet, as `Publication.objects.current()` gives it. One query."""
    found = ask(_publication)
    return rows.instance(Publication, rows.columns(Publication), found[0]) if found else Publication()


def _publication() -> QuerySet:
    return Publication.objects.values_list(*rows.columns(Publication))[:1]


def _sections() -> QuerySet:
    words = SectionWords.objects.order_by("section__order", "section__slug", "id")
    return words.values_list("section_id", "section__slug", "language", "name", "description")


def frame(language: str) -> Frame:
    """The frame of a page in `language`. Raises Http404 where the outlet does not publish in it."""
    publication = current_publication()
    if language not in publication.languages:
        raise Http404
    sections, names, languages = [], {}, {}
    for pk, slug, row_language, name, description in ask(_sections):
        languages.setdefault(pk, set()).add(row_language)
        if row_language == language:
            sections.append(Place(name, address("section", language, slug), slug, description, pk))
            names[pk] = name
        else:
            names.setdefault(pk, name)
    return Frame(
        language=language,
        direction=direction(language),
        publication=publication,
        dates=Dates(publication, language),
        name=publication.name(language),
        tagline=publication.tagline(language),
        home=address("front", language),
        sections=sections,
        section_names=names,
        section_languages=languages,
        switches=[_switch(publication, other) for other in publication.languages if other != language],
    )


def _switch(publication: Publication, language: str) -> Switch:
    home = address("front", language)
    return Switch(language, direction(language), publication.name(language), in_language(language)[0], home, home)


@cache
def in_language(language: str) -> tuple[str, str]:
    """“, in English” and “Read it in English”, as `language` says them of itself."""
    with override(language):
        # Translators: say your own language here: ", in Arabic" and "Read it in Arabic".
        return gettext(", in English"), gettext("Read it in English")
