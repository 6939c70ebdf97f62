"""What may be done with an upload: begin it, take in its pieces, finish it, let it go. A dropped line costs one piece.

The file of an upload holds its first `received` bytes. What lies behind them (a process died between writing and
noting it) is written over, so that file and row never disagree for long.
"""

import os
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.files import File
from django.db import transaction
from django.db.models import Count, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.body.characters import fit
from articles.imaging import intake
from articles.models import Upload

from . import photos, pixels
from .changing import once_more
from .errors import NotAllowed, Refused

DAYS = 2  # after which an upload that nobody goes on with is deleted
MOST_AT_ONCE = 300  # uploads that one person may have on the way
MOST_PIECE_BYTES = 4 << 20
SWEPT_AT_ONCE = 50


class OutOfPlace(Refused):
    """A piece does not begin where the upload stands. `offset` is where it does."""

    def __init__(self, offset: int):
        self.offset = offset
        super().__init__(_("The upload goes on from another place."))


class NoRoom(Refused):
    """The server could not write what it was sent. Nothing that had arrived is lost."""

    def __init__(self):
        super().__init__(
            _("The server has no room for it just now. What has arrived is kept; it goes on when there is room.")
        )


class Gone(Refused):
    """There is no such upload of this person's."""


@once_more
def begin(uuid: UUID, *, name: str, size: int, by: AbstractBaseUser) -> Upload:
    """Begin the upload of a file of `size` bytes; begun again, it goes on from where it stands.

    Raises NotAllowed, Refused for a name that is taken and for too many at once, `imaging.intake.Refused` for a size
    that the library does not take.
    """
    if not by.has_perm("articles.add_photo"):
        raise NotAllowed(_("You may not upload pictures."))
    begun = Upload.objects.filter(uuid=uuid).first()
    if begun and (begun.by_id != by.pk or begun.size != size):
        raise Refused(_("An upload goes by a name that is taken. Choose the picture again."))
    if begun:
        return begun
    name = _name(name)
    if size < 1:
        raise Refused(_("“%(name)s” is empty.") % {"name": intake.shown(name)})
    intake.hold_size(size, name=name, limits=pixels.limits())
    _sweep_rows(DAYS, most=SWEPT_AT_ONCE)
    here = Upload.objects.on_the_way().filter(by=by).aggregate(count=Count("pk"), bytes=Sum("size"))
    if here["count"] >= MOST_AT_ONCE or (here["bytes"] or 0) + size > settings.UPLOADS_BYTES:
        raise Refused(
            _("You have as many pictures on the way as may be at once. Send “%(name)s” when they have arrived.")
            % {"name": intake.shown(name)}
        )
    with transaction.atomic():
        return Upload.objects.create(uuid=uuid, by=by, name=name, size=size)


def find(uuid: UUID, *, by: AbstractBaseUser) -> Upload:
    """The upload of that name, if it is this person's. Raises Gone."""
    return _own(Upload.objects.all(), uuid, by)


def receive(uuid: UUID, offset: int, piece: bytes, *, by: AbstractBaseUser) -> Upload:
    """Take in a piece that begins at `offset`. Part of one is as good: what arrived is kept.

    Raises OutOfPlace with the right offset, also for a piece that has come already; Refused for more bytes than were
    said to come; NoRoom where it cannot be written; Gone.
    """
    if not by.has_perm("articles.add_photo"):
        raise NotAllowed(_("You may not upload pictures."))
    with transaction.atomic():
        upload = _own(Upload.objects.select_for_update(), uuid, by)
        if upload.finished_at is None:
            upload.received = min(upload.received, _length(upload))  # a file that was lost is sent again
            right = upload.received
            if offset == right:
                if not piece or offset + len(piece) > upload.size:
                    raise Refused(_("“%(name)s” is not as long as was said. Choose it again.") % {"name": upload})
                _write(_path(upload), offset, piece)
                upload.received += len(piece)
            upload.heard_at = timezone.now()
            upload.save(update_fields=["received", "heard_at"])
        else:
            right = upload.size
    if offset != right:
        raise OutOfPlace(right)
    return upload


