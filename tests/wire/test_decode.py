"""The bytes of a text file, in any encoding desks and wires use, become text; anything else is refused."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.wire.text import NotText, decode, parse

DATA = Path(__file__).parents[1] / "data"


def test_arabic_of_old_windows_machines_is_read():
    text = (DATA / "flood-ar.txt").read_text("utf-8").replace("١٩٦٨", "1968").replace("٢٠١٩", "2019")
    for language in ("ar", "en", ""):
        assert decode(text.encode("cp1256"), language) == text


@pytest.mark.parametrize(
    "text",
    [
        "“Leave the city” – the café’s owner said: ‘Où est-il ?’",
        "Müßiggang über Öl",
        "São Paulo, años, ação",
        "CRÉÉE À L’ÎLE",
    ],
)
def test_western_text_of_old_windows_machines_is_read(text):
    assert decode(text.encode("cp1252"), "en") == text


def test_utf_8_that_lost_a_byte_is_not_taken_for_another_encoding():
    data = (DATA / "flood-ar.txt").read_bytes()
    text = decode(data[:200] + data[201:])
    assert "البوّابة" in text
    assert any("�" in warning for warning in parse(text, "ar").warnings)


@pytest.mark.parametrize(
    "data",
    [
        b"", b" \r\n ", b"\xef\xbb\xbf", b"\xff\xfe", b"%PDF-1.7 text", b"PK\x03\x04word/document.xml",
        b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0JFIF", b"GIF89a", b"{\\rtf1 Hello}", b"Hello\x00world",
        b"Hello\x07world", b"\xff\xfeH", bytes(range(256)),
        b"\xd0\xcf\x11\xe0\xa1\xb1", b"RIFF1234WEBPVP8 ",
    ],
)  # fmt: skip
def test_what_is_no_text_is_refused_in_a_sentence(data):
    with pytest.raises(NotText, match=r"\.$") as refused:
        decode(data)
    assert "\n" not in str(refused.value)


LETTERS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff")


@given(st.text(LETTERS, min_size=1).filter(str.strip), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_every_text_comes_back_from_its_bytes(text, encoding):
    magics = ("%PDF", "GIF8", "{\\rtf", "RIFF", "Rar!")
    assert decode(("a" + text if text.startswith(magics) else text).encode(encoding))[-len(text) :] == text


ARABIC_WORDS = st.text("ابتثجحخدذرزسشصضطظعغفقكلمنهوي", min_size=2, max_size=9)


@given(st.lists(ARABIC_WORDS, min_size=2).map("، ".join))
def test_every_arabic_text_comes_back_from_cp1256(text):
    assert decode(text.encode("cp1256"), "ar") == text
