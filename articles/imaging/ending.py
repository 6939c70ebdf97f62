"""Where a picture's file ends: each format says itself how long it is, and a cut-off file is shorter than it says."""

import os
from typing import BinaryIO

CHUNK = 1 << 20

# A progressive JPEG has some ten scans. Each costs a walk over the whole picture, so a small file with thousands of
# them is a bomb (libjpeg-turbo's advice, "Two Issues with the JPEG Standard", is to stop at a limit of this order).
MOST_SCANS = 200


class TooManyScans(ValueError):
    """The JPEG was made to keep a decoder busy."""


def ends_early(file: BinaryIO, format: str) -> bool:
    """Whether the file ends before the picture it promises does, by its structure alone; no pixel is decoded.

    False is no promise: what only a decoder can see (a TIFF's strips, a scan without its end) is left to it.
    Raises TooManyScans.
    """
    size = file.seek(0, os.SEEK_END) or file.tell()
    return _WALKS[format](file, size) if format in _WALKS else False


def _png(file: BinaryIO, size: int) -> bool:
    place = 8
    while place + 12 <= size:
        head = _at(file, place, 8)
        place += 12 + int.from_bytes(head[:4])
        if head[4:] == b"IEND":
            return place > size
    return True


def _webp(file: BinaryIO, size: int) -> bool:
    return 8 + int.from_bytes(_at(file, 4, 4), "little") > size


def _boxes(file: BinaryIO, size: int) -> bool:
    """AVIF and HEIC: the boxes of an ISO base media file follow each other to its end."""
    place = 0
    while place < size:
        head = _at(file, place, 16)
        length = int.from_bytes(head[:4])
        if length == 0:  # this box goes on to the end
            return False
        if length == 1:
            length = int.from_bytes(head[8:16])
        if len(head) < 8 or length < 8 or not head[4:8].isascii():
            return place == 0  # something else was hung on behind the picture
        place += length
    return place > size


def _gif(file: BinaryIO, size: int) -> bool:
    place = 13 + _colours(_at(file, 10, 1))
    while place < size:
        kind = _at(file, place, 1)
        if kind == b";":
            return False
        if kind == b",":
            place += 11 + _colours(_at(file, place + 9, 1))
        elif kind == b"!":
            place += 2
        else:
            return False
        length = -1
        while length and place < size:
            length = int.from_bytes(_at(file, place, 1))
            place += 1 + length
        if length:
            return True
    return place > size


def _colours(flags: bytes) -> int:
    """How many bytes a GIF's colour table takes."""
    return 3 << (flags[0] & 7) + 1 if flags and flags[0] & 0x80 else 0


def _jpeg(file: BinaryIO, size: int) -> bool:
    place = 2
    while True:  # the segments before the first scan
        head = _at(file, place, 4)
        if len(head) < 4:
            return True
        if head[0] != 0xFF:
            return False
        if head[1] == 0xFF:
            place += 1
            continue
        if head[1] == 0xDA:
            break
        place += 2 if head[1] in (0x01, *range(0xD0, 0xD9)) else 2 + int.from_bytes(head[2:])
    scans, tail = 0, b""
    file.seek(place)
    while chunk := file.read(CHUNK):
        data = tail[-1:] + chunk
        end = data.find(b"\xff\xd9")
        scans += data.count(b"\xff\xda", 0, end if end >= 0 else len(data))
        if scans > MOST_SCANS:
            raise TooManyScans("The JPEG has too many scans.")
        if end >= 0:
            return False
        tail = (tail + chunk)[-32:]
    # No end-of-image marker. A few writers forget it, but a file filled up with zeros was cut on its way.
    return not tail.strip(b"\0")


def _at(file: BinaryIO, place: int, length: int) -> bytes:
    file.seek(place)
    return file.read(length)


_WALKS = {"png": _png, "webp": _webp, "avif": _boxes, "heic": _boxes, "gif": _gif, "jpeg": _jpeg}
