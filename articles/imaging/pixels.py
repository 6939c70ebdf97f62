"""Pixels out of a file: decoded once, no larger than needed, upright, in sRGB."""

import math
from collections.abc import Callable

from PIL import Image, ImageFile

from articles.imaging import colour

_ORIENTATION = 0x0112  # the EXIF tag
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# What the desk turns a picture by, clockwise, in degrees.
TURNS = {0: None, 90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}
_TURNED = (5, 6, 7, 8)  # these swap width and height


def shrunk(picture: ImageFile.ImageFile, format: str, longest: int) -> tuple[Image.Image, tuple[int, int]]:
    """A small copy (RGB, on white; longest side in pixels) of a picture only its header was read of, and its size.

    The whole file is decoded on the way. The size is in pixels, as seen: orientation applied.
    """
    small, size = upright(picture, format, lambda size: longest / max(size), rough=True)
    return colour.flatten(small).convert("RGB"), size


def upright(
    picture: ImageFile.ImageFile,
    format: str,
    scale: Callable[[tuple[int, int]], float],
    *,
    rough: bool = False,
    turn: int = 0,
) -> tuple[Image.Image, tuple[int, int]]:
    """A picture only its header was read of, decoded whole: shrunk, sRGB, orientation applied.

    `scale` is asked with the size of the picture as seen (pixels) how much of it is needed; 1 and more is all of it.
    Answers with the copy (mode L, RGB or RGBA; its info is the file's) and the size of the whole picture as seen. No
    copy of full size is made of a JPEG, whose decoder shrinks by 2, 4 or 8 itself. `rough` shrinks quickly. `turn` is
    how far the desk turned the picture on, clockwise (degrees); sizes are of the picture turned. Raises ValueError for
    another turn than a quarter.
    """
    if turn not in TURNS:
        raise ValueError("A picture is turned by quarters.")
    whole = picture.size
    sideways = turn in (90, 270)
    if format == "jpeg":
        stored = orientation(picture)
        part = min(1.0, scale(_as_seen(whole, stored, sideways)))
        picture.draft(picture.mode, (math.ceil(whole[0] * part), math.ceil(whole[1] * part)))
        picture.load()
    else:
        picture.load()
        whole = picture.size  # a HEIC may only now know its size
        stored = 1 if format == "tiff" else orientation(picture)  # Pillow turns a TIFF itself while loading it
        part = min(1.0, scale(_as_seen(whole, stored, sideways)))
    profile = picture.info.get("icc_profile")
    size = max(1, round(whole[0] * part)), max(1, round(whole[1] * part))
    copy = colour.resizable(_thinned(picture, size) if rough else picture)
    if copy.size != size:
        copy = copy.resize(
            size, Image.Resampling.BOX if rough else Image.Resampling.LANCZOS, reducing_gap=1.5 if rough else 3.0
        )
    copy = colour.without_needless_alpha(colour.to_srgb(copy, profile if isinstance(profile, bytes) else None))
    for step in (_UPRIGHT.get(stored), TURNS[turn]):
        if step is not None:
            copy = copy.transpose(step)
    return copy, _as_seen(whole, stored, sideways)


def _as_seen(size: tuple[int, int], stored: int, sideways: bool) -> tuple[int, int]:
    return size[::-1] if (stored in _TURNED) != sideways else size


def _thinned(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    """A picture whose mode cannot be averaged (a palette, 16 bits), with at most four times the rows and columns."""
    fewer = min(picture.width, 4 * size[0]), min(picture.height, 4 * size[1])
    if picture.mode in colour.RESIZABLE or fewer == picture.size:
        return picture
    return picture.resize(fewer, Image.Resampling.NEAREST)


def orientation(picture: ImageFile.ImageFile) -> int:
    """How the pixels of a picture only its header was read of are stored (EXIF): 1 upright, up to 8."""
    try:
        return picture.getexif().get(_ORIENTATION, 1)
    except Exception:  # a malformed EXIF block makes Pillow raise nearly anything; the picture is still a picture
        return 1
