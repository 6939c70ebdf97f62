"""What a page says of its pictures, without looking anything up."""

from articles.imaging.crop import shape_crop
from articles.imaging.recipes import recipes
from articles.imaging.srcset import address, sources


def test_an_address_is_the_base_the_token_and_the_recipe():
    assert address("/media/renditions/", "Zm9v", "1280.avif") == "/media/renditions/Zm9v/1280.avif"


def test_the_best_format_comes_first_and_jpeg_is_for_everybody():
    shown = sources("/m/", "t", 1500, 1000, formats=("jpeg", "webp", "avif"))
    assert [mime for mime, _ in shown.sources] == ["image/avif", "image/webp"]
    assert shown.sources[0][1] == "/m/t/640.avif 640w, /m/t/1280.avif 1280w"
    assert shown.src == "/m/t/960.jpg"
    assert shown.srcset == "/m/t/320.jpg 320w, /m/t/640.jpg 640w, /m/t/960.jpg 960w, /m/t/1280.jpg 1280w"
    assert (shown.width, shown.height) == (1280, 853)


def test_only_formats_that_exist_are_named():
    shown = sources("/m/", "t", 1500, 1000, formats=["jpeg"])
    assert shown.sources == ()
    assert "avif" not in shown.srcset + shown.src


def test_a_picture_without_renditions_has_no_address():
    assert sources("/m/", "t", 1500, 1000, formats=[]).src == ""


def test_without_a_jpeg_the_best_other_format_stands_in():
    assert sources("/m/", "t", 1500, 1000, formats=["webp"]).src == "/m/t/960.webp"


def test_a_crop_and_the_settings_widths_stand_in_the_addresses():
    frame = shape_crop(1500, 1000, (1, 1))
    shown = sources("/m/", "t", 1500, 1000, formats=["jpeg"], crop=frame, widths={"jpeg": [400, 800]})
    assert shown.srcset == "/m/t/c166.0.667.1000-400.jpg 400w, /m/t/c166.0.667.1000-800.jpg 800w"


def test_every_address_on_a_page_is_one_that_is_made():
    frame = shape_crop(3000, 2000, (16, 9))
    shown = sources("/m/", "t", 3000, 2000, formats=["jpeg", "webp", "avif"], crop=frame)
    made = {address("/m/", "t", recipe.name) for recipe in recipes(3000, 2000, crop=frame)}
    strings = [shown.srcset, *(srcset for _, srcset in shown.sources)]
    named = {part.split()[0] for srcset in strings for part in srcset.split(", ")}
    assert named == made
    assert shown.src in made
