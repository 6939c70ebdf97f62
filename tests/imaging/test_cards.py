"""Cards: a picture in the shapes that other sites show."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.imaging.cards import ALL, LINK, WIDTH, card, cards

sides = st.integers(100, 12_000)  # pixels
parts = st.floats(0, 1)


@given(sides, sides, parts, parts)
def test_a_card_has_its_shape_is_never_enlarged_and_lies_in_the_picture(width, height, across, down):
    for recipe, (wide, high) in zip(cards(width, height, (across, down)), ALL, strict=True):
        frame = recipe.crop.size(width, height) if recipe.crop else (width, height)
        assert recipe.format == "jpeg"
        assert recipe.width <= min(WIDTH, frame[0])
        assert recipe.height <= frame[1]
        # A crop is kept in thousandths: that much the shape may be off, and a pixel.
        slack = (width + height) / 1000 + 2
        assert abs(frame[0] - frame[1] * wide / high) <= slack * max(1, wide / high)


def test_a_card_follows_the_focal_point():
    left, right = (card(2000, 1000, (1, 1), (across, 0.5)) for across in (0.0, 1.0))
    assert left.crop.x == 0
    assert right.crop.x + right.crop.width == 1000


@pytest.mark.parametrize(("width", "height", "shape"), [(4000, 3000, (4, 3)), (1600, 900, (16, 9)), (900, 900, (1, 1))])
def test_a_picture_of_a_cards_shape_is_its_own_card(width, height, shape):
    assert card(width, height, shape).crop is None


@pytest.mark.parametrize(("width", "height"), [(6000, 4000), (3000, 4500), (1200, 1200), (1920, 1080), (1201, 631)])
def test_a_link_card_has_1200_by_630_pixels_where_the_picture_has(width, height):
    recipe = card(width, height, LINK)
    assert recipe.width == 1200
    assert abs(recipe.height - 630) <= 2  # a crop is kept in thousandths


def test_a_link_card_of_a_small_picture_is_as_wide_as_that_is():
    assert card(640, 400, LINK).width == 640
