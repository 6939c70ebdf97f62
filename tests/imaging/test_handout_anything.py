"""Handing out whatever comes: any words, damaged originals, every place of a hidden source, another program's eyes."""

import dataclasses
import json
import re
import shutil
import subprocess
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from PIL import Image, PngImagePlugin

from articles.imaging import chunks, directories, profile, segments
from articles.imaging.handout import handout
from articles.imaging.intake import Refused
from articles.imaging.metadata import Facts, read
from articles.imaging.text import clean
from tests.imaging import pictures, secrets
from tests.imaging.test_handout import ARABIC, ENGLISH, handed_out

WORDS = some.text(max_size=200) | some.text("حلب سوريا عمر ،؛ًّ", max_size=80) | some.sampled_from(
    ["😀" * 50, "a" * 900, "<b>&amp;]]>", "\u202bحلب\u202c", "ح" * 450, "a\nb\r\nc", "\ud800x"]
)  # fmt: skip
TEXTS = [field.name for field in dataclasses.fields(Facts) if field.name not in ("keywords", "date_created")]


@given(texts=some.fixed_dictionaries({}, optional=dict.fromkeys(TEXTS, WORDS)), keywords=some.lists(WORDS, max_size=9))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_any_words_whatever_are_read_back(texts, keywords):
    wanted = {name: clean(text) for name, text in texts.items()}
    tags = list(dict.fromkeys(word for word in map(clean, keywords) if word))
    for format in ("jpeg", "png", "webp", "tiff"):
        found = handed_out(pictures.every_format()[format], Facts(**texts, keywords=keywords))[1]
        for name, text in wanted.items():
            assert getattr(found, name) == text
        assert found.keywords == tags


def test_a_keyword_said_twice_leaves_room_for_the_others():
    facts = Facts(keywords=["ح" * 4000, "ح" * 4000, "Aleppo"])
    assert handed_out(pictures.every_format()["jpeg"], facts)[1].keywords == ["ح" * 4000, "Aleppo"]


def test_words_too_long_for_any_jpeg_are_cut_and_the_file_stays_whole():
    facts = Facts(**dict.fromkeys(TEXTS, "<ح>" * 9000), keywords=["<&>" * 50 + str(each) for each in range(900)])
    made, found, _kept = handed_out(pictures.saved(pictures.corners(), "JPEG"), facts)
    assert facts.caption.startswith(found.caption)
    assert len(found.caption) > 100
    assert pictures.is_upright(Image.open(BytesIO(made.data)))


def test_an_exif_block_that_fills_its_segment_does_not_stop_the_handout():
    exif = Image.Exif()
    exif[0x010E] = "x" * 200
    exif[0xC000] = b"y" * 65_150
    _made, found, kept = handed_out(pictures.saved(pictures.corners(), "JPEG", exif=exif), ENGLISH)
    assert found == ENGLISH
    assert "49152" in kept["exif"]


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
@pytest.mark.parametrize("block", [b"", b"MM\0*", b"II*\0\xff\xff\xff\xff" + bytes(9), b"no TIFF at all, no"])
def test_a_broken_exif_block_is_replaced(block):
    assert handed_out(BytesIO(pictures.jpeg_with((0xE1, b"Exif\0\0" + block))), ENGLISH)[1] == ENGLISH


def test_a_packet_nobody_can_read_is_replaced():
    file = BytesIO(pictures.jpeg_with((0xE1, b"http://ns.adobe.com/xap/1.0/\0<not xml")))
    assert handed_out(file, ENGLISH)[1] == ENGLISH


def test_texts_of_a_png_that_say_the_same_go_and_others_stay():
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", "Old author")
    texts.add_text("Description", "Old words", zip=True)
    texts.add_text("Comment", "A comment")
    kept = handed_out(pictures.saved(pictures.corners(), "PNG", pnginfo=texts), ENGLISH)[2]
    assert kept["other"]["Comment"] == "A comment"
    assert not {"Author", "Description"} & set(kept["other"])


def test_a_moving_webp_still_moves():
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    file = pictures.saved(frames[0], "WEBP", save_all=True, append_images=frames[1:], duration=90)
    for hidden in (False, True):
        assert Image.open(BytesIO(handout(file, ENGLISH, hide_source=hidden).data)).n_frames == 2


