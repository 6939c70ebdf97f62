"""A story at its address: the live edition, whole or in words alone, or that it is gone."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from articles.pages import meta, show
from articles.pages.addresses import whole

from . import answers, errors


@require_safe
def story(request: HttpRequest, language: str, year: int, month: int, day: int, slug: str) -> HttpResponse:
    if moved := answers.other_form(request, slug):
        return moved
    try:
        page = show.story(language, year, month, day, slug)
    except show.Gone as gone:
        return errors.gone(gone)
    return answers.page("pages/story.html", {"page": page, "frame": page.frame, "meta": meta.for_story(page)})


@require_safe
def text(request: HttpRequest, language: str, year: int, month: int, day: int, slug: str) -> HttpResponse:
    """The same story for a slow line: no picture, no script, one small sheet."""
    if moved := answers.other_form(request, slug):
        return moved
    try:
        page = show.story(language, year, month, day, slug)
    except show.Gone as gone:
        return errors.gone(gone)
    return answers.page("text/story.html", {"page": page, "frame": page.frame, "canonical": whole(page.path)})
