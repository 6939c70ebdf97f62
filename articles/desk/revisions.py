"""Revisions: keeping a state of the working copy in its history."""

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from articles.models import Revision, Story
from articles.models.snapshots import digest_of, snapshot


def keep(story: Story, *, by: AbstractBaseUser | None, reason: str = "", name: str = "") -> Revision:
    """Keep `story` as it is now as its next revision. Where the last one says the same, that one is given back."""
    state = snapshot(story)
    digest = digest_of(state)
    last = story.revisions.named().first()
    if last and last.digest == digest and not name:
        return last
    number = last.number + 1 if last else 1
    return Revision.objects.create(
        story=story, number=number, name=name, reason=reason, by=by, snapshot=state, digest=digest
    )


def keep_autosave(story: Story, *, by: AbstractBaseUser | None) -> None:
    """Keep `story` as it is now as what `by` left last, over what was kept so before."""
    state = snapshot(story)
    Revision.objects.update_or_create(
        story=story,
        by=by,
        autosave=True,
        defaults={"snapshot": state, "digest": digest_of(state), "at": timezone.now()},
    )
