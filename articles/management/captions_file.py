"""A table of captions beside a folder of pictures: which row is of which file, and what of its photo it changes."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from articles.admin.caption_fields import Field
from articles.admin.captions_csv import field_of
from articles.body.characters import clean_text
from articles.desk import batches
from articles.desk.errors import Refused
from articles.models import Photo, Publication
from articles.wire import captions_csv
from articles.wire.captions_csv import Row

MOST_NAMED = 5  # rows that a sentence names
ASKED_AT_ONCE = 500


class CaptionsFile:
    """The rows of a table, and the `files` they are of: by uuid or number of the photo, else by the file's name.

    A name may be written with its folders, as it must be where several files are called alike. Raises CommandError for
    what is no such table.
    """

    def __init__(self, path: Path, files: Iterable[Path]):
        self.languages = Publication.objects.current().languages
        table = captions_csv.read(_content(path), self.languages)
        if not table.columns:
            raise CommandError(" ".join(table.sentences) or _("“%(file)s” is empty.") % {"file": path})
        self.sentences, self.rows = list(table.sentences), table.rows
        self.of_file: dict[Path, Row] = {}
        self.of_photo = _of_photos(self.rows)
        self._match(list(files))

    def _match(self, files: list[Path]) -> None:
        unknown, unclear = [], []
        named: dict[str, list[Path]] = {}
        for file in files:
            named.setdefault(clean_text(file.name), []).append(file)
        told = {id(row) for row in self.of_photo.values()}
        for row in self.rows:
            if id(row) in told:
                continue
            found = [file for file in named.get(Path(row.file).name, []) if _is_called(file, row.file)]
            if len(found) == 1:
                self.of_file[found[0]] = row
            else:
                (unclear if found else unknown).append(row)
        self._say(unknown, unclear)

    def _say(self, unknown: list[Row], unclear: list[Row]) -> None:
        if unknown:
            said = ngettext(
                "%(count)d row of the captions is of no picture here: %(rows)s.",
                "%(count)d rows of the captions are of no picture here: %(rows)s.",
                len(unknown),
            )
            self.sentences.append(said % {"count": len(unknown), "rows": _named(unknown)})
        if unclear:
            self.sentences.append(
                _("Several files are called so; write the folder before the name: %(rows)s.")
                % {"rows": _named(unclear)}
            )

    def put(self, photo: Photo, file: Path, *, door: str) -> list[str]:
        """Write what the table says of `photo`, which came as `file`. Gives the sentences of what could not be."""
        row = self.of_photo.pop(str(photo.uuid), None) or self.of_file.get(file)
        return self._write(photo, row, door) if row else []

    def put_rest(self, *, door: str) -> list[str]:
        """Write the rows of photos that came with none of the files, but are in the library."""
        said = []
        for uuid, row in self.of_photo.items():
            for photo in Photo.objects.filter(uuid=uuid):
                said += self._write(photo, row, door)
        return said

    def _write(self, photo: Photo, row: Row, door: str) -> list[str]:
        """Only what differs is written, so that a second run leaves no trace."""
        wanted: dict[str, Any] = {}
        for column, text in row.values.items():
            name = field_of(column, self.languages)
            known = batches.read(photo, name)
            value = _value(text, known)
            if value != known:
                wanted[name] = value
        try:
            if wanted:
                batches.put(photo, wanted, by=None, door=door)
        except Refused as error:
            return [_("Line %(line)s of the captions: %(why)s") % {"line": row.line, "why": error}]
        return []


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(captions_csv.LONGEST_FILE + 1)
    except OSError as error:
        raise CommandError(_("“%(file)s” cannot be read: %(why)s.") % {"file": path, "why": error.strerror}) from error


def _of_photos(rows: Iterable[Row]) -> dict[str, Row]:
    """The rows that name a photo of the library, by its uuid; a row may name it by its number there, too."""
    keys = {key: row for row in rows if (key := _key(row.photo)) is not None}
    found: dict[str, Row] = {}
    for column, kind in (("pk", int), ("uuid", UUID)):
        wanted = [key for key in keys if isinstance(key, kind)]
        for start in range(0, len(wanted), ASKED_AT_ONCE):
            asked = Photo.objects.filter(**{f"{column}__in": wanted[start : start + ASKED_AT_ONCE]})
            found |= {str(uuid): keys[pk if kind is int else uuid] for pk, uuid in asked.values_list("pk", "uuid")}
    return found


def _key(text: str) -> int | UUID | None:
    if text.isascii() and text.isdecimal() and len(text) < 19:
        return int(text)
    try:
        return UUID(text)
    except ValueError:
        return None


def _is_called(file: Path, name: str) -> bool:
    """Whether `file` ends in `name`, which may begin with some of its folders."""
    parts = Path(name.replace("\\", "/")).parts
    return tuple(map(clean_text, file.parts[-len(parts) :])) == parts


def _named(rows: list[Row]) -> str:
    said = [_("“%(name)s” (line %(line)d)") % {"name": row.file or row.photo, "line": row.line} for row in rows]
    more = len(said) - MOST_NAMED
    if more > 0:
        said[MOST_NAMED:] = [ngettext("and %(count)d more", "and %(count)d more", more) % {"count": more}]
    return pgettext("between words of a list", ", ").join(said)


def _value(text: str, known: Any) -> Any:
    """The cell `text`, as the kind of value that `known` is."""
    if isinstance(known, bool):
        return text == captions_csv.YES
    if isinstance(known, list):
        return [word.strip() for word in Field("", "", "list").value(text)]
    return text
