"""Folding: words made alike that a person takes for the same, at index and at query, in Arabic and Latin letters."""

import re
import unicodedata

# What NFKD leaves apart: alef wasla, alef maksura, teh marbuta, the hamza by itself, Persian letters, the tatweel.
_LETTERS = str.maketrans({"ٱ": "ا", "ى": "ي", "ة": "ه", "ء": "", "ک": "ك", "ی": "ي", "ہ": "ه", "ـ": "", "ı": "i"})
_WORD = re.compile(r"[^\W_]+")
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
