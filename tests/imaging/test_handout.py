"""Pictures handed out by the desk: the original's pixels, the words as they were edited."""

import dataclasses
import json
import re
import shutil
import subprocess
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from PIL import Image, ImageChops, PngImagePlugin

from articles.imaging import iim, segments
from articles.imaging.handout import handout
from articles.imaging.intake import Refused
from articles.imaging.metadata import Facts, read
from articles.imaging.text import clean
from tests.imaging import pictures
from tests.imaging.test_privacy import full_of_secrets

ENGLISH = Facts(
    headline="Safe exit", caption="Residents leave Aleppo on Thursday.", caption_writer="RH", creator="Omar Halabi",
    job_title="Staff photographer", credit="Wadi Saf Courier", source="WSC", copyright="© 2016 Wadi Saf Courier",
    date_created="2016-07-28T14:05:00+03:00", city="Aleppo", sublocation="Bustan al-Qasr", country="Syria",
    country_code="SYR", keywords=["siege", "exit", "families"], instructions="Not before noon", job_id="A-17",
    alt="A woman carries a child through a gate", extended_description="Behind them a wall and a bus.",
    digital_source_type="http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture",
)  # fmt: skip
ARABIC = dataclasses.replace(
    ENGLISH, headline="مخرج آمن", caption="أهالٍ يغادرون حلب يوم الخميس.", creator="عمر الحلبي", city="حلب",
    credit="بريد وادي صاف", copyright="© 2016 بريد وادي صاف", keywords=["حصار", "عائلات"], alt="امرأة تحمل طفلًا",
    country="سوريا", sublocation="بستان القصر", source="البريد", caption_writer="رنا", job_title="مصور",
    instructions="ليس قبل الظهر", job_id="أ-١٧", extended_description="خلفهم جدار وحافلة.",
)  # fmt: skip
FORMATS = ("jpeg", "png", "webp", "tiff")
EMPTY = {"caption": "", "headline": "", "keywords": []}


def handed_out(file, facts, **wishes):
    made = handout(file, facts, **wishes)
    return made, *read(BytesIO(made.data))


@pytest.mark.parametrize("format", list(pictures.every_format()))
@pytest.mark.parametrize("facts", [ENGLISH, ARABIC])
def test_every_field_is_read_back_from_what_is_handed_out(format, facts):
    made, found, _kept = handed_out(pictures.every_format()[format], facts)
    assert found == facts
    assert made.same_pixels == (format in FORMATS)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("hidden", [False, True])
def test_the_pixels_are_the_originals(format, hidden):
    file = pictures.every_format()[format]
    made = handout(file, ENGLISH, hide_source=hidden)
    before, after = Image.open(file), Image.open(BytesIO(made.data))
    if made.same_pixels:
        assert ImageChops.difference(before.convert("RGB"), after.convert("RGB")).getbbox() is None
    assert before.size == after.size
    assert made.same_pixels == (format != "tiff" or not hidden)


def test_the_compressed_picture_of_a_jpeg_is_not_touched():
    file = pictures.saved(pictures.scene(), "JPEG", progressive=True)
    made = handout(file, ENGLISH)
    scans = lambda data: [(each.marker, each.body, each.scan) for each in segments.taken_apart(data) if each.is_picture]  # noqa: E731
    assert scans(made.data) == scans(file.getvalue())


@pytest.mark.parametrize("format", FORMATS)
def test_an_emptied_field_does_not_come_back_from_the_original(format):
    first = handout(pictures.every_format()[format], ENGLISH)
    again, found, kept = handed_out(BytesIO(first.data), dataclasses.replace(ARABIC, **EMPTY))
    assert found == dataclasses.replace(ARABIC, **EMPTY)
    said = json.dumps(kept)
    for stale in (ENGLISH.caption, ENGLISH.headline, ENGLISH.copyright, "siege"):
        assert stale not in said
        assert stale.encode() not in again.data


def test_stale_copies_of_our_fields_go():
    exif = Image.Exif()
    exif[0x010E], exif[40092] = "Old caption", "Old caption".encode("utf-16-le")
    data = pictures.saved(
        pictures.corners(), "JPEG", exif=exif, xmp=pictures.packet("<photoshop:City>Old caption</photoshop:City>")
    ).getvalue()
    extra = pictures.jpeg_with((0xED, pictures.iptc(pictures.dataset(120, b"Old caption"))))
    file = BytesIO(data[:2] + extra[2 : extra.index(b"\xff\xe0")] + data[2:])
    made, found, _kept = handed_out(file, Facts(caption="New"))
    assert found == Facts(caption="New")
    assert b"Old caption" not in made.data
    assert "Old caption".encode("utf-16-le") not in made.data


