"""The sample's pictures: drawn in code, the same each time, each with its facts and words in both languages."""

import hashlib
import subprocess
import sys
from io import BytesIO

import pytest
from PIL import ImageStat

from articles.imaging import metadata, xmp
from articles.management.sample import pictures, reader
from articles.management.sample.brush import Picture, mix
from articles.models import Rights

pytestmark = pytest.mark.once

PHOTOS = reader.read_photos()


@pytest.mark.parametrize("name", pictures.SCENES)
def test_a_scene_fills_its_whole_picture(name):
    picture = pictures.draw(name)
    assert picture.mode == "RGB"
    assert picture.size == pictures.SCENES[name][1:]
    # Black is where no scene has painted: the ground of a new picture.
    black = picture.convert("L").histogram()[0]
    assert black < picture.width * picture.height / 100
    assert max(ImageStat.Stat(picture).stddev) > 15


def test_a_scene_drawn_elsewhere_is_the_same_byte_for_byte():
    line = (
        "import hashlib; from articles.management.sample import pictures; "
        "print(hashlib.sha256(pictures.jpeg('classroom')).hexdigest())"
    )
    elsewhere = subprocess.run([sys.executable, "-c", line], capture_output=True, text=True, check=True)
    assert elsewhere.stdout.strip() == hashlib.sha256(pictures.jpeg("classroom")).hexdigest()


def test_a_picture_says_who_made_it_and_whose_it_is():
    words = xmp.write(credit="Drawing: Lina Aswad", rights="© The Daybook", creator="Lina Aswad")
    facts, _everything = metadata.read(BytesIO(pictures.jpeg("alley_steps", words)))
    assert (facts.credit, facts.copyright, facts.creator) == ("Drawing: Lina Aswad", "© The Daybook", "Lina Aswad")


def test_pictures_stand_upright_across_and_square():
    shapes = {(width > height) - (width < height) for _scene, width, height in pictures.SCENES.values()}
    assert shapes == {-1, 0, 1}


def test_every_scene_is_a_photo_and_every_photo_a_scene():
    assert {photo.name for photo in PHOTOS} == set(pictures.SCENES)


@pytest.mark.parametrize("photo", PHOTOS, ids=lambda photo: photo.name)
def test_a_photo_is_described_in_both_languages(photo):
    assert photo.facts["rights"] in set(Rights.values) - {""}
    assert all(photo.facts[name] for name in ("creator", "credit", "copyright", "taken_at", "city", "country"))
    for language in ("en", "ar"):
        words = photo.words[language]
        assert words["caption"]
        assert words["alt"] != words["caption"]
        assert 20 < len(words["alt"]) <= 125


def test_light_at_the_rim_of_a_picture_stays_within_it():
    picture = Picture(60, 40, seed=1)
    picture.glow(5, 5, 30, "#ffffff")
    picture.glow(500, 500, 30, "#ffffff")
    assert picture.image.getpixel((5, 5))[0] > 200
    assert picture.image.getpixel((59, 39)) == (0, 0, 0)


def test_an_edge_between_two_colours_is_smooth():
    picture = Picture(40, 40, seed=1)
    with picture.draw() as pen:
        pen.polygon([(0, 0), (40, 0), (0, 40)], "#ffffff")
    levels = [level for level, count in enumerate(picture.image.convert("L").histogram()) if count]
    assert {0, 255} < set(levels)
    assert mix("#000000", "#ffffff", 0.5) == (128, 128, 128)
