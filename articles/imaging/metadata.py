"""What a picture says of itself: the facts a caption desk wants, and everything else for private keeping.

Where XMP, IPTC-IIM and EXIF disagree, XMP counts before IIM before EXIF (Metadata Working Group, 2010).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, BinaryIO

from articles.imaging import headers, iim, xmp
from articles.imaging.formats import format_of, open_picture, read_head
from articles.imaging.headers import Kept
from articles.imaging.text import clean


@dataclass
class Facts:
    """The IPTC fields of a picture as plain text; "" (or no keyword) where the file does not say.

    `date_created` is ISO 8601, as precise as the file is: "2016", "2016-07-28", "2016-07-28T14:05:00+03:00".
    """

    headline: str = ""
    caption: str = ""
    caption_writer: str = ""
    creator: str = ""
    job_title: str = ""
    credit: str = ""
    source: str = ""
    copyright: str = ""
    date_created: str = ""
    city: str = ""
    sublocation: str = ""
    country: str = ""
    country_code: str = ""
    keywords: list[str] = field(default_factory=list)
    instructions: str = ""
    job_id: str = ""
    alt: str = ""
    extended_description: str = ""
    digital_source_type: str = ""


XMP_NAMES = {
    "headline": "photoshop:Headline",
    "caption": "dc:description",
    "caption_writer": "photoshop:CaptionWriter",
    "creator": "dc:creator",
    "job_title": "photoshop:AuthorsPosition",
    "credit": "photoshop:Credit",
    "source": "photoshop:Source",
    "copyright": "dc:rights",
    "date_created": "photoshop:DateCreated",
    "city": "photoshop:City",
    "sublocation": "Iptc4xmpCore:Location",
    "country": "photoshop:Country",
    "country_code": "Iptc4xmpCore:CountryCode",
    "keywords": "dc:subject",
    "instructions": "photoshop:Instructions",
    "job_id": "photoshop:TransmissionReference",
    "alt": "Iptc4xmpCore:AltTextAccessibility",
    "extended_description": "Iptc4xmpCore:ExtDescrAccessibility",
    "digital_source_type": "Iptc4xmpExt:DigitalSourceType",
}
IIM_NUMBERS = {
    "headline": 105,
    "caption": 120,
    "caption_writer": 122,
    "creator": 80,
    "job_title": 85,
    "credit": 110,
    "source": 115,
    "copyright": 116,
    "city": 90,
    "sublocation": 92,
    "country": 101,
    "country_code": 100,
    "keywords": 25,
    "instructions": 40,
    "job_id": 103,
}
_IIM_DATE, _IIM_TIME = 55, 60
_EXIF = {"caption": "ImageDescription", "creator": "Artist", "copyright": "Copyright"}

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})(T[0-9:.]+(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?)?)?")

# What cameras write into the description on their own.
_CAMERA_WORDS = re.compile(
    r"(olympus|minolta|konica minolta|kodak|sony|samsung|maginon) (digital (still )?camera|dsc)|dsc|dcim\S*|untitled",
    re.I,
)


def read(file: BinaryIO) -> tuple[Facts, Kept]:
    """The facts of a picture that was taken in, and everything its file says, as values that JSON can hold.

    The second is for private keeping only: it holds locations and serial numbers. Whatever of it is malformed is
    left out; nothing is raised for it. The file is left at its beginning.
    """
    format = format_of(read_head(file))
    picture = tried(lambda: open_picture(file, format)) if format else None
    if picture is None:
        file.seek(0)
        return Facts(), {}
    if format == "png":  # a PNG may keep its words behind its pixels
        tried(picture.load)
    exif = tried(lambda: headers.exif(picture)) or {}
    words = tried(lambda: iim.texts(headers.iim_block(picture))) or {}
    properties = tried(lambda: xmp.properties(headers.xmp_packet(picture))) or {}
    kept = {
        "exif": exif,
        "iim": {f"{record}:{number:02}": values for (record, number), values in words.items()},
        "xmp": properties,
        "other": tried(lambda: headers.other(picture)) or {},
    }
    facts = Facts()
    for name in Facts.__dataclass_fields__:
        for found in (_from_xmp(properties, name), _from_iim(words, name), _from_exif(exif, name)):
            texts = [text for text in map(clean, found) if text]
            if texts:
                setattr(facts, name, _joined(name, texts))
                break
    file.seek(0)
    return facts, {part: headers.plain(values) for part, values in kept.items() if values}


def tried(look: Callable[[], Any]) -> Any:
    """What is found, or None: what other people's software writes makes parsers raise nearly anything."""
    try:
        return look()
    except Exception:
        return None


