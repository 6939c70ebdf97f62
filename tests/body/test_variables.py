"""Variables in a caption template, filled in for each picture."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from articles.body.variables import VARIABLES, fill, names, problems

PICTURE = {
    "city": "Aleppo", "country": "Syria", "sublocation": "Bustan al-Qasr", "date": "2016-07-28T14:05:00+03:00",
    "creator": "Omar Halabi", "headline": "Safe exit", "credit": "WSC", "filename": "DSC_0042.jpg", "n": 3,
}  # fmt: skip


def text(template, locale="en_GB", eastern=False, **values):
    return fill(template, PICTURE | values, locale=locale, eastern=eastern).text


def test_every_variable_is_filled_in():
    assert text("{headline}, {city}, {date:long}.") == "Safe exit, Aleppo, 28 July 2016."
    assert text("{ City }, {country}: {creator} / {filename} ({n}), {date}") == (
        "Aleppo, Syria: Omar Halabi / DSC_0042.jpg (3), 28 Jul 2016"
    )
    assert all(name not in text(name) for name in names())


def test_arabic_says_the_months_of_the_outlet_and_its_digits():
    assert text("{date:long}", "ar_SY") == "28 تموز 2016"
    assert text("{city}، {date:long}، {n}", "ar_SY", eastern=True, city="حلب") == "حلب، ٢٨ تموز ٢٠١٦، ٣"


@pytest.mark.parametrize(
    ("day", "long"),
    [
        ("2016", "2016"),
        ("2016-07", "July 2016"),
        ("2016-07-28", "28 July 2016"),
        (date(2016, 7, 28), "28 July 2016"),
        ("summer 2016", "summer 2016"),
        ("2016-13-45", "2016-13-45"),
    ],
)
def test_a_date_is_said_as_precisely_as_it_is_known(day, long):
    assert text("{date:long}", date=day) == long


def test_two_braces_are_one_and_braces_of_nobody_stay():
    assert text("{{city}} { } {1} {city") == "{city} { } {1} {city"


def test_braces_in_a_value_stay_words():
    assert text("{headline}, {city}", headline="{city} {{x}}") == "{city} {{x}}, Aleppo"


def test_an_unknown_variable_is_named_and_stays():
    assert text("{town}, {city:long}, {date:short}") == "{town}, {city:long}, {date:short}"
    sentences = problems("{town}, {city:long}, {city}, {town}, {date:long}")
    assert len(sentences) == 2
    assert "“{town}”" in sentences[0]
    assert "{date:long}" in sentences[0]
    assert problems("{headline}, {city}, {date:long}. {{town}}") == []


@pytest.mark.parametrize(
    ("template", "missing", "words"),
    [
        ("{headline}, {city}, {date:long}.", ["city"], "Safe exit, 28 July 2016."),
        ("{headline}, {city}, {date:long}.", ["date"], "Safe exit, Aleppo."),
        ("{headline}, {city}, {date:long}.", ["headline"], "Aleppo, 28 July 2016."),
        ("{headline}, {city}, {date:long}.", ["city", "date"], "Safe exit."),
        ("{headline}، {city}، {date}.", ["city"], "Safe exit، 28 Jul 2016."),
        ("{city}, {country}", ["country"], "Aleppo"),
        ("{city}, {country}", ["city", "country"], ""),
        ("{headline} ({city})", ["city"], "Safe exit"),
        ("{headline} ({city}, {country}).", ["city"], "Safe exit (Syria)."),
        ("{headline} ({city}, {country}).", ["country"], "Safe exit (Aleppo)."),
        ("{headline} ({city}, {country}).", ["city", "country"], "Safe exit."),
        ("{headline} “{city}” here", ["city"], "Safe exit here"),
        ("A walk through {city} at dusk", ["city"], "A walk through at dusk"),
        ("{headline} – {city}", ["city"], "Safe exit"),
        ("{headline} – {city} – {date}", ["city"], "Safe exit – 28 Jul 2016"),
        ("Photo: {creator} / The Courier", ["creator"], "Photo: The Courier"),
        ("{city}: {headline}", ["city"], "Safe exit"),
        ("{headline}\n{city}, {date}", ["city"], "Safe exit\n28 Jul 2016"),
        ("{headline}, , kept  as typed {city}", [], "Safe exit, , kept  as typed Aleppo"),
    ],
)
def test_a_missing_value_leaves_no_hole(template, missing, words):
    filled = fill(template, PICTURE | dict.fromkeys(missing, ""), locale="en_GB")
    assert filled.text == words
    assert sorted(filled.missing) == sorted(missing)


@given(
    some.text("{}abcity:, .()–\n", max_size=40)
    | some.lists(some.sampled_from([*names(), ", ", " ", "(", ")", "."])).map("".join),
    some.dictionaries(some.sampled_from(list(VARIABLES)), some.text(max_size=9)),
)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_any_template_can_be_filled_in(template, values):
    filled = fill(template, values, locale="ar_SY")
    assert "\ue000" not in filled.text
    assert isinstance(problems(template), list)
