"""Pictures as a page shows them: what <picture> says, the words beneath it, and where its middle of interest lies."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from articles.imaging.crop import WHOLE, Crop
from articles.imaging.recipes import PREVIEW_WIDTH, file_name
from articles.imaging.srcset import Sources, address, sources
from articles.models import Photo, PhotoStatus, Sensitivity

FOCUS_STEPS = 4  # the style sheet has five places across and five down


@dataclass(frozen=True, slots=True)
class Picture:
    """What the <picture> element says. `classes` are the style sheet's names for the focal point and a tall frame.

    A sensitive picture stands behind a shield: the words on it, and the address of the few pixels that show through.
    `label` says how it was made, where readers must know.
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
    label: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture in a story, with its words as published. `photo` has its facts as they are now.

    `frame` is the story's own crop of it, if it has one.
    """

    picture: Picture
    caption: str
    credit: str
    role: str
    attachment: str
    photo: Photo
    frame: Crop | None = None

    @property
    def photo_id(self) -> int:
        return self.photo.pk


def picture(photo: Photo | None, alt: str, base: str, *, crop: object = None, shape: str = "") -> Picture | None:
    """How `photo` is shown, its renditions beneath the address `base`; None where readers may not see it (any more).

    `crop` is the story's own, as stored; without one the library's for `shape` counts (see `Photo.site_frame`). What
    asks for a card or a feed shows none that has a `shield`.
    """
    if photo is None or photo.status != PhotoStatus.READY or not photo.formats:
        return None
    own = photo.own_frame(crop)
    frame = own or photo.site_frame(shape)
    made = tuple((name, tuple(widths)) for name, widths in photo.made(frame).items())
    found = _sources(base, photo.token, photo.width, photo.height, frame, made)
    if not found.src:
        return None
    return Picture(
        found.sources,
        found.src,
        found.srcset,
        found.width,
        found.height,
        alt,
        _framed(found) if own else _classes(photo, frame, found),
        *_shield(photo, base),
        label(photo),
    )


def label(photo: Photo) -> str:
    """What readers must know of how a picture was made, by its digital source type (IPTC NewsCodes); else ""."""
    if not photo.digital_source_type:
        return ""
    kind = photo.digital_source_type.rstrip("/").rpartition("/")[2]
    return {
        "trainedAlgorithmicMedia": _("Made with AI"),
        "compositeWithTrainedAlgorithmicMedia": _("Partly made with AI"),
        "compositeSynthetic": _("Partly made with AI"),
    }.get(kind, "")


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
        crop = row.get("crop")
        shown = picture(photo, "" if words["decorative"] else words["alt"], base, crop=crop)
        if shown and not (without_shielded and shown.shield):
            said = words["caption"], words["credit"], row["role"], row["uuid"]
            found[row["uuid"]] = Figure(shown, *said, photo, photo.own_frame(crop))
    return found


@lru_cache(maxsize=2_000)
def _sources(base: str, token: str, width: int, height: int, frame: Crop | None, made: tuple) -> Sources:
    formats = [name for name, _widths in made]
    return sources(base, token, width, height, formats=formats, crop=frame, widths=dict(made))


@lru_cache(maxsize=100)
def _place(across: float, down: float) -> str:
    steps = [round(min(1.0, max(0.0, part)) * FOCUS_STEPS) for part in (across, down)]
    return "" if steps == [2, 2] else f"focus-{steps[0]}{steps[1]}"


def _classes(photo: Photo, frame: Crop | None, found: Sources) -> str:
    """Where the style sheet's own frame lies in the picture, or in the library's crop of it."""
    across, down = photo.focal_x, photo.focal_y
    if frame:
        across = (across * WHOLE - frame.x) / frame.width
        down = (down * WHOLE - frame.y) / frame.height
    return " ".join(filter(None, (_place(across, down), "tall" if found.height > found.width else "")))


def _framed(found: Sources) -> str:
    """A story's own crop is shown as it is: the style sheet cuts nothing off it on the story's page."""
    return "framed tall" if found.height > found.width else "framed"
