"""Everything a picture's file holds beside its pixels, as Pillow hands it over, made readable and fit for JSON."""

import math
import struct
from typing import Any

from PIL import ExifTags, ImageFile

from articles.imaging import iim
from articles.imaging.text import clean

Kept = dict[str, Any]

# Binary values longer than this (maker notes, previews) are kept as their length only: the original holds them.
LONGEST_BINARY = 256
DEEPEST = 12

_DIRECTORIES = {"Exif": 0x8769, "GPS": 0x8825, "Interoperability": 0xA005, "Thumbnail": 1}
_TAGS = {"GPS": ExifTags.GPSTAGS}
_TIFF_IIM, _TIFF_PHOTOSHOP = 33723, 34377
_WINDOWS_WORDS = range(40091, 40096)  # XPTitle and its like: UTF-16
_TOLD_ELSEWHERE = ("exif", "xmp", "photoshop", "icc_profile", "XML:com.adobe.xmp", "Raw profile type iptc")


def exif(picture: ImageFile.ImageFile) -> Kept:
    """The EXIF directories: the first one's tags by name, the others each under its own name."""
    block = picture.getexif()
    found = _named({tag: value for tag, value in block.items() if tag not in _DIRECTORIES.values()}, ExifTags.TAGS)
    for name, pointer in _DIRECTORIES.items():
        try:
            directory = block.get_ifd(pointer)
        except Exception:  # a malformed directory makes Pillow raise nearly anything; the others may be whole
            continue
        if directory:
            found[name] = _named(directory, _TAGS.get(name, ExifTags.TAGS))
    return found


def iim_block(picture: ImageFile.ImageFile) -> bytes:
    """The IPTC-IIM block of a JPEG, TIFF or PNG; empty if there is none."""
    photoshop = picture.info.get("photoshop")
    if isinstance(photoshop, dict):
        return photoshop.get(iim.IIM_RESOURCE, b"")
    tags = getattr(picture, "tag_v2", None)
    if tags is not None:
        block = tags.get(_TIFF_IIM, b"")
        if isinstance(block, tuple):  # Photoshop declares these bytes to be 32-bit numbers
            block = struct.pack(f"{'<' if tags.prefix == b'II' else '>'}{len(block)}L", *block)
        return block or _from_resources(tags.get(_TIFF_PHOTOSHOP, b""))
    profile = picture.info.get("Raw profile type iptc")  # how ImageMagick and ExifTool put it into a PNG
    if isinstance(profile, str):
        block = bytes.fromhex("".join(profile.split()[2:]))
        return _from_resources(block) or block
    return b""


def xmp_packet(picture: ImageFile.ImageFile) -> bytes:
    """The XMP packet; empty if there is none."""
    packet = picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp") or b""
    return packet.encode(errors="replace") if isinstance(packet, str) else packet


def other(picture: ImageFile.ImageFile) -> Kept:
    """Comments, PNG texts, resolution and whatever else Pillow found."""
    found = {str(name): value for name, value in picture.info.items() if name not in _TOLD_ELSEWHERE}
    if isinstance(found.get("comment"), bytes):
        found["comment"] = iim.decode(found["comment"])
    return found


def plain(value: Any, depth: int = DEEPEST) -> Any:
    """A value as JSON (and PostgreSQL) can hold it: text without NUL and lone surrogates, no NaN, no bytes."""
    if depth == 0:
        return "…"
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, bytes):
        return value.hex() if len(value) <= LONGEST_BINARY else f"{len(value)} bytes"
    if isinstance(value, dict):
        return {clean(str(name)): plain(each, depth - 1) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(each, depth - 1) for each in value]
    try:
        number = float(value)
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        return clean(str(value))
    return number if math.isfinite(number) else None


def _named(directory: dict[int, Any], names: dict[int, str]) -> Kept:
    return {names.get(tag, str(tag)): _readable(tag, value) for tag, value in directory.items()}


def _readable(tag: int, value: Any) -> Any:
    """A tag's value with its text in the right characters: Pillow hands every byte over as Latin-1."""
    if isinstance(value, str):
        try:
            return iim.decode(value.encode("latin-1"))
        except UnicodeEncodeError:
            return value
    if tag in _WINDOWS_WORDS and isinstance(value, bytes):
        return value.decode("utf-16-le", errors="ignore")
    if tag == ExifTags.Base.UserComment and isinstance(value, bytes):
        return _comment(value)
    return value


def _comment(value: bytes) -> str:
    """A user comment: eight bytes name its character set (EXIF 2.32, 4.6.5)."""
    name, words = value[:8], value[8:]
    if name.startswith(b"UNICODE"):
        return words.decode("utf-16-be" if words[:1] == b"\0" else "utf-16-le", errors="ignore")
    return iim.decode(words)


def _from_resources(block: bytes) -> bytes:
    return dict(iim.resources(block)).get(iim.IIM_RESOURCE, b"") if isinstance(block, bytes) else b""
