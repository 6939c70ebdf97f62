"""What a browser may do with our pages: the content security policy of each door, and the headers beside it."""

from collections.abc import Callable

from csp.constants import NONCE, NONE, SELF
from csp.decorators import csp_replace
from csp.middleware import CSPMiddleware, PolicyParts
from django.http import HttpRequest, HttpResponse, HttpResponseBase

ADMIN_ADDRESS = "/admin/"
# Beneath the admin's address, and yet a page for somebody without an account: the readers' policy holds.
SHARE_ADDRESS = "/admin/share/"

READERS_POLICY = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF],
    "connect-src": [SELF],
    "form-action": [SELF],
    "frame-ancestors": [NONE],
    "base-uri": [NONE],
}

# The editor's import map is an inline script, so it carries a nonce, which django-csp writes only where a page
# asked for it. A picture just chosen is shown from the browser's own memory (blob:), Django's admin draws small icons
# as data:.
ADMIN_POLICY = READERS_POLICY | {
    "script-src": [SELF, NONCE],
    "img-src": [SELF, "data:", "blob:"],
}

# A preview is shown in a frame as wide as a phone: `framed` is for what is shown there, `framing` for what is round it.
framed = csp_replace({"frame-ancestors": [SELF]})
framing = csp_replace({"frame-src": [SELF]})

# Powers of the browser that no page of ours uses, so that no script slipped in can use them either.
PERMISSIONS_POLICY = ", ".join(
    f"{power}=()"
    for power in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
)


class PolicyMiddleware(CSPMiddleware):
    """Writes the content security policy: the readers' one from the settings, the admin's own beneath its address."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        inside = request.path_info.startswith(ADMIN_ADDRESS) and not request.path_info.startswith(SHARE_ADDRESS)
        if not report_only and parts.config is None and inside:
            parts.config = ADMIN_POLICY
        return parts


class HeadersMiddleware:
    """Adds the headers for which Django has no setting, and keeps the admin's answers out of every cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        if request.path_info.startswith(ADMIN_ADDRESS):
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response
