"""Shown words: live stories that show older words of a photo than the library has, and what may be done about it.

A story without words of its own shows the library's; published, it keeps those of that moment. When the library's
change, the desk decides for each story: publish it anew with the new words, or keep the old ones as the story's own.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _

from articles.models import Attachment, Caption, EditionPhoto, Photo, Status, Story

from . import stories
from .changing import changing
from .errors import NotAllowed

User = AbstractBaseUser | None


@dataclass(frozen=True)
class Old:
    """One picture of a live story: `was` and `now` are its caption and alt text, as readers see them and as the library
    has them."""

    story: Story
    photo: Photo
    attachment: Attachment
    was: tuple[str, str]
    now: tuple[str, str]

    @property
    def has_changes(self) -> bool:
        """Whether the working copy holds changes readers have not seen: to publish it would publish those too."""
        return self.story.status != Status.PUBLISHED


def older(photos: Iterable[Photo]) -> list[Old]:
    """Where live stories show older words of `photos`: three queries, however many there are."""
    frozen = (
        EditionPhoto.objects.filter(photo__in=list(photos), edition__is_live=True, edition__story__binned_at=None)
        .select_related("edition__story", "photo")
        .defer("edition__snapshot", "edition__story__body", "photo__metadata")
        .order_by("edition__story_id", "order", "id")
    )
    frozen = list(frozen)
    if not frozen:
        return []
    held = {row.uuid: row for row in Attachment.objects.filter(uuid__in=[row.attachment for row in frozen])}
    rows = Caption.objects.filter(photo__in={row.photo_id for row in frozen}, is_current=True)
    library = {(row.photo_id, row.language): row for row in rows}
    found = []
    for row in frozen:
        attachment, words = held.get(row.attachment), library.get((row.photo_id, row.edition.language))
        if attachment is None or words is None:
            continue
        is_decorative = attachment.decorative or (words.decorative and not attachment.alt)
        now = (attachment.caption or words.text, "" if is_decorative else attachment.alt or words.alt)
        if now != (row.caption, row.alt):
            found.append(Old(row.edition.story, row.photo, attachment, (row.caption, row.alt), now))
    return found


def keep(story: Story, *, by: User) -> int:
    """Make the words that readers see the story's own: no later edition changes them. Gives for how many pictures.

    What readers see and what the copy says stay the same, so the story stays published.
    """
    if by and not story.changeable_by(by):
        raise NotAllowed(_("You may not change “%(story)s”: it is another's story.") % {"story": story})
    with changing(story, "keep_words", by=by) as details:
        stories.check_kept(story)
        photos = Photo.objects.filter(attachments__story=story).distinct()
        old = [one for one in older(photos) if one.story == story and not one.has_changes]
        if not old:
            raise NotAllowed(_("“%(story)s” has changes that are not published: decide there.") % {"story": story})
        for one in old:
            caption, alt = one.was
            one.attachment.caption = caption if caption != one.now[0] else one.attachment.caption
            one.attachment.alt = alt if alt != one.now[1] else one.attachment.alt
            one.attachment.save(update_fields=["caption", "alt"])
        story.version += 1
        story.changed_by = by
        details["photos"] = [str(one.photo.uuid) for one in old]
    return len(old)
