"""What a served picture may say, and that it says nothing else."""

import json
import re
import shutil
import struct
import subprocess
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from PIL import Image, PngImagePlugin

from articles.imaging.encode import encode
from articles.imaging.intake import inspect
from articles.imaging.metadata import Facts, read
from articles.imaging.privacy import Policy, leaks, stamp
from articles.imaging.recipes import FORMATS, recipes
from articles.imaging.text import clean
from tests.imaging import pictures

CREDIT, COPYRIGHT, CREATOR = "وكالة حلب", "© 2016 وكالة حلب، جميع الحقوق محفوظة", "عمر الحلبي"


def rendition(format, file=None, **words):
    words = {"credit": CREDIT, "copyright": COPYRIGHT} | words
    file = file or pictures.saved(pictures.corners(), "PNG")
    taken = inspect(file, name="picture")
    ((_, data),) = encode(file, recipes(taken.width, taken.height, formats=[format]), **words)
    return data


@pytest.mark.parametrize("format", FORMATS)
def test_credit_and_copyright_travel_with_every_rendition(format):
    facts, kept = read(BytesIO(rendition(format)))
    assert facts == Facts(credit=CREDIT, copyright=COPYRIGHT)
    assert kept["exif"] == {"Copyright": COPYRIGHT}


@pytest.mark.parametrize("format", FORMATS)
def test_the_creator_travels_along_only_where_the_desk_permits_it(format):
    assert read(BytesIO(rendition(format, creator=CREATOR, policy=Policy.CREATOR)))[0].creator == CREATOR
    assert CREATOR.encode() not in rendition(format, creator=CREATOR)


@pytest.mark.parametrize("format", FORMATS)
def test_where_the_desk_wants_nothing_said_nothing_is(format):
    data = rendition(format, creator=CREATOR, policy=Policy.NOTHING)
    assert leaks(data) == []
    assert read(BytesIO(data))[0] == Facts()
    assert not any(word.encode() in data for word in (CREDIT, COPYRIGHT, CREATOR))


@pytest.mark.parametrize("format", FORMATS)
def test_words_other_than_the_permitted_are_a_leak_even_in_the_allowed_places(format):
    words = {"credit": CREDIT, "copyright": COPYRIGHT, "creator": CREATOR}
    data = rendition(format, creator=CREATOR, policy=Policy.CREATOR)
    assert leaks(data, words | {"policy": Policy.CREATOR}) == []
    assert "XMP with other words" in leaks(data, words)
    assert "EXIF with other words" in leaks(data, words | {"policy": Policy.NOTHING})


@pytest.mark.parametrize("format", FORMATS)
def test_a_picture_without_credit_says_nothing_at_all(format):
    data = rendition(format, credit="", copyright=" \0 ")
    assert leaks(data) == []
    assert read(BytesIO(data))[0] == Facts()
    assert stamp(format, credit="", copyright="") == {}


def test_in_iim_a_long_credit_is_cut_between_two_letters():
    kept = read(BytesIO(rendition("jpeg", credit="ح" * 40, copyright="a" + "ح" * 100)))[1]["iim"]
    assert kept == {"2:110": ["ح" * 16], "2:116": ["a" + "ح" * 63]}


def test_in_xmp_a_long_credit_stays_whole():
    assert read(BytesIO(rendition("jpeg", credit="ح" * 200)))[0].credit == "ح" * 200


