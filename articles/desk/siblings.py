"""What may be done with a story's siblings: begin one in another language, join two that exist, part them."""

from uuid import uuid4

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import Status, Story

from . import attachments, stories
from .changing import changing
from .errors import NotAllowed, Refused

User = AbstractBaseUser | None


def begin(story: Story, language: str, *, by: User) -> Story:
    """A new draft in `language` beside `story`: its section, byline, kind and pictures, and no words yet.

    Raises Refused where there is one in that language already, NotAllowed where `by` may not begin stories.
    """
    pictures = [{"photo": row["photo"], "role": row["role"], "crop": row["crop"]} for row in attachments.current(story)]
    return stories.start(
        language=language,
        by=by,
        sibling_key=story.sibling_key,
        section=story.section,
        kind=story.kind,
        authors=story.signed_by(),
        attachments=pictures,
    )


def join(story: Story, other: Story, *, by: User) -> None:
    """Make `story`, and the siblings it has, siblings of `other`.

    Readers see it when each is published again: a published one is a draft from now on. Raises Refused where both
    have a story in the same language.
    """
    if story.sibling_key == other.sibling_key:
        return
    _check(story, by)
    joining = list(Story.objects.kept().filter(sibling_key=story.sibling_key))
    held = dict(Story.objects.kept().filter(sibling_key=other.sibling_key).values_list("language", "headline"))
    for row in joining:
        if row.language in held:
            raise Refused(
                _("“%(other)s” has a sibling in that language already: “%(sibling)s”.")
                % {"other": other, "sibling": held[row.language] or _("Untitled")}
            )
    with transaction.atomic():
        for row in joining:
            _put(row, other.sibling_key, by)
    story.refresh_from_db()


def part(story: Story, other: Story, *, by: User) -> None:
    """Take `other` from the siblings of `story`: from now on it stands by itself."""
    if story.sibling_key != other.sibling_key or story.pk == other.pk:
        return
    _check(story, by)
    _put(other, uuid4(), by)


def _check(story: Story, by: User) -> None:
    if by and not story.changeable_by(by):
        raise NotAllowed(_("You may not change “%(story)s”: it is another's story.") % {"story": story})


def _put(story: Story, key, by: User) -> None:
    with changing(story, "siblings", by=by) as details:
        details |= {"from": str(story.sibling_key), "to": str(key)}
        story.sibling_key = key
        story.changed_by = by
        if story.status == Status.PUBLISHED:
            story.status = Status.DRAFT
