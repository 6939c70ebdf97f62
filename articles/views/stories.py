"""A story at its address: the live edition, whole or in words alone, or that it is gone."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from articles.pages import meta, show
from articles.pages.addresses import whole
from articles.pages.stories import StoryPage

from . import answers, errors


def at_its_address(
    answer: Callable[[StoryPage], HttpResponse], when_gone: Callable[[show.Gone], HttpResponse] = errors.gone
) -> Callable[..., HttpResponse]:
    """The view of an address of a story: `answer` for its live edition, `when_gone` once it is withdrawn, else 404."""

    @require_safe
    @wraps(answer)
    def view(request: HttpRequest, language: str, year: int, month: int, day: int, slug: str) -> HttpResponse:
        if moved := answers.other_form(request, slug):
            return moved
        try:
            page = show.story(language, year, month, day, slug)
        except show.Gone as gone:
            return when_gone(gone)
        return answer(page)

    return view


@at_its_address
def story(page: StoryPage) -> HttpResponse:
    return answers.page("pages/story.html", {"page": page, "frame": page.frame, "meta": meta.for_story(page)})


@at_its_address
def text(page: StoryPage) -> HttpResponse:
    """The same story for a slow line: no picture, no script, one small sheet."""
    return answers.page("text/story.html", {"page": page, "frame": page.frame, "canonical": whole(page.path)})
