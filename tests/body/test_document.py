"""A body is let in piece by piece: what we know is kept and made regular, everything else is refused by name."""

import copy
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.body import document
from articles.body.blocks import BLOCKS
from articles.body.cleaning import LIMIT_BYTES
from articles.body.document import InvalidDocument, clean

from .bodies import DOCUMENTS, OTHER_STORY, PICTURE, SECOND_PICTURE, one_of_each


def doc(*blocks):
    return {"type": "doc", "content": list(blocks)}


def paragraph(*inline, **attrs):
    return {"type": "paragraph", "attrs": attrs, "content": list(inline)}


def linked(href):
    return doc(paragraph({"type": "text", "text": "here", "marks": [{"type": "link", "attrs": {"href": href}}]}))


def nested(kind, deep, inner=None):
    node = inner or {"type": "paragraph"}
    for _level in range(deep):
        node = {"type": kind, "content": [node]}
    return node


def lists(deep):
    node = {"type": "paragraph"}
    for _level in range(deep):
        node = {"type": "list", "content": [{"type": "item", "content": [{"type": "paragraph"}, node]}]}
    return node


# What comes in


def test_every_kind_of_block_is_let_in():
    body = one_of_each()
    assert {block["type"] for block in body["content"]} == set(BLOCKS)
    assert clean(body) == body


def test_every_block_of_the_body_has_an_id_and_nothing_else_needs_one():
    body = one_of_each()
    assert all(re.fullmatch("[a-z0-9]{12}", block["attrs"]["id"]) for block in body["content"])
    assert "attrs" not in body["content"][3]["content"][0]


def test_ids_stay_and_only_missing_or_doubled_ones_are_made_afresh():
    body = clean(doc(paragraph(id="aaaaaaaaaaaa"), paragraph(id="aaaaaaaaaaaa"), paragraph(id="AB"), paragraph(id=7)))
    ids = [block["attrs"]["id"] for block in body["content"]]
    assert ids[0] == "aaaaaaaaaaaa"
    assert len(set(ids)) == 4


def test_ids_inside_a_quote_stay_if_they_are_nobody_elses():
    inner = [paragraph(id="bbbbbbbbbbbb"), paragraph(id="bbbbbbbbbbbb"), paragraph(id="aaaaaaaaaaaa")]
    body = clean(doc({"type": "quote", "content": inner}, paragraph(id="aaaaaaaaaaaa")))
    assert [one.get("attrs") for one in body["content"][0]["content"]] == [{"id": "bbbbbbbbbbbb"}, None, None]
    assert body["content"][1]["attrs"]["id"] == "aaaaaaaaaaaa"


def test_neighbouring_words_become_one_and_empty_ones_go():
    bold = [{"type": "bold"}]
    body = clean(
        doc(
            paragraph(
                {"type": "text", "text": "One "},
                {"type": "text", "text": ""},
                {"type": "text", "text": "two ", "marks": []},
                {"type": "text", "text": "three", "marks": [{"type": "italic"}, {"type": "bold"}]},
                {"type": "text", "text": "!", "marks": [{"type": "bold"}, {"type": "italic"}, *bold]},
            )
        )
    )
    assert body["content"][0]["content"] == [
        {"type": "text", "text": "One two "},
        {"type": "text", "text": "three!", "marks": [{"type": "bold"}, {"type": "italic"}]},
    ]


def test_characters_that_cannot_be_stored_or_deceive_are_let_go():
    body = clean(doc(paragraph({"type": "text", "text": "a\x00b\ud800c\u202ed\u202ce\tf\u200fg\u2067h\ufeff\uffff"})))
    assert document.text_of(body) == "abcde f\u200fg\u2067h"
    json.dumps(body, ensure_ascii=False).encode()


def test_what_the_editor_notes_for_itself_is_not_stored():
    mark = {"type": "link", "attrs": {"href": "/en/", "target": None, "rel": "nofollow", "class": None, "title": ""}}
    cell = {"type": "cell", "attrs": {"colspan": 1, "rowspan": 1, "colwidth": None, "dir": "auto"}}
    raw = doc(
        paragraph({"type": "text", "text": "here", "marks": [mark]}, dir="auto"),
        {"type": "table", "attrs": None, "content": [{"type": "row", "content": [cell]}]},
    )
    body = clean({"type": "doc", "attrs": {"dir": "auto"}, "content": raw["content"]})
    assert "dir" not in json.dumps(body)
    assert body["content"][0]["content"][0]["marks"] == [{"type": "link", "attrs": {"href": "/en/"}}]
    assert body["content"][1]["content"][0]["content"] == [{"type": "cell"}]


