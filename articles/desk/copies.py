"""A copy of a story: a draft of its own, with everything in it that is not the story's place among the others."""

from uuid import UUID, uuid4

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _

from articles.body import document
from articles.models import Note, Story
from articles.models.snapshots import FIELDS

from . import attachments, stories
from .changing import changing, together
from .errors import NotAllowed

# What makes a story this one and no other: its address is made anew, its language comes first.
NOT_COPIED = ("language", "slug")


def duplicate(story: Story, *, by: AbstractBaseUser | None) -> Story:
    """A new draft with the words, pictures, tags, byline, section and related stories of `story`.

    It stands by itself: no edition, no address, no siblings, no notes but the one that says where it comes from, no
    share links. Its blocks and pictures have names of their own. Raises NotAllowed for who may not begin stories or not
    see this one, and for one in the bin.
    """
    if by and not by.has_perm("articles.view_story"):
        raise NotAllowed(_("You may not see this story."))
    with together():
        story = Story.objects.select_for_update(of=("self",)).select_related("section").get(pk=story.pk)
        stories.check_kept(story)
        pictures = attachments.current(story)
        names = {str(row["uuid"]): str(uuid4()) for row in pictures}
        content = {name: getattr(story, name) for name in FIELDS if name not in NOT_COPIED}
        content |= {
            "body": document.copied(story.body, names),
            "section": story.section,
            "authors": story.signed_by(),
            "tags": [tag.name for tag in story.tags.order_by("story_tags__id")],
            "related": [row.other for row in story.related_from.select_related("other")],
            "attachments": [row | {"uuid": UUID(names[str(row["uuid"])])} for row in pictures],
        }
        copy = stories.start(language=story.language, by=by, **content)
        with changing(copy, "duplicate", by=by) as details:
            details["of"] = str(story.uuid)
            Note.objects.create(story=copy, text=_("Copied from “%(story)s”.") % {"story": story}, by=by)
    return copy
