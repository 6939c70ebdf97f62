"""Captions as a table: out for spreadsheets, and in again as they come back."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from articles.body.characters import clean_text
from articles.wire.captions_csv import Row, columns, read, write

LANGUAGES = ["ar", "en"]
ONE, TWO = "0b0c5b0e-8f0a-4a43-9b6b-000000000001", "0b0c5b0e-8f0a-4a43-9b6b-000000000002"
ROWS = [
    Row(
        ONE, "bridge.jpg", {"caption_ar": "جسر حلب، عند الغروب.", "caption_en": "The bridge, at dusk.", "credit": "WSC"}
    ),
    Row(
        TWO, "=2+2.jpg", {"caption_en": "A “quote”, and a\nsecond line", "alt_en": "-5 degrees", "decorative_en": "yes"}
    ),
]


def said(rows):
    """Rows as plain data, without empty cells."""
    return [(row.photo, row.file, {name: word for name, word in row.values.items() if word}) for row in rows]


def table(text, encoding="utf-8"):
    return read(text.encode(encoding), LANGUAGES)


def test_what_goes_out_comes_back():
    found = read(write(ROWS, LANGUAGES), LANGUAGES)
    assert said(found.rows) == said(ROWS)
    assert found.sentences == []
    assert found.columns == columns(LANGUAGES)


def test_excel_sees_utf8_and_no_formula():
    data = write(ROWS, LANGUAGES)
    assert data.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert lines[0] == columns(LANGUAGES)
    assert lines[2][1] == "'=2+2.jpg"
    assert "'-5 degrees" in lines[2]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for line in lines for cell in line)


WORDS = some.text(max_size=60) | some.text("=+-@'\"\t,;\n\r حلب", max_size=12)
CELLS = WORDS.map(lambda words: clean_text(words).strip())


@given(
    some.lists(
        some.dictionaries(some.sampled_from(["caption_ar", "caption_en", "alt_en", "credit", "keywords"]), CELLS),
        max_size=5,
    ),
    CELLS,
)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_any_words_whatever_come_back_as_they_were(values, file):
    rows = [Row(f"{number:032x}", file, cells) for number, cells in enumerate(values)]
    found = read(write(rows, LANGUAGES), LANGUAGES)
    assert said(found.rows) == said(rows)
    assert found.sentences == []


@given(
    some.binary(max_size=300)
    | some.text(max_size=300).map(lambda text: ("photo,file\n" + text).encode("utf-8", "ignore"))
)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_junk_never_breaks_it(data):
    found = read(data, LANGUAGES)
    assert isinstance(found.rows, list)
    assert found.rows or found.sentences or not data.strip() or b"photo" in data


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1256"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_it_is_read_however_a_spreadsheet_saved_it(delimiter, encoding, end):
    lines = [
        ["photo", "caption_ar", "caption_en"],
        [ONE, "أهالٍ يغادرون حلب الجديدة", '"One, two; three"'],
        [TWO, "صورة", ""],
    ]
    found = table(end.join(delimiter.join(line) for line in lines) + end, encoding)
    assert said(found.rows) == [
        (ONE, "", {"caption_ar": "أهالٍ يغادرون حلب الجديدة", "caption_en": "One, two; three"}),
        (TWO, "", {"caption_ar": "صورة"}),
    ]
    assert found.sentences == []


def test_western_accents_of_an_old_excel_are_read():
    assert table(f"photo;credit\n{ONE};Agence Genève\n", "cp1252").rows[0].values == {"credit": "Agence Genève"}


def test_the_line_that_names_the_delimiter_is_none_of_the_rows():
    assert said(table(f"sep=;\r\nphoto;credit\r\n{ONE};a, b\r\n").rows) == [(ONE, "", {"credit": "a, b"})]


def test_a_missing_column_says_nothing_and_an_empty_cell_says_empty():
    row = table(f"credit,photo,caption_en\n,{ONE}\n").rows[0]
    assert row.values == {"credit": ""}
    assert row.line == 2


def test_columns_are_known_by_other_ways_to_write_them():
    found = table(f"UUID,File name,Caption (EN),ALT en,Sub-location\n{ONE},a.jpg,c,a,s\n")
    assert said(found.rows) == [(ONE, "a.jpg", {"caption_en": "c", "alt_en": "a", "sublocation": "s"})]


def test_unknown_and_doubled_columns_are_named_and_left_out():
    found = table(f"photo,Rating,credit,credit\n{ONE},5,a,b\n")
    assert said(found.rows) == [(ONE, "", {"credit": "a"})]
    assert "Rating" in found.sentences[0]


@pytest.mark.parametrize(
    ("cell", "value"), [("yes", "yes"), ("X", "yes"), ("نعم", "yes"), ("0", "no"), ("لا", "no"), ("", "")]
)
def test_decorative_is_an_answer(cell, value):
    assert table(f"photo,decorative_en\n{ONE},{cell}\n").rows[0].values == {"decorative_en": value}


def test_an_answer_nobody_understands_is_named_and_changes_nothing():
    found = table(f"photo,decorative_en,alt_en\n{ONE},perhaps,a\n")
    assert found.rows[0].values == {"alt_en": "a"}
    assert "Line 2" in found.sentences[0]


def test_two_rows_of_one_photo_are_named_and_the_first_counts():
    found = table(f"photo,credit\n{ONE},a\n{TWO},b\n{ONE.upper()},a\n{ONE},c\n")
    assert [row.values["credit"] for row in found.rows] == ["a", "b"]
    assert len(found.sentences) == 1
    assert "Line 5" in found.sentences[0]


def test_a_row_without_a_photo_is_named_and_an_empty_one_is_not():
    found = table("photo,credit\n,a\n,\n\n")
    assert found.rows == []
    assert len(found.sentences) == 1


def test_a_quotation_mark_never_closed_harms_its_own_line_only():
    found = table(f'photo,caption_en,credit\n{ONE},"He said,a\n{TWO},"She, too",b\n')
    assert [row.photo for row in found.rows] == [ONE, TWO]
    assert found.rows[1].values == {"caption_en": "She, too", "credit": "b"}
    assert "Line 2" in found.sentences[0]


def test_lines_are_counted_as_an_editor_counts_them():
    found = table(f'photo,caption_en\n{ONE},"two\nlines"\nnot a photo here,x,y,z\n{TWO},b\n')
    assert [row.line for row in found.rows] == [2, 4, 5]
    assert "Line 4" in found.sentences[0]


@pytest.mark.parametrize(
    "data", [b"", b"\n\n", b"hello", b"PK\x03\x04zip", b"\xff\xd8\xff\xe0jpeg", b"a,b\n1,2\n", bytes(99)]
)
def test_a_file_that_is_no_table_is_told_so_in_a_sentence(data):
    found = read(data, LANGUAGES)
    assert found.rows == []
    assert len(found.sentences) == 1


def test_a_large_table_takes_no_time_to_speak_of():
    rows = [
        Row(f"{number:032x}", f"{number}.jpg", {"caption_en": "A caption, with a comma. " * 8})
        for number in range(5000)
    ]
    assert len(read(write(rows, LANGUAGES), LANGUAGES).rows) == 5000
