"""Folding: words made alike that a person takes for the same, at index and at query, in Arabic and Latin letters.

A folded word has lost case, accents and harakat; its stem has lost an English plural, the Arabic article and what is
written onto a noun behind it. Both databases are given stems, so that what is found depends on neither.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

# What NFKD leaves apart: alef wasla, alef maksura, teh marbuta, the hamza by itself, Persian letters, the tatweel.
_LETTERS = str.maketrans({"ٱ": "ا", "ى": "ي", "ة": "ه", "ء": "", "ک": "ك", "ی": "ي", "ہ": "ه", "ـ": "", "ı": "i"})
_WORD = re.compile(r"[^\W_]+")
# Signs written over, under and between letters, and the invisible ones: no word ends at them.
_SIGNS = (
    "\u00ad\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08d3-\u08ff"
    "\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufe20-\ufe2f\ufeff"
)
# A word as it is written. What stands behind an apostrophe's "s" is the same word.
_WRITTEN = re.compile(rf"([^\W_]+(?:[{_SIGNS}]+[^\W_]*)*)((?:['’][sS](?![^\W_]))?)")
LONGEST = 80  # letters of a word that are kept


def words(text: str) -> list[str]:
    """The words of `text`, folded: no case, accents, harakat or tatweel; one alef, one yeh, one heh; Latin digits."""
    plain = unicodedata.normalize("NFKD", text)
    letters = "".join(letter for letter in plain if not unicodedata.category(letter).startswith(("M", "Cf")))
    folded = "".join(map(_digit, letters.casefold().translate(_LETTERS)))
    return [word[:LONGEST] for word in _WORD.findall(folded)]


def _digit(letter: str) -> str:
    return str(unicodedata.decimal(letter)) if letter.isdecimal() else letter


def is_arabic(word: str) -> bool:
    """Whether a folded word is in Arabic letters: its article and prepositions are written onto it."""
    return any("\u0600" <= letter <= "\u06ff" for letter in word)


def written(text: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """The words of `text` where they stand: beginning, end, and what they are folded (one word; hardly ever more)."""
    for found in _WRITTEN.finditer(text):
        folded = _folded(found[1])
        if folded:
            yield found.start(), found.end(), folded


def in_order(text: str) -> list[str]:
    """The folded words of `text`, as `written` finds them."""
    return [word for core, _own in _WRITTEN.findall(text) for word in _folded(core)]


@lru_cache(maxsize=100_000)
def _folded(word: str) -> tuple[str, ...]:
    return tuple(words(word))


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """What a folded word shares with its plural, and with itself behind an article: “ferri” for ferry and ferries."""
    if is_arabic(word):
        return _without_ending(without_article(word))
    return _singular(word)


@lru_cache(maxsize=100_000)
def stems(word: str) -> tuple[str, ...]:
    """The stem of a folded word, then any other that it may stand for: “ومدينة” is “and a city”, “وزير” a minister."""
    first = stem(word)
    if word.startswith("و") and len(word) >= 4 and without_article(word) == word:
        return first, stem(word[1:])
    return (first,)


# -- Arabic ------------------------------------------------------------------------------------------------------------

# The article, with what may be written before it; “لل” is “for the”.
_ARTICLES = tuple(
    sorted((f"{before}{one}" for before in ("", "و", "ف") for one in ("ال", "بال", "كال", "لل")), key=len)
)
_ENDINGS = (("ات", 3), ("ون", 4), ("ين", 4), ("ه", 3))  # of plurals and of the feminine, and how much must be left
_LEFT = 3  # letters of a word without its article; “الله” stays whole


@lru_cache(maxsize=100_000)
def without_article(word: str) -> str:
    """A folded Arabic word without the article and what is written before it: “مدينه” of “والمدينه”."""
    if word == "الله":
        return word
    for article in reversed(_ARTICLES):
        if word.startswith(article) and len(word) - len(article) >= _LEFT:
            return word[len(article) :]
    return word


def _without_ending(word: str) -> str:
    for ending, left in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= left:
            return word[: -len(ending)]
    return word


# -- English -----------------------------------------------------------------------------------------------------------

_IRREGULAR = {
    "men": "man",
    "women": "woman",
    "children": "child",
    "feet": "foot",
    "teeth": "tooth",
    "lives": "life",
    "wives": "wife",
    "knives": "knife",
    "thieves": "thief",
    "wolves": "wolf",
    "halves": "half",
    "shelves": "shelf",
    "loaves": "loaf",
    "calves": "calf",
    "crises": "crisis",
    "analyses": "analysis",
    "news": "news",
    "always": "always",
}
_KEPT = ("ss", "us", "is")  # gas, bus, crisis, press: no plurals


def _singular(word: str) -> str:
    if word in _IRREGULAR:
        word = _IRREGULAR[word]
        return word if word in ("news", "always") else _end(word)
    if len(word) > 3 and word.endswith("s") and not word.endswith(_KEPT):
        if word.endswith(("oes", "sses")) and len(word) > 5:
            return word[:-2]
        word = word[:-1]
    return _end(word)


def _end(word: str) -> str:
    """What is left where a plural changes the end: ferr(i)es of ferry, box(e)s of box, hous(e)s of house."""
    if len(word) > 3:
        if word.endswith(("ie", "sse")):
            return word[:-1]
        if word.endswith("y") and word[-2] not in "aeiou":
            return f"{word[:-1]}i"
        if word.endswith(("se", "xe", "ze", "che", "she")):
            return word[:-1]
    return word
