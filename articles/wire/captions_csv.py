"""Captions as a table for spreadsheets: CSV out, and CSV in as spreadsheets and mail programs mangle it.

Out: UTF-8 with a byte-order mark, so that Excel opens Arabic rightly. A cell that a spreadsheet would take for a
formula gets an apostrophe before it, which is taken off again on the way in. In: any of the usual encodings and
delimiters; columns may be missing, in any order, and others there. A column that is not there says nothing; an empty
cell says that the field is to be empty.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from articles.body.characters import clean_text

from .text import NotText, decode

# The columns of every photo; each language has "caption_en", "alt_en" and "decorative_en" of its own besides.
PHOTO, FILE = "photo", "file"
FACTS = (
    "headline", "credit", "copyright", "creator", "source", "date_created", "city", "sublocation", "country",
    "country_code", "keywords", "instructions",
)  # fmt: skip
WORDS = ("caption", "alt", "decorative")
YES, NO = "yes", "no"
_ALSO = {"photo_uuid": PHOTO, "uuid": PHOTO, "file_name": FILE, "filename": FILE, "sub_location": "sublocation"}

LONGEST_FILE = 20_000_000  # bytes
MOST_SENTENCES = 50

_BYTE_ORDER_MARK = "\ufeff"
_DELIMITERS = ",;\t"
# What spreadsheets take for the beginning of a formula, also in the wide forms of Chinese and Japanese keyboards.
_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_TRUE = {"yes", "y", "true", "1", "x", "نعم", "صحيح"}
_FALSE = {"no", "n", "false", "0", "لا", "خطأ", ""}


@dataclass
class Row:
    """What one line says of one photo: its uuid, its file's name (either may be ""), and the cells by column.

    `values` has only columns the file has; `decorative` ones are YES, NO or "". `line` is where the row begins, from 1.
    """

    photo: str
    file: str
    values: dict[str, str] = field(default_factory=dict)
    line: int = 0


@dataclass
class Table:
    """What a file says: its rows, the columns it has, and a sentence for whatever could not be read."""

    rows: list[Row] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)


def columns(languages: Iterable[str]) -> list[str]:
    """The columns of a table in these languages, in order."""
    return [PHOTO, FILE, *(f"{word}_{language}" for language in languages for word in WORDS), *FACTS]


def write(rows: Iterable[Row], languages: Sequence[str]) -> bytes:
    """The rows as a file. A value that a row does not have is an empty cell."""
    names = columns(languages)
    lines = [names]
    lines += [[row.photo, row.file, *(row.values.get(name, "") for name in names[2:])] for row in rows]
    text = "".join(",".join(map(_cell, line)) + "\r\n" for line in lines)
    return (_BYTE_ORDER_MARK + text).encode("utf-8", errors="ignore")


def read(data: bytes, languages: Sequence[str]) -> Table:
    """The rows of a file, and sentences for what could not be read. Never raises; a file that is no table has no rows.

    Two rows of one photo that say different things are both named, and the first counts. Whether a photo is known at
    all, the caller has to ask.
    """
    table = Table()
    if len(data) > LONGEST_FILE:
        table.sentences.append(_("The file is too large for a table of captions."))
        return table
    try:
        text = _decoded(data)
    except NotText as error:
        table.sentences.append(str(error))
        return table
    lines, sentences = _lines(text)
    names = _names(lines[0][1], languages) if lines else []
    if PHOTO not in names and FILE not in names:
        table.sentences.append(
            _("This is not a table of captions: its first line must name its columns, “photo” or “file” among them.")
        )
        return table
    said = [*sentences, *_about_columns(lines[0][1], names)]
    table.columns = list(dict.fromkeys(name for name in names if name))
    seen: dict[str, Row] = {}
    for number, cells in lines[1:]:
        if not any(cells):
            continue
        row = _row(number, cells, names, said)
        if row is None:
            continue
        earlier = seen.get(row.photo or f"file:{row.file}")
        if earlier is None:
            seen[row.photo or f"file:{row.file}"] = row
            table.rows.append(row)
        elif (earlier.file, earlier.values) != (row.file, row.values):
            said.append(
                _("Line %(line)s is about the same photo as line %(earlier)s, which counts.")
                % {"line": number, "earlier": earlier.line}
            )
    table.sentences = said[:MOST_SENTENCES]
    if len(said) > MOST_SENTENCES:
        table.sentences.append(_("And %(count)s more lines.") % {"count": len(said) - MOST_SENTENCES})
    return table


def _row(number: int, cells: Sequence[str], names: Sequence[str], said: list[str]) -> Row | None:
    if len(cells) > len(names) and any(cells[len(names) :]):
        said.append(
            _("Line %(line)s has more cells than there are columns; the last ones are left out.") % {"line": number}
        )
    values: dict[str, str] = {}
    for name, cell in zip(names, cells, strict=False):
        if not name:
            continue
        words = clean_text(_harmed(cell)).strip()
        if name.startswith("decorative_"):
            answer = words.casefold()
            if answer not in _TRUE | _FALSE:
                said.append(
                    _("Line %(line)s: “%(words)s” is neither yes nor no (%(column)s).")
                    % {"line": number, "words": words[:40], "column": name}
                )
                continue
            words = YES if answer in _TRUE else NO if answer else ""
        values.setdefault(name, words)
    photo, file = values.pop(PHOTO, "").lower(), values.pop(FILE, "")
    if not photo and not file:
        said.append(_("Line %(line)s names no photo.") % {"line": number})
        return None
    return Row(photo, file, values, number)


def _names(cells: Sequence[str], languages: Sequence[str]) -> list[str]:
    """The names of the columns as we know them; "" for one that is none of ours, or there for the second time."""
    known = {_plain(name): name for name in columns(languages)} | _ALSO
    found: list[str] = []
    for cell in cells:
        name = known.get(_plain(_harmed(cell)), "")
        found.append("" if name in found else name)
    return found


def _plain(name: str) -> str:
    """A column's name without what spreadsheets and people change: "Caption (EN)" is "caption_en"."""
    return "_".join(re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", name).casefold()))


def _about_columns(cells: Sequence[str], names: Sequence[str]) -> list[str]:
    unknown = [cell.strip()[:40] for cell, name in zip(cells, names, strict=True) if not name and cell.strip()]
    if not unknown:
        return []
    return [
        _("Columns left out, for they are not known here: %(names)s.")
        % {"names": pgettext("between words of a list", ", ").join(unknown)}
    ]


def _decoded(data: bytes) -> str:
    """The text of the file. Excel's “Unicode text” is UTF-16, sometimes without its mark. Raises NotText."""
    for encoding, zeros in (("utf-16-le", data[1::2]), ("utf-16-be", data[0::2])):
        if data[:2] not in (b"\xff\xfe", b"\xfe\xff") and len(data) > 8 and zeros[:4] == bytes(4):
            data = data[: len(data) // 2 * 2].decode(encoding, errors="replace").encode()
            break
    return decode(data).removeprefix(_BYTE_ORDER_MARK)


def _lines(text: str) -> tuple[list[tuple[int, list[str]]], list[str]]:
    """The rows as (line they begin in, cells), and sentences about quotation marks left open."""
    named = re.match(r"sep=(.)\r?\n", text)
    if named and named[1] in _DELIMITERS:
        return _cut(text, named[1], named.end(), 2)
    first = re.sub('"(?:[^"]|"")*+"', "", text[:10_000]).split("\n", 1)[0]
    return _cut(text, max(_DELIMITERS, key=first.count), 0, 1)


def _cut(text: str, delimiter: str, place: int, line: int) -> tuple[list[tuple[int, list[str]]], list[str]]:
    """Text in cells (RFC 4180, and what is usual beside it). A quotation mark never closed ends with its line."""
    plain = re.compile(f"[^{delimiter}\r\n]*")
    quoted = re.compile('"((?:[^"]|"")*+)"')
    rows: list[tuple[int, list[str]]] = []
    said: list[str] = []
    cells: list[str] = []
    begun = line
    while place < len(text) or cells:
        closed = quoted.match(text, place)
        rest = plain.match(text, closed.end()) if closed else None
        # Words behind the closing mark of several lines: it is the opening mark of a later cell.
        if closed and not (rest[0].strip() and "\n" in closed[1]):
            cell = closed[1].replace('""', '"')
            cell, place = cell + rest[0], rest.end()
            line += closed[1].count("\n")
        else:
            found = plain.match(text, place)
            if found[0].startswith('"'):
                said.append(_("Line %(line)s: a quotation mark is opened and never closed.") % {"line": line})
            cell, place = found[0].removeprefix('"'), found.end()
        cells.append(cell)
        if text.startswith(delimiter, place):
            place += 1
            if place == len(text):
                cells.append("")
            else:
                continue
        place += 2 if text.startswith("\r\n", place) else 1
        rows.append((begun, cells))
        cells, line = [], line + 1
        begun = line
    return rows, said


def _cell(value: str) -> str:
    """A value as it stands in the file: harmless to a spreadsheet, and quoted where it must be."""
    if _FORMULA.match(value):
        value = f"'{value}"
    return '"' + value.replace('"', '""') + '"' if re.search('[",;\t\r\n]|^\\s|\\s$', value) else value


def _harmed(cell: str) -> str:
    """A cell as it was before it was made harmless."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
