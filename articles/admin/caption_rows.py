"""The table of the captions screen: a row for each picture, a cell for each field, what a template would make of it."""

from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from articles.desk import photos
from articles.models import Photo

from . import renditions
from .caption_advice import Adviser
from .caption_fields import ALT_AIM, Field, read
from .caption_filling import Filling, changes


@dataclass
class Cell:
    """`id` names it in a form (`cell:<photo>:<field>`). `will` is what a template would write over what it `was`."""

    field: Field
    id: str
    label: str
    value: str
    is_missing: bool = False
    missing: str = ""
    of: str = ""
    most: str = ""
    count: str = ""
    decorative: dict[str, Any] | None = None
    new: bool = False
    will: str = ""
    was: str = ""
    error: str = ""
    advice: list[str] = field(default_factory=list)


@dataclass
class Row:
    photo: Photo
    number: int
    address: str
    cells: list[Cell | None]
    also: list[str] = field(default_factory=list)
    left: str = ""


def rows_of(found: Iterable[Photo], columns: list[Field], fields: Mapping[str, Field], kept: set[int]) -> list[Row]:
    """A row each; a cell is None where the source of its picture is kept from who asks."""
    said = {language: _words(language) for language in {one.language for one in columns}}
    rows = []
    for number, photo in enumerate(found, 1):
        cells = [
            None if photo.pk in kept and column.name in photos.SOURCE else _cell(photo, number, column, fields, said)
            for column in columns
        ]
        rows.append(Row(photo, number, renditions.address(photo), cells))
    return rows


def _words(language: str) -> dict[str, str]:
    """What stands beside a text is said in the text's own language."""
    with override(language) if language else nullcontext():
        return {
            "missing": _("missing"),
            "decorative": _("Decorative"),
            "of": _("{now} of {good}"),
            "most": _("{now}: at most {most} are kept"),
            "picture": _("{field}, picture {number}"),
        }


def _cell(photo: Photo, number: int, column: Field, fields: Mapping[str, Field], said) -> Cell:
    words = said[column.language]
    value = column.text(read(photo, column.name))
    label = words["picture"].replace("{field}", column.label).replace("{number}", str(number))
    cell = Cell(column, f"cell:{photo.pk}:{column.name}", label, value, missing=words["missing"])
    if column.what == "alt":
        name = f"decorative:{column.language}"
        is_decorative = bool(read(photo, name))
        cell.decorative = {"id": f"cell:{photo.pk}:{name}", "name": name, "is_set": is_decorative}
        cell.decorative["label"] = words["decorative"]
        cell.of, cell.most = words["of"], words["most"]
        cell.count = cell.of.replace("{now}", str(len(value))).replace("{good}", str(ALT_AIM)) if value else ""
    cell.is_missing = not value and not (cell.decorative and cell.decorative["is_set"])
    return cell


def put_advice(rows: Iterable[Row], adviser: Adviser) -> None:
    """Put beside each caption what a caption desk would ask of it, and of its alt text."""
    for row in rows:
        for cell in row.cells:
            if cell and cell.field.what == "caption":
                cell.advice = adviser.of(row.photo, cell.field.language)


def put_preview(rows: Iterable[Row], filling: Filling) -> tuple[int, list[str]]:
    """Put into `rows` what `filling` would change. Gives how many pictures that is, and why others are left alone."""
    count, left = 0, []
    for row in rows:
        seen = preview_of(row.photo, row.number, filling)
        row.left, row.also = seen["left"], list(seen["empty"])
        if row.left:
            left.append(row.left)
        count += bool(seen["cells"])
        shown = {cell.field.name: cell for cell in row.cells if cell}
        for name, (will, was) in seen["cells"].items():
            if name in shown:
                cell = shown[name]
                cell.new, cell.will, cell.was = True, will, was
            else:
                label = filling.fields[name].label
                row.also.append(_("%(field)s: %(will)s, was: %(was)s") % {"field": label, "will": will, "was": was})
    return count, left


def preview_of(photo: Photo, number: int, filling: Filling) -> dict[str, Any]:
    """What `filling` would change of one picture: `cells` (field to what it will be and what it was, as the desk reads
    them), variables that are `empty`, and why it is `left` alone."""
    filled = filling.of(photo, number)
    nothing = _("nothing")
    cells = {}
    for name, (before, after) in changes(filled, photo, filling.fields).items():
        field = filling.fields[name]
        cells[name] = (field.shown(after) or nothing, field.shown(before) or nothing)
    empty = [_("%(variable)s is empty here.") % {"variable": f"{{{name}}}"} for name in filled.empty]
    return {"cells": cells, "empty": empty, "left": filled.left}
