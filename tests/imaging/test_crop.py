"""Crops: the frame round the focal point, in every shape a page wants."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from articles.imaging.crop import Crop, shape_crop

SIDES = some.integers(1, 20_000)
SHAPES = some.tuples(some.integers(1, 40), some.integers(1, 40))


def test_a_wide_shape_takes_the_full_width_of_an_upright_picture():
    assert shape_crop(4000, 6000, (16, 9)) == Crop(0, 312, 1000, 375)


def test_a_square_takes_the_full_height_of_a_wide_picture():
    assert shape_crop(6000, 4000, (1, 1)) == Crop(166, 0, 667, 1000)


def test_the_frame_goes_with_the_focal_point_until_the_edge():
    assert shape_crop(6000, 4000, (1, 1), (0.4, 0.5)).x == 66
    assert shape_crop(6000, 4000, (1, 1), (0.0, 0.5)).x == 0
    assert shape_crop(6000, 4000, (1, 1), (1.0, 0.5)).x == 333


@given(width=SIDES, height=SIDES, shape=SHAPES, focal=some.tuples(some.floats(-1, 2), some.floats(-1, 2)))
def test_a_frame_of_any_shape_lies_inside_the_picture_and_touches_two_edges(width, height, shape, focal):
    frame = shape_crop(width, height, shape, focal)
    left, top, right, bottom = frame.box(width, height)
    assert 0 <= left < right <= width
    assert 0 <= top < bottom <= height
    assert 1000 in (frame.width, frame.height)


@given(
    width=some.integers(1000, 9000),
    height=some.integers(1000, 9000),
    shape=some.sampled_from([(16, 9), (4, 3), (1, 1)]),
)
def test_a_frame_has_the_shape_that_was_asked_for(width, height, shape):
    wide, high = shape_crop(width, height, shape).size(width, height)
    assert wide / high == pytest.approx(shape[0] / shape[1], rel=0.01)


@pytest.mark.parametrize("frame", [(-1, 0, 10, 10), (0, 0, 0, 10), (0, 0, 1001, 10), (600, 0, 401, 10), (0.5, 0, 9, 9)])
def test_a_frame_that_leaves_the_picture_is_refused(frame):
    with pytest.raises(ValueError):
        Crop(*frame)


@given(
    start=some.integers(0, 999), length=some.integers(1, 1000), width=some.integers(1, 50), height=some.integers(1, 50)
)
def test_a_frame_of_a_tiny_picture_still_shows_something(start, length, width, height):
    wide, high = Crop(start, start, min(length, 1000 - start), min(length, 1000 - start)).size(width, height)
    assert wide >= 1
    assert high >= 1
