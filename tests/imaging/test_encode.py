"""Renditions: what readers get of a picture, in the sizes and formats that were asked for."""

from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageStat

from articles.imaging import encode as encoding
from articles.imaging.crop import Crop, shape_crop
from articles.imaging.encode import Leak, encode
from articles.imaging.intake import Refused
from articles.imaging.recipes import FORMATS, Recipe, recipes
from tests.imaging import pictures

PLAIN = {"credit": "Agency", "copyright": "© Agency"}


def renditions(file, made):
    return {recipe: Image.open(BytesIO(data)) for recipe, data in encode(file, made, **PLAIN)}


def only(file, format="jpeg", width=96, height=64, crop=None):
    (picture,) = renditions(file, [Recipe(format, width, height, crop)]).values()
    return picture


@pytest.mark.parametrize("stored", list(pictures.every_format()))
@pytest.mark.parametrize("served", FORMATS)
def test_every_format_that_is_taken_becomes_every_format_that_is_served(stored, served):
    width, height = (64, 96) if stored == "heic" else (96, 64)
    file = pictures.every_format()[stored]
    picture = only(file, served, width, height)
    assert picture.format == served.upper()
    assert picture.size == (width, height)
    assert picture.mode == "RGB"
    if stored == "heic":  # stored lying on its side
        assert [pictures.near(pictures.corner_colours(picture)[place], colour, 40) for place, colour in
                zip((1, 3, 0, 2), pictures.CORNERS, strict=True)] == [True] * 4  # fmt: skip
    else:
        assert pictures.is_upright(picture)
    assert not file.closed


@pytest.mark.parametrize("stored", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_orientation_is_baked_in(stored, orientation):
    picture = only(pictures.turned(stored, orientation), "jpeg", 48, 32)
    assert picture.size == (48, 32)
    assert pictures.is_upright(picture)
    assert picture.getexif().get(0x0112) is None


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_crop_is_cut_from_the_picture_as_seen(orientation):
    file = pictures.turned("JPEG", orientation, (960, 640))
    picture = only(file, "jpeg", 100, 67, Crop(500, 0, 500, 500)).convert("RGB")
    assert all(pictures.near(picture.getpixel(place), pictures.GREEN) for place in ((3, 3), (96, 63), (50, 30)))


def test_all_widths_and_crops_come_from_one_reading_in_the_right_sizes():
    file = pictures.saved(pictures.corners((2000, 1300)), "JPEG")
    frame = shape_crop(2000, 1300, (1, 1))
    planned = recipes(2000, 1300) + recipes(2000, 1300, crop=frame, formats=["jpeg"])
    made = renditions(file, planned)
    assert set(made) == set(planned)
    for recipe, picture in made.items():
        assert picture.size == (recipe.width, recipe.height)
        assert pictures.is_upright(picture)


def test_a_rendition_is_sharp_and_true():
    scene = pictures.scene((1600, 1200))
    picture = only(pictures.saved(scene, "JPEG"), "jpeg", 400, 300)
    wanted = scene.resize((400, 300), Image.Resampling.LANCZOS)
    assert max(ImageStat.Stat(ImageChops.difference(picture, wanted)).mean) < 2


def test_jpegs_are_progressive_and_carry_the_srgb_profile():
    picture = only(pictures.saved(pictures.corners(), "PNG"))
    assert picture.info["progressive"]
    assert b"sRGB" in picture.info["icc_profile"].replace(b"\0", b"")


def test_a_picture_in_other_colours_is_served_in_srgb():
    file = pictures.saved(pictures.corners(), "PNG", icc_profile=pictures.other_rgb_profile())
    red, green, *_ = pictures.corner_colours(only(file))
    assert green[0] > green[1]  # the profile says that green is red
    assert red[1] > red[0]


@pytest.mark.parametrize("profile", [b"", b"no profile", b"\0" * 200])
def test_a_broken_profile_does_not_spoil_the_picture(profile):
    assert pictures.is_upright(only(pictures.saved(pictures.corners(), "JPEG", icc_profile=profile)))


@pytest.mark.parametrize("stored", ["JPEG", "TIFF"])
def test_print_colours_become_screen_colours(stored):
    picture = only(pictures.saved(pictures.corners(mode="CMYK"), stored))
    assert picture.mode == "RGB"
    assert all(
        pictures.near(colour, wanted, 60)
        for colour, wanted in zip(pictures.corner_colours(picture), pictures.CORNERS, strict=True)
    )


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "PA", "RGBA", "I;16", "YCbCr", "LAB", "F", "I"])
@pytest.mark.parametrize("served", FORMATS)
def test_every_way_to_store_colours_can_be_served(mode, served):
    stored = "PNG" if mode in ("LA", "RGBA") else "TIFF"
    assert only(pictures.saved(Image.new(mode, (96, 64)), stored), served).size == (96, 64)


