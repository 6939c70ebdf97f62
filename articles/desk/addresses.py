"""What may be done with the address of a published story: it is changed, and the old one leads on to the new."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from articles.body.characters import clean_text
from articles.body.slug import slug as make_slug
from articles.models import Edition, Status, Story

from . import editions, redirects, revisions
from .changing import changing
from .errors import NotAllowed, Refused

User = AbstractBaseUser | None
MAY_CHANGE = "articles.readdress_story"


def why_not(story: Story, by: User) -> str:
    """The sentence that says why `by` may not change the address of `story` now; "" where nothing is against it."""
    if by and not by.has_perm(MAY_CHANGE):
        return _("You may not change the address of a published story.")
    if story.binned_at or not story.live_edition_id:
        return _("“%(story)s” is not live: it has no address that readers know.") % {"story": story}
    if story.status != Status.PUBLISHED:
        return _(
            "“%(story)s” has changes that are not published. Publish them first: a new address is a new edition."
        ) % {"story": story}
    return ""


def change(story: Story, typed: str, *, by: User) -> Edition:
    """Give a live story the address that ends in the slug of `typed`. Its day stays; so does when it last changed.

    Makes the next edition, for an edition's address never changes. Raises NotAllowed or Refused.
    """
    with changing(story, "readdress", by=by) as details:
        if sentence := why_not(story, by):
            raise NotAllowed(sentence)
        typed = clean_text(typed).strip()
        slug = make_slug(typed, "") if typed.strip(" -_/") else ""
        if not slug:
            raise Refused(_("Type the words that the address is to end in."))
        old = story.path
        new = f"{old.removesuffix(f'{story.slug}/')}{slug}/"
        if new == old:
            raise Refused(_("That is its address already."))
        try:
            with transaction.atomic():
                Story.objects.filter(pk=story.pk).update(path=new)
        except IntegrityError as error:
            raise Refused(_("Another story of that day has this address already.")) from error
        story.slug, story.path, story.changed_by = slug, new, by
        story.version += 1
        redirects.lay(old, new, by=by)
        story.live_edition = edition = editions.issue(story, by=by)
        revisions.keep(story, by=by, reason="publish")
        details |= {"edition": edition.number, "path": new, "old_path": old}
    return edition
