"""The reader's HTML of a body: a walk over its blocks, each through its own small template."""

from collections.abc import Mapping
from itertools import groupby

from django.template import Context
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import override

from . import embeds, links
from .blocks import BLOCKS, MARKS, Block
from .document import inline_text
from .scripts import both_scripts
from .text import once_only

__all__ = ["both_scripts", "render"]

LONGEST_LABEL = 60  # characters before the colon of a figure in a fact box
# What the text edition shows otherwise: a picture is a link with its caption.
IN_WORDS = {"figure": "text/figure.html", "gallery": "text/gallery.html"}


def render(
    document: dict,
    *,
    figures: Mapping[str, object],
    language: str,
    dateline: str = "",
    story_addresses: Mapping[str, str] = {},
    in_words: bool = False,
) -> SafeString:
    """The body as readers see it, in `language`; `document` is one that `clean` gave.

    `figures` has for each attachment's uuid an object with `picture`, `caption` and `credit`; a figure that is not
    in it is left out. `dateline` opens the first paragraph. `story_addresses` has the address of each story a link
    names by its uuid; where there is none, the words stay and the link goes. `in_words` is the text edition: no
    picture, and no pull quote that says again what the story says.
    """
    with override(language):
        page = _Page(figures, language, dateline, story_addresses, in_words)
        blocks = once_only(document) if in_words else document.get("content", ())
        return SafeString("\n".join(filter(None, map(page.block, blocks))))


