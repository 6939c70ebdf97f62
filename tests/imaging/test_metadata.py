"""What a picture says of itself, in every way agencies and cameras write it."""

import json
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from PIL import Image, PngImagePlugin

from articles.imaging.metadata import Facts, read
from tests.imaging import pictures

UTF8 = pictures.dataset(90, b"\x1b%G", record=1)
ARABIC = "مخرج آمن من حلب المحاصرة"

XMP = {
    "headline": "<photoshop:Headline>{}</photoshop:Headline>",
    "caption": '<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt></dc:description>',
    "caption_writer": "<photoshop:CaptionWriter>{}</photoshop:CaptionWriter>",
    "creator": "<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>",
    "job_title": "<photoshop:AuthorsPosition>{}</photoshop:AuthorsPosition>",
    "credit": "<photoshop:Credit>{}</photoshop:Credit>",
    "source": "<photoshop:Source>{}</photoshop:Source>",
    "copyright": '<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt></dc:rights>',
    "city": "<photoshop:City>{}</photoshop:City>",
    "sublocation": "<Iptc4xmpCore:Location>{}</Iptc4xmpCore:Location>",
    "country": "<photoshop:Country>{}</photoshop:Country>",
    "country_code": "<Iptc4xmpCore:CountryCode>{}</Iptc4xmpCore:CountryCode>",
    "instructions": "<photoshop:Instructions>{}</photoshop:Instructions>",
    "job_id": "<photoshop:TransmissionReference>{}</photoshop:TransmissionReference>",
    "alt": "<Iptc4xmpCore:AltTextAccessibility><rdf:Alt><rdf:li xml:lang='x-default'>{}</rdf:li></rdf:Alt>"
    "</Iptc4xmpCore:AltTextAccessibility>",
    "extended_description": "<Iptc4xmpCore:ExtDescrAccessibility><rdf:Alt><rdf:li xml:lang='x-default'>{}</rdf:li>"
    "</rdf:Alt></Iptc4xmpCore:ExtDescrAccessibility>",
    "digital_source_type": "<Iptc4xmpExt:DigitalSourceType>{}</Iptc4xmpExt:DigitalSourceType>",
}
IIM = {
    "headline": 105, "caption": 120, "caption_writer": 122, "creator": 80, "job_title": 85, "credit": 110,
    "source": 115, "copyright": 116, "city": 90, "sublocation": 92, "country": 101, "country_code": 100,
    "instructions": 40, "job_id": 103,
}  # fmt: skip


def facts_of(*segments):
    return read(BytesIO(pictures.jpeg_with(*segments)))[0]


def iim(*datasets):
    return 0xED, pictures.iptc(*datasets)


@pytest.mark.parametrize("field", XMP)
@pytest.mark.parametrize("words", ["Safe exit", ARABIC])
def test_each_field_is_read_from_xmp(field, words):
    assert getattr(facts_of(pictures.xmp_segment(XMP[field].format(words))), field) == words


@pytest.mark.parametrize("field", IIM)
@pytest.mark.parametrize("words", ["Safe exit", ARABIC])
def test_each_field_is_read_from_iim(field, words):
    assert getattr(facts_of(iim(UTF8, pictures.dataset(IIM[field], words.encode()))), field) == words


@pytest.mark.parametrize(("field", "tag"), [("caption", 0x010E), ("creator", 0x013B), ("copyright", 0x8298)])
@pytest.mark.parametrize("words", ["Safe exit", "Café à Genève", ARABIC])
def test_three_fields_are_read_from_exif(field, tag, words):
    exif = Image.Exif()
    exif[tag] = words.encode()
    assert getattr(read(pictures.saved(pictures.corners(), "JPEG", exif=exif))[0], field) == words


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF"])
def test_xmp_and_exif_are_found_in_every_format(format):
    exif = Image.Exif()
    exif[0x013B] = "Camera Owner"
    exif[0x8298] = "© Agency".encode()
    packet = pictures.packet(XMP["creator"].format("Omar"))
    if format == "PNG":
        texts = PngImagePlugin.PngInfo()
        texts.add_itxt("XML:com.adobe.xmp", packet.decode())
        file = pictures.saved(pictures.corners(), format, exif=exif, pnginfo=texts)
    elif format == "TIFF":
        file = pictures.saved(
            pictures.corners(), format, tiffinfo={315: "Camera Owner", 33432: "© Agency".encode(), 700: packet}
        )
    else:
        file = pictures.saved(pictures.corners(), format, exif=exif, xmp=packet)
    facts, kept = read(file)
    assert (facts.creator, facts.copyright) == ("Omar", "© Agency")
    assert kept["exif"]["Artist"] == "Camera Owner"
    assert file.tell() == 0


