"""The crop screen: a picture's focal point and its frame in each shape, turns of it, and a story's own crop of it."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.desk import attachments, pixels, stories
from articles.desk.changing import together
from articles.desk.errors import Refused
from articles.imaging.crop import Crop
from articles.imaging.shapes import ORIGINAL, SHAPES, Framing, frame
from articles.models import Attachment, Photo

from . import renditions
from .photo_use import used

# What the site shows each shape for, and how many pixels across it likes at least.
USES = {
    ORIGINAL: (gettext_lazy("Original"), gettext_lazy("gallery"), 1600),
    "3:2": ("3:2", gettext_lazy("story, list"), 1600),
    "1:1": ("1:1", gettext_lazy("search engines"), 640),
    "16:9": ("16:9", gettext_lazy("link cards"), 1200),
    "4:5": ("4:5", gettext_lazy("tall pictures in a story"), 1000),
}
PARTS = ("x", "y", "width", "height")
TURNS = {"turn-90": 90, "turn-180": 180, "turn-270": 270}
WHOLE = 1000
ROUNDING = 5  # thousandths: numbers with one decimal, and a height that follows from them


@dataclass
class Frame:
    """A shape on the screen: what is shown of the picture in it, and what stands in its fields."""

    shape: str
    label: str
    use: str
    ratio: float | None
    likes: int
    own: bool
    crop: Crop
    values: dict[str, str]
    view: str
    box: tuple[float, float, float, float]
    pixels: int
    refused: str = ""

    @property
    def name(self) -> str:
        return self.shape.replace(":", "-")

    @property
    def is_free(self) -> bool:
        return self.ratio is None

    @property
    def is_small(self) -> bool:
        return self.pixels < self.likes


class CropMixin:
    """The crop screen of a picture, for its ModelAdmin."""

    def get_urls(self):
        view = self.admin_site.admin_view
        return [path("<int:number>/crop/", view(self.crop_view), name="articles_photo_crop"), *super().get_urls()]

    def crop_view(self, request, number):
        photo = self.found(request, number)
        if not request.user.has_perm("articles.change_photo"):
            raise PermissionDenied
        refused, focal = {}, (photo.focal_x, photo.focal_y)
        crops = photo.framing.stored()
        if request.method == "POST":
            crops, focal, refused = _posted(request.POST, photo)
            if not refused:
                try:
                    said = _put(request.POST, photo, focal, crops, by=request.user)
                except Refused as error:
                    refused[""] = str(error)
                else:
                    self.message_user(request, said, messages.SUCCESS)
                    return redirect("admin:articles_photo_crop", photo.pk)
        context = self.photo_context(request, photo, _("Crop: %(photo)s") % {"photo": photo}) | {
            **screen(photo, focal, crops, request.POST, refused),
            "shapes": frames(photo, focal, crops, request.POST, refused),
            "used": used(photo),
            "back": reverse("admin:articles_photo_change", args=[photo.pk]),
            "may_turn": True,
        }
        return TemplateResponse(request, "admin/articles/photo/crop.html", context)


def attachment_view(request, uuid, site):
    """The crop that one story keeps of a picture, opened from the story's list of pictures."""
    row = Attachment.objects.select_related("photo", "story").filter(uuid=uuid, story__binned_at=None).first()
    if row is None:
        raise Http404
    if not row.story.changeable_by(request.user) or not request.user.has_perm("articles.view_photo"):
        raise PermissionDenied
    photo, focal = row.photo, (row.photo.focal_x, row.photo.focal_y)
    crops, refused = ({ORIGINAL: row.crop} if Crop.of(row.crop) else {}), {}
    if request.method == "POST":
        crops, _focal, refused = _posted(request.POST, photo, [ORIGINAL])
        crop = crops.get(ORIGINAL)
        if not refused:
            try:
                stories.save(row.story, by=request.user, attachments=_with_crop(row, crop))
            except Refused as error:
                refused[""] = str(error)
            else:
                said = (
                    _("“%(story)s” has a crop of its own of this picture.")
                    if crop
                    else _("“%(story)s” shows the picture as the library does.")
                )
                messages.success(request, said % {"story": row.story})
                return redirect("admin:articles_story_crop", uuid)
    context = site.each_context(request) | {
        "title": _("Crop for “%(story)s”") % {"story": row.story},
        "photo": photo,
        **screen(photo, focal, crops, request.POST, refused),
        "shapes": frames(photo, focal, crops, request.POST, refused, [ORIGINAL]),
        "story": row.story,
        "back": reverse("admin:articles_story_change", args=[row.story_id]),
    }
    return TemplateResponse(request, "admin/articles/photo/crop.html", context)


def _with_crop(row: Attachment, crop: list[int] | None) -> list[dict]:
    """The story's pictures as they are now, with another crop of this one."""
    now = attachments.current(row.story)
    return [one | {"crop": crop} if one["uuid"] == row.uuid else one for one in now]


