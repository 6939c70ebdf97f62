"""Two versions of the same words as runs a reader can follow: what stayed, what was added, what was taken out."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from .tokens import CLOSE, OPEN, WORD, Marks, Token, of_block, of_text, words_of
from .words import matches

SAME, ADDED, REMOVED = "same", "added", "removed"

# What is shown between two parts of a block: cells of a row, and lines.
END = "end"
CELL_END, LINE_END = " | ", "\n"
_LINES = ("paragraph", "crosshead", "row")
_CELLS = ("cell", "header")


@dataclass(frozen=True)
class Run:
    """Words that met with the same fate. `marks` are names ("bold"), `link` is where they lead; `restyled` says that
    the words stayed and their marks changed. `parts` says that the run ends a line or a cell (a paragraph, an item)."""

    kind: str
    text: str
    marks: tuple[str, ...] = ()
    link: str = ""
    restyled: bool = False
    parts: bool = False


class _Piece(NamedTuple):
    """Letters of one fate; `was` are the marks they had."""

    kind: str
    text: str
    marks: Marks
    was: Marks
    parts: bool = False


def compare_blocks(before: dict | None, after: dict | None) -> list[Run]:
    """The words of a block in two versions; None is none."""
    return _compare(*(_as_read(of_block(block)) if block else [] for block in (before, after)))


def compare_texts(before: str, after: str) -> list[Run]:
    """Two versions of a plain text."""
    return _compare(of_text(before), of_text(after))


def lines(runs: Iterable[Run]) -> list[list[Run]]:
    """The runs line by line, for a list or a fact box; where a line was divided or joined, the sign of it ends it."""
    rows: list[list[Run]] = [[]]
    for run in runs:
        rows[-1].append(run)
        if run.parts and run.text == LINE_END:
            rows.append([])
    return [row for row in rows if row]


def _compare(before: Sequence[Token], after: Sequence[Token]) -> list[Run]:
    """Matched words part both versions; what stands between them was taken out or added, but for what is alike there.

    A few words that happen to stand in both, amid much that was rewritten, count as rewritten too: nobody can read
    a sentence that changes at every other word.
    """
    pieces: list[_Piece] = []
    at = other_at = 0
    places = [place for place, token in enumerate(before) if token.kind == WORD]
    other_places = [place for place, token in enumerate(after) if token.kind == WORD]
    found = _readable(matches(words_of(before), words_of(after)), len(places), len(other_places))
    for one, other in [*((places[one], other_places[other]) for one, other in found), (len(before), len(after))]:
        pieces += _between(before[at:one], after[other_at:other])
        pieces += _kept(before[one : one + 1], after[other : other + 1])
        at, other_at = one + 1, other + 1
    return _runs(pieces)


def _readable(found: list[tuple[int, int]], length: int, other_length: int) -> list[tuple[int, int]]:
    """`found` without those stretches that are shorter than what was rewritten before them and after."""
    stretches: list[list[tuple[int, int]]] = []
    for one, other in found:
        if stretches and stretches[-1][-1] == (one - 1, other - 1):
            stretches[-1].append((one, other))
        else:
            stretches.append([(one, other)])
    kept: list[list[tuple[int, int]]] = []
    for number, stretch in enumerate(stretches):
        last, other_last = kept[-1][-1] if kept else (-1, -1)
        following = stretches[number + 1][0] if number + 1 < len(stretches) else (length, other_length)
        ahead = max(stretch[0][0] - last, stretch[0][1] - other_last) - 1
        behind = max(following[0] - stretch[-1][0], following[1] - stretch[-1][1]) - 1
        if len(stretch) >= min(ahead, behind):
            kept.append(stretch)
    return [pair for stretch in kept for pair in stretch]


def _between(before: Sequence[Token], after: Sequence[Token]) -> list[_Piece]:
    if before == after:
        return _pieces(SAME, after)
    start = end = 0
    shorter = min(len(before), len(after))
    while start < shorter and _alike(before[start], after[start]):
        start += 1
    while end < shorter - start and _alike(before[len(before) - 1 - end], after[len(after) - 1 - end]):
        end += 1
    return [
        *_kept(before[:start], after[:start]),
        *_pieces(REMOVED, before[start : len(before) - end]),
        *_pieces(ADDED, after[start : len(after) - end]),
        *_kept(before[len(before) - end :], after[len(after) - end :]),
    ]


def _kept(before: Sequence[Token], after: Sequence[Token]) -> list[_Piece]:
    """The same tokens on both sides; their marks may differ, letter by letter."""
    if before == after:
        return _pieces(SAME, after)
    pieces = []
    for token, other in zip(before, after, strict=True):
        letters = zip(token.text, _marks_by_letter(other), _marks_by_letter(token), strict=True)
        for (marks, was), same in groupby(letters, lambda letter: letter[1:]):
            pieces.append(_Piece(SAME, "".join(letter for letter, *_marks in same), marks, was, token.kind == END))
    return pieces


def _marks_by_letter(token: Token) -> list[Marks]:
    return [marks for text, marks in token.spans for _letter in text]


def _alike(one: Token, other: Token) -> bool:
    return one.kind == other.kind and one.text == other.text


def _pieces(kind: str, tokens: Sequence[Token]) -> list[_Piece]:
    return [_Piece(kind, text, marks, marks, token.kind == END) for token in tokens for text, marks in token.spans]


def _as_read(tokens: Iterable[Token]) -> list[Token]:
    """The words and what stands between; of the block's parts, only where a line or a cell ends and another begins."""
    read: list[Token] = []
    end = ""
    for token in tokens:
        if token.kind == CLOSE:
            end = LINE_END if token.text in _LINES else CELL_END if token.text in _CELLS else end
        elif token.kind != OPEN:
            read.append(token)
        elif end and json.loads(token.text)["type"] in (*_LINES, *_CELLS):
            read.append(Token(END, end, ((end, ()),)))
            end = ""
    return read


def _runs(pieces: Sequence[_Piece]) -> list[Run]:
    """The pieces, neighbours of one fate and look put together; what parts two lines or cells stands by itself."""
    runs = []
    for (kind, marks, was, parts), group in groupby(pieces, lambda piece: (piece.kind, *piece[2:])):
        texts = [piece.text for piece in group]
        names = tuple(name for name, _attrs in marks if name != "link")
        link = next((json.loads(attrs).get("href", "") for name, attrs in marks if name == "link"), "")
        runs += [Run(kind, text, names, link, marks != was, parts) for text in (texts if parts else ["".join(texts)])]
    return runs
