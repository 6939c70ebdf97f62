"""Pictures as a page shows them: what <picture> says, the words beneath it, and where its middle of interest lies."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from articles.imaging.recipes import PREVIEW_WIDTH, file_name
from articles.imaging.srcset import Sources, address, sources
from articles.models import Photo, PhotoStatus, Sensitivity

FOCUS_STEPS = 4  # the style sheet has five places across and five down


@dataclass(frozen=True, slots=True)
class Picture:
    """What the <picture> element says. `classes` are the style sheet's names for the focal point and a tall frame.

    A sensitive picture stands behind a shield: the words on it, and the address of the few pixels that show through.
    """

    sources: tuple[tuple[str, str], ...]
    src: str
    srcset: str
    width: int
    height: int
    alt: str
    classes: str
    shield: str = ""
    preview: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture in a story, with its words as published. `photo` has its facts as they are now."""

    picture: Picture
    caption: str
    credit: str
    role: str
    attachment: str
    photo: Photo

    @property
    def photo_id(self) -> int:
        return self.photo.pk


def picture(photo: Photo | None, alt: str, base: str) -> Picture | None:
    """How `photo` is shown, its renditions beneath the address `base`; None where readers may not see it (any more).

    What asks for a card or a feed shows none that has a `shield`.
    """
    if photo is None or photo.status != PhotoStatus.READY or not photo.formats:
        return None
    made = tuple((name, tuple(widths)) for name, widths in photo.formats.items())
    found = _sources(base, photo.token, photo.width, photo.height, made)
    if not found.src:
        return None
    return Picture(
        found.sources,
        found.src,
        found.srcset,
        found.width,
        found.height,
        alt,
        _classes(photo.focal_x, photo.focal_y, photo.height > photo.width),
        *_shield(photo, base),
    )


def _shield(photo: Photo, base: str) -> tuple[str, str]:
    """The words on a sensitive picture's shield and the address of what shows through; two empty strings for others."""
    if not photo.sensitivity:
        return "", ""
    said = photo.sensitivity_reason or {
        Sensitivity.VIOLENCE: _("This picture shows violence."),
        Sensitivity.DEATH: _("This picture shows a dead person."),
        Sensitivity.MINORS: _("This picture shows minors."),
    }.get(photo.sensitivity, _("This picture may be hard to look at."))
    return said, address(base, photo.token, file_name("jpeg", PREVIEW_WIDTH, None))


def figures(
    state: Mapping, photos: Mapping[str, Photo], base: str, *, without_shielded: bool = False
) -> dict[str, Figure]:
    """The pictures of a snapshot by their attachments' uuids, in order, without those that are not to be seen.

    `photos` has the story's photos by uuid. The words are the snapshot's (made with `as_published`).
    """
    found = {}
    for row in state.get("attachments", ()):
        photo, words = photos.get(row["photo"]), row["shown"]
        shown = picture(photo, "" if words["decorative"] else words["alt"], base)
        if shown and not (without_shielded and shown.shield):
            found[row["uuid"]] = Figure(shown, words["caption"], words["credit"], row["role"], row["uuid"], photo)
    return found


@lru_cache(maxsize=2_000)
def _sources(base: str, token: str, width: int, height: int, made: tuple) -> Sources:
    return sources(base, token, width, height, formats=[name for name, _widths in made], widths=dict(made))


@lru_cache(maxsize=100)
def _place(across: float, down: float) -> str:
    steps = [round(min(1.0, max(0.0, part)) * FOCUS_STEPS) for part in (across, down)]
    return "" if steps == [2, 2] else f"focus-{steps[0]}{steps[1]}"


def _classes(across: float, down: float, tall: bool) -> str:
    return " ".join(filter(None, (_place(across, down), "tall" if tall else "")))
