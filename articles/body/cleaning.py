"""The cleaner: a body comes in from anywhere, and goes on only if every piece of it is one we know."""

import json
import re
import secrets
import string
from collections.abc import Mapping

from django.utils.translation import gettext as _

from .blocks import BLOCKS, LISTS_DEEP, MARKS, NODES, REQUIRED, UNSTORED, Attribute, Block, InvalidDocument
from .characters import fit
from .links import shown

MOST_NODES = 50_000  # some fifty times a 20,000-word story
LIMIT_BYTES = 4_000_000  # some twenty times a 20,000-word story in Arabic

_ID = re.compile("[a-z0-9]{12}")
_ID_LETTERS = string.ascii_lowercase + string.digits
_EDITORS_NOTES = {"dir": UNSTORED}  # the editor marks every node's direction; the page finds its own


def new_id() -> str:
    """A fresh block id: twelve of [a-z0-9], by chance."""
    return "".join(secrets.choice(_ID_LETTERS) for _place in range(12))


def read(text: str, *, limit_bytes: int = LIMIT_BYTES) -> dict:
    """The body in `text`, JSON as a form posts it, cleaned. Raises InvalidDocument."""
    if len(text) > 2 * limit_bytes:
        raise _too_long()
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidDocument(_("The text of the story did not arrive whole.")) from error
    return clean(raw, limit_bytes=limit_bytes)


def clean(document: object, *, limit_bytes: int = LIMIT_BYTES) -> dict:
    """A normalised copy of `document`, which stays as it is.

    Every block gets an id if it has none of its own, equal neighbouring texts become one, empty ones go, characters
    that cannot be stored go. Raises InvalidDocument, naming it, for anything that is not in the tables of `blocks`,
    and for more than `limit_bytes` of JSON. Cleaning twice changes nothing more.
    """
    if not isinstance(document, dict) or document.get("type") != "doc":
        raise InvalidDocument(_("This is not the text of a story."))
    cleaner = _Cleaner(limit_bytes)
    cleaner.only(document, ("type", "attrs", "content"), _("the story"))
    cleaner.attrs({}, document, _("the story"))
    raw_blocks = cleaner.content(document, _("the story"))
    cleaner.taken = {_own_id(raw) for raw in raw_blocks} - {""}
    blocks, ids = [], set()
    for number, raw in enumerate(raw_blocks, 1):
        try:
            block = cleaner.node(raw, tuple(BLOCKS), None)
        except InvalidDocument as error:
            raise InvalidDocument(_("Block %(number)d: %(reason)s") % {"number": number, "reason": error}) from error
        own = _own_id(raw)
        # A block copied in the editor brings the id of the first; the first keeps it.
        block_id = own if own and own not in ids else new_id()
        ids.add(block_id)
        block["attrs"] = {"id": block_id} | block.get("attrs", {})
        blocks.append(block)
    cleaned = {"type": "doc", "content": blocks}
    if len(json.dumps(cleaned, ensure_ascii=False).encode()) > limit_bytes:
        raise _too_long()
    return cleaned


def _own_id(raw: object) -> str:
    attrs = raw.get("attrs") if isinstance(raw, dict) else None
    value = attrs.get("id") if isinstance(attrs, dict) else None
    return value if isinstance(value, str) and _ID.fullmatch(value) else ""


def _too_long() -> InvalidDocument:
    return InvalidDocument(_("The story is too long to be kept: divide it."))


