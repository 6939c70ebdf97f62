"""The words of a text, one by one, in any script, and which of them stand in another text too."""

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

DEAREST = 300_000  # pairs of equal words difflib may weigh; beyond, the stretch counts as rewritten
DEEPEST = 12  # times a stretch is cut at words that stand in it once


def _joined_marks() -> str:
    """The signs that sit on a letter (harakat, accents, vowels of Indian scripts), and the joiners, as a regex class.

    Python's `\\w` leaves them out, and would cut an Arabic word in two at its harakat.
    """
    ranges: list[list[int]] = []
    for code in range(0x0300, 0x10000):
        if unicodedata.category(chr(code))[0] == "M" or code in (0x200C, 0x200D):
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


# A word; a stretch of space; any other sign by itself. “don't”, “12,000” and “٤٫٥” are one word each.
_SIGNS = _joined_marks()
# Two classes, not one: `re` looks a letter up in a class of plain ranges at once, and goes through a mixed one by one.
_LETTERS = rf"(?:\w++|[{_SIGNS}]++)++"
_WORD = rf"{_LETTERS}(?:(?:['’]|(?<=\d)[.,:٫٬](?=\d)){_LETTERS})*"
_PIECES = re.compile(rf"(?P<word>{_WORD})|\s+|\S[{_SIGNS}]*")


def pieces(text: str) -> list[tuple[str, bool]]:
    """`text` cut into words, spaces and other signs, each with whether it is a word; put together they are `text`."""
    return [(match[0], match["word"] is not None) for match in _PIECES.finditer(text)]


def words(text: str) -> list[str]:
    """The words of `text`, in order."""
    return [piece for piece, is_word in pieces(text) if is_word]


def matches(before: Sequence[Hashable], after: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Where things of `before` stand unchanged in `after`: pairs of places, rising on both sides.

    What is alike at both ends goes first, then what stands once on either side (as in a patience diff), and only the
    small rest is weighed by difflib, whose time grows with the square.
    """
    found: list[tuple[int, int]] = []
    waiting = [(0, len(before), 0, len(after), 0)]
    while waiting:
        first, last, start, end, deep = waiting.pop()
        while first < last and start < end and before[first] == after[start]:
            found.append((first, start))
            first, start = first + 1, start + 1
        while first < last and start < end and before[last - 1] == after[end - 1]:
            last, end = last - 1, end - 1
            found.append((last, end))
        if first == last or start == end:
            continue
        here, there = before[first:last], after[start:end]
        single = _standing_once(here, there) if deep < DEEPEST else []
        if not single:
            found += [(first + one, start + other) for one, other in _weighed(here, there)]
            continue
        found += [(first + one, start + other) for one, other in single]
        edges = [(-1, -1), *single, (last - first, end - start)]
        waiting += [
            (first + one + 1, first + next_one, start + other + 1, start + next_other, deep + 1)
            for (one, other), (next_one, next_other) in pairwise(edges)
        ]
    return sorted(found)


def rising(numbers: Sequence[int]) -> list[int]:
    """The places of one longest run in `numbers` that only rises, not necessarily of neighbours."""
    ends: list[int] = []  # the smallest number a run of each length ends with
    places: list[int] = []
    earlier: list[int] = []
    for place, number in enumerate(numbers):
        length = bisect_left(ends, number)
        earlier.append(places[length - 1] if length else -1)
        ends[length : length + 1] = [number]
        places[length : length + 1] = [place]
    run = []
    place = places[-1] if places else -1
    while place >= 0:
        run.append(place)
        place = earlier[place]
    return run[::-1]


def _standing_once(before: Sequence[Hashable], after: Sequence[Hashable]) -> list[tuple[int, int]]:
    counts, other_counts = Counter(before), Counter(after)
    where = {thing: place for place, thing in enumerate(after) if other_counts[thing] == 1}
    pairs = [(place, where[thing]) for place, thing in enumerate(before) if counts[thing] == 1 and thing in where]
    return [pairs[place] for place in rising([other for _one, other in pairs])]


def _weighed(before: Sequence[Hashable], after: Sequence[Hashable]) -> list[tuple[int, int]]:
    counts, other_counts = Counter(before), Counter(after)
    if sum(count * other_counts[thing] for thing, count in counts.items()) > DEAREST:
        return []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return [(run.a + place, run.b + place) for run in matcher.get_matching_blocks() for place in range(run.size)]
