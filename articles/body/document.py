"""A story's body: a JSON document of blocks, made here and asked about here; `clean` is the only way in."""

from collections.abc import Iterator, Mapping, Sequence

from .blocks import BLOCKS, NODES, InvalidDocument
from .cleaning import clean, new_id, read

__all__ = ["InvalidDocument", "clean", "new_id", "read"]

Words = str | Sequence[dict]  # plain, or runs made with `text`

# Making


def empty() -> dict:
    """A body with nothing in it yet."""
    return {"type": "doc", "content": []}


def document(blocks: Sequence[dict]) -> dict:
    """The body made of `blocks`, cleaned. Raises InvalidDocument."""
    return clean({"type": "doc", "content": list(blocks)})


def text(words: str, *, bold: bool = False, italic: bool = False, link: str = "") -> dict:
    """A run of words inside a paragraph, with its marks."""
    marks: list[dict] = [{"type": "link", "attrs": {"href": link}}] if link else []
    marks += [{"type": name} for name, wanted in (("bold", bold), ("italic", italic)) if wanted]
    return {"type": "text", "text": words} | ({"marks": marks} if marks else {})


def paragraph(words: Words) -> dict:
    """A paragraph of plain words, or of runs made with `text`."""
    return _block("paragraph", _inline(words))


def crosshead(words: Words) -> dict:
    """A crosshead."""
    return _block("crosshead", _inline(words))


def quote(words: str | Sequence[Words], attribution: str = "") -> dict:
    """A quote said in the story: its paragraphs, and who said it."""
    return _block("quote", _paragraphs(words), attribution=attribution)


def pull_quote(words: str | Sequence[Words], attribution: str = "") -> dict:
    """Words of the story shown large beside it."""
    return _block("pull_quote", _paragraphs(words), attribution=attribution)


def bullet_list(items: Sequence[Words], *, ordered: bool = False) -> dict:
    """A list of one-paragraph items, numbered if `ordered`."""
    return _block("list", [_part("item", [_part("paragraph", _inline(item))]) for item in items], ordered=ordered)


def figure(attachment: object) -> dict:
    """The place of a picture; `attachment` is the uuid of the story's attachment."""
    return _block("figure", attachment=str(attachment))


def gallery(attachments: Sequence[object], title: str = "") -> dict:
    """A strip of pictures."""
    return _block("gallery", attachments=[str(attachment) for attachment in attachments], title=title)


def fact_box(title: str, content: Sequence[str | dict]) -> dict:
    """A box of facts: paragraphs (a string is one) and lists. A list of "Label: figure" becomes a table of figures."""
    return _block(
        "fact_box", [_part("paragraph", _inline(one)) if isinstance(one, str) else one for one in content], title=title
    )


def table(rows: Sequence[Sequence[Words]], caption: str = "", *, header: bool = True) -> dict:
    """A table of words; with `header`, the first row and each first cell are headings."""

    def cell(words: Words, row: int, column: int) -> dict:
        return _part("header" if header and (row == 0 or column == 0) else "cell", _inline(words))

    content = [
        _part("row", [cell(words, row, column) for column, words in enumerate(cells)]) for row, cells in enumerate(rows)
    ]
    return _block("table", content, caption=caption)


def embed(url: str, title: str = "") -> dict:
    """A link to something that plays elsewhere."""
    return _block("embed", url=url, title=title)


def divider() -> dict:
    """A pause in the text."""
    return _block("divider")


def _block(kind: str, content: list[dict] | None = None, **attrs: object) -> dict:
    return _part(kind, content) | {"attrs": {"id": new_id()} | attrs}


def _part(kind: str, content: list[dict] | None = None) -> dict:
    return {"type": kind} | ({"content": content} if content else {})


def _inline(words: Words) -> list[dict]:
    if isinstance(words, str):
        return [text(words)] if words else []
    return list(words)


def _paragraphs(words: str | Sequence[Words]) -> list[dict]:
    return [_part("paragraph", _inline(one)) for one in ([words] if isinstance(words, str) else words)]


# Copying


def copied(document: dict, attachments: Mapping[str, str]) -> dict:
    """The body as it stands in another story: blocks with ids of their own, pictures by their uuids there.

    `attachments` has the other story's uuid for each of this one's.
    """

    def renamed(node: dict) -> dict:
        attrs = {name: value for name, value in (node.get("attrs") or {}).items() if name != "id"}
        if "attachment" in attrs:
            attrs["attachment"] = attachments.get(attrs["attachment"], attrs["attachment"])
        if "attachments" in attrs:
            attrs["attachments"] = [attachments.get(uuid, uuid) for uuid in attrs["attachments"]]
        node = {name: value for name, value in node.items() if name != "attrs"} | ({"attrs": attrs} if attrs else {})
        return node | ({"content": list(map(renamed, node["content"]))} if "content" in node else {})

    return clean(renamed(document))


# Asking


def attachments(document: dict) -> list[str]:
    """The uuids of the pictures shown in the body, in its order, each once."""
    shown: dict[str, None] = {}
    for node in _nodes(document):
        attrs = node.get("attrs") or {}
        if node["type"] == "figure":
            shown[attrs["attachment"]] = None
        elif node["type"] == "gallery":
            shown |= dict.fromkeys(attrs["attachments"])
    return list(shown)


def links(document: dict) -> list[str]:
    """Where the body's links and embeds lead, in its order, each once."""
    found: dict[str, None] = {}
    for node in _nodes(document):
        if node["type"] == "embed":
            found[node["attrs"]["url"]] = None
        for mark in node.get("marks", ()):
            if mark["type"] == "link":
                found[mark["attrs"]["href"]] = None
    return list(found)


def words(document: dict) -> int:
    """How many words a reader reads; those of a pull quote, which the story says already, count once."""
    count = 0
    for block in document.get("content", ()):
        if not BLOCKS[block["type"]].repeats:
            count += sum(any(map(str.isalnum, word)) for piece in _pieces(block) for word in piece.split())
    return count


def text_of(node: dict) -> str:
    """The words in a block, a part of one or a whole body; a line for each paragraph, item or cell in it."""
    return "\n".join(piece for piece in _pieces(node) if piece)


def is_empty(document: dict) -> bool:
    """Whether there is nothing to read and nothing to see."""
    shows = {"figure", "gallery", "embed"}
    return not any(
        node["type"] in shows or node.get("text", "").strip() or any(map(str.strip, _read_attrs(node)))
        for node in _nodes(document)
    )


def inline_text(node: dict) -> str:
    """The words standing directly in a paragraph, crosshead or cell; a line break is a line break."""
    return "".join(child.get("text", "\n") for child in node.get("content", ()))


def _nodes(node: dict) -> Iterator[dict]:
    """`node` and all in it, in reading order, however deep."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(node.get("content", ())))


def _pieces(node: dict) -> Iterator[str]:
    for one in _nodes(node):
        kind = NODES.get(one["type"])
        if kind and kind.inline:
            yield inline_text(one)
        else:
            yield from _read_attrs(one)


def _read_attrs(node: dict) -> list[str]:
    """The words among a block's attributes: a title, an attribution."""
    kind = NODES.get(node["type"])
    attrs = node.get("attrs") or {}
    return [attrs.get(name, "") for name, attribute in kind.attrs.items() if attribute.read] if kind else []
