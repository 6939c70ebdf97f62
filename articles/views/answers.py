"""Answers: how every readers' page leaves, depending on nothing but its address."""

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.template import Context, Template
from django.template.loader import get_template


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
    are NFD); None where it is in NFC already."""
    normal = unicodedata.normalize("NFC", slug)
    if normal == slug:
        return None
    return HttpResponsePermanentRedirect(unicodedata.normalize("NFC", request.path))
