"""The preview: a story's working copy in the site's own clothes, for who may see the story and nobody else."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import override

from articles.models import Story
from articles.pages import show


def view(request: HttpRequest, story: Story) -> HttpResponse:
    """The page as it would be published now, in the story's language. In no index and no cache."""
    with override(story.language):
        page = show.preview(story)
        answer = TemplateResponse(request, "pages/story.html", {"page": page, "is_preview": True}).render()
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Cache-Control"] = "no-store, private"
    return answer
