"""Renditions: a picture made into the sizes, crops and formats that readers get, with nothing private in them."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from PIL import Image

from articles.imaging import colour
from articles.imaging.crop import Crop
from articles.imaging.formats import format_of, open_picture, read_head
from articles.imaging.intake import NotAPicture, damage_refused
from articles.imaging.pixels import upright
from articles.imaging.privacy import Policy, leaks, stamp
from articles.imaging.recipes import Recipe

# Tuned on press photographs: no difference to be seen at arm's length. Method and speed are where time stops to buy
# bytes (AVIF at speed 6 takes five times as long as at 9).
SAVING = {
    "jpeg": {"quality": 82, "subsampling": "4:2:0", "progressive": True, "optimize": True, "icc_profile": colour.SRGB},
    "webp": {"quality": 80, "method": 4, "icc_profile": colour.SRGB},
    "avif": {"quality": 60, "speed": 9, "icc_profile": None},
}


class Leak(RuntimeError):
    """A rendition held what may not be served; it was not handed out."""


def encode(
    original: BinaryIO,
    recipes: Sequence[Recipe],
    *,
    credit: str,
    copyright: str,
    creator: str = "",
    policy: Policy = Policy.CREDIT,
    turn: int = 0,
) -> Iterator[tuple[Recipe, bytes]]:
    """Make the renditions of an original that was taken in, one after the other, largest first within each crop.

    Which of the words are written, the policy says. `turn` is how far the desk turned the picture clockwise (0, 90, 180
    or 270 degrees); sizes and crops of the recipes are those of the picture turned. The original is decoded once and
    left open. Raises Refused if it cannot be read any more, ValueError for a recipe that would enlarge it, Leak if a
    rendition holds more than it may.
    """
    if not recipes:
        return
    name = _("The original")
    format = format_of(read_head(original))
    if format is None:
        raise NotAPicture(_("The original is not a picture any more."))
    with damage_refused(name, format):
        picture = open_picture(original, format)
        whole, size = upright(picture, format, lambda size: max(_scale(recipe, size) for recipe in recipes), turn=turn)
        del picture
    words = {"credit": credit, "copyright": copyright, "creator": creator, "policy": policy}
    by_crop: dict[Crop | None, list[Recipe]] = {}
    for recipe in recipes:
        by_crop.setdefault(recipe.crop, []).append(recipe)
    for crop, wanted in by_crop.items():
        frame = crop.size(*size) if crop else size
        if any(recipe.width > frame[0] or recipe.height > frame[1] for recipe in wanted):
            raise ValueError("A recipe would enlarge the picture.")
        smaller, box = whole, _box(crop, size, whole.size)
        for recipe in sorted(wanted, key=lambda recipe: -recipe.width):
            if smaller.size != (recipe.width, recipe.height) or box is not None:
                smaller = smaller.resize(
                    (recipe.width, recipe.height), Image.Resampling.LANCZOS, box=box, reducing_gap=3.0
                )
                box = None
            yield recipe, _save(smaller, recipe.format, words)


def _scale(recipe: Recipe, size: tuple[int, int]) -> float:
    """How large the whole picture must be for this recipe, as a part of its size (pixels, as seen)."""
    return recipe.width / (recipe.crop.size(*size)[0] if recipe.crop else size[0])


def _box(crop: Crop | None, size: tuple[int, int], held: tuple[int, int]) -> tuple[float, float, float, float] | None:
    """The crop of a picture of this size in the shrunk copy that is held, to a part of a pixel."""
    if crop is None:
        return None
    left, top, right, bottom = crop.box(*size)
    across, down = held[0] / size[0], held[1] / size[1]
    return left * across, top * down, min(right * across, held[0]), min(bottom * down, held[1])


def _save(picture: Image.Image, format: str, words: dict[str, str]) -> bytes:
    if format == "jpeg":
        picture = colour.flatten(picture)
    elif picture.mode == "L":  # not every reader of AVIF knows pictures of one channel
        picture = picture.convert("RGB")
    picture.info.clear()  # save() would write a comment, a profile or a text found here
    file = BytesIO()
    picture.save(file, format, **SAVING[format], **stamp(format, **words))
    made = file.getvalue()
    found = leaks(made, words)
    if found:
        raise Leak(
            _("A rendition as %(format)s was not handed out: it holds %(what)s.")
            % {"format": format.upper(), "what": pgettext("between words of a list", ", ").join(found)}
        )
    return made
