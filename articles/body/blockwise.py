"""What two people made of one block: its kind, its attributes, its words with their marks, put into one."""

from collections.abc import Sequence

from .blocks import NODES, InvalidDocument
from .cleaning import clean
from .rows import merge_uuids
from .threeway import join
from .tokens import Token, Unbalanced, build, of_block, with_content
from .values import Outcome, merge_value, merge_whole


def merge_block(base: dict | None, mine: dict, theirs: dict) -> Outcome:
    """One block of a body: its kind, its attributes, and its words with their marks."""
    if mine in (base, theirs):
        return Outcome(theirs)
    if theirs == base:
        return Outcome(mine)
    base = base or {"type": mine["type"]}
    head = merge_head(base, mine, theirs)
    joined = join(*map(of_block, (base, mine, theirs)))
    merged = None if head.touched or joined.touched else _built(head.value, joined.tokens)
    if merged is None or (_ragged(merged) and not (_ragged(mine) or _ragged(theirs))):
        return Outcome(theirs, True, _built(head.value if head.both is None else head.both, joined.both))
    return Outcome(merged)


def merge_head(base: dict, mine: dict, theirs: dict) -> Outcome:
    """A block without what stands in it: its kind and its attributes, each by itself."""
    kind = merge_whole(base["type"], mine["type"], theirs["type"])
    declared = NODES[kind.value].attrs
    attrs, both, touched = {}, {}, kind.touched
    for name in _names(theirs, mine):
        three = [one.get("attrs", {}).get(name) for one in (base, mine, theirs)]
        if name in declared and declared[name].read:
            outcome = merge_value(*(one or "" for one in three))
        elif name == "attachments":
            outcome = Outcome(merge_uuids(*(one or [] for one in three)))
        else:
            outcome = merge_whole(*three)
        touched = touched or outcome.touched
        if outcome.value is not None:
            attrs[name] = outcome.value
            both[name] = outcome.value if outcome.both is None else outcome.both
    head = {"type": kind.value}
    return Outcome(head | {"attrs": attrs}, touched, head | {"attrs": both} if touched else None)


def _names(*blocks: dict) -> list[str]:
    return list(dict.fromkeys(name for block in blocks for name in block.get("attrs", {})))


def _built(head: dict, tokens: Sequence[Token]) -> dict | None:
    """The block these make, or None where the cleaner would not let it in."""
    try:
        return clean({"type": "doc", "content": [with_content(head, build(tokens))]})["content"][0]
    except (Unbalanced, InvalidDocument):
        return None


def _ragged(block: dict) -> bool:
    """Whether the rows of a table are of different lengths."""
    return block["type"] == "table" and len({len(row.get("content", ())) for row in block["content"]}) > 1
