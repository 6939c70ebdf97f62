"""Advice on a caption: what a caption desk would ask, from the words alone. It never blocks, and rather keeps silent.

A check speaks only where it is nearly sure: a name it cannot know, a plural it cannot match, a date it cannot read are
let pass. What it says is a sentence for the person who writes, with a key for the screen.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale
from django.utils.translation import gettext as _

from articles.body.mentions import ARABIC_MONTHS, ENGLISH_MONTHS, Day, counts, dates, distance, figures, folded, names
from articles.body.words import words

SHORTEST_SENTENCE = 5  # words; less is a label ("Omar Souleyman, 2016"), which has no full stop
SHORTEST_NAME, SHORTEST_LONG_NAME = 5, 8  # letters from which one, and two, may be wrong
SHORTEST_REPEAT = 4  # words

_PEOPLE = re.compile(
    r"\b(people|persons?|residents?|civilians?|wom[ae]n|m[ae]n|child(ren)?|boys?|girls?|bab(y|ies)|famil(y|ies)|crowds?"
    r"|protest[eo]rs?|demonstrators?|police(m[ae]n)?|officers?|soldiers?|fighters?|rebels?|troops|workers?|volunteers?"
    r"|doctors?|nurses?|medics?|rescuers?|firefighters?|refugees?|migrants?|displaced|survivors?|victims?|mourners?"
    r"|students?|pupils?|teachers?|farmers?|fisherm[ae]n|drivers?|shoppers?|vendors?|voters?|fans?|players?|musicians?"
    r"|actors?|artists?|visitors?|passengers?|worshippers?|pilgrims?|prisoners?|detainees?|members?|supporters?|he|she"
    r"|they|president|minister|mayor|king|queen|judge|neighbou?rs?|relatives?|mothers?|fathers?|sons?|daughters?)\b",
    re.I,
)
_ARABIC_PEOPLE = re.compile(
    r"\b[وفبلك]?(?:ال|لل)?(?:رجل|رجال|رجلا|امراه|نساء|سيده|طفل|طفله|اطفال|اطفالا|فتي|فتاه|شاب|شبان|شباب|عايله|عايلات|اسره"
    r"|اسر|سكان|شخص\w*|اشخاص|اهالي|اهال|مدنيون|مدنيين|مدني|متظاهر\w*|محتج\w*|شرط\w*"
    r"|ضابط"
    r"|ضباط|جندي|جنود|مقاتل\w*|مسلح\w*|عمال|عامل\w*|متطوع\w*|طبيب\w*|اطباء|ممرض\w*|مسعف\w*|لاجي\w*|نازح\w*|مهجر\w*|ناج\w*|ضحايا|مشيع\w*|طالب\w*|طلاب|معلم\w*"
    r"|مزارع\w*|صياد\w*|بايع\w*|سايق\w*|ناخب\w*|لاعب\w*|فنان\w*|زوار|مصل\w*|حجاج|سجين\w*|معتقل\w*|رييس|وزير|ملك"
    r"|قاض\w*|حشد|حشود|اب|ام|والد\w*|ابن\w*|جد|جده|محمد|احمد|علي|عمر|حسن|حسين|خالد|يوسف|ابراهيم|محمود|فاطمه|مريم|عبد\w*"
    r"|ابو)\b"
)
_SAID_TIME = re.compile(
    r"\b(19|20)\d\d\b|\b(mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(today|yesterday|undated|archive)\b"
    r"|\bfile (photo|picture)\b|\b(?:ال)?(?:اثنين|ثلاثاء|اربعاء|خميس|جمعه|سبت|احد|اليوم|امس|ارشيف\w*)\b",
    re.I,
)
_ENGLISH_PLACE = re.compile(
    r"\b(?:in|at|near|outside|inside|from|on|along|across|over|around|to|of|towards?|through|beside|between|leaves?"
    r"|leaving) (?:the |a )?(?:[a-z’'-]+ ){0,3}?([^\W\d_a-z][^\W\d_]+)"
)
_ARABIC_PLACE = re.compile(
    r"\b[وف]?(?:في|قرب|بالقرب من|خارج|داخل|شرقي?|غربي?|شمالي?|جنوبي?|وسط|ريف|مدينه|بلده|قريه|حي|مخيم|محافظه|شارع|ساحه"
    r"|جسر|من|الي|نحو|علي) (\w+)"
)
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
_NO_PLACES = {*ENGLISH_MONTHS, *_WEEKDAYS.split()}
_TIMES = (
    "عام سنه شهر يوم صباح مساء ليل ظهر حين وقت ان ما هذا هذه ذلك تلك ايام مطلع نهايه بدايه اول الذي التي قبل بعد خلال"
)
_NO_ARABIC_PLACES = {*(name.split()[0] for months in ARABIC_MONTHS for name in months), *_TIMES.split()}
_HAS_END = re.compile(r"[.!?؟…۔][”’\"'»)\]]*$")
_PAIRS = re.compile(r"(?<![\w’'-])([^\W\d_]{2,})(?= +([^\W\d_]{2,})(?![\w’'-]))")
_MAY_DOUBLE = {"had", "that", "very", "so", "no", "far", "ha", "bye", "long", "many", "much", "is", "was"}
_PHOTO_BY = re.compile(r"\b(?:photo(?:graph)?|picture|image) (?:by|credit|courtesy)\b|\b(?:تصوير|عدسه)\b", re.I)


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to look at: its key ("no_place") and the sentence for the person who writes."""

    key: str
    sentence: str


