"""Advice on captions: what it says, and above all where it keeps silent."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from articles.body.advice import advice
from articles.body.mentions import Day, counts, dates, distance, names

FACTS = {
    "city": "Aleppo",
    "country": "Syria",
    "date_created": "2016-07-28T14:05:00+03:00",
    "credit": "Wadi Saf Courier",
}
ARABIC_FACTS = {"city": "حلب", "country": "سوريا", "date_created": "2016-07-28", "credit": "بريد وادي صاف"}
STORY = (
    "Residents of Aleppo left the city on Thursday through a crossing near Bustan al-Qasr. Samira Halabi, who teaches "
    "at the Kindi school, said 21 people had waited since dawn. Mahmoud Darwish walked with 1,200 families to the gate."
)
ARABIC_STORY = (
    "غادر أهالي مدينة إدلب المدينة يوم الخميس. وقالت المعلّمة سميرة الأحمد إن 21 شخصًا انتظروا عند معبر بستان القصر."
)


def keys(caption, language="en", **words):
    return {each.key for each in advice(caption, language=language, **words)}


@pytest.mark.parametrize(
    "caption",
    [
        "Residents leave Aleppo on 28 July 2016.",
        "Samira Halabi waits near the gate in eastern Aleppo, 28 July 2016.",
        "A woman carries her child through Bustan al-Qasr on Thursday, 28 July.",
        "The minister speaks at the Kindi school, Aleppo, July 28, 2016.",
        "21 people wait at the crossing in Aleppo on Thursday.",
        "Twenty-one people wait in Aleppo in July 2016.",
        "“We had had enough,” said Samira Halabi in Aleppo on Thursday.",
        "Duran Duran play in Damascus on 28 July 2016.",
        "More than 1,200 families passed the gate of Aleppo on Thursday.",
        "Mahmoud Darwish, 74, walks 5 kilometres to the gate near Aleppo on Thursday.",
        "A Syrian boy in Aleppo’s old town, 28 July 2016.",
        "Omar Souleyman, Aleppo, 2016",
    ],
)
def test_a_good_english_caption_gets_no_advice(caption):
    assert keys(caption, facts=FACTS, story=STORY, alt="A crowd before an iron gate, some with bags") == set()


@pytest.mark.parametrize(
    "caption",
    [
        "أهالٍ يغادرون حلب يوم الخميس 28 تموز 2016.",
        "امرأة تحمل طفلها في بستان القصر، ٢٨ تموز ٢٠١٦.",
        "متظاهرون في مدينة إدلب، الخميس 28 تموز/يوليو 2016.",
        "المعلّمة سميرة الأحمد قرب المعبر في إدلب، 28 يوليو 2016.",
        "٢١ شخصًا ينتظرون عند المعبر في حلب يوم الخميس.",
        "عمر سليمان، حلب، 2016",
        "سكان الحي يبنون الجدار يوما يوما في حلب، تموز 2016.",
    ],
)
def test_a_good_arabic_caption_gets_no_advice(caption):
    words = {"facts": ARABIC_FACTS, "story": ARABIC_STORY, "alt": "حشد أمام بوابة حديدية ومعه حقائب"}
    assert keys(caption, "ar", **words) == set()


@pytest.mark.parametrize(
    ("caption", "wanted"),
    [
        ("Smoke rises in Aleppo on 28 July 2016.", {"no_who"}),
        ("Residents leave on 28 July 2016.", {"no_place"}),
        ("Residents leave Aleppo with their bags.", {"no_date"}),
        ("Residents leave with their bags on.", {"no_place", "no_date"}),
        ("Residents leave Aleppo on 27 July 2016.", {"other_date"}),
        ("Residents leave Aleppo, July 2015.", {"other_date"}),
        ("Residents leave Aleppo, 2016-07-29.", {"other_date"}),
        ("Residents leave Aleppo, 29/7/2016.", {"other_date"}),
        ("Residents leave Aleppo on 28 July 2016", {"no_full_stop"}),
        ("Residents leave the the city of Aleppo on 28 July.", {"doubled_word"}),
        ("The teacher Samira Hallabi in Aleppo on Thursday.", {"name_spelled"}),
        ("Mahmud Darwich in Aleppo on Thursday.", {"name_spelled"}),
        ("12 people wait at the crossing in Aleppo on Thursday.", {"number_differs"}),
        ("Twelve people wait at the crossing in Aleppo on Thursday.", {"number_differs"}),
        ("Some 12,000 families passed through Aleppo on Thursday.", {"number_differs"}),
    ],
)
def test_an_english_caption_is_advised(caption, wanted):
    assert keys(caption, facts=FACTS, story=STORY) == wanted


@pytest.mark.parametrize(
    ("caption", "wanted"),
    [
        ("أهالٍ يغادرون بيوتهم يوم 28 تموز 2016.", {"no_place"}),
        ("أهالٍ يغادرون مدينة حلب ومعهم حقائبهم.", {"no_date"}),
        ("أهالٍ يغادرون حلب في ٢٧ تموز ٢٠١٦.", {"other_date"}),
        ("أهالٍ يغادرون حلب، تموز/يوليو 2015.", {"other_date"}),
        ("أهالٍ يغادرون حلب يوم الخميس 28 تموز 2016", {"no_full_stop"}),
        ("أهالٍ يغادرون من من حلب يوم الخميس.", {"doubled_word"}),
        ("المعلمة سميرة الاحمد في حلب يوم الخميس.", {"name_spelled"}),
        ("أهالٍ في مدينة ادلب يوم الخميس.", {"name_spelled"}),
        ("12 شخصًا ينتظرون في حلب يوم الخميس.", {"number_differs"}),
    ],
)
def test_an_arabic_caption_is_advised(caption, wanted):
    assert keys(caption, "ar", facts=ARABIC_FACTS, story=ARABIC_STORY) == wanted


def test_where_the_alt_text_sees_people_the_caption_is_asked_who_they_are():
    caption = "في بستان القصر بحلب، 28 تموز 2016."
    assert keys(caption, "ar", facts=ARABIC_FACTS, alt="امرأة وطفلان أمام بوابة") == {"no_who"}
    assert keys(caption, "ar", facts=ARABIC_FACTS, alt="بوابة حديدية وجدار") == set()
    assert keys("Smoke in Aleppo, 28 July 2016.", facts=FACTS, alt="Two men look at smoke") == {"no_who"}
    assert keys("Smoke in Aleppo, 28 July 2016.", facts=FACTS, alt="A black cloud above roofs") == set()


@pytest.mark.parametrize(
    ("alt", "wanted"),
    [
        ("Residents leave Aleppo on 28 July 2016", {"alt_repeats_caption"}),
        ("residents leave aleppo on 28 july", {"alt_repeats_caption"}),
        ("A gate, photo by Omar", {"alt_repeats_credit"}),
        ("A gate. Wadi Saf Courier", {"alt_repeats_credit"}),
        ("A crowd before an iron gate in Aleppo", set()),
        ("Residents", set()),
        ("", set()),
    ],
)
def test_alt_text_says_what_is_seen_and_nothing_twice(alt, wanted):
    assert keys("Residents leave Aleppo on 28 July 2016.", facts=FACTS, alt=alt) == wanted


def test_sentences_name_what_they_are_about():
    said = [
        each.sentence for each in advice("12 people with Samira Hallabi in Aleppo today.", language="en", story=STORY)
    ]
    assert said == [
        "“Hallabi” is spelled “Halabi” in the story.",
        "The caption says 12, the story says 21 (person).",
    ]


def test_an_empty_caption_gets_no_advice():
    assert advice("", language="en", facts=FACTS, story=STORY) == []


def test_countries_that_sound_alike_are_not_misspelled():
    story = "Talks between Slovakia and Austria began on Monday in Mauritania."
    assert "name_spelled" not in keys("Delegates of Slovenia and Australia in Mauritius on Monday.", story=story)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("on 28 July 2016", [Day(2016, 7, 28)]),
        ("July 28th, 2016 and 3 Aug.", [Day(None, 8, 3), Day(2016, 7, 28)]),
        ("Sept. 2016", [Day(2016, 9, None)]),
        ("She may come; a march 3 km long; 2016", []),
        ("28.7.2016, 2016-07-28", [Day(2016, 7, 28), Day(2016, 7, 28)]),
        ("٢٨ تشرين الثاني ٢٠١٦", [Day(2016, 11, 28)]),
        ("28 تموز/يوليو من عام 2016", [Day(2016, 7, 28)]),
        ("في آب 2016", [Day(2016, 8, None)]),
        ("45 July, 2016-13-40", []),
    ],
)
def test_dates_are_found(text, found):
    assert dates(text) == found


def test_names_are_what_has_a_capital_without_need():
    assert names("Residents of Bustan al-Qasr met. Samira Halabi spoke. Then rain.") == ["Bustan", "Samira", "Halabi"]


def test_numbers_of_things_are_found():
    text = "12 people, twenty soldiers, 1,200 tents, 5 km, 28 July, at 14:05, 3.5 tonnes and 34-year-old men"
    assert [(number, things[0]) for number, things in counts(text)] == [(12, "person"), (20, "soldier"), (1200, "tent")]


@pytest.mark.parametrize(
    ("one", "another", "letters"),
    [
        ("Halabi", "Halabi", 0),
        ("Halabi", "Hallabi", 1),
        ("Halabi", "Hlaabi", 1),
        ("Halabi", "Aleppo", 3),
        ("a", "abcd", 3),
    ],
)
def test_letters_that_differ_are_counted(one, another, letters):
    assert distance(one, another, 2) == letters


@given(
    some.text(max_size=120), some.text(max_size=120), some.text(max_size=200), some.sampled_from(["ar", "en", "pt-br"])
)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_any_words_whatever_can_be_looked_at(caption, alt, story, language):
    for each in advice(
        caption, language=language, alt=alt, story=story, facts={"date_created": caption, "credit": alt}
    ):
        assert each.sentence
