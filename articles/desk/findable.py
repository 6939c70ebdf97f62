"""Findable: what a photo is found by, kept true by every verb that changes its facts, its captions or its file."""

from collections.abc import Iterable

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
    """The words that everybody finds `photo` by, and those that only the keepers of its source do."""
    told = [getattr(photo, name) for name in OPEN]
    for row in captions:
        told += [row.text, row.alt]
    telling = [getattr(photo, name) for name in TELLING if name != "keywords"] + list(map(str, photo.keywords))
    return (_line(told), _line(telling)) if photo.hide_source else (_line(told + telling), "")


def _line(texts: Iterable[str]) -> str:
    found = dict.fromkeys(word for text in texts for word in folding.words(text))
    return f" {' '.join(found)} " if found else ""
