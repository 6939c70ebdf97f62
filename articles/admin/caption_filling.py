"""Filling: what a template makes of each picture, and which pictures it leaves alone, and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from articles.body import variables
from articles.desk import photos
from articles.models import Photo, Publication

from .caption_fields import Field, read

# What tells where a picture comes from, and is never put into words that readers see while its source is hidden.
OF_THE_SOURCE = {"creator", "city", "sublocation", "country", "date", "filename"}
FILLED = ("line", "area", "list")
# The variables of a picture's own, and the column each is read from.
VARIABLES = {name: name for name in ("city", "country", "sublocation", "creator", "headline", "credit")}
VARIABLES |= {"date": "taken_at", "filename": "original_name"}


@dataclass
class Filled:
    """What one picture gets: `values` by field, variables that are `empty` for it, or why it is `left` alone."""

    values: dict[str, Any] = field(default_factory=dict)
    empty: list[str] = field(default_factory=list)
    left: str = ""


class Filling:
    """A template's ticked fields (`texts`: field to what was typed).

    `kept`: keys of pictures whose source is kept from who asks.
    """

    def __init__(
        self, texts: Mapping[str, str], fields: Mapping[str, Field], *, kept: set[int], publication: Publication
    ):
        self.texts = {name: text for name, text in texts.items() if name in fields}
        self.fields, self.kept, self.publication = fields, kept, publication
        texts = [text for name, text in self.texts.items() if self._is_filled(name)]
        self.problems = list(dict.fromkeys(said for text in texts for said in variables.problems(text)))
        self.names_source = any(_uses(text) & OF_THE_SOURCE for text in texts)
        self.changes_source = bool(photos.SOURCE & set(self.texts))

    def _is_filled(self, name: str) -> bool:
        return self.fields[name].kind in FILLED

    def of(self, photo: Photo, number: int) -> Filled:
        """What `photo`, the `number`th of the chosen ones, gets."""
        if photo.hide_source:
            if self.names_source:
                return Filled(
                    left=_("“%(photo)s” is left alone: its source is hidden, and these words would name it.")
                    % {"photo": photo}
                )
            if self.changes_source and photo.pk in self.kept:
                return Filled(left=_("“%(photo)s” is left alone: its source is kept from you.") % {"photo": photo})
        filled = Filled()
        facts = {name: getattr(photo, column) for name, column in VARIABLES.items()} | {"n": number}
        for name, text in self.texts.items():
            field = self.fields[name]
            if self._is_filled(name):
                said = variables.fill(text, facts, **self._voice(field.language))
                filled.empty += said.missing
                text = said.text
            value = field.value(text)
            filled.values[name] = value.strip() if isinstance(value, str) else value
        filled.empty = list(dict.fromkeys(filled.empty))
        return filled

    def _voice(self, language: str) -> dict[str, Any]:
        """In whose words dates are said, and in which digits."""
        language = language or self.publication.default_language
        eastern = language == "ar" and self.publication.arabic_digits == Publication.Digits.EASTERN
        return {"locale": self.publication.locale(language), "eastern": eastern}


def _uses(text: str) -> set[str]:
    """The variables of `text`: those that are missed where nothing is known."""
    return set(variables.fill(text, {}, locale="en").missing)


def kept_from(user, found: Iterable[Photo]) -> set[int]:
    """Those of `found`, by key, whose source `user` may not know: one query, and none where no source is hidden."""
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
