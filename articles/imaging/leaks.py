"""The inspector of renditions: takes a served file apart again and names whatever is in it beyond the allow-list.

It follows each container to its last byte: what no box, chunk, segment or table accounts for is a leak. What it takes
on trust is the compressed picture itself; no word of an original ever reaches that, for only pixels are given to an
encoder.
"""

import re
import zlib
from collections.abc import Callable, Iterator, Mapping

from articles.imaging import iim, inspection, manifest, xmp
from articles.imaging.boxes import avif_parts
from articles.imaging.formats import format_of
from articles.imaging.stamp import JPEG_EXIF, stamp

_ICC = b"ICC_PROFILE\0"
_FRAMES = {*range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0)}
_MARKER = re.compile(rb"\xff[^\0\xd0-\xd7]")
_JUMBF = b"JP\x02\x11\0\0\0\x01"  # the first packet of a JUMBF box (ISO/IEC 19566-5, D.2); ours fit into one

# Chunks that say how a PNG's pixels are stored, and the sizes (bytes) they may have.
_PNG_SIZES = {
    b"IHDR": {13}, b"PLTE": range(3, 769, 3), b"IEND": {0}, b"tRNS": range(1, 257), b"sRGB": {1}, b"gAMA": {4},
    b"cHRM": {32}, b"sBIT": range(1, 5), b"bKGD": {1, 2, 6},
}  # fmt: skip
_PNG_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_WEBP_PIXELS = {b"VP8 ", b"VP8L", b"ALPH"}

Wanted = Mapping[str, bytes] | None
Known = Callable[[manifest.Chain], bool] | None


def leaks(data: bytes, words: Mapping[str, str] | None = None, *, knows: Known = None) -> list[str]:
    """What a JPEG, PNG, WebP or AVIF holds beyond the allow-list, by name; empty for a clean rendition. Never raises.

    `words` are the arguments of `stamp` the rendition was made with: then any other words in the allowed places are
    leaks too. `knows` says whether certificates are those we sign with: then our own content credentials may be in it,
    else any are a leak. The names are the formats' own ("EXIF GPSInfo", "IIM 2:90"), for the log and for tests.
    A file of another format, or one that cannot be followed to its end, is a leak itself.
    """
    readers = {"jpeg": _jpeg, "png": _png, "webp": _webp, "avif": _avif}
    format = format_of(data)
    if format not in readers:
        return ["a file that is no rendition"]
    wanted = None
    if words is not None:
        made = stamp(format, **words)
        wanted = {
            "exif": made.get("exif", b"").removeprefix(JPEG_EXIF),
            "xmp": made.get("xmp", b""),
            "iim": made.get("extra", b"")[4:],
        }
    try:
        return list(dict.fromkeys(readers[format](data, wanted, knows)))
    except (IndexError, ValueError, zlib.error):
        return [f"{format} that cannot be read"]


def _jpeg(data: bytes, wanted: Wanted, knows: Known) -> Iterator[str]:
    place, seen, tables = 2, set(), []
    while place + 4 <= len(data):
        if data[place] != 0xFF:
            raise ValueError("No marker where one belongs.")
        marker, length = data[place + 1], int.from_bytes(data[place + 2 : place + 4])
        body = data[place + 4 : place + 2 + length]
        if length < 2 or len(body) != length - 2:
            raise ValueError("A segment that is longer than its file.")
        kind = (marker, body[:4]) if 0xE0 <= marker < 0xF0 else (marker, b"")
        if kind in seen and marker not in (0xDA, 0xC4, 0xDB, 0xDD):
            yield f"second JPEG segment {marker:02X}"
        seen.add(kind)
        if knows and marker == 0xEB and body.startswith(_JUMBF):
            yield from manifest.faults(body[len(_JUMBF) :], data, (place, place + 2 + length), knows)
        else:
            yield from _segment(marker, body, wanted)
        tables += list(_named_tables(marker, body))
        place += 2 + length
        if marker == 0xDA:
            place = _scan_end(data, place)
        if data[place : place + 2] == b"\xff\xd9":
            if place + 2 < len(data):
                yield "bytes after the end of the picture"
            if _has_idle(tables):
                yield "JPEG table nobody uses"
            return
    raise ValueError("No end of image.")


