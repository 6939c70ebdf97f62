"""Folding: what a person takes for the same word is found by either spelling, in Arabic and in Latin letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search import folding


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("BRIDGE", "bridge"),
        ("cafe", "Café"),
        ("strasse", "Straße"),
        ("الجسر", "الجِسْرُ"),
        ("الجسر", "الجـــسر"),
        ("احمد", "أحمد"),
        ("اخر", "آخر"),
        ("الله", "ٱلله"),
        ("مدرسه", "مدرسة"),
        ("علي", "على"),
        ("كتاب", "کتاب"),
        ("2026", "٢٠٢٦"),
        ("2026", "۲۰۲۶"),
        ("الجسر", "\u200fالجسر\u200e"),
        ("dsc 4471", "DSC_4471"),
    ],
)
def test_two_spellings_of_one_word_are_one(typed, written):
    assert folding.words(typed) == folding.words(written)


def test_words_that_differ_stay_apart():
    assert folding.words("bread") != folding.words("bridge")
    assert folding.words("جسر") != folding.words("جزر")


@given(st.text(max_size=200))
def test_folded_words_fold_to_themselves_and_hold_no_sign(text):
    words = folding.words(text)
    assert all(word.isalnum() or not word.isascii() for word in words)
    assert not set("%_\\'\" \0") & set("".join(words))
    for word in words:
        assert len(word) <= folding.LONGEST
