"""What may be done with a story: start, save, submit, return, publish, withdraw, take up again."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import checks
from articles.body.characters import clean_text
from articles.body.lists import listed
from articles.body.slug import slug as make_slug
from articles.body.slug import with_suffix
from articles.models import MOVES, Edition, Note, Publication, Redirect, Status, Story, Withdrawal
from articles.models.redirects import folded

from . import corrections, editions, photos, revisions
from .changing import changing, once_more
from .content import put
from .errors import NotAllowed, NotReady, Overtaken, Refused

User = AbstractBaseUser | None
# Moves with these permissions are for those who may change the story.
OWN_MOVES = ("articles.submit_story", "articles.change_story")


@once_more
def start(*, language: str, by: User, door: str = "", **content: Any) -> Story:
    """A new draft in `language`, with whatever `content` is there already (see `content.put`)."""
    if by and not by.has_perm("articles.add_story"):
        raise NotAllowed(_("You may not begin a story."))
    languages = Publication.objects.current().languages
    if language not in languages:
        raise Refused(
            _("There is no language “%(language)s”. There are: %(languages)s.")
            % {"language": language, "languages": listed(languages)}
        )
    story = Story(language=language, started_by=by, changed_by=by)
    for name in ("uuid", "source_digest", "sibling_key"):
        if name in content:
            setattr(story, name, content.pop(name))
    if Story.objects.kept().filter(sibling_key=story.sibling_key, language=language).exists():
        raise Refused(_("The story has a sibling in this language already."))
    with changing(story, "start", by=by, door=door):
        story.save(force_insert=True)
        put(story, content)
    return story


@once_more
def save(story: Story, *, by: User, version: int | None = None, door: str = "", **content: Any) -> bool:
    """Change the working copy. `version` is the one the change began from (None: whatever it is now).

    Gives whether anything changed; if so, `story.version` has risen by one. A published story that is changed is a
    draft again, while its live edition stays as it is. Raises Overtaken, NotAllowed or Refused; nothing is kept then.
    """
    with changing(story, "save", by=by, door=door) as details:
        check_kept(story)
        if by and not story.changeable_by(by):
            raise NotAllowed(_("You may not change “%(story)s”: it is another's story.") % {"story": story})
        if version is not None and version != story.version:
            raise Overtaken(
                _("%(person)s saved “%(story)s” while you were writing. Your text is still here: compare, then save.")
                % {"person": story.changed_by or _("Somebody"), "story": story}
            )
        changed = put(story, content)
        details["changed"] = changed
        if changed:
            story.version += 1
            story.changed_by = by
            if story.status == Status.PUBLISHED:
                story.status = Status.DRAFT
    return bool(changed)


def submit(story: Story, *, by: User) -> None:
    """Hand a draft in for review."""
    with changing(story, "submit", by=by):
        _move(story, Status.REVIEW, by)
        revisions.keep(story, by=by, reason="submit")


def send_back(story: Story, *, by: User, reason: str = "") -> None:
    """Return a story in review to its writer, with what should change."""
    reason = clean_text(reason).strip()
    with changing(story, "return", by=by) as details:
        _move(story, Status.DRAFT, by, through="articles.return_story")
        details["reason"] = reason
        if reason:
            Note.objects.create(story=story, text=reason, by=by)
        revisions.keep(story, by=by, reason="return")


def take_up(story: Story, *, by: User) -> None:
    """Make a withdrawn story a draft again. Its address goes on answering that it is gone."""
    with changing(story, "take_up", by=by):
        _move(story, Status.DRAFT, by, through="articles.change_story")


def publish(story: Story, *, by: User, at: datetime | None = None, correction: str = "", door: str = "") -> Edition:
    """Make the next edition and show it to readers from now on; until then they keep seeing the last one.

    `at` (aware) dates a first publication back, for stories brought in from elsewhere. `correction` tells readers what
    the edition before had wrong. Raises NotAllowed, Refused, or NotReady with everything that is missing.
    """
    with changing(story, "publish", by=by, door=door) as details:
        _move(story, Status.PUBLISHED, by, again=True)
        lacks = checks.lacks(story)
        if lacks:
            raise NotReady(lacks)
        if not story.first_published_at:
            story.first_published_at = _moment(at)
            _fix_address(story)
        edition = editions.issue(story, by=by)
        story.live_edition = edition
        if correction.strip():
            if edition.number == 1:
                raise Refused(_("Nothing has been published yet that could be corrected."))
            details["text"] = corrections.write(edition, correction, by=by).text
        Withdrawal.objects.standing().filter(path=story.path).update(lifted_at=timezone.now())
        revisions.keep(story, by=by, reason="publish")
        details |= {"edition": edition.number, "path": edition.path}
        photos.release(edition.photos.distinct())
    return edition


def publish_anew(story: Story, *, by: User) -> Edition:
    """Make the next edition of a published story whose copy is as it was, for the words its pictures have since got."""
    with changing(story, "publish", by=by) as details:
        check_kept(story)
        if by and not by.has_perm("articles.publish_story"):
            raise NotAllowed(_("You may not publish “%(story)s”.") % {"story": story})
        if story.status != Status.PUBLISHED:
            raise NotAllowed(_("“%(story)s” has changes that are not published: decide there.") % {"story": story})
        lacks = checks.lacks(story)
        if lacks:
            raise NotReady(lacks)
        edition = editions.issue(story, by=by)
        story.live_edition = edition
        revisions.keep(story, by=by, reason="publish")
        details |= {"edition": edition.number, "path": edition.path}
        photos.release(edition.photos.distinct())
    return edition


def withdraw(story: Story, *, by: User, reason: str, public_reason: str = "") -> None:
    """Take a story off every page, now. Its address answers 410 from then on, with the public reason, if any."""
    reason, public_reason = clean_text(reason).strip(), clean_text(public_reason).strip()
    if not reason:
        raise Refused(_("Say why the story is withdrawn. The reason is kept for the desk."))
    with changing(story, "withdraw", by=by, at_once=True) as details:
        edition = story.live_edition
        if edition is None:
            raise NotAllowed(_("“%(story)s” is not live: there is nothing to withdraw.") % {"story": story})
        _move(story, Status.WITHDRAWN, by)
        editions.take_off(story)
        story.live_edition = None
        Withdrawal.objects.create(
            edition=edition,
            path=edition.path,
            language=edition.language,
            reason=reason,
            public_reason=public_reason,
            by=by,
        )
        revisions.keep(story, by=by, reason="withdraw")
        details |= {"reason": reason, "edition": edition.number}
        photos.place_on_commit(edition.photos.distinct())


def note(story: Story, text: str, *, by: User) -> Note:
    """Leave a note to colleagues on a story."""
    with changing(story, "note", by=by):
        return Note.objects.create(story=story, text=clean_text(text).strip(), by=by)


def check_kept(story: Story) -> None:
    """Raises NotAllowed where `story` lies in the bin: nothing is done with it there but taking it out."""
    if story.binned_at:
        raise NotAllowed(_("“%(story)s” is in the bin: take it out first.") % {"story": story})


def moves_for(story: Story, user: User) -> list[Status]:
    """The statuses `user` may move `story` to now: the buttons of its screen."""
    if story.binned_at:
        return []
    return [Status(to) for (start_at, to) in MOVES if start_at == story.status and _may_move(story, to, user)]


def _may_move(story: Story, to: str, by: User) -> bool:
    if to == Status.WITHDRAWN and not story.live_edition_id:
        return False
    return by is None or (by.has_perm(MOVES[story.status, to]) and _may_touch(story, to, by))


def _may_touch(story: Story, to: str, by: User) -> bool:
    """Who may publish, withdraw or return may do so with any story; to submit it or take it up it must be one's own."""
    return MOVES[story.status, to] not in OWN_MOVES or story.changeable_by(by)


