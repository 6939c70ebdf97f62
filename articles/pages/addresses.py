"""Addresses as the outside world needs them: whole, with the site before them, and in ASCII."""

from django.conf import settings
from django.utils.encoding import iri_to_uri

from articles.imaging.cards import card
from articles.imaging.recipes import Recipe, file_name
from articles.imaging.srcset import address
from articles.models import Photo, PhotoStatus


def whole(path: str) -> str:
    """The absolute address of a path of ours, its Arabic percent-encoded; one that is absolute stays as it is."""
    return iri_to_uri(f"{settings.SITE_ADDRESS}{path}" if path.startswith("/") else path)


def renditions() -> str:
    """The absolute address under which the renditions lie, ending in a slash (of another host where they have one)."""
    return whole(settings.RENDITIONS_ADDRESS)


def has_jpeg(photo: Photo | None) -> bool:
    """Whether readers may see `photo` and its JPEG renditions exist."""
    return photo is not None and photo.status == PhotoStatus.READY and bool(photo.formats.get("jpeg"))


def card_of(photo: Photo, shape: tuple[int, int]) -> tuple[str, Recipe]:
    """Absolute address and recipe of the card of `photo` in `shape` (see `imaging.cards`)."""
    recipe = card(photo.width, photo.height, shape, (photo.focal_x, photo.focal_y))
    return address(renditions(), photo.token, recipe.name), recipe


def largest_of(photo: Photo) -> tuple[str, Recipe]:
    """Absolute address and recipe of the largest JPEG of the whole frame of `photo`."""
    name = file_name("jpeg", max(photo.formats["jpeg"]), None)
    return address(renditions(), photo.token, name), Recipe.parse(name, photo.width, photo.height)
