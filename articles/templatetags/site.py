"""The readers' site in templates: the markup that stands on a page so often that it has to be made quickly."""

from functools import lru_cache

from django import template
from django.template import Context
from django.template.loader import get_template
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

register = template.Library()


@register.simple_tag
def picture_element(picture: object, sizes: str, first: bool = False, bare: bool = False) -> SafeString:
    """`{% picture_element picture sizes="100vw" %}`: a <picture> in every format there is.

    `picture` has `sources`, `src`, `srcset`, `width`, `height`, `alt` and `classes` (`articles.pages.pictures.Picture`
    does). The `first` of a page is fetched at once, all others when they come near. A `bare` one says nothing to those
    who cannot see it: the link beside it says all.
    """
    return _element(picture, sizes, bool(first), bool(bare), get_language() if picture.shield else "")


@lru_cache(maxsize=2_000)
def _element(picture: object, sizes: str, first: bool, bare: bool, language: str) -> SafeString:
    sources = "".join(
        f'<source type="{escape(mime)}" srcset="{escape(srcset)}" sizes="{escape(sizes)}">'
        for mime, srcset in picture.sources
    )
    classes = f' class="{escape(picture.classes)}"' if picture.classes else ""
    alt = "" if bare else escape(picture.alt)
    when = 'fetchpriority="high"' if first else 'loading="lazy" decoding="async"'
    shown = (
        f'<picture>{sources}<img{classes} src="{escape(picture.src)}" srcset="{escape(picture.srcset)}"'
        f' sizes="{escape(sizes)}" width="{picture.width}" height="{picture.height}" alt="{alt}" {when}></picture>'
    )
    return SafeString(_behind_shield(picture, shown) if picture.shield else shown)


def _behind_shield(picture: object, shown: str) -> str:
    """A sensitive picture: why, in words, over a few blurred pixels of it; opened by a click, without any script."""
    title, show, hide = (
        escape(words)
        for words in (
            gettext("A picture some may not wish to see"),
            gettext("Show the picture"),
            gettext("Hide it again"),
        )
    )
    warning = f"<b>{title}</b>{escape(picture.shield)}"
    return (
        f'<details class="shield"><summary><img class="veil" src="{escape(picture.preview)}" alt="" loading="lazy">'
        f'<span class="why">{warning}</span><span class="button show">{show}</span>'
        f'<span class="button hide">{hide}</span></summary>{shown}</details>'
    )


@register.simple_tag
def story_card(
    card: object, classes: str, level: str, standfirst: bool, line: str, sizes: str = "", first: bool = False
) -> SafeString:
    """`{% story_card card "side" "3" True "when" sizes="34vw" %}`: `parts/card.html`, made once for all pages.

    One story stands on the front, in its section, under its tags, with its authors, with the same words each time; what
    it shows is all in `card.face`, so a card that shows anything else is another card.
    """
    names = card.byline if line == "byline" else ""
    return _card(card.face, names, card.when, classes, level, bool(standfirst), line, sizes, bool(first))


@lru_cache(maxsize=5_000)
def _card(
    face: tuple, byline: str, when: str, classes: str, level: str, standfirst: bool, line: str, sizes: str, first: bool
) -> SafeString:
    path, headline, label, words, picture, iso = face
    context = {
        "path": path,
        "headline": headline,
        "label": label,
        "standfirst": words if standfirst else "",
        "picture": picture if sizes else None,
        "byline": byline,
        "iso": iso,
        "when": when if line else "",
        "classes": classes,
        "level": level,
        "sizes": sizes,
        "first": first,
    }
    return get_template("parts/card.html").template.render(Context(context))
