"""The facts of a picture as IPTC-IIM and EXIF say them, written over what a file says already."""

import hashlib
import re
from collections.abc import Iterator

from articles.imaging import directories, iim
from articles.imaging.metadata import IIM_NUMBERS, Facts
from articles.imaging.text import clean

# The longest values in bytes (IIM 4.2), by number in record 2.
LONGEST = {
    25: 64, 40: 256, 80: 32, 85: 32, 90: 32, 92: 32, 100: 3, 101: 64, 103: 32, 105: 256, 110: 32, 115: 32, 116: 128,
    120: 2000, 122: 32,
}  # fmt: skip
LONGEST_BLOCK = 60_000  # bytes: what a JPEG's segment holds, with room for what else stands there
LONGEST_EXIF = 2_000

_DATE, _TIME = 55, 60
_DIGEST = 1061  # of the IIM block: readers that find another think that somebody changed only this block
# Image resources that hold our fields a second time: a caption, EXIF, XMP.
_STALE_RESOURCES = {1008, 1058, 1059, 1060, _DIGEST, iim.IIM_RESOURCE}
_NO_TEXT = {0, 125, 200, 201, 202}  # numbers in record 2: version, rasterised caption, preview

_DESCRIPTION, _ARTIST, _COPYRIGHT = 0x010E, 0x013B, 0x8298
_WINDOWS = range(40091, 40096)  # title, comment, author, keywords and subject, again


def iim_block(facts: Facts, over: bytes = b"") -> bytes:
    """An IIM block in UTF-8 with these facts; what else the block it is written `over` says is kept, as UTF-8 too."""
    ours = set(IIM_NUMBERS.values()) | {_DATE, _TIME}
    found = iim.datasets(over)
    charset = next((value for record, number, value in found if (record, number) == (1, 90)), b"")
    block = iim.encode([])
    for record, number, value in found:
        if (record, number) != (1, 90) and not (record == 2 and number in ours) and len(value) < 0x8000:
            if record == 2 and number not in _NO_TEXT:
                value = clean(iim.decode(value, iim.CHARSETS.get(charset))).encode()
            block += iim.dataset(record, number, value)
    for number, longest, word in _datasets(facts):
        written = iim.cut(word, longest)
        if written and len(block) + len(written) < LONGEST_BLOCK:
            block += iim.dataset(2, number, written)
    return block if len(block) < LONGEST_BLOCK + 2_000 else iim_block(facts)


def resources(block: bytes, over: bytes = b"") -> Iterator[bytes]:
    """The image resources of Photoshop that carry an IIM block and its digest, then those kept of the old ones."""
    yield iim.resource(iim.IIM_RESOURCE, block)
    yield iim.resource(_DIGEST, hashlib.md5(block, usedforsecurity=False).digest())
    for number, value in iim.resources(over):
        if number not in _STALE_RESOURCES and number >= 0:
            yield iim.resource(number, value)


def exif_changes(facts: Facts) -> dict[int, tuple[int, bytes] | None]:
    """What becomes of the tags in the first EXIF directory that say what our fields say."""
    changes: dict[int, tuple[int, bytes] | None] = dict.fromkeys(_WINDOWS)
    for tag, word in ((_DESCRIPTION, facts.caption), (_ARTIST, facts.creator), (_COPYRIGHT, facts.copyright)):
        written = iim.cut(clean(word), LONGEST_EXIF)
        changes[tag] = (directories.ASCII, written + b"\0") if written else None
    return changes


def _datasets(facts: Facts) -> Iterator[tuple[int, int, str]]:
    for field, number in IIM_NUMBERS.items():
        value = getattr(facts, field)
        for word in dict.fromkeys(map(clean, value if isinstance(value, list) else [value])):
            yield number, LONGEST[number], word
    day, time = iim_date(facts.date_created)
    yield _DATE, 8, day
    yield _TIME, 11, time


def iim_date(date: str) -> tuple[str, str]:
    """A date of ISO 8601 as IIM writes it: CCYYMMDD, with 00 for what is not known, and HHMMSS±HHMM, or "".

    A time without a zone is left out: IIM has no way to say so, and a zone nobody knows would be a lie.
    """
    match = re.fullmatch(
        r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(?:(Z)|([+-]\d\d):?(\d\d))?)?",
        date.strip(), re.ASCII,
    )  # fmt: skip
    if match is None:
        return "", ""
    year, month, day, hour, minute, second, utc, zone_hour, zone_minute = match.groups()
    zone = "+0000" if utc else f"{zone_hour}{zone_minute}" if zone_hour else ""
    time = f"{hour}{minute}{second or '00'}{zone}" if hour and zone else ""
    return f"{year}{month or '00'}{day or '00'}", time
