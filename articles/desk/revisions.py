"""Revisions: keeping a state of the working copy in its history."""

from django.contrib.auth.models import AbstractBaseUser

from articles.models import Revision, Story
from articles.models.snapshots import digest_of, snapshot


def keep(story: Story, *, by: AbstractBaseUser | None, reason: str = "", name: str = "") -> Revision:
    """Keep `story` as it is now as its next revision. Where the last one says the same, that one is given back."""
    state = snapshot(story)
    digest = digest_of(state)
    last = story.revisions.first()
    if last and last.digest == digest and not name:
        return last
    number = last.number + 1 if last else 1
    return Revision.objects.create(
        story=story, number=number, name=name, reason=reason, by=by, snapshot=state, digest=digest
    )
