"""What a reader finds where there is no page: never one, no longer one, or one that failed. In every language."""

import sys

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.encoding import uri_to_iri

from articles.models import Publication
from articles.pages import lost, moved
from articles.pages.frame import Frame, frame
from articles.pages.show import Gone

from . import answers
from .pressed import ELSEWHERE


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The way on to where it stands now; else 404, in the language of the address, with the others said beneath."""
    path, query = request.path, request.META.get("QUERY_STRING", "")
    is_ours = request.method in ("GET", "HEAD") and not path.startswith(ELSEWHERE) and "\0" not in path
    if is_ours and (way := moved.way_on(path, query)):
        return _on(way, query)
    around = _frame(translation.get_language())
    if is_ours:
        lost.note(path, query, _linked_from(request))
    return answers.page("404.html", {"frame": around}, status=404)


def _on(way: moved.Way, query: str) -> HttpResponse:
    """To where it stands now; 410 at once, where what stood there was withdrawn since."""
    if withdrawal := moved.withdrawn(way.path):
        return gone(Gone(withdrawal, _frame(withdrawal.language)))
    return answers.onward(way, query)


def _linked_from(request: HttpRequest) -> str:
    """The path of the page of ours on which the reader found the address; "" for any other site."""
    path = request.headers.get("Referer", "").removeprefix(settings.SITE_ADDRESS)
    path = uri_to_iri(path.partition("?")[0].partition("#")[0])
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) else ""


def gone(found: Gone) -> HttpResponse:
    """410, with the public reason if the desk gave one."""
    context = {"frame": found.frame, "withdrawal": found.withdrawal}
    return answers.page("410.html", context, status=410)


def failed(request: HttpRequest) -> HttpResponse:
    """500, or 503 if the database is away. Asks neither it nor the storage for anything: either may be what failed."""
    languages = [
        (code, "rtl" if translation.get_language_info(code)["bidi"] else "ltr") for code, _ in settings.LANGUAGES
    ]
    answer = HttpResponse(render_to_string("500.html", {"languages": languages}), status=500)
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        # For a while, then: browsers and caches may come again, and nobody takes an address off his list.
        answer.status_code = 503
        answer.headers["Retry-After"] = "30"
    return answer


def _frame(language: str) -> Frame:
    """The frame in `language`, else in the outlet's first."""
    try:
        return frame(language)
    except Http404:
        return frame(Publication.objects.current().default_language)
