"""Lines of plain text: where one begins and ends, and lines broken to a width put together again."""

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from .characters import fit, line_breaks

WIDTHS = range(30, 121)  # characters a line, where mail programs and agencies' printers break them

CLOSERS = "”’“\"'»›)]* \u00a0\u200e\u200f"
STOPS = (".", "…", "۔", "。", "।")
_HALTS = (*STOPS, "?", "!", "؟", "？", "！")
_HYPHEN, _AFTER_HYPHEN = re.compile(r"[^\W\d]-$"), re.compile(r"(?!(?:and|or|to)\b)[^\W\d]")


@dataclass(frozen=True)
class Line:
    """One line of a text."""

    words: str
    apart: bool = False  # a blank line stands before it
    indented: bool = False

    def stops(self) -> bool:
        """Whether it ends with a full stop, be it inside quotation marks or brackets."""
        return self.words.rstrip(CLOSERS).endswith(STOPS)

    def halts(self) -> bool:
        """Whether it ends as a sentence can: with a full stop, a question or a call."""
        return self.words.rstrip(CLOSERS).endswith(_HALTS)


def lines_of(text: str) -> list[Line]:
    """The lines of `text` that hold anything, fit to be stored, spaces made single."""
    lines, apart = [], False
    for raw in line_breaks(text.removeprefix("\ufeff")).split("\n"):
        words = re.sub(" {2,}", " ", fit(raw)).strip()
        if words:
            lines.append(Line(words, apart, indented=raw[0] in " \t\u3000"))
        apart = not words
    return lines


def joined(lines: list[Line]) -> list[Line]:
    """`lines`, with those that were broken to a width put together again; as they are, if they were not."""
    width = _width(lines)
    if width not in WIDTHS or sum(len(line.words) > 1.25 * width for line in lines) > 0.2 * len(lines):
        return lines
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _runs_on(groups[-1][-1], line, width):
            groups[-1].append(line)
        else:
            groups.append([line])
    # Proof: sentences that go on in the next line and come to an end, most of them in a small letter.
    sentences = [group for group in groups if len(group) > 1 and group[-1].halts()]
    breaks = [after for group in sentences for before, after in pairwise(group) if not before.halts()]
    small = sum(after.words[0].islower() for after in breaks)
    large = sum(after.words[0].isupper() for after in breaks)
    if (
        2 * len(breaks) < sum(len(group) - 1 for group in groups)
        or not (small or len(breaks) > 2)
        or large > 1.5 * small
    ):
        return lines
    return [line for group in groups for line in _one_or_more(group)]


def _width(lines: list[Line]) -> int:
    """The width the lines seem broken to: the longest that several lines before another come near; 0 for none."""
    lengths = sorted(len(before.words) for before, after in pairwise(lines) if not after.apart)
    low = len(lengths)
    for high in range(len(lengths) - 1, -1, -1):
        while low > 0 and lengths[low - 1] >= 0.8 * lengths[high]:
            low -= 1
        if high - low + 1 >= 0.3 * len(lengths):
            return lengths[high]
    return 0


def _runs_on(before: Line, after: Line, width: int) -> bool:
    if after.apart or (after.indented and not before.indented) or max(len(before.words), len(after.words)) > width:
        return False
    return len(before.words) + 1 + len(after.words.split(" ", 1)[0]) > width


def _one_or_more(group: list[Line]) -> list[Line]:
    """A sentence that ends is one line. Full lines that end nothing may be sub-headlines or captions of one length."""
    words = [line.words for line in group]
    if not group[-1].halts():
        # Where letters have no capitals, only many such lines are a paragraph whose full stop was forgotten.
        begins = [first.isupper() or (first.upper() == first.lower() and len(group) < 4) for first, *_rest in words]
    else:
        begins = [False] * len(group)
    parts: list[list[str]] = []
    for word, new in zip(words, begins, strict=True):
        if new or not parts:
            parts.append([word])
        else:
            # A word with a hyphen was broken behind it; "two-" before "and three-storey" ends a word.
            hyphen = _HYPHEN.search(parts[-1][-1]) and _AFTER_HYPHEN.match(word)
            parts[-1] += [word] if hyphen else [" ", word]
    return [replace(group[0], words="".join(part)) for part in parts]
