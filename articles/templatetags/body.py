"""A body in a template: its HTML, its plain words, and mixed scripts in the lines around it."""

from collections.abc import Mapping

from django import template
from django.utils.safestring import SafeString

from articles.body import html
from articles.body.text import plain

register = template.Library()


@register.simple_tag
def render_body(
    document: dict,
    figures: Mapping[str, object],
    language: str,
    dateline: str = "",
    story_addresses: Mapping[str, str] | None = None,
    in_words: bool = False,
) -> SafeString:
    """`{% render_body body figures=figures language="en" dateline=dateline %}`: the body as readers see it, or with
    `in_words` as the text edition shows it."""
    return html.render(
        document,
        figures=figures,
        language=language,
        dateline=dateline or "",
        story_addresses=story_addresses or {},
        in_words=in_words,
    )


@register.filter
def both_scripts(words: str, language: str) -> SafeString:
    """`{{ caption|both_scripts:language }}`: words in the other script get their own language and direction."""
    return html.both_scripts(str(words or ""), language)


@register.filter
def plain_words(document: dict) -> str:
    """`{{ body|plain_words }}`: the body without markup."""
    return plain(document)
