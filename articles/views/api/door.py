"""The door of the API: a middleware that everything under /api/ goes through, coming and leaving."""

import hashlib
import re
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

from . import limits, problems

ADDRESS = "/api/"
# A program asks each time whether it is still the same; so what is withdrawn is gone at once, from caches too.
CACHE_CONTROL = "public, max-age=0, must-revalidate"
METHODS = "GET, HEAD, OPTIONS"
HEADERS = "If-None-Match, Content-Type"
EXPOSED = "ETag, Retry-After"
PREFLIGHT_SECONDS = "86400"
_NOTHING = re.compile("%00", re.IGNORECASE)


class ApiMiddleware:
    """Limits, HEAD and OPTIONS, one shape for all that goes wrong, ETags, and which other sites' pages may read it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(ADDRESS):
            return self.get_response(request)
        return shared(request, self.answer(request))

    def answer(self, request: HttpRequest) -> HttpResponse:
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers={"Allow": METHODS})
        if "\0" in request.path_info or _NOTHING.search(request.META.get("QUERY_STRING", "")):
            return problems.answer(400, "There is a NUL in the address: nothing here is called that.")
        if wait := limits.seconds_to_wait(request):
            response = problems.answer(429, f"Too many questions in a minute. Ask again in {wait} seconds.")
            response.headers["Retry-After"], response.headers["Cache-Control"] = str(wait), "no-store"
            return response
        request.META.pop("HTTP_COOKIE", None)  # the same for everybody
        is_head = request.method == "HEAD"
        if is_head:  # the same as GET, without the content
            request.method = "GET"
        response = with_validator(request, in_one_shape(self.get_response(request)))
        if is_head:
            response.headers["Content-Length"] = str(len(response.content))
            response.content = b""
        return response


def in_one_shape(response: HttpResponse) -> HttpResponse:
    """`response`, or the problem that it is, where something below said so with a page."""
    said = response.get("Content-Type", "")
    if response.status_code < 400 or said.startswith(problems.CONTENT_TYPE):
        return response
    problem = problems.answer(response.status_code, _SENTENCES.get(response.status_code, ""))
    for name in ("Allow", "Retry-After"):
        if name in response.headers:
            problem.headers[name] = response.headers[name]
    if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        problem.headers["Allow"] = METHODS
    return problem


_SENTENCES = {
    400: "This question cannot be read.",
    404: "There is nothing at this address.",
    405: "Here one can only read: ask with GET.",
    500: "Something failed here. It has been noted.",
    503: "The newsroom is away for a moment. Ask again soon.",
}


def with_validator(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """`response` with what caches go by, or 304 where the program has these very bytes."""
    response.headers.setdefault("Cache-Control", CACHE_CONTROL if response.status_code < 500 else "no-store")
    if response.status_code != HTTPStatus.OK:
        return response
    etag = f'"{hashlib.blake2b(response.content, digest_size=12).hexdigest()}"'
    response.headers["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response)


def shared(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """`response` with what lets the pages of other sites read it (`NEWSROOM_API_ORIGINS`); no other may."""
    origins = settings.API_ORIGINS
    if not origins:
        return response
    origin = request.headers.get("Origin", "")
    if "*" in origins:
        allowed = "*"
    else:
        patch_vary_headers(response, ("Origin",))
        allowed = origin if origin in origins else ""
    if not allowed:
        return response
    response.headers["Access-Control-Allow-Origin"] = allowed
    response.headers["Access-Control-Expose-Headers"] = EXPOSED
    if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
        response.headers["Access-Control-Allow-Methods"] = METHODS
        response.headers["Access-Control-Allow-Headers"] = HEADERS
        response.headers["Access-Control-Max-Age"] = PREFLIGHT_SECONDS
    return response
