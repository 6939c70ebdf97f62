"""The bin: what may be done with a story nobody wants any more. It waits there for a while, then it is deleted."""

from datetime import timedelta
from uuid import uuid4

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Story

from .changing import changing
from .errors import NotAllowed

DAYS = 30  # how long a story waits in the bin

User = AbstractBaseUser | None


def why_not(story: Story, by: User) -> str:
    """The sentence that says why `by` may not put `story` in the bin; "" where nothing is against it."""
    if story.binned_at:
        return _("“%(story)s” is in the bin already.") % {"story": story}
    if story.first_published_at or story.editions.exists():
        return _(
            "“%(story)s” has been published: its editions stay on record. Withdraw it, and its address says it is gone."
        ) % {"story": story}
    if by and not story.changeable_by(by):
        return _("You may not delete “%(story)s”: it is another's story.") % {"story": story}
    return ""


def put_in(story: Story, *, by: User) -> None:
    """Put `story` in the bin: from now on it is in no list. Raises NotAllowed for one that was ever published."""
    with changing(story, "bin", by=by):
        sentence = why_not(story, by)
        if sentence:
            raise NotAllowed(sentence)
        story.binned_at = timezone.now()


def may_take_out(story: Story, by: User) -> bool:
    """Whether `by` may take `story` out again: who may change it when it is out."""
    if by is None or by.has_perm("articles.change_any_story"):
        return True
    own = story.started_by_id == by.pk or story.authors.filter(user=by).exists()
    return by.has_perm("articles.change_story") and own


def take_out(story: Story, *, by: User) -> None:
    """Put `story` back among the others, as it was.

    Where another has taken its place among its siblings, or holds the same text from outside, it stands by itself.
    Raises NotAllowed.
    """
    with changing(story, "take_out_of_bin", by=by):
        if not story.binned_at:
            raise NotAllowed(_("“%(story)s” is not in the bin.") % {"story": story})
        if not may_take_out(story, by):
            raise NotAllowed(
                _("You may not take “%(story)s” out of the bin: it is another's story.") % {"story": story}
            )
        others = Story.objects.kept().filter(language=story.language)
        if others.filter(sibling_key=story.sibling_key).exists():
            story.sibling_key = uuid4()
        if story.source_digest and others.filter(source_digest=story.source_digest).exists():
            story.source_digest = ""
        story.binned_at = None


def empty(*, by: User = None, door: str = "", days: int = DAYS) -> int:
    """Delete for good what has lain in the bin for `days` or longer, with its notes and revisions. Photos stay.

    Gives how many stories that were.
    """
    before = timezone.now() - timedelta(days=days)
    emptied = 0
    for story in Story.objects.binned().filter(binned_at__lte=before).order_by("pk"):
        with transaction.atomic():
            with changing(story, "delete", by=by, door=door) as details:
                still_there = story.binned_at is not None and story.binned_at <= before
                details |= {"headline": story.headline, "deleted": still_there}
            if still_there:
                story.delete()
                emptied += 1
    return emptied
