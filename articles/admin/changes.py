"""What changed between two versions of a story, as the history's sheet shows it: words, blocks, pictures, fields."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext
from django.utils.translation import gettext as _

from articles.body import comparison, document
from articles.body.blocks import BLOCKS
from articles.body.diff import compare
from articles.models import Kind, Photo, Section, Story

from . import renditions
from .marks import marked, pair, words_of

LABELS = {
    "tags": gettext_lazy("Tags"),
    "authors": gettext_lazy("Byline"),
    "related": gettext_lazy("Related stories"),
    "attribution": gettext_lazy("Who said it"),
    "title": gettext_lazy("Title"),
    "url": gettext_lazy("Address"),
    "ordered": gettext_lazy("Numbered"),
    "credit": gettext_lazy("Credit"),
    "caption": gettext_lazy("Caption"),
    "alt": gettext_lazy("Alt text"),
}
OTHERS = {
    "crop": gettext_lazy("crop changed"),
    "role": gettext_lazy("other role"),
    "order": gettext_lazy("other place"),
    "decorative": gettext_lazy("decorative or not"),
}
PICTURES = ("attachment", "attachments")  # attributes that are shown as pictures


@dataclass(frozen=True)
class Row:
    """A field that changed: its label, and its words with what was taken out and added."""

    label: str
    words: SafeString
    lines: list[SafeString] = field(default_factory=list)


@dataclass(frozen=True)
class Picture:
    """A picture that was added, taken out or changed; `before` and `after` are addresses, "" where there is none."""

    kind: str
    label: str
    before: str
    after: str
    replaced: bool
    words: list[Row]


@dataclass(frozen=True)
class Block:
    """A block. `kind` is the style sheet's (edit, new, gone, moved, same); `count` says how many are folded."""

    kind: str
    label: str = ""
    id: str = ""
    type: str = ""
    lines: list[SafeString] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    undo: list[tuple[str, str]] = field(default_factory=list)  # its buttons: the deed, as `history` knows it, its words
    moved: str = ""
    count: str = ""
    folded: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Sheet:
    """The whole comparison. `headline` has its own changes in it."""

    count: int
    headline: SafeString
    rows: list[Row]
    pictures: list[Picture]
    blocks: list[Block]


KINDS = {comparison.ADDED: "new", comparison.REMOVED: "gone", comparison.CHANGED: "edit", comparison.MOVED: "moved"}


def sheet(story: Story, before: Mapping[str, Any], after: Mapping[str, Any]) -> Sheet:
    """The comparison of two snapshots of `story`, ready to be shown on the screen's language."""
    found = compare(before, after)
    shown = Pictures(before, after)
    headline = next((one for one in found.fields if one.name == "headline"), None)
    rows = [_field(one) for one in found.fields if one is not headline]
    if found.section:
        rows.append(Row(_("Section"), pair(*(_section(one) for one in found.section))))
    names = _names(found)
    rows += [_row(one, names) for one in found.rows]
    changed = [block for block in found.blocks if block.kind != comparison.SAME]
    in_text = set().union(*(picture.uuids for block in changed for picture in block.pictures))
    loose = [picture for picture in found.pictures if not picture.uuids & in_text]
    placed = set(document.attachments(before.get("body") or {"type": "doc"}))
    placed |= set(document.attachments(after.get("body") or {"type": "doc"}))
    # A picture that came or went with its block is shown there.
    loose = [one for one in loose if one.kind == comparison.CHANGED or not one.uuids & placed]
    return Sheet(
        found.count,
        words_of(headline.runs) if headline else SafeString(format_html("{}", after.get("headline") or _("Untitled"))),
        rows,
        [shown.change(one) for one in loose],
        [_folded(one, shown) if one.kind == comparison.FOLDED else _block(one, shown) for one in found.text],
    )


# -- Fields and lists


def _field(change: comparison.FieldChange) -> Row:
    if change.name == "kind":
        kinds = dict(Kind.choices)
        return Row(_("Kind"), pair(*(str(kinds.get(one, one or "")) for one in (change.before, change.after))))
    label = LABELS.get(change.name)
    if label is None:
        names = {one.name: one.verbose_name for one in Story._meta.get_fields() if hasattr(one, "verbose_name")}
        label = str(names.get(change.name, change.name))
        label = label[:1].upper() + label[1:]
    if not change.rows:
        return Row(str(label), pair(_plain(change.before), _plain(change.after)))
    lines = [words_of(row) for row in change.rows]
    return Row(str(label), lines[0], lines if len(lines) > 1 else [])


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else str(value)


def _row(change: comparison.RowsChange, names: Mapping[str, str]) -> Row:
    def named(row):
        return row["name"] if isinstance(row, Mapping) else names.get(row, _("a story that is gone"))

    words = [format_html("<bdi>{}</bdi>", named(row)) for row in change.kept]
    words += [marked(comparison.REMOVED, format_html("<bdi>{}</bdi>", named(row))) for row in change.removed]
    words += [marked(comparison.ADDED, format_html("<bdi>{}</bdi>", named(row))) for row in change.added]
    joined = format_html_join(SafeString(pgettext("between words of a list", ", ")), "{}", ((one,) for one in words))
    if change.reordered:
        joined = format_html('{} <span class="moved">{}</span>', joined, _("in another order"))
    return Row(str(LABELS[change.name]), joined)


