"""The plain words of a body, as the text edition, feeds and search have them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.body import document
from articles.body.text import normalise, plain

from .bodies import DOCUMENTS, one_of_each


def test_a_body_reads_well_without_any_markup():
    assert plain(one_of_each()) == (
        "The Zarn rose past the iron mark of 1968.\n\n"
        "Minutes seen by us\nand another story\n\n"
        "“We counted turns, not hours”\n\n"
        "“You look at the chalk line.”\n— Ruben Castellane, gatekeeper\n\n"
        "“That door should go to the museum.”\n— Mina Orlow\n\n"
        "- Tap water is safe.\n- Tram 2 turns round.\n\n"
        "1. First\n2. Second\n\n"
        "the night at the weir\n\n"
        "What the pans gave\nYear | Grey\n2023 | 61.0\n\n"
        "The night in figures\nSo far.\n- Highest level: 4.61 m\n\n"
        "The film: https://www.example.org/film\n\n"
        "* * *"
    )


def test_a_list_in_a_list_stands_under_its_first_word():
    inner = {"type": "item", "content": [document.paragraph("Schools"), document.bullet_list(["No. 2", "No. 4"])]}
    assert plain(document.document([{"type": "list", "content": [inner]}])) == "- Schools\n  - No. 2\n  - No. 4"


def test_a_pull_quote_is_left_out_where_the_story_says_the_words():
    said = document.paragraph("“Somebody chalked it. That door should go to the museum,” she said.")
    pulled = document.pull_quote("“That door should go to the museum”", "Mina Orlow")
    assert plain(document.document([pulled, said])) == document.text_of(said)


@given(DOCUMENTS)
def test_no_word_of_a_body_is_missing_from_its_plain_text(raw):
    body = document.clean(raw)
    words = plain(body)
    for block in body["content"]:
        if block["type"] not in ("pull_quote", "embed"):
            assert set(document.text_of(block).split()) <= set(words.replace("— ", " ").split()) | {"—"}


@pytest.mark.parametrize(
    "same",
    ["One  two\r\n\r\n\r\nThree ", "\ufeffOne two\n\nThree\n", " One\u00a0two\r\rThree", "One t\u200bwo\n \n\t\nThree"],
)
def test_texts_that_differ_only_unseen_are_the_same(same):
    assert normalise(same) == "One two\n\nThree"


def test_the_same_words_in_other_lines_are_another_text():
    assert normalise("One two\nThree") != normalise("One\ntwo Three")


@given(st.text())
def test_normalising_twice_changes_nothing_more(text):
    assert normalise(normalise(text)) == normalise(text)
