"""The blocks a body is made of, each declared once: the cleaner, the page and the text edition derive the rest."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import links
from .characters import fit
from .links import shown

INLINE = ("text", "hard_break")
LISTS_DEEP = 3
MOST_PICTURES = 200  # in one gallery
LONGEST_TITLE = 1000  # characters of a title, an attribution or a table's caption
REQUIRED = object()


class InvalidDocument(ValueError):
    """A body that may not be stored; its text is the sentence the editor reads."""


def _words(value: object) -> str:
    if not isinstance(value, str):
        raise InvalidDocument(_("“%(value)s” stands where words belong.") % {"value": shown(value)})
    words = fit(value).strip()
    if len(words) > LONGEST_TITLE:
        raise InvalidDocument(_("“%(words)s” is too long for a title.") % {"words": shown(words)})
    return words


def _yes_or_no(value: object) -> bool:
    if not isinstance(value, bool):
        raise InvalidDocument(_("“%(value)s” is neither yes nor no.") % {"value": shown(value)})
    return value


def _picture(value: object) -> str:
    if not links.is_uuid(value):
        raise InvalidDocument(_("There is a place for a picture, but no picture in it: choose one or remove it."))
    return str(UUID(value))


def _pictures(value: object) -> list[str]:
    if not isinstance(value, list) or not value:
        raise InvalidDocument(_("There is a gallery with no picture in it: choose some or remove it."))
    if len(value) > MOST_PICTURES:
        raise InvalidDocument(_("A gallery holds at most %(most)d pictures.") % {"most": MOST_PICTURES})
    return list(dict.fromkeys(_picture(one) for one in value))


def _address(value: object) -> str:
    try:
        return links.checked(value)
    except links.InvalidLink as error:
        raise InvalidDocument(str(error)) from error


def _web_address(value: object) -> str:
    address = _address(value)
    if not links.is_web(address):
        raise InvalidDocument(_("“%(link)s” cannot be embedded: give a web address.") % {"link": shown(address)})
    return address


def _single(value: object) -> int:
    if value != 1 or isinstance(value, bool):
        raise InvalidDocument(_("A table's cells may not be joined: readers on a phone or by ear lose their place."))
    return 1


def _let_go(value: object) -> None:
    return None


@dataclass(frozen=True)
class Attribute:
    """What a block says of itself: how it is checked, what stands if it is missing, whether it is stored and read."""

    check: Callable[[object], object]
    default: object = REQUIRED
    stored: bool = True
    read: bool = False  # words a reader reads


# What the editor notes for itself (direction, column widths, link targets): known, and not stored.
UNSTORED = Attribute(_let_go, None, stored=False)
TITLE = Attribute(_words, "", read=True)


@dataclass(frozen=True)
class Mark:
    """Something a run of words is: bold, a link."""

    name: str
    label: str
    tag: str
    attrs: Mapping[str, Attribute] = field(default_factory=dict)


@dataclass(frozen=True)
class Block:
    """One kind of block, or of a part inside one.

    `children` are the kinds that may stand in it (none: it stands whole, as a picture does), `needs` whether one
    must. `say` makes its words in the text edition, from its attributes and the words of its children.
    """

    name: str
    label: str
    children: tuple[str, ...] = ()
    attrs: Mapping[str, Attribute] = field(default_factory=dict)
    needs: bool = False
    repeats: bool = False  # its words are said elsewhere too (a pull quote)
    say: Callable[[dict, list[str]], str] = lambda attrs, parts: "\n".join(parts)

    @property
    def inline(self) -> bool:
        """Whether words stand in it directly."""
        return self.children is INLINE

    @property
    def template(self) -> str:
        """The reader's page's template of it."""
        return f"blocks/{self.name}.html"


def _say_quote(attrs: dict, parts: list[str]) -> str:
    return "\n".join([*parts, f"— {attrs['attribution']}"] if attrs.get("attribution") else parts)


def _say_list(attrs: dict, parts: list[str]) -> str:
    leads = [f"{number}. " if attrs.get("ordered") else "- " for number, _part in enumerate(parts, 1)]
    # A second line of an item, and a list inside it, stand under its first word.
    return "\n".join(lead + part.replace("\n", "\n  ") for lead, part in zip(leads, parts, strict=True))


def _say_titled(name: str) -> Callable[[dict, list[str]], str]:
    return lambda attrs, parts: "\n".join([attrs[name], *parts] if attrs.get(name) else parts)


def _say_embed(attrs: dict, parts: list[str]) -> str:
    return f"{attrs['title']}: {attrs['url']}" if attrs.get("title") else attrs["url"]


_QUOTED = {"children": ("paragraph",), "attrs": {"attribution": TITLE}, "needs": True, "say": _say_quote}

BLOCKS = {
    block.name: block
    for block in (
        Block("paragraph", gettext_lazy("paragraph"), INLINE),
        Block("crosshead", gettext_lazy("crosshead"), INLINE),
        Block("quote", gettext_lazy("quote"), **_QUOTED),
        Block("pull_quote", gettext_lazy("pull quote"), **_QUOTED, repeats=True),
        Block(
            "list",
            gettext_lazy("list"),
            ("item",),
            {"ordered": Attribute(_yes_or_no, False)},
            needs=True,
            say=_say_list,
        ),
        Block("figure", gettext_lazy("picture"), attrs={"attachment": Attribute(_picture)}),
        Block(
            "gallery",
            gettext_lazy("gallery"),
            attrs={"attachments": Attribute(_pictures), "title": TITLE},
            say=_say_titled("title"),
        ),
        Block(
            "table",
            gettext_lazy("table"),
            ("row",),
            {"caption": TITLE},
            needs=True,
            say=_say_titled("caption"),
        ),
        Block(
            "fact_box",
            gettext_lazy("fact box"),
            ("paragraph", "list"),
            {"title": TITLE},
            needs=True,
            say=_say_titled("title"),
        ),
        Block("embed", gettext_lazy("embed"), attrs={"url": Attribute(_web_address), "title": TITLE}, say=_say_embed),
        Block("divider", gettext_lazy("divider"), say=lambda attrs, parts: "* * *"),
    )
}

_CELL = {"colspan": Attribute(_single, 1, stored=False), "rowspan": Attribute(_single, 1, stored=False)}
_CELL |= {"colwidth": UNSTORED}

PARTS = {
    part.name: part
    for part in (
        Block("item", gettext_lazy("list item"), ("paragraph", "list"), needs=True),
        Block("row", gettext_lazy("table row"), ("header", "cell"), needs=True, say=lambda a, parts: " | ".join(parts)),
        Block("header", gettext_lazy("table heading"), INLINE, _CELL),
        Block("cell", gettext_lazy("table cell"), INLINE, _CELL),
    )
}

NODES = BLOCKS | PARTS

_LINK = {"href": Attribute(_address)} | dict.fromkeys(("target", "rel", "class", "title"), UNSTORED)

MARKS = {
    mark.name: mark
    for mark in (
        Mark("link", gettext_lazy("link"), "a", _LINK),
        Mark("bold", gettext_lazy("bold"), "strong"),
        Mark("italic", gettext_lazy("italic"), "em"),
        Mark("strike", gettext_lazy("struck through"), "s"),
        Mark("superscript", gettext_lazy("superscript"), "sup"),
        Mark("subscript", gettext_lazy("subscript"), "sub"),
    )
}
