"""Every odd picture that comes to a desk, through the whole way in: taken and served rightly, or refused by name."""

import json
import shutil
import subprocess
from io import BytesIO

import pytest
from PIL import Image, ImageCms

from articles.desk import photos
from articles.imaging import intake
from articles.imaging.metadata import read
from articles.models import Photo
from tests.imaging import pictures

ARABIC = "مخرج آمن"


def moving():
    frames = [pictures.corners(), Image.new("RGB", pictures.SIZE, "black")]
    return pictures.saved(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=100)


def pair():
    """Two pictures in one file, as cameras with two lenses write it."""
    return pictures.saved(
        pictures.corners(), "MPO", save_all=True, append_images=[Image.new("RGB", pictures.SIZE)], quality=95
    )


def several_pages():
    pages = [pictures.corners(), Image.new("RGB", (30, 40))]
    return pictures.saved(pages[0], "TIFF", save_all=True, append_images=pages[1:])


def see_through_palette():
    picture = pictures.corners().quantize(4)
    return pictures.saved(picture, "PNG", transparency=picture.getpixel((90, 60)))


def print_colours(format):
    return pictures.saved(pictures.corners().convert("CMYK"), format)


def with_profile(profile):
    return pictures.saved(pictures.corners(), "JPEG", icc_profile=profile)


def lab_profile():
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()


# What a desk is handed, and whether its four corners must come out in their colours.
TAKEN = {
    "an animated GIF": (moving, True),
    "an MPO of two pictures": (pair, True),
    "a TIFF of several pages": (several_pages, True),
    "a palette with a transparent colour": (see_through_palette, True),
    "a CMYK JPEG": (lambda: print_colours("JPEG"), True),
    "a CMYK TIFF": (lambda: print_colours("TIFF"), True),
    "a JPEG without a profile": (lambda: with_profile(None), True),
    "a profile of another colour space": (lambda: with_profile(lab_profile()), True),
    "a profile that is none": (lambda: with_profile(b"no profile"), True),
    "a picture of one bit": (lambda: pictures.saved(pictures.corners().convert("1"), "TIFF"), False),
    "a grey JPEG": (lambda: pictures.saved(pictures.corners().convert("L"), "JPEG"), False),
    "16 bits of grey": (lambda: pictures.saved(Image.new("I;16", pictures.SIZE, 40_000), "PNG"), False),
    **{
        f"a JPEG turned {orientation}": (lambda orientation=orientation: pictures.turned("JPEG", orientation), True)
        for orientation in range(1, 9)
    },
}


@pytest.mark.parametrize("kind", TAKEN)
def test_an_odd_picture_is_taken_and_served_as_it_is_seen(make, kind):
    file, has_corners = TAKEN[kind]
    photo = photos.take(file(), name="odd.jpg", by=None)
    assert (photo.width, photo.height) == pictures.SIZE
    width = max(photo.made()["jpeg"])
    with Image.open(rendition(photo, width)) as served:
        assert served.mode in ("RGB", "L")
        assert served.size == pictures.SIZE
        if has_corners:
            colours = pictures.corner_colours(served)
            assert all(pictures.near(*pair, slack=70) for pair in zip(colours, pictures.CORNERS, strict=True)), colours


def rendition(photo, width):
    return BytesIO((photo.original.storage.base_location.parent / "desk" / photo.token / f"{width}.jpg").read_bytes())


NAMES = ["صورة من حلب.jpg", "tab\tand\nline\x07.jpg", f"{'long' * 75}.jpg", "‮gpj.exe", "…", "a/../../etc/passwd"]


@pytest.mark.parametrize("name", NAMES)
def test_no_name_of_a_file_stops_it_or_gets_out_of_its_place(make, name, own_media):
    photo = photos.take(pictures.saved(pictures.corners(), "PNG"), name=name, by=None)
    kept = Photo.objects.get(pk=photo.pk).original_name
    assert len(kept) <= 255
    assert not set("\n\t\x07‮/") & set(kept)
    assert str(photo.uuid) in photo.original.name
    with pytest.raises(intake.Refused) as refusal:
        photos.take(BytesIO(b"\0\1\2"), name=name, by=None)
    assert not set("\n\t\x07‮") & set(str(refusal.value))
    assert len(str(refusal.value)) < 250


# -- What another program wrote

