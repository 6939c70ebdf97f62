"""What two people made of one block: its kind, its attributes, its words with their marks, put into one."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from .blocks import NODES, InvalidDocument
from .cleaning import clean
from .rows import merge_uuids
from .threeway import join
from .tokens import Token, Unbalanced, build, of_block, with_content
from .values import Outcome, merge_value, merge_whole

# A story's row is locked while two versions of a block are laid side by side: what would take longer than a second is
# a clash, and an editor chooses. The words are those of all three versions; a seam is where a word has another before
# it than it had.
MOST_WORDS = 45_000
MOST_SEAMS = 8_000


def merge_block(base: dict | None, mine: dict, theirs: dict) -> Outcome:
    """One block of a body: its kind, its attributes, and its words with their marks."""
    if mine in (base, theirs):
        return Outcome(theirs)
    if theirs == base:
        return Outcome(mine)
    if too_much(base, mine, theirs):
        return Outcome(theirs, touched=True)
    base = base or {"type": mine["type"]}
    head = merge_head(base, mine, theirs)
    joined = join(*map(of_block, (base, mine, theirs)))
    merged = None if head.touched or joined.touched else _built(head.value, joined.tokens)
    if merged is None or (_ragged(merged) and not (_ragged(mine) or _ragged(theirs))):
        return Outcome(theirs, True, _built(head.value if head.both is None else head.both, joined.both))
    return Outcome(merged)


def too_much(*versions: dict | None) -> bool:
    """Whether the versions of a block (the first is what both sides began with) are too large, or differ too much, to
    be merged word by word while others wait."""
    base, *sides = [[word for text in _texts(block or {}) for word in text.split()] for block in versions]
    if len(base) + sum(map(len, sides)) > MOST_WORDS:
        return True
    known = set(pairwise(base))
    return sum(len(set(pairwise(side)) - known) for side in sides) > MOST_SEAMS


def _texts(node: dict) -> Iterator[str]:
    if "text" in node:
        yield node["text"]
    for inner in node.get("content", ()):
        yield from _texts(inner)


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
