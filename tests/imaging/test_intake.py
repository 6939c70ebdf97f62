"""What the photo desk can hand in, and what it is told when it cannot."""

import hashlib
import struct
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from PIL import Image

from articles.imaging.fingerprint import distance
from articles.imaging.intake import CutOff, Limits, NotAPicture, Refused, TooManyBytes, TooManyPixels, inspect
from tests.imaging import pictures

FORMATS = list(pictures.every_format())


@pytest.mark.parametrize("format", FORMATS)
def test_each_of_the_seven_formats_is_taken_for_what_it_is(format):
    file = pictures.every_format()[format]
    taken = inspect(file, name="picture.txt")
    assert taken.format == format
    assert (taken.width, taken.height) == ((64, 96) if format == "heic" else (96, 64))
    assert taken.size == len(file.getvalue())
    assert taken.digest == hashlib.sha256(file.getvalue()).hexdigest()
    assert len(taken.fingerprint) == 16
    assert not taken.animated
    assert file.tell() == 0
    assert not file.closed


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_size_is_that_of_the_picture_as_seen(format, orientation):
    taken = inspect(pictures.turned(format, orientation), name="turned")
    assert (taken.width, taken.height) == pictures.SIZE


def test_the_average_colour_is_that_of_the_picture():
    assert inspect(pictures.saved(Image.new("RGB", (50, 40), (16, 128, 240)), "PNG"), name="sea").colour == "#1080f0"


def test_what_is_transparent_counts_as_white():
    clear = Image.new("RGBA", (50, 40), (0, 0, 0, 0))
    assert inspect(pictures.saved(clear, "PNG"), name="clear").colour == "#ffffff"


@pytest.mark.parametrize("format", ["GIF", "WEBP", "PNG", "AVIF"])
def test_a_moving_picture_is_told_from_a_still_one(format):
    still = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue", "white")]
    assert inspect(pictures.saved(still[0], format, save_all=True, append_images=still[1:]), name="moves").animated


def test_a_picture_keeps_its_fingerprint_through_formats_sizes_and_orientations():
    scene = pictures.scene()
    known = inspect(pictures.saved(scene, "PNG"), name="scene").fingerprint
    for again in (
        pictures.saved(scene, "JPEG", quality=60),
        pictures.saved(scene.resize((240, 160)), "WEBP", quality=60),
        pictures.saved(scene, "GIF"),
        pictures.saved(scene.convert("RGBA"), "PNG"),
    ):
        assert distance(known, inspect(again, name="again").fingerprint) <= 6
    other = inspect(pictures.saved(pictures.scene(seed=3).rotate(90), "PNG"), name="other").fingerprint
    assert distance(known, other) > 12


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("invoice.pdf", b"%PDF-1.7\n1 0 obj", "“invoice.pdf” is not a picture: it is a PDF document."),
        ("picture.jpg", b"%PDF-1.7\n1 0 obj", "“picture.jpg” is not a picture: it is a PDF document."),
        ("logo.png", b"%!PS-Adobe-3.0 EPSF-3.0", "“logo.png” is not a picture: it is a PostScript document."),
        ("logo.svg", b"<?xml version='1.0'?><svg onload='x'/>", "“logo.svg” is not a picture: it is an SVG drawing."),
        ("page.jpg", b"<!DOCTYPE html><html>", "“page.jpg” is not a picture: it is a web page."),
        ("notes.gif", b"Aleppo, July 28", "“notes.gif” is not a picture: it is text."),
        ("a.docx", b"PK\x03\x04rest", "“a.docx” is not a picture: it is a ZIP archive or an office document."),
        ("film.heic", b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "“film.heic” is not a picture: it is a video."),
        ("art.psd", b"8BPS\0\x01", "“art.psd” is a Photoshop file, which the library does not take."),
        ("shot.cr2", b"II*\0\x10\0\0\0CR\x02\0", "“shot.cr2” is a camera’s raw file, which the library does not take."),
        ("core", b"\x7fELF\x02\x01\x01\0\0", "“core” is not a picture."),
        ("nothing.jpg", b"", "“nothing.jpg” is empty."),
        ("C:\\photos\\bad\nname.jpg", b"\0\1\2", "“bad name.jpg” is not a picture."),
    ],
)
def test_what_is_no_picture_is_refused_by_its_name_and_kind(name, content, sentence):
    with pytest.raises(NotAPicture) as refusal:
        inspect(BytesIO(content), name=name)
    assert str(refusal.value) == f"{sentence} The library takes JPEG, PNG, WebP, AVIF, HEIC, TIFF and GIF."


def test_formats_pillow_could_read_but_the_library_does_not_take_are_refused():
    for format in ("BMP", "PPM", "ICO", "TGA", "PCX", "JPEG2000", "EPS", "PDF", "SGI"):
        with pytest.raises(NotAPicture):
            inspect(pictures.saved(pictures.corners(), format), name="other.jpg")


def test_a_cameras_raw_file_is_not_taken_for_the_preview_in_it():
    with pytest.raises(NotAPicture, match="raw file"):
        inspect(pictures.saved(pictures.corners(), "TIFF", tiffinfo={254: 1}), name="shot.nef")


def test_a_file_beyond_the_limit_is_refused_before_it_is_read():
    with pytest.raises(TooManyBytes) as refusal:
        inspect(BytesIO(bytes(1_200_001)), name="big.tif", limits=Limits(bytes=1_000_000))
    assert str(refusal.value) == "“big.tif” has 1.3 MB; the library takes files of up to 1 MB."


