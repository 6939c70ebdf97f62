"""What a text mentions: dates, names, numbers of things, in English and in Arabic; found by form, not by knowledge."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_DIGITS = {ord(digit): str(unicodedata.digit(digit)) for digit in "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"} | {0x066C: ",", 0x066B: "."}
_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u0640\u200e\u200f\u061c]")
_LETTERS = str.maketrans("أإآٱىةؤئ", "اااايهوي")

ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
# As in Damascus, then as in Cairo; folded.
ARABIC_MONTHS = (
    ("كانون الثاني", "يناير"), ("شباط", "فبراير"), ("اذار", "مارس"), ("نيسان", "ابريل"), ("ايار", "مايو"),
    ("حزيران", "يونيو", "يونيه"), ("تموز", "يوليو", "يوليه"), ("اب", "اغسطس"), ("ايلول", "سبتمبر"),
    ("تشرين الاول", "اكتوبر"), ("تشرين الثاني", "نوفمبر"), ("كانون الاول", "ديسمبر"),
)  # fmt: skip
_MONTHS = {name[:length]: number for number, name in enumerate(ENGLISH_MONTHS, 1) for length in (3, len(name))}
_MONTHS |= {"Sept": 9} | {name: number for number, names in enumerate(ARABIC_MONTHS, 1) for name in names}
_ENGLISH = "|".join(sorted((name for name in _MONTHS if name.isascii()), key=len, reverse=True))
_ARABIC = "|".join(sorted((name for name in _MONTHS if not name.isascii()), key=len, reverse=True))
_YEAR, _DAY = r"(?P<year>(?:19|20)\d\d)", r"(?P<day>[0-3]?\d)"
_ALSO = rf"(?:[ /(]+(?:{_ARABIC})\)?)?"  # تموز/يوليو
_DATES = [
    re.compile(pattern)
    for pattern in (
        rf"\b{_YEAR}-(?P<number>[01]\d)-{_DAY}\b",
        rf"\b{_DAY}[/.](?P<number>[01]?\d)[/.]{_YEAR}\b",
        rf"\b{_DAY}(?:st|nd|rd|th)?(?: of)? (?P<month>{_ENGLISH})\b\.?(?:,? {_YEAR}\b)?",
        rf"\b(?P<month>{_ENGLISH})\b\.? {_DAY}(?:st|nd|rd|th)?\b(?!\d)(?:,? {_YEAR}\b)?",
        rf"\b(?P<month>{_ENGLISH})\b\.? {_YEAR}\b",
        rf"\b{_DAY}(?: من)? (?:شهر )?(?P<month>{_ARABIC})\b{_ALSO}(?:[,،]? (?:من )?(?:عام |سنه )?{_YEAR}\b)?",
        rf"\b(?P<month>{_ARABIC})\b{_ALSO}[,،]? (?:من )?(?:عام |سنه )?{_YEAR}\b",
    )
]

_WORD = r"[^\W\d_](?:[^\W_]|['’-](?=[^\W_]))*"
_RUN = re.compile(rf"{_WORD}(?: {_WORD})*")
_SENTENCE_BEGINS = re.compile(r"(?:^|[.!?:]['”\"’)]*)\s*[“\"‘(]*$")

_UNITS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_NUMBER_WORDS = {word: number for number, word in enumerate([*_UNITS.split(), "nineteen"], 2)}
_NUMBER_WORDS |= {word: 10 * number for number, word in enumerate(_TENS.split(), 2)}
_COUNTED = re.compile(
    rf"(?<![\w./:-])(?P<number>\d{{1,3}}(?:,\d{{3}})+|\d{{1,6}}|{'|'.join(_NUMBER_WORDS)})(?![\d/:.-])"
    rf" (?P<thing>{_WORD})(?: (?P<next>{_WORD}))?", re.I
)  # fmt: skip
# Numbers of these differ in one text for good reasons, or are no numbers of things at all.
_MEASURES = (
    "am pm percent per years year months month weeks week days day hours hour minutes minute kilometres kilometers km "
    "metres meters miles mile degrees and or of to in on at the a from by with year-old years-old million billion "
    "عام عاما سنه سنوات شهر شهرا اشهر يوم يوما ايام ساعه ساعات دقيقه دقايق كيلومتر كيلومترا كيلومترات متر مترا امتار "
    "في من الي علي و او بالميه بالمايه مليون مليونا مليار الف الفا الاف"
)
_NO_THINGS = set(_MEASURES.split())


@dataclass(frozen=True, slots=True)
class Day:
    """A date as far as it is said; None for what is not."""

    year: int | None
    month: int
    day: int | None

    def agrees(self, other: "Day") -> bool:
        """Whether both may mean the same day."""
        pairs = ((self.year, other.year), (self.month, other.month), (self.day, other.day))
        return all(one == another for one, another in pairs if one is not None and another is not None)


def folded(text: str) -> str:
    """Text as it is compared: Arabic without harakat and with one form of alef, ya and ta marbuta; western digits."""
    return _MARKS.sub("", unicodedata.normalize("NFC", text)).translate(_LETTERS).translate(_DIGITS)


def dates(text: str) -> list[Day]:
    """The dates in a text that name at least a month."""
    text, found, taken = folded(text), [], []
    for pattern in _DATES:
        for match in pattern.finditer(text):
            if any(match.start() < end and match.end() > start for start, end in taken):
                continue
            parts = match.groupdict()
            month = int(parts["number"]) if parts.get("number") else _MONTHS[parts["month"]]
            day = int(parts["day"]) if parts.get("day") else None
            if 1 <= month <= 12 and (day is None or 1 <= day <= 31):
                taken.append(match.span())
                found.append(Day(int(parts["year"]) if parts.get("year") else None, month, day))
    return found


def names(text: str) -> list[str]:
    """The words of a text that are written as names in it: with a capital where a sentence does not ask for one.

    A word at the beginning of a sentence counts if the next has a capital too. Arabic has no such words.
    """
    found = []
    for run in _RUN.finditer(text):
        words = run[0].split(" ")
        begins = bool(_SENTENCE_BEGINS.search(text[: run.start()]))
        for place, word in enumerate(words):
            following = words[place + 1] if place + 1 < len(words) else ""
            if word[0].isupper() and (place or not begins or following[:1].isupper()):
                found.append(word)
    return found


def counts(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The numbers of things in a text, as (number, words it may be about: the next one, the one after)."""
    for match in _COUNTED.finditer(folded(text)):
        said = match["number"].lower()
        number = _NUMBER_WORDS.get(said) or int(said.replace(",", ""))
        things = [word.lower() for word in (match["thing"], match["next"]) if word]
        if things[0] in _NO_THINGS or things[0].title() in _MONTHS or things[0] in _MONTHS:
            continue
        yield number, tuple(_singular(thing) for thing in things if thing not in _NO_THINGS)