def advice(
    caption: str, *, language: str, alt: str = "", facts: Mapping[str, str] | None = None, story: str = ""
) -> list[Advice]:
    """What to look at in a caption and its alt text, in the order of the checks; nothing for an empty caption.

    `facts` are the picture's, by the names of `imaging.metadata.Facts` (city, sublocation, country, date_created,
    credit); `story` is the plain text of the story that shows it, in the same language.
    """
    caption, alt, facts = caption.strip(), alt.strip(), facts or {}
    found: list[Advice] = []
    if caption:
        found += _left_out(caption, alt, facts, language)
        found += _other_date(caption, facts)
        found += _as_in_the_story(caption, story, language)
        found += _as_typed(caption)
    return found + list(_about_alt(alt, caption, facts))


def _left_out(caption: str, alt: str, facts: Mapping[str, str], language: str) -> Iterator[Advice]:
    plain = folded(caption)
    places = [folded(facts.get(name, "")).casefold() for name in ("city", "sublocation", "country")]
    has_place = any(place and place in plain.casefold() for place in places)
    arabic = language.startswith("ar")
    if arabic:
        # Arabic names look like any word: only where the alt text sees people is it worth asking who they are.
        who = bool(_ARABIC_PEOPLE.search(plain)) or not _ARABIC_PEOPLE.search(folded(alt))
        has_place = has_place or any(word not in _NO_ARABIC_PLACES for word in _ARABIC_PLACE.findall(plain))
    else:
        known = {word for place in places for word in place.split()}
        who = bool(_PEOPLE.search(caption)) or bool(alt and not _PEOPLE.search(alt))
        who = who or any(name.casefold() not in known and name not in _NO_PLACES for name in names(caption))
        has_place = has_place or any(word not in _NO_PLACES for word in _ENGLISH_PLACE.findall(caption))
    has_place = has_place or any(country in plain.casefold() for country in _countries(language))
    if not who:
        yield Advice("no_who", _("Nobody is named: say who is seen."))
    if not has_place:
        yield Advice("no_place", _("No place: say where this is."))
    if not dates(caption) and not _SAID_TIME.search(plain):
        yield Advice("no_date", _("No date: say when this was."))


def _other_date(caption: str, facts: Mapping[str, str]) -> Iterator[Advice]:
    parts = re.match(r"(\d{4})-(\d\d)(?:-(\d\d))?", facts.get("date_created", ""))
    said = dates(caption)
    if parts and said:
        created = Day(*(int(part) if part else None for part in parts.groups()))
        if not any(day.agrees(created) for day in said):
            yield Advice(
                "other_date", _("The caption’s date is not that of the picture: %(date)s.") % {"date": parts[0]}
            )


