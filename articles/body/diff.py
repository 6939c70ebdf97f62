"""The comparison of two states of a story, snapshot by snapshot: every block, field, list and picture of both."""

from collections.abc import Iterable, Iterator, Mapping

from .blocks import NODES
from .comparison import (
    ADDED,
    CHANGED,
    MOVED,
    REMOVED,
    SAME,
    BlockChange,
    Comparison,
    FieldChange,
    PictureChange,
    RowsChange,
)
from .runs import compare_blocks, compare_texts, lines
from .words import rising

_ROWS = ("tags", "authors", "related")
_NOT_COMPARED = ("format", "sibling_key", "body", "section", "attachments", *_ROWS)
_PICTURE_WORDS = ("caption", "alt", "credit")


def compare(before: Mapping, after: Mapping) -> Comparison:
    """What was done between two snapshots. Those of editions carry the words readers were shown under a picture; where
    both do, these are compared, and otherwise the story's own."""
    pictures = list(_pictures(before.get("attachments") or [], after.get("attachments") or []))
    sections = before.get("section"), after.get("section")
    return Comparison(
        fields=list(_fields(before, after)),
        rows=list(_rows(before, after)),
        section=None if _uuid(sections[0]) == _uuid(sections[1]) else sections,
        pictures=pictures,
        blocks=_blocks(_content(before), _content(after), pictures),
    )


def _fields(before: Mapping, after: Mapping) -> Iterator[FieldChange]:
    for name in dict.fromkeys([*after, *before]):
        if name not in _NOT_COMPARED and before.get(name) != after.get(name):
            yield _field(name, before.get(name), after.get(name))


def _field(name: str, before: object, after: object) -> FieldChange:
    was, now = before or "", after or ""
    if isinstance(was, str) and isinstance(now, str):
        return FieldChange(name, before, after, [compare_texts(was, now)])
    if all(isinstance(value or [], list) and all(isinstance(one, str) for one in value or []) for value in (was, now)):
        return FieldChange(name, before, after, lines(compare_blocks(_as_block(was or []), _as_block(now or []))))
    return FieldChange(name, before, after)


def _as_block(texts: list[str]) -> dict:
    """Sub-heads as a row of paragraphs, to be compared as those of a block are."""
    rows = [{"type": "paragraph"} | ({"content": [{"type": "text", "text": text}]} if text else {}) for text in texts]
    return {"type": "quote", "content": rows}


def _rows(before: Mapping, after: Mapping) -> Iterator[RowsChange]:
    for name in _ROWS:
        was, now = ({_uuid(row): row for row in state.get(name) or []} for state in (before, after))
        kept = [uuid for uuid in now if uuid in was]
        if list(was) != list(now):
            yield RowsChange(
                name,
                kept=[now[uuid] for uuid in kept],
                added=[row for uuid, row in now.items() if uuid not in was],
                removed=[row for uuid, row in was.items() if uuid not in now],
                reordered=kept != [uuid for uuid in was if uuid in now],
            )


def _uuid(row: Mapping | str | None) -> str | None:
    return row["uuid"] if isinstance(row, Mapping) else row


def _pictures(before: Iterable[dict], after: Iterable[dict]) -> Iterator[PictureChange]:
    was, now = ({row["uuid"]: row for row in rows} for rows in (before, after))
    pairs = [(was.get(uuid), now.get(uuid)) for uuid in now | was]
    # A new lead picture takes the old one's place, though it is another attachment.
    gone = next((one for one, other in pairs if other is None and one["role"] == "lead"), None)
    come = next((other for one, other in pairs if one is None and other["role"] == "lead"), None)
    if gone and come:
        pairs = [pair for pair in pairs if pair not in ((gone, None), (None, come))]
        pairs.insert(0, (gone, come))
    common = [uuid for uuid in now if uuid in was]
    places = {uuid: place for place, uuid in enumerate(was)}
    still = {common[place] for place in rising([places[uuid] for uuid in common])}
    for one, other in pairs:
        if one is None or other is None:
            yield PictureChange(REMOVED if one else ADDED, one, other)
        elif change := _picture(one, other, other["uuid"] in was.keys() - still):
            yield change


