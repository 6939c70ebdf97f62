"""What may be done with share links: make one, withdraw it, and note that somebody opened it."""

import secrets

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import ShareLink, Story
from articles.models.sharing import DAYS, digest_of_token, in_days

from .changing import changing
from .errors import NotAllowed, Refused
from .stories import check_kept

MOST_DAYS = 30
TOKEN_BYTES = 32  # 256 bits: nobody guesses it, however fast they ask

User = AbstractBaseUser | None


def make(story: Story, *, by: User, days: int = DAYS) -> tuple[ShareLink, str]:
    """A link to `story` that is good for `days`. Gives it and its token, which is stored nowhere and shown once.

    Raises NotAllowed, or Refused for a number of days that is none.
    """
    check_kept(story)
    _check(story, by)
    if not 1 <= days <= MOST_DAYS:
        raise Refused(_("A share link is good for 1 to %(most)d days.") % {"most": MOST_DAYS})
    token = secrets.token_urlsafe(TOKEN_BYTES)
    link = ShareLink(story=story, digest=digest_of_token(token), by=by, expires_at=in_days(days))
    with changing(link, "share", by=by) as details:
        details |= {"story": str(story.uuid), "until": link.expires_at.isoformat()}
    return link, token


def withdraw(link: ShareLink, *, by: User) -> None:
    """Nobody opens `link` any more, from now on. Raises NotAllowed."""
    with changing(link, "withdraw_link", by=by) as details:
        if by is None or link.by_id != by.pk:
            _check(link.story, by)
        details["story"] = str(link.story.uuid)
        link.withdrawn_at = link.withdrawn_at or timezone.now()


def opened(link: ShareLink) -> None:
    """Note that somebody without an account opened `link`. Who it was is not kept: it may be a source."""
    with changing(link, "open", by=None, door="share link") as details:
        details["story"] = str(link.story.uuid)
        link.openings += 1
        link.last_opened_at = timezone.now()


def _check(story: Story, by: User) -> None:
    if by and not story.changeable_by(by):
        raise NotAllowed(_("You may not share “%(story)s”: it is another's story.") % {"story": story})
