"""The vocabulary: what is known of a question's words before any edition is asked for them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection

from .documents import EVERY
from .folding import stems, without_article
from .question import Asked

COMPLETED = 40  # stems that the beginning of a word may stand for: the most common ones
NAMES = 200  # words of names
_LAST = "\U0010ffff"


@dataclass(slots=True)
class Vocabulary:
    """`many` editions there are; `shares` says of each lexeme in what part of them it stands. `completions` are the
    stems that the last word may become. `names` are rows (word, stem, mark, name)."""

    many: int = 0
    shares: dict[str, float] = field(default_factory=dict)
    completions: list[str] = field(default_factory=list)
    names: list[tuple[str, str, str, str]] = field(default_factory=list)


def look_up(asked: Iterable[Asked], marks: Iterable[str]) -> Vocabulary:
    """What is known of the words of `asked`, and how many editions bear `marks`. One query."""
    asked = list(asked)
    wanted = sorted({one for term in asked for word in term.folded for one in stems(word)})
    opening = next((term.folded[0] for term in asked if term.is_open), "")
    known = f"stem IN ({_places([EVERY, *marks, *wanted])})"
    named = f"stem IN ({_places(wanted)})"
    given_known, given_named, begins, given_begins = [EVERY, *marks, *wanted], [*wanted], "", []
    if opening:
        bare = without_article(opening)
        begins = "(word >= %s AND word < %s OR stem >= %s AND stem < %s)"
        given_begins = [opening, opening + _LAST, bare, bare + _LAST]
        named, given_named = f"({named} OR {begins})", [*wanted, *given_begins]
    numbers = "documents, leads, headlines"
    sql = f"SELECT 'word', word, stem, '', '', {numbers} FROM articles_searchword WHERE {known}"
    few = f"SELECT word, stem, mark, told FROM articles_searchname WHERE {named} ORDER BY mark, word LIMIT {NAMES}"
    sql += f" UNION ALL SELECT 'name', word, stem, mark, told, 0, 0, 0 FROM ({few}) AS names"
    given = [*given_known, *given_named]
    if opening:
        few = f"SELECT word, stem, {numbers} FROM articles_searchword WHERE {begins} AND documents > 0"
        few += f" ORDER BY documents DESC, word LIMIT {2 * COMPLETED}"
        sql += f" UNION ALL SELECT 'completion', word, stem, '', '', {numbers} FROM ({few}) AS completions"
        given += given_begins
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return _read(cursor.fetchall())


def _places(values: Iterable[str]) -> str:
    return ", ".join("%s" for _value in values)


def _read(rows: list[tuple]) -> Vocabulary:
    found = Vocabulary()
    numbers: dict[str, dict[tuple, list[int]]] = {}
    completed: dict[str, int] = {}
    for kind, word, its_stem, mark, told, *counts in rows:
        if kind == "name":
            found.names.append((word, its_stem, mark, told))
            continue
        if kind == "completion":
            completed[its_stem] = max(completed.get(its_stem, 0), counts[0])
        # The rows of two runs add up; a completion may be among the words already.
        numbers.setdefault(its_stem, {}).setdefault((kind, word), []).append(counts)
    found.names.sort()
    found.completions = [one for one, _count in sorted(completed.items(), key=lambda item: (-item[1], item[0]))]
    del found.completions[COMPLETED:]
    for its_stem, words in numbers.items():
        kind = "word" if any(kind == "word" for kind, _word in words) else "completion"
        rows_of = [counts for (one, _word), several in words.items() if one == kind for counts in several]
        for sign, total in zip(("", "l=", "h="), map(sum, zip(*rows_of, strict=True)), strict=True):
            found.shares[f"{sign}{its_stem}"] = max(0, total)
    found.many = int(found.shares.get(EVERY, 0))
    found.shares = {one: min(1.0, total / max(1, found.many)) for one, total in found.shares.items()}
    return found


def is_unknown(word: str, vocabulary: Vocabulary) -> bool:
    """Whether no edition and no name holds a folded word in any of its forms."""
    its_stems = stems(word)
    return not any(vocabulary.shares.get(one) for one in its_stems) and not any(
        name[1] in its_stems for name in vocabulary.names
    )