def _scan_end(data: bytes, place: int) -> int:
    """Where the scan that begins here ends: at the next marker that is neither a stuffed byte nor a restart."""
    found = _MARKER.search(data, place)
    if found is None:
        raise ValueError("A scan without an end.")
    return found.start()


def _segment(marker: int, body: bytes, wanted: Wanted) -> Iterator[str]:
    if marker == 0xFE:
        yield "JPEG comment"
    elif marker == 0xE0 and body.startswith(b"JFIF\0"):
        if len(body) != 14:
            yield "JFIF thumbnail"
    elif marker == 0xE1 and body.startswith(JPEG_EXIF):
        yield from inspection.exif(body[6:], wanted and wanted["exif"])
    elif marker == 0xE1 and body.startswith(xmp.JPEG_MARK):
        yield from inspection.xmp_packet(body[len(xmp.JPEG_MARK) :], wanted and wanted["xmp"])
    elif marker == 0xE2 and body.startswith(_ICC):
        yield from inspection.icc(body[len(_ICC) + 2 :])
    elif marker == 0xED and body.startswith(iim.PHOTOSHOP):
        yield from inspection.iim_segment(body, wanted and wanted["iim"])
    elif marker == 0xEE and body.startswith(b"Adobe") and len(body) == 12:
        return  # says how the colours are stored, nothing else
    elif not _is_table(marker, body):
        yield f"JPEG segment {marker:02X}"


def _is_table(marker: int, body: bytes) -> bool:
    """Whether a segment is one a decoder needs, and exactly as long as that takes (ITU-T T.81, annex B)."""
    if marker == 0xDD:
        return len(body) == 2
    if marker == 0xDA:
        return len(body) == 4 + 2 * body[0]
    if marker in _FRAMES:
        return len(body) == 6 + 3 * body[5]
    if marker not in (0xDB, 0xC4):
        return False
    place = 0
    while place < len(body):
        place += 65 + 64 * (body[place] >> 4) if marker == 0xDB else 17 + sum(body[place + 1 : place + 17])
    return place == len(body)


def _named_tables(marker: int, body: bytes) -> Iterator[tuple[int, int]]:
    """Which tables a segment defines (0xDB, 0xC4) or uses (a frame, 0xDA), as (marker, number of the table)."""
    if marker in (0xDB, 0xC4):
        place = 0
        while place < len(body):
            yield marker, body[place] & 15 if marker == 0xDB else body[place]
            place += 65 + 64 * (body[place] >> 4) if marker == 0xDB else 17 + sum(body[place + 1 : place + 17])
    elif marker in _FRAMES:
        for place in range(8, len(body), 3):
            yield 0xC0, body[place]
    elif marker == 0xDA:
        for place in range(2, 1 + 2 * body[0], 2):
            yield marker, body[place] >> 4  # of the first coefficients
            yield marker, 16 | body[place] & 15  # of the others
        yield marker, -1


def _has_idle(tables: list[tuple[int, int]]) -> bool:
    """Whether a table is defined that nothing uses, or twice before anything does: it could hold whatever one likes."""
    quantisation = [number for marker, number in tables if marker == 0xDB]
    idle = sorted(quantisation) != sorted({number for marker, number in tables if marker == 0xC0})
    waiting: list[int] = []
    used: set[int] = set()
    for marker, number in tables:
        if marker == 0xC4:
            waiting.append(number)
        elif marker == 0xDA and number >= 0:
            used.add(number)
        elif marker == 0xDA:
            idle = idle or not set(waiting) <= used or len(set(waiting)) < len(waiting)
            waiting, used = [], set()
    return idle or bool(waiting)


