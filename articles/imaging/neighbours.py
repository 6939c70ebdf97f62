"""Near-duplicates among very many pictures, found by an index: a fingerprint dealt into bands, and what to ask of each.

A fingerprint has 64 bits, dealt into four columns of 16, each with an index. If two fingerprints differ in at most 7
bits, in one of the four bands they differ in at most one (four bands with two or more would make 8). So the values to
ask a band for are its own and the 16 that differ by a bit: 68 look-ups find every picture within a distance of 7, and
no row beyond the few they meet is read. For a distance of up to 11, one band differs in at most two bits: 137 values a
band. Neighbouring bits are much alike in a picture with broad shapes, so each band gets bits from all over it: cut row
by row, bands would be shared by fifteen times as many pictures.
"""

from collections.abc import Iterable
from itertools import combinations

from articles.imaging.fingerprint import COLUMNS, ROWS, distance

BANDS, WIDTH = 4, 16  # how many, and bits of each
NEAR = 7  # the largest distance at which two pictures count as near-duplicates
LEAST_TEXTURE = 8  # bits of either kind, below which a fingerprint says too little to tell two pictures apart
NEAR_COLOUR = 16  # of 255, in each channel: how far the average colours of two pictures without texture may lie apart
_BYTE = COLUMNS - 1  # bits a row
_PLACES = [
    [row * _BYTE + column for row in range(ROWS) for column in range(_BYTE) if (2 * row + column) % BANDS == band]
    for band in range(BANDS)
]


def bands(fingerprint: str) -> list[int]:
    """The four bands of a fingerprint, each 0 to 65,535, to be stored beside it."""
    bits = int(fingerprint, 16)
    return [sum((bits >> place & 1) << order for order, place in enumerate(places)) for places in _PLACES]


def asked(fingerprint: str, within: int = NEAR) -> list[list[int]]:
    """For each band, the values it may have in a fingerprint no farther away than `within` (0 to 11).

    A picture that near has one of these values in at least one of its bands. Raises ValueError for a larger distance.
    """
    if not 0 <= within < 3 * BANDS:
        raise ValueError("A distance beyond 11 is none of a near-duplicate.")
    return [_around(value, within // BANDS) for value in bands(fingerprint)]


def near(fingerprint: str, candidates: Iterable[str], within: int = NEAR) -> list[tuple[int, str]]:
    """Of the fingerprints that `asked` let through, those truly within the distance: (distance, it), nearest first."""
    found = {(distance(fingerprint, other), other) for other in candidates}
    return sorted(pair for pair in found if pair[0] <= within)


def is_plain(fingerprint: str) -> bool:
    """Whether the picture has hardly any texture (a wall, a sky, a test card): then its colour has to decide."""
    ones = int(fingerprint, 16).bit_count()
    return not LEAST_TEXTURE <= ones <= ROWS * _BYTE - LEAST_TEXTURE


def colours_apart(one: str, other: str) -> int:
    """How far two colours ("#rrggbb") lie apart in the channel where they differ most: 0 to 255, the most also for one
    that is not known ("")."""
    if not (one and other):
        return 255
    channels = zip(bytes.fromhex(one.lstrip("#")), bytes.fromhex(other.lstrip("#")), strict=True)
    return max(abs(a - b) for a, b in channels)


def turned(fingerprint: str) -> dict[str, str]:
    """About what the same picture would have, turned or flipped, to be asked for too: "flipped", "upside down", "half".

    Nothing can be said of a quarter's turn: the bits compare neighbours in a row. Cells that are exactly equal come out
    wrong by a bit.
    """
    rows = int(fingerprint, 16).to_bytes(ROWS)
    flipped = bytes(int(f"{row:0{_BYTE}b}"[::-1], 2) ^ 0xFF for row in rows)
    return {"flipped": flipped.hex(), "upside down": rows[::-1].hex(), "half": flipped[::-1].hex()}


def _around(value: int, bits: int) -> list[int]:
    """A band's value, and every other that differs from it by at most so many bits."""
    changes = (
        sum(1 << place for place in places) for count in range(bits + 1) for places in combinations(range(WIDTH), count)
    )
    return [value ^ change for change in changes]
