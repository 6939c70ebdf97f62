"""TIFF directories (TIFF 6.0, section 2), which EXIF blocks are made of too: the first one changed, all else in place.

The changed directory goes to the end and the header points to it, so nothing else moves: makers' notes and strips are
found by their distance from the beginning of the file.
"""

import struct
from collections.abc import Mapping

ASCII, SHORT, UNDEFINED = 2, 3, 7
BYTE = 1
EMPTY = b"MM\0*" + struct.pack(">IHI", 8, 0, 0)
ORIENTATION = 0x0112

_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}

Changes = Mapping[int, tuple[int, bytes] | None]


def changed(block: bytes, changes: Changes) -> bytes:
    """The block with these tags of its first directory set, as (type, value as stored), or removed (None).

    The old values are overwritten with zeros. Raises ValueError for a block that is no classic TIFF.
    """
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(block[:4])
    if order is None or len(block) < 14:
        raise ValueError("No TIFF header.")
    start = struct.unpack_from(f"{order}I", block, 4)[0]
    if not 8 <= start <= len(block) - 6:
        raise ValueError("A directory outside its file.")
    count = struct.unpack_from(f"{order}H", block, start)[0]
    end = start + 2 + 12 * count
    if end + 4 > len(block):
        raise ValueError("A directory that is longer than its file.")
    entries = {}
    for place in range(start + 2, end, 12):
        tag, kind, number = struct.unpack_from(f"{order}HHI", block, place)
        entries.setdefault(tag, (kind, number, block[place + 8 : place + 12]))
    following = block[end : end + 4]
    made = bytearray(block)
    kept = [_span(entry, order) for tag, entry in entries.items() if tag not in changes]
    for tag in changes.keys() & entries.keys():
        first, last = _span(entries.pop(tag), order)
        # What another value lies in stays: a writer may store equal words once.
        if 8 <= first < last <= len(made) and all(last <= other or first >= after for other, after in kept):
            made[first:last] = bytes(last - first)
    made[start : end + 4] = bytes(end + 4 - start)
    for tag, change in changes.items():
        if change is not None:
            kind, value = change
            entries[tag] = (kind, len(value) // _SIZES[kind], _stored(made, value, order))
    made += bytes(len(made) % 2)
    made[4:8] = struct.pack(f"{order}I", len(made))
    made += struct.pack(f"{order}H", len(entries))
    for tag, (kind, number, place) in sorted(entries.items()):
        made += struct.pack(f"{order}HHI", tag, kind, number) + place
    return bytes(made + following)


def short(block: bytes, number: int) -> bytes:
    """A number as a SHORT of this block is stored."""
    return struct.pack("<H" if block[:2] == b"II" else ">H", number)


def _span(entry: tuple[int, int, bytes], order: str) -> tuple[int, int]:
    """Where the value of an entry lies outside the directory; (0, 0) if it lies in the entry."""
    kind, number, place = entry
    length = _SIZES.get(kind, 1) * number
    first = struct.unpack(f"{order}I", place)[0]
    return (first, first + length) if length > 4 else (0, 0)


def _stored(made: bytearray, value: bytes, order: str) -> bytes:
    """The four bytes of an entry: the value itself, or where it was put at the end of the block."""
    if len(value) <= 4:
        return value.ljust(4, b"\0")
    made += bytes(len(made) % 2)
    place = struct.pack(f"{order}I", len(made))
    made += value
    return place