def _picture(before: dict, after: dict, moved: bool) -> PictureChange | None:
    was, now = _words_under(before, after), _words_under(after, before)
    words = [
        FieldChange(name, was[name], now[name], [compare_texts(was[name], now[name])])
        for name in _PICTURE_WORDS
        if was.get(name, "") != now.get(name, "")
    ]
    others = [name for name in ("crop", "role") if before.get(name) != after.get(name)]
    others += ["order"] if moved else []
    others += ["decorative"] if was.get("decorative") != now.get("decorative") else []
    replaced = before["photo"] != after["photo"]
    return PictureChange(CHANGED, before, after, replaced, words, others) if words or others or replaced else None


def _words_under(row: dict, other: dict) -> dict:
    return row["shown"] if "shown" in row and "shown" in other else row


def _content(state: Mapping) -> dict[str, dict]:
    return {block["attrs"]["id"]: block for block in (state.get("body") or {}).get("content", ())}


def _blocks(before: dict[str, dict], after: dict[str, dict], pictures: list[PictureChange]) -> list[BlockChange]:
    places = {name: place for place, name in enumerate(before)}
    common = [name for name in after if name in before]
    still = {common[place] for place in rising([places[name] for name in common])}
    new_places = {name: place for place, name in enumerate(common)}
    old_places = {name: place for place, name in enumerate(name for name in before if name in after)}
    behind = dict(zip(list(before)[1:], before, strict=False))
    blocks = []
    for name in _both_orders(list(before), list(after)):
        was, now = before.get(name), after.get(name)
        moved = was is not None and now is not None and name not in still
        blocks.append(
            _block(name, was, now, pictures)
            if not moved
            else _block(
                name,
                was,
                now,
                pictures,
                moved=True,
                moved_up=new_places[name] < old_places[name],
                stood_behind=before.get(behind.get(name)),
            )
        )
    return blocks


def _both_orders(before: list[str], after: list[str]) -> list[str]:
    """The order of `after`; what was taken out stands behind the block it stood behind, if that is still there."""
    standing = set(after)
    gone: dict[str | None, list[str]] = {}
    last = None
    for name in before:
        if name in standing:
            last = name
        else:
            gone.setdefault(last, []).append(name)
    return [*gone.get(None, ()), *(one for name in after for one in (name, *gone.get(name, ())))]


def _block(name: str, was: dict | None, now: dict | None, pictures: list[PictureChange], **moved) -> BlockChange:
    if was is None or now is None:
        kind = ADDED if was is None else REMOVED
        return BlockChange(kind, name, was, now, compare_blocks(was, now), _attributes(was or {}, now or {}))
    shown = _shown(was) | _shown(now)
    changed = [picture for picture in pictures if shown and picture.uuids & shown]
    if was == now and not changed:
        return BlockChange(MOVED if moved else SAME, name, was, now, compare_blocks(was, now) if moved else [], **moved)
    return BlockChange(CHANGED, name, was, now, compare_blocks(was, now), _attributes(was, now), changed, **moved)


def _attributes(was: dict, now: dict) -> list[FieldChange]:
    before, after = was.get("attrs", {}), now.get("attrs", {})
    readable = {name for block in (was, now) if block for name, one in NODES[block["type"]].attrs.items() if one.read}
    return [
        _field(name, before.get(name), after.get(name))
        if name in readable
        else FieldChange(name, before.get(name), after.get(name))
        for name in dict.fromkeys([*after, *before])
        if name != "id" and before.get(name) != after.get(name)
    ]


def _shown(block: dict) -> set[str]:
    attrs = block["attrs"]
    return {attrs["attachment"]} if block["type"] == "figure" else set(attrs.get("attachments", ()))