class _Page:
    """One rendering of one body."""

    def __init__(
        self,
        figures: Mapping[str, object],
        language: str,
        dateline: str,
        addresses: Mapping[str, str],
        in_words: bool = False,
    ):
        self.figures = figures
        self.language = language
        self.dateline = dateline
        self.addresses = addresses
        self.in_words = in_words
        self.templates: dict[str, object] = {}

    def block(self, node: dict) -> str:
        """A block's HTML; nothing for one that has nothing to show."""
        kind = BLOCKS.get(node["type"])
        context = getattr(self, f"_{kind.name}")(node) if kind else None
        if context is None:
            return ""
        template = self.templates.get(kind.name)
        if template is None:
            template = self.templates[kind.name] = get_template(self._template(kind)).template
        return template.render(Context(context)).strip()

    def words(self, node: dict) -> str:
        """The words standing directly in `node`, escaped, with their marks. Words under one link stay one link."""
        content = node.get("content", ())
        if len(content) == 1 and "marks" not in content[0] and "text" in content[0]:
            return both_scripts(content[0]["text"], self.language)
        html = []
        for href, run in groupby(content, _href):
            inside = "".join(map(self._marked, run))
            html.append(self._linked(href, inside) if href else inside)
        return SafeString("".join(html))

    def caption(self, figure: object) -> dict:
        """What the templates show of a picture."""
        return {
            "picture": figure.picture,
            "caption": both_scripts(str(figure.caption or ""), self.language),
            "credit": both_scripts(str(figure.credit or ""), self.language),
        }

    def _marked(self, node: dict) -> str:
        html = both_scripts(node["text"], self.language) if "text" in node else "<br>"
        for mark in reversed(node.get("marks", ())):
            if mark["type"] != "link" and mark["type"] in MARKS and "text" in node:
                tag = MARKS[mark["type"]].tag
                html = f"<{tag}>{html}</{tag}>"
        return html

    def _linked(self, href: str, html: str) -> str:
        if href.startswith(links.STORY):
            href = self.addresses.get(href.removeprefix(links.STORY), "")
        if not links.is_safe(href):
            return html
        out = ' rel="noopener"' if links.is_web(href) else ""
        return f'<a href="{both_scripts(href, "")}"{out}>{html}</a>'

    def _template(self, kind: Block) -> str:
        return IN_WORDS.get(kind.name, kind.template) if self.in_words else kind.template

    # What each block's template is given; None where there is nothing to show

    def _paragraph(self, node: dict) -> dict | None:
        words = self.words(node)
        if not words.strip():
            return None
        dateline, self.dateline = self.dateline, ""
        return {"words": words, "dateline": dateline}

    def _crosshead(self, node: dict) -> dict | None:
        words = self.words(node)
        return {"words": words} if words.strip() else None

    def _quote(self, node: dict) -> dict | None:
        paragraphs = list(filter(str.strip, map(self.words, node["content"])))
        attribution = both_scripts(node["attrs"]["attribution"], self.language)
        return {"paragraphs": paragraphs, "attribution": attribution} if paragraphs else None

    _pull_quote = _quote

    def _list(self, node: dict) -> dict:
        return {"ordered": node["attrs"]["ordered"], "items": [self._item(item) for item in node["content"]]}

    def _item(self, node: dict) -> str:
        parts = node["content"]
        # Most items are one paragraph, and stand without its tag; so does the line a list inside an item hangs on.
        alone = sum(part["type"] == "paragraph" for part in parts) == 1
        html = [self.words(part) if alone and part["type"] == "paragraph" else self._inside(part) for part in parts]
        return SafeString("".join(html))

    def _inside(self, node: dict) -> str:
        """A paragraph or a list inside another block: no dateline there."""
        if node["type"] == "paragraph":
            words = self.words(node)
            return SafeString(f"<p>{words}</p>") if words.strip() else ""
        return SafeString(self.block({"attrs": {"ordered": False}} | node))

    def _figure(self, node: dict) -> dict | None:
        figure = self.figures.get(node["attrs"]["attachment"])
        return self.caption(figure) if figure is not None else None

    def _gallery(self, node: dict) -> dict | None:
        found = map(self.figures.get, node["attrs"]["attachments"])
        figures = [self.caption(figure) for figure in found if figure is not None]
        return {"title": node["attrs"]["title"], "figures": figures} if figures else None

    def _table(self, node: dict) -> dict:
        rows = [[self._cell(cell) for cell in row["content"]] for row in node["content"]]
        heads = 0
        while heads < len(rows) and all(cell["header"] for cell in rows[heads]):
            heads += 1
        # A table of headings only is a table whose editor marked too much: it keeps its first row as the head.
        heads = heads if heads < len(rows) else min(1, len(rows) - 1)
        caption = both_scripts(node["attrs"]["caption"], self.language)
        return {"caption": caption, "head": rows[:heads], "body": rows[heads:]}

    def _cell(self, node: dict) -> dict:
        return {"words": self.words(node), "header": node["type"] == "header"}

    def _fact_box(self, node: dict) -> dict:
        parts = [{"figures": _figures_in(part)} if _figures_in(part) else {"html": part} for part in node["content"]]
        for part in parts:
            if "html" in part:
                part["html"] = self._inside(part["html"])
            else:
                part["figures"] = [tuple(map(self.words, pair)) for pair in part["figures"]]
        title = both_scripts(node["attrs"]["title"], self.language)
        return {"id": node["attrs"].get("id", ""), "title": title, "parts": parts}

    def _embed(self, node: dict) -> dict | None:
        url, title = node["attrs"]["url"], node["attrs"]["title"]
        if not links.is_safe(url):
            return None
        title = both_scripts(title, self.language)
        return {"url": url, "title": title, "host": links.host(url), "provider": embeds.provider(url)}

    def _divider(self, node: dict) -> dict:
        return {}


def _href(node: dict) -> str:
    for mark in node.get("marks", ()):
        if mark["type"] == "link":
            return mark["attrs"]["href"]
    return ""


def _figures_in(node: dict) -> list[tuple[dict, dict]]:
    """The pairs of a list whose every item reads "Label: figure", each side as a paragraph; else none."""
    if node["type"] != "list" or node["attrs"]["ordered"]:
        return []
    pairs = [_pair(item["content"]) for item in node["content"]]
    return pairs if all(pairs) else []


def _pair(parts: list[dict]) -> tuple[dict, dict] | None:
    first = (parts[0].get("content") or [{}])[0]
    label, colon, rest = first.get("text", "").partition(": ")
    if len(parts) > 1 or not colon or not label.strip() or len(label) > LONGEST_LABEL:
        return None
    figure = {"content": [first | {"text": rest}, *parts[0]["content"][1:]]}
    return ({"content": [first | {"text": label}]}, figure) if inline_text(figure).strip() else None
