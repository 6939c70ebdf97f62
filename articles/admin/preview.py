"""The preview: a story's working copy in the site's own clothes, for who may see the story and nobody else."""

from django.http import HttpRequest, HttpResponse
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse
from django.utils.translation import get_language, get_language_info, override
from django.utils.translation import gettext as _

from articles.models import Story
from articles.pages import show


def view(request: HttpRequest, story: Story) -> HttpResponse:
    """The page as it would be published now, in the story's language; in no index and in no cache."""
    language = get_language()
    said = {
        "preview_words": _("Preview: readers do not see this."),
        "preview_language": language,
        "preview_direction": "rtl" if get_language_info(language)["bidi"] else "ltr",
        "back": reverse("admin:articles_story_change", args=[story.pk]),
        "back_words": _("Back to writing"),
    }
    page = show.preview(story)
    with override(story.language):
        template = get_template("admin/articles/story/preview.html").template
        answer = HttpResponse(template.render(Context(said | {"page": page, "frame": page.frame})))
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Cache-Control"] = "no-store, private"
    return answer
