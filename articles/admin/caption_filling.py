"""Filling: what a template makes of each picture, and which pictures it leaves alone, and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from articles.body import variables
from articles.desk import photos
from articles.models import Photo, Publication
from articles.pages.dates import Dates

from .caption_fields import Field, read

# The variables of a template, as they stand on their buttons.
NAMES = ("creator", "city", "country", "date:long", "date", "headline", "filename", "n")
# What tells where a picture comes from, and is never put into words that readers see while its source is hidden.
OF_THE_SOURCE = {"creator", "city", "country", "date:long", "date", "filename"}
FILLED = ("line", "area", "list")


@dataclass
class Filled:
    """What one picture gets: `values` by field, variables that are `empty` for it, or why it is `left` alone."""

    values: dict[str, Any] = field(default_factory=dict)
    empty: list[str] = field(default_factory=list)
    left: str = ""


class Filling:
    """A template's ticked fields (`texts`: field to what was typed). `kept`: pictures whose source is kept from who asks."""

    def __init__(
        self, texts: Mapping[str, str], fields: Mapping[str, Field], *, kept: set[int], publication: Publication
    ):
        self.texts = {name: text for name, text in texts.items() if name in fields}
        self.fields, self.kept, self.publication = fields, kept, publication
        self.dates = {language: Dates(publication, language) for language in publication.languages}
        used = {one for name, text in self.texts.items() if self._is_filled(name) for one in variables.names(text)}
        self.names_source = bool(used & OF_THE_SOURCE)
        self.changes_source = bool(photos.SOURCE & set(self.texts))

    def _is_filled(self, name: str) -> bool:
        return self.fields[name].kind in FILLED

    def of(self, photo: Photo, number: int) -> Filled:
        """What `photo`, the `number`th of the chosen ones, gets."""
        if photo.hide_source:
            if self.names_source:
                return Filled(left=_("“%(photo)s” is left alone: its source is hidden, and these words would name it."))
            if self.changes_source and photo.pk in self.kept:
                return Filled(left=_("“%(photo)s” is left alone: its source is kept from you."))
        filled = Filled()
        for name, text in self.texts.items():
            field = self.fields[name]
            if self._is_filled(name):
                facts = self.facts(photo, number, field.language or self.publication.default_language)
                filled.empty += [one for one in variables.names(text) if facts.get(one) == ""]
                text = variables.fill(text, facts)
            value = field.value(text)
            filled.values[name] = value.strip() if isinstance(value, str) else value
        filled.empty = list(dict.fromkeys(filled.empty))
        return filled

    def facts(self, photo: Photo, number: int, language: str) -> dict[str, str]:
        dates = self.dates.get(language) or Dates(self.publication, language)
        return {
            "creator": photo.creator,
            "city": photo.city,
            "country": photo.country,
            "headline": photo.headline,
            "filename": photo.original_name,
            "n": dates.digits(number),
            "date": _said(photo.taken_at, dates, "dd/MM/y"),
            "date:long": _said(photo.taken_at, dates, "d MMMM y"),
        }


def kept_from(user, found: Iterable[Photo]) -> set[int]:
    """Those of `found`, by key, whose source `user` may not know: one query for all of them, none where none is hidden."""
    hidden = {photo.pk for photo in found if photo.hide_source}
    if not hidden:
        return set()
    return hidden - set(Photo.objects.filter(pk__in=hidden).with_source_for(user).values_list("pk", flat=True))


def changes(filled: Filled, photo: Photo, fields: Mapping[str, Field]) -> dict[str, tuple[Any, Any]]:
    """Field to (before, after), of what `filled` would really change of `photo`."""
    found = {name: (read(photo, name), value) for name, value in filled.values.items()}
    return {
        name: (before, after)
        for name, (before, after) in found.items()
        if fields[name].text(before) != fields[name].text(after)
    }


def _said(taken_at: str, dates: Dates, pattern: str) -> str:
    """A date as precise as the camera wrote it; "" where it wrote none."""
    parts = taken_at[:10].split("-")
    try:
        if len(parts) == 3:
            return dates.say(_day(taken_at, dates), pattern)
        if len(parts) == 2:
            return dates.say(date(int(parts[0]), int(parts[1]), 1), "MM/y" if "/" in pattern else "LLLL y")
        return dates.digits(int(taken_at)) if taken_at else ""
    except ValueError:
        return ""


def _day(taken_at: str, dates: Dates) -> date:
    """The day it was where the newsroom is, if the camera knew its own zone; else the camera's day."""
    moment = datetime.fromisoformat(taken_at)
    return moment.astimezone(dates.zone).date() if moment.tzinfo else moment.date()
