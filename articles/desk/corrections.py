"""What may be done with corrections: tell readers what a story had wrong, with an edition or alone; take that back."""

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _

from articles.body.characters import clean_text
from articles.models import Correction, Edition, Story
from articles.pages import touches

from .changing import changing, together
from .errors import NotAllowed, Refused

User = AbstractBaseUser | None
MOST = 1000  # characters


def add(story: Story, text: str, *, by: User) -> Correction:
    """Tell readers of a live story what it had wrong, from now on. Its words stay as they are.

    Raises NotAllowed where `by` may not publish, or the story is not live; Refused where the text cannot stand.
    """
    with changing(story, "correct", by=by) as details:
        if by and not by.has_perm("articles.publish_story"):
            raise NotAllowed(_("You may not publish “%(story)s”.") % {"story": story})
        if story.live_edition is None:
            raise NotAllowed(_("“%(story)s” is not live: there is nothing to correct.") % {"story": story})
        correction = write(story.live_edition, text, by=by)
        details |= {"edition": story.live_edition.number, "text": correction.text}
    return correction


def write(edition: Edition, text: str, *, by: User) -> Correction:
    """Keep a correction that comes with `edition`; for verbs that hold the story. Raises Refused."""
    text = clean_text(text).strip()
    if not text:
        raise Refused(_("Say what was wrong, and what is right."))
    if len(text) > MOST:
        raise Refused(
            _("A correction has at most %(most)d characters; this one has %(length)d.")
            % {"most": MOST, "length": len(text)}
        )
    correction = Correction.objects.create(
        story_id=edition.story_id, edition=edition, language=edition.language, text=text, by=by
    )
    touches.mark_faces({}, touches.faces(correction))
    return correction


def take_back(correction: Correction, *, by: User) -> None:
    """Take a correction off the story and off the page of corrections; the audit log keeps its words. Raises
    NotAllowed."""
    if by and not by.has_perm("articles.delete_correction"):
        raise NotAllowed(_("You may not take corrections back."))
    with together(), changing(correction.story, "take_back", by=by) as details:
        details["text"] = correction.text
        before = touches.faces(correction)
        correction.delete()
        touches.mark_faces(before, {})
