"""The proof on a photo's page: what its original says, by kind, and what its renditions say."""

import json
from io import BytesIO

import pytest

from articles.imaging.encode import encode
from articles.imaging.metadata import read
from articles.imaging.proof import GROUPS, LONGEST_VALUE, counted, held, served
from articles.imaging.recipes import FORMATS, recipes
from tests.imaging import pictures, secrets

WORDS = {"credit": "وكالة", "copyright": "© 2016"}


def kept(stored="jpeg"):
    planted = secrets.Secrets(5)
    return read(BytesIO(secrets.ORIGINALS[stored](planted)))[1]


def names(group, stored="jpeg"):
    return {f"{entry.place} {entry.name}" for entry in held(kept(stored))[group]}


def test_what_an_original_says_is_shown_by_kind():
    assert list(held(kept())) == list(GROUPS)
    assert {"EXIF GPS GPSLatitude", "XMP photoshop:City", "IIM City", "IIM Content location"} <= names("location")
    assert {"EXIF Artist", "IIM By-line", "XMP dc:creator", "XMP Iptc4xmpExt:PersonInImage"} <= names("people")
    assert {"EXIF Exif DateTimeOriginal", "IIM Date created"} <= names("times")
    assert {"EXIF Make", "EXIF Exif BodySerialNumber", "EXIF Exif MakerNote", "XMP xmpMM:DocumentID"} <= names("device")
    assert {"EXIF ImageDescription", "IIM Caption", "XMP photoshop:Credit", "EXIF XPTitle"} <= names("words")


@pytest.mark.parametrize("stored", secrets.ORIGINALS)
def test_the_numbers_are_those_of_what_is_shown(stored):
    said = held(kept(stored))
    assert counted(kept(stored)) == {group: len(entries) for group, entries in said.items()}
    assert all(len(entry.value) <= LONGEST_VALUE for entries in said.values() for entry in entries)


def test_a_file_that_says_nothing_has_nothing_to_show():
    assert held({}) == {}
    assert held({"exif": {}, "xmp": {"dc:title": ""}, "iim": {"2:05": []}}) == {}


def test_words_in_several_languages_are_shown_under_one_name():
    said = held({"xmp": {"dc:description": {"x-default": "Exit", "ar": "مخرج"}}})
    assert [(entry.name, entry.value) for entry in said["words"]] == [
        ("dc:description", "Exit"),
        ("dc:description", "مخرج"),
    ]


def test_structures_of_any_depth_can_be_shown():
    deep = {"Iptc4xmpExt:LocationShown": [{"Iptc4xmpExt:City": "Aleppo", "exif:GPSLatitude": [1, {"x": "y"}]}]}
    assert json.dumps([entry.value for entry in held({"xmp": deep})["location"]])


@pytest.mark.parametrize("format", FORMATS)
def test_of_a_rendition_the_permitted_words_are_shown_and_no_leak(format):
    original = pictures.saved(pictures.corners(), "PNG")
    ((recipe, data),) = encode(original, recipes(96, 64, formats=[format]), **WORDS)
    shown = served(recipe.name, data, WORDS)
    assert (shown.format, shown.size, shown.words, shown.leaks) == (format, len(data), WORDS, ())


def test_a_leak_is_shown_by_name():
    shown = served("96.jpg", pictures.jpeg_with((0xED, pictures.iptc(pictures.dataset(90, b"Aleppo")))))
    assert shown.words == {"city": "Aleppo"}
    assert "IIM 2:90" in shown.leaks
