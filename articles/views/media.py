"""Renditions of published pictures, handed out by Django in development; in production nginx finds them as files."""

import re

from django.conf import settings
from django.core.files.storage import storages
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from articles.imaging.recipes import EXTENSIONS, MIME_TYPES

# A rendition's address never shows other pixels, so a browser need not ask again (RFC 8246).
FOR_EVER = "public, max-age=31536000, immutable"

_TOKEN = re.compile("[0-9a-f]{32}")
_NAME = re.compile(r"[0-9a-z][0-9a-z.-]{0,60}\.([a-z]+)")
_TYPES = {extension: MIME_TYPES[format] for format, extension in EXTENSIONS.items()}


@require_safe
def rendition(request: HttpRequest, token: str, name: str) -> HttpResponse:
    """One rendition from the public folder. Nothing else beneath the media folder has an address."""
    match = _NAME.fullmatch(name)
    if settings.PRODUCTION or not _TOKEN.fullmatch(token) or not match or match[1] not in _TYPES:
        raise Http404
    try:
        with storages["renditions"].open(f"{token}/{name}") as file:
            content = file.read()  # at most a few megabytes; read whole, no answer ever breaks off half-way
    except (FileNotFoundError, IsADirectoryError):
        raise Http404 from None
    return HttpResponse(content, content_type=_TYPES[match[1]], headers={"Cache-Control": FOR_EVER})