FIELDS = {
    "headline": ("XMP-photoshop:Headline", "IPTC:Headline"),
    "caption": ("XMP-dc:Description", "IPTC:Caption-Abstract"),
    "caption_writer": ("XMP-photoshop:CaptionWriter", "IPTC:Writer-Editor"),
    "creator": ("XMP-dc:Creator", "IPTC:By-line"),
    "job_title": ("XMP-photoshop:AuthorsPosition", "IPTC:By-lineTitle"),
    "credit": ("XMP-photoshop:Credit", "IPTC:Credit"),
    "source": ("XMP-photoshop:Source", "IPTC:Source"),
    "copyright": ("XMP-dc:Rights", "IPTC:CopyrightNotice"),
    "city": ("XMP-photoshop:City", "IPTC:City"),
    "sublocation": ("XMP-iptcCore:Location", "IPTC:Sub-location"),
    "country": ("XMP-photoshop:Country", "IPTC:Country-PrimaryLocationName"),
    "country_code": ("XMP-iptcCore:CountryCode", "IPTC:Country-PrimaryLocationCode"),
    "keywords": ("XMP-dc:Subject", "IPTC:Keywords"),
    "instructions": ("XMP-photoshop:Instructions", "IPTC:SpecialInstructions"),
    "job_id": ("XMP-photoshop:TransmissionReference", "IPTC:OriginalTransmissionReference"),
    "alt": ("XMP-iptcCore:AltTextAccessibility", ""),
    "extended_description": ("XMP-iptcCore:ExtDescrAccessibility", ""),
    "digital_source_type": ("XMP-iptcExt:DigitalSourceType", ""),
}
SOURCE_TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"


def written(path, *words):
    """A JPEG with what exiftool was told to write into it."""
    if shutil.which("exiftool") is None:
        pytest.skip("exiftool is not installed")
    path.write_bytes(pictures.saved(pictures.corners(), "JPEG").getvalue())
    subprocess.run(["exiftool", "-q", "-overwrite_original", *words, path], check=True)
    return BytesIO(path.read_bytes())


def said_of(field, words):
    if field == "keywords":
        return [words]
    return SOURCE_TYPE if field == "digital_source_type" else words


# cp1252, which IIM without a mark is written in, has no Arabic letters.
WAYS = [("XMP", "Café"), ("XMP", ARABIC), ("IIM", "Café"), ("IIM in UTF-8", "Café"), ("IIM in UTF-8", ARABIC)]


@pytest.mark.parametrize(("way", "words"), WAYS)
def test_every_field_that_exiftool_writes_is_read(tmp_path, way, words):
    charset = {"IIM": ["-charset", "iptc=cp1252"], "IIM in UTF-8": ["-IPTC:CodedCharacterSet=UTF8"]}.get(way, [])
    wanted, given = {}, [*charset]
    for field, (xmp, iim) in FIELDS.items():
        tag = xmp if way == "XMP" else iim
        said = "SY" if field == "country_code" else words
        if tag:
            given.append(f"-{tag}{'#' if field == 'digital_source_type' else ''}={as_text(said_of(field, said))}")
            wanted[field] = said_of(field, said)
    date = "-XMP-photoshop:DateCreated" if way == "XMP" else "-IPTC:DateCreated"
    given.append(f"{date}=2016:07:28")
    facts = read(written(tmp_path / "a.jpg", *given))[0]
    assert {field: getattr(facts, field) for field in wanted} == wanted
    assert facts.date_created == "2016-07-28"


def as_text(said):
    return said[0] if isinstance(said, list) else said


def test_xmp_counts_before_iim_and_iim_before_exif_in_every_field(tmp_path):
    given = ["-IPTC:CodedCharacterSet=UTF8", "-IFD0:ImageDescription=exif", "-IFD0:Artist=exif", "-IFD0:Copyright=exif"]
    for field, (xmp, iim) in FIELDS.items():
        said = SOURCE_TYPE if field == "digital_source_type" else "XM"
        given.append(f"-{xmp}{'#' if field == 'digital_source_type' else ''}={said}")
        given += [f"-{iim}=II"] if iim else []
    facts = read(written(tmp_path / "a.jpg", *given))[0]
    assert {field: getattr(facts, field) for field in FIELDS} == {field: said_of(field, "XM") for field in FIELDS}
    without = [word for word in given if not word.startswith("-XMP")]
    facts = read(written(tmp_path / "b.jpg", *without))[0]
    assert all(getattr(facts, field) == said_of(field, "II") for field, (_xmp, iim) in FIELDS.items() if iim)
    json.dumps(vars(facts))
