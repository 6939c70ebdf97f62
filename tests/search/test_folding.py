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
        ("lodz", "Łódź"),
        ("soren", "Søren"),
        ("dokovic", "Đoković"),
        ("oeuvre", "Œuvre"),
        ("aether", "Æther"),
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


@pytest.mark.parametrize(
    "pair",
    """
    gate gates,ferry ferries,bus buses,press presses,box boxes,house houses,hero heroes,day days,crisis crises
    Iraqi Iraqis,Israeli Israelis,Saudi Saudis,taxi taxis,alibi alibis,menu menus,bureau bureaus,plateau plateaus
    sky skies,fly flies,spy spies,try tries,tie ties,leaf leaves,leave leaves,lens lenses,quiz quizzes,base bases
    basis bases,thesis theses,mouse mice,goose geese,person people,child children,analysis analyses,movie movies
    مسؤول مسئول,المسؤولين مسئول,شؤون شئون,هيئة هيأة,سوريا سورية,أميركا أمريكا,محطة محطات,عامل العاملين
    """.strip()
    .replace("\n", ",")
    .split(","),
)
def test_one_and_many_share_a_stem(pair):
    one, many = (folding.stems(*folding.words(word)) for word in pair.split())
    assert set(one) & set(many)


@pytest.mark.parametrize("pair", ["bus bu", "press pre", "news new", "lens len", "Iraq Iraqi", "هيا هيئة", "روس رؤوس"])
def test_what_only_looks_like_a_plural_is_none(pair):
    one, other = (folding.stems(*folding.words(word)) for word in pair.split())
    assert not set(one) & set(other)


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
