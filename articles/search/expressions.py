"""Expressions: what must stand in an edition, as both databases are asked it.

An expression is a lexeme (a string: a stem, or a mark such as "s=3"), or one of the four below.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import prod


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Any:
    parts: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Beginning:
    """Any word that begins so."""

    letters: str


@dataclass(frozen=True, slots=True)
class But:
    """`part`, where `less` does not hold."""

    part: "Expression"
    less: "Expression"


Expression = str | All | Any | Beginning | But


def all_of(parts: Iterable[Expression]) -> Expression:
    """All of `parts`, each once; the part itself where there is but one."""
    once = tuple(dict.fromkeys(parts))
    return once[0] if len(once) == 1 else All(once)


def any_of(parts: Iterable[Expression]) -> Expression:
    """Any of `parts`, each once; the part itself where there is but one."""
    once = tuple(dict.fromkeys(parts))
    return once[0] if len(once) == 1 else Any(once)


def share(expression: Expression, shares: Mapping[str, float]) -> float:
    """Of how many in one the expression is likely true, where words know nothing of each other. At most so many."""
    match expression:
        case str():
            return shares.get(expression, 0.0)
        case All(parts):
            return prod(share(part, shares) for part in parts)
        case Any(parts):
            return min(1.0, sum(share(part, shares) for part in parts))
        case But(part, _less):
            return share(part, shares)
        case Beginning(letters):
            return shares.get(f"{letters}*", 1.0)
