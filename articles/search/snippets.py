"""Snippets: the words of an edition that answer a question, as they were written, with what was found marked."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain

from django.utils.safestring import SafeString

from articles.body.scripts import both_scripts

from . import documents
from .folding import fold, stem, stemmed, stems, unfolded, written

LONG = 40  # words of a snippet
BEFORE = 8  # of them before the first that was found
_CUT = "…"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be marked: the numbers of the question's terms, by a stem, by the stems of a phrase in their order,
    by the beginning of a word."""

    words: Mapping[str, int] = field(default_factory=dict)
    phrases: Mapping[tuple[str, ...], int] = field(default_factory=dict)
    beginnings: Mapping[str, int] = field(default_factory=dict)

    def terms(self) -> set[int]:
        """The numbers of all terms."""
        return {*self.words.values(), *self.phrases.values(), *self.beginnings.values()}

    def held_by(self, text: str) -> set[int]:
        """The numbers of the terms that `text` holds."""
        # Sets of words that are looked up: of hundreds in each text a handful is wanted.
        said = unfolded(text)
        each = set(said)
        its_stems = set(chain.from_iterable(map(stemmed, each)))
        found = {self.words[one] for one in its_stems & self.words.keys()}
        if self.beginnings:
            forms = its_stems.union(*map(fold, each))
            found |= {term for begun, term in self.beginnings.items() if any(one.startswith(begun) for one in forms)}
        if self.phrases:
            line = [(stem(folded), number) for number, word in enumerate(said) for folded in fold(word)]
            found |= {one.term for one in _phrases(line, self.phrases)}
        return found


@dataclass(frozen=True, slots=True)
class Holding:
    """One of the question's terms, held by a text: the numbers of its first word and of its last."""

    first: int
    last: int
    term: int


@dataclass(frozen=True, slots=True)
class Read:
    """A text, where its words begin and end, and which terms it holds."""

    text: str
    places: list[tuple[int, int]]
    held: list[Holding]

    def marks(self, first: int = 0, last: int | None = None) -> list[tuple[int, int]]:
        """Where the words stand that are marked, of those terms that stand whole from word `first` to word `last`."""
        last = len(self.places) - 1 if last is None else last
        whole = [one for one in self.held if one.first >= first and one.last <= last]
        return [self.places[number] for number in sorted({n for one in whole for n in range(one.first, one.last + 1)})]


def marked(text: str, wanted: Wanted, language: str) -> SafeString:
    """`text` as safe HTML, the words that are `wanted` in <mark>. It stands in a text of `language`."""
    return _html(text, _read(text, wanted).marks(), language)


def snippet(state: documents.Snapshot, wanted: Wanted, language: str, hidden: Collection[str] = ()) -> SafeString:
    """Of the summary, the paragraphs and the captions of a snapshot the one that holds most of what is `wanted`, the
    first of equals; the captions of `hidden` pictures are not shown."""
    most, best = -1, ""
    texts = filter(None, [state.get("summary") or "", *documents.text(state, hidden)])
    terms = len(wanted.terms())
    for text in texts:
        held = len(wanted.held_by(text))
        if held > most:
            most, best = held, text
            if held == terms:
                break
    return _cut(_read(best, wanted), language) if best else SafeString("")


def _read(text: str, wanted: Wanted) -> Read:
    places, held, line = [], [], []
    for number, (start, end, folded) in enumerate(written(text)):
        places.append((start, end))
        held += [Holding(number, number, term) for term in _terms(folded, wanted)]
        if wanted.phrases:
            line += [(stem(word), number) for word in folded]
    if wanted.phrases:
        held += _phrases(line, wanted.phrases)
    return Read(text, places, sorted(held, key=lambda one: one.first))


def _terms(folded: Iterable[str], wanted: Wanted) -> set[int]:
    found = {wanted.words[one] for word in folded for one in stems(word) if one in wanted.words}
    for begun, term in wanted.beginnings.items():
        if any(one.startswith(begun) for word in folded for one in (word, *stems(word))):
            found.add(term)
    return found


def _phrases(line: list[tuple[str, int]], phrases: Mapping[tuple[str, ...], int]) -> Iterable[Holding]:
    """The phrases that a text holds, given its stems in their order, each with the number of its word."""
    for phrase, term in phrases.items():
        long = len(phrase)
        for place in range(len(line) - long + 1):
            if line[place][0] == phrase[0] and tuple(one for one, _number in line[place : place + long]) == phrase:
                yield Holding(line[place][1], line[place + long - 1][1], term)


def _cut(read: Read, language: str) -> SafeString:
    """The part of a long text that holds most, the first of these."""
    many = len(read.places)
    if many <= LONG + BEFORE:
        return _html(read.text, read.marks(), language)
    starts = [max(0, min(one.first - BEFORE, many - LONG)) for one in read.held] or [0]
    first = max(starts, key=lambda start: (len(_terms_within(read.held, start)), -start))
    before = _CUT if first else ""
    after = _CUT if first + LONG < many else ""
    start = read.places[first][0] if before else 0
    end = read.places[first + LONG - 1][1] if after else len(read.text)
    moved = [(one - start, other - start) for one, other in read.marks(first, first + LONG - 1)]
    return SafeString(f"{before}{_html(read.text[start:end], moved, language)}{after}")


def _terms_within(held: Iterable[Holding], start: int) -> set[int]:
    return {one.term for one in held if one.first >= start and one.last < start + LONG}


def _html(text: str, found: Iterable[tuple[int, int]], language: str) -> SafeString:
    parts, done = [], 0
    for start, end in found:
        parts.append(both_scripts(text[done:start], language))
        parts.append(f"<mark>{both_scripts(text[start:end], language)}</mark>")
        done = end
    return SafeString("".join([*parts, both_scripts(text[done:], language)]))
