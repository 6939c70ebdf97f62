"""Shapes: what of a picture each shows, and what is made of it first."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from articles.imaging.crop import Crop
from articles.imaging.encode import encode
from articles.imaging.placeholder import LONGEST, colour, preview
from articles.imaging.recipes import Recipe
from articles.imaging.shapes import RATIOS, SHAPES, Framing, frame, plan, shape_cards, snapped
from tests.imaging import pictures

SIDES = some.integers(200, 9000)
PARTS = some.floats(0, 1)
CROPS = some.tuples(*[some.integers(0, 900)] * 2, *[some.integers(100, 1000)] * 2).map(
    lambda four: (four[0], four[1], min(four[2], 1000 - four[0]), min(four[3], 1000 - four[1]))
)
FRAMINGS = some.builds(
    Framing.of, some.none() | some.tuples(PARTS, PARTS), some.dictionaries(some.sampled_from(list(SHAPES)), CROPS)
)
NOTHING_SET = Framing()


def lies_in(inner, outer):
    inner, outer = inner or Crop(0, 0, 1000, 1000), outer or Crop(0, 0, 1000, 1000)
    return (
        outer.x <= inner.x
        and outer.y <= inner.y
        and inner.x + inner.width <= outer.x + outer.width
        and inner.y + inner.height <= outer.y + outer.height
    )


def test_without_a_word_from_the_desk_a_shape_is_cut_round_the_middle():
    assert frame(6000, 4000, "original", NOTHING_SET) is None
    assert frame(6000, 4000, "3:2", NOTHING_SET) is None
    assert frame(6000, 4000, "1:1", NOTHING_SET) == Crop(166, 0, 667, 1000)
    assert frame(6000, 4000, "1:1", Framing((0.0, 0.5))) == Crop(0, 0, 667, 1000)


def test_a_crop_set_for_a_shape_is_taken_as_it_is():
    library = Framing.of((0.5, 0.5), {"16:9": [10, 20, 500, 400]})
    assert frame(6000, 4000, "16:9", library) == Crop(10, 20, 500, 400)
    assert frame(6000, 4000, "1:1", library) == frame(6000, 4000, "1:1", NOTHING_SET)


def test_a_storys_crop_counts_before_the_librarys():
    library = Framing.of((0.5, 0.5), {"16:9": [0, 0, 900, 800], "original": [0, 0, 900, 1000]})
    story = Framing.of(None, [500, 0, 500, 1000])
    assert frame(6000, 4000, "original", library, story) == Crop(500, 0, 500, 1000)
    assert lies_in(frame(6000, 4000, "16:9", library, story), Crop(500, 0, 500, 1000))
    assert frame(6000, 4000, "16:9", library, Framing()) == Crop(0, 0, 900, 800)


@given(SIDES, SIDES, some.sampled_from(list(RATIOS)), FRAMINGS, some.none() | FRAMINGS)
def test_what_was_cut_away_is_in_no_shape_without_a_crop_of_its_own(width, height, shape, library, story):
    shown = frame(width, height, shape, library, story)
    for framing in filter(None, (story, library)):
        if framing.crop(shape):
            assert lies_in(shown, framing.crop(shape))
            return
        if framing.crop("original"):
            assert lies_in(shown, framing.crop("original"))
            return
    assert lies_in(shown, None)


@given(some.integers(1000, 9000), some.integers(1000, 9000), some.sampled_from(list(SHAPES)), CROPS)
def test_a_drawn_crop_snaps_to_its_shape(width, height, shape, drawn):
    crop = snapped(Crop(*drawn), width, height, shape)
    assert crop.width <= drawn[2]
    if SHAPES[shape]:
        wide, high = crop.width * width, crop.height * height
        slack = max(width, height)
        assert abs(wide - high * SHAPES[shape][0] / SHAPES[shape][1]) <= 2 * slack


@given(FRAMINGS, some.sampled_from([0, 90, 180, 270]))
def test_four_quarters_bring_a_framing_back(framing, turn):
    square = Framing(framing.focal, tuple(pair for pair in framing.crops if pair[0] in ("original", "1:1")))
    back = square.turned(turn).turned((360 - turn) % 360)
    assert back.crops == square.crops
    assert back.focal == pytest.approx(square.focal)
    assert Framing.of(framing.focal, framing.stored()) == framing


def test_a_crop_turns_with_its_picture():
    assert Framing.of((0.2, 0.1), {"16:9": [0, 0, 10, 10], "original": [100, 200, 300, 400]}).turned(90) == Framing(
        (0.9, 0.2), (("original", Crop(400, 100, 400, 300)),)
    )


@pytest.mark.parametrize("crops", [{"5:7": [0, 0, 10, 10]}, {"1:1": [0, 0, 10]}, {"1:1": [0, 0, 0, 10]}, {"1:1": None}])
def test_what_is_no_framing_is_refused(crops):
    with pytest.raises(ValueError):
        Framing.of(None, crops)


def test_jpegs_and_cards_are_made_first_and_nothing_twice():
    steps = plan(6000, 4000, NOTHING_SET, shapes=["1:1", "16:9"])
    assert [{recipe.format for recipe in step} for step in steps] == [{"jpeg"}, {"webp"}, {"avif"}]
    assert set(shape_cards(6000, 4000, NOTHING_SET)) <= set(steps[0])
    made = [recipe for step in steps for recipe in step]
    assert len(made) == len(set(made))
    cut = [recipe for recipe in made if recipe.crop]
    assert {recipe.width for recipe in cut} <= {640, 1280, 1200}


def test_what_the_desk_cut_away_is_not_made_at_all():
    library = Framing.of((0.5, 0.5), {"original": [0, 0, 500, 1000]})
    for step in plan(6000, 4000, library, [Framing(None)], shapes=SHAPES):
        assert all(lies_in(recipe.crop, Crop(0, 0, 500, 1000)) for recipe in step)


def test_a_storys_own_crop_is_made_beside_the_librarys():
    story = Framing.of(None, [0, 0, 500, 500])
    first = plan(6000, 4000, NOTHING_SET, [story])[0]
    assert {recipe.width for recipe in first if recipe.crop == Crop(0, 0, 500, 500)} == {
        320,
        640,
        960,
        1280,
        1920,
        2560,
    }


@given(SIDES, SIDES, FRAMINGS, some.lists(FRAMINGS, max_size=2))
def test_every_planned_rendition_can_be_made(width, height, library, stories):
    for step in plan(width, height, library, stories, shapes=SHAPES):
        for recipe in step:
            assert Recipe.parse(recipe.name, width, height) == recipe


@pytest.mark.parametrize(
    ("turn", "corners"), [(0, "RGBW"), (90, "BRWG"), (180, "WBGR"), (270, "GWRB")]
)  # from left to right, top to bottom
@pytest.mark.parametrize("orientation", [1, 6])
def test_the_desks_turn_is_baked_in(turn, corners, orientation):
    size = (96, 64) if turn % 180 == 0 else (64, 96)
    file = pictures.turned("JPEG", orientation)
    ((_recipe, data),) = encode(file, [Recipe("jpeg", *size)], credit="", copyright="", turn=turn)
    picture = pictures.Image.open(pictures.BytesIO(data))
    assert picture.size == size
    colours = dict(zip("RGBW", pictures.CORNERS, strict=True))
    shown = pictures.corner_colours(picture)
    assert all(pictures.near(colour, colours[name]) for colour, name in zip(shown, corners, strict=True))


def test_a_picture_is_turned_by_quarters_only():
    with pytest.raises(ValueError):
        list(
            encode(pictures.saved(pictures.corners(), "PNG"), [Recipe("jpeg", 9, 9)], credit="", copyright="", turn=45)
        )


@pytest.mark.parametrize("size", [(320, 213), (320, 12), (9, 320), (1, 1)])
@pytest.mark.parametrize("format", ["JPEG", "WEBP", "AVIF"])
def test_a_preview_is_a_few_pixels_inside_the_page(size, format):
    address = preview(pictures.saved(pictures.scene(size), format).getvalue())
    assert address.startswith("data:image/webp;base64,")
    assert len(address) <= LONGEST


def test_noise_too_fits_into_a_preview():
    noise = pictures.Image.merge("RGB", [pictures.Image.effect_noise((320, 240), 250)] * 3)
    assert 0 < len(preview(pictures.saved(noise, "JPEG").getvalue())) <= LONGEST


def test_the_colour_of_a_rendition_is_its_average():
    assert colour(pictures.saved(pictures.Image.new("RGB", (99, 9), "#204060"), "PNG").getvalue()) == "#204060"
    assert colour(pictures.saved(pictures.Image.new("RGBA", (9, 9), (0, 0, 0, 0)), "PNG").getvalue()) == "#ffffff"
