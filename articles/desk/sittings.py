"""Who is in a story now: tabs that say every few seconds that they are there. Presence only: it locks nothing."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Sitting, Story

from .errors import Refused

GONE = timedelta(seconds=30)  # of silence
FORGOTTEN = timedelta(hours=1)


@dataclass(frozen=True)
class Presence:
    """Somebody else's tab in a story (or one's own other one), and how long ago it was heard of."""

    user: AbstractBaseUser
    block: str
    seconds: int


def sit(story: Story, user: AbstractBaseUser, token: UUID, block: str = "") -> list[Presence]:
    """Say that the tab called `token` is in `story`, writing in `block` ("": in none). Gives who else is here.

    Raises Refused where the token is somebody else's. No audit line: nothing of the story changes.
    """
    now = timezone.now()
    seen = {"story": story, "block": block[:40], "last_seen": now}
    if not Sitting.objects.filter(token=token, user=user).update(**seen):
        try:
            with transaction.atomic():
                Sitting.objects.create(token=token, user=user, **seen)
        except IntegrityError as error:
            raise Refused(_("This tab goes by a name that is taken. Open the story again.")) from error
        Sitting.objects.filter(last_seen__lt=now - FORGOTTEN).delete()
    return here(story, but=token)


def here(story: Story, *, but: UUID | None = None) -> list[Presence]:
    """The tabs in `story` that were heard of in the last 30 seconds, without the one called `but`."""
    now = timezone.now()
    rows = Sitting.objects.filter(story=story, last_seen__gt=now - GONE).exclude(token=but).select_related("user")
    return [Presence(row.user, row.block, int((now - row.last_seen).total_seconds())) for row in rows.order_by("id")]


def leave(token: UUID, *, user: AbstractBaseUser) -> None:
    """Say that the tab called `token` is closed."""
    Sitting.objects.filter(token=token, user=user).delete()
