"""What may be done with a story's pictures: attach one, put the words typed for one where they belong.

Order and role go through `stories.save`, as everything in a working copy does.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import checks
from articles.body.characters import clean_text
from articles.models import Attachment, Photo, PhotoStatus, Publication, Role, Save, Status, Story

from . import captions, revisions, stories
from .changing import changing
from .content import put
from .errors import NotAllowed

MOST_AT_ONCE = 60  # pictures put into one story from the photo desk


@dataclass(frozen=True)
class Placed:
    """What came of putting pictures into a story: those put in, those it had already, the sentences of the others."""

    placed: list[Photo]
    there: list[Photo]
    refused: list[str]


def attach(
    story: Story, photo: Photo, *, by: AbstractBaseUser | None, role: str = "", door: str = "", **words: Any
) -> Attachment:
    """Attach `photo` to `story`: as its lead where it has none and `role` says nothing, else in the text.

    `words` are `caption`, `alt`, `decorative` of its own, over the library's. Raises what `stories.save` raises.
    """
    rows = current(story)
    if not role:
        role = Role.TEXT if any(row["role"] == Role.LEAD for row in rows) else Role.LEAD
    stories.save(story, by=by, door=door, attachments=[*rows, {"photo": photo, "role": role, **words}])
    return story.attachments.order_by("order", "id").last()


def illustrate(story: Story, photos: Iterable[Photo], *, by: AbstractBaseUser | None) -> Placed:
    """Put `photos` behind the pictures that `story` has; the first becomes its lead where it has none.

    What may not be used is refused by name, and the others go in. Photo staff may do so with every story, others with
    those they may change. Raises NotAllowed, and Refused for a story in the bin; nothing is kept then.
    """
    _check_may(story, by)
    photos = list(dict.fromkeys(photos))
    foreseen = _sort(photos, current(story))
    if not foreseen.placed:  # nothing is written, not even a line of the log
        return foreseen
    with changing(story, "illustrate", by=by) as details:
        _check_may(story, by)
        rows = current(story)
        done = _sort(photos, rows)
        has_lead = any(row["role"] == Role.LEAD for row in rows)
        for photo in done.placed:
            rows.append({"photo": photo, "role": Role.TEXT if has_lead else Role.LEAD})
            has_lead = True
        details["photos"] = len(done.placed)
        if put(story, {"attachments": rows}):
            story.version += 1
            story.changed_by = by
            if story.status == Status.PUBLISHED:
                story.status = Status.DRAFT
            # So that whoever has the story open is sent its pictures and nothing else.
            touched = {"fields": ["attachments"], "blocks": [], "order": False}
            Save.objects.create(uuid=uuid4(), story=story, by=by, version=story.version, changed=touched)
            revisions.keep_autosave(story, by=by)
    return done


def _check_may(story: Story, by: AbstractBaseUser | None) -> None:
    stories.check_kept(story)
    if by and not story.illustrated_by(by):
        raise NotAllowed(_("You may not put pictures into “%(story)s”: it is another's story.") % {"story": story})


def _sort(photos: Iterable[Photo], rows: list[dict[str, Any]]) -> Placed:
    """What would come of putting `photos`, as they are now, behind the pictures of `rows`."""
    held, done = {row["photo"].pk for row in rows}, Placed([], [], [])
    found = Photo.objects.defer("metadata").in_bulk([photo.pk for photo in photos])
    for photo in (found[one.pk] for one in photos if one.pk in found):
        sentence = _unusable(photo)
        if sentence:
            done.refused.append(sentence)
        else:
            (done.there if photo.pk in held else done.placed).append(photo)
    return done


def _unusable(photo: Photo) -> str:
    """Why `photo` may go into no story, as a sentence; "" where it may. An embargo ends: publishing waits for it."""
    said = {"photo": str(photo)}
    if photo.status == PhotoStatus.WITHDRAWN:
        return _("“%(photo)s” is withdrawn. Choose another.") % said
    if photo.usable_until and photo.usable_until <= timezone.now():
        said["when"] = checks.moment_said(photo.usable_until, Publication.objects.current())
        return _("“%(photo)s” may not be used after %(when)s. Choose another.") % said
    return ""


def current(story: Story) -> list[dict[str, Any]]:
    """The story's pictures as `stories.save(attachments=...)` takes them: change the list and hand it back."""
    return [
        {
            "uuid": row.uuid,
            "photo": row.photo,
            "role": row.role,
            "caption": row.caption,
            "alt": row.alt,
            "decorative": row.decorative,
            "crop": row.crop,
        }
        for row in story.attachments.select_related("photo")
    ]


def put_words(
    photo: Photo,
    language: str,
    *,
    by: AbstractBaseUser | None,
    text: str | None = None,
    alt: str | None = None,
    decorative: bool | None = None,
    door: str = "",
) -> dict[str, Any]:
    """Put words typed for `photo` in a story of `language` where they belong; None stands for words left alone.

    What the library lacks in that language becomes the library's (caption and alt text each for itself); other words
    stay the story's own. Gives what the attachment keeps of its own, for `stories.save(attachments=...)`: empty means
    the library's. Who may not write captions (`by` without `caption_photo`) keeps all words in the story. Raises
    Refused for an alt text that is too long.
    """
    library = photo.captions.filter(language=language, is_current=True).first()
    has = {"text": library.text if library else "", "alt": library.alt if library else ""}
    typed = {name: clean_text(words).strip() for name, words in (("text", text), ("alt", alt)) if words is not None}
    gaps = {name: words for name, words in typed.items() if words and not has[name]}
    if gaps and (by is None or by.has_perm("articles.caption_photo")):
        has |= gaps
        said = library.decorative if library and "alt" not in gaps else False
        captions.caption(photo, language, by=by, decorative=said, door=door, **has)
    own: dict[str, Any] = {
        {"text": "caption"}.get(name, name): "" if words == has[name] else words for name, words in typed.items()
    }
    if decorative is not None:
        own["decorative"] = decorative and not (library and library.decorative and not own.get("alt"))
    return own
