"""Documents: what an edition and a working copy are found by, as one line of stems and marks.

    " gate weir | motor hand | ... | h=gate h=weir l=gate l=weir l=motor = =en s=3 a=5 t=7 "

First what it says, in order, its parts kept apart: phrases are looked for there. Then what stands in the headline (h=)
and high up (l=), and the marks: every edition's (=), its language, section, authors and tags, and each picture that
readers may not see (x=), whose caption is left out. Names of authors and tags
are no part of it: they are read as they are now (`articles.search.names`).
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from articles.body.text import plain

from .folding import LONGEST, in_order, stem, stems, written

EVERY = "="  # the mark of every edition
MOST_BYTES = 400_000  # of a line: PostgreSQL refuses a longer list of words; a story's first 60,000 words
Snapshot = Mapping[str, object]
_HIDDEN = re.compile(" x=([0-9a-f]{32})(?= )")


def language_mark(language: str) -> str:
    return f"={language}"


def section_mark(pk: int) -> str:
    return f"s={pk}"


def author_mark(pk: int) -> str:
    return f"a={pk}"


def tag_mark(pk: int) -> str:
    return f"t={pk}"


def hidden_mark(uuid: object) -> str:
    return f"x={str(uuid).replace('-', '')}"


def hidden_in(told: str) -> frozenset[str]:
    """The marks of the pictures whose captions were left out of a line."""
    return frozenset(f"x={one}" for one in _HIDDEN.findall(told))


@dataclass(slots=True)
class Document:
    """An edition, read. `words` are its folded words with how each is written; `high` and `top` those of its head and
    of its headline."""

    told: str
    words: dict[str, str] = field(default_factory=dict)
    high: set[str] = field(default_factory=set)
    top: set[str] = field(default_factory=set)
    marks: list[str] = field(default_factory=list)


def headlines(state: Snapshot) -> list[str]:
    """The headlines of a snapshot."""
    return [state.get("headline") or "", state.get("short_headline") or ""]


def head(state: Snapshot) -> list[str]:
    """What stands over the text."""
    return [state.get("kicker") or "", *(state.get("subheads") or []), state.get("summary") or ""]


def text(state: Snapshot, hidden: Collection[str] = ()) -> list[str]:
    """The text, and the captions that readers are shown beside it: not those of `hidden` pictures (marks)."""
    pictures = [row for row in state.get("attachments") or [] if "shown" in row]
    captions = [row["shown"]["caption"] for row in pictures if not hidden or hidden_mark(row["photo"]) not in hidden]
    return [state.get("dateline") or "", *plain(state.get("body") or {}).split("\n\n"), *captions]


def of_edition(state: Snapshot, marks: Iterable[str], hidden: Collection[str] = ()) -> Document:
    """What the edition of that snapshot is found by. `marks` say where it stands; `hidden` are marks of pictures that
    readers may not see."""
    document = Document("", marks=[EVERY, *marks])
    top, high = headlines(state), head(state)
    parts = [_stems(one, document.words) for one in (*top, *high)]
    document.top = {word for one in top for word in in_order(one)}
    document.high = document.top | {word for one in high for word in in_order(one)}
    parts += [_stems(one, document.words) for one in text(state, hidden)]
    marked = [f"h={one}" for one in _all_stems(document.top)] + [f"l={one}" for one in _all_stems(document.high)]
    others = [one for word in document.words for one in stems(word)[1:]]
    document.told = _line(parts, [*marked, *document.marks, *sorted(hidden)], others)
    return document


def of_copy(texts: Iterable[str], marks: Iterable[str]) -> str:
    """What a working copy is found by: the words of `texts` and their stems, in no order."""
    words = {word for one in texts for word in in_order(one)}
    found = words | {one for word in words for one in stems(word)}
    return _line([], [*marks], sorted(found))


def _stems(text: str, words: dict[str, str]) -> str:
    """The stems of `text` in order; each word it holds is added to `words`, as it is written."""
    found = in_order(text)
    new = set(found) - words.keys()
    if new:
        for start, end, folded in written(text):
            for word in folded:
                if word in new:
                    words[word] = (text[start:end] if len(folded) == 1 else word)[:LONGEST]
                    new.discard(word)
    return " ".join(map(stem, found))


def _all_stems(words: Iterable[str]) -> list[str]:
    return sorted({one for word in words for one in stems(word)})


def _line(parts: Iterable[str], marks: list[str], others: list[str]) -> str:
    """Parts and marks as one line. Where it grows too long the end of the text is what is left out."""
    left = MOST_BYTES - sum(len(one.encode()) + 3 for one in marks)
    kept = []
    for part in (*filter(None, parts), *others):
        left -= len(part.encode()) + 3
        if left < 0:
            break
        kept.append(part)
    return f" {' | '.join(kept)} | {' '.join(marks)} " if kept else f" {' '.join(marks)} "
