"""Search: a question put to all that is live. Its page reads a query, so it is made for who asks and never kept."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from articles.models import Publication
from articles.pages import search as pages
from articles.pages.frame import frame
from articles.pages.paths import address
from articles.search import engine

from . import answers

# What somebody looks for is theirs: no cache between keeps it. Going back from a story asks nothing again.
CACHE_CONTROL = "private, max-age=60"


@require_safe
def first(request: HttpRequest) -> HttpResponse:
    """The way to the search of the outlet's first language."""
    query = request.META.get("QUERY_STRING", "")
    path = address("search", Publication.objects.current().default_language)
    return HttpResponseRedirect(f"{path}?{query}" if query else path)


@require_safe
def search(request: HttpRequest, language: str) -> HttpResponse:
    around = frame(language)
    wanted = pages.wanted(around, request.GET)
    page = pages.answered(wanted)
    filters = engine.Filters(
        languages=tuple(wanted.languages),
        sections=tuple(wanted.sections),
        author=wanted.author[0] if wanted.author else None,
        tag=wanted.tag[0] if wanted.tag else None,
        since=wanted.since,
        until=wanted.until,
    )
    found = engine.search(wanted.question, filters=filters, order=wanted.order, cursor=wanted.cursor)
    page.asked, page.suggestion, page.is_partial = found.asked, found.suggestion, found.is_partial
    page.rows = pages.rows(around, {hit.edition: (hit.headline, hit.snippet) for hit in found.hits})
    page.count, page.total = found.total or 0, "" if found.total is None else around.dates.digits(found.total)
    page.next = wanted.address(page=found.cursor) if found.cursor else ""
    page.is_first = not wanted.cursor
    response = answers.page("pages/search.html", {"page": page, "frame": around})
    response.headers["Cache-Control"] = CACHE_CONTROL
    return response