@pytest.mark.parametrize("stored", ["PNG", "TIFF"])
def test_sixteen_bits_of_grey_keep_their_greys(stored):
    grey = only(pictures.saved(Image.new("I;16", (96, 64), 0x8000), stored)).convert("L").getpixel((40, 30))
    assert grey == pytest.approx(128, abs=3)


def test_floating_point_grey_keeps_its_greys():
    ramp = Image.new("F", (96, 64), 0.5)
    ramp.putpixel((0, 0), 1.0)
    assert only(pictures.saved(ramp, "TIFF")).convert("L").getpixel((50, 50)) == pytest.approx(127, abs=3)


def test_what_is_transparent_is_white_in_jpeg_and_stays_transparent_elsewhere():
    clear = Image.new("RGBA", (96, 64), (200, 0, 0, 0))
    clear.paste((0, 0, 200, 255), (48, 0, 96, 64))
    file = pictures.saved(clear, "PNG")
    assert pictures.near(only(file).getpixel((10, 30)), pictures.WHITE)
    for served in ("webp", "avif"):
        picture = only(file, served)
        assert picture.mode == "RGBA"
        assert picture.getpixel((10, 30))[3] < 10
        assert pictures.near(picture.getpixel((80, 30)), (0, 0, 200))


def test_a_transparent_palette_is_white_in_jpeg():
    drawing = Image.new("P", (96, 64), 0)
    drawing.putpalette([255, 0, 0, 0, 0, 255])
    drawing.paste(1, (48, 0, 96, 64))
    picture = only(pictures.saved(drawing, "PNG", transparency=0))
    assert pictures.near(picture.getpixel((10, 30)), pictures.WHITE)
    assert pictures.near(picture.getpixel((80, 30)), (0, 0, 255))


@pytest.mark.parametrize("stored", ["GIF", "WEBP", "PNG", "AVIF"])
@pytest.mark.parametrize("served", FORMATS)
def test_of_a_moving_picture_the_first_frame_is_served(stored, served):
    frames = [Image.new("RGB", (96, 64), colour) for colour in (pictures.RED, pictures.BLUE)]
    picture = only(pictures.saved(frames[0], stored, save_all=True, append_images=frames[1:]), served)
    assert getattr(picture, "n_frames", 1) == 1
    assert pictures.near(picture.convert("RGB").getpixel((40, 30)), pictures.RED)


@pytest.mark.parametrize("size", [(1, 1), (1, 500), (500, 1), (3, 2), (20, 20_000)])
def test_tiny_and_very_tall_pictures_are_served_too(size):
    made = recipes(*size, widths=dict.fromkeys(FORMATS, (320,)), formats=("jpeg", "webp"))
    for recipe, picture in renditions(pictures.saved(Image.new("RGB", size, "red"), "PNG"), made).items():
        assert picture.size == (recipe.width, recipe.height)


def test_the_same_picture_gives_the_same_bytes():
    first, again = (list(encode(pictures.saved(pictures.corners(), "PNG"), recipes(96, 64), **PLAIN)) for _ in range(2))
    assert first == again


def test_nothing_is_ever_enlarged():
    with pytest.raises(ValueError, match="enlarge"):
        only(pictures.saved(pictures.corners(), "PNG"), width=97)


@pytest.mark.parametrize("content", [b"", b"text", pictures.saved(pictures.corners(), "JPEG").getvalue()[:700]])
def test_an_original_that_went_bad_is_refused_in_a_sentence(content):
    with pytest.raises(Refused):
        list(encode(BytesIO(content), recipes(96, 64), **PLAIN))


def test_a_rendition_with_a_leak_is_not_handed_out(monkeypatch):
    monkeypatch.setitem(encoding.SAVING["jpeg"], "comment", b"from the camera")
    with pytest.raises(Leak, match="JPEG comment"):
        only(pictures.saved(pictures.corners(), "PNG"))
