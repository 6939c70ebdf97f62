"""How the front is laid out, whatever there is to lay out."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.pages.frame import Place
from articles.pages.front import compose, lay_out


@dataclass(eq=False)
class Story:
    """As much of a card as the layout looks at."""

    id: int
    section: int | None = 1
    picture: str | None = None
    kind: str = "news"

    @property
    def is_voice(self):
        return self.kind == "opinion"

    @property
    def is_long(self):
        return self.kind == "long_read"


@dataclass
class Sections:
    sections: list = field(
        default_factory=lambda: [Place("", "", f"section-{number}", "", number) for number in (1, 2, 3)]
    )


KINDS = st.sampled_from(["news", "opinion", "long_read"])
FACTS = st.tuples(st.sampled_from([None, 1, 2, 3, 4]), st.sampled_from([None, "picture"]), KINDS)
FRONTS = st.lists(FACTS, max_size=30).map(lambda rows: [Story(place, *facts) for place, facts in enumerate(rows)])


def standing(front):
    """All stories on a front, but those that are only named in the margin too."""
    bands = [card for band in [*front.bands, *front.later] for cell in band.cells for card in cell]
    return [one for one in (front.lead, front.long_read, *front.sides, *front.voices, *bands) if one]


@given(FRONTS)
def test_every_story_stands_on_the_front_exactly_once(cards):
    front = compose(cards, Sections())
    assert sorted(card.id for card in standing(front)) == [card.id for card in cards]


@given(FRONTS)
def test_no_column_is_empty_and_no_two_bands_have_one_name(cards):
    front = compose(cards, Sections())
    bands = [*front.bands, *front.later]
    assert all(all(band.cells) for band in bands)
    assert len({band.id for band in bands}) == len(bands)


@given(st.integers(1, 12), st.data(), st.booleans())
def test_a_grid_has_as_many_columns_as_its_name_says(number, data, wide):
    pictures = data.draw(st.lists(st.sampled_from([None, "picture"]), min_size=number, max_size=number))
    layout, cells = lay_out([Story(place, picture=one) for place, one in enumerate(pictures)], wide=wide)
    assert len(cells) <= {"open": 2, "two": 2, "three": 3, "pair": 3, "four": 4}[layout]


def test_nothing_published_is_a_front_without_a_lead():
    assert compose([], Sections()).lead is None


@pytest.mark.parametrize("number", [1, 2, 5])
def test_a_few_stories_stand_together_without_bands(number):
    front = compose([Story(place) for place in range(number)], Sections())
    assert front.lead.id == 0
    assert [card.id for card in front.sides] == list(range(1, number))
    assert [front.bands, front.later, front.latest] == [[], [], []]
