"""Likenesses: earlier photos that look like one, nearest first, so that an old picture is not passed off as new.

They are found by the bands of the fingerprint, four indexes, so a library of 100,000 costs no more than a small one.
"""

from dataclasses import dataclass
from datetime import datetime

from articles.imaging import neighbours

from .photos import Photo

MOST = 3  # that are told of: who has to look at them looks at three
_READ = ("pk", "fingerprint", "colour", "created_at")


@dataclass(frozen=True)
class Likeness:
    """An earlier photo; `distance` in bits of 64 (0: the same picture), `is_mirrored` where left and right changed."""

    photo: Photo
    distance: int
    is_mirrored: bool


def earlier(photo: Photo, *, most: int = MOST) -> list[Likeness]:
    """The photos that look like `photo` and were here before its pixels, withdrawn ones too: a few, nearest first."""
    if not photo.fingerprint:
        return []
    is_plain, since = neighbours.is_plain(photo.fingerprint), _here_since(photo)
    found: dict[int, tuple] = {}
    for is_mirrored, fingerprint in _ways(photo.fingerprint, is_plain):
        asked = Photo.objects.sharing_a_band(fingerprint).exclude(pk=photo.pk).order_by()
        for pk, other, colour, created_at in asked.values_list(*_READ):
            distance = neighbours.distance(fingerprint, other)
            if distance > neighbours.NEAR or (created_at, pk) >= since:
                continue
            apart = neighbours.colours_apart(photo.colour, colour)
            if is_plain and apart > neighbours.NEAR_COLOUR:
                continue
            key = (distance, is_mirrored, apart, created_at, pk)
            found[pk] = min(key, found.get(pk, key))
    nearest = sorted(found.values())[:most]
    rows = Photo.objects.defer("metadata").in_bulk([key[-1] for key in nearest])
    return [Likeness(rows[key[-1]], key[0], key[1]) for key in nearest if key[-1] in rows]


def _ways(fingerprint: str, is_plain: bool) -> list[tuple[bool, str]]:
    """The fingerprints to look for: its own, and that of its mirror image, which says nothing without texture."""
    ways = [(False, fingerprint)]
    return ways if is_plain else [*ways, (True, neighbours.turned(fingerprint)["flipped"])]


def _here_since(photo: Photo) -> tuple[datetime, int]:
    """When its pixels came: with the photo, or in the place of others. Its number keeps two of one moment apart."""
    replaced = photo.versions.exclude(original="").values_list("at", flat=True).first()
    return replaced or photo.created_at, photo.pk
