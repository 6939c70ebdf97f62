"""Marks: words as they are shown where two versions meet, with what was added and taken out, also to who listens."""

from collections.abc import Iterable
from itertools import groupby

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from articles.body import comparison
from articles.body.blocks import MARKS
from articles.body.runs import Run


def words_of(runs: Iterable[Run]) -> SafeString:
    """Runs as HTML; neighbours that met with the same fate are one <ins> or <del>, however they look."""
    parts = []
    for kind, group in groupby(runs, lambda run: run.kind):
        words = SafeString("".join(map(_run, group)))
        parts.append(words if kind == comparison.SAME else marked(kind, words))
    return SafeString("".join(parts))


def _run(run: Run) -> SafeString:
    if run.parts:
        is_cell = bool(run.text.strip())
        return SafeString(" | " if is_cell else "" if run.kind == comparison.SAME else "¶")
    words = format_html("{}", run.text)
    for name in run.marks:
        words = format_html("<{}>{}</{}>", *_tag(name, words))
    if run.link:
        words = format_html('<u title="{}">{}</u>', run.link, words)
    if run.restyled and run.kind == comparison.SAME:
        said = format_html('<span class="vh" lang="{}"> {} </span>', get_language(), _("(looks otherwise)"))
        return format_html('<span class="restyled" title="{}">{}</span>{}', _("looks otherwise"), words, said)
    return words


def _tag(name: str, words: SafeString) -> tuple[SafeString, SafeString, SafeString]:
    tag = mark_safe(MARKS[name].tag)
    return tag, words, tag


def marked(kind: str, words: SafeString) -> SafeString:
    """Words added or taken out. Colour and line say nothing to who listens: it is said, in the screen's language."""
    tag = SafeString("ins" if kind == comparison.ADDED else "del")
    begins, ends = (
        (_("added:"), _("end of added")) if kind == comparison.ADDED else (_("taken out:"), _("end of taken out"))
    )
    said = '<span class="vh" lang="{}"> {} </span>'
    language = get_language()
    return format_html(
        "<{}>{}{}{}</{}>", tag, format_html(said, language, begins), words, format_html(said, language, ends), tag
    )


def pair(before: str, after: str) -> SafeString:
    """Two values that are no text of which words could have stayed."""
    was = marked(comparison.REMOVED, format_html("{}", before)) if before else SafeString("")
    now = marked(comparison.ADDED, format_html("{}", after)) if after else SafeString("")
    return format_html("{} {}", was, now)
