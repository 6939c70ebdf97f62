"""The part of a picture that is shown: a frame in thousandths of the picture, so that it fits every size of it."""

from dataclasses import dataclass

WHOLE = 1000


@dataclass(frozen=True, slots=True)
class Crop:
    """A frame inside a picture as seen (orientation applied), in thousandths of the picture's width and height.

    Raises ValueError where the frame is empty or reaches outside the picture.
    """

    x: int
    y: int
    width: int
    height: int

    def __post_init__(self) -> None:
        for start, length in ((self.x, self.width), (self.y, self.height)):
            if type(start) is not int or type(length) is not int:
                raise ValueError("A crop is given in whole thousandths of the picture.")
            if start < 0 or length < 1 or start + length > WHOLE:
                raise ValueError("A crop lies inside its picture.")

    @classmethod
    def of(cls, given: object) -> "Crop | None":
        """The crop of four numbers as they are stored; None for the whole picture, and for what is no crop."""
        try:
            crop = cls(*given) if given else None
        except (TypeError, ValueError):
            return None
        return None if crop is None or crop.is_whole else crop

    @property
    def is_whole(self) -> bool:
        return self.width == self.height == WHOLE

    def box(self, width: int, height: int) -> tuple[int, int, int, int]:
        """Left, top, right and bottom in pixels, in a picture of this width and height (pixels); never empty."""
        left, right = _span(self.x, self.width, width)
        top, bottom = _span(self.y, self.height, height)
        return left, top, right, bottom

    def size(self, width: int, height: int) -> tuple[int, int]:
        """Width and height of the frame in pixels, in a picture of this width and height (pixels)."""
        left, top, right, bottom = self.box(width, height)
        return right - left, bottom - top

    def turned(self, turn: int) -> "Crop":
        """The same part of the picture once it is turned clockwise by 0, 90, 180 or 270 degrees."""
        x, y, width, height = self.x, self.y, self.width, self.height
        for _quarter in range(turn // 90 % 4):
            x, y, width, height = WHOLE - y - height, x, height, width
        return Crop(x, y, width, height)


def shape_crop(width: int, height: int, ratio: tuple[int, int], focal: tuple[float, float] = (0.5, 0.5)) -> Crop:
    """The largest frame of a shape, as near round the focal point as the picture's edges allow.

    Takes the picture's size in pixels, the shape as (wide, high), such as (16, 9), and the focal point as parts of
    the picture from its left and top edge (0.0 to 1.0; what lies outside counts as the nearest edge).
    """
    wide, high = ratio
    if min(width, height, wide, high) < 1:
        raise ValueError("A picture and a shape have a width and a height of at least 1.")
    if width * high > height * wide:  # the picture is wider than the shape: full height, sides cut
        frame = _thousandths(height * wide, width * high), WHOLE
    else:
        frame = WHOLE, _thousandths(width * high, height * wide)
    return Crop(_start(focal[0], frame[0]), _start(focal[1], frame[1]), *frame)


def _span(start: int, length: int, pixels: int) -> tuple[int, int]:
    first = min(round(start * pixels / WHOLE), pixels - 1)
    return first, max(first + 1, min(pixels, round((start + length) * pixels / WHOLE)))


def _thousandths(part: int, whole: int) -> int:
    return max(1, min(WHOLE, round(part * WHOLE / whole)))


def _start(focal: float, length: int) -> int:
    middle = min(1.0, max(0.0, focal)) * WHOLE
    return max(0, min(WHOLE - length, round(middle - length / 2)))