def _names(found: comparison.Comparison) -> dict[str, str]:
    """The headlines of related stories by their uuids."""
    wanted = [row for one in found.rows if one.name == "related" for row in (*one.kept, *one.added, *one.removed)]
    if not wanted:
        return {}
    return {
        str(uuid): name or _("Untitled")
        for uuid, name in Story.objects.filter(uuid__in=wanted).values_list("uuid", "headline")
    }


def _section(said: Mapping[str, str] | None) -> str:
    if not said:
        return ""
    section = Section.objects.filter(uuid=said["uuid"]).prefetch_related("words").first()
    return section.name_in(get_language()) if section else said["slug"]


# -- Pictures


class Pictures:
    """The pictures of two versions: their addresses on the desk, asked for at once."""

    def __init__(self, before: Mapping[str, Any], after: Mapping[str, Any]):
        self.rows = {row["uuid"]: row for state in (before, after) for row in state.get("attachments") or []}
        wanted = {row["photo"] for state in (before, after) for row in state.get("attachments") or []}
        photos = Photo.objects.filter(uuid__in=wanted).defer("metadata")
        self.addresses = {str(photo.uuid): renditions.address(photo, 640) for photo in photos}

    def address(self, row: Mapping[str, Any] | None) -> str:
        return self.addresses.get(row["photo"], "") if row else ""

    def change(self, change: comparison.PictureChange) -> Picture:
        """A picture with what changed in it and beneath it."""
        was, now = self.address(change.before), self.address(change.after)
        if change.kind == comparison.ADDED:
            label = _("Picture added")
        elif change.kind == comparison.REMOVED:
            label = _("Picture taken out")
        else:
            said = [_("picture changed")] if change.replaced else []
            said += [_("words changed")] if change.words else []
            said += [str(OTHERS[name]) for name in change.others]
            label = pgettext("between words of a list", ", ").join(said)
            label = label[:1].upper() + label[1:]
        words = [_field(one) for one in change.words]
        if not words:
            row = change.after or change.before
            caption = (row.get("shown") or row).get("caption", "")
            words = [Row("", format_html("{}", caption))] if caption else []
        only = was == now or (not change.replaced and change.kind == comparison.CHANGED)
        return Picture(KINDS[change.kind], label, "" if only and now else was, now, change.replaced, words)

    def of_block(self, block: Mapping[str, Any], kind: str) -> list[Picture]:
        """The pictures of a block that came, went or moved as it is."""
        shown = document.attachments({"type": "doc", "content": [block]})
        found = []
        for row in (self.rows.get(uuid) for uuid in shown):
            address, caption = self.address(row), (row.get("shown") or row).get("caption", "") if row else ""
            words = [Row("", format_html("{}", caption))] if caption else []
            sides = (address, "") if kind == comparison.REMOVED else ("", address)
            found.append(Picture(KINDS[kind], "" if row else _("The picture is gone"), *sides, False, words))
        return found


# -- Blocks


def _block(change: comparison.BlockChange, shown: Pictures) -> Block:
    kind = change.block["type"]
    labels = {
        comparison.ADDED: _("Added"),
        comparison.REMOVED: _("Taken out"),
        comparison.CHANGED: _("Changed"),
        comparison.MOVED: "",
    }
    label = labels[change.kind]
    if kind != "paragraph" and label:
        label = _("%(block)s: %(change)s") % {"block": _kind(kind), "change": label.lower()}
    if change.turned:
        label = _("%(before)s became %(after)s") % {"before": _kind(change.before["type"]), "after": BLOCKS[kind].label}
    pictures = [shown.change(one) for one in change.pictures]
    if not pictures and kind in ("figure", "gallery"):
        pictures = shown.of_block(change.block, change.kind)
    lines = [words_of(row) for row in change.lines]
    if kind == "divider":
        lines = [_whole(change.kind, "* * *")]
    undo = {
        comparison.REMOVED: [("block", _("Put it back"))],
        comparison.CHANGED: [("block", _("Put back as it was"))],
        comparison.ADDED: [("out", _("Take it out again"))],
        comparison.MOVED: [],
    }[change.kind]
    if change.moved:
        undo.append(("place", _("Move it back")))
    return Block(
        KINDS[change.kind],
        label,
        change.id,
        kind,
        lines,
        [_field(one) for one in change.attributes if one.name not in PICTURES],
        pictures,
        undo,
        _moved(change) if change.moved else "",
    )


def _whole(kind: str, words: str) -> SafeString:
    return marked(kind, SafeString(words)) if kind in (comparison.ADDED, comparison.REMOVED) else SafeString(words)


def _kind(name: str) -> str:
    label = str(BLOCKS[name].label)
    return label[:1].upper() + label[1:]


def _moved(change: comparison.BlockChange) -> str:
    if change.stood_behind is None:
        return _("Moved up, from the start") if change.moved_up else _("Moved down, from the start")
    said = {"block": _short(change.stood_behind)}
    return (
        _("Moved up, from after “%(block)s”") % said
        if change.moved_up
        else _("Moved down, from after “%(block)s”") % said
    )


def _short(block: Mapping[str, Any]) -> str:
    words = " ".join(document.text_of(block).split())
    return (words[:40].rsplit(" ", 1)[0] + "…" if len(words) > 40 else words) or _kind(block["type"])


def _folded(piece: comparison.Folded, shown: Pictures) -> Block:
    number = len(piece.blocks)
    count = ngettext("%(count)d block unchanged", "%(count)d blocks unchanged", number) % {"count": number}
    return Block(
        "same", count=count, folded=[document.text_of(one) or f"[{_kind(one['type'])}]" for one in piece.blocks]
    )