@given(credit=some.text(max_size=300), copyright=some.text(max_size=300), creator=some.text(max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_words_whatever_can_be_written_and_read_again(credit, copyright, creator):
    for format in FORMATS:
        data = rendition(format, credit=credit, copyright=copyright, creator=creator, policy=Policy.CREATOR)
        facts, _ = read(BytesIO(data))
        assert leaks(data) == []
        assert (facts.credit, facts.copyright, facts.creator) == (clean(credit), clean(copyright), clean(creator))


def full_of_secrets(secret, format):
    """A picture with the secret in every place where words can hide."""
    exif = Image.Exif()
    for tag in (0x010E, 0x010F, 0x0110, 0x0131, 0x013B, 0x013C, 0x8298, 0xC62F):
        exif[tag] = secret.encode()
    exif.get_ifd(0x8769).update(
        {0xA430: secret, 0xA431: secret, 0xA420: secret, 0x927C: secret.encode(), 0x9286: secret.encode()}
    )
    exif.get_ifd(0x8825).update({1: "N", 2: (36.0, 12.0, 0.0), 3: "E", 4: (37.0, 9.0, 0.0), 0x1B: secret.encode()})
    properties = "".join(
        f"<{name}>{secret}</{name}>"
        for name in (
            "photoshop:City",
            "photoshop:Credit",
            "exif:GPSLatitude",
            "xmpMM:DocumentID",
            "dc:creator",
            "dc:rights",
        )
    )
    picture = pictures.corners()
    if format == "PNG":
        texts = PngImagePlugin.PngInfo()
        texts.add_text("Comment", secret)
        texts.add_itxt("XML:com.adobe.xmp", pictures.packet(properties).decode())
        return pictures.saved(picture, format, exif=exif, pnginfo=texts)
    if format != "JPEG":
        return pictures.saved(picture, format, exif=exif, xmp=pictures.packet(properties))
    words = [
        pictures.dataset(number, secret.encode())
        for number in (5, 25, 26, 27, 55, 80, 90, 92, 95, 101, 110, 116, 120, 122)
    ]
    data = pictures.saved(
        picture, format, exif=exif, xmp=pictures.packet(properties), comment=secret.encode()
    ).getvalue()
    extra = pictures.jpeg_with((0xED, pictures.iptc(*words)), (0xE5, secret.encode()))
    return BytesIO(data[:2] + extra[2 : extra.index(b"\xff\xe0")] + data[2:] + secret.encode())


@pytest.mark.parametrize("stored", ["JPEG", "PNG", "WEBP", "AVIF"])
@given(
    secret=some.text(some.characters(codec="ascii", categories=["L", "N"]), min_size=8, max_size=24).map(
        lambda word: "zQx" + word
    )
)
@settings(max_examples=15, deadline=None)
def test_nothing_a_file_says_of_itself_is_in_a_byte_that_is_served(stored, secret):
    file = full_of_secrets(secret, stored)
    assert secret in json.dumps(read(file)[1])
    for format in FORMATS:
        data = rendition(format, file)
        assert secret.encode() not in data
        assert leaks(data) == []
        assert set(read(BytesIO(data))[1]["exif"]) == {"Copyright"}


def planted(format, **words):
    return pictures.saved(pictures.corners(), format, **words).getvalue()


def exif_block(**directories):
    exif = Image.Exif()
    for tag, value in directories.get("first", {}).items():
        exif[tag] = value
    for pointer, values in directories.get("inner", {}).items():
        exif.get_ifd(pointer).update(values)
    return exif


EXIF_LEAKS = [
    ("GPSInfo", exif_block(inner={0x8825: {1: "N", 2: (36.0, 12.0, 0.0)}})),
    ("ExifOffset", exif_block(inner={0x8769: {0xA431: "12345678"}})),
    ("Artist", exif_block(first={0x013B: "Omar"})),
    ("HostComputer", exif_block(first={0x013C: "newsroom-7"})),
    ("Orientation", exif_block(first={0x0112: 1})),
]


@pytest.mark.parametrize(("name", "exif"), EXIF_LEAKS)
@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_private_exif_is_found_in_every_format(format, name, exif):
    if format == "AVIF" and name == "Orientation":
        return  # an AVIF keeps its orientation in a box of its own
    assert f"EXIF {name}" in leaks(planted(format, exif=exif.tobytes()))


@pytest.mark.parametrize("format", ["JPEG", "WEBP", "AVIF"])
@pytest.mark.parametrize(
    ("inside", "name"),
    [
        ("<exif:GPSLatitude>36,12N</exif:GPSLatitude>", "XMP exif:GPSLatitude"),
        ("<photoshop:City>Aleppo</photoshop:City>", "XMP photoshop:City"),
        ("<xmpMM:History><rdf:Seq><rdf:li>saved</rdf:li></rdf:Seq></xmpMM:History>", "XMP xmpMM:History"),
        ("<dc:rights>ok</dc:rights>hidden", "XMP text in dc:rights"),
        ("<!-- hidden -->", "XMP comment"),
        ("<?hidden words?>", "XMP comment"),
        ("<Iptc4xmpExt:LocationCreated/>", "XMP Iptc4xmpExt:LocationCreated"),
    ],
)
def test_private_xmp_is_found_in_every_format(format, inside, name):
    assert name in leaks(planted(format, xmp=pictures.packet(inside)))


def test_a_private_xmp_attribute_is_found():
    found = leaks(planted("WEBP", xmp=pictures.packet("", attributes="xmpMM:DocumentID='7'")))
    assert found == ["XMP xmpMM:DocumentID"]


@pytest.mark.parametrize("number", [5, 25, 26, 27, 55, 60, 85, 90, 92, 95, 100, 101, 103, 105, 118, 120, 122])
def test_private_iim_is_found(number):
    found = leaks(pictures.jpeg_with((0xED, pictures.iptc(pictures.dataset(number, b"x")))))
    assert found == [f"IIM 2:{number:02}"]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (pictures.jpeg_with((0xFE, b"words")), "JPEG comment"),
        (pictures.jpeg_with((0xE2, b"MPF\0words")), "JPEG segment E2"),
        (pictures.jpeg_with((0xEC, b"Ducky words")), "JPEG segment EC"),
        (pictures.jpeg_with((0xE1, b"http://ns.adobe.com/xmp/extension/\0words")), "JPEG segment E1"),
        (pictures.jpeg_with((0xE0, b"JFXX\0\x10thumbnail")), "JPEG segment E0"),
        (pictures.jpeg_with((0xE0, b"JFIF\0\1\1\0\0\1\0\1\1\1rgb")), "JFIF thumbnail"),
        (pictures.jpeg_with((0xED, b"Photoshop 3.0\x008BIM\x04\x0c\0\0\0\0\0\x04abcd")), "Photoshop resource 1036"),
        (pictures.jpeg_with((0xED, b"Photoshop 3.0\x00words")), "Photoshop resource -1"),
        (pictures.jpeg_with((0xED, pictures.iptc(b"words"))), "bytes hidden in IIM"),
        (pictures.jpeg_with(tail=b"words"), "bytes after the end of the picture"),
        (planted("JPEG", icc_profile=b"words"), "ICC profile"),
        (planted("WEBP", icc_profile=b"words"), "ICC profile"),
        (planted("AVIF", icc_profile=pictures.other_rgb_profile()), "ICC profile"),
        (planted("PNG", dpi=(300, 300)), "PNG pHYs"),
        (planted("PNG") + b"words", "bytes after the end of the picture"),
        (planted("WEBP") + b"words", "bytes after the end of the picture"),
        (planted("AVIF") + b"\0\0\0\x0duuidwords", "AVIF uuid"),
        (planted("AVIF") + b"\0\0\0\x0dmdatwords", "bytes hidden in AVIF"),
        (planted("AVIF") + b"\0\0\0\x0dfreewords", "AVIF free"),
        (planted("GIF"), "a file that is no rendition"),
        (planted("JPEG")[:-2], "jpeg that cannot be read"),
        (planted("AVIF")[:-2], "avif that cannot be read"),
        (b"", "a file that is no rendition"),
    ],
)
def test_whatever_else_hides_in_a_file_is_found(data, name):
    assert name in leaks(data)


