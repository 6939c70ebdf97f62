"""Shapes: which part of a picture is shown in each, from its focal point, its own crops, and a story's over these.

Everything is worked out from the picture's size and what the desk set, so that a page looks nothing up.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from articles.imaging import cards
from articles.imaging.crop import WHOLE, Crop, shape_crop
from articles.imaging.recipes import FORMATS, WIDTHS, Recipe, recipes

ORIGINAL = "original"
# What the desk sets crops for, wide by high; the first is the picture's own shape.
SHAPES: dict[str, tuple[int, int] | None] = {
    ORIGINAL: None,
    "3:2": (3, 2),
    "1:1": (1, 1),
    "16:9": (16, 9),
    "4:5": (4, 5),
}
# 4:3 is asked for by structured data only, 40:21 by link cards; they follow the focal point.
RATIOS = SHAPES | {"4:3": (4, 3), "40:21": cards.LINK}

# A shape is shown smaller than the whole picture, and there are many: two widths each.
SHAPE_WIDTHS: dict[str, tuple[int, ...]] = {"jpeg": (640, 1280), "webp": (640, 1280), "avif": (640, 1280)}

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Framing:
    """What the desk set for a picture, or for a picture in one story: its focal point and its crops by shape.

    The focal point is given in parts of the picture from its left and top edge; None leaves it to the library. The crop
    of the shape "original" is what all is cut from that has no crop of its own.
    """

    focal: Point | None = None
    crops: tuple[tuple[str, Crop], ...] = ()

    @classmethod
    def of(cls, focal: Point | None, crops: Mapping[str, Sequence[int]] | Sequence[int] | None) -> "Framing":
        """From what a database keeps: crops as [x, y, width, height] in thousandths by shape; a list is the original's.

        Raises ValueError for a shape nobody knows and for a crop outside the picture.
        """
        by_shape = crops if isinstance(crops, Mapping) else {ORIGINAL: crops} if crops else {}
        if not by_shape.keys() <= SHAPES.keys():
            raise ValueError("There is no such shape.")
        if not all(isinstance(crop, Sequence) and len(crop) == 4 for crop in by_shape.values()):
            raise ValueError("A crop is four numbers.")
        return cls(focal, tuple((shape, Crop(*by_shape[shape])) for shape in SHAPES if shape in by_shape))

    def crop(self, shape: str) -> Crop | None:
        """The crop set for a shape, None if there is none."""
        return dict(self.crops).get(shape)

    def stored(self) -> dict[str, list[int]]:
        """The crops as `of` takes them."""
        return {shape: [crop.x, crop.y, crop.width, crop.height] for shape, crop in self.crops}

    def turned(self, turn: int) -> "Framing":
        """The same once the picture is turned clockwise by 0, 90, 180 or 270 degrees.

        Turned by a quarter, a crop no longer has its shape: those of other shapes than original and 1:1 are let go.
        """
        focal = self.focal
        for _quarter in range(turn // 90 % 4 if focal else 0):
            focal = 1 - focal[1], focal[0]
        kept = SHAPES if turn % 180 == 0 else (ORIGINAL, "1:1")
        return Framing(focal, tuple((shape, crop.turned(turn)) for shape, crop in self.crops if shape in kept))


def story_framing(crop: Crop | None) -> Framing | None:
    """What a story sets that keeps this crop of a picture; None for one that keeps none."""
    return Framing(None, ((ORIGINAL, crop),)) if crop else None


def frame(width: int, height: int, shape: str, library: Framing, story: Framing | None = None) -> Crop | None:
    """The part of a picture of this size (pixels, as seen) that a shape shows; None for all of it.

    A story's crop counts before the library's, and a shape's own before one cut from the original's: what a story cut
    away is in none of its shapes. Raises KeyError for a shape nobody knows.
    """
    ratio = RATIOS[shape]
    focal = (story and story.focal) or library.focal or (0.5, 0.5)
    for framing in (story, library):
        own = framing and framing.crop(shape)
        if own:
            return _none_if_whole(own)
        base = framing and framing.crop(ORIGINAL)
        if base and ratio:
            return _none_if_whole(_inside(base, width, height, ratio, focal))
    return _none_if_whole(shape_crop(width, height, ratio, focal)) if ratio else None


def snapped(crop: Crop, width: int, height: int, shape: str) -> Crop:
    """The crop in exactly this shape: as wide as drawn if the picture is high enough, round the same middle."""
    ratio = RATIOS[shape]
    if ratio is None:
        return crop
    aspect = ratio[0] * height / (ratio[1] * width)  # of a crop in thousandths
    across = min(crop.width, WHOLE, WHOLE * aspect)
    wide, high = max(1, round(across)), max(1, min(WHOLE, round(across / aspect)))
    x = round(crop.x + crop.width / 2 - wide / 2)
    y = round(crop.y + crop.height / 2 - high / 2)
    return Crop(max(0, min(WHOLE - wide, x)), max(0, min(WHOLE - high, y)), wide, high)


def shape_cards(width: int, height: int, library: Framing, story: Framing | None = None) -> list[Recipe]:
    """The cards of `articles.imaging.cards`, in the order of its shapes, cut as the desk set it."""
    return [shape_card(width, height, shape, library, story) for shape in cards.ALL]


def shape_card(
    width: int, height: int, shape: tuple[int, int], library: Framing, story: Framing | None = None
) -> Recipe:
    """The card of one of the shapes of `articles.imaging.cards`, cut as the desk set it."""
    crop, widths = frame(width, height, f"{shape[0]}:{shape[1]}", library, story), {"jpeg": [cards.width_of(shape)]}
    return recipes(width, height, crop=crop, formats=["jpeg"], widths=widths)[0]


def plan(
    width: int,
    height: int,
    library: Framing,
    stories: Iterable[Framing] = (),
    *,
    shapes: Iterable[str] = (),
    formats: Sequence[str] = FORMATS,
    widths: Mapping[str, Sequence[int]] = WIDTHS,
) -> list[list[Recipe]]:
    """What to make of a picture of this size (pixels, as seen), in steps: first what lets a story go out at once.

    The first step is JPEG: the picture in every width, and its cards; each further format is a step. `stories` are the
    framings of the stories that show it, `shapes` those that pages ask for besides. Nothing is in two steps.
    """
    steps: dict[str, list[Recipe]] = {format: [] for format in sorted(formats, key=_by_urgency)}
    for story in (None, *stories):
        whole = frame(width, height, ORIGINAL, library, story)
        for format, step in steps.items():
            step += recipes(width, height, crop=whole, formats=[format], widths=widths)
            for shape in shapes:
                cut = frame(width, height, shape, library, story)
                step += recipes(width, height, crop=cut, formats=[format], widths=SHAPE_WIDTHS) if cut else []
        if "jpeg" in steps:
            steps["jpeg"] += shape_cards(width, height, library, story)
    return [list(dict.fromkeys(step)) for step in steps.values() if step]


def _by_urgency(format: str) -> int:
    return ("jpeg", "webp", "avif").index(format)


def _inside(base: Crop, width: int, height: int, ratio: tuple[int, int], focal: Point) -> Crop:
    """The largest frame of a shape inside another, as near round the focal point as that allows."""
    focal = (focal[0] * WHOLE - base.x) / base.width, (focal[1] * WHOLE - base.y) / base.height
    inner = shape_crop(*base.size(width, height), ratio, focal)
    wide, high = (
        max(1, round(part * whole / WHOLE)) for part, whole in ((inner.width, base.width), (inner.height, base.height))
    )
    x, y = round(inner.x * base.width / WHOLE), round(inner.y * base.height / WHOLE)
    return Crop(base.x + min(x, base.width - wide), base.y + min(y, base.height - high), wide, high)


def _none_if_whole(crop: Crop) -> Crop | None:
    return None if crop.is_whole else crop
