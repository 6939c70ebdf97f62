"""The preview: a story's working copy in the site's own clothes, for who may see the story and nobody else."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template import Context
from django.template.loader import get_template
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import get_language, get_language_info, gettext_lazy, override
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin

from articles.body.text import plain
from articles.models import Story
from articles.pages import show
from articles.pages.meta import DESCRIPTION_LENGTH
from newsroom.security import framed, framing

from . import renditions

# The frames one looks at it in, as the style sheet knows them: 390 pixels wide, 820, and that of the text edition.
WIDTHS = {"phone": gettext_lazy("Phone"), "tablet": gettext_lazy("Tablet"), "text": gettext_lazy("Text only")}


def view(request: HttpRequest, story: Story) -> HttpResponse:
    """The page as it would be published now, in the story's language; in no index and in no cache."""
    language = get_language()
    said = {
        "preview_words": _("Preview: readers do not see this."),
        "preview_language": language,
        "preview_direction": "rtl" if get_language_info(language)["bidi"] else "ltr",
        "back": reverse("admin:articles_story_change", args=[story.pk]),
        "back_words": _("Back to writing"),
        "ways": _ways(story, "desktop"),
    }
    return _discreet(_page(story, "admin/articles/story/preview.html", said))


@framed
@xframe_options_sameorigin
def page(request: HttpRequest, story: Story) -> HttpResponse:
    """The page alone, for the frame of a narrower screen: the one address that another page of ours may frame."""
    return _discreet(_page(story, "pages/story.html", {}))


@framed
@xframe_options_sameorigin
def text(request: HttpRequest, story: Story) -> HttpResponse:
    """The text edition alone, for its frame."""
    return _discreet(_page(story, "text/story.html", {}))


@framing
def narrow(request: HttpRequest, story: Story, context: dict, width: str) -> HttpResponse:
    """The page as wide as on a phone or a tablet, or its text edition."""
    framed = "articles_story_preview_text" if width == "text" else "articles_story_preview_page"
    said = {
        "width": width,
        "framed": reverse(f"admin:{framed}", args=[story.pk]),
        "ways": _ways(story, width),
    }
    return _discreet(TemplateResponse(request, "admin/articles/story/preview_width.html", context | said))


def card(request: HttpRequest, story: Story, context: dict) -> HttpResponse:
    """What other sites show when somebody passes the story on."""
    pictures = list(story.attachments.select_related("photo"))
    lead = next((row for row in pictures if row.role == "lead"), pictures[0] if pictures else None)
    said = {
        "ways": _ways(story, "card"),
        "picture": renditions.address(lead.photo, 960) if lead else "",
        "alt": lead.shown_words(story.language).alt if lead else "",
        "host": settings.SITE_ADDRESS.partition("://")[2],
        "description": story.summary or Truncator(" ".join(plain(story.body).split())).chars(DESCRIPTION_LENGTH),
        "surface": {"lang": story.language, "dir": "rtl" if get_language_info(story.language)["bidi"] else "ltr"},
    }
    return _discreet(TemplateResponse(request, "admin/articles/story/card.html", context | said))


def _page(story: Story, template: str, said: dict) -> HttpResponse:
    with override(story.language):
        shown = show.preview(story)
        context = Context(said | {"page": shown, "frame": shown.frame})
        return HttpResponse(get_template(template).template.render(context))


def _ways(story: Story, here: str) -> list[tuple[str, str, bool]]:
    """(words, address, whether one is there) of the ways to look at it."""
    frames = {
        name: (str(words), reverse("admin:articles_story_preview_width", args=[story.pk, name]), here == name)
        for name, words in WIDTHS.items()
    }
    desktop = (_("Desktop"), reverse("admin:articles_story_preview", args=[story.pk]), here == "desktop")
    as_card = (_("As a card"), reverse("admin:articles_story_card", args=[story.pk]), here == "card")
    return [frames["phone"], frames["tablet"], desktop, frames["text"], as_card]


def _discreet(answer: HttpResponse) -> HttpResponse:
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Cache-Control"] = "no-store, private"
    return answer