def test_cleaning_leaves_what_was_given_as_it_was():
    raw = doc(paragraph({"type": "text", "text": "a\x00b"}))
    before = copy.deepcopy(raw)
    clean(raw)
    assert raw == before


@pytest.mark.parametrize(
    ("href", "stored"),
    [
        ("https://example.org/a b?c=d#e", "https://example.org/a%20b?c=d#e"),
        (" HTTPS://example.org ", "https://example.org"),
        ("http://مثال.إختبار/صفحة", "http://مثال.إختبار/صفحة"),
        ("mailto:desk@example.org", "mailto:desk@example.org"),
        ("/en/2016/07/28/gate/", "/en/2016/07/28/gate/"),
        (f"story:{OTHER_STORY.upper()}", f"story:{OTHER_STORY}"),
    ],
)
def test_good_links_are_kept(href, stored):
    assert document.links(clean(linked(href))) == [stored]


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)", "java\tscript:alert(1)", "java\nscript:alert(1)", " javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "\x01javascript:alert(1)", "java script:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd",
        "//evil.example", "/\\evil.example", "\\\\evil.example", "https:/example.org", "https:example.org", "https://",
        "http://[::1", "www.example.org", "story:12", "story:", "mailto:", "mailto:@", "", " ", None, 7, ["/"],
        "https://example.org/\u202e", "https://example.org/" + "x" * 3000, "&#106;avascript:alert(1)",
    ],
)  # fmt: skip
def test_bad_links_are_refused(href):
    with pytest.raises(InvalidDocument, match="link"):
        clean(linked(href))


@pytest.mark.parametrize(
    ("block", "named"),
    [
        ({"type": "script"}, "script"),
        ({"type": "doc", "content": []}, "doc"),
        ({"type": "text", "text": "loose"}, "text"),
        ({"type": "item", "content": [{"type": "paragraph"}]}, "list item"),
        ("paragraph", "paragraph"),
        (None, "NoneType"),
        ({"type": ["paragraph"]}, "list"),
        ({"type": "paragraph", "attrs": {"onclick": "x"}}, "onclick"),
        ({"type": "paragraph", "attrs": {"style": "color: red"}}, "style"),
        ({"type": "paragraph", "html": "<b>"}, "html"),
        ({"type": "paragraph", "content": "words"}, "words"),
        ({"type": "paragraph", "attrs": ["id"]}, "list"),
        (paragraph({"type": "text", "text": 7}), "int"),
        (paragraph({"type": "text", "text": "x", "marks": [{"type": "blink"}]}), "blink"),
        (paragraph({"type": "text", "text": "x", "marks": "bold"}), "bold"),
        (paragraph({"type": "text", "text": "x", "marks": [{"type": "bold", "attrs": {"style": "x"}}]}), "style"),
        (paragraph({"type": "text", "text": "x", "content": [{"type": "text", "text": "y"}]}), "content"),
        (paragraph({"type": "paragraph"}), "paragraph"),
        ({"type": "quote", "content": [{"type": "quote", "content": []}]}, "quote"),
        ({"type": "quote", "content": []}, "quote"),
        ({"type": "quote", "attrs": {"attribution": 7}, "content": [{"type": "paragraph"}]}, "int"),
        ({"type": "list", "attrs": {"ordered": "yes"}, "content": []}, "yes"),
        ({"type": "list", "attrs": {"ordered": 1}, "content": []}, "int"),
        ({"type": "fact_box", "content": [{"type": "figure", "attrs": {"attachment": PICTURE}}]}, "picture"),
        ({"type": "figure"}, "picture"),
        ({"type": "figure", "attrs": {"attachment": ""}}, "picture"),
        ({"type": "figure", "attrs": {"attachment": "12"}}, "picture"),
        ({"type": "figure", "attrs": {"attachment": PICTURE, "photo": 3}}, "photo"),
        ({"type": "figure", "attrs": {"attachment": PICTURE}, "content": [{"type": "paragraph"}]}, "picture"),
        ({"type": "gallery", "attrs": {"attachments": []}}, "gallery"),
        ({"type": "gallery", "attrs": {"attachments": PICTURE}}, "gallery"),
        ({"type": "embed", "attrs": {"url": "/en/"}}, "/en/"),
        ({"type": "embed", "attrs": {"url": "javascript:x"}}, "javascript"),
        (
            {"type": "table", "content": [{"type": "row", "content": [{"type": "cell", "attrs": {"colspan": 2}}]}]},
            "cells",
        ),
        ({"type": "divider", "content": [{"type": "paragraph"}]}, "divider"),
    ],
)
def test_what_is_not_known_is_refused_by_its_name_and_place(block, named):
    with pytest.raises(InvalidDocument) as refused:
        clean(doc(paragraph(), block))
    sentence = str(refused.value)
    assert named in sentence
    assert sentence.startswith("Block 2: ")
    assert sentence.endswith(".")