@pytest.mark.parametrize("data", [b"", b"text", pictures.saved(pictures.corners(), "PNG").getvalue()[:60]])
def test_an_original_that_went_bad_is_refused_in_a_sentence(data):
    with pytest.raises(Refused):
        handout(BytesIO(data), ENGLISH)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("format", list(secrets.ORIGINALS))
@given(cut=some.floats(0.2, 1), place=some.floats(0, 0.6), hole=some.binary(max_size=9), hidden=some.booleans())
@settings(max_examples=30, deadline=None, derandomize=True)
def test_a_damaged_original_is_handed_out_or_refused_in_a_sentence(format, cut, place, hole, hidden):
    data = bytearray(secrets.ORIGINALS[format](secrets.Secrets(9)))
    start = int(place * len(data))
    data[start : start + len(hole)] = hole
    with suppress(Refused):
        made = handout(BytesIO(bytes(data[: int(cut * len(data))])), ENGLISH, hide_source=hidden)
        assert read(BytesIO(made.data))[0].caption in (ENGLISH.caption, "")


@pytest.mark.parametrize("stored", secrets.ORIGINALS)
@given(seed=some.integers(0, 0xFFFFFFFF))
@settings(max_examples=5, deadline=None, derandomize=True)
def test_where_the_source_is_hidden_no_word_of_any_place_is_handed_out(stored, seed):
    planted = secrets.Secrets(seed)
    made = handout(BytesIO(secrets.ORIGINALS[stored](planted)), ENGLISH, hide_source=True)
    assert secrets.found(made.data, planted.said.values()) == []


@given(
    data=some.binary(max_size=400), start=some.sampled_from([b"", b"II*\0", b"MM\0*\0\0\0\x08", bytes(36) + b"acsp"])
)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_junk_is_refused_by_every_part_without_harm(data, start):
    for part in (
        profile.nameless,
        segments.taken_apart,
        chunks.of_png,
        chunks.of_webp,
        lambda junk: directories.changed(junk, {270: (2, b"words\0")}),
    ):
        with suppress(ValueError):
            part(start + data)


@pytest.mark.parametrize("format", ["jpeg", "png", "webp", "tiff", "avif", "heic", "gif"])
@pytest.mark.parametrize("facts", [ENGLISH, ARABIC])
def test_another_program_reads_back_every_field(format, facts, tmp_path):
    if shutil.which("exiftool") is None:
        pytest.skip("exiftool is not installed")
    made = handout(pictures.every_format()[format], facts)
    path = tmp_path / f"handed-out.{made.extension}"
    path.write_bytes(made.data)
    found = json.loads(
        subprocess.run(
            ["exiftool", "-j", "-G1", "-struct", "-charset", "exif=UTF8", "-charset", "iptc=UTF8", path],
            capture_output=True, check=True,
        ).stdout
    )[0]  # fmt: skip
    said = {re.sub("^XMP-.*:", "", name): value for name, value in found.items()}
    names = {
        "headline": "Headline", "caption": "Description", "caption_writer": "CaptionWriter", "creator": "Creator",
        "job_title": "AuthorsPosition", "credit": "Credit", "source": "Source", "copyright": "Rights",
        "city": "City", "sublocation": "Location", "country": "Country", "country_code": "CountryCode",
        "keywords": "Subject", "instructions": "Instructions", "job_id": "TransmissionReference",
        "alt": "AltTextAccessibility", "extended_description": "ExtDescrAccessibility",
    }  # fmt: skip
    for field, name in names.items():
        wanted = getattr(facts, field)
        assert said[name] in (wanted, [wanted]), name
    assert said["DateCreated"] == "2016:07:28 14:05:00+03:00"
    assert "igital" in said["DigitalSourceType"]
    assert found["IFD0:Copyright"] == facts.copyright
    assert found["IFD0:Artist"] == facts.creator
    assert found["IFD0:ImageDescription"] == facts.caption
    assert not [name for name in found if name in ("ExifTool:Error", "ExifTool:Warning")]
    if made.format in ("jpeg", "tiff"):
        assert found["IPTC:Caption-Abstract"] == facts.caption
        assert found["IPTC:Keywords"] == facts.keywords
        assert found["IPTC:DateCreated"] == "2016:07:28"
        assert found["IPTC:TimeCreated"] == "14:05:00+03:00"
        assert found["IPTC:City"] == facts.city
    if made.format == "jpeg":
        assert found["Photoshop:IPTCDigest"] == found["File:CurrentIPTCDigest"]