def test_what_is_none_of_our_fields_stays():
    exif = Image.Exif()
    exif[0x010F] = "Nikon"
    exif.get_ifd(0x8769)[0x927C] = b"a maker's note"
    packet = pictures.packet("<exif:LensModel>50 mm</exif:LensModel>", attributes='xmlns:own="urn:own" own:mark="kept"')
    words = pictures.iptc(pictures.dataset(5, "Café".encode("cp1252")), pictures.dataset(80, b"Somebody"))
    data = pictures.saved(pictures.corners(), "JPEG", exif=exif, xmp=packet, comment=b"A comment").getvalue()
    extra = pictures.jpeg_with((0xED, words), (0xE5, b"Another"))
    file = BytesIO(data[:2] + extra[2 : extra.index(b"\xff\xe0")] + data[2:])
    made, found, kept = handed_out(file, ENGLISH)
    assert found == ENGLISH
    assert kept["exif"]["Make"] == "Nikon"
    assert kept["exif"]["Exif"]["MakerNote"] == b"a maker's note".hex()
    assert (kept["xmp"]["exif:LensModel"], kept["xmp"]["urn:own:mark"]) == ("50 mm", "kept")
    assert kept["iim"]["2:05"] == ["Café"]
    assert kept["other"]["comment"] == "A comment"
    assert b"Another" in made.data


@pytest.mark.parametrize("stored", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF"])
def test_where_the_source_is_hidden_nothing_of_the_original_is_said(stored):
    file = full_of_secrets("zQxSecret", stored)
    made, found, kept = handed_out(file, ENGLISH, hide_source=True)
    assert b"zQxSecret" not in made.data
    assert found == Facts(
        headline=ENGLISH.headline, caption=ENGLISH.caption, credit=ENGLISH.credit, copyright=ENGLISH.copyright
    )
    assert set(kept["exif"]) == {"ImageDescription", "Copyright"}
    assert not any(word in made.data for word in (b"Omar", b"Bustan", b"2016-07", b"20160728", b"Not before"))


@pytest.mark.parametrize("stored", ["JPEG", "PNG", "WEBP"])
def test_where_the_source_is_hidden_the_colours_stay_right_without_the_profiles_name(stored):
    swapped = pictures.other_rgb_profile()
    words = {"lossless": True} if stored == "WEBP" else {}
    file = pictures.saved(pictures.corners(), stored, icc_profile=swapped, **words)
    made = handout(file, ENGLISH, hide_source=True)
    profile = Image.open(BytesIO(made.data)).info["icc_profile"]
    assert "Swapped again".encode("utf-16-be") not in profile
    assert profile[128:] != swapped[128:]
    shown = [pictures.corner_colours(Image.open(each).convert("RGB")) for each in (file, BytesIO(made.data))]
    assert shown[0] == shown[1]


@pytest.mark.parametrize("stored", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("hidden", [False, True])
def test_a_turned_picture_stays_turned(stored, hidden):
    made = handout(pictures.turned(stored, 6), ENGLISH, hide_source=hidden)
    assert Image.open(BytesIO(made.data)).getexif()[0x0112] == 6


def test_captions_in_two_languages_are_handed_out_together():
    made = handout(pictures.saved(pictures.corners(), "JPEG"), ENGLISH, captions={"ar": ARABIC.caption, "en": "E"})
    found = read(BytesIO(made.data))[1]["xmp"]["dc:description"]
    assert found == {"x-default": ENGLISH.caption, "ar": ARABIC.caption, "en": "E"}


@pytest.mark.parametrize(
    ("date", "day", "time"),
    [
        ("2016", "20160000", ""),
        ("2016-07", "20160700", ""),
        ("2016-07-28", "20160728", ""),
        ("2016-07-28T14:05", "20160728", ""),
        ("2016-07-28T14:05:09Z", "20160728", "140509+0000"),
        ("2016-07-28T14:05:09.25+03:00", "20160728", "140509+0300"),
    ],
)
def test_a_date_is_written_as_precisely_as_it_is_known(date, day, time):
    _made, found, kept = handed_out(pictures.saved(pictures.corners(), "JPEG"), Facts(date_created=date))
    assert found.date_created == date
    assert (kept["iim"].get("2:55"), kept["iim"].get("2:60")) == ([day], [time] if time else None)


def test_in_iim_every_field_is_cut_between_two_letters():
    facts = Facts(
        **{
            field.name: ["ح" * 3000] if field.name == "keywords" else "ح" * 3000
            for field in dataclasses.fields(Facts)
            if field.name not in ("date_created", "digital_source_type")
        }
    )
    made = handout(pictures.saved(pictures.corners(), "JPEG"), facts)
    block = next(each.body for each in segments.taken_apart(made.data) if each.marker == segments.APP13)
    found = iim.datasets(dict(iim.resources(block[len(iim.PHOTOSHOP) :]))[iim.IIM_RESOURCE])
    limits = {120: 2000, 105: 256, 40: 256, 116: 128, 25: 64, 101: 64, 100: 3}
    for record, number, value in found:
        if record == 2:
            assert len(value) <= limits.get(number, 32)
            assert set(value.decode()) == {"ح"}
    assert found[0] == (1, 90, b"\x1b%G")


WORDS = some.text(max_size=200) | some.text("حلب سوريا عمر ،؛ًّ", max_size=80) | some.sampled_from(
    ["😀" * 50, "a" * 5000, "<b>&amp;]]>", "\u202bحلب\u202c", "ح" * 4000, "a\nb\r\nc", "\ud800x"]
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