class _Cleaner:
    """One cleaning: what it has counted so far, and the ids it has met."""

    def __init__(self, limit_bytes: int):
        self.limit_bytes = limit_bytes
        self.nodes = 0
        self.characters = 0
        self.taken: set[str] = set()

    def node(self, raw: object, allowed: tuple[str, ...], parent: Block | None, lists: int = 0) -> dict:
        """One node, its children with it. The tables let only lists nest, and `lists` counts those: no recursion
        goes deeper than some ten calls, whatever comes in."""
        self._count()
        kind = self._kind(raw, NODES)
        if kind.name not in allowed:
            raise InvalidDocument(
                _("“%(child)s” may not stand in “%(parent)s”.") % {"child": kind.label, "parent": parent.label}
                if parent
                else _("“%(child)s” may not stand by itself.") % {"child": kind.label}
            )
        lists += kind.name == "list"
        if lists > LISTS_DEEP:
            raise InvalidDocument(_("Lists may stand in each other %(deep)d deep at most.") % {"deep": LISTS_DEEP})
        self.only(raw, ("type", "attrs", "content"), kind.label)
        node = {"type": kind.name}
        attrs = self.attrs(kind.attrs, raw, kind.label)
        if parent and (own := _own_id(raw)) and own not in self.taken:
            self.taken.add(own)
            attrs = {"id": own} | attrs
        if attrs:
            node["attrs"] = attrs
        children = self.content(raw, kind.label)
        if kind.inline:
            if inline := self.inline(children):
                node["content"] = inline
        elif kind.children:
            if kind.needs and not children:
                raise InvalidDocument(_("“%(block)s” has nothing in it.") % {"block": kind.label})
            node["content"] = [self.node(child, kind.children, kind, lists) for child in children]
        elif children:
            raise InvalidDocument(_("Nothing may stand in “%(block)s”.") % {"block": kind.label})
        return node

    def inline(self, raw_children: list) -> list[dict]:
        """Words and line breaks, each with its marks; equal neighbours become one."""
        nodes: list[dict] = []
        for raw in raw_children:
            self._count()
            name = raw.get("type") if isinstance(raw, dict) else None
            if name == "text":
                self.only(raw, ("type", "text", "marks"), _("text"))
                words = self._text(raw.get("text"))
                if not words:
                    continue
                node = {"type": "text", "text": words}
            elif name == "hard_break":
                self.only(raw, ("type", "attrs", "marks"), _("line break"))
                self.attrs({}, raw, _("line break"))
                node = {"type": "hard_break"}
            else:
                kind = self._kind(raw, NODES)
                raise InvalidDocument(_("“%(child)s” may not stand among words.") % {"child": kind.label})
            if marks := self.marks(raw):
                node["marks"] = marks
            last = nodes[-1] if nodes else {}
            if name == "text" and last.get("type") == "text" and last.get("marks") == node.get("marks"):
                last["text"] += words
            else:
                nodes.append(node)
        return nodes

    def marks(self, raw: dict) -> list[dict]:
        """The marks of a run of words, in the order of the table, each once."""
        given = raw.get("marks")
        if given is None:
            return []
        if not isinstance(given, list):
            raise InvalidDocument(_("“%(value)s” is no list of marks.") % {"value": shown(given)})
        marks: dict[str, dict] = {}
        for raw_mark in given:
            self._count()
            name = raw_mark.get("type") if isinstance(raw_mark, dict) else raw_mark
            if not isinstance(name, str) or name not in MARKS:
                raise InvalidDocument(_("“%(name)s” is not a mark we know.") % {"name": shown(name)})
            self.only(raw_mark, ("type", "attrs"), MARKS[name].label) if isinstance(raw_mark, dict) else None
            mark = {"type": name}
            if attrs := self.attrs(MARKS[name].attrs, raw_mark, MARKS[name].label):
                mark["attrs"] = attrs
            if marks.setdefault(name, mark) != mark:
                raise InvalidDocument(_("The same words carry two links."))
        return [marks[name] for name in MARKS if name in marks]

    def attrs(self, declared: Mapping[str, Attribute], raw: dict, label: object) -> dict:
        """What `raw` says of itself, as declared; what is not given gets its default."""
        given = raw.get("attrs")
        if given is None:
            given = {}
        if not isinstance(given, dict):
            raise InvalidDocument(_("“%(value)s” is no set of attributes.") % {"value": shown(given)})
        for name in given:
            if name not in declared and name not in _EDITORS_NOTES and name != "id":
                raise InvalidDocument(
                    _("“%(block)s” has no attribute “%(name)s”.") % {"block": label, "name": shown(name)}
                )
        attrs = {}
        for name, attribute in declared.items():
            value = given.get(name)
            if value is None and attribute.default is not REQUIRED:
                value = attribute.default
            value = attribute.check(value)
            if attribute.stored:
                attrs[name] = value
                self.characters += len(value) if isinstance(value, str) else 0
        return attrs

    def content(self, raw: dict, label: object) -> list:
        """The children of `raw`, still uncleaned."""
        children = raw.get("content")
        if children is None:
            return []
        if not isinstance(children, list):
            raise InvalidDocument(
                _("“%(value)s” is no content for “%(block)s”.") % {"value": shown(children), "block": label}
            )
        return children

    def only(self, raw: dict, keys: tuple[str, ...], label: object) -> None:
        """Refuses anything beside `keys`."""
        for key in raw:
            if key not in keys and raw[key] not in (None, []):
                raise InvalidDocument(_("“%(block)s” may not hold “%(name)s”.") % {"block": label, "name": shown(key)})

    def _kind(self, raw: object, kinds: Mapping[str, Block]) -> Block:
        name = raw.get("type") if isinstance(raw, dict) else raw
        if not isinstance(name, str) or not isinstance(raw, dict) or name not in kinds:
            raise InvalidDocument(_("“%(name)s” is not a kind of block we know.") % {"name": shown(name)})
        return kinds[name]

    def _text(self, value: object) -> str:
        if not isinstance(value, str):
            raise InvalidDocument(_("“%(value)s” stands where words belong.") % {"value": shown(value)})
        self.characters += len(value)
        if self.characters > self.limit_bytes:
            raise _too_long()
        return fit(value)

    def _count(self) -> None:
        self.nodes += 1
        if self.nodes > MOST_NODES:
            raise _too_long()
