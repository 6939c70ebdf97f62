"""Three ways into one: what two people made of the same words, put together where their changes do not touch."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .tokens import WORD, Token, marked, marks_by_letter, words_of
from .words import matches

Tokens = Sequence[Token]


@dataclass(frozen=True)
class Joined:
    """What became of two versions: `tokens` hold both changes, unless they `touched`; then only `both` does,
    with mine before theirs wherever they touch."""

    tokens: list[Token]
    touched: bool
    both: list[Token]


def join(base: Tokens, mine: Tokens, theirs: Tokens) -> Joined:
    """Both changes to `base` in one.

    Two changes touch where no word stands between them that both left alone: that is what an editor would call the
    same place. The order of the two sides makes no difference to `tokens` and `touched`. A version that holds all
    of the other's changes already is taken as it stands, so that the same change sent twice counts once.
    """
    base, mine, theirs = list(base), list(mine), list(theirs)
    if mine in (base, theirs):
        return Joined(theirs, False, theirs)
    if theirs == base:
        return Joined(mine, False, mine)
    joined = _joined(base, mine, theirs)
    in_theirs, in_mine = _holds(base, mine, theirs), _holds(base, theirs, mine)
    if in_theirs != in_mine:
        larger = theirs if in_theirs else mine
        return Joined(larger, False, larger)
    return joined


def _joined(base: Tokens, mine: Tokens, theirs: Tokens) -> Joined:
    tokens: list[Token] = []
    both: list[Token] = []
    touched = False
    for of_base, of_mine, of_theirs in _stretches(base, mine, theirs):
        stretch = _settled(of_base, of_mine, of_theirs)
        touched = touched or stretch is None
        tokens += of_theirs if stretch is None else stretch
        both += _one_after_the_other(of_mine, of_theirs) if stretch is None else stretch
    return Joined(tokens, touched, both)


def _holds(base: Tokens, part: Tokens, whole: Tokens) -> bool:
    """Whether `whole` is what comes of taking the change from `base` to `part` into something."""
    if _is_row_in(base, part) and _is_row_in(part, whole):
        return True
    if Counter(words_of(part)) - Counter(words_of(base)) - Counter(words_of(whole)):
        return False  # a word the change brought in is nowhere in it
    without = _joined(part, base, whole)
    if without.touched:
        return False
    again = _joined(base, part, without.tokens)
    return not again.touched and again.tokens == list(whole)


def _is_row_in(part: Tokens, whole: Tokens) -> bool:
    """Whether all of `part` stands in `whole` in its order, whatever stands between."""
    rest = iter(whole)
    return all(token in rest for token in part)


def _stretches(base: Tokens, mine: Tokens, theirs: Tokens) -> Iterator[tuple[Tokens, Tokens, Tokens]]:
    """The three versions cut at the words both sides left standing; those words come as stretches of their own."""
    in_mine, in_theirs = _standing(base, mine), _standing(base, theirs)
    at = at_mine = at_theirs = 0
    for place in sorted(in_mine.keys() & in_theirs.keys()):
        yield base[at:place], mine[at_mine : in_mine[place]], theirs[at_theirs : in_theirs[place]]
        at, at_mine, at_theirs = place + 1, in_mine[place] + 1, in_theirs[place] + 1
        yield base[place:at], mine[at_mine - 1 : at_mine], theirs[at_theirs - 1 : at_theirs]
    yield base[at:], mine[at_mine:], theirs[at_theirs:]


def _standing(base: Tokens, side: Tokens) -> dict[int, int]:
    """Which words of `base` stand in `side` too, and where."""
    places = [place for place, token in enumerate(base) if token.kind == WORD]
    side_places = [place for place, token in enumerate(side) if token.kind == WORD]
    return {places[one]: side_places[other] for one, other in matches(words_of(base), words_of(side))}


def _settled(base: Tokens, mine: Tokens, theirs: Tokens) -> list[Token] | None:
    """One stretch with both changes, or None where they touch."""
    if mine in (base, theirs):
        return list(theirs)
    if theirs == base:
        return list(mine)
    if _same_words(base, mine) and _same_words(base, theirs):
        return _with_both_marks(base, mine, theirs)
    if _same_words(base, mine):
        return _marked_alike(base, mine, theirs)
    if _same_words(base, theirs):
        return _marked_alike(base, theirs, mine)
    # One typed on where the other's words end or begin, or has them already and typed on.
    for less, more in ((mine, theirs), (theirs, mine)):
        if words_of(less) and len(less) < len(more) and less in (more[: len(less)], more[-len(less) :]):
            return list(more)
    return None


def _same_words(one: Tokens, other: Tokens) -> bool:
    return [(token.kind, token.text) for token in one] == [(token.kind, token.text) for token in other]


def _with_both_marks(base: Tokens, mine: Tokens, theirs: Tokens) -> list[Token] | None:
    """The same words with the marks both sides gave and took, letter by letter; None for two different links."""
    tokens = []
    for token, of_mine, of_theirs in zip(base, mine, theirs, strict=True):
        letters = []
        for before, one, other in zip(*map(marks_by_letter, (token, of_mine, of_theirs)), strict=True):
            marks = {}
            for name in before.keys() | one.keys() | other.keys():
                was, here, there = before.get(name), one.get(name), other.get(name)
                if here != was and there not in (was, here):
                    return None
                chosen = there if here == was else here
                if chosen is not None:
                    marks[name] = chosen
            letters.append(marks)
        tokens.append(marked(token, letters) if letters else token)
    return tokens


def _marked_alike(base: Tokens, restyled: Tokens, rewritten: Tokens) -> list[Token] | None:
    """`rewritten` with the marks that `restyled` laid on the whole stretch; None where it marked only some of it."""
    changes = {
        (frozenset(after.items() - before.items()), frozenset(before.keys() - after.keys()))
        for token, other in zip(base, restyled, strict=True)
        for before, after in zip(marks_by_letter(token), marks_by_letter(other), strict=True)
    }
    if len(changes) != 1:
        return None
    [(given, taken)] = changes
    tokens = []
    for token in rewritten:
        letters = marks_by_letter(token)
        if any(marks.get(name, value) != value for marks in letters for name, value in given):
            return None
        kept = [{name: value for name, value in marks.items() if name not in taken} | dict(given) for marks in letters]
        tokens.append(marked(token, kept) if kept else token)
    return tokens


def _one_after_the_other(mine: Tokens, theirs: Tokens) -> list[Token]:
    """Both, mine first; what begins or ends alike stands once."""
    start = end = 0
    shorter = min(len(mine), len(theirs))
    while start < shorter and mine[start] == theirs[start]:
        start += 1
    while end < shorter - start and mine[len(mine) - 1 - end] == theirs[len(theirs) - 1 - end]:
        end += 1
    first, second = list(mine[start : len(mine) - end]), list(theirs[start : len(theirs) - end])
    space = [Token("gap", " ", ((" ", ()),))]
    parted = first and second and WORD == first[-1].kind == second[0].kind
    return [*mine[:start], *first, *(space if parted else ()), *second, *mine[len(mine) - end :]]
