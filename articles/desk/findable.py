"""Findable: what a photo is found by, kept true by every verb that changes its facts, its captions or its file."""

from collections.abc import Iterable, Iterator, Sequence

from django.db import connection, transaction

from articles.models import Caption, Photo, PhotoWords
from articles.search import folding, index

from .held import current_captions

OPEN = ("headline", "credit", "copyright", "extended_description", "licence", "allowed_uses", "sensitivity_reason")
# What may tell where a picture came from: found by its keepers alone once the source is hidden.
TELLING = (
    *("original_name", "creator", "job_title", "taken_at", "city", "sublocation", "country", "country_code"),
    *("source", "holder", "caption_writer", "job_id", "instructions", "keywords"),
)


def keep_findable(photo: Photo) -> None:
    """Work out anew what `photo` is found by and what it lacks. Runs inside `changing()`, which saves the photo."""
    rows = current_captions(photo)
    photo.has_caption, photo.has_alt = has_words(rows)
    told, kept = words_of(photo, rows)
    if not PhotoWords.objects.filter(photo=photo).update(told=told, kept=kept):
        PhotoWords.objects.create(photo=photo, told=told, kept=kept)
    index.keep_copies_with(photo)  # stories are found by its captions


def has_words(captions: Iterable[Caption]) -> tuple[bool, bool]:
    """Whether there is a caption, and whether there is an alt text or need be none, in any language."""
    rows = list(captions)
    return any(row.text for row in rows), any(row.alt or row.decorative for row in rows)


def words_of(photo: Photo, captions: Iterable[Caption]) -> tuple[str, str]:
    """The words and stems that everybody finds `photo` by, and those that only the keepers of its source do."""
    told = [getattr(photo, name) for name in OPEN]
    for row in captions:
        told += [row.text, row.alt]
    telling = [getattr(photo, name) for name in TELLING if name != "keywords"] + list(map(str, photo.keywords))
    return (_line(told), _line(telling)) if photo.hide_source else (_line(told + telling), "")


BATCH = 200  # photos that are locked together, for a fraction of a second


def keep_anew() -> Iterator[int]:
    """Work out anew what every photo is found by, while the newsroom works on; gives how many after each batch.

    Each is read under its lock. One that is locked at the moment is waited for by itself, with no other held.
    """
    last = 0
    while numbers := list(Photo.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        last = numbers[-1]
        busy = set(numbers) - _keep_locked(numbers, skip_locked=True)
        for number in sorted(busy):
            _keep_locked([number], skip_locked=False)
        yield len(numbers)


def _keep_locked(numbers: Sequence[int], *, skip_locked: bool) -> set[int]:
    """Work out anew the words of those photos, in one transaction; gives which could be locked."""
    skip = skip_locked and connection.features.has_select_for_update_skip_locked
    with transaction.atomic():
        locked = Photo.objects.select_for_update(skip_locked=skip).filter(pk__in=numbers)
        photos = list(locked.defer("metadata").order_by("pk"))
        captions: dict[int, list[Caption]] = {photo.pk: [] for photo in photos}
        for row in Caption.objects.filter(photo__in=captions, is_current=True):
            captions[row.photo_id].append(row)
        there = {row.pk: row for row in PhotoWords.objects.filter(photo__in=captions)}
        changed = []
        for photo in photos:
            told, kept = words_of(photo, captions[photo.pk])
            row = there.get(photo.pk)
            if row is None or (row.told, row.kept) != (told, kept):
                changed.append(PhotoWords(photo=photo, told=told, kept=kept))
        PhotoWords.objects.bulk_create(
            changed, update_conflicts=True, unique_fields=["photo"], update_fields=["told", "kept"]
        )
        return set(captions)


def _line(texts: Iterable[str]) -> str:
    words = dict.fromkeys(word for text in texts for word in folding.words(text))
    found = words | dict.fromkeys(one for word in words for one in folding.stems(word))
    return f" {' '.join(found)} " if found else ""
