"""The moves of a story as the buttons of its screen: which stand there, what they ask, what they say afterwards."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.desk import copies, corrections, siblings, stories
from articles.desk.errors import NotReady, Refused
from articles.models import MOVES, Status, Story

SUBMIT, SEND_BACK, PUBLISH, WITHDRAW, TAKE_UP = "submit", "send_back", "publish", "withdraw", "take_up"

# The permission that the table of moves asks for names the verb.
VERBS = {
    "articles.submit_story": SUBMIT,
    "articles.return_story": SEND_BACK,
    "articles.publish_story": PUBLISH,
    "articles.withdraw_story": WITHDRAW,
    "articles.change_story": TAKE_UP,
}
LABELS = {
    SUBMIT: gettext_lazy("Submit"),
    SEND_BACK: gettext_lazy("Send back"),
    PUBLISH: gettext_lazy("Publish"),
    WITHDRAW: gettext_lazy("Withdraw"),
    TAKE_UP: gettext_lazy("Take up again"),
}
# The one filled button of the screen is the first of these that is there.
NEXT = (PUBLISH, SUBMIT, TAKE_UP)
ASKS_WHY = (SEND_BACK, WITHDRAW)
BEGIN, DUPLICATE = "begin:", "duplicate"
CORRECT = "correct"
KEPT_WORDS, MOST_KEPT = "correction-%s", 20_000  # of a session, by the story's number; characters of what was typed
TABS = ("pictures", "checks", "versions", "notes")  # those that stay open over a save


@dataclass(frozen=True)
class Move:
    """A button. `once_changed`: there only when something has changed since the last edition."""

    name: str
    label: str
    is_next: bool = False
    once_changed: bool = False

    @property
    def asks_why(self) -> bool:
        return self.name in ASKS_WHY


def moves(story: Story, user) -> list[Move]:
    """The moves `user` may make with `story` now, the likely next one first."""
    names = [_verb(story, to) for to in stories.moves_for(story, user)]
    once_changed = story.status == Status.PUBLISHED and story.changeable_by(user) and _may_publish_again(story, user)
    if once_changed:
        names.append(PUBLISH)
    found = next((name for name in NEXT if name in names), None)
    return [
        Move(name, _label(name, story), is_next=name == found, once_changed=once_changed and name == PUBLISH)
        for name in sorted(names, key=list(LABELS).index)
    ]


def _verb(story: Story, to: Status) -> str:
    return VERBS[MOVES[story.status, to]]


def _may_publish_again(story: Story, user) -> bool:
    """A published story that is changed becomes a draft as it is saved: what is open to that draft."""
    draft = copy(story)
    draft.status = Status.DRAFT
    return Status.PUBLISHED in stories.moves_for(draft, user)


def _label(name: str, story: Story) -> str:
    if name == PUBLISH and story.live_edition_id:
        return _("Publish the changes")
    return str(LABELS[name])


def carry_out(name: str, story: Story, *, by, answers: Mapping[str, str]) -> str:
    """Make the move called `name`; `answers` may hold `reason` and `public_reason`. Gives what to tell the editor.

    Raises Refused (NotAllowed, NotReady) with the sentence, and then nothing has moved.
    """
    said = {"story": story}
    if name == SUBMIT:
        stories.submit(story, by=by)
        return _("“%(story)s” is handed in for review.") % said
    if name == SEND_BACK:
        stories.send_back(story, by=by, reason=answers.get("send_back_reason", ""))
        return _("“%(story)s” is with its writer again.") % said
    if name == PUBLISH:
        edition = stories.publish(story, by=by, correction=answers.get("correction", ""))
        return _("Edition %(number)d of “%(story)s” is live.") % (said | {"number": edition.number})
    if name == WITHDRAW:
        stories.withdraw(
            story, by=by, reason=answers.get("withdraw_reason", ""), public_reason=answers.get("public_reason", "")
        )
        return _("“%(story)s” is taken off every page. Its address now says that it is gone.") % said
    if name == CORRECT:
        corrections.add(story, answers.get("correction", ""), by=by)
        return _("Readers of “%(story)s” are told of it, at its foot and on the page of corrections.") % said
    if name == TAKE_UP:
        stories.take_up(story, by=by)
        return _("“%(story)s” is a draft again.") % said
    raise Refused(_("There is no such move."))


def follow(request: HttpRequest, story: Story, move: str, answers: Mapping[str, str]) -> str:
    """Do what a button of the screen says once all is saved: a move, the preview, the beginning of a sibling. What came
    of it is told on the next screen. Gives that screen's address."""
    here = reverse("admin:articles_story_change", args=[story.pk])
    tab = answers.get("tab", "")
    try:
        if move == "preview":
            return reverse("admin:articles_story_preview", args=[story.pk])
        if move.startswith(BEGIN):
            begun = siblings.begin(story, move.removeprefix(BEGIN), by=request.user)
            return reverse("admin:articles_story_change", args=[begun.pk])
        if move == DUPLICATE:
            made = copies.duplicate(story, by=request.user)
            messages.success(request, _("This is the copy. The story it was made from stays as it is."))
            return reverse("admin:articles_story_change", args=[made.pk])
        if move in LABELS or move == CORRECT:
            messages.success(request, carry_out(move, story, by=request.user, answers=answers))
            request.session.pop(KEPT_WORDS % story.pk, None)
    except NotReady as error:
        messages.error(request, _("Not published yet:") + " " + str(error))
        tab = "checks"
        _keep_words(request, story, answers)
    except Refused as error:
        messages.error(request, str(error))
        _keep_words(request, story, answers)
    return f"{here}?{urlencode({'tab': tab})}" if tab in TABS else here


def _keep_words(request: HttpRequest, story: Story, answers: Mapping[str, str]) -> None:
    """Keep the correction that was typed beside a move that was refused, for the next screen."""
    if words := answers.get("correction", "").strip():
        request.session[KEPT_WORDS % story.pk] = words[:MOST_KEPT]


def kept_words(request: HttpRequest, story: Story | None) -> str:
    """The correction that was typed beside a move that was refused, until one is carried out."""
    return request.session.get(KEPT_WORDS % story.pk, "") if story else ""


def may_correct(story: Story | None, user) -> bool:
    """Whether `user` may tell readers what `story` has wrong."""
    return bool(story and story.live_edition_id and not story.binned_at and user.has_perm("articles.publish_story"))


def standing(story: Story | None) -> str:
    """Where a story stands and what readers see, in words: “Draft, edition 3 is live”."""
    if story is None:
        return _("Not saved yet")
    status = Status(story.status).label
    if not story.live_edition_id:
        return str(status)
    said = {"status": status, "number": story.live_edition.number}
    if story.status == Status.PUBLISHED:
        return _("%(status)s, edition %(number)d") % said
    return _("%(status)s, edition %(number)d is live") % said
