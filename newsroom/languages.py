"""Which language a request is answered in: readers' pages say it in their address, the admin in a cookie.

Django's LocaleMiddleware looks at the address only under `i18n_patterns`, and else at the cookie and at what the
browser prefers, saying so in `Vary`. A reader's page must depend on nothing but its address, for it is kept as a file.

| address | language |
|---|---|
| `/en/...`, `/ar/...`, any language of `LANGUAGES` | that one |
| `/text/en/...`, the text edition | that one |
| `/admin/...` | the cookie, else what the browser prefers, else `LANGUAGE_CODE` |
| any other | `LANGUAGE_CODE` |
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from newsroom.security import ADMIN_ADDRESS


def language_of(request: HttpRequest) -> str:
    """The code of the language that `request` is answered in, one of `settings.LANGUAGES`."""
    if request.path_info.startswith(ADMIN_ADDRESS):
        return translation.get_language_from_request(request)
    first_part = request.path_info.lstrip("/").removeprefix("text/").partition("/")[0]
    return first_part if first_part in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


class LanguageMiddleware:
    """Answers each request in its language, names the language in `Content-Language`, and lets only the admin vary."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = language_of(request)
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        if request.path_info.startswith(ADMIN_ADDRESS):
            patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response
