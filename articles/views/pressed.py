"""Pressed: a middleware that answers from the page store, and presses in passing what it does not hold yet.

In production nginx finds the file before anybody asks Django; this is for whoever runs without it, and for what lies
behind a CDN, whose origin is Django.
"""

import hashlib
import logging
import re
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date

from articles.pages import kept, press, stale, store

logger = logging.getLogger(__name__)

# A reader's browser asks each time whether the page is still the same: mostly the answer is 304, without the page.
LANGUAGE = re.compile(rb'<html lang="([A-Za-z-]+)"')
CACHE_CONTROL = "public, max-age=0, must-revalidate"


class PressedMiddleware:
    """Answers GET and HEAD of a page in the store with its file, asking no database; presses what it sees rendered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = request.path_info
        if request.method not in ("GET", "HEAD") or not store.is_on() or not store.name_of(path):
            return self.get_response(request)
        found = None if settings.DEBUG else store.read(path)
        if found:
            return answer(request, *found)
        return self.rendered(request, path)

    def rendered(self, request: HttpRequest, path: str) -> HttpResponse:
        """What Django answers; a page that is to be pressed is put into the store, unless that cannot be done now."""
        state = stale.state()
        with kept.noting() as keys:
            response = self.get_response(request)
        match = request.resolver_match
        priority = press.priority_of(match.url_name if match else None)
        if response.status_code != 200 or priority is None:
            return response
        if request.method == "GET":
            try:
                press.keep(path, response, keys, priority, state)
            except (OSError, DatabaseError):  # the reader has the page all the same; the next one presses it
                logger.warning("The page could not be put into the store: %s", path, exc_info=True)
        return with_validators(request, response, None)


def answer(request: HttpRequest, content: bytes, pressed_at: datetime) -> HttpResponse:
    """The answer that holds a page of the store; packed, where the reader's browser takes that."""
    path = request.path_info
    response = HttpResponse(content, content_type=content_type(path))
    if path == "/" and (said := LANGUAGE.search(content, 0, 200)):
        response.headers["Content-Language"] = said[1].decode()
    response = with_validators(request, response, pressed_at)
    if response.status_code == 200 and "gzip" in request.headers.get("Accept-Encoding", ""):
        packed = store.packed(path)
        if packed is not None:
            response.content = packed
            response.headers["Content-Encoding"] = "gzip"
            response.headers["Content-Length"] = str(len(packed))
    patch_vary_headers(response, ("Accept-Encoding",))
    return response


def content_type(path: str) -> str:
    """What the page at `path` is said to be; feeds say so by their address."""
    if path.endswith("/atom.xml"):
        return "application/atom+xml; charset=utf-8"
    if path.endswith("/feed.xml"):
        return "application/rss+xml; charset=utf-8"
    return "application/xml; charset=utf-8" if path.endswith(".xml") else "text/html; charset=utf-8"


def with_validators(request: HttpRequest, response: HttpResponse, pressed_at: datetime | None) -> HttpResponse:
    """`response` with what caches go by, or 304 where the reader has these very bytes."""
    etag = f'"{hashlib.blake2b(response.content, digest_size=12).hexdigest()}"'
    modified = int(pressed_at.timestamp()) if pressed_at else None
    response.headers["Cache-Control"] = CACHE_CONTROL
    response.headers["ETag"] = etag
    if modified:
        response.headers["Last-Modified"] = http_date(modified)
    return get_conditional_response(request, etag=etag, last_modified=modified, response=response)
