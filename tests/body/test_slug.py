"""A story's address: readable, and never too long for a file system."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.body.slug import slug, with_suffix


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Assad’s leaflets: “Leave the city”", "assads-leaflets-leave-the-city"),
        ("Été à Straße, Øst & Łódź", "ete-a-strasse-ost-lodz"),
        ("İstanbul ve Iğdır", "istanbul-ve-igdir"),
        ("البوّابةُ الأخيرة تصمـــد، والنهرُ يتجاوز", "البوابة-الأخيرة-تصمد-والنهر-يتجاوز"),
        ("300.000 people", "300-000-people"),
        ("علامة عام ١٩٦٨", "علامة-عام-١٩٦٨"),
        ("می‌خواهم", "میخواهم"),
        ("ﻻ ﺷﻲﺀ", "لا-شيء"),
        ("C++", "c"),
        ("हिन्दी में", "हिन्दी-में"),
        ("  --  A  /  b  --  ", "a-b"),
        ("½ price", "1-2-price"),
    ],
)
def test_a_headline_becomes_an_address(text, expected):
    assert slug(text) == expected


@pytest.mark.parametrize("text", ["", "!!", "🙂", "\u064b\u064c"])
def test_a_headline_without_letters_gets_the_fallback(text):
    assert slug(text) == "story"
    assert slug(text, "Tag Nº 1") == "tag-no-1"
    assert slug(text, "") == "story"


def test_a_long_headline_is_cut_after_a_whole_word():
    cut = slug("word " * 40)
    assert len(cut) <= 80
    assert set(cut.split("-")) == {"word"}
    arabic = slug("البوّابة الأخيرة تصمد والنهر يتجاوز علامة عام ١٩٦٨ " * 5)
    assert len(arabic) <= 80
    assert arabic.split("-")[-1] in slug("البوّابة الأخيرة تصمد والنهر يتجاوز علامة عام ١٩٦٨")


def test_one_endless_word_is_cut_where_the_limit_is():
    assert slug("x" * 300) == "x" * 80
    assert len(slug("漢" * 300).encode()) <= 200


@given(st.text(max_size=300), st.text(max_size=20))
def test_the_limits_always_hold(text, fallback):
    made = slug(text, fallback)
    assert made
    assert len(made) <= 80
    assert len(made.encode()) <= 200
    assert made == unicodedata.normalize("NFC", made)
    assert not set(made) & set(" /?#%&<>\"'\\.:")
    assert not made.startswith("-")
    assert not made.endswith("-")
    assert "--" not in made


@given(st.text(max_size=300), st.integers(2, 10**9))
def test_a_suffix_keeps_the_limits(text, number):
    made = with_suffix(slug(text), number)
    assert made.endswith(f"-{number}")
    assert len(made) <= 80
    assert len(made.encode()) <= 200
