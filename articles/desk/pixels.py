"""What may be done with the pixels of a photo: replace, turn, frame them. Each gives its renditions new addresses."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, BinaryIO

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import claims, credentials, tasks
from articles.body.characters import clean_text, fit
from articles.imaging import intake
from articles.imaging.crop import Crop
from articles.imaging.shapes import SHAPES
from articles.models import Photo, PhotoVersion
from articles.models.photos import new_token

from . import provenance
from .changing import changing
from .errors import NotAllowed, Refused
from .files import keep
from .findable import keep_findable

User = AbstractBaseUser | None
# How long renditions stay that pages in caches may still name.
KEPT = timedelta(days=7)
TURNS = (0, 90, 180, 270)


def limits() -> intake.Limits:
    """The largest file and picture the library takes."""
    return intake.Limits(bytes=settings.PICTURE_BYTES, pixels=settings.PICTURE_PIXELS)


def words(photo: Photo) -> dict[str, str]:
    """What its renditions say of it, in the bytes."""
    return credentials.written(photo) | credentials.claimed(photo)


def replace(photo: Photo, file: BinaryIO, *, name: str, by: User, reason: str = "") -> None:
    """Put another file in the place of a photo's pixels: new addresses, the same captions, the same stories.

    The old original stays with the photo's versions, the old renditions until no page asks for them any more. What
    the new file says of itself is kept with it; what the desk has said of the photo stays. Raises
    `imaging.intake.Refused`, or NotAllowed where the file is in the library already.
    """
    _check_may(by)
    name = fit(name).replace("\\", "/").rsplit("/", 1)[-1].strip()[:255]
    seen = intake.inspect(file, name=name, limits=limits())
    other = Photo.objects.filter(digest=seen.digest).first()
    if other:
        raise NotAllowed(
            _("That file is in the library already, as “%(photo)s”. Use that photo instead.") % {"photo": other}
        )
    file.seek(0)
    facts, everything = provenance.read(file)
    with changing(photo, "replace", by=by) as details:
        details |= {"before": photo.digest, "after": seen.digest, "reason": clean_text(reason).strip()}
        version = _version(photo, by, details["reason"], original=photo.original.name, digest=photo.digest)
        for field in ("format", "width", "height", "size", "digest", "colour"):
            setattr(photo, field, getattr(seen, field))
        photo.put_fingerprint(seen.fingerprint)
        photo.original_name, photo.metadata, photo.crops, photo.rotation = name, everything, {}, 0
        photo.digital_source_type = photo.digital_source_type or facts.digital_source_type[:200]
        keep_findable(photo)
        file.seek(0)
        photo.original.name = keep("originals", f"{photo.uuid}/{new_token()}.{photo.format}", File(file))
        _make_anew(photo, version)


def turn(photo: Photo, degrees: int, *, by: User) -> None:
    """Turn a photo by 90, 180 or 270 degrees clockwise. Its crops turn with it, those that keep their shape so."""
    if degrees not in TURNS[1:]:
        raise Refused(_("A picture is turned by 90, 180 or 270 degrees."))
    if by and not by.has_perm("articles.change_photo"):
        raise NotAllowed(_("You may not turn a photo."))
    with changing(photo, "turn", by=by) as details:
        details["degrees"] = degrees
        photo.rotation = (photo.rotation + degrees) % 360
        if degrees != 180:
            photo.width, photo.height = photo.height, photo.width
        turned = photo.framing.turned(degrees)
        (photo.focal_x, photo.focal_y), photo.crops = turned.focal, turned.stored()
        _make_anew(photo, _version(photo, by, "turn"))


def frame(photo: Photo, *, by: User, focal: tuple[float, float], crops: Mapping[str, Any]) -> None:
    """Set the focal point (parts of the picture from its left and top edge) and the crops by shape.

    A crop is [x, y, width, height] in thousandths; a shape left out is cut round the focal point.
    """
    if by and not by.has_perm("articles.change_photo"):
        raise NotAllowed(_("You may not crop a photo."))
    kept = {shape: list(checked(crop)) for shape, crop in crops.items() if shape in SHAPES and crop}
    across, down = (min(1.0, max(0.0, float(part))) for part in focal)
    with changing(photo, "frame", by=by) as details:
        if (photo.focal_x, photo.focal_y, photo.crops) == (across, down, kept):
            return
        details["shapes"] = sorted(kept)
        photo.focal_x, photo.focal_y, photo.crops = across, down, kept
        _make_anew(photo, _version(photo, by, "frame"))


def checked(crop: Any) -> tuple[int, int, int, int]:
    """`crop` if it is four whole thousandths that make a frame inside a picture. Raises Refused."""
    try:
        x, y, width, height = crop
        Crop(x, y, width, height)
    except (TypeError, ValueError) as error:
        raise Refused(_("That crop does not lie inside its picture.")) from error
    return x, y, width, height


def renew(photo: Photo, *, by: User, at_once: bool = False) -> None:
    """Have the renditions made anew, at new addresses, so that no cache is ever wrong. Runs inside `changing()`.

    The worker does it: until then the old ones are shown, with the words of before. With `at_once` it is done here, and
    the old ones go with the commit: what they say must not be read any more.
    """
    if at_once:
        _make_anew(photo, _version(photo, by, "renew"), at_once=True)
    else:
        photo.needs_renditions, photo.work_due_at = True, claims.due()
        photo.save(update_fields=["needs_renditions", "work_due_at"])
        transaction.on_commit(lambda: tasks.finish_photo.enqueue(photo.pk))


def clear_old(photo: Photo) -> None:
    """Delete all renditions of earlier versions with the commit. Runs inside `changing()`."""
    tokens = list(photo.versions.filter(cleared_at=None).values_list("token", flat=True))
    photo.versions.filter(cleared_at=None).update(cleared_at=timezone.now())
    transaction.on_commit(lambda: tasks.delete([], tokens))


def clear_due(now: datetime) -> int:
    """Delete the renditions of versions that were replaced long enough ago. Gives how many versions that were."""
    due = list(PhotoVersion.objects.filter(cleared_at=None, at__lte=now - KEPT)[:500])
    for version in due:
        tasks.remove(version.token)
        version.cleared_at = now
        version.save(update_fields=["cleared_at"])
    return len(due)


def _version(photo: Photo, by: User, reason: str, **old: str) -> PhotoVersion:
    """The version that the photo's present pixels become."""
    return PhotoVersion(photo=photo, token=photo.token, reason=reason, by=by, original_name=photo.original_name, **old)


def _make_anew(photo: Photo, version: PhotoVersion, *, at_once: bool = False) -> None:
    old, was_public = photo.token, photo.is_public
    photo.token, photo.formats, photo.needs_renditions = new_token(), {}, False
    photo.work_due_at = claims.due()
    photo.save()
    if version.original or (was_public and not at_once):
        version.save()
    else:  # nobody outside the desk has ever been told of the old ones, or nobody is to see them any more
        transaction.on_commit(lambda: tasks.remove(old))
    tasks.encode(photo, ["jpeg"], write=keep)
    if was_public:
        for name, content in tasks.desk_copies(photo):
            keep("renditions", name, content)
    if at_once:
        clear_old(photo)
    transaction.on_commit(lambda: (tasks.place(photo), tasks.finish_photo.enqueue(photo.pk)))


def _check_may(by: User) -> None:
    if by and not by.has_perm("articles.withdraw_photo"):
        raise NotAllowed(_("You may not replace a photo."))
