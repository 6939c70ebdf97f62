"""The merge: a save laid on a story as it is now, however long ago its editor began. No word is lost in it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from .blocks import NODES
from .blockwise import merge_block, merge_head, too_much
from .changes import ChangeSet, InvalidChange, State, changes
from .links import shown
from .rows import Clash, merge_each, merge_order, merge_rows
from .threeway import join
from .tokens import WORD, Token, Unbalanced, begin, blocks, build, of_block, with_content, words_of
from .values import merge_value
from .words import matches

__all__ = ["ChangeSet", "Clash", "InvalidChange", "Merged", "State", "changes", "merge"]

FEWEST_WORDS = 4  # of a paragraph that is looked for in the one it may have been joined to


@dataclass(frozen=True)
class Merged:
    """The story with the save in it, and what could not go in: there it keeps what it had."""

    state: State
    clashes: list[Clash] = field(default_factory=list)


def merge(now: State, change: ChangeSet) -> Merged:
    """`now` with `change` in it; neither is altered. Raises InvalidChange for a field no story has.

    Each field and each block goes by itself, three ways: what the change began from, what it made of it, what is
    stored now. Where only one side changed a thing, that is taken; where both did, word by word where no changes
    touch. Where they touch, or one took out what the other changed, or a block is too large to be laid side by side
    in a second, the story keeps theirs, and the clash mine.
    """
    fields, clashes = _fields(now.fields, change.fields)
    result, block_clashes = merge_each(change.blocks, now.by_id, merge_block)
    for clash in block_clashes:
        if too_much(clash.base, clash.mine, clash.theirs):
            clashes.append(replace(clash, kind="block"))
        elif (divided := _divided(clash, change, now)) is not None:
            result |= {block["attrs"]["id"]: block for block in divided}
        elif (joined := _joined(clash, change, result, block_clashes)) is not None:
            result[joined["attrs"]["id"]] = joined
            result.pop(clash.name, None)
        else:
            clashes.append(replace(clash, kind="block"))
    order = merge_order(change.order_before, change.order_after, now.order, result)
    return Merged(State(fields, [result[name] for name in order]), clashes)


def _fields(now: dict, changed: dict[str, tuple]) -> tuple[dict, list[Clash]]:
    fields, clashes = dict(now), []
    for name, (base, mine) in changed.items():
        if name not in now:
            raise InvalidChange(_("A story has no “%(name)s”.") % {"name": shown(name)})
        rows = merge_rows(name, base, mine, now[name])
        if rows is not None:
            fields[name], in_rows = rows
            clashes += in_rows
            continue
        outcome = merge_value(base, mine, now[name])
        fields[name] = outcome.value
        if outcome.touched:
            clashes.append(Clash("field", name, base, mine, now[name], outcome.both))
    return fields, clashes


def _divided(clash: Clash, change: ChangeSet, now: State) -> list[dict] | None:
    """The paragraphs one side made of one, with the other's changes in each; None if nobody divided it.

    The first keeps the id; those that follow it and carry its words on are laid beside it, parted by a sign of their
    own, so that what the other changed further down finds its place there.
    """
    base, mine, theirs = clash.base, clash.mine, clash.theirs
    if not all(block and NODES[block["type"]].inline for block in (base, mine, theirs)):
        return None
    brought = {name: pair[1] for name, pair in change.blocks.items() if pair[0] is None}
    known = set(change.order_before)
    stored = {name: block for name, block in now.by_id.items() if name not in known}
    both = brought.keys() & stored.keys()
    mine_parts = _parts((base, theirs), mine, _following(clash.name, change.order_after, brought, both))
    their_parts = _parts((base, mine), theirs, _following(clash.name, now.order, stored, both))
    if len(mine_parts) == len(their_parts) == 1:
        return None
    head = merge_head(base, mine, theirs)
    joined = join(of_block(base), _laid_out(mine_parts), _laid_out(their_parts))
    return None if head.touched or joined.touched else blocks(head.value, joined.tokens)


def _following(name: str, order: Sequence[str], new: dict[str, dict], in_both: set[str]) -> list[dict]:
    """The new paragraphs that stand right behind `name`."""
    following = []
    for other in order[order.index(name) + 1 :]:
        if other not in new or other in in_both or not NODES[new[other]["type"]].inline:
            break
        following.append(new[other])
    return following


def _parts(earlier: Sequence[dict], first: dict, following: list[dict]) -> list[dict]:
    """`first`, and those `following` it up to the last of whose words at least half stood in an `earlier` block."""
    rows = [words_of(of_block(block)) for block in (first, *following)]
    owners = [number for number, row in enumerate(rows) for _word in row]
    carrying = [0]
    for block in earlier:
        found = matches(words_of(of_block(block)), [word for row in rows for word in row])
        kept = Counter(owners[place] for _place, place in found)
        carrying += [number for number, row in enumerate(rows) if row and 2 * kept[number] >= len(row)]
    return [first, *following][: max(carrying) + 1]


def _laid_out(parts: list[dict]) -> list[Token]:
    first, *others = parts
    return [*of_block(first), *(token for block in others for token in (begin(block), *of_block(block)))]


def _joined(clash: Clash, change: ChangeSet, result: dict[str, dict], clashes: list[Clash]) -> dict | None:
    """The paragraph that one side joined this one to, with the other's changes in it; None if nobody joined it.

    It stood before this one, and holds the words this one began with, once.
    """
    edited = clash.mine or clash.theirs
    if (clash.mine and clash.theirs) or not clash.base or clash.name not in change.order_before:
        return None
    clashing = {other.name for other in clashes}
    earlier = reversed(change.order_before[: change.order_before.index(clash.name)])
    name = next((name for name in earlier if name in result or name in clashing), None)
    if name is None or name in clashing:
        return None
    first = result[name]
    if not all(NODES[block["type"]].inline for block in (first, clash.base, edited)):
        return None
    row, base = of_block(first), of_block(clash.base)
    place = _only_place(row, base)
    if place is None:
        return None
    joined = join(base, of_block(edited), row[place : place + len(base)])
    if joined.touched:
        return None
    try:
        return with_content(first, build([*row[:place], *joined.tokens, *row[place + len(base) :]]))
    except Unbalanced:
        return None


def _only_place(row: list[Token], part: list[Token]) -> int | None:
    """Where `part` stands in `row`, if it stands there once and is long enough to be no accident."""
    texts, wanted = [token.text for token in row], [token.text for token in part]
    if sum(token.kind == WORD for token in part) < FEWEST_WORDS:
        return None
    places = (place for place, text in enumerate(texts) if text == wanted[0])
    found = [place for place in places if texts[place : place + len(part)] == wanted]
    return found[0] if len(found) == 1 else None