@pytest.mark.parametrize(
    "bomb",
    [
        pictures.png_bomb(50_000, 50_000),
        pictures.jpeg_bomb(65_000, 65_000),
        pictures.gif_bomb(12_000, 12_000),
        pictures.webp_bomb(16_000, 16_000),
    ],
)
def test_a_decompression_bomb_is_refused_by_its_header(bomb):
    with pytest.raises(TooManyPixels, match=r"“bomb\.jpg” has .*pixels"):
        inspect(bomb, name="bomb.jpg")


def test_the_refusal_of_a_large_picture_says_how_large_it_is():
    with pytest.raises(TooManyPixels) as refusal:
        inspect(pictures.png_bomb(12_000, 10_000), name="map.png")
    assert str(refusal.value) == "“map.png” has 120 megapixels (12000 × 10000); the library takes up to 100."


def test_a_jpeg_of_thousands_of_scans_is_refused():
    data = pictures.saved(pictures.corners(), "JPEG", progressive=True).getvalue()
    scan = data[data.rindex(b"\xff\xda") : -2]
    with pytest.raises(CutOff):
        inspect(BytesIO(data[:-2] + scan * 300 + data[-2:]), name="scans.jpg")


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("part", [0.2, 0.5, 0.8, 0.97])
def test_a_file_that_was_cut_off_is_refused_at_every_place(format, part):
    data = pictures.every_format()[format].getvalue()
    with pytest.raises(Refused):
        inspect(BytesIO(data[: int(len(data) * part)]), name="cut.jpg")


@pytest.mark.parametrize("words", [{}, {"progressive": True}, {"subsampling": 2}])
@pytest.mark.parametrize("part", [0.3, 0.6, 0.9, 0.98])
def test_a_photograph_cut_off_on_its_way_is_refused_in_a_sentence(words, part):
    data = pictures.saved(Image.effect_noise((640, 480), 90).convert("RGB"), "JPEG", **words).getvalue()
    with pytest.raises(CutOff) as refusal:
        inspect(BytesIO(data[: int(len(data) * part)]), name="x.jpg")
    assert str(refusal.value) == "“x.jpg” is cut off: the file ends before the picture does. Send it again."


def test_a_cut_off_file_filled_up_with_zeros_is_refused():
    data = pictures.saved(Image.effect_noise((640, 480), 90).convert("RGB"), "JPEG").getvalue()
    half = len(data) // 2
    with pytest.raises(CutOff):
        inspect(BytesIO(data[:half] + bytes(half)), name="padded.jpg")


def test_a_gif_cut_off_in_a_later_frame_is_refused():
    frames = [Image.effect_noise((60, 60), spread) for spread in (50, 80, 110)]
    data = pictures.saved(frames[0], "GIF", save_all=True, append_images=frames[1:]).getvalue()
    with pytest.raises(CutOff):
        inspect(BytesIO(data[: len(data) * 3 // 4]), name="cut.gif")


def test_what_stands_behind_a_whole_picture_does_not_matter():
    data = pictures.saved(pictures.corners(), "JPEG").getvalue()
    assert inspect(BytesIO(data + bytes(5000)), name="recovered.jpg").format == "jpeg"
    assert inspect(BytesIO(data + data), name="pair.mpo").format == "jpeg"


@pytest.mark.filterwarnings("ignore")  # Pillow warns of what it finds in a damaged file
@settings(deadline=None)
@given(
    format=some.sampled_from(FORMATS),
    holes=some.lists(some.tuples(some.floats(0, 1), some.binary(min_size=1, max_size=8)), min_size=1, max_size=6),
)
def test_a_damaged_file_is_refused_in_a_sentence_or_taken_but_never_breaks_anything(format, holes):
    data = bytearray(pictures.every_format()[format].getvalue())
    for place, bytes_ in holes:
        start = int(place * (len(data) - 1))
        data[start : start + len(bytes_)] = bytes_
    limits = Limits(pixels=1_000_000)
    try:
        size = inspect(BytesIO(bytes(data)), name="damaged.jpg", limits=limits)
        said = "“damaged.jpg”" if size.width * size.height <= limits.pixels else ""
    except Refused as refusal:
        said = str(refusal)
    assert "“damaged.jpg”" in said


@pytest.mark.parametrize(
    "picture",
    [
        Image.new("1", (40, 30), 1),
        Image.new("L", (40, 30), 90),
        Image.new("LA", (40, 30), (90, 100)),
        Image.new("P", (40, 30), 3),
        Image.new("I;16", (40, 30), 40_000),
        Image.new("RGBA", (40, 30), (1, 2, 3, 4)),
    ],
    ids=lambda picture: picture.mode,
)
def test_every_way_a_png_stores_its_colours_is_taken(picture):
    assert inspect(pictures.saved(picture, "PNG"), name="colours.png").width == 40


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "CMYK", "YCbCr", "LAB", "I;16", "I", "F"])
def test_every_way_a_tiff_stores_its_colours_is_taken(mode):
    assert inspect(pictures.saved(Image.new(mode, (40, 30)), "TIFF"), name="colours.tif").height == 30


def test_a_tiff_of_sixteen_bits_a_channel_is_taken():
    pixels = struct.pack("<3H", 40_000, 20_000, 10_000) * 12
    entries = (
        (256, 3, 1, 4), (257, 3, 1, 3), (258, 3, 3, 134), (259, 3, 1, 1), (262, 3, 1, 2),
        (273, 4, 1, 140), (277, 3, 1, 3), (278, 3, 1, 3), (279, 4, 1, len(pixels)),
    )  # fmt: skip
    directory = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    head = b"II*\0" + struct.pack("<IH", 8, len(entries)) + directory + bytes(4)
    file = BytesIO(head.ljust(134, b"\0") + struct.pack("<3H", 16, 16, 16) + pixels)
    assert inspect(file, name="deep.tif").colour == "#9c4e27"
