"""The vocabulary: what is known of a question's words before any edition is asked for them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection

from .documents import EVERY
from .folding import after_article, stems, without_article
from .question import Asked

COMPLETED = 40  # stems that the beginning of a word may stand for: the most common ones
OTHERS = 200  # stems that do not begin as their words do: “childr” of children, whose stem is child
NAMES = 200  # words of names
_LAST = "\U0010ffff"


@dataclass(slots=True)
class Vocabulary:
    """`many` editions there are; `shares` says of each lexeme in what part of them it stands. `completions` are the
    stems that the last word may become. Where there are more than COMPLETED (`is_cut`), all of them are those that
    begin with one of `beginnings`, and `others`; `begun` is how often they stand in editions, and `is_whole` whether
    no other was left out. `names` are rows (word, stem, mark, name)."""

    many: int = 0
    shares: dict[str, float] = field(default_factory=dict)
    completions: list[str] = field(default_factory=list)
    is_cut: bool = False
    beginnings: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    begun: int = 0
    is_whole: bool = True
    names: list[tuple[str, str, str, str]] = field(default_factory=list)


def look_up(asked: Iterable[Asked], marks: Iterable[str]) -> Vocabulary:
    """What is known of the words of `asked`, and how many editions bear `marks`. One query; one more where more words
    begin as the last one than it is completed to."""
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
        found = _read(cursor.fetchall())
    if found.is_cut:
        _look_further(found, opening)
    return found


def _look_further(found: Vocabulary, opening: str) -> None:
    """Have `found` say what all words are that begin with `opening`, in a few expressions. One query."""
    # So many words begin with an article only where it is one, so as little as one letter behind it counts here.
    begins = dict.fromkeys((opening, without_article(opening), after_article(opening) or opening))
    found.beginnings = [one for one in begins if not any(other != one and one.startswith(other) for other in begins)]
    sums = "COALESCE(SUM(documents), 0), COALESCE(SUM(leads), 0), COALESCE(SUM(headlines), 0)"
    asked, given = [], []
    for one in found.beginnings:
        asked.append(f"SELECT 'begun', %s, {sums} FROM articles_searchword WHERE stem >= %s AND stem < %s")
        given += [one, one, one + _LAST]
    elsewhere = " AND ".join(["NOT (stem >= %s AND stem < %s)"] * len(found.beginnings))
    few = "SELECT stem, SUM(documents) AS documents FROM articles_searchword WHERE word >= %s AND word < %s"
    few += f" AND {elsewhere} AND documents > 0 GROUP BY stem ORDER BY 2 DESC, 1 LIMIT {OTHERS + 1}"
    asked.append(f"SELECT 'other', stem, documents, 0, 0 FROM ({few}) AS others")
    given += [opening, opening + _LAST]
    given += [letter for one in found.beginnings for letter in (one, one + _LAST)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked), given)
        rows = cursor.fetchall()
    others = []
    for kind, told, *counts in rows:
        found.begun += int(counts[0])
        if kind == "other":
            others.append((-int(counts[0]), told))
            found.shares.setdefault(told, min(1.0, int(counts[0]) / max(1, found.many)))
            continue
        for sign, count in zip(("", "l=", "h="), counts, strict=True):
            found.shares[f"{sign}{told}*"] = min(1.0, int(count) / max(1, found.many))
    found.others = [told for _count, told in sorted(others)[:OTHERS]]
    found.is_whole = len(others) <= OTHERS


def _places(values: Iterable[str]) -> str:
    return ", ".join("%s" for _value in values)


def _read(rows: list[tuple]) -> Vocabulary:
    found = Vocabulary()
    numbers: dict[str, dict[tuple, list[int]]] = {}
    completed: dict[str, int] = {}
    lines = 0
    for kind, word, its_stem, mark, told, *counts in rows:
        if kind == "name":
            found.names.append((word, its_stem, mark, told))
            continue
        if kind == "completion":
            lines += 1
            completed[its_stem] = max(completed.get(its_stem, 0), counts[0])
        # The rows of two runs add up; a completion may be among the words already.
        numbers.setdefault(its_stem, {}).setdefault((kind, word), []).append(counts)
    found.names.sort()
    found.completions = [one for one, _count in sorted(completed.items(), key=lambda item: (-item[1], item[0]))]
    found.is_cut = lines == 2 * COMPLETED or len(found.completions) > COMPLETED
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
