"""The chunks of PNG and WebP files: taken apart without touching the picture, and put together again."""

import struct
import zlib
from collections.abc import Iterable

PNG_START = b"\x89PNG\r\n\x1a\n"
Chunk = tuple[bytes, bytes]  # its kind, its body

_HAS_PROFILE, _HAS_ALPHA, _HAS_EXIF, _HAS_XMP = 0x20, 0x10, 0x08, 0x04


def of_png(data: bytes) -> list[Chunk]:
    """The chunks of a PNG up to its end. Raises ValueError for a file that cannot be followed."""
    found, place = [], len(PNG_START)
    while place + 12 <= len(data):
        length, kind = int.from_bytes(data[place : place + 4]), data[place + 4 : place + 8]
        found.append((kind, data[place + 8 : place + 8 + length]))
        place += 12 + length
        if kind == b"IEND" and place <= len(data):
            return found
    raise ValueError("A PNG without an end.")


def png(chunks: Iterable[Chunk]) -> bytes:
    """A PNG of these chunks."""
    made = [PNG_START]
    for kind, body in chunks:
        made += (struct.pack(">I", len(body)), kind, body, struct.pack(">I", zlib.crc32(body, zlib.crc32(kind))))
    return b"".join(made)


def png_text(keyword: bytes, text: bytes) -> Chunk:
    """Text in UTF-8 as a PNG holds it (iTXt), not compressed."""
    return b"iTXt", keyword + b"\0\0\0\0\0" + text


def of_webp(data: bytes) -> list[Chunk]:
    """The chunks of a WebP. Raises ValueError for a file that cannot be followed."""
    return _riff(data[12 : 8 + int.from_bytes(data[4:8], "little")])


def of_frame(body: bytes) -> tuple[bytes, list[Chunk]]:
    """What an animation's frame (ANMF) says of its place, and its chunks. Raises ValueError."""
    return body[:16], _riff(body[16:])


def riff(chunks: Iterable[Chunk]) -> bytes:
    """Chunks as WebP writes them one after the other."""
    return b"".join(kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2) for kind, body in chunks)


def webp(chunks: Iterable[Chunk]) -> bytes:
    """A WebP of these chunks, with the head that says which of them it has; kinds in the order the format wants.

    Raises ValueError where there is no picture among them.
    """
    order = (b"ICCP", b"ANIM", b"ANMF", b"ALPH", b"VP8 ", b"VP8L", b"EXIF", b"XMP ")
    found = list(chunks)
    head = next((body for kind, body in found if kind == b"VP8X" and len(body) >= 10), None) or _head(found)
    found = [chunk for chunk in found if chunk[0] != b"VP8X"]
    kinds = {kind for kind, _body in found}
    flags = head[0] & ~(_HAS_PROFILE | _HAS_EXIF | _HAS_XMP)
    for kind, flag in ((b"ICCP", _HAS_PROFILE), (b"EXIF", _HAS_EXIF), (b"XMP ", _HAS_XMP)):
        flags |= flag if kind in kinds else 0
    found.sort(key=lambda chunk: order.index(chunk[0]) if chunk[0] in order else len(order))
    inner = b"WEBP" + riff([(b"VP8X", bytes((flags,)) + head[1:10]), *found])
    return b"RIFF" + struct.pack("<I", len(inner)) + inner


def _riff(data: bytes) -> list[Chunk]:
    found, place = [], 0
    while place + 8 <= len(data):
        length = int.from_bytes(data[place + 4 : place + 8], "little")
        body = data[place + 8 : place + 8 + length]
        if len(body) != length:
            raise ValueError("A chunk that is longer than its file.")
        found.append((data[place : place + 4], body))
        place += 8 + length + length % 2
    return found


def _head(chunks: list[Chunk]) -> bytes:
    """The extended head (RFC 9649, 2.7) of a WebP that has none, from the first bytes of its picture."""
    for kind, body in chunks:
        if kind == b"VP8 " and body[3:6] == b"\x9d\x01\x2a":
            width, height = (number & 0x3FFF for number in struct.unpack_from("<HH", body, 6))
            flags = 0
        elif kind == b"VP8L" and body[:1] == b"\x2f" and len(body) >= 5:
            bits = int.from_bytes(body[1:5], "little")
            width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
            flags = _HAS_ALPHA if bits >> 28 & 1 else 0
        else:
            continue
        return bytes((flags, 0, 0, 0)) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    raise ValueError("A WebP without a picture.")
