"""Which addresses are looked up at all: none that holds a NUL, for nothing we have can be called that."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse


class AddressMiddleware:
    """Answers an address with a NUL in its path or its query as one that is not there.

    PostgreSQL takes no text with a NUL (SQLite does), so every question that a page asks with it would be an error.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asks = request.path_info.endswith("/search/")  # any string is a question; the page leaves the NULs out
        if "\0" in request.path_info or ("%00" in request.META.get("QUERY_STRING", "") and not asks):
            raise Http404
        return self.get_response(request)