def test_xmp_counts_before_iim_and_iim_before_exif():
    exif = Image.Exif()
    exif[0x010E], exif[0x013B], exif[0x8298] = "exif caption", "exif creator", "exif copyright"
    data = pictures.saved(pictures.corners(), "JPEG", exif=exif).getvalue()
    added = pictures.jpeg_with(
        pictures.xmp_segment(XMP["caption"].format("xmp caption")),
        iim(pictures.dataset(120, b"iim caption"), pictures.dataset(80, b"iim creator")),
    )
    segments = added[2 : added.index(b"\xff\xe0")]
    facts, _ = read(BytesIO(data[:2] + segments + data[2:]))
    assert (facts.caption, facts.creator, facts.copyright) == ("xmp caption", "iim creator", "exif copyright")


@pytest.mark.parametrize(
    ("marker", "charset", "words"),
    [
        (b"\x1b%G", "utf-8", ARABIC),
        (None, "utf-8", ARABIC),
        (None, "cp1256", ARABIC),
        (None, "cp1252", "Café à Genève, “quoted” – £5"),
        (None, "ascii", "Aleppo"),
        (b"\x1b-G", "iso-8859-6", ARABIC),
        (b"\x1b.A", "iso-8859-1", "Genève"),
        (b"\x1b%G", "cp1252", "Genève"),
    ],
)
def test_iim_words_come_out_right_in_every_character_set(marker, charset, words):
    marks = [pictures.dataset(90, marker, record=1)] if marker else []
    assert facts_of(iim(*marks, pictures.dataset(120, words.encode(charset)))).caption == words


def test_iim_is_read_from_a_tiff_too():
    block = UTF8 + pictures.dataset(105, ARABIC.encode())
    assert read(pictures.saved(pictures.corners(), "TIFF", tiffinfo={33723: block}))[0].headline == ARABIC


def test_several_creators_are_one_line_and_keywords_a_list():
    facts = facts_of(
        iim(*(pictures.dataset(number, word) for number in (80, 25) for word in (b"Omar", b"Sara", b"Omar")))
    )
    assert facts.creator == "Omar, Sara"
    assert facts.keywords == ["Omar", "Sara"]


def test_keywords_in_xmp_are_a_list():
    bag = f"<dc:subject><rdf:Bag><rdf:li>Aleppo</rdf:li><rdf:li>{ARABIC}</rdf:li></rdf:Bag></dc:subject>"
    assert facts_of(pictures.xmp_segment(bag)).keywords == ["Aleppo", ARABIC]


def test_short_xmp_properties_may_be_attributes():
    assert facts_of(pictures.xmp_segment("", attributes="photoshop:City='Aleppo'")).city == "Aleppo"


@pytest.mark.parametrize(
    ("day", "time", "moment"),
    [
        (b"20160728", b"140500+0300", "2016-07-28T14:05:00+03:00"),
        (b"20160728", b"", "2016-07-28"),
        (b"20160700", b"", "2016-07"),
        (b"20160000", b"000000+0000", "2016"),
        (b"20160728", b"996000", "2016-07-28"),
        (b"00000000", b"", ""),
        (b"20161345", b"", ""),
        (b"yesterday", b"", ""),
    ],
)
def test_the_date_is_read_from_iim_as_far_as_it_makes_sense(day, time, moment):
    assert facts_of(iim(pictures.dataset(55, day), pictures.dataset(60, time))).date_created == moment