def finish(uuid: UUID, *, by: AbstractBaseUser) -> Upload:
    """Take the whole file into the library. Gives the upload with its `photo`, or with the sentence why not.

    Finished again, it gives the same. Raises OutOfPlace while something is missing, NotAllowed, NoRoom, Gone.
    """
    upload = find(uuid, by=by)
    if upload.finished_at:
        return upload
    if (there := min(upload.received, _length(upload))) < upload.size:
        raise OutOfPlace(there)
    photo, refused, began_at = None, "", timezone.now()
    try:
        with _path(upload).open("rb") as file:
            photo = photos.take(File(file), name=upload.name, by=by)
    except intake.Refused as error:
        refused = str(error)
    except FileNotFoundError:  # another request finished it between our two looks
        return find(uuid, by=by)
    except OSError as error:
        raise NoRoom from error
    with transaction.atomic():
        upload = _own(Upload.objects.select_for_update(), uuid, by)
        if upload.finished_at is None:
            upload.photo, upload.refused = photo, refused
            upload.was_known = bool(photo and photo.created_at < began_at)
            upload.finished_at = upload.heard_at = timezone.now()
            upload.received = upload.size
            upload.save()
    _path(upload).unlink(missing_ok=True)
    return upload


def let_go(uuid: UUID, *, by: AbstractBaseUser) -> None:
    """Forget an upload and what has arrived of it. One that is finished stays in the library. Raises Gone."""
    upload = find(uuid, by=by)
    upload.delete()
    _path(upload).unlink(missing_ok=True)


def sweep(days: int = DAYS) -> int:
    """Delete the uploads nobody went on with for `days`, and files that belong to none. Gives how many it deleted."""
    swept = _sweep_rows(days)
    before = (timezone.now() - timedelta(days=days)).timestamp()
    known = set(map(str, Upload.objects.values_list("uuid", flat=True)))
    for path in settings.UPLOADS_ROOT.glob("*.part"):
        if path.stem not in known and path.stat().st_mtime < before:
            path.unlink(missing_ok=True)
            swept += 1
    return swept


def _sweep_rows(days: int, most: int | None = None) -> int:
    before = timezone.now() - timedelta(days=days)
    stale = Upload.objects.filter(heard_at__lt=before).order_by("heard_at")
    swept = 0
    for uuid in list(stale.values_list("uuid", flat=True)[:most]):
        with transaction.atomic():
            upload = Upload.objects.select_for_update().filter(uuid=uuid, heard_at__lt=before).first()
            if upload:
                upload.delete()
        if upload:
            _path(upload).unlink(missing_ok=True)
            swept += upload.finished_at is None
    return swept


def _own(uploads, uuid: UUID, by: AbstractBaseUser) -> Upload:
    upload = uploads.filter(uuid=uuid, by=by).first()
    if upload is None:
        raise Gone(_("This upload is not known any more: it begins anew."))
    return upload


def _name(name: str) -> str:
    """A file's name without folders and hidden characters. It is only ever shown: files have names of our own."""
    return fit(name).replace("\\", "/").rsplit("/", 1)[-1].strip()[:255] or "?"


def _path(upload: Upload) -> Path:
    return settings.UPLOADS_ROOT / f"{upload.uuid}.part"


def _length(upload: Upload) -> int:
    try:
        return _path(upload).stat().st_size
    except FileNotFoundError:
        return 0
    except OSError as error:
        raise NoRoom from error


def _write(path: Path, offset: int, piece: bytes) -> None:
    """Put `piece` at `offset` and end the file behind it. Raises NoRoom."""
    try:
        path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
        file = os.open(path, os.O_WRONLY | os.O_CREAT, 0o640)
        try:
            rest, at = memoryview(piece), offset
            while rest:
                written = os.pwrite(file, rest, at)
                rest, at = rest[written:], at + written
            os.ftruncate(file, at)
        finally:
            os.close(file)
    except OSError as error:
        raise NoRoom from error
