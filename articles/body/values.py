"""What two people made of one value of a story (a headline, sub-heads, a caption), put into one."""

import json
from dataclasses import dataclass

from .links import is_uuid
from .threeway import join
from .tokens import of_text, text_of
from .words import matches


@dataclass(frozen=True)
class Outcome:
    """What came of one thing; where the changes `touched`, `value` is theirs."""

    value: object
    touched: bool = False
    both: object = None


def merge_value(base: object, mine: object, theirs: object) -> Outcome:
    """A text word by word, a list of texts item by item, anything else (a uuid too) whole."""
    if same(mine, base) or same(mine, theirs):
        return Outcome(theirs)
    if same(theirs, base):
        return Outcome(mine)
    three = (base, mine, theirs)
    if all(isinstance(one, str) for one in three) and not any(map(is_uuid, three)):
        return merge_text(base, mine, theirs)
    if all(isinstance(one, list) and all(isinstance(item, str) for item in one) for one in three):
        return _merge_items(base, mine, theirs)
    return Outcome(theirs, touched=True)


def merge_text(base: str, mine: str, theirs: str) -> Outcome:
    """A plain text, word by word."""
    joined = join(of_text(base), of_text(mine), of_text(theirs))
    both = text_of(joined.both)
    return Outcome(theirs, True, both) if joined.touched else Outcome(text_of(joined.tokens))


def merge_whole(base: object, mine: object, theirs: object) -> Outcome:
    """One value of which no half can be taken: an address, a crop."""
    if same(mine, base) or same(mine, theirs):
        return Outcome(theirs)
    return Outcome(mine) if same(theirs, base) else Outcome(theirs, touched=True)


def same(one: object, other: object) -> bool:
    """Equal as JSON: in Python, True is 1."""
    return one == other and json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def _merge_items(base: list[str], mine: list[str], theirs: list[str]) -> Outcome:
    """Texts in order, as sub-heads: those both left alone part the list, and what stands between is merged."""
    in_mine, in_theirs = dict(matches(base, mine)), dict(matches(base, theirs))
    merged, both, touched = [], [], False
    at = at_mine = at_theirs = 0
    for place in [*sorted(in_mine.keys() & in_theirs.keys()), None]:
        ends = (len(base), len(mine), len(theirs)) if place is None else (place, in_mine[place], in_theirs[place])
        three = base[at : ends[0]], mine[at_mine : ends[1]], theirs[at_theirs : ends[2]]
        outcome = _stretch(*three)
        touched = touched or outcome.touched
        merged += outcome.value
        both += outcome.value if outcome.both is None else outcome.both
        if place is not None:
            merged.append(base[place])
            both.append(base[place])
            at, at_mine, at_theirs = (end + 1 for end in ends)
    return Outcome(theirs, True, both) if touched else Outcome(merged)


def _stretch(base: list[str], mine: list[str], theirs: list[str]) -> Outcome:
    if mine in (base, theirs):
        return Outcome(theirs)
    if theirs == base:
        return Outcome(mine)
    if not base:  # both brought something in here
        return Outcome(theirs + _without(mine, theirs))
    if len(base) == len(mine) == len(theirs):
        outcomes = [merge_value(*three) for three in zip(base, mine, theirs, strict=True)]
        both = [outcome.value if outcome.both is None else outcome.both for outcome in outcomes]
        touched = any(outcome.touched for outcome in outcomes)
        return Outcome([outcome.value for outcome in outcomes], touched, both if touched else None)
    return Outcome(theirs, True, mine + _without(theirs, mine))


def _without(items: list[str], others: list[str]) -> list[str]:
    others = list(others)
    left = []
    for item in items:
        if item in others:
            others.remove(item)
        else:
            left.append(item)
    return left
