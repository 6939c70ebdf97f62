"""Cells: what may be done with one field of one photo while somebody types in a table of many.

A cell is saved a second after the last letter, so each save says what the typing began from: what a colleague wrote
meanwhile is shown, never written over.
"""

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.body.characters import clean_text
from articles.models import AuditLine, Caption, Photo

from . import batches, captions, photos
from .changing import together
from .errors import NotAllowed, Refused

User = AbstractBaseUser | None
# Pauses in one person's typing are one version of a caption, and one line of the audit log.
TYPING = timedelta(minutes=10)


class Changed(Refused):
    """The cell holds something else than the typing began from. `theirs` is what it holds, `name` who wrote it."""

    def __init__(self, sentence: str, *, theirs: Any, name: str):
        self.theirs, self.name = theirs, name
        super().__init__(sentence)


def put(photo: Photo, field: str, value: Any, *, was: Any, by: User) -> Any:
    """Give `field` of `photo` (named as in `batches`) the `value` typed for it, if it is still what it `was`.

    Gives the value as it is kept; sent twice, it counts once. Raises Changed, Refused or NotAllowed.
    """
    if field not in batches.fields():
        raise Refused(_("A photo has no field “%(name)s”.") % {"name": field})
    if field in photos.SOURCE and by and not photo.source_known_to(by):
        raise NotAllowed(_("The source of “%(photo)s” is kept from you: ask who took it in.") % {"photo": photo})
    with together():
        photo.refresh_from_db(from_queryset=Photo.objects.select_for_update())
        now = batches.read(photo, field)
        if now == _tidy(value):
            return now
        if now != _tidy(was):
            name = _writer(photo, field)
            raise Changed(_("%(person)s changed this meanwhile.") % {"person": name}, theirs=now, name=name)
        if ":" in field:
            _write(photo, field, value, by)
        else:
            photos.describe(photo, by=by, **{field: value})
    return batches.read(photo, field)


def _tidy(value: Any) -> Any:
    return clean_text(value).strip() if isinstance(value, str) else value


def _write(photo: Photo, field: str, value: Any, by: User) -> None:
    kind, _colon, language = field.partition(":")
    last = photo.captions.filter(language=language, is_current=True).first()
    said = {name: getattr(last, name) if last else "" for name in ("text", "alt")}
    said |= {"decorative": bool(last and last.decorative)} | {batches.WORDS[kind]: value}
    if kind == "alt" and said["alt"]:
        said["decorative"] = False
    over = last if last and _is_typing(last, by) else None
    captions.caption(photo, language, by=by, over=over, typed=True, **said)


def _is_typing(last: Caption, by: User) -> bool:
    """Whether `last` is what the same person typed in the table a moment ago."""
    if by is None or last.by_id != by.pk or last.at < timezone.now() - TYPING:
        return False
    lines = AuditLine.objects.about(last.photo).filter(kind="caption", at__gt=timezone.now() - TYPING)
    said = {"language": last.language, "version": last.version, "typed": True}
    return any(line.details == said for line in lines)


def _writer(photo: Photo, field: str) -> str:
    """Who wrote what the cell holds now, as the desk calls them."""
    if ":" in field:
        row = photo.captions.filter(language=field.partition(":")[2], is_current=True).select_related("by").first()
        person = row.by if row else None
    else:
        line = AuditLine.objects.about(photo).filter(kind__in=("describe", "take")).select_related("by").first()
        person = line.by if line else None
    return (person.get_full_name() or person.get_username()) if person else _("Somebody")
