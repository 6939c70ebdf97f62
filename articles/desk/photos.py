"""What may be done with a photo: take it into the library, and describe it."""

import uuid
from collections.abc import Iterable
from typing import Any, BinaryIO

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from articles import tasks
from articles.body.characters import clean_text
from articles.imaging import intake, metadata
from articles.models import Photo, Publication, Rights
from articles.models.photos import new_token

from .captions import ALT_LENGTH, caption
from .changing import changing, once_more
from .errors import NotAllowed, Refused
from .files import keep

User = AbstractBaseUser | None
# What may be said of a photo, beside its captions.
FACTS = (
    "headline",
    "creator",
    "credit",
    "copyright",
    "source",
    "rights",
    "taken_at",
    "city",
    "country",
    "instructions",
    "focal_x",
    "focal_y",
)
# Those that are written into renditions, or decide what they show.
IN_RENDITIONS = {"credit", "copyright", "focal_x", "focal_y"}


def limits() -> intake.Limits:
    return intake.Limits(bytes=settings.PICTURE_BYTES, pixels=settings.PICTURE_PIXELS)


@once_more
def take(
    file: BinaryIO, *, name: str, by: User, door: str = "", identity: uuid.UUID | None = None, **given: Any
) -> Photo:
    """Take a picture into the library: its original, what its file says of it, and its JPEG renditions.

    `given` are FACTS that count more than what the file says.

    Gives the photo; the same file again (by SHA-256) gives the one that is there. Slower formats are left to the
    worker. Raises `imaging.intake.Refused` with a sentence that names the file.
    """
    if by and not by.has_perm("articles.add_photo"):
        raise NotAllowed(_("You may not upload pictures."))
    name = clean_text(name).replace("\\", "/").rsplit("/", 1)[-1][:255]
    seen = intake.inspect(file, name=name, limits=limits())
    known = Photo.objects.filter(digest=seen.digest).first()
    if known:
        return known
    file.seek(0)
    facts, everything = metadata.read(file)
    photo = Photo(uuid=identity or uuid.uuid4(), original_name=name, metadata=everything, uploaded_by=by)
    for field in ("format", "width", "height", "size", "digest", "fingerprint", "colour"):
        setattr(photo, field, getattr(seen, field))
    _put(photo, _facts_of(facts) | given)
    with changing(photo, "take", by=by, door=door):
        file.seek(0)
        photo.original.name = keep("originals", f"{photo.uuid}/{photo.token}.{photo.format}", File(file))
        photo.save(force_insert=True)
        tasks.encode(photo, ["jpeg"], write=keep)
        if facts.caption or facts.alt:
            alt = facts.alt if len(facts.alt) <= ALT_LENGTH else ""
            caption(photo, _language_of(facts.caption or facts.alt), by=by, text=facts.caption, alt=alt, door=door)
        transaction.on_commit(lambda: tasks.finish_photo.enqueue(photo.pk))
    return photo


def describe(photo: Photo, *, by: User, door: str = "", **facts: Any) -> None:
    """Say what is known of a photo: any of FACTS. Renditions are made anew when what is in them changes."""
    if by and not by.has_perm("articles.change_photo"):
        raise NotAllowed(_("You may not change what is said of a photo."))
    with changing(photo, "describe", by=by, door=door) as details:
        details["changed"] = sorted(_put(photo, facts))
        if IN_RENDITIONS & set(details["changed"]):
            _renew(photo)


def release(photos: Iterable[Photo]) -> None:
    """Put the renditions where readers find them before any page names them. Runs inside `changing()`."""
    for photo in photos:
        tasks.encode(photo, ["jpeg"], write=keep)
        for name, content in tasks.desk_copies(photo):
            keep("renditions", name, content)
    place_on_commit(photos)


def place_on_commit(photos: Iterable[Photo]) -> None:
    """Move renditions after the commit, at once; the task does it again, should this process die just there."""
    photos = list(photos)
    for photo in photos:
        tasks.place_photo.enqueue(photo.pk)
    transaction.on_commit(lambda: [tasks.place(photo) for photo in photos])


def _renew(photo: Photo) -> None:
    """Make the renditions anew, at new addresses, so that no cache is ever wrong."""
    old, photo.token, photo.formats = photo.token, new_token(), {}
    photo.save()
    tasks.encode(photo, ["jpeg"], write=keep)
    if photo.is_shown_live:
        release([photo])
    transaction.on_commit(lambda: (tasks.remove(old), tasks.finish_photo.enqueue(photo.pk)))


def _put(photo: Photo, facts: dict[str, Any]) -> list[str]:
    changed = []
    for name, value in facts.items():
        if name not in FACTS:
            raise Refused(_("A photo has no field “%(name)s”.") % {"name": name})
        if isinstance(value, str):
            value = clean_text(value).strip()
            most = Photo._meta.get_field(name).max_length
            if most and len(value) > most:
                raise Refused(
                    _("“%(field)s” has %(length)d characters; at most %(most)d are kept.")
                    % {"field": Photo._meta.get_field(name).verbose_name, "length": len(value), "most": most}
                )
        if name == "rights" and value not in Rights.values:
            raise Refused(_("There is no rights category “%(name)s”.") % {"name": value})
        if getattr(photo, name) != value:
            setattr(photo, name, value)
            changed.append(name)
    return changed


def _facts_of(facts: metadata.Facts) -> dict[str, str]:
    """What the file says, cut to what a column holds: a long line in a file is no reason to refuse the picture."""
    said = {
        "headline": facts.headline,
        "creator": facts.creator,
        "credit": facts.credit,
        "copyright": facts.copyright,
        "source": facts.source,
        "taken_at": facts.date_created,
        "city": facts.city,
        "country": facts.country,
        "instructions": facts.instructions,
    }
    return {name: value[: Photo._meta.get_field(name).max_length] for name, value in said.items()}


def _language_of(text: str) -> str:
    """The language a file's words are most likely in, by their letters; else the outlet's first."""
    languages = Publication.objects.current().languages
    arabic = sum("\u0600" <= letter <= "\u06ff" for letter in text)
    likely = "ar" if arabic * 2 > sum(letter.isalpha() for letter in text) else "en"
    return likely if likely in languages else languages[0]
