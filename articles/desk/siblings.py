"""What may be done with a story's siblings: begin one in another language, join two that exist, part them."""

from collections.abc import Iterable
from uuid import uuid4

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _

from articles.models import Status, Story

from . import attachments, stories
from .changing import changing, once_more, together
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


@once_more
def join(story: Story, other: Story, *, by: User) -> None:
    """Make `story`, and the siblings it has, siblings of `other`.

    Readers see it when each is published again: a published one is a draft from now on. Raises Refused where both
    have a story in the same language, NotAllowed where one of those that join is another's to change.
    """
    if story.sibling_key == other.sibling_key:
        return
    keys = (story.sibling_key, other.sibling_key)
    with together():
        # All rows at once and in one order: of two people who join the same stories, one waits for the other.
        both = list(Story.objects.kept().select_for_update().filter(sibling_key__in=keys).order_by("pk"))
        joining = [row for row in both if row.sibling_key == story.sibling_key]
        held = {row.language: row.headline for row in both if row.sibling_key == other.sibling_key}
        for row in joining:
            _check(row, by)
            if row.language in held:
                raise Refused(
                    _("“%(other)s” has a sibling in that language already: “%(sibling)s”.")
                    % {"other": other, "sibling": held[row.language] or _("Untitled")}
                )
        for row in joining:
            _put(row, other.sibling_key, by)
    story.refresh_from_db()


def part(story: Story, other: Story, *, by: User) -> None:
    """Take `other` from the siblings of `story`: from now on it stands by itself.

    Where `other` is another's to change, it stays as it is, and `story` is the one that leaves.
    """
    if story.sibling_key != other.sibling_key or story.pk == other.pk:
        return
    _check(story, by)
    _put(other if by is None or other.changeable_by(by) else story, uuid4(), by)


def put(story: Story, wanted: Iterable[Story], *, by: User) -> None:
    """Give `story` exactly the siblings of `wanted`. Raises what `join` and `part` raise; nothing is changed then."""
    with together():
        before, wanted = set(story.siblings()), list(wanted)
        for other in before.difference(wanted):
            part(story, other, by=by)
        for other in wanted:
            if other not in before:
                join(story, other, by=by)


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