def test_a_hidden_thumbnail_is_found():
    thumbnail = (
        b"MM\0*"
        + struct.pack(">IH", 8, 0)
        + struct.pack(">I", 14)
        + struct.pack(">HHHII", 1, 0x0103, 3, 1, 6)
        + bytes(4)
    )
    assert "EXIF thumbnail" in leaks(pictures.jpeg_with((0xE1, b"Exif\0\0" + thumbnail)))


def test_bytes_between_the_entries_of_exif_are_found():
    block = b"MM\0*" + struct.pack(">IHHHI", 8, 1, 33432, 2, 3) + b"ab\0\0" + bytes(4)
    assert leaks(pictures.jpeg_with((0xE1, b"Exif\0\0" + block))) == []
    assert leaks(pictures.jpeg_with((0xE1, b"Exif\0\0" + block + b"words"))) == ["bytes hidden in EXIF"]


def test_png_texts_are_found():
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", "Omar")
    texts.add_text("Zipped", "Omar", zip=True)
    texts.add_itxt("XML:com.adobe.xmp", "words")
    assert leaks(planted("PNG", pnginfo=texts)) == ["PNG tEXt", "PNG zTXt", "PNG iTXt"]


def test_a_moving_webp_is_no_rendition():
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    assert "WebP ANIM" in leaks(pictures.saved(frames[0], "WEBP", save_all=True, append_images=frames[1:]).getvalue())


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF"])
@settings(deadline=None)
@given(cut=some.floats(0, 1), place=some.floats(0, 1), hole=some.binary(max_size=6))
def test_the_inspector_survives_every_damaged_file(format, cut, place, hole):
    data = planted(format)
    data = bytearray(data[: int(cut * len(data))])
    start = int(place * len(data))
    data[start : start + len(hole)] = hole
    assert isinstance(leaks(bytes(data)), list)