def _as_in_the_story(caption: str, story: str, language: str) -> Iterator[Advice]:
    if not story.strip():
        return
    spelled = _arabic_names if language.startswith("ar") else _english_names
    for here, there in spelled(caption, story, language):
        yield Advice(
            "name_spelled", _("“%(here)s” is spelled “%(there)s” in the story.") % {"here": here, "there": there}
        )
    there = figures(story)
    told: dict[str, set[int]] = {}
    for number, things in counts(story):
        for thing in things[:1]:
            told.setdefault(thing, set()).add(number)
    for number, things in counts(caption):
        others = next((told[thing] for thing in things if thing in told), set())
        if number not in there and 0 < len(others) <= 2:
            said = " / ".join(map(str, sorted(others)))
            yield Advice(
                "number_differs",
                _("The caption says %(here)s, the story says %(there)s (%(thing)s).")
                % {"here": number, "there": said, "thing": things[0]},
            )


def _as_typed(caption: str) -> Iterator[Advice]:
    if len(words(caption)) >= SHORTEST_SENTENCE and not _HAS_END.search(caption):
        yield Advice("no_full_stop", _("There is no full stop at the end."))
    for one, other in _PAIRS.findall(_without_marks(caption)):
        # A name may be double (“Duran Duran”), and “يوما يوما” is said so.
        twice = one.lower() == other.lower() and other[0].lower() == other[0]
        if twice and other not in _MAY_DOUBLE and not folded(other).endswith("ا"):
            yield Advice("doubled_word", _("“%(word)s” stands there twice.") % {"word": other})
            return


def _about_alt(alt: str, caption: str, facts: Mapping[str, str]) -> Iterator[Advice]:
    said, told, credit = (_compared(text) for text in (alt, caption, facts.get("credit", "")))
    if not said:
        return
    shared = sum(min(said.count(word), told.count(word)) for word in set(said))
    if said == told or (len(said) >= SHORTEST_REPEAT and shared >= 0.9 * len(said) and len(said) >= 0.6 * len(told)):
        yield Advice("alt_repeats_caption", _("The alt text repeats the caption: say what is to be seen instead."))
    joined = f" {' '.join(said)} "
    if (len(" ".join(credit)) > 3 and f" {' '.join(credit)} " in joined) or _PHOTO_BY.search(folded(alt)):
        yield Advice("alt_repeats_credit", _("The alt text names the credit, which stands beside the picture anyway."))


def _compared(text: str) -> list[str]:
    return [word.casefold() for word in words(folded(text))]


def _english_names(caption: str, story: str, language: str) -> Iterator[tuple[str, str]]:
    there, known = dict.fromkeys(names(story)), {word.casefold() for word in words(story)}
    countries = {word for country in _countries(language) for word in country.split()}
    for name in dict.fromkeys(names(caption)):
        low = re.sub("['’]s$", "", name).casefold()
        if len(low) < SHORTEST_NAME or low in known or name.casefold() in known:
            continue
        most = 2 if len(low) >= SHORTEST_LONG_NAME else 1
        for other in there:
            plain = re.sub("['’]s$", "", other).casefold()
            alike = plain.startswith(low) or low.startswith(plain) or {low, plain} <= countries
            if len(plain) >= SHORTEST_NAME and plain[0] == low[0] and not alike and distance(low, plain, most) <= most:
                yield name, other
                break


def _arabic_names(caption: str, story: str, language: str) -> Iterator[tuple[str, str]]:
    """Words of four letters and more that the story has, but for hamza, ya or ta marbuta."""
    there: dict[str, str] = {}
    for word in words(story):
        there.setdefault(folded(word), word)
    known = {_without_marks(word) for word in words(story)}
    for word in dict.fromkeys(words(caption)):
        other = there.get(folded(word))
        if other and len(folded(word)) >= 4 and _without_marks(word) not in known:
            yield word, other


def _without_marks(word: str) -> str:
    return re.sub("[\u064b-\u065f\u0670\u0640]", "", word)


@lru_cache(maxsize=8)
def _countries(language: str) -> frozenset[str]:
    """The countries' names in a language, folded."""
    found = Locale.parse(language.replace("-", "_")).territories
    return frozenset(folded(name).casefold() for code, name in found.items() if code.isalpha() and len(name) > 3)
