"""IPTC-IIM, the oldest of the three ways a picture carries words: datasets of bytes (IIM 4.2, iptc.org)."""

import struct
from collections.abc import Iterable

MARK = 0x1C
PHOTOSHOP = b"Photoshop 3.0\0"
IIM_RESOURCE = 0x0404

# What 1:90 may say of the text that follows (ISO 2022 escape sequences).
_UTF8 = b"\x1b%G"
CHARSETS = {
    _UTF8: "utf-8",
    b"\x1b%/G": "utf-8",
    b"\x1b%/H": "utf-8",
    b"\x1b%/I": "utf-8",
    b"\x1b.A": "iso-8859-1",
    b"\x1b-A": "iso-8859-1",
    b"\x1b-B": "iso-8859-2",
    b"\x1b-F": "iso-8859-7",
    b"\x1b-G": "iso-8859-6",
    b"\x1b-H": "iso-8859-8",
    b"\x1b-L": "iso-8859-5",
}


def datasets(data: bytes) -> list[tuple[int, int, bytes]]:
    """Every dataset of an IIM block as (record, number, value), as far as it can be read; never raises."""
    found = []
    place = 0
    while place + 5 <= len(data) and data[place] == MARK:
        record, number, length = data[place + 1], data[place + 2], int.from_bytes(data[place + 3 : place + 5])
        place += 5
        if length & 0x8000:  # an extended dataset: the length of the length stands here, then the length itself
            digits = length & 0x7FFF
            length = int.from_bytes(data[place : place + min(digits, 8)])
            place += digits
        if place + length > len(data):
            break
        found.append((record, number, data[place : place + length]))
        place += length
    return found


def texts(data: bytes) -> dict[tuple[int, int], list[str]]:
    """The datasets of an IIM block as text, each list in the order of the file; never raises."""
    found = datasets(data)
    marks = [value for record, number, value in found if (record, number) == (1, 90)]
    charset = CHARSETS.get(marks[0]) if marks else None
    words: dict[tuple[int, int], list[str]] = {}
    for record, number, value in found:
        if (record, number) != (1, 90):
            words.setdefault((record, number), []).append(decode(value, charset))
    return words


def decode(value: bytes, charset: str | None = None) -> str:
    """Bytes that may be in any of the usual character sets as text.

    What the file declares counts if the bytes agree; then UTF-8, which other text hardly ever happens to be; then
    cp1256 where a word is Arabic through and through, else cp1252.
    """
    for name in filter(None, (charset, "utf-8")):
        try:
            return value.decode(name)
        except UnicodeDecodeError:
            continue
    return value.decode("cp1256" if _looks_arabic(value) else "cp1252", errors="replace")


def encode(values: Iterable[tuple[int, int, str]]) -> bytes:
    """An IIM block in UTF-8, marked as such, of (number in record 2, longest length in bytes, text)."""
    block = dataset(1, 90, _UTF8)
    for number, longest, text in values:
        block += dataset(2, number, cut(text, longest))
    return block


def cut(text: str, longest: int) -> bytes:
    """Text in UTF-8, at most so many bytes, cut between two characters."""
    return text.encode("utf-8", errors="ignore")[:longest].decode("utf-8", errors="ignore").rstrip().encode("utf-8")


def jpeg_segment(block: bytes) -> bytes:
    """An IIM block as the APP13 segment a JPEG carries it in."""
    body = PHOTOSHOP + resource(IIM_RESOURCE, block)
    return b"\xff\xed" + struct.pack(">H", 2 + len(body)) + body


def resource(number: int, value: bytes) -> bytes:
    """One of Photoshop's image resources, without a name."""
    return b"8BIM" + struct.pack(">HHI", number, 0, len(value)) + value + b"\0" * (len(value) % 2)


def resources(data: bytes) -> list[tuple[int, bytes]]:
    """The image resources of a Photoshop block (after its name) as (number, value); never raises.

    What cannot be read comes last, as number -1, so that nobody who looks for leaks overlooks it.
    """
    found = []
    place = 0
    while place < len(data):
        name_length = data[place + 6] if place + 6 < len(data) else 0
        start = place + 6 + (1 + name_length + 1) // 2 * 2
        length = int.from_bytes(data[start : start + 4])
        if data[place : place + 4] != b"8BIM" or start + 4 + length > len(data):
            return [*found, (-1, data[place:])]
        found.append((int.from_bytes(data[place + 4 : place + 6]), data[start + 4 : start + 4 + length]))
        place = start + 4 + length + length % 2
    return found


def dataset(record: int, number: int, value: bytes) -> bytes:
    """One dataset; the value is shorter than 32,768 bytes."""
    return struct.pack(">BBBH", MARK, record, number, len(value)) + value


def _looks_arabic(value: bytes) -> bool:
    """Latin text has its accents one by one among plain letters; Arabic in cp1256 is made of high bytes only."""
    high = sum(byte >= 0xC0 for byte in value)
    plain = sum(65 <= byte <= 90 or 97 <= byte <= 122 for byte in value)
    return high >= 3 and high > plain
