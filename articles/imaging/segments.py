"""The segments of a JPEG (ITU-T T.81, annex B): taken apart without touching the picture, and put together again."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

START, END = b"\xff\xd8", b"\xff\xd9"
SCAN, COMMENT = 0xDA, 0xFE
APP0, APP1, APP2, APP11, APP13, APP14 = 0xE0, 0xE1, 0xE2, 0xEB, 0xED, 0xEE
LONGEST = 65_533  # bytes of a segment's body

_MARKER = re.compile(rb"\xff[^\0\xd0-\xd7\xff]")


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment: its marker, its body, and, behind the head of a scan, the compressed picture."""

    marker: int
    body: bytes
    scan: bytes = b""

    @property
    def is_picture(self) -> bool:
        """Whether a decoder needs it: a table, a frame, a scan, or how colours are stored (APP14 of Adobe)."""
        return 0xC0 <= self.marker <= 0xDF or (self.marker == APP14 and self.body[:5] == b"Adobe")


def taken_apart(data: bytes) -> list[Segment]:
    """The segments of the first picture in a JPEG, without what lies behind its end.

    Raises ValueError for a file that cannot be followed.
    """
    if not data.startswith(START):
        raise ValueError("Not a JPEG.")
    found, place = [], len(START)
    while data[place : place + 2] not in (END, b""):
        if data[place] != 0xFF or place + 4 > len(data):
            raise ValueError("No segment where one belongs.")
        marker, length = data[place + 1], int.from_bytes(data[place + 2 : place + 4])
        if marker == 0xFF:  # any number of these may fill the space before a segment
            place += 1
            continue
        body = data[place + 4 : place + 2 + length]
        if marker < 0xC0 or 0xD0 <= marker <= 0xD9 or length < 2 or len(body) != length - 2:
            raise ValueError("A segment that cannot be.")
        place += 2 + length
        scan = b""
        if marker == SCAN:
            end = _MARKER.search(data, place)
            scan = data[place : end.start() if end else len(data)]
            place += len(scan)
        found.append(Segment(marker, body, scan))
    if not any(segment.marker == SCAN for segment in found):
        raise ValueError("A JPEG without a picture.")
    return found


def put_together(segments: Iterable[Segment]) -> bytes:
    """A JPEG of these segments. Raises ValueError for one that is too long."""
    made = [START]
    for segment in segments:
        if len(segment.body) > LONGEST:
            raise ValueError("A segment that is too long.")
        made += (bytes((0xFF, segment.marker)), (len(segment.body) + 2).to_bytes(2), segment.body, segment.scan)
    return b"".join((*made, END))
