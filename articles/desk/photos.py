"""What may be done with a photo: take it into the library, describe it, withdraw it, delete it."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any, BinaryIO

from django.contrib.auth.models import AbstractBaseUser
from django.core.files.base import File
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import claims, tasks
from articles.body.characters import clean_text, fit
from articles.imaging import intake, metadata
from articles.models import Photo, PhotoStatus, Publication

from . import pixels, provenance
from .captions import ALT_LENGTH, caption
from .changing import changing, once_more
from .errors import NotAllowed, Refused
from .files import keep
from .findable import keep_findable

User = AbstractBaseUser | None
# What may be said of a photo, beside its captions.
FACTS = (
    *("headline", "creator", "job_title", "caption_writer", "credit", "copyright", "source", "taken_at"),
    *("city", "sublocation", "country", "country_code", "keywords", "job_id", "instructions"),
    *("extended_description", "digital_source_type"),
    *("rights", "licence", "holder", "allowed_uses", "usable_from", "usable_until"),
    *("sensitivity", "sensitivity_reason", "policy", "hide_source"),
    *("focal_x", "focal_y"),
)
# What tells where a picture came from: hidden with its source.
SOURCE = {
    *("creator", "job_title", "taken_at", "city", "sublocation", "country", "country_code", "hide_source"),
    *("source", "holder", "caption_writer", "job_id", "instructions", "keywords"),
}
# Columns that a file fills, and what `metadata.Facts` calls those it calls otherwise.
FILED = (
    *("headline", "creator", "job_title", "caption_writer", "credit", "copyright", "source", "taken_at", "city"),
    *("sublocation", "country", "country_code", "keywords", "job_id", "instructions", "extended_description"),
    "digital_source_type",
)
FROM_FILE = {"taken_at": "date_created"}
MOST_KEYWORDS = 100
LONGEST_KEYWORD = 200  # characters


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
    name = fit(name).replace("\\", "/").rsplit("/", 1)[-1].strip()[:255]
    seen = intake.inspect(file, name=name, limits=pixels.limits())
    known = Photo.objects.filter(digest=seen.digest).first()
    if known:
        return known
    file.seek(0)
    facts, everything = provenance.read(file)
    photo = Photo(uuid=identity or uuid.uuid4(), original_name=name, metadata=everything, uploaded_by=by)
    for field in ("format", "width", "height", "size", "digest", "colour"):
        setattr(photo, field, getattr(seen, field))
    photo.put_fingerprint(seen.fingerprint)
    _put(photo, _facts_of(facts) | given)
    with changing(photo, "take", by=by, door=door):
        file.seek(0)
        photo.original.name = keep("originals", f"{photo.uuid}/{photo.token}.{photo.format}", File(file))
        photo.status, photo.work_due_at = photo.status_at(timezone.now()), claims.due()
        photo.save(force_insert=True)
        keep_findable(photo)
        if photo.hide_source and by:
            photo.keepers.add(by)
        tasks.encode(photo, ["jpeg"], write=keep)
        if facts.caption or facts.alt:
            alt = facts.alt if len(facts.alt) <= ALT_LENGTH else ""
            caption(photo, _language_of(facts.caption or facts.alt), by=by, text=facts.caption, alt=alt, door=door)
        transaction.on_commit(lambda: tasks.finish_photo.enqueue(photo.pk))
    return photo


def describe(photo: Photo, *, by: User, door: str = "", **facts: Any) -> None:
    """Say what is known of a photo: any of FACTS. Renditions are made anew when what is in them changes.

    Dates decide at once whether readers may see it. Who may not know its source says nothing of it either.
    """
    if by and not by.has_perm("articles.change_photo"):
        raise NotAllowed(_("You may not change what is said of a photo."))
    with changing(photo, "describe", by=by, door=door) as details:
        if by and not photo.source_known_to(by) and SOURCE & set(facts):
            raise NotAllowed(_("The source of “%(photo)s” is kept from you: ask who took it in.") % {"photo": photo})
        words = pixels.words(photo)
        details["changed"] = changed = sorted(_put(photo, facts))
        if "hide_source" in changed and photo.hide_source and by:
            photo.keepers.add(by)
        keep_findable(photo)
        if pixels.words(photo) != words or {"focal_x", "focal_y"} & set(changed):
            pixels.renew(photo, by=by, at_once="hide_source" in changed)
        keep_to_dates(photo)


def keep_to_dates(photo: Photo, now: datetime | None = None) -> bool:
    """Give a locked `photo` the status its dates ask for, and its files their place. Gives whether that changed it."""
    before, photo.status = photo.status, photo.status_at(now or timezone.now())
    if photo.status == before:
        return False
    photo.save(update_fields=["status"])
    if photo.is_public:
        release([photo])
    else:
        place_on_commit([photo])
    return True


def withdraw(photo: Photo, *, by: User, reason: str) -> None:
    """Take a photo off every page, now, with its files. It stays in the library, and can be brought back."""
    _check_may(by, "articles.withdraw_photo", _("You may not withdraw a photo."))
    reason = clean_text(reason).strip()
    if not reason:
        raise Refused(_("Say why the photo is withdrawn. The reason is kept for the desk."))
    with changing(photo, "withdraw", by=by, at_once=True) as details:
        if photo.status == PhotoStatus.WITHDRAWN:
            raise NotAllowed(_("“%(photo)s” is withdrawn already.") % {"photo": photo})
        photo.status = PhotoStatus.WITHDRAWN
        details["reason"] = reason
        photo.save(update_fields=["status"])
        pixels.clear_old(photo)
        place_on_commit([photo])


def bring_back(photo: Photo, *, by: User) -> None:
    """Let readers see a withdrawn photo again, wherever a live edition shows it and its dates allow."""
    _check_may(by, "articles.withdraw_photo", _("You may not bring a photo back."))
    with changing(photo, "bring_back", by=by):
        if photo.status != PhotoStatus.WITHDRAWN:
            raise NotAllowed(_("“%(photo)s” is not withdrawn.") % {"photo": photo})
        photo.status = PhotoStatus.READY
        photo.status = photo.status_at(timezone.now())
        photo.save(update_fields=["status"])
        if photo.is_public:
            release([photo])


def delete(photo: Photo, *, by: User) -> None:
    """Delete a photo that was never used, with its files. One that is or was in a story can only be withdrawn."""
    _check_may(by, "articles.delete_photo", _("You may not delete photos."))
    with transaction.atomic():
        with changing(photo, "delete", by=by) as details:
            # A file's name may say who took it: a hidden source hides it from those who read the log, too.
            details |= {"digest": photo.digest, "name": "" if photo.hide_source else photo.original_name}
        files = [photo.original.name, *photo.versions.exclude(original="").values_list("original", flat=True)]
        tokens = [photo.token, *filter(None, [photo.next_token]), *photo.versions.values_list("token", flat=True)]
        try:
            photo.delete()
        except ProtectedError as error:
            raise NotAllowed(
                _("“%(photo)s” is used: it cannot be deleted. Withdraw it, and it is gone from every page.")
                % {"photo": photo}
            ) from error
        transaction.on_commit(lambda: tasks.delete(files, tokens))


def _check_may(by: User, permission: str, sentence: str) -> None:
    if by and not by.has_perm(permission):
        raise NotAllowed(sentence)


def release(photos: Iterable[Photo]) -> None:
    """Put the renditions where readers find them before any page names them. Runs inside `changing()`."""
    for photo in photos:
        if photo.needs_renditions:
            tasks.renew(photo, write=keep)
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
        field = Photo._meta.get_field(name)
        if name in ("usable_from", "usable_until"):
            value = _moment(value, field.verbose_name)
        if field.choices and value not in dict(field.flatchoices):
            raise Refused(_("“%(value)s” is no value of “%(field)s”.") % {"value": value, "field": field.verbose_name})
        if name == "keywords":
            value = _keywords(value)
        if getattr(photo, name) != value:
            setattr(photo, name, value)
            changed.append(name)
    if photo.usable_from and photo.usable_until and photo.usable_from >= photo.usable_until:
        raise Refused(_("The embargo ends after the picture expires: it could never be used."))
    return changed


def _moment(value: datetime | str | None, label: str) -> datetime | None:
    """A moment, as it is or as ISO 8601 says it; one without a zone is meant in the publication's."""
    try:
        value = datetime.fromisoformat(value) if isinstance(value, str) and value else value or None
    except ValueError as error:
        raise Refused(_("“%(value)s” is no date for “%(field)s”.") % {"value": value, "field": label}) from error
    if value and value.tzinfo is None:
        value = value.replace(tzinfo=Publication.objects.current().zone)
    return value


def _keywords(words: Iterable[str]) -> list[str]:
    tidy = (clean_text(str(word)).strip()[:LONGEST_KEYWORD] for word in words)
    return list(dict.fromkeys(filter(None, tidy)))[:MOST_KEYWORDS]


def _facts_of(facts: metadata.Facts) -> dict[str, Any]:
    """What the file says, cut to what a column holds: a long line in a file is no reason to refuse the picture."""
    said = {name: getattr(facts, FROM_FILE.get(name, name)) for name in FILED}
    most = {name: Photo._meta.get_field(name).max_length for name in said}
    return {name: value[: most[name]] if isinstance(value, str) else value for name, value in said.items()}


def _language_of(text: str) -> str:
    """The language a file's words are most likely in, by their letters; else the outlet's first."""
    languages = Publication.objects.current().languages
    arabic = sum("\u0600" <= letter <= "\u06ff" for letter in text)
    likely = "ar" if arabic * 2 > sum(letter.isalpha() for letter in text) else "en"
    return likely if likely in languages else languages[0]