def _png(data: bytes, wanted: Wanted, knows: Known) -> Iterator[str]:
    place, seen, header, pixels = 8, set(), b"", []
    while place + 12 <= len(data):
        length, kind = int.from_bytes(data[place : place + 4]), data[place + 4 : place + 8]
        body, check = data[place + 8 : place + 8 + length], data[place + 8 + length : place + 12 + length]
        place += 12 + length
        if zlib.crc32(kind + body).to_bytes(4) != check:
            raise ValueError("A chunk that is not what its check says.")
        header = header or body
        if kind == b"eXIf":
            yield from inspection.exif(body, wanted and wanted["exif"])
        elif kind == b"IDAT":
            pixels.append(body)
        elif kind not in _PNG_SIZES or length not in _PNG_SIZES[kind]:
            yield f"PNG {kind.decode('latin-1')}"
        elif kind in seen:
            yield f"second PNG {kind.decode('latin-1')}"
        seen.add(kind)
        if kind == b"IEND":
            if place != len(data):
                yield "bytes after the end of the picture"
            if not _fills(header, b"".join(pixels)):
                yield "bytes hidden in the pixels of a PNG"
            return
    raise ValueError("No end of image.")


def _fills(header: bytes, packed: bytes) -> bool:
    """Whether a PNG's compressed rows are those of its picture, no more and no less; interlaced is never ours."""
    width, height = int.from_bytes(header[:4]), int.from_bytes(header[4:8])
    row = (width * header[8] * _PNG_CHANNELS.get(header[9], 1) + 7) // 8 + 1
    unpacked = zlib.decompressobj()
    length, rest = 0, packed
    while rest and length <= height * row:
        length += len(unpacked.decompress(rest, 1 << 20))
        rest = unpacked.unconsumed_tail
    return unpacked.eof and not unpacked.unused_data and not rest and header[12] == 0 and length == height * row


def _webp(data: bytes, wanted: Wanted, knows: Known) -> Iterator[str]:
    end = 8 + int.from_bytes(data[4:8], "little")
    if end > len(data):
        raise ValueError("Cut off.")
    if end < len(data):
        yield "bytes after the end of the picture"
    place, seen = 12, set()
    while place < end:
        kind, length = data[place : place + 4], int.from_bytes(data[place + 4 : place + 8], "little")
        body, start = data[place + 8 : place + 8 + length], place
        place += 8 + length + length % 2
        if length % 2 and data[place - 1]:
            yield "bytes hidden in WebP"
        if kind in seen:
            yield f"second WebP {kind.decode('latin-1')}"
        seen.add(kind)
        if kind == b"EXIF":
            yield from inspection.exif(body.removeprefix(JPEG_EXIF), wanted and wanted["exif"])
        elif kind == b"XMP ":
            yield from inspection.xmp_packet(body, wanted and wanted["xmp"])
        elif kind == b"ICCP":
            yield from inspection.icc(body)
        elif kind == b"VP8X":
            if length != 10 or body[0] & 0xC1 or any(body[1:4]):
                yield "bytes hidden in WebP"
        elif knows and kind == b"C2PA":
            yield from manifest.faults(body, data, (start, start + 8 + length), knows)
        elif kind not in _WEBP_PIXELS:
            yield f"WebP {kind.decode('latin-1')}"
    if place != end or {b"VP8 ", b"VP8L"} <= seen:
        raise ValueError("Chunks that do not fill their file.")


def _avif(data: bytes, wanted: Wanted, knows: Known) -> Iterator[str]:
    for kind, body in avif_parts(data):
        if kind == "Exif":
            # ISO/IEC 23008-12, A.2.1: four bytes say how far behind them the TIFF header stands.
            start = 4 + int.from_bytes(body[:4])
            if body[4:start] not in (b"", JPEG_EXIF):
                yield "bytes hidden in EXIF"
            yield from inspection.exif(body[start:], wanted and wanted["exif"])
        elif kind == "XMP":
            yield from inspection.xmp_packet(body, wanted and wanted["xmp"])
        elif kind == "ICC":
            yield from inspection.icc(body)
        elif kind == "C2PA" and knows:
            yield from manifest.faults(body, data, (0, 0), knows)
        elif kind == "C2PA":
            yield "AVIF uuid"
        else:
            yield kind
