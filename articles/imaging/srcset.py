"""The addresses of a picture's renditions, as the strings that <picture> wants: built, never looked up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from articles.imaging.crop import Crop
from articles.imaging.recipes import MIME_TYPES, WIDTHS, Recipe, recipes

# Best first: a browser takes the first type it knows.
BEST_FIRST = ("avif", "webp")

# The width of the picture for browsers that know no srcset, in pixels: a column of text on a small laptop.
MIDDLE_WIDTH = 960

_PLACE = "\0"  # stands for base and token in the strings kept ready


@dataclass(frozen=True, slots=True)
class Sources:
    """What a <picture> element says.

    `sources` are (mime type, srcset) of the <source> elements, best format first; `src` and `srcset` belong to the
    <img>, with the width and height (pixels) of its largest rendition, so that the page keeps the place free.
    """

    sources: tuple[tuple[str, str], ...]
    src: str
    srcset: str
    width: int
    height: int


def address(base: str, token: str, recipe_name: str) -> str:
    """Where one rendition lies: under the base (ending in a slash) and the token of this version of the pixels."""
    return f"{base}{token}/{recipe_name}"


def sources(
    base: str,
    token: str,
    width: int,
    height: int,
    *,
    formats: Sequence[str],
    crop: Crop | None = None,
    widths: Mapping[str, Sequence[int]] = WIDTHS,
) -> Sources:
    """All sources of a picture of this width and height (pixels, as seen), naming only the formats that exist.

    Without a JPEG the best other format stands in; without any format `src` is empty.
    """
    key = None if widths is WIDTHS else tuple((format, tuple(choice)) for format, choice in widths.items())
    plan = _plan(width, height, tuple(formats), crop, key)
    place = f"{base}{token}/"
    return Sources(
        tuple((mime, srcset.replace(_PLACE, place)) for mime, srcset in plan.sources),
        plan.src.replace(_PLACE, place),
        plan.srcset.replace(_PLACE, place),
        plan.width,
        plan.height,
    )


@lru_cache(maxsize=4096)
def _plan(
    width: int,
    height: int,
    formats: tuple[str, ...],
    crop: Crop | None,
    widths: tuple[tuple[str, tuple[int, ...]], ...] | None,
) -> Sources:
    made: dict[str, list[Recipe]] = {}
    for recipe in recipes(width, height, crop=crop, formats=formats, widths=WIDTHS if widths is None else dict(widths)):
        made.setdefault(recipe.format, []).append(recipe)
    best_first = [format for format in BEST_FIRST if format in made]
    plain = made.get("jpeg") or (made[best_first[0]] if best_first else [])
    if not plain:
        return Sources((), "", "", width, height)
    middle = next((recipe for recipe in plain if recipe.width >= MIDDLE_WIDTH), plain[-1])
    return Sources(
        tuple((MIME_TYPES[format], _srcset(made[format])) for format in best_first),
        _PLACE + middle.name,
        _srcset(plain),
        plain[-1].width,
        plain[-1].height,
    )


def _srcset(choices: list[Recipe]) -> str:
    return ", ".join(f"{_PLACE}{recipe.name} {recipe.width}w" for recipe in choices)
