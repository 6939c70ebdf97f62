"""Cards: a live edition as lists show it, with headline, picture, people and time."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from babel.lists import format_list
from django.conf import settings
from django.db.models import QuerySet
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from articles.body.lists import listed
from articles.body.scripts import both_scripts
from articles.models import Edition, EditionAuthor, Kind, Photo

from . import keys, rows
from .asking import ask
from .dates import Moment
from .frame import Frame
from .kept import depends_on
from .paths import text_address
from .pictures import Picture, picture

WORDS_A_MINUTE = 220  # of silent reading; Brysbaert 2019 found 238 for English, and Arabic reads slower
VOICES = {Kind.OPINION, Kind.EDITORIAL}

# What a card is made of. The snapshot and a photo's metadata are long, and no list shows them.
EDITION = rows.columns(
    Edition,
    "id",
    "story_id",
    "language",
    "sibling_key",
    "path",
    "section_id",
    "kind",
    "headline",
    "short_headline",
    "kicker",
    "summary",
    "words",
    "lead_photo_id",
    "lead_alt",
    "lead_crop",
    "first_published_at",
    "modified_at",
)
PHOTO = rows.columns(
    Photo,
    *("id", "token", "status", "sensitivity", "width", "height", "formats", "focal_x", "focal_y", "crops"),
    "digital_source_type",
)
COLUMNS = (*EDITION, *(f"lead_photo__{name}" for name in PHOTO))


@dataclass(slots=True)
class Card:
    """`label` is the small line over the headline; `names` are the byline's, as they are now."""

    id: int
    path: str
    headline: str
    label: str
    standfirst: str
    picture: Picture | None
    at: Moment
    kind: str
    section: int | None
    minutes: str
    frame: Frame
    edition: Edition
    names: list[str] = field(default_factory=list)

    @property
    def face(self) -> tuple:
        """All that a card shows, but its time and its people, which lists say or leave out."""
        return (self.path, self.headline, self.label, self.standfirst, self.picture, self.at.iso)

    @property
    def text_path(self) -> str:
        return text_address(self.path)

    @property
    def byline(self) -> SafeString:
        return byline([SafeString(f"<strong>{escape(name)}</strong>") for name in self.names], self.frame)

    @property
    def signed(self) -> str:
        return listed(self.names)

    @property
    def when(self) -> str:
        """The time on the day of the frame, the day before it."""
        if self.at.day == self.frame.day:
            return self.at.time
        same_year = self.frame.day and self.at.day.year == self.frame.day.year
        return self.at.short_day if same_year else self.at.date

    @property
    def is_voice(self) -> bool:
        return self.kind in VOICES

    @property
    def is_long(self) -> bool:
        return self.kind == Kind.LONG_READ


def byline(people: list[SafeString], frame: Frame) -> SafeString:
    """“By A and B”, from names that are HTML already."""
    if not people:
        return SafeString("")
    together = format_list(people, "standard", frame.dates.locale) if len(people) > 1 else people[0]
    return SafeString(gettext("By %(people)s") % {"people": together})


def minutes(words: int, frame: Frame) -> str:
    """How long a text of so many words takes to read: “7 minutes”, in the outlet's digits."""
    number = max(1, round(words / WORDS_A_MINUTE))
    return ngettext("%(minutes)s minute", "%(minutes)s minutes", number) % {"minutes": frame.dates.digits(number)}


def label(kind: str, kicker: str, section: str) -> str:
    """What stands over a headline: its kicker or section; a piece that is no plain news says first what it is."""
    if kind in (Kind.NEWS, Kind.LONG_READ):
        return kicker or section
    named = str(Kind(kind).label)
    return f"{named} · {kicker}" if kicker and kicker != named else named


def edition_of(row: tuple) -> Edition:
    """The edition, with its lead photo, of a row of COLUMNS."""
    edition = rows.instance(Edition, EDITION, row)
    photo = rows.instance(Photo, PHOTO, row[len(EDITION) :]) if edition.lead_photo_id else None
    edition._state.fields_cache["lead_photo"] = photo
    return edition


def cards(editions: Iterable[Edition], frame: Frame, *, signed: bool = True) -> list[Card]:
    """The cards of `editions`. One query for all bylines (none if not `signed`)."""
    found = [_card(edition, frame) for edition in editions]
    for card in found:
        depends_on(keys.card(card.edition.story_id))
        if card.edition.lead_photo_id:
            depends_on(keys.photo(card.edition.lead_photo_id))
    if signed and found:
        names = _names(tuple(card.id for card in found), frame.language)
        for card in found:
            card.names = names.get(card.id, [])
    return found


def _card(edition: Edition, frame: Frame) -> Card:
    language = edition.language
    return Card(
        id=edition.pk,
        path=edition.path,
        headline=both_scripts(edition.card_headline, language),
        label=label(edition.kind, edition.kicker, frame.section_names.get(edition.section_id, "")),
        standfirst=both_scripts(edition.summary, language),
        picture=_picture(edition),
        at=frame.dates.moment(edition.first_published_at),
        kind=edition.kind,
        section=edition.section_id,
        minutes=minutes(edition.words, frame),
        frame=frame,
        edition=edition,
    )


def _picture(edition: Edition) -> Picture | None:
    """The lead picture; none that needs a shield, for a card has no room to ask."""
    photo = edition.lead_photo
    if photo is None or photo.sensitivity:
        return None
    return picture(photo, edition.lead_alt, settings.RENDITIONS_ADDRESS, crop=edition.lead_crop, shape="3:2")


def _names(editions: tuple[int, ...], language: str) -> dict[int, list[str]]:
    """The names of each edition's authors in `language` (else in the first there is), in order."""
    people: dict[int, dict[int, str]] = defaultdict(dict)
    for edition, author, row_language, name, slug in ask(_signatures, editions):
        depends_on(keys.author(author))
        if row_language == language:
            people[edition][author] = name
        else:
            people[edition].setdefault(author, name or slug)
    return {edition: list(names.values()) for edition, names in people.items()}


def _signatures(editions: tuple[int, ...]) -> QuerySet:
    signed = EditionAuthor.objects.filter(edition_id__in=editions).order_by("order", "id", "author__words__id")
    return signed.values_list(
        "edition_id", "author_id", "author__words__language", "author__words__name", "author__slug"
    )