def _put(typed, photo: Photo, focal, crops, *, by) -> str:
    degrees = TURNS.get(typed.get("do", ""), 0)
    with together():
        pixels.frame(photo, by=by, focal=focal, crops=crops)
        if degrees:
            pixels.turn(photo, degrees, by=by)
    if degrees:
        return _("The picture is turned. Every page that shows it shows it so.")
    return _("The crops are saved, at new addresses. Pages that show the picture show the new ones.")


def screen(photo: Photo, focal, crops, typed, refused) -> dict:
    """What the screen shows beside the shapes: the picture, its point, the sentence of a refusal."""
    height = round(WHOLE * photo.height / photo.width, 2)
    return {
        "picture": renditions.address(photo, 1280),
        "view": {"width": WHOLE, "height": height},
        "point": {"x": round(focal[0] * WHOLE, 1), "y": round(focal[1] * height, 1)},
        "focal": {
            "x": typed.get("focal-x", _percent(focal[0] * WHOLE)),
            "y": typed.get("focal-y", _percent(focal[1] * WHOLE)),
        },
        "refused": refused.get(""),
        "refused_focal": refused.get("focal"),
        "chosen": typed.get("shape", ""),
    }


def frames(photo: Photo, focal, crops, typed, refused, shapes=tuple(USES)) -> list[Frame]:
    """The shapes of the screen, each with the frame it shows now."""
    library = Framing.of(focal, {shape: crop for shape, crop in crops.items() if shape not in refused})
    scale = photo.height / photo.width
    found = []
    for shape in shapes:
        crop = frame(photo.width, photo.height, shape, library) or Crop(0, 0, WHOLE, WHOLE)
        box = (crop.x, crop.y * scale, crop.width, crop.height * scale)
        values = dict(zip(PARTS, map(_percent, (crop.x, crop.y, crop.width, crop.height)), strict=True))
        name = shape.replace(":", "-")
        label, use, likes = USES[shape]
        ratio = SHAPES[shape]
        found.append(
            Frame(
                shape=shape,
                label=str(label),
                use=str(use),
                ratio=ratio and ratio[0] / ratio[1],
                likes=likes,
                own=shape in crops or shape in refused,
                crop=crop,
                values={part: typed.get(f"{name}-{part}", value) for part, value in values.items()},
                view=" ".join(f"{part:g}" for part in box),
                box=box,
                pixels=crop.size(photo.width, photo.height)[0],
                refused=refused.get(shape, ""),
            )
        )
    return found


def _posted(typed, photo: Photo, shapes=tuple(USES)) -> tuple[dict, tuple[float, float], dict]:
    """The crops and the focal point as they were typed, and for each that cannot be kept the sentence that says so."""
    crops, refused = {}, {}
    focal = (photo.focal_x, photo.focal_y)
    try:
        across, down = (_thousandths(typed.get(f"focal-{part}", "50")) for part in ("x", "y"))
        if not (0 <= across <= WHOLE and 0 <= down <= WHOLE):
            raise ValueError
        focal = across / WHOLE, down / WHOLE
    except ValueError:
        refused["focal"] = _("The point lies inside the picture: both numbers are between 0 and 100.")
    for shape in shapes:
        name = shape.replace(":", "-")
        if not typed.get(f"{name}-own"):
            continue
        try:
            x, y, wide = (_thousandths(typed.get(f"{name}-{part}", "")) for part in PARTS[:3])
            high = _thousandths(typed.get(f"{name}-height", "")) if SHAPES[shape] is None else 0
            crop = Crop(x, y, wide, high) if SHAPES[shape] is None else _in_shape(x, y, wide, photo, shape)
        except ValueError:
            refused[shape] = _("That frame does not lie inside the picture. Its numbers are parts of 100.")
            continue
        if not crop.is_whole:
            crops[shape] = [crop.x, crop.y, crop.width, crop.height]
    return crops, focal, refused


def _in_shape(x: int, y: int, wide: int, photo: Photo, shape: str) -> Crop:
    """The frame of a shape that begins at a corner and is so wide; pushed inside where rounding puts it out.

    Raises ValueError for one that lies outside by more than that.
    """
    ratio = SHAPES[shape]
    high = max(1, round(wide * photo.width * ratio[1] / (ratio[0] * photo.height)))
    if high > WHOLE:  # as wide as the picture is high enough for
        high, wide = WHOLE, round(WHOLE * ratio[0] * photo.height / (ratio[1] * photo.width))
    outside = max(-x, -y, 1 - wide, x + wide - WHOLE, y + high - WHOLE)
    if outside > ROUNDING:
        raise ValueError("The frame lies outside the picture.")
    return Crop(max(0, min(x, WHOLE - wide)), max(0, min(y, WHOLE - high)), wide, high)


def _thousandths(text: str) -> int:
    """What was typed in per cent, in thousandths. Raises ValueError."""
    try:
        number = Decimal(text.strip().replace(",", "."))
    except InvalidOperation as error:
        raise ValueError(text) from error
    if not number.is_finite() or abs(number) > WHOLE:
        raise ValueError(text)
    return int((number * 10).to_integral_value())


def _percent(thousandths: float) -> str:
    return f"{thousandths / 10:g}" if thousandths % 1 == 0 else f"{thousandths / 10:.1f}"
