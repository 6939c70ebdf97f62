"""The fronts: one in each language; the site's own address shows that of the first."""

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_safe

from articles.models import Publication
from articles.pages import meta, show

from . import answers


@require_safe
def first(request: HttpRequest) -> HttpResponse:
    """The front of the outlet's first language; its canonical address is the one that names the language."""
    language = Publication.objects.current().default_language
    with translation.override(language):
        response = front(request, language)
    response.headers["Content-Language"] = language
    return response


@require_safe
def front(request: HttpRequest, language: str) -> HttpResponse:
    page = show.front(language)
    return answers.page("pages/front.html", {"page": page, "frame": page.frame, "meta": meta.for_front(page)})