def _move(story: Story, to: Status, by: User, *, again: bool = False, through: str = "") -> None:
    """Move `story`, as the table allows. Two verbs lead to a draft: `through` is the table's word for the one meant."""
    check_kept(story)
    if again and story.status == to:
        raise NotAllowed(_("Nothing has changed since edition %(number)d.") % {"number": story.live_edition.number})
    said = {"story": story, "status": Status(story.status).label, "to": to.label}
    if (story.status, to) not in MOVES or (through and MOVES[story.status, to] != through):
        raise NotAllowed(_("“%(story)s” is %(status)s: from there this move does not lead to %(to)s.") % said)
    if not _may_move(story, to, by):
        raise NotAllowed(_("You may not move “%(story)s” from %(status)s to %(to)s.") % said)
    story.status = to


def _moment(at: datetime | None) -> datetime:
    now = timezone.now()
    if at and at > now:
        raise Refused(_("The date of publication lies in the future."))
    return at or now


def _fix_address(story: Story) -> None:
    """Give the story its address for good: the first free one of its day."""
    day = Publication.objects.current().local(story.first_published_at)
    wanted = story.slug or make_slug(story.headline)
    number = 1
    while True:
        story.slug = with_suffix(wanted, number) if number > 1 else wanted
        story.path = f"/{story.language}/{day:%Y/%m/%d}/{story.slug}/"
        number += 1
        # That it is not empty says that the index of addresses may be used; SQLite does not see it by itself.
        if Story.objects.filter(path=story.path).exclude(path="").exclude(pk=story.pk).exists():
            continue
        if Redirect.objects.filter(key=folded(story.path)).exists():  # another's old address goes on leading to it
            continue
        try:
            with transaction.atomic():  # somebody may take the same address at this moment: then the next one is tried
                Story.objects.filter(pk=story.pk).update(path=story.path)
        except IntegrityError:
            continue
        return
