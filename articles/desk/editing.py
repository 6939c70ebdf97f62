"""Editing: a change set laid on a story as it is now, the clashes it leaves, and how these are settled.

What a browser sends and gets is in docs/saving.md; how two changes become one, in `articles.body.merge`.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.body.merge import ChangeSet, State, merge
from articles.models import Clash, Save, Status, Story

from . import clashes, fields, revisions, stories
from .changing import changing
from .content import put
from .errors import NotAllowed, Overtaken, Refused, Settled

User = AbstractBaseUser | None

FOLD = timedelta(minutes=30)  # one line of the audit log for an editor's typing in that time
KEPT = timedelta(days=30)  # so long a save is known again


@dataclass(frozen=True)
class Deed:
    """What one person changed, when last: names of fields, ids of blocks."""

    by: AbstractBaseUser
    at: datetime
    fields: list[str] = field(default_factory=list)
    blocks: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Fresh:
    """What a story holds that a browser with an older version does not know of.

    `whole`: everything, for nobody can tell any more what changed since. `order` is None where nothing differs. A block
    that is None was taken out. `deeds` say whose changes these are, one for each person.
    """

    whole: bool
    fields: dict[str, Any] = field(default_factory=dict)
    blocks: dict[str, dict | None] = field(default_factory=dict)
    order: list[str] | None = None
    deeds: list[Deed] = field(default_factory=list)


@dataclass(frozen=True)
class Edited:
    """What came of a save: the story's version now, what its sender does not know yet, the clashes it left.

    `repeated`: it had been taken before, and nothing was written.
    """

    version: int
    fresh: Fresh
    clashes: list[Clash] = field(default_factory=list)
    repeated: bool = False


@dataclass(frozen=True)
class _Change:
    """A change set with its fields as they travel, cleaned, beside what the merge takes."""

    fields: dict[str, tuple]
    blocks: dict[str, tuple]
    order_before: list[str]
    order_after: list[str]

    @classmethod
    def read(cls, raw: object) -> "_Change":
        change = ChangeSet.read(raw)
        cleaned = {name: tuple(fields.read(name, one) for one in pair) for name, pair in change.fields.items()}
        return cls(cleaned, change.blocks, change.order_before, change.order_after)

    def for_merge(self) -> ChangeSet:
        pairs = {name: tuple(fields.for_merge(name, one) for one in pair) for name, pair in self.fields.items()}
        return ChangeSet(pairs, self.blocks, self.order_before, self.order_after)


def edit(story: Story, change: object, *, by: User, save: UUID, version: int = 0, door: str = "") -> Edited:
    """Lay `change`, the JSON of a change set, on `story` as it is now. No required field stops it.

    `save` names it: sent twice, it counts once. `version` is the one it began from, and says only what to answer with
    (0: everything). A published story is a draft from then on. What could not go in is in the clashes, and the story
    keeps theirs. Raises InvalidChange, InvalidDocument, NotAllowed or Refused, with the sentence for the editor;
    nothing is stored then.
    """
    read = _Change.read(change)
    known = Save.objects.filter(uuid=save).first()
    if known is None:
        with _met_at_once(), changing(story, "edit", by=by, door=door, fold=FOLD) as details:
            _check_theirs(story, by)
            known = Save.objects.filter(uuid=save).first()  # by the same save, sent twice at once
            if known is None:
                left = _lay(story, read, by=by, save=save)
                details["version"] = story.version
                return Edited(story.version, fresh(story, version, read, save=save), left)
    story.refresh_from_db()
    _check_theirs(story, by)
    if known.story_id != story.pk or known.by_id != (by.pk if by else None):
        raise Refused(_("A save goes by a name that is taken. Send it again under another."))
    return Edited(story.version, fresh(story, version, read, save=save), repeated=True)


def settle(clash: Clash, choice: str, *, by: User, version: int = 0) -> Edited:
    """Settle `clash` by `choice`: "theirs" leaves the story as it is, "mine" and "both" lay those words on it as it is
    now. If others wrote on meanwhile, that may leave a new clash. Choosing the same again changes nothing.

    Raises Settled if it was settled otherwise, else what `edit` raises.
    """
    story = clash.story
    if choice not in clashes.choices(clash):
        raise Refused(_("These two cannot be settled so: choose one of them."))
    with changing(story, "settle", by=by) as details:
        _check_theirs(story, by)
        clash.refresh_from_db(from_queryset=Clash.objects.select_for_update())
        if clash.settled_at and clash.choice != choice:
            raise Settled(_("Somebody has settled this already, and chose otherwise."))
        details |= {"clash": str(clash.uuid), "choice": choice}
        save, left = uuid4(), []
        if not clash.settled_at:
            clash.settled_at, clash.settled_by, clash.choice = timezone.now(), by, choice
            clash.save()
            made = clashes.change(clash, fields.held(story), State({}, story.body["content"]).order)
            if made is not None:
                left = _lay(story, _Change(made.fields, made.blocks, made.order_before, made.order_after), by, save)
        return Edited(story.version, fresh(story, version), left)


def fresh(story: Story, version: int, change: _Change | None = None, *, save: UUID | None = None) -> Fresh:
    """What `story` holds that a browser of `version` which sent `change` as `save` does not know of."""
    if change is None and 0 < version == story.version:
        return Fresh(False)
    held, blocks = fields.held(story), {block["attrs"]["id"]: block for block in story.body["content"]}
    order = list(blocks)
    rows = Save.objects.since(story, version)
    if rows is None:
        last = [Deed(story.changed_by, story.changed_at)] if story.changed_by else []
        return Fresh(True, held, blocks, order, last)
    names = {name for row in rows for name in row.changed["fields"]}
    ids = {name for row in rows for name in row.changed["blocks"]}
    moved = any(row.changed["order"] for row in rows)
    if change:
        names = (names | change.fields.keys()) - {n for n, pair in change.fields.items() if held[n] == pair[1]}
        ids = (ids | change.blocks.keys()) - {n for n, pair in change.blocks.items() if blocks.get(n) == pair[1]}
        moved = order != change.order_after if change.order_after or change.order_before else moved
    return Fresh(
        False,
        {name: held[name] for name in sorted(names)},
        {name: blocks.get(name) for name in sorted(ids)},
        order if ids or names or moved else None,
        _deeds((row for row in rows if row.uuid != save), names, ids),
    )


def _deeds(rows: Iterable[Save], names: set[str], ids: set[str]) -> list[Deed]:
    """Who did what of these fields and blocks, in order of their last save."""
    found: dict[int, Deed] = {}
    for row in rows:
        if row.by is None:
            continue
        earlier = found.pop(row.by_id, Deed(row.by, row.at))
        fields_done = [*earlier.fields, *(name for name in row.changed["fields"] if name in names)]
        blocks_done = [*earlier.blocks, *(name for name in row.changed["blocks"] if name in ids)]
        done = list(dict.fromkeys(fields_done)), list(dict.fromkeys(blocks_done))
        found[row.by_id] = Deed(row.by, row.at, *done)
    return list(found.values())


def _check_theirs(story: Story, by: User) -> None:
    stories.check_kept(story)
    if by and not story.changeable_by(by):
        raise NotAllowed(_("You may not change “%(story)s”: it is another's story.") % {"story": story})


@contextmanager
def _met_at_once() -> Iterator[None]:
    """Two saves that met in the database: sent again, the second finds what the first made."""
    try:
        yield
    except IntegrityError as error:
        raise Overtaken(_("Two saves met. Your text is still here; it is sent again.")) from error


def _lay(story: Story, change: _Change, by: User, save: UUID) -> list[Clash]:
    """Merge `change` into `story`, whose row is locked, and keep the save and its clashes. Gives the clashes."""
    before, was = fields.held(story), State({}, story.body.get("content", []))
    tags = fields.tags_by_uuid(before["tags"], *change.fields.get("tags", ()))
    now = State({name: fields.for_merge(name, value) for name, value in before.items()}, was.blocks)
    merged = clashes.within_limits(merge(now, change.for_merge()), now, change.for_merge())
    after = {name: fields.from_merge(name, value, tags) for name, value in merged.state.fields.items()}
    changed = {name: value for name, value in after.items() if value != before[name]}
    found = fields.content(story, changed, before, by=by)
    fields.refuse_others(story, clashes.pictures_brought_in(change.blocks))
    if merged.state.blocks != was.blocks:
        found["body"] = merged.state.body
    row = Save(uuid=save, story=story, by=by)
    if put(story, found):
        story.version += 1
        story.changed_by = by
        if story.status == Status.PUBLISHED:
            story.status = Status.DRAFT
        row.version, row.changed = story.version, _touched(changed, was, State({}, story.body["content"]))
        revisions.keep_autosave(story, by=by)
    row.save(force_insert=True)
    story.saves.filter(at__lt=timezone.now() - KEPT).delete()
    return [clashes.keep(story, one, change.order_after, by=by) for one in merged.clashes]


def _touched(changed: dict[str, Any], was: State, now: State) -> dict[str, Any]:
    one, other = was.by_id, now.by_id
    differing = [name for name in one | other if one.get(name) != other.get(name)]
    return {"fields": sorted(changed), "blocks": differing, "order": was.order != now.order}