def _from_xmp(properties: Kept, name: str) -> list[str]:
    found = [word for word in _words(properties.get(XMP_NAMES[name])) if isinstance(word, str)]
    if name == "date_created":
        found = [_iso(word) for word in found]
    return found if name in ("keywords", "creator") else found[:1]


def _words(value: xmp.Value | None) -> list[str]:
    """The texts of an XMP value; of one in several languages only the first for everybody."""
    if isinstance(value, dict):
        value = value.get("x-default") or next(iter(value.values()), "")
        return _words(value)
    if isinstance(value, list):
        return [word for item in value for word in _words(item)]
    return [value] if value else []


def _from_iim(words: dict[tuple[int, int], list[str]], name: str) -> list[str]:
    if name == "date_created":
        day, time = (next(iter(words.get((2, number), [])), "") for number in (_IIM_DATE, _IIM_TIME))
        return [_iso_from_iim(day, time)]
    found = words.get((2, IIM_NUMBERS.get(name, -1)), [])
    return found if name in ("keywords", "creator") else found[:1]


def _from_exif(exif: Kept, name: str) -> list[str]:
    if name == "date_created":
        inner = exif.get("Exif", {})
        return [_iso_from_exif(inner.get("DateTimeOriginal", ""), inner.get("OffsetTimeOriginal", ""))]
    word = exif.get(_EXIF.get(name, ""), "")
    if not isinstance(word, str) or (name == "caption" and _CAMERA_WORDS.fullmatch(word.strip())):
        return []
    return [word]


def _joined(name: str, words: list[str]) -> str | list[str]:
    if name == "keywords":
        return list(dict.fromkeys(words))
    return ", ".join(dict.fromkeys(words)) if name == "creator" else words[0]


def _iso(text: str) -> str:
    """An XMP date if it is one (ISO 8601, as precise as it is given), else ""."""
    text = text.strip().replace(" ", "T", 1)
    match = _DATE.fullmatch(text)
    if match is None:
        return ""
    year, month, day, time = match.groups()
    try:
        datetime.fromisoformat(f"{year}-{month or '01'}-{day or '01'}{time or ''}")
    except ValueError:
        return ""
    return text


def _iso_from_iim(day: str, time: str) -> str:
    """A date as IIM writes it (CCYYMMDD, HHMMSS±HHMM; a part that is not known is 00) in ISO 8601, else ""."""
    parts = re.fullmatch(r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})", day.strip())
    if parts is None:
        return ""
    date = "-".join(parts.groups()).removesuffix("-00").removesuffix("-00")
    clock = re.fullmatch(r"([0-9]{2}):?([0-9]{2}):?([0-9]{2})(?:([+-][0-9]{2}):?([0-9]{2}))?", time.strip())
    if clock:
        hour, minute, second, zone_hour, zone_minute = clock.groups()
        zone = f"{zone_hour}:{zone_minute}" if zone_hour else ""
        return _iso(f"{date}T{hour}:{minute}:{second}{zone}") or _iso(date)
    return _iso(date)


def _iso_from_exif(moment: Any, zone: Any) -> str:
    """A moment as EXIF writes it ("2016:07:28 14:05:00", zone "+03:00") in ISO 8601, else ""."""
    parts = re.fullmatch(r"([0-9]{4})[:-]([0-9]{2})[:-]([0-9]{2})[ T]([0-9:]{8})", clean(str(moment)))
    if parts is None:
        return ""
    year, month, day, time = parts.groups()
    moment = f"{year}-{month}-{day}T{time}"
    return _iso(moment + clean(str(zone))) or _iso(moment)
