"""Clashes: kept until somebody chooses, lengthened while their writer types on, and made a change set when settled."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.contrib.auth.models import AbstractBaseUser

from articles.body import document
from articles.body.blockwise import merge_block
from articles.body.changes import ChangeSet, State
from articles.body.merge import Merged
from articles.body.rows import Clash as Found
from articles.body.values import merge_value
from articles.models import Choice, Clash, Role, Story

# Fields of which no half can be taken: half of each is neither.
WHOLE = ("kind", "language", "slug", "section")


def within_limits(merged: Merged, now: State, change: ChangeSet) -> Merged:
    """`merged`, where what each side could keep by itself but both together cannot is a clash: two lead pictures, or a
    text grown too long."""
    fields, found = dict(merged.state.fields), list(merged.clashes)
    for name, (base, mine) in change.fields.items():
        most = _most(name)
        if most and isinstance(fields[name], str) and len(fields[name]) > most >= len(mine):
            fields[name] = now.fields[name]
            found.append(Found("field", name, base, mine, now.fields[name]))
    rows, demoted = _one_lead(fields.get("attachments", []), now.fields.get("attachments", []))
    for row in demoted:
        lesser = row | {"role": Role.TEXT.value}
        found.append(Found("field", "attachments", lesser, row, lesser, item=row["uuid"]))
    if demoted:
        fields["attachments"] = rows
    found = [replace(one, both=None) if one.kind == "field" and one.name in WHOLE else one for one in found]
    return Merged(State(fields, merged.state.blocks), found)


def _most(name: str) -> int | None:
    return getattr(Story._meta.get_field(name), "max_length", None) if name not in ("tags", "authors") else None


def _one_lead(rows: list[dict], before: list[dict]) -> tuple[list[dict], list[dict]]:
    """`rows` with one lead at most: the one that was it before; and those that had to give way."""
    leads = [row for row in rows if row["role"] == Role.LEAD]
    was = {row["uuid"] for row in before if row["role"] == Role.LEAD}
    stays = next((row for row in leads if row["uuid"] in was), leads[0] if leads else None)
    # One save that makes another picture the lead sends both rows; only two editors can leave two.
    giving_way = [row for row in leads if row is not stays]
    return [row | {"role": Role.TEXT.value} if row in giving_way else row for row in rows], giving_way


def pictures_brought_in(blocks: dict[str, tuple]) -> list[str]:
    """The attachments shown in what changed `blocks` became, that were not in what they were."""
    was, became = (_pictures(pair[side] for pair in blocks.values()) for side in (0, 1))
    return [uuid for uuid in became if uuid not in was]


def _pictures(blocks: Iterable[dict | None]) -> list[str]:
    return document.attachments({"type": "doc", "content": [block for block in blocks if block]})


def keep(story: Story, found: Found, order: list[str], *, by: AbstractBaseUser | None) -> Clash:
    """Keep a clash that the merge found. Where its writer typed on in one that is still open, that one grows: no line
    of clashes for one paragraph, and none of its words lost."""
    place = order.index(found.name) if found.name in order else 0
    same = story.clashes.open().filter(by=by, kind=found.kind, name=found.name, item=found.item)
    for clash in same.order_by("-id"):
        if clash.mine == found.base:
            clash.mine, clash.theirs, clash.both = found.mine, found.theirs, _both(clash, found)
            clash.save()
            return clash
    return Clash.objects.create(story=story, by=by, behind=order[:place][::-1], **found.as_dict())


def _both(clash: Clash, found: Found) -> Any:
    """The two as they would stand together, from what both began with when the clash was new."""
    if found.both is None or clash.base is None or clash.item:
        return found.both
    outcome = (merge_block if clash.kind == "block" else merge_value)(clash.base, found.mine, found.theirs)
    return outcome.both if outcome.touched else outcome.value


def choices(clash: Clash) -> list[str]:
    """How `clash` can be settled. Two blocks that cannot become one can stand one behind the other."""
    two_blocks = clash.kind == "block" and clash.mine is not None and clash.theirs is not None
    found = [Choice.MINE, Choice.THEIRS]
    if clash.both is not None or two_blocks:
        found.append(Choice.BOTH)
    return [choice.value for choice in found]


def change(clash: Clash, held: dict[str, Any], order: list[str]) -> ChangeSet | None:
    """What the choice made in `clash` changes in a story with the fields `held` and the blocks in `order`; None if
    nothing. Its fields are as they travel."""
    if clash.choice == Choice.THEIRS:
        return None
    chosen = clash.both if clash.choice == Choice.BOTH else clash.mine
    if clash.kind == "block":
        return _change_of_block(clash, chosen, order)
    pair = (clash.theirs, chosen)
    return ChangeSet({clash.name: _rows(clash, chosen, held[clash.name]) if clash.item else pair})


def _change_of_block(clash: Clash, chosen: dict | None, order: list[str]) -> ChangeSet:
    name, others = clash.name, [one for one in order if one != clash.name]
    if clash.choice == Choice.BOTH and chosen is None:  # mine beneath theirs, as a block of its own
        name = document.new_id()
        block = clash.mine | {"attrs": clash.mine.get("attrs", {}) | {"id": name}}
        return ChangeSet({}, {name: (None, block)}, order, _behind(order, name, [clash.name, *clash.behind]))
    if clash.theirs is None:
        return ChangeSet({}, {name: (None, chosen)}, others, _behind(others, name, clash.behind))
    return ChangeSet({}, {name: (clash.theirs, chosen)}, order, others if chosen is None else order)


def _behind(order: list[str], name: str, earlier: list[str]) -> list[str]:
    """`order` with `name` behind the nearest of the `earlier` ones that still stands."""
    place = next((order.index(one) + 1 for one in earlier if one in order), 0)
    return [*order[:place], name, *order[place:]]


def _rows(clash: Clash, chosen: dict | None, now: list[dict]) -> tuple[list[dict], list[dict]]:
    """The row of the clash from theirs to the `chosen` one; if that is the lead picture, no other is any more."""
    lead = bool(chosen and chosen["role"] == Role.LEAD)
    before, after, places = [], [], [row["uuid"] for row in now]
    for row in now if clash.item in places else [*now, None]:
        if row is None or row["uuid"] == clash.item:
            before += [clash.theirs] if clash.theirs else []
            after += [chosen] if chosen else []
        else:
            before.append(row)
            after.append(row | {"role": Role.TEXT.value} if lead and row["role"] == Role.LEAD else row)
    return before, after
