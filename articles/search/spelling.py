"""Spelling: the word that was meant, where one finds nothing.

Two words that differ in a letter or two, but not in their first two and in their last two letters at once, share one
of these pairs; so those that come into question are a few steps into an index. Letters that changed places are tried.
"""

from django.db import connection

SHORTEST = 3  # letters; below this every word is nearly every other
LONG = 6  # letters from which a word may differ in two
MOST = 300  # words of one length that are looked at from either end
GIVEN = 3  # that may be given


def parts_of(word: str) -> dict[str, int | str]:
    """The columns by which a word is found that is nearly `word`."""
    return {"length": len(word), "head": word[:2], "tail": word[-2:]}


def near(word: str) -> list[tuple[str, str]]:
    """Words of editions and of names that differ a little from `word`: folded and as they are written, nearest and most
    common first."""
    if len(word) < SHORTEST or word.isdecimal():
        return []
    far = 2 if len(word) >= LONG else 1
    letters = sorted(word)
    best: dict[str, tuple[int, int, str]] = {}
    for other, shown, documents in _alike(word, far):
        if other != word and _differing(letters, sorted(other)) <= 2 * far:
            steps = distance(word, other, far)
            if steps <= far:
                best[other] = min(best.get(other, (steps, 0, shown)), (steps, -documents, shown))
    found = sorted(best.items(), key=lambda one: (*one[1][:2], one[0]))
    return [(other, shown) for other, (_steps, _documents, shown) in found[:GIVEN]]


def _alike(word: str, far: int) -> list[tuple[str, str, int]]:
    """Words that may be nearly `word`, as they are written, and in how many editions each stands. One query."""
    parts = parts_of(word)
    swapped = [word[:place] + word[place + 1] + word[place] + word[place + 2 :] for place in range(len(word) - 1)]
    one = "SELECT * FROM (SELECT word, shown, {} FROM {} WHERE {} ORDER BY 3 DESC, 1 LIMIT %s) AS few"
    asked, given = [], []
    for end in ("head", "tail"):
        for length in range(len(word) - far, len(word) + far + 1):
            where = f"{end} = %s AND length = %s AND documents > 0"
            asked.append(one.format("documents", "articles_searchword", where))
            given += [parts[end], length, MOST]
        where = f"{end} = %s AND length BETWEEN %s AND %s"
        asked.append(one.format("0 AS documents", "articles_searchname", where))
        given += [parts[end], len(word) - far, len(word) + far, MOST]
    for table, documents in (("articles_searchword", "documents"), ("articles_searchname", "0 AS documents")):
        where = f"word IN ({', '.join(['%s'] * len(swapped))})"
        asked.append(one.format(documents, table, where))
        given += [*swapped, MOST]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked), given)
        return cursor.fetchall()


def _differing(one: list[str], other: list[str]) -> int:
    """How many letters of two sorted words are not in both."""
    left = list(other)
    missing = 0
    for letter in one:
        if letter in left:
            left.remove(letter)
        else:
            missing += 1
    return missing + len(left)


def distance(one: str, other: str, most: int) -> int:
    """How many letters must be put in, taken out, replaced or changed with their neighbour to make `other` of `one`;
    any number over `most` where it is more than that."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        following = [place]
        for column, wanted in enumerate(other, 1):
            steps = min(row[column] + 1, following[-1] + 1, row[column - 1] + (letter != wanted))
            if place > 1 < column and letter == other[column - 2] and one[place - 2] == wanted:
                steps = min(steps, before[column - 2] + 1)
            following.append(steps)
        if min(following) > most and min(row) >= most:
            return most + 1
        before, row = row, following
    return row[-1]
