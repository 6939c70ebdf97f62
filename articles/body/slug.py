"""The word of a story's address: readable in Latin and in Arabic, and short enough for every file system."""

import re
import unicodedata

MOST_CHARACTERS = 80
MOST_BYTES = 200  # a file name ends at 255 bytes, and 141 Arabic letters already pass that

_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h", "ŧ": "t"}
)
# Arabic vowel signs, Quranic marks and the tatweel: a reader types the address without them.
_UNWRITTEN = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08d3-\u08ff]")
_JOINING = re.compile("['’‘ʼ`´\u200b-\u200f\u061c\u2060-\u2069\u202a-\u202e\ufeff\u00ad]")


def slug(text: str, fallback: str = "story") -> str:
    """`text` as the last part of an address: small letters, Latin accents folded, Arabic kept, words joined by "-".

    At most 80 characters and 200 bytes of UTF-8, cut after a whole word where there is one. Where nothing is left
    (an empty headline, "!!"), `fallback` stands, made a slug the same way.
    """
    return _within(_words(text), MOST_CHARACTERS, MOST_BYTES) or (slug(fallback, "") if fallback else "") or "story"


def with_suffix(slug: str, number: int) -> str:
    """`slug` with "-number" behind it, for a second story of that name; the limits still hold."""
    suffix = f"-{number}"
    return _within(slug, MOST_CHARACTERS - len(suffix), MOST_BYTES - len(suffix)) + suffix


def _words(text: str) -> str:
    # NFKC, which is NFC too, also opens the Arabic presentation forms that old desk systems export.
    text = unicodedata.normalize("NFKC", text)
    text = _JOINING.sub("", unicodedata.normalize("NFKC", text.lower()))
    text = _UNWRITTEN.sub("", text)
    text = "".join(_folded(character) for character in text).translate(_LETTERS)
    text = "".join(character if _belongs(character) else "-" for character in text)
    return unicodedata.normalize("NFC", re.sub("-+", "-", text).strip("-"))


def _folded(character: str) -> str:
    if character.isascii() or not (character <= "\u024f" or "\u1e00" <= character <= "\u1eff"):
        # A combining accent that found no letter to melt into is let go; other scripts' vowel signs stay.
        return "" if "\u0300" <= character <= "\u036f" else character
    return "".join(part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part))


def _belongs(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character) in ("Mn", "Mc")


def _within(text: str, characters: int, size: int) -> str:
    """`text` cut to so many characters and bytes, after the last whole word if the cut leaves one."""
    cut = text[:characters].encode("utf-8", "ignore")[:size].decode("utf-8", "ignore")
    if len(cut) == len(text):
        return cut
    if text[len(cut)] != "-" and "-" in cut:
        cut = cut[: cut.rindex("-")]
    return cut.rstrip("-")
