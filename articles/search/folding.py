"""Folding: words made alike that a person takes for the same, at index and at query, in Arabic and Latin letters.

A folded word has lost case, accents and harakat; its stem has lost an English plural, the Arabic article and what is
written onto a noun behind it. Both databases are given stems, so that what is found depends on neither.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

# What NFKD leaves apart: alef wasla, alef maksura, teh marbuta, the hamza by itself, Persian letters, the tatweel.
_LETTERS = str.maketrans(
    {"ٱ": "ا", "ى": "ي", "ة": "ه", "ء": "", "ک": "ك", "ی": "ي", "ہ": "ه", "ـ": ""}
    # Latin letters with a stroke, and two written as one.
    | {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
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
        folded = fold(found[1])
        if folded:
            yield found.start(), found.end(), folded


def unfolded(text: str) -> list[str]:
    """The words of `text` as they are written, as `written` finds them: some fold to nothing."""
    return [core for core, _own in _WRITTEN.findall(text)]


def in_order(text: str) -> list[str]:
    """The folded words of `text`, as `written` finds them."""
    return [word for core in unfolded(text) for word in fold(core)]


@lru_cache(maxsize=100_000)
def fold(word: str) -> tuple[str, ...]:
    """What a word as it is written is folded: one word; hardly ever more, or none."""
    return tuple(words(word))


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """What a folded word shares with its plural, and with itself behind an article: “ferri” for ferry and ferries."""
    if is_arabic(word):
        return _without_ending(_spelled(without_article(word)))
    return _singular(word)


@lru_cache(maxsize=100_000)
def stems(word: str) -> tuple[str, ...]:
    """The stem of a folded word, then any other that it may stand for: “ومدينة” is “and a city”, “وزير” a minister."""
    first = stem(word)
    if word in _ALSO:
        return first, stem(_ALSO[word])
    if word.startswith("و") and len(word) >= 4 and without_article(word) == word:
        return first, stem(word[1:])
    return (first,)


@lru_cache(maxsize=100_000)
def stemmed(word: str) -> tuple[str, ...]:
    """All stems of a word as it is written."""
    return tuple(one for folded in fold(word) for one in stems(folded))


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


def after_article(word: str) -> str:
    """What is typed so far behind an article, however little; "" where there is none, or nothing behind it yet."""
    if word == "الله":
        return ""
    for article in reversed(_ARTICLES):
        if word.startswith(article):
            return word[len(article) :]
    return ""


def _without_ending(word: str) -> str:
    for ending, left in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= left:
            return word[: -len(ending)]
    return word


# Spelled in two ways, more than a letter's form apart: مسئول and مسؤول, شئون and شؤون, هيأة and هيئة, سورية and سوريا.
_SPELLINGS = (("مسيول", "مسوول"), ("شيون", "شوون"), ("هياه", "هييه"), ("اميرك", "امريك"), ("سوريا", "سوري"))


def _spelled(word: str) -> str:
    for one, other in _SPELLINGS:
        if word.startswith(one):
            return other + word[len(one) :]
    return word


# -- English -----------------------------------------------------------------------------------------------------------

_IRREGULAR = dict(
    pair.split()
    for pair in """
    men man;women woman;children child;people person;feet foot;teeth tooth;geese goose;mice mouse;lice louse;oxen ox
    lives life;wives wife;knives knife;thieves thief;wolves wolf;halves half;shelves shelf;loaves loaf;calves calf
    scarves scarf;hooves hoof;selves self;elves elf;crises crisis;analyses analysis;theses thesis;hypotheses hypothesis
    diagnoses diagnosis;oases oasis;emphases emphasis;quizzes quiz;menus menu;gurus guru;criteria criterion
    phenomena phenomenon;alumni alumnus;stimuli stimulus;nuclei nucleus;fungi fungus;cacti cactus;syllabi syllabus
    appendices appendix;matrices matrix;vertices vertex;indices index
    """.strip()
    .replace("\n", ";")
    .split(";")
)
_ALSO = {"leaves": "leaf", "bases": "basis", "axes": "axis"}  # plurals of two words
_WHOLE = ("news", "always", "lens")  # end in s, and are no plurals
_KEPT = ("ss", "us")  # press, bus: neither are these. What ends in “is” loses its s: crisis, and with it Iraqis


def _singular(word: str) -> str:
    word = _IRREGULAR.get(word, word)
    is_kept = word in _WHOLE or (word.endswith(_KEPT) and not word.endswith("eaus"))
    if len(word) > 3 and word.endswith("s") and not is_kept:
        if word.endswith(("oes", "sses")) and len(word) > 5:
            return word[:-2]
        word = word[:-1]
    return word if word in _WHOLE else _end(word)


def _end(word: str) -> str:
    """What is left where a plural changes the end: ferr(i)es of ferry, box(e)s of box, hous(e)s of house."""
    if len(word) > 2 and word.endswith("y") and word[-2] not in "aeiou":
        return f"{word[:-1]}i"
    if len(word) > 3:
        if word.endswith(("ie", "sse")):
            return word[:-1]
        if word.endswith(("se", "xe", "ze", "che", "she")):
            return word[:-1]
    return word
