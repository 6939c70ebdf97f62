"""Things with names of their own (blocks, tags, pictures) that two people changed, put into one row of them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from .links import is_uuid
from .values import Outcome, merge_value
from .words import rising


@dataclass(frozen=True)
class Clash:
    """Two changes that touch: what both began from, mine, theirs (which the story keeps), and both as they would
    stand together (None where they cannot).

    `kind` is "block" or "field", `name` the block's id or the field's name, `item` the uuid of the row in a field that
    is a list of rows (a tag, an author, a picture of the story).
    """

    kind: str
    name: str
    base: object
    mine: object
    theirs: object
    both: object = None
    item: str = ""

    def as_dict(self) -> dict:
        """The clash as JSON values."""
        return dict(vars(self))


def merge_each(
    changed: Mapping[str, tuple], now: Mapping[str, object], one: Callable[..., Outcome]
) -> tuple[dict[str, object], list[Clash]]:
    """Each thing by itself, with `one` where both changed it; a clash where one took out what the other changed."""
    result, clashes = dict(now), []
    for name, (base, mine) in changed.items():
        theirs = now.get(name)
        if mine in (base, theirs):
            continue
        if theirs == base:
            outcome = Outcome(mine)
        elif mine is None or theirs is None:
            outcome = Outcome(theirs, touched=True)
        else:
            outcome = one(base, mine, theirs)
        if outcome.touched:
            clashes.append(Clash("", name, base, mine, theirs, outcome.both))
        elif outcome.value is None:
            result.pop(name, None)
        else:
            result[name] = outcome.value
    return result, clashes


def merge_order(before: Sequence[str], after: Sequence[str], now: Sequence[str], standing: Iterable[str]) -> list[str]:
    """The order of all that is `standing`: as it is `now`, with what one side moved or brought in put behind the same
    neighbour as there. Where both moved one thing, the change that comes in later is followed."""
    standing = set(standing)
    places = {name: place for place, name in enumerate(before)}
    common = [name for name in after if name in places]
    still = {common[place] for place in rising([places[name] for name in common])}
    moved = set(common) - still
    kept = [name for name in now if name in standing and name not in moved]
    fixed = set(kept)
    behind: dict[str | None, str] = {}
    last = None
    for name in after:
        if name in standing:
            if name not in fixed:
                behind[last] = name
            last = name
    order: list[str] = []
    for name in (None, *kept):
        order += [] if name is None else [name]
        while name in behind:
            name = behind[name]
            order.append(name)
    return order


def merge_rows(name: str, base: list, mine: list, theirs: list) -> tuple[list, list[Clash]] | None:
    """A field that is a list of uuids or of rows with uuids: each by itself, then their order. None for other fields.

    Rows that carry their `order` as a number, as pictures do, are counted afresh where it no longer rises.
    """
    if all(_are_uuids(one) for one in (base, mine, theirs)):
        return merge_uuids(base, mine, theirs), []
    if not all(_are_rows(one) for one in (base, mine, theirs)):
        return None
    was, become, now = ({row["uuid"]: row for row in rows} for rows in (base, mine, theirs))
    changed = {uuid: (was.get(uuid), become.get(uuid)) for uuid in was | become}
    result, clashes = merge_each(changed, now, _merge_row)
    order = merge_order(list(was), list(become), list(now), result)
    clashes = [replace(clash, kind="field", name=name, item=clash.name) for clash in clashes]
    merged = [result[uuid] for uuid in order]
    counts = [row.get("order", 0) for row in merged]
    if counts != sorted(counts):
        merged = [row | {"order": place} for place, row in enumerate(merged)]
    return merged, clashes


def merge_uuids(base: list[str], mine: list[str], theirs: list[str]) -> list[str]:
    """A list of uuids: what either side brought in and took out, without a clash."""
    changed = {one: (one if one in base else None, one if one in mine else None) for one in {*base, *mine}}
    result, _clashes = merge_each(changed, {one: one for one in theirs}, lambda *_sides: Outcome(None))
    return merge_order(base, mine, theirs, result)


def _merge_row(base: Mapping | None, mine: Mapping, theirs: Mapping) -> Outcome:
    """A row of a field: each of its values by itself."""
    row, both, touched = {}, {}, False
    for name in dict.fromkeys([*theirs, *mine]):
        outcome = merge_value((base or {}).get(name), mine.get(name), theirs.get(name))
        touched = touched or (outcome.touched and name != "order")
        row[name] = outcome.value
        both[name] = outcome.value if outcome.both is None else outcome.both
    return Outcome(theirs, True, both) if touched else Outcome(row)


def _are_rows(value: object) -> bool:
    return isinstance(value, list) and _are_uuids([row.get("uuid") if isinstance(row, dict) else None for row in value])


def _are_uuids(value: object) -> bool:
    return isinstance(value, list) and all(map(is_uuid, value)) and len(set(value)) == len(value)
