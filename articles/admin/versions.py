"""The versions of a story as its history lists them: the working copy, editions, named versions, autosaves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.http import Http404
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Edition, Revision, Story
from articles.models.snapshots import snapshot

from . import moments

NOW = "now"
IN_LINE = 80  # characters of a correction
# What the moves that keep a version are called in the history.
REASONS = {
    "submit": gettext_lazy("Submitted"),
    "return": gettext_lazy("Sent back"),
    "publish": gettext_lazy("Published"),
    "withdraw": gettext_lazy("Withdrawn"),
    "keep": gettext_lazy("Kept"),
    "restore": gettext_lazy("Before a version was put back"),
}


@dataclass(frozen=True)
class Version:
    """A line of the history. `key` names it in addresses: "now", "e3" (an edition), "r12" (a revision).

    `edition_before` is the key of the edition before this one, for the way to what changed between the two.
    """

    key: str
    name: str
    who: str
    when: str
    at: datetime
    why: str = ""
    live: bool = False
    autosave: bool = False
    edition_before: str = ""

    @property
    def line(self) -> str:
        """Who and when, as one line."""
        return _("%(who)s, %(when)s") % {"who": self.who, "when": self.when} if self.who else self.when


def versions(story: Story, publication) -> list[Version]:
    """All versions of `story`, newest first. Three queries, whatever their number; no snapshot is read."""
    found = [*_editions(story, publication), *_revisions(story, publication)]
    return [_working_copy(story, publication), *sorted(found, key=lambda version: version.at, reverse=True)]


def _working_copy(story, publication):
    return Version(
        NOW, _("Working copy"), _name(story.changed_by), moments.said(story.changed_at, publication), story.changed_at
    )


def _editions(story, publication):
    rows = story.editions.select_related("issued_by").defer("snapshot").order_by("number")
    before = ""
    for row in rows.prefetch_related("corrections"):
        told = " ".join(one.text for one in row.corrections.all())
        yield Version(
            f"e{row.number}",
            _("Edition %(number)d") % {"number": row.number},
            _name(row.issued_by),
            moments.said(row.issued_at, publication),
            row.issued_at,
            why=_("Correction: %(text)s") % {"text": Truncator(told).chars(IN_LINE)} if told else "",
            live=row.pk == story.live_edition_id,
            edition_before=before,
        )
        before = f"e{row.number}"


def _revisions(story, publication):
    for row in story.revisions.select_related("by").defer("snapshot"):
        if row.reason == "publish" and not row.name:
            continue  # the edition of the same moment says the same
        move = str(REASONS.get(row.reason, row.reason))
        yield Version(
            f"r{row.pk}",
            _("“%(name)s”") % {"name": row.name} if row.name else _("Autosave") if row.autosave else move or _("Kept"),
            _name(row.by),
            moments.said(row.at, publication),
            row.at,
            why=move if row.name and row.reason not in ("", "keep") else "",
            autosave=row.autosave,
        )


def state_of(story: Story, key: str, *, as_published: bool = False) -> Mapping[str, Any]:
    """The snapshot of the version called `key`; the working copy's with the words readers would be shown, if so asked.

    Raises Http404 where the story has no such version.
    """
    if key == NOW:
        return snapshot(story, as_published=as_published)
    kind, number = key[:1], key[1:]
    if kind not in ("e", "r") or not (number.isascii() and number.isdecimal()) or len(number) > 18:
        raise Http404
    if kind == "e":
        row = Edition.objects.filter(story=story, number=int(number)).first()
    else:
        row = Revision.objects.filter(story=story, pk=int(number)).first()
    if row is None:
        raise Http404
    return row.snapshot


def first_choice(story: Story, found: list[Version]) -> tuple[str, str]:
    """The two versions the history opens with: what has changed since readers, else anybody, last saw the story."""
    named = [version for version in found if version.key != NOW and not version.autosave]
    live = next((version for version in named if version.live), None)
    if live and story.status == "published" and live.edition_before:
        return live.edition_before, live.key
    chosen = live or next(iter(named), None)
    return (chosen.key if chosen else NOW), NOW


def steps(found: list[Version], older: str, newer: str) -> list[tuple[Version, Version]]:
    """Where two neighbouring editions are compared: the pair before them and the pair after, as far as there are."""
    editions = [version for version in reversed(found) if version.key.startswith("e")]
    pairs = list(pairwise(editions))
    at = next((place for place, pair in enumerate(pairs) if (pair[0].key, pair[1].key) == (older, newer)), None)
    return [] if at is None else [pairs[place] for place in (at - 1, at + 1) if 0 <= place < len(pairs)]


def _name(person: AbstractBaseUser | None) -> str:
    return (person.get_full_name() or person.get_username()) if person else ""
