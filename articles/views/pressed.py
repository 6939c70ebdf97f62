"""Pressed: a middleware that answers from the page store, and presses in passing what it does not hold yet.

In production nginx finds the file before anybody asks Django; this is for whoever runs without it, and for what lies
behind a CDN, whose origin is Django: there no page is answered that is stale, for the CDN would keep it.

Where pages are kept nowhere (`NEWSROOM_PAGE_STORE=off`) each is made anew, and says the same of itself.
"""

import hashlib
import logging
import re
import time
from collections.abc import Callable, Iterable
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date

from articles.pages import design, kept, press, stale, store
from articles.pages import keys as keys_of_pages
from newsroom.security import ADMIN_ADDRESS

logger = logging.getLogger(__name__)

# Where no page is, so that nothing is asked for.
ELSEWHERE = (ADMIN_ADDRESS, settings.STATIC_URL, settings.MEDIA_URL)
# What a cache keeps longer it is told to forget; and where nothing new can be had, the old is better than nothing.
SURROGATE_CONTROL = "max-age={}, stale-if-error=604800"
LONGEST_KEPT = 86_400  # seconds
# What it must not keep: it could not be told to forget it. Some caches know only the first word, some only the second.
NOT_KEPT = "no-store, max-age=0"
KEY_HEADERS = {"varnish": ("xkey", " "), "fastly": ("Surrogate-Key", " "), "cloudflare": ("Cache-Tag", ",")}
# Of keys in a header: Varnish takes 8,192 bytes with the header's name, nginx 16 KB for all headers together.
MOST_BYTES = 7_000
LANGUAGE = re.compile(rb'<html lang="([A-Za-z-]+)"')
# A reader's browser asks each time whether the page is still the same: mostly the answer is 304, without the page.
CACHE_CONTROL = "public, max-age=0, must-revalidate"


class PressedMiddleware:
    """Answers GET and HEAD of a page in the store with its file, asking no database; presses what it sees rendered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        if settings.PAGES:
            design.digest()  # now: once the next release's files lie there, they are not what this process renders

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = request.path_info
        if request.method not in ("GET", "HEAD") or path.startswith(ELSEWHERE):
            return self.get_response(request)
        if store.name_of(path) and not settings.DEBUG:  # who works on the templates wants to see them
            kept_keys = press.fresh_keys(path) if settings.CDN else None
            found = store.read(path) if kept_keys is not None or not settings.CDN else None
            if found:
                return for_caches(answer(request, *found), kept_keys)
        return self.rendered(request, path)

    def rendered(self, request: HttpRequest, path: str) -> HttpResponse:
        """What Django answers; a page that is to be pressed is put into the store, unless that cannot be done now."""
        has_file = bool(store.name_of(path))
        state = stale.state() if has_file else None
        with kept.noting(state) as keys:
            response = self.get_response(request)
        match = request.resolver_match
        priority = press.priority_of(match.url_name if match else None)
        if response.status_code != 200 or priority is None:
            return for_caches(response, None)
        if has_file and request.method == "GET":
            try:
                press.keep(path, response, keys, priority, state)
            except DatabaseError as error:  # the reader has the page all the same; the next one presses it
                logger.info("The page is put into the store another time: %s (%s)", path, error)
            except OSError:
                logger.warning("The page could not be put into the store: %s", path, exc_info=True)
        return for_caches(with_validators(request, response, None), keys)


def for_caches(response: HttpResponse, keys: Iterable[str] | None) -> HttpResponse:
    """`response` with what the cache in front goes by, if there is one: how long it may keep it, and by which keys it
    will be told to forget it. Each cache reads a header of its own.

    None: it stands under no keys. Such an answer, and one with more keys than a header takes, no cache may keep.
    """
    if not settings.CDN:
        return response
    name, between = KEY_HEADERS[settings.CDN["kind"]]
    said = between.join([keys_of_pages.SITE, *sorted(keys)]) if keys is not None else ""
    if 0 < len(said) <= MOST_BYTES:
        response.headers["Surrogate-Control"] = SURROGATE_CONTROL.format(seconds_true(keys))
        response.headers[name] = said
    else:
        response.headers["Surrogate-Control"] = NOT_KEPT
        response.headers.setdefault("Cache-Control", CACHE_CONTROL)
    return response


def seconds_true(keys: Iterable[str]) -> int:
    """How long a page is true by itself; one kept nowhere is not found by the clock at its hour."""
    moments = [int(key.removeprefix(keys_of_pages.UNTIL)) for key in keys if key.startswith(keys_of_pages.UNTIL)]
    return max(0, min([LONGEST_KEPT, *(moment - int(time.time()) for moment in moments)]))


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
    if path.endswith(".txt"):
        return "text/plain; charset=utf-8"
    if path.endswith(".json"):
        return "application/json"
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
