"""Cards: the renditions of a picture that other sites and structured data show, in the shapes they ask for."""

from articles.imaging.crop import shape_crop
from articles.imaging.recipes import Recipe, recipes

# Wide by high, for structured data: https://developers.google.com/search/docs/appearance/structured-data/article
SQUARE, STANDARD, WIDE = SHAPES = ((1, 1), (4, 3), (16, 9))
WIDTH = 1280  # pixels; a smaller picture gives smaller cards
# For link cards: 1200 × 630, as those who show them cut a picture: https://developers.facebook.com/docs/sharing/webmasters/images/
LINK = (40, 21)
LINK_WIDTH = 1200
ALL = (*SHAPES, LINK)


def width_of(shape: tuple[int, int]) -> int:
    """How wide a card of `shape` is, in pixels, where the picture is wide enough."""
    return LINK_WIDTH if shape == LINK else WIDTH


def card(width: int, height: int, shape: tuple[int, int], focal: tuple[float, float] = (0.5, 0.5)) -> Recipe:
    """The JPEG of a picture of this width and height (pixels, as seen) in `shape`, cut round its focal point.

    `focal` is given as parts of the picture from its left and top edge. Computed, so that pages look nothing up.
    """
    frame = shape_crop(width, height, shape, focal)
    return recipes(width, height, crop=frame, formats=["jpeg"], widths={"jpeg": [width_of(shape)]})[0]


def cards(width: int, height: int, focal: tuple[float, float] = (0.5, 0.5)) -> list[Recipe]:
    """The card of each shape, in the order of ALL."""
    return [card(width, height, shape, focal) for shape in ALL]
