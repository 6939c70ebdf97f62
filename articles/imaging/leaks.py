"""The inspector of renditions: takes a served file apart again and names whatever is in it beyond the allow-list."""

from collections.abc import Iterator

from PIL import ExifTags

from articles.imaging import colour, iim, xmp
from articles.imaging.boxes import avif_parts
from articles.imaging.formats import format_of

JPEG_EXIF = b"Exif\0\0"
_ICC = b"ICC_PROFILE\0"

_EXIF_ALLOWED = {33432}  # Copyright
_IIM_ALLOWED = {(1, 90), (2, 0), (2, 80), (2, 110), (2, 116)}  # the mark of UTF-8, version, creator, credit, copyright
_XMP_ALLOWED = {
    "x:xmpmeta", "rdf:RDF", "rdf:Description", "rdf:Alt", "rdf:Bag", "rdf:Seq", "rdf:li", "rdf:about", "xml:lang",
    "dc:creator", "dc:rights", "photoshop:Credit",
}  # fmt: skip
_XMP_WITH_TEXT = {"rdf:li", "dc:creator", "dc:rights", "photoshop:Credit"}
_PNG_ALLOWED = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"sRGB", b"gAMA", b"cHRM", b"sBIT", b"bKGD"}
_WEBP_ALLOWED = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH"}
_JPEG_TABLES = {0xDB, 0xC4, 0xDD, *range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0)}
_JPEG_ALONE = {0x01, *range(0xD0, 0xD8)}


def leaks(data: bytes) -> list[str]:
    """What a JPEG, PNG, WebP or AVIF holds beyond the allow-list, by name; empty for a clean rendition. Never raises.

    The names are the formats' own ("EXIF GPSInfo", "IIM 2:90"), for the log and for tests. A file of another format,
    or one that cannot be followed to its end, is a leak itself.
    """
    readers = {"jpeg": _jpeg, "png": _png, "webp": _webp, "avif": _avif}
    format = format_of(data)
    if format not in readers:
        return ["a file that is no rendition"]
    try:
        return list(dict.fromkeys(readers[format](data)))
    except (IndexError, ValueError):
        return [f"{format} that cannot be read"]


def _jpeg(data: bytes) -> Iterator[str]:
    place = 2
    while place + 2 <= len(data):
        if data[place] != 0xFF:
            raise ValueError("No marker where one belongs.")
        marker = data[place + 1]
        place += 2
        if marker == 0xD9:
            if place < len(data):
                yield "bytes after the end of the picture"
            return
        if marker in _JPEG_ALONE:
            continue
        length = int.from_bytes(data[place : place + 2])
        yield from _segment(marker, data[place + 2 : place + length])
        place += length
        if marker == 0xDA:
            place = _scan_end(data, place)
    raise ValueError("No end of image.")


def _scan_end(data: bytes, place: int) -> int:
    """Where the scan that begins here ends: at the next marker that is neither a stuffed byte nor a restart."""
    while (place := data.find(b"\xff", place)) >= 0 and (data[place + 1] == 0 or 0xD0 <= data[place + 1] <= 0xD7):
        place += 2
    if place < 0:
        raise ValueError("A scan without an end.")
    return place


def _segment(marker: int, body: bytes) -> Iterator[str]:
    if marker == 0xFE:
        yield "JPEG comment"
    elif marker == 0xE0 and body.startswith(b"JFIF\0"):
        if len(body) != 14:
            yield "JFIF thumbnail"
    elif marker == 0xE1 and body.startswith(JPEG_EXIF):
        yield from _exif(body[6:])
    elif marker == 0xE1 and body.startswith(xmp.JPEG_MARK):
        yield from _xmp(body[len(xmp.JPEG_MARK) :])
    elif marker == 0xE2 and body.startswith(_ICC):
        yield from _icc(body[len(_ICC) + 2 :])
    elif marker == 0xED and body.startswith(iim.PHOTOSHOP):
        for number, value in iim.resources(body[len(iim.PHOTOSHOP) :]):
            yield from _iim(value) if number == iim.IIM_RESOURCE else [f"Photoshop resource {number}"]
    elif marker == 0xEE and body.startswith(b"Adobe") and len(body) == 12:
        return  # says how the colours are stored, nothing else
    elif marker not in _JPEG_TABLES and marker != 0xDA:
        yield f"JPEG segment {marker:02X}"


