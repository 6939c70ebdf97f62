"""Questions: any string a reader may type, read as words and phrases. There is no string that is none."""

import re
from dataclasses import dataclass

from .folding import written

MOST = 12  # words that are looked for; a pasted page is no question
LONGEST = 400  # characters that are read
SHORTEST = 2  # letters that a word is completed from
# Letters that only end words, though folding makes others of them, or none: “الماء” is no beginning of “المال”.
_LAST = ("ء", "ة", "ى")
_QUOTES = re.compile('["“”„‟«»＂]')


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word, and where it stands in the question."""

    folded: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A word, or the words of a phrase. `is_open`: the question ends in this word, so more letters may follow."""

    words: tuple[Word, ...]
    is_phrase: bool = False
    is_open: bool = False

    @property
    def folded(self) -> tuple[str, ...]:
        return tuple(word.folded for word in self.words)


def read(question: str) -> list[Asked]:
    """What `question` asks for, each thing once. A quotation mark that is never closed is none."""
    text = question[:LONGEST]
    pieces = _QUOTES.split(text)
    opened = len(pieces) - 1 if len(pieces) % 2 == 0 else None
    found: dict[tuple, Asked] = {}
    left, start = MOST, 0
    for number, piece in enumerate(pieces):
        is_phrase = number % 2 == 1 and number != opened
        told = [Word(word, start + begin, start + end) for begin, end, words in written(piece) for word in words][:left]
        left -= len(told)
        for words in [tuple(told)] if is_phrase and told else [(word,) for word in told]:
            is_open = (
                not is_phrase
                and words[-1].end == len(text)
                and not text.endswith(_LAST)
                and len(words[0].folded) >= SHORTEST
            )
            one = Asked(words, is_phrase, is_open)
            found[one.folded, is_phrase] = one
        start += len(piece) + 1
    return list(found.values())
