"""The proof that nothing an original says is in a byte that is served, and that a leak would be seen.

Every original has a word of its own in every place where its format can hold one (see `secrets`); the renditions are
searched for all of them, byte by byte, also inflated and in UTF-16. Then a word is planted into a clean rendition,
place by place (see `planting`): both the search and the inspector must find it.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from PIL import Image

from articles.imaging.privacy import Policy, leaks
from tests.imaging import pictures, secrets
from tests.imaging.planting import CLEAN, PLANTED, SAID, WORDS, served

PERMITTED = {
    Policy.CREDIT: ("credit", "copyright"),
    Policy.CREATOR: ("credit", "copyright", "creator"),
    Policy.NOTHING: (),
}


@pytest.mark.parametrize("stored", secrets.ORIGINALS)
@given(seed=some.integers(0, 0xFFFFFFFF), policy=some.sampled_from(Policy), turn=some.sampled_from([0, 90, 180, 270]))
@settings(max_examples=8, deadline=None, derandomize=True)
def test_no_word_of_an_original_is_in_any_byte_that_is_served(stored, seed, policy, turn):
    planted = secrets.Secrets(seed)
    original = secrets.ORIGINALS[stored](planted)
    words = [*planted.said.values(), "zQname-of-the-upload"]
    assert secrets.found(original, planted.said.values()) == list(planted.said.values())
    for recipe, data in served(original, policy, turn):
        assert secrets.found(data, words) == []
        assert leaks(data, WORDS | {"policy": policy}) == []
        said = [name for name, word in WORDS.items() if word.encode() in data]
        assert tuple(said) == PERMITTED[policy]
        assert "zQ" not in recipe.name


@given(seed=some.integers(0, 0xFFFFFFFF), size=some.tuples(some.integers(1, 40), some.integers(1, 40)))
@settings(max_examples=15, deadline=None, derandomize=True)
def test_the_inspector_knows_a_clean_rendition_of_any_picture(seed, size):
    noise = Image.frombytes("RGBA", size, (seed.to_bytes(4) * (size[0] * size[1])))
    for _recipe, data in served(pictures.saved(noise, "PNG").getvalue()):
        assert leaks(data, WORDS) == []


@pytest.mark.parametrize("format", CLEAN)
def test_before_anything_is_planted_nothing_is_found(format):
    assert secrets.found(CLEAN[format], [SAID]) == []
    assert leaks(CLEAN[format]) == []
    assert format == "png" or leaks(CLEAN[format], WORDS) == []


@pytest.mark.parametrize("place", PLANTED)
def test_a_planted_leak_is_found_by_the_search_and_by_the_inspector(place):
    assert secrets.found(PLANTED[place], [SAID]) == [SAID]
    assert leaks(PLANTED[place], None if place.startswith("png") else WORDS)


@pytest.mark.parametrize(
    "place", [place for place in PLANTED if "nobody permitted" not in place and "another" not in place]
)
def test_a_planted_leak_is_found_even_where_the_permitted_words_are_not_known(place):
    assert leaks(PLANTED[place])
