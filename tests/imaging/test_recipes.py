"""Recipes: which renditions a picture gets, and the names that say what they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from articles.imaging.crop import Crop, shape_crop
from articles.imaging.recipes import FORMATS, LONGEST_SIDE, WIDTHS, Recipe, recipes

SIDES = some.integers(1, 65_535)
CROPS = some.builds(
    lambda x, y, width, height: Crop(x, y, min(width, 1000 - x), min(height, 1000 - y)),
    some.integers(0, 999),
    some.integers(0, 999),
    some.integers(1, 1000),
    some.integers(1, 1000),
)


def test_a_large_picture_gets_every_width_in_every_format():
    made = recipes(6000, 4000)
    assert [recipe.name for recipe in made if recipe.format == "avif"] == ["640.avif", "1280.avif", "1920.avif"]
    assert [recipe.width for recipe in made if recipe.format == "jpeg"] == list(WIDTHS["jpeg"])
    assert Recipe("jpeg", 1280, 853) in made


def test_nothing_is_enlarged():
    assert [recipe.width for recipe in recipes(1000, 500, formats=["jpeg"])] == [320, 640, 960]


def test_a_picture_narrower_than_all_widths_keeps_its_own():
    assert [recipe.name for recipe in recipes(200, 300)] == ["200.jpg", "200.webp", "200.avif"]


def test_the_widths_may_be_the_settings():
    assert [recipe.name for recipe in recipes(900, 600, formats=["webp"], widths={"webp": [500, 400]})] == [
        "400.webp",
        "500.webp",
    ]


def test_a_crop_stands_in_the_name():
    frame = shape_crop(6000, 4000, (16, 9))
    names = [recipe.name for recipe in recipes(6000, 4000, crop=frame, formats=["jpeg"])]
    assert names[0] == "c0.78.1000.844-320.jpg"


def test_the_whole_frame_has_one_name():
    assert Recipe("jpeg", 320, 213, Crop(0, 0, 1000, 1000)).name == "320.jpg"


@given(width=SIDES, height=SIDES, crop=some.none() | CROPS)
def test_a_recipe_is_made_again_from_its_name_alone(width, height, crop):
    made = recipes(width, height, crop=crop)
    assert len({recipe.name for recipe in made}) == len(made)
    for recipe in made:
        assert Recipe.parse(recipe.name, width, height) == recipe


@given(width=SIDES, height=SIDES, crop=some.none() | CROPS)
def test_every_picture_gets_each_format_in_sizes_that_format_can_hold(width, height, crop):
    made = recipes(width, height, crop=crop)
    assert {recipe.format for recipe in made} == set(FORMATS)
    frame_width, frame_height = crop.size(width, height) if crop else (width, height)
    for recipe in made:
        assert 1 <= recipe.width <= min(frame_width, LONGEST_SIDE)
        assert 1 <= recipe.height <= min(frame_height, LONGEST_SIDE)


@pytest.mark.parametrize(
    "name",
    [
        "", "1280", "1280.png", "01280.jpg", "0.jpg", "-1.jpg", "1280.jpeg", "1280.JPG", "1280.jpg ", "1280.jpg\n",
        "../1280.jpg", "9999.jpg", "c0.0.1000.1000-320.jpg", "c0.0.1001.10-320.jpg", "c0.0.0.10-320.jpg",
        "c0.0.10-320.jpg", "c00.0.500.500-320.jpg", "c0.0.10.10-320.jpg", "٣٢٠.jpg", "99999999999999.jpg",
    ],
)  # fmt: skip
def test_a_name_no_recipe_has_is_unknown(name):
    with pytest.raises(ValueError):
        Recipe.parse(name, 2400, 1600)


@given(name=some.text(max_size=30))
def test_no_name_whatever_breaks_anything(name):
    try:
        recipe = Recipe.parse(name, 2400, 1600)
    except ValueError:
        return
    assert recipe.name == name
