"""Editors at work, for tests: any state of a story, and any things one may do to it."""

import copy

from hypothesis import strategies as st

from articles.body import document
from articles.body.changes import State
from articles.body.cleaning import clean
from articles.body.words import words

WORDS = ["a", "b", "c", "the", "weir,", "“door”", "water.", "الماءُ", "في", "12,000", "don’t", "-"]
PICTURES = ["0b9d3c1e-6f0a-4c53-9a55-3f5f0a7c9d10", "5d0c3f0e-9d1b-4a7e-8f63-0d6a1e2b4c5d"]
TAGS = [{"uuid": f"c2a2b9a4-7f2b-4a8e-b7a0-00000000000{number}", "name": f"tag {number}"} for number in range(5)]

TEXT = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)


def _blocks(texts):
    makers = [document.paragraph, document.paragraph, document.crosshead, document.quote, _list, _table]
    blocks = []
    for number, (text, kind) in enumerate(texts):
        block = makers[kind % len(makers)](text)
        block["attrs"]["id"] = f"base{number:08d}"
        blocks.append(block)
    return clean({"type": "doc", "content": blocks})["content"]


def _list(text):
    return document.bullet_list([text, "second item"])


def _table(text):
    return document.table([[text, "x"], ["y", "z"]])


STATES = st.builds(
    lambda texts, headline, subheads, tags: State(
        {"headline": headline, "subheads": subheads, "kind": "news", "tags": tags, "section": None}, _blocks(texts)
    ),
    st.lists(st.tuples(TEXT, st.integers(0, 5)), max_size=5),
    TEXT,
    st.lists(TEXT, max_size=3),
    st.lists(st.sampled_from(TAGS), max_size=3, unique_by=lambda tag: tag["uuid"]),
)


def _lines(node):
    if node["type"] in ("paragraph", "crosshead", "cell", "header"):
        return [node]
    return [line for child in node.get("content", ()) for line in _lines(child)]


def _line(blocks, place, other):
    lines = _lines(blocks[place])
    return lines[other % len(lines)] if lines else None


def _type(blocks, place, other, word, new_id):
    line = _line(blocks, place, other)
    row = document.inline_text(line).split(" ")
    row.insert(other % (len(row) + 1), word)
    line["content"] = [document.text(" ".join(row))]


def _strike_out(blocks, place, other, word, new_id):
    line = _line(blocks, place, other)
    row = document.inline_text(line).split(" ")
    del row[other % len(row)]
    line["content"] = [document.text(" ".join(row))]


def _mark(mark):
    def act(blocks, place, other, word, new_id):
        line = _line(blocks, place, other)
        text = document.inline_text(line)
        cut = other % (len(text) + 1)
        line["content"] = [document.text(text[:cut]), document.text(text[cut : cut + 7]) | {"marks": [mark(word)]}]
        line["content"].append(document.text(text[cut + 7 :]))

    return act


def _divide(blocks, place, other, word, new_id):
    block = blocks[place]
    if block["type"] in ("paragraph", "crosshead"):
        row = document.inline_text(block).split(" ")
        cut = other % (len(row) + 1)
        rest = document.paragraph(" ".join(row[cut:]))
        rest["attrs"]["id"] = new_id
        block["content"] = [document.text(" ".join(row[:cut]))]
        blocks.insert(place + 1, rest)
    elif block["type"] == "list":
        block["content"].insert(0, {"type": "item", "content": [{"type": "paragraph"}]})


def _join(blocks, place, other, word, new_id):
    pair = blocks[place : place + 2]
    if len(pair) == 2 and all(block["type"] in ("paragraph", "crosshead") for block in pair):
        pair[0]["content"] = [document.text(" ".join(map(document.inline_text, pair)))]
        del blocks[place + 1]


def _move(blocks, place, other, word, new_id):
    block = blocks.pop(place)
    blocks.insert(other % (len(blocks) + 1), block)


def _remove(blocks, place, other, word, new_id):
    del blocks[place]


def _turn(blocks, place, other, word, new_id):
    if blocks[place]["type"] in ("paragraph", "crosshead"):
        blocks[place]["type"] = ["paragraph", "crosshead"][other % 2]


def _attribute(blocks, place, other, word, new_id):
    if blocks[place]["type"] == "quote":
        blocks[place]["attrs"]["attribution"] += f" {word}"
    elif blocks[place]["type"] == "list":
        blocks[place]["attrs"]["ordered"] = other % 2 == 0


_BLOCK_ACTS = {
    "type": _type,
    "strike_out": _strike_out,
    "embolden": _mark(lambda word: {"type": "bold"}),
    "link": _mark(lambda word: {"type": "link", "attrs": {"href": f"/{len(word)}/"}}),
    "divide": _divide,
    "join": _join,
    "move": _move,
    "remove": _remove,
    "turn": _turn,
    "attribute": _attribute,
}


def _headline(fields, place, word):
    row = fields["headline"].split(" ")
    row.insert(place % (len(row) + 1), word)
    fields["headline"] = " ".join(row)


def _subheads(fields, place, word):
    fields["subheads"].insert(place % (len(fields["subheads"]) + 1), word)


def _tag(fields, place, word):
    tag = TAGS[place % len(TAGS)]
    if tag in fields["tags"]:
        fields["tags"].remove(tag)
    else:
        fields["tags"].append(dict(tag))


def _kind(fields, place, word):
    fields["kind"] = ["news", "analysis", "opinion"][place % 3]


_FIELD_ACTS = {"headline": _headline, "subheads": _subheads, "tag": _tag, "kind": _kind}

_NUMBERS = st.integers(0, 30)
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["type", *_BLOCK_ACTS, *_FIELD_ACTS, "add"]),
        _NUMBERS,
        _NUMBERS,
        st.sampled_from(WORDS),
    ),
    max_size=5,
)


def worked_on(state, acts, who, *, own_words=False):
    """`state` after `acts` of the editor `who` (one letter). With `own_words`, all they type is theirs alone: "m1"."""
    fields, blocks = copy.deepcopy(state.fields), copy.deepcopy(state.blocks)
    for number, (act, place, other, word) in enumerate(acts):
        typed = f"{who}{number}" if own_words else word
        if act in _FIELD_ACTS:
            _FIELD_ACTS[act](fields, place, typed)
        elif act == "add":
            new = document.paragraph(f"{typed} {typed}")
            new["attrs"]["id"] = f"{who}{number:011d}"
            blocks.insert(place % (len(blocks) + 1), new)
        elif blocks:
            _BLOCK_ACTS[act](blocks, place % len(blocks), other, typed, f"{who}{number:011d}")
    return State(fields, clean({"type": "doc", "content": blocks})["content"])


def all_words(value):
    """Every word in a state, a block or a value of a field, as the reader would count them."""
    if isinstance(value, State):
        return [*all_words(value.fields), *(word for block in value.blocks for word in all_words(block))]
    if isinstance(value, str):
        return words(value)
    if isinstance(value, list):
        return [word for one in value for word in all_words(one)]
    if isinstance(value, dict) and "type" in value:
        return words(document.text_of(value))
    return [word for one in value.values() for word in all_words(one)] if isinstance(value, dict) else []
