"""Variables in a caption template: `{city}`, `{date:long}` and their like, filled in for each picture.

`{{` and `}}` stand for braces. What is no variable stays as it was typed. A variable without a value leaves no hole:
the comma, the space or the brackets that held it go with it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from babel import Locale
from babel.dates import format_date
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

# What may stand between braces, and the forms it has besides the plain one.
VARIABLES: dict[str, tuple[str, ...]] = {
    "city": (), "country": (), "sublocation": (), "date": ("long",), "creator": (), "headline": (), "credit": (),
    "filename": (), "n": (),
}  # fmt: skip

_EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
# CLDR patterns by how precisely the day is known; both languages of the outlet put the day first.
_PATTERNS = {"": ("y", "LLL y", "d MMM y"), "long": ("y", "LLLL y", "d MMMM y")}
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:$|T)", re.ASCII)

_BRACES = re.compile(r"\{\{|\}\}|\{ *([A-Za-z_][A-Za-z_ ]*)(?::([A-Za-z_ ]*))?\}")
_HOLE = "\ue000"  # a character of nobody's, where a value is missing
_MARKS = ",،;؛:/·|"
_DASHES = "–—-"
_OPENING, _CLOSING = "([«“\"'", ")]»”\"'"
_AT_START = re.compile(rf"(^|[{re.escape(_OPENING)}])[ \t]*{_HOLE}[ \t]*(?:[{_MARKS}{_DASHES}][ \t]*)?", re.M)
_BEHIND_LABEL = re.compile(rf"(:[ \t]*){_HOLE}[ \t]*[{_MARKS}{_DASHES}][ \t]*(?=\S)")
_AT_END = re.compile(
    rf"[ \t]*(?:[{_MARKS}]|[ \t][{_DASHES}])?[ \t]*{_HOLE}"
    rf"(?=[ \t]*(?:[{_MARKS}.!?؟{re.escape(_CLOSING)}]|[ \t][{_DASHES}]|$))", re.M
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filled:
    """A template filled in: the words, and the variables that had no value for this picture."""

    text: str
    missing: tuple[str, ...] = ()


def fill(template: str, values: Mapping[str, object], *, locale: Locale | str, eastern: bool = False) -> Filled:
    """The template with the values of one picture, in the words of `locale` ("ar_SY" says تموز).

    `date` is ISO 8601 as precisely as it is known ("2016", "2016-07", "2016-07-28T14:05"), or a date; one that is
    neither is taken as words. `eastern` writes the digits of dates and of `n` as ٠١٢٣. Braces in values stay words.
    """
    missing: list[str] = []

    def put_in(match: re.Match) -> str:
        if match[1] is None:
            return match[0][0]
        name, form = match[1].strip().lower(), (match[2] or "").strip().lower()
        if not _is_known(name, form):
            return match[0]
        value = values.get(name)
        said = _date(value, form, locale) if name == "date" else str("" if value is None else value).strip()
        if not said:
            missing.append(name)
            return _HOLE
        said = said.replace(_HOLE, "")
        return said.translate(_EASTERN) if eastern and name in ("date", "n") else said

    text = _BRACES.sub(put_in, template.replace(_HOLE, ""))
    return Filled(_closed(text), tuple(dict.fromkeys(missing)))


def problems(template: str) -> list[str]:
    """A sentence for each variable in a template that there is not; empty where all is well."""
    said = []
    for match in _BRACES.finditer(template):
        if match[1] is not None and not _is_known(match[1].strip().lower(), (match[2] or "").strip().lower()):
            there = pgettext("between words of a list", ", ").join(names())
            said.append(
                _("There is no variable “%(name)s”. There are: %(names)s.") % {"name": match[0], "names": there}
            )
    return list(dict.fromkeys(said))


def names() -> list[str]:
    """Every variable as it is typed, for buttons that put them in."""
    return [f"{{{name}{form and ':' + form}}}" for name, forms in VARIABLES.items() for form in ("", *forms)]


def _is_known(name: str, form: str) -> bool:
    return name in VARIABLES and (not form or form in VARIABLES[name])


def _date(value: object, form: str, locale: Locale | str) -> str:
    """A day in the locale's words; what is no day as it stands."""
    said = value.isoformat() if isinstance(value, date) else str("" if value is None else value).strip()
    match = _DATE.match(said)
    if match is None:
        return said
    parts = [int(part) for part in match.groups() if part]
    try:
        day = date(*parts, *(1,) * (3 - len(parts)))
    except ValueError:
        return said
    return format_date(day, _PATTERNS[form][len(parts) - 1], locale=locale)


def _closed(text: str) -> str:
    """The text without its holes, and without what only stood beside them."""
    before = None
    while _HOLE in text and text != before:
        before = text
        # Several beside each other, with marks between, are one hole.
        text = re.sub(rf"{_HOLE}(?:[\s{_MARKS}{_DASHES}]*{_HOLE})+", _HOLE, text)
        # Brackets and quotation marks that hold nothing else.
        text = re.sub(rf"[{re.escape(_OPENING)}][ \t]*{_HOLE}[ \t]*[{re.escape(_CLOSING)}]", _HOLE, text)
    # At the start of a line or a bracket, and behind a label, the mark that follows goes; else the one before.
    text = _AT_START.sub(r"\1", text)
    text = _BEHIND_LABEL.sub(r"\1", text)
    text = _AT_END.sub("", text)
    text = re.sub(rf"[ \t]*{_HOLE}(?=[ \t])", "", text)
    return text.replace(_HOLE, "")
