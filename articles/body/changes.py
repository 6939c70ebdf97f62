"""A save: what was changed in a story, each text with the one it began from; and the story's state it is laid on."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from .cleaning import MOST_NODES, clean
from .links import shown

# What a snapshot holds that no save changes by its name: the body is changed block by block.
_NOT_FIELDS = ("format", "sibling_key", "body")

DEEPEST = 5  # lists and rows in one another in a field: pictures, a picture, its words, and room

Pair = tuple  # what it was, what it became


class InvalidChange(ValueError):
    """A save that cannot be taken; its text is the sentence the editor reads."""


@dataclass(frozen=True)
class State:
    """A story's fields, and the blocks of its body in order, cleaned."""

    fields: dict = field(default_factory=dict)
    blocks: list[dict] = field(default_factory=list)

    @classmethod
    def of(cls, snapshot: Mapping) -> "State":
        """The state kept in a snapshot."""
        fields = {name: value for name, value in snapshot.items() if name not in _NOT_FIELDS}
        return cls(fields, list(snapshot["body"].get("content", ())))

    @property
    def body(self) -> dict:
        """The blocks as a document."""
        return {"type": "doc", "content": self.blocks}

    @property
    def order(self) -> list[str]:
        """The blocks' ids."""
        return [block["attrs"]["id"] for block in self.blocks]

    @property
    def by_id(self) -> dict[str, dict]:
        """The blocks by their ids."""
        return {block["attrs"]["id"]: block for block in self.blocks}


@dataclass(frozen=True)
class ChangeSet:
    """For each changed field and block what it was and what it became (None: there was none, there is none now), and
    the order of all block ids before and after."""

    fields: dict[str, Pair] = field(default_factory=dict)
    blocks: dict[str, Pair] = field(default_factory=dict)
    order_before: list[str] = field(default_factory=list)
    order_after: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, raw: object) -> "ChangeSet":
        """The change set in `raw`, the JSON of `as_dict`, with its blocks cleaned.

        Raises InvalidChange for anything else, and InvalidDocument for a block that may not stand in a body.
        """
        raw = _mapping(raw)
        for name in raw:
            if name not in ("fields", "blocks", "order"):
                raise InvalidChange(_("A save has no “%(name)s”.") % {"name": shown(name)})
        fields = {_name(name): tuple(map(_shallow, _pair(pair))) for name, pair in _mapping(raw.get("fields")).items()}
        blocks = {name: _pair(pair) for name, pair in _mapping(raw.get("blocks")).items()}
        before, after = _pair(raw.get("order") or {"from": [], "to": []})
        before, after = _ids(before), _ids(after)
        _hold_together(blocks, set(before), set(after))
        was = _cleaned({name: pair[0] for name, pair in blocks.items()})
        became = _cleaned({name: pair[1] for name, pair in blocks.items()})
        return cls(fields, {name: (was.get(name), became.get(name)) for name in blocks}, before, after)

    def as_dict(self) -> dict:
        """This change set as JSON values."""
        return {
            "fields": {name: _as_dict(pair) for name, pair in self.fields.items()},
            "blocks": {name: _as_dict(pair) for name, pair in self.blocks.items()},
            "order": {"from": self.order_before, "to": self.order_after},
        }

    def __bool__(self) -> bool:
        return bool(self.fields or self.blocks or self.order_before != self.order_after)


def changes(before: State, after: State) -> ChangeSet:
    """What was done to `before` to make it `after`. The writing room does the same in the browser."""
    fields = {
        name: (before.fields.get(name), after.fields.get(name))
        for name in before.fields | after.fields
        if before.fields.get(name) != after.fields.get(name)
    }
    was, became = before.by_id, after.by_id
    blocks = {name: (was.get(name), became.get(name)) for name in was | became if was.get(name) != became.get(name)}
    return ChangeSet(fields, blocks, before.order, after.order)


def _as_dict(pair: Pair) -> dict:
    return {"from": pair[0], "to": pair[1]}


def _mapping(raw: object) -> dict:
    if raw is None:
        return {}
    if not isinstance(raw, dict) or not all(isinstance(name, str) for name in raw):
        raise InvalidChange(_("The save did not arrive whole: “%(value)s” is no set of names.") % {"value": shown(raw)})
    return raw


def _pair(raw: object) -> Pair:
    if not isinstance(raw, dict) or raw.keys() != {"from", "to"}:
        raise InvalidChange(_("The save did not arrive whole: a change says what was there and what is there now."))
    return raw["from"], raw["to"]


def _name(name: str) -> str:
    if name in _NOT_FIELDS:
        raise InvalidChange(_("“%(name)s” is not changed by its name.") % {"name": shown(name)})
    return name


def _shallow(value: object) -> object:
    """`value`, if it nests no deeper than any field of a story does."""
    level = [value]
    for _deep in range(DEEPEST):
        nests = [one for one in level if isinstance(one, dict | list)]
        level = [inner for one in nests for inner in (one.values() if isinstance(one, dict) else one)]
    if level:
        raise InvalidChange(_("The save did not arrive whole: a field holds lists in lists in lists."))
    return value


def _ids(raw: object) -> list[str]:
    if not isinstance(raw, list) or not all(isinstance(one, str) for one in raw) or len(raw) > MOST_NODES:
        raise InvalidChange(
            _("The save did not arrive whole: “%(value)s” is no order of blocks.") % {"value": shown(raw)}
        )
    if len(set(raw)) != len(raw):
        raise InvalidChange(_("The save has one block in two places."))
    return raw


def _hold_together(blocks: dict[str, Pair], before: set[str], after: set[str]) -> None:
    """Refuses an order without its blocks and blocks without their place."""
    for name, (was, became) in blocks.items():
        for block, order in ((was, before), (became, after)):
            if (block is not None) != (name in order):
                raise InvalidChange(_("The block “%(id)s” has no place in the save's order.") % {"id": shown(name)})
            attrs = block.get("attrs") if isinstance(block, dict) else None
            if block is not None and (not isinstance(attrs, dict) or attrs.get("id") != name):
                raise InvalidChange(_("The block “%(id)s” goes by another name.") % {"id": shown(name)})
    if unsaid := (before ^ after) - blocks.keys():
        raise InvalidChange(_("The save came without the block “%(id)s”.") % {"id": shown(min(unsaid))})


def _cleaned(blocks: dict[str, object]) -> dict[str, dict]:
    """The blocks by the ids they came with."""
    named = {name: block for name, block in blocks.items() if block is not None}
    cleaned = clean({"type": "doc", "content": list(named.values())})["content"]
    for name, block in zip(named, cleaned, strict=True):
        if block["attrs"]["id"] != name:  # no id of ours, so the cleaner gave another
            raise InvalidChange(_("“%(id)s” is no name of a block.") % {"id": shown(name)})
    return dict(zip(named, cleaned, strict=True))