@pytest.mark.parametrize("moment", ["2016", "2016-07", "2016-07-28", "2016-07-28T14:05:00+03:00", "2016-07-28T14:05Z"])
def test_the_date_is_read_from_xmp_as_precise_as_it_is(moment):
    date = f"<photoshop:DateCreated>{moment}</photoshop:DateCreated>"
    assert facts_of(pictures.xmp_segment(date)).date_created == moment


def test_the_date_is_read_from_the_camera_where_nobody_wrote_one():
    exif = Image.Exif()
    exif.get_ifd(0x8769).update({0x9003: "2016:07:28 14:05:00", 0x9011: "+03:00"})
    assert read(pictures.saved(pictures.corners(), "JPEG", exif=exif))[0].date_created == "2016-07-28T14:05:00+03:00"


@pytest.mark.parametrize("words", ["OLYMPUS DIGITAL CAMERA", "SONY DSC", "DCIM\\100MEDIA\\DJI_0001.JPG"])
def test_what_a_camera_writes_on_its_own_is_no_caption(words):
    exif = Image.Exif()
    exif[0x010E] = words
    assert read(pictures.saved(pictures.corners(), "JPEG", exif=exif))[0].caption == ""


def test_everything_in_the_file_is_kept_privately_the_location_too():
    facts, kept = read(BytesIO(pictures.HEIC))
    assert facts.caption == "HEIC caption"
    assert kept["exif"]["GPS"]["GPSLatitude"] == [36.0, 12.0, 0.0]
    data = pictures.jpeg_with((0xFE, b"a comment"), iim(pictures.dataset(120, b"Caption")))
    kept = read(BytesIO(data))[1]
    assert kept["other"]["comment"] == "a comment"
    assert kept["iim"] == {"2:120": ["Caption"]}


def test_text_that_no_database_takes_is_cleaned():
    facts = facts_of(iim(UTF8, pictures.dataset(120, b"one\0two\r\nthree\xed\xa0\x80"), pictures.dataset(105, b"\0\0")))
    assert "\0" not in facts.caption
    assert facts.caption.startswith("onetwo\nthree")
    assert facts.headline == ""


@pytest.mark.parametrize(
    "segment",
    [
        (0xE1, b"http://ns.adobe.com/xap/1.0/\0<not xml"),
        (0xE1, b"http://ns.adobe.com/xap/1.0/\0" + b"\xff\xfe\xfa"),
        (0xE1, b'http://ns.adobe.com/xap/1.0/\0<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        (0xE1, b"Exif\0\0MM\0*\0\0\0\x08\xff\xff\xff"),
        (0xE1, b"Exif\0\0garbage"),
        (0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0\xff\xff\xff\xff"),
        (0xED, pictures.iptc(b"\x1c\x02\x78\x80\x04\xff\xff\xff\xffwords")),
    ],
)
@pytest.mark.filterwarnings("ignore")  # Pillow warns of malformed EXIF
def test_malformed_words_are_left_out_and_nothing_breaks(segment):
    facts, kept = read(BytesIO(pictures.jpeg_with(segment)))
    assert facts == Facts()
    json.dumps(kept, allow_nan=False)


@pytest.mark.filterwarnings("ignore")
@settings(deadline=None)
@given(exif=some.binary(max_size=120), iim=some.binary(max_size=120), xmp=some.binary(max_size=120))
def test_whatever_stands_in_a_file_can_be_kept_as_json(exif, iim, xmp):
    data = pictures.jpeg_with(
        (0xE1, b"Exif\0\0II*\0\x08\0\0\0" + exif),
        (0xED, pictures.iptc(b"\x1c\x02" + iim)),
        (0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp),
        (0xFE, xmp),
    )
    facts, kept = read(BytesIO(data))
    text = json.dumps([vars(facts), kept], allow_nan=False, ensure_ascii=False)
    assert "\\u0000" not in text
    text.encode()


def test_a_file_that_is_no_picture_says_nothing():
    assert read(BytesIO(b"no picture")) == (Facts(), {})
