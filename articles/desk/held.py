"""Held: photos that a verb over many has locked and read all at once, so that the verbs within need not, one by one.

Nobody else can change a photo or its captions while its row is locked; so what was read then is true until the end of
the transaction, as far as the verbs within keep it so (`note_caption`). A batch is all or nothing: they need no
savepoints of their own either.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import models

from articles.models import Caption, Photo

# By identity: the rows that were read under the lock, not others of the same photo.
_held: ContextVar[dict[int, models.Model]] = ContextVar("held", default={})  # noqa: B039  never changed in place
_captions: ContextVar[dict[int, dict[str, Caption]]] = ContextVar("captions", default={})  # noqa: B039


@contextmanager
def holding(numbers: Iterable[int]) -> Iterator[dict[int, Photo]]:
    """The photos of those numbers (primary keys), locked and as they are now: two queries, however many they are.

    Runs inside a transaction that keeps all that is done within the block or nothing. They are locked in one order, so
    that two batches that meet wait for each other and never in a ring.
    """
    rows = Photo.objects.select_for_update().filter(pk__in=set(numbers)).defer("metadata").order_by("pk")
    found = {photo.pk: photo for photo in rows}
    captions: dict[int, dict[str, Caption]] = {pk: {} for pk in found}
    for row in Caption.objects.filter(photo__in=found, is_current=True):
        row.photo = found[row.photo_id]
        captions[row.photo_id][row.language] = row
    tokens = _held.set({id(photo): photo for photo in found.values()}), _captions.set(captions)
    try:
        yield found
    finally:
        _held.reset(tokens[0])
        _captions.reset(tokens[1])


def is_held(noun: models.Model) -> bool:
    """Whether `noun` is locked and read already, by a verb around this one."""
    return id(noun) in _held.get()


def current_captions(photo: Photo) -> list[Caption]:
    """The current captions of `photo`, one a language."""
    if is_held(photo):
        return list(_captions.get()[photo.pk].values())
    return list(photo.captions.filter(is_current=True))


def current_caption(photo: Photo, language: str) -> Caption | None:
    """The current caption of `photo` in `language`, if there is one."""
    if is_held(photo):
        return _captions.get()[photo.pk].get(language)
    return photo.captions.filter(language=language, is_current=True).first()


def note_caption(photo: Photo, caption: Caption) -> None:
    """Say that `caption` is now the current one of its language."""
    if is_held(photo):
        _captions.get()[photo.pk][caption.language] = caption
