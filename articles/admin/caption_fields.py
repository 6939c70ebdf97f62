"""The fields captions are written in: what each is called, how it is typed, and how its value reads as text."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language_info, override
from django.utils.translation import gettext as _

from articles.desk import batches, photos
from articles.models import Photo, Publication

ALT_AIM, ALT_MOST = 125, 250  # characters (IPTC photo metadata)
MOMENTS = ("usable_from", "usable_until")
LISTS = ("keywords",)
LONG = ("allowed_uses", "instructions", "extended_description")
# Beside the words themselves, what a template shows before its "More fields" are opened.
FIRST = ("credit", "rights", "usable_until")
# What the table may have columns of: short words that are corrected by hand.
COLUMNS = ("credit", "headline", "creator", "copyright", "source", "city", "sublocation", "country", "instructions")
ALWAYS = ("caption", "alt")
TRUE, FALSE = "true", "false"


@dataclass(frozen=True)
class Field:
    """`name` is the one `desk.batches` knows. `kind`: "line", "area", "choice", "moment", "list" or "tick"."""

    name: str
    label: str
    kind: str
    language: str = ""
    direction: str = ""
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def what(self) -> str:
        """`caption` of `caption:en`."""
        return self.name.partition(":")[0]

    def shown(self, value: Any) -> str:
        """A value as the desk reads it."""
        if self.kind == "choice":
            return str(dict(self.choices).get(value, value))
        if self.kind == "tick":
            return _("yes") if value else _("no")
        return self.text(value).replace("T", " ") if self.kind == "moment" else self.text(value)

    def text(self, value: Any) -> str:
        """A value as it is typed."""
        if self.kind == "moment":
            return _moment(value)
        if self.kind == "list":
            return ", ".join(word.strip() for word in value)
        if self.kind == "tick":
            return TRUE if value else FALSE
        return value or ""

    def value(self, text: str) -> Any:
        """What is typed, as the verbs take it."""
        if self.kind == "list":
            return [word for word in text.replace("،", ",").replace("\n", ",").split(",") if word.strip()]
        if self.kind == "tick":
            return text == TRUE
        return text


def _moment(value: datetime | str | None) -> str:
    """As the browser's own field takes it, in the outlet's zone; what is no date stays as it was typed."""
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) and value else value
    except ValueError:
        return str(value)
    if moment and moment.tzinfo:
        moment = timezone.localtime(moment)
    return moment.strftime("%Y-%m-%dT%H:%M") if moment else ""


def fields_for(user, publication: Publication) -> dict[str, Field]:
    """The fields `user` may write, in their order: captions and alt texts of all languages, then facts."""
    made: dict[str, Field] = {}
    if user.has_perm("articles.caption_photo"):
        for what in batches.WORDS:
            for language in publication.languages:
                field = _words(what, language, many=len(publication.languages) > 1)
                made[field.name] = field
    if user.has_perm("articles.change_photo"):
        facts = [name for name in photos.FACTS if name not in batches.ALONE]
        for name in sorted(facts, key=lambda name: FIRST.index(name) if name in FIRST else len(FIRST)):
            made[name] = _fact(name)
    return made


def _words(what: str, language: str, *, many: bool) -> Field:
    try:
        info = get_language_info(language)
    except KeyError:
        info = {"name_local": language, "bidi": False}
    with override(language):
        said = {"caption": _("Caption"), "alt": _("Alt text"), "decorative": _("Decorative")}[what]
        label = _("%(field)s, %(language)s") % {"field": said, "language": info["name_local"]} if many else said
    kind = "tick" if what == "decorative" else "area"
    return Field(f"{what}:{language}", label, kind, language, "rtl" if info["bidi"] else "ltr")


def _fact(name: str) -> Field:
    column = Photo._meta.get_field(name)
    label = str(capfirst(column.verbose_name))
    if column.choices:
        return Field(name, label, "choice", choices=tuple((value, str(words)) for value, words in column.flatchoices))
    kind = "moment" if name in MOMENTS else "list" if name in LISTS else "area" if name in LONG else "line"
    return Field(name, label, kind, direction="auto")


def columns_of(asked: Iterable[str], fields: dict[str, Field]) -> list[Field]:
    """The columns of the table: captions and alt texts, and those of COLUMNS that are `asked` for."""
    words = [field for field in fields.values() if field.what in ALWAYS]
    wanted = set(asked)
    return words + [fields[name] for name in COLUMNS if name in wanted and name in fields]


def read(photo: Photo, name: str) -> Any:
    """The value of a field now. As `batches.read`, and asks nothing of the database where captions are prefetched."""
    kind, _colon, language = name.partition(":")
    if not language:
        return batches.read(photo, name)
    row = photo.caption_in(language)
    return getattr(row, batches.WORDS[kind]) if row else (False if kind == "decorative" else "")
