"""Snippets: the words of an edition that answer a question, as they were written, with what was found marked."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString

from articles.body.scripts import both_scripts

from . import documents
from .folding import stems, written

LONG = 40  # words of a snippet
BEFORE = 8  # of them before the first that was found
_CUT = "…"


@dataclass(frozen=True, slots=True)
class Place:
    """A word of a text, and which of the question's terms it is one of, if any."""

    start: int
    end: int
    term: int | None


def marked(text: str, wanted: Mapping[str, int], language: str) -> SafeString:
    """`text` as safe HTML, the words whose stem is in `wanted` in <mark>. It stands in a text of `language`."""
    return _html(text, [one for one in _places(text, wanted) if one.term is not None], language)


def snippet(
    state: documents.Snapshot, wanted: Mapping[str, int], language: str, hidden: Collection[str] = ()
) -> SafeString:
    """Of the summary, the paragraphs and the captions of a snapshot the one that holds most of `wanted`, the first of
    equals; the captions of `hidden` pictures are not shown."""
    most, best = 0, None
    texts = filter(None, [state.get("summary") or "", *documents.text(state, hidden)])
    terms = len(set(wanted.values()))
    for text in texts:
        places = _places(text, wanted)
        held = len({one.term for one in places} - {None})
        if best is None or held > most:
            most, best = held, (text, places)
            if held == terms:
                break
    return _cut(*best, language) if best else SafeString("")


def _places(text: str, wanted: Mapping[str, int]) -> list[Place]:
    return [Place(start, end, _term(folded, wanted)) for start, end, folded in written(text)]


def _term(folded: Iterable[str], wanted: Mapping[str, int]) -> int | None:
    for word in folded:
        for one in stems(word):
            if one in wanted:
                return wanted[one]
    return None


def _cut(text: str, places: list[Place], language: str) -> SafeString:
    """The part of a long text in which most was found, the first of these."""
    if len(places) <= LONG + BEFORE:
        return _html(text, [one for one in places if one.term is not None], language)
    found = [number for number, one in enumerate(places) if one.term is not None] or [0]
    starts = [max(0, min(number - BEFORE, len(places) - LONG)) for number in found]
    first = max(starts, key=lambda start: (len({one.term for one in places[start : start + LONG]}), -start))
    shown = places[first : first + LONG]
    before = _CUT if first else ""
    after = _CUT if first + LONG < len(places) else ""
    end = shown[-1].end if after else len(text)
    start = shown[0].start if before else 0
    moved = [Place(one.start - start, one.end - start, one.term) for one in shown if one.term is not None]
    return SafeString(f"{before}{_html(text[start:end], moved, language)}{after}")


def _html(text: str, found: Iterable[Place], language: str) -> SafeString:
    parts, done = [], 0
    for one in found:
        parts.append(both_scripts(text[done : one.start], language))
        parts.append(f"<mark>{both_scripts(text[one.start : one.end], language)}</mark>")
        done = one.end
    return SafeString("".join([*parts, both_scripts(text[done:], language)]))
