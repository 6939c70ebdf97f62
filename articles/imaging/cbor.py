"""CBOR (RFC 8949) as far as content credentials need it: read strictly, so that nothing can stand between the values.

Only the shortest writing of each value is understood, and only definite lengths: what is read here has one form.
"""

from dataclasses import dataclass
from typing import Any

_DEEPEST = 16
_SIMPLE = {20: False, 21: True, 22: None}
_SIZES = {24: 1, 25: 2, 26: 4, 27: 8}


@dataclass(frozen=True)
class Tag:
    """A value with a number that says what it is meant as."""

    number: int
    value: Any


def decode(data: bytes) -> Any:
    """The one value that these bytes are. Raises ValueError for anything that is not its shortest form, or more."""
    value, place = _read(data, 0, 0)
    if place != len(data):
        raise ValueError("Bytes behind the value.")
    return value


def _read(data: bytes, place: int, depth: int) -> tuple[Any, int]:
    if depth > _DEEPEST or place >= len(data):
        raise ValueError("Too deep, or cut off.")
    kind, number = data[place] >> 5, data[place] & 31
    place += 1
    if number > 27 or (kind == 7 and number not in _SIMPLE):
        raise ValueError("A value of an unknown kind.")
    if number > 23:
        size = _SIZES[number]
        number, place = int.from_bytes(data[place : place + size]), place + size
        if kind == 7 or place > len(data) or number < (24 if size == 1 else 1 << 4 * size):
            raise ValueError("A number that is not written in its shortest form.")
    if kind == 0:
        return number, place
    if kind == 1:
        return -1 - number, place
    if kind in (2, 3):
        body, place = data[place : place + number], place + number
        if len(body) != number:
            raise ValueError("Cut off.")
        return (body if kind == 2 else body.decode()), place
    if kind == 6:
        value, place = _read(data, place, depth + 1)
        return Tag(number, value), place
    if kind == 7:
        return _SIMPLE[number], place
    if number > len(data):
        raise ValueError("Cut off.")
    found = []
    for _ in range(number * (kind - 3)):  # a list's values; a map's keys and values
        value, place = _read(data, place, depth + 1)
        found.append(value)
    if kind == 4:
        return found, place
    keys = found[::2]
    if not all(isinstance(key, str | int) for key in keys) or len(set(keys)) < len(keys):
        raise ValueError("A map whose keys are no names, or that says one twice.")
    return dict(zip(keys, found[1::2], strict=True)), place