def figures(text: str) -> set[int]:
    """Every whole number in a text, in digits or as a word up to ninety."""
    text = folded(text).lower()
    said = {int(number.replace(",", "")) for number in re.findall(r"(?<!\d)\d{1,3}(?:,\d{3})+(?!\d)|\d{1,9}", text)}
    return said | {_NUMBER_WORDS[word] for word in re.findall("[a-z]+", text) if word in _NUMBER_WORDS}


def distance(one: str, another: str, most: int) -> int:
    """How many letters differ, are missing, or changed places between two words; `most` + 1 for any more than that."""
    if abs(len(one) - len(another)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(another) + 1))
    for place, letter in enumerate(one, 1):
        earlier, before, row = before, row, [place]
        for other_place, other in enumerate(another, 1):
            cost = min(before[other_place] + 1, row[-1] + 1, before[other_place - 1] + (letter != other))
            if place > 1 and other_place > 1 and letter == another[other_place - 2] and one[place - 2] == other:
                cost = min(cost, earlier[other_place - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def _singular(word: str) -> str:
    """A noun without what its number changes, as far as that is safe to say."""
    if not word.isascii():
        return word.removeprefix("ال").removesuffix("ا")
    if word in ("people", "persons"):
        return "person"
    return re.sub("ies$", "y", word) if word.endswith("ies") else re.sub("(?<!s)s$", "", word)
