"""Colour profiles (ICC.1:2022) without a word: what makes the colours right stays, names, dates and devices go."""

import struct

_COLOURS = {
    b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC", b"kTRC", b"wtpt", b"bkpt", b"chad", b"cicp",
    b"A2B0", b"A2B1", b"A2B2", b"B2A0", b"B2A1", b"B2A2", b"gamt",
}  # fmt: skip
_NUMBERS = {b"XYZ ", b"curv", b"para", b"sf32", b"cicp", b"mft1", b"mft2", b"mAB ", b"mBA "}
_NAME, _DATE = "Colours of the picture", (2000, 1, 1, 0, 0, 0)


def nameless(profile: bytes) -> bytes:
    """The profile with only the tables and numbers that colours are worked out with, under a name of ours.

    Raises ValueError for one that cannot be followed.
    """
    if len(profile) < 132 or profile[36:40] != b"acsp":
        raise ValueError("Not a profile.")
    tags: dict[bytes, bytes] = {}
    for place in range(132, 132 + 12 * min(int.from_bytes(profile[128:132]), 100), 12):
        name, start, length = (
            profile[place : place + 4],
            *struct.unpack(">II", profile[place + 4 : place + 12].ljust(8)),
        )
        value = profile[start : start + length]
        if name in _COLOURS and value[:4] in _NUMBERS and len(value) == length:
            tags[name] = _as_long_as_it_says(value)
    if not tags:
        raise ValueError("A profile without colours.")
    tags[b"desc"], tags[b"cprt"] = (_described(profile[8]), _text(profile[8]))
    head = bytearray(profile[:128])
    head[4:8] = bytes(4)  # the software that made it
    head[24:36] = struct.pack(">6H", *_DATE)
    head[40:44] = head[80:84] = bytes(4)
    head[48:64] = bytes(16)  # maker, model and settings of the device
    head[84:128] = bytes(44)
    return _written(head, tags)


def _written(head: bytearray, tags: dict[bytes, bytes]) -> bytes:
    table, values, places = b"", b"", {}
    start = 132 + 12 * len(tags)
    for name, value in tags.items():
        if value not in places:  # three channels often share one curve
            places[value] = start + len(values)
            values += value + bytes(-len(value) % 4)
        table += name + struct.pack(">II", places[value], len(value))
    head[0:4] = struct.pack(">I", start + len(values))
    return bytes(head) + struct.pack(">I", len(tags)) + table + values


def _as_long_as_it_says(value: bytes) -> bytes:
    """A number or a curve without what may be hung on behind it."""
    if value[:4] == b"XYZ ":
        return value[:20]
    if value[:4] == b"curv":
        return value[: 12 + 2 * int.from_bytes(value[8:12])]
    return value


def _described(version: int) -> bytes:
    if version >= 4:
        return _text(version)
    name = _NAME.encode() + b"\0"
    return b"desc" + bytes(4) + struct.pack(">I", len(name)) + name + bytes(4 + 4 + 2 + 1 + 67)


def _text(version: int) -> bytes:
    if version < 4:
        return b"text" + bytes(4) + _NAME.encode() + b"\0"
    words = _NAME.encode("utf-16-be")
    return b"mluc" + bytes(4) + struct.pack(">II2s2sII", 1, 12, b"en", b"US", len(words), 28) + words