def words_in(data, path):
    """Everything ExifTool finds in a rendition, by group and name; where it is not installed, what our reader finds."""
    if shutil.which("exiftool") is None:
        facts, kept = read(BytesIO(data))
        words = {"dc:Rights": facts.copyright, "photoshop:Credit": facts.credit, "dc:Creator": facts.creator}
        return {name: word for name, word in words.items() if word} | {
            f"IFD0:{name}": word for name, word in kept["exif"].items()
        }
    path.write_bytes(data)
    found = subprocess.run(
        ["exiftool", "-j", "-G1", "-a", "-u", "-ee", "-charset", "iptc=UTF8", "-charset", "exif=UTF8", path],
        capture_output=True, check=True,
    ).stdout  # fmt: skip
    return {re.sub("^XMP-", "", name): word for name, word in json.loads(found)[0].items()}


@pytest.mark.parametrize("format", FORMATS)
def test_another_program_finds_the_credit_and_nothing_private(format, tmp_path):
    found = words_in(
        rendition(format, full_of_secrets("zQxSecret", "JPEG"), creator=CREATOR, policy=Policy.CREATOR),
        tmp_path / f"x.{format}",
    )
    assert found["IFD0:Copyright"] == found["dc:Rights"] == COPYRIGHT
    assert found["photoshop:Credit"] == CREDIT
    assert found["dc:Creator"] == CREATOR
    if "IPTC:Credit" in found:
        assert COPYRIGHT.startswith(found["IPTC:CopyrightNotice"])
        assert found["IPTC:Credit"] == CREDIT
    assert "zQxSecret" not in json.dumps(found)
    technical = (
        "ExifTool",
        "File",
        "System",
        "JFIF",
        "ICC",
        "Composite",
        "RIFF",
        "QuickTime",
        "Meta",
        "SourceFile",
        "x:",
    )
    allowed = {"Copyright", "Rights", "Credit", "Creator", "CopyrightNotice", "By-line", "CodedCharacterSet"}
    said = {name.split(":")[-1] for name in found if not name.startswith(technical)}
    assert said <= allowed
