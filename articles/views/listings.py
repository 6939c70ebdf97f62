"""Lists: a section, a tag, an author, each with its months; and the archive by date."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from articles.pages import meta, show

from . import answers


@require_safe
def section(request: HttpRequest, language: str, slug: str, **when: int) -> HttpResponse:
    return _listing(request, show.section, language, slug, when)


@require_safe
def tag(request: HttpRequest, language: str, slug: str, **when: int) -> HttpResponse:
    return _listing(request, show.tag, language, slug, when)


@require_safe
def author(request: HttpRequest, language: str, slug: str, **when: int) -> HttpResponse:
    return _listing(request, show.author, language, slug, when)


@require_safe
def archive(request: HttpRequest, language: str, **when: int) -> HttpResponse:
    page = show.archive(language, **when)
    return answers.page("pages/archive.html", {"page": page, "frame": page.frame, "meta": meta.for_archive(page)})


@require_safe
def corrections(request: HttpRequest, language: str, **when: int) -> HttpResponse:
    """What was put right, openly."""
    page = show.corrections(language, **when)
    context = {"page": page, "frame": page.frame, "meta": meta.for_corrections(page)}
    return answers.page("pages/corrections.html", context)


def _listing(request: HttpRequest, ask: Callable, language: str, slug: str, when: dict[str, int]) -> HttpResponse:
    if moved := answers.other_form(request, slug):
        return moved
    page = ask(language, slug, **when)
    return answers.page("pages/list.html", {"page": page, "frame": page.frame, "meta": meta.for_listing(page)})
