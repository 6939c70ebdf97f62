"""Sitemaps and robots.txt: what search engines are told, and where they need not look."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from articles.pages import sitemaps
from articles.pages.addresses import whole
from articles.pages.frame import current_publication
from articles.pages.paths import address
from articles.wire import sitemaps as wire
from newsroom.security import ADMIN_ADDRESS


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All files but the news."""
    return _xml(wire.index((whole(path), changed) for path, changed in sitemaps.files()))


@require_safe
def month(request: HttpRequest, language: str, year: int, month: int, part: int = 0) -> HttpResponse:
    """The stories of a month."""
    return _xml(wire.pages(sitemaps.month(language, year, month, part)))


@require_safe
def lists(request: HttpRequest, language: str, part: int = 0) -> HttpResponse:
    """The front, and the sections, authors and tags that have stories."""
    return _xml(wire.pages(sitemaps.lists(language, part)))


@require_safe
def news(request: HttpRequest, part: int = 0) -> HttpResponse:
    """The stories of the last two days; the index of their files, where there are more than one file holds."""
    found = sitemaps.news(part)
    if isinstance(found, int):
        return _xml(wire.index((whole(address("news-sitemap-part", one + 1)), "") for one in range(found)))
    return _xml(wire.news(found))


def _xml(said: str) -> HttpResponse:
    return HttpResponse(said, content_type=wire.CONTENT_TYPE)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """robots.txt (RFC 9309): nothing is kept from anybody by it, it spares everybody needless requests."""
    languages = current_publication().languages
    without = [ADMIN_ADDRESS, "/api/", *(f"{address('front', language)}search/" for language in languages)]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in without)]
    maps = [f"Sitemap: {whole(address(name))}" for name in ("sitemap", "news-sitemap")]
    said = "\n".join([*lines, "", *maps, ""])
    return HttpResponse(said, content_type=f"text/plain; charset={settings.DEFAULT_CHARSET}")
