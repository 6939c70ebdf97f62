"""Cards: the renditions of a picture that other sites and structured data show, in the three shapes they ask for."""

from collections.abc import Mapping, Sequence

from articles.imaging.crop import Crop, shape_crop, shape_within
from articles.imaging.recipes import Recipe, recipes

# Wide by high, for structured data and link cards: https://developers.google.com/search/docs/appearance/structured-data/article
SQUARE, STANDARD, WIDE = SHAPES = ((1, 1), (4, 3), (16, 9))
WIDTH = 1280  # pixels; a smaller picture gives smaller cards


def card(
    width: int,
    height: int,
    shape: tuple[int, int],
    focal: tuple[float, float] = (0.5, 0.5),
    *,
    crops: Mapping[str, Sequence[int]] | None = None,
    within: Crop | None = None,
) -> Recipe:
    """The JPEG of a picture of this width and height (pixels, as seen) in `shape`, cut round its focal point.

    `focal` is given as parts of the picture from its left and top edge. The desk's own `crops` by shape ("16:9") count
    more; of a picture that a story shows a crop of, nothing outside that (`within`) is shown. Computed, so that pages
    look nothing up.
    """
    own = Crop.of((crops or {}).get(f"{shape[0]}:{shape[1]}"))
    if within is not None:
        frame = shape_within(within, width, height, shape, focal)
    else:
        frame = own or shape_crop(width, height, shape, focal)
    return recipes(width, height, crop=frame, formats=["jpeg"], widths={"jpeg": [WIDTH]})[0]


def cards(
    width: int,
    height: int,
    focal: tuple[float, float] = (0.5, 0.5),
    *,
    crops: Mapping[str, Sequence[int]] | None = None,
    within: Crop | None = None,
) -> list[Recipe]:
    """The card of each shape, in the order of SHAPES."""
    return [card(width, height, shape, focal, crops=crops, within=within) for shape in SHAPES]
