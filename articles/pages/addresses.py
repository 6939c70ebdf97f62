"""Whole addresses, for what is read elsewhere: of pages, and of a photo's JPEGs, which every program knows."""

from django.conf import settings
from django.utils.encoding import iri_to_uri

from articles.imaging.cards import LINK, WIDE
from articles.imaging.crop import Crop
from articles.imaging.recipes import Recipe, recipes
from articles.imaging.shapes import shape_card, story_framing
from articles.imaging.srcset import address
from articles.models import Photo, PhotoStatus


def whole(path: str) -> str:
    """The absolute address of `path` on the outlet's site, percent-encoded; one on another host stays there."""
    return iri_to_uri(settings.SITE_ADDRESS + path if path.startswith("/") else path)


def has_jpeg(photo: Photo | None) -> bool:
    """Whether other sites may show the photo: readers see it, without a shield, and a JPEG of it exists."""
    if photo is None or photo.status != PhotoStatus.READY or photo.sensitivity:
        return False
    return bool(photo.made().get("jpeg"))


def jpeg_of(photo: Photo, width: int | None = None, frame: Crop | None = None) -> tuple[str, Recipe]:
    """Address and recipe of the photo's largest JPEG that is at most `width` pixels wide (its largest of all).

    `frame` is the crop that a story shows of it (`Photo.own_frame`).
    """
    widths = sorted(photo.made(frame)["jpeg"])
    wanted = [one for one in widths if width is None or one <= width] or widths[:1]
    made = recipes(photo.width, photo.height, crop=frame, formats=["jpeg"], widths={"jpeg": wanted})
    return _whole_rendition(photo, made[-1])


def card_of(photo: Photo, shape: tuple[int, int], frame: Crop | None = None) -> tuple[str, Recipe]:
    """Address and recipe of the photo's card in `shape`, one of `imaging.cards.ALL`; of `frame` as `jpeg_of`.

    Of a photo whose renditions were made before there were link cards, that is its card in 16:9.
    """
    if shape == LINK and not photo.has_link_card(frame):
        shape = WIDE
    recipe = shape_card(photo.width, photo.height, shape, photo.framing, story_framing(frame))
    return _whole_rendition(photo, recipe)


def _whole_rendition(photo: Photo, recipe: Recipe) -> tuple[str, Recipe]:
    return whole(address(settings.RENDITIONS_ADDRESS, photo.token, recipe.name)), recipe
