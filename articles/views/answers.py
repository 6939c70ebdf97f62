"""Answers: how every readers' page leaves, depending on nothing but its address."""

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template import Context, Template
from django.template.loader import get_template
from django.utils.encoding import escape_uri_path

from articles.pages import moved


@lru_cache(maxsize=50)
def _kept(name: str) -> Template:
    return get_template(name).template


def _template(name: str) -> Template:
    return get_template(name).template if settings.DEBUG else _kept(name)


def page(name: str, context: Mapping[str, object], status: int = 200) -> HttpResponse:
    """The page that template `name` makes of `context`.

    Rendered without the request, so that no context processor, session, message or token can get into a kept page.
    """
    return HttpResponse(_template(name).render(Context(context)), status=status)


def other_form(request: HttpRequest, slug: str) -> HttpResponse | None:
    """The way to the one address of a page, where `slug` was typed in another Unicode form (an Apple's file names
    are NFD); None where it is in NFC already. Raises Http404."""
    if unicodedata.normalize("NFC", slug) == slug:
        return None
    query = request.META.get("QUERY_STRING", "")
    way = moved.way_on(request.path, query)
    if way is None or moved.withdrawn(way.path):
        raise Http404  # `errors.not_found` tells the two apart
    return onward(way, query)


def onward(way: moved.Way, query: str) -> HttpResponse:
    """301 to where it stands now; 302 to what comes nearest.

    Neither a browser nor a cache keeps it: an address may come to live again, and then it must not lead away.
    """
    address = escape_uri_path(way.path) + (f"?{query}" if query and way.keeps_query else "")
    answer = HttpResponseRedirect(address, status=301 if way.for_good else 302)
    answer.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
    return answer
