"""What a rendition is made by: format, size and crop, and the file name that says all three and nothing else."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from articles.imaging.crop import Crop

FORMATS = ("jpeg", "webp", "avif")
LINK_CARD = "card"  # no format: under this name a photo's `formats` holds that its link card is made
EXTENSIONS = {"jpeg": "jpg", "webp": "webp", "avif": "avif"}
MIME_TYPES = {"jpeg": "image/jpeg", "webp": "image/webp", "avif": "image/avif"}

# AVIF costs most to make, so it gets the widths that save readers most.
WIDTHS: dict[str, tuple[int, ...]] = {
    "jpeg": (320, 640, 960, 1280, 1920, 2560),
    "webp": (320, 640, 960, 1280, 1920, 2560),
    "avif": (640, 1280, 1920),
}

# The few pixels that show through the shield of a sensitive picture.
PREVIEW_WIDTH = 24

# The longest side a WebP file can have, in pixels (the RFC 9649 frame header holds 14 bits); kept for every format,
# so that all formats of a picture come in the same sizes.
LONGEST_SIDE = 16383

_NUMBER = r"(0|[1-9][0-9]{0,4})"
_NAME = re.compile(rf"(?:c{_NUMBER}\.{_NUMBER}\.{_NUMBER}\.{_NUMBER}-)?([1-9][0-9]{{0,4}})\.([a-z]+)", re.ASCII)
_FORMAT_OF = {extension: format for format, extension in EXTENSIONS.items()}


@dataclass(frozen=True, slots=True)
class Recipe:
    """One rendition: its format, its size in pixels, and the crop it shows (None for the whole frame)."""

    format: str
    width: int
    height: int
    crop: Crop | None = None

    def __post_init__(self) -> None:
        if self.crop is not None and self.crop.is_whole:  # one picture, one name
            object.__setattr__(self, "crop", None)

    @property
    def name(self) -> str:
        """The file name, such as "1280.avif" or "c0.120.1000.562-1280.jpg" (crop in thousandths, then the width)."""
        return file_name(self.format, self.width, self.crop)

    @property
    def mime_type(self) -> str:
        return MIME_TYPES[self.format]

    @classmethod
    def parse(cls, name: str, width: int, height: int) -> "Recipe":
        """The recipe that has this name, for a picture of this width and height (pixels, as seen).

        Raises ValueError for any name that `name` would not have written, and for one that would enlarge the picture.
        """
        match = _NAME.fullmatch(name)
        if match is None or match[6] not in _FORMAT_OF:
            raise ValueError("No rendition has this name.")
        crop = None if match[1] is None else Crop(*(int(number) for number in match.groups()[:4]))
        recipe = _recipe(_FORMAT_OF[match[6]], int(match[5]), width, height, crop)
        if recipe.name != name or recipe.width > _largest_width(width, height, crop):
            raise ValueError("No rendition has this name.")
        return recipe


def file_name(format: str, width: int, crop: Crop | None) -> str:
    """The file name of a rendition of this format, width (pixels) and crop."""
    frame = crop_name(crop)
    return f"{frame}-{width}.{EXTENSIONS[format]}" if frame else f"{width}.{EXTENSIONS[format]}"


def crop_name(crop: Crop | None) -> str:
    """How a file name says its crop ("c0.120.1000.562", in thousandths); "" for the whole picture."""
    return f"c{crop.x}.{crop.y}.{crop.width}.{crop.height}" if crop and not crop.is_whole else ""


def made_key(format: str, crop: Crop | None) -> str:
    """Under which name a photo's `formats` holds what is made of a crop: "jpeg", or "jpeg c0.120.1000.562"."""
    return f"{format} {crop_name(crop)}".strip()


def recipes(
    width: int,
    height: int,
    *,
    crop: Crop | None = None,
    formats: Sequence[str] = FORMATS,
    widths: Mapping[str, Sequence[int]] = WIDTHS,
) -> list[Recipe]:
    """Every rendition of a picture of this width and height (pixels, as seen), by format, narrowest first.

    Nothing is ever enlarged: widths beyond the picture (or its crop) are left out, and a picture narrower than the
    smallest of them gets its own width.
    """
    largest = _largest_width(width, height, crop)
    return [
        _recipe(format, wanted, width, height, crop)
        for format in formats
        for wanted in sorted({wanted for wanted in widths[format] if wanted <= largest} or {largest})
    ]


def _frame_size(width: int, height: int, crop: Crop | None) -> tuple[int, int]:
    return crop.size(width, height) if crop else (width, height)


def _largest_width(width: int, height: int, crop: Crop | None) -> int:
    frame_width, frame_height = _frame_size(width, height, crop)
    return max(1, min(frame_width, LONGEST_SIDE, LONGEST_SIDE * frame_width // frame_height))


def _recipe(format: str, wanted: int, width: int, height: int, crop: Crop | None) -> Recipe:
    frame_width, frame_height = _frame_size(width, height, crop)
    # A picture far taller than wide would round beyond the longest side by a pixel.
    high = min(LONGEST_SIDE, max(1, round(wanted * frame_height / frame_width)))
    return Recipe(format, wanted, high, crop)