@pytest.mark.parametrize("raw", [None, [], "", "{}", 7, {}, {"type": "paragraph"}, {"type": "doc", "content": {}}])
def test_what_is_no_document_is_refused(raw):
    with pytest.raises(InvalidDocument):
        clean(raw)


@pytest.mark.parametrize("kind", ["quote", "list", "item", "paragraph", "doc", "fact_box", "table"])
def test_five_thousand_boxes_in_each_other_are_refused_in_a_sentence(kind):
    with pytest.raises(InvalidDocument, match=r"\.$"):
        clean(doc(nested(kind, 5_000)))
    with pytest.raises(InvalidDocument, match=r"\.$"):
        clean(doc(lists(5_000)))


def test_lists_stand_three_deep_and_no_deeper():
    clean(doc(lists(3)))
    with pytest.raises(InvalidDocument, match="3 deep"):
        clean(doc(lists(4)))


def test_a_body_too_large_is_refused():
    for blocks in ([{"type": "paragraph"}] * 60_000, [paragraph({"type": "text", "text": "x" * (LIMIT_BYTES + 1)})]):
        with pytest.raises(InvalidDocument, match="too long"):
            clean(doc(*blocks))
    with pytest.raises(InvalidDocument, match="too long"):
        clean(doc(paragraph({"type": "text", "text": "ا" * 60})), limit_bytes=100)


@pytest.mark.parametrize(
    "text", ["", "{", "[" * 100_000, '{"type": "doc", "content": [' * 5_000, "NaN", "x" * 5_000_000]
)
def test_broken_json_is_refused_in_a_sentence(text):
    with pytest.raises(InvalidDocument, match=r"\.$"):
        document.read(text)


def test_json_from_a_form_is_read():
    body = one_of_each()
    assert document.read(json.dumps(body)) == body


@given(DOCUMENTS)
def test_cleaning_twice_changes_nothing_more(raw):
    once = clean(raw)
    assert clean(once) == once
    json.dumps(once, ensure_ascii=False).encode()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["doc", "text", *BLOCKS]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["type", "attrs", "content", "marks", "text", "id", "x"]), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(st.lists(JSON, max_size=3))
def test_whatever_comes_in_is_cleaned_or_refused_in_a_sentence(blocks):
    try:
        body = clean({"type": "doc", "content": blocks})
    except InvalidDocument as refused:
        sentence = str(refused)
    else:
        sentence = "Kept."
        assert clean(body) == body
    assert sentence.endswith(".")
    assert sentence.isprintable()


# Questions


def test_the_pictures_of_a_body_are_known_in_order():
    assert document.attachments(one_of_each()) == [PICTURE, SECOND_PICTURE]


def test_the_links_of_a_body_are_known_in_order():
    assert document.links(one_of_each()) == [
        "https://example.org/minutes?a=1&b=2",
        f"story:{OTHER_STORY}",
        "https://www.example.org/film",
    ]


def test_words_are_counted_as_a_reader_reads_them():
    body = document.document(
        [
            document.paragraph("It wasn’t 300.000 – it was مُحَمَّد."),
            document.quote("Two words", "Who said"),
            document.pull_quote("Two words"),
            document.table([["Year", "Grey"]], "The pans"),
        ]
    )
    assert document.words(body) == 6 + 4 + 4


def test_a_body_with_nothing_to_read_or_see_is_empty():
    assert document.is_empty(document.empty())
    assert document.is_empty(doc(paragraph({"type": "text", "text": " "}), {"type": "divider"}))
    assert not document.is_empty(doc(document.figure(PICTURE)))
    assert not document.is_empty(doc(document.paragraph("x")))
    assert not document.is_empty(one_of_each())


def test_the_text_of_a_block_is_its_words_line_by_line():
    assert (
        document.text_of(one_of_each()["content"][3]) == "Ruben Castellane, gatekeeper\n“You look at the chalk line.”"
    )