def _png(data: bytes) -> Iterator[str]:
    place = 8
    while place + 12 <= len(data):
        length, kind = int.from_bytes(data[place : place + 4]), data[place + 4 : place + 8]
        body = data[place + 8 : place + 8 + length]
        place += 12 + length
        if kind == b"eXIf":
            yield from _exif(body)
        elif kind not in _PNG_ALLOWED:
            yield f"PNG {kind.decode('latin-1')}"
        if kind == b"IEND":
            if place != len(data):
                yield "bytes after the end of the picture"
            return
    raise ValueError("No end of image.")


def _webp(data: bytes) -> Iterator[str]:
    end = 8 + int.from_bytes(data[4:8], "little")
    if end > len(data):
        raise ValueError("Cut off.")
    if end < len(data):
        yield "bytes after the end of the picture"
    place = 12
    while place < end:
        kind, length = data[place : place + 4], int.from_bytes(data[place + 4 : place + 8], "little")
        body = data[place + 8 : place + 8 + length]
        place += 8 + length + length % 2
        if kind == b"EXIF":
            yield from _exif(body.removeprefix(JPEG_EXIF))
        elif kind == b"XMP ":
            yield from _xmp(body)
        elif kind == b"ICCP":
            yield from _icc(body)
        elif kind not in _WEBP_ALLOWED:
            yield f"WebP {kind.decode('latin-1')}"


def _avif(data: bytes) -> Iterator[str]:
    for kind, body in avif_parts(data):
        if kind == "Exif":
            # ISO/IEC 23008-12, A.2.1: four bytes say how far behind them the TIFF header stands.
            yield from _exif(body[4 + int.from_bytes(body[:4]) :])
        elif kind == "XMP":
            yield from _xmp(body)
        elif kind == "ICC":
            yield from _icc(body)
        else:
            yield kind


def _exif(block: bytes) -> Iterator[str]:
    order = "little" if block[:2] == b"II" else "big"
    number = lambda place, length: int.from_bytes(block[place : place + length], order)  # noqa: E731
    if block[:4] not in (b"II*\0", b"MM\0*"):
        yield "EXIF that cannot be read"
        return
    start = number(4, 4)
    entries = number(start, 2)
    used = start + 2 + 12 * entries + 4
    for entry in range(start + 2, min(used - 4, len(block)), 12):
        tag, kind, count = number(entry, 2), number(entry + 2, 2), number(entry + 4, 4)
        if tag not in _EXIF_ALLOWED or kind != 2:
            yield f"EXIF {ExifTags.TAGS.get(tag, tag)}"
        elif count > 4:
            used = max(used, number(entry + 8, 4) + count)
    if number(used_end := start + 2 + 12 * entries, 4):
        yield "EXIF thumbnail"
    if used < len(block) or start != 8 or used_end + 4 > len(block):
        yield "bytes hidden in EXIF"


def _xmp(packet: bytes) -> Iterator[str]:
    if b"<!--" in packet or packet.count(b"<?") != packet.count(b"<?xpacket") or packet.count(b"<?") > 2:
        yield "XMP comment"
    try:
        elements = list(xmp.parse(packet).iter())
    except xmp.Unreadable:
        yield "XMP that cannot be read"
        return
    for element in elements:
        name = xmp.name_of(element.tag)
        for found in (name, *map(xmp.name_of, element.attrib)):
            if found not in _XMP_ALLOWED:
                yield f"XMP {found}"
        if element.attrib.get(f"{{{xmp.NAMESPACES['rdf']}}}about"):
            yield "XMP rdf:about"
        loose = [element.tail, None if name in _XMP_WITH_TEXT else element.text]
        if any(text and text.strip() for text in loose):
            yield f"XMP text in {name}"


def _iim(block: bytes) -> Iterator[str]:
    used = 0
    for record, number, value in iim.datasets(block):
        used += 5 + len(value)
        if (record, number) not in _IIM_ALLOWED:
            yield f"IIM {record}:{number:02}"
    if used != len(block):
        yield "bytes hidden in IIM"


def _icc(profile: bytes) -> Iterator[str]:
    if profile != colour.SRGB:
        yield "ICC profile"
