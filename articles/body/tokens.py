"""A block as one row of tokens, so that two versions of it can be laid side by side, and back again."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from .blocks import MARKS, NODES
from .words import pieces

Marks = tuple[tuple[str, str], ...]  # names with their attributes as JSON, in the order of the table
Spans = tuple[tuple[str, Marks], ...]

WORD, GAP, BREAK, OPEN, CLOSE, BLOCK = "word", "gap", "break", "open", "close", "block"


class Token(NamedTuple):
    """A word, what stands between words, a line break; or where a part of the block begins (OPEN) or ends (CLOSE), or
    where the next block begins (BLOCK): those hold their head as JSON.

    `spans` are the pieces of `text` with their marks: one, but for a word half of which is bold.
    """

    kind: str
    text: str
    spans: Spans = ()


class Unbalanced(ValueError):
    """Tokens that make no block: a part is opened and not closed, or the other way round."""


def of_text(text: str) -> list[Token]:
    """The tokens of a plain text."""
    return list(_of_spans([(text, ())]))


def of_block(block: dict) -> list[Token]:
    """The tokens of all that stands in `block`; its own type and attributes are left out."""
    return list(_of_content(block.get("content", ())))


def begin(block: dict) -> Token:
    """The token that says: here `block` begins."""
    return _head(BLOCK, block)


def words_of(tokens: Iterable[Token]) -> list[str]:
    """The words among `tokens`, in order."""
    return [token.text for token in tokens if token.kind == WORD]


def text_of(tokens: Iterable[Token]) -> str:
    """The plain text of `tokens`."""
    return "".join(token.text for token in tokens if token.kind in (WORD, GAP, BREAK))


def build(tokens: Iterable[Token]) -> list[dict]:
    """The content `tokens` were made of. Raises Unbalanced."""
    content: list[dict] = []
    waiting: list[list[dict]] = []
    for token in tokens:
        if token.kind == OPEN:
            node = json.loads(token.text)
            content.append(node)
            waiting.append(content)
            content = []
        elif token.kind == CLOSE:
            if not waiting:
                raise Unbalanced
            outer = waiting.pop()
            if content or not NODES[outer[-1]["type"]].inline:
                outer[-1]["content"] = content
            content = outer
        elif token.kind == BLOCK:
            raise Unbalanced
        else:
            for text, marks in token.spans:
                _append(content, text, marks, is_break=token.kind == BREAK)
    if waiting:
        raise Unbalanced
    return content


def with_content(block: dict, content: list[dict]) -> dict:
    """`block`'s head over other `content`, in the cleaner's form."""
    head = {name: value for name, value in block.items() if name != "content"}
    return head | ({"content": content} if content else {})


def blocks(first: dict, tokens: Sequence[Token]) -> list[dict]:
    """The blocks `tokens` make: `first`'s head over what comes before the first BLOCK. Raises Unbalanced."""
    starts = [place for place, token in enumerate(tokens) if token.kind == BLOCK]
    heads = [first, *(json.loads(tokens[place].text) for place in starts)]
    edges = [-1, *starts, len(tokens)]
    return [
        with_content(head, build(tokens[edges[number] + 1 : edges[number + 1]])) for number, head in enumerate(heads)
    ]


def marks_by_letter(token: Token) -> list[dict[str, str]]:
    """The marks of each letter of `token`, name to attributes."""
    return [dict(marks) for text, marks in token.spans for _letter in text]


def marked(token: Token, letters: Sequence[dict[str, str]]) -> Token:
    """`token` with other marks, given letter by letter."""
    spans: list[tuple[str, Marks]] = []
    for letter, by_name in zip(token.text, letters, strict=True):
        marks = tuple((name, by_name[name]) for name in MARKS if name in by_name)
        if spans and spans[-1][1] == marks:
            spans[-1] = (spans[-1][0] + letter, marks)
        else:
            spans.append((letter, marks))
    return token._replace(spans=tuple(spans))


def _of_content(content: Iterable[dict]) -> Iterator[Token]:
    runs: list[tuple[str, Marks]] = []
    for node in content:
        if node["type"] == "text":
            runs.append((node["text"], _marks(node)))
            continue
        yield from _of_spans(runs)
        runs = []
        if node["type"] == "hard_break":
            yield Token(BREAK, "\n", (("\n", _marks(node)),))
        else:
            yield _head(OPEN, node)
            yield from _of_content(node.get("content", ()))
            yield Token(CLOSE, node["type"])
    yield from _of_spans(runs)


def _of_spans(runs: Sequence[tuple[str, Marks]]) -> Iterator[Token]:
    """Words are found in the whole line: a mark may begin in the middle of one, as after an Arabic article."""
    if len(runs) == 1:
        [(text, marks)] = runs
        for piece, is_word in pieces(text):
            yield Token(WORD if is_word else GAP, piece, ((piece, marks),))
        return
    rest = iter(runs)
    run, marks = next(rest, ("", ()))
    taken = 0
    for piece, is_word in pieces("".join(text for text, _marks in runs)):
        spans, missing = [], len(piece)
        while missing:
            if taken == len(run):
                (run, marks), taken = next(rest), 0
                continue
            length = min(missing, len(run) - taken)
            spans.append((run[taken : taken + length], marks))
            taken, missing = taken + length, missing - length
        yield Token(WORD if is_word else GAP, piece, tuple(spans))


def _head(kind: str, node: dict) -> Token:
    return Token(kind, json.dumps({name: node[name] for name in ("type", "attrs") if name in node}, sort_keys=True))


def _marks(node: dict) -> Marks:
    return tuple((mark["type"], json.dumps(mark.get("attrs") or {}, sort_keys=True)) for mark in node.get("marks", ()))


def _append(content: list[dict], text: str, marks: Marks, *, is_break: bool) -> None:
    node = {"type": "hard_break"} if is_break else {"type": "text", "text": text}
    if marks:
        node["marks"] = [
            {"type": name} | ({"attrs": json.loads(attrs)} if attrs != "{}" else {}) for name, attrs in marks
        ]
    last = content[-1] if content else {}
    if not is_break and last.get("type") == "text" and last.get("marks") == node.get("marks"):
        last["text"] += text
    else:
        content.append(node)
