"""The door for scripts of the writing room: JSON in, JSON out, and every refusal a sentence with its status."""

import json
import logging
from collections.abc import Callable
from functools import wraps

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, InternalError, OperationalError
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.http.request import UnreadablePostError
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.decorators import decorator_from_middleware
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from articles.body.blocks import InvalidDocument
from articles.body.changes import InvalidChange
from articles.desk.errors import NotAllowed, Overtaken, Refused, Settled
from articles.models import Clash, Story

MOST_BYTES = 2_000_000
WRITER = "X-Desk-User"  # who opened the page that asks

logger = logging.getLogger(__name__)

View = Callable[..., HttpResponseBase]


def refusal(status: int, code: str, sentence: str) -> JsonResponse:
    """A refusal as every script of ours reads it."""
    return JsonResponse({"refused": sentence, "code": code}, status=status)


class TooLarge(Exception):
    """More was sent than one save may hold."""


class _Guard(CsrfViewMiddleware):
    """Django's guard against forged requests, which refuses with a page; a script wants the sentence."""

    def _reject(self, request, reason):
        return refusal(403, "csrf", _("This page has been open for too long. It is sent again."))


_guarded = decorator_from_middleware(_Guard)


def json_door(site) -> Callable[..., View]:
    """Makes views of a story's script open to the staff of `site` only: `door(view, methods=("POST",))`."""

    def door(view: View, methods: tuple[str, ...] = ("POST",), most_bytes: int = MOST_BYTES) -> View:
        guarded = _guarded(_sentences(view))

        @never_cache
        @csrf_exempt  # the guard above does it, after we know who asks: who is signed out reads that, not "forged"
        @wraps(view)
        def answer(request: HttpRequest, *args, **kwargs):
            if request.method not in methods:
                return refusal(405, "method", _("This address is written to, not read."))
            try:
                return _who_may(site, request, most_bytes) or guarded(request, *args, **kwargs)
            except (OperationalError, InterfaceError, InternalError):
                # Full, read-only, locked for too long, or not there at all: nothing was written.
                logger.exception("The database could not answer %s", request.path)
                return refusal(503, "no_database", _("The newsroom cannot save just now: kept in this browser."))

        return answer

    return door


def _who_may(site, request: HttpRequest, most_bytes: int) -> JsonResponse | None:
    """The refusal for who may not come in, or sends too much. None for who may."""
    if not request.user.is_authenticated:
        return refusal(401, "signed_out", _("You are signed out. Your text is still here: sign in again."))
    writer = request.headers.get(WRITER)
    if writer and writer != str(request.user.pk):
        # The page was opened by one person, and another signed in since: nobody's words go under another's name.
        sentence = _("Somebody else is signed in here now. Your text is kept in this browser: sign in as yourself.")
        return refusal(401, "signed_out", sentence)
    if not site.has_permission(request):
        return refusal(403, "not_allowed", _("Only the staff may come in here."))
    length = request.META.get("CONTENT_LENGTH") or "0"
    return _too_large() if length.isdecimal() and int(length) > most_bytes else None


def _too_large() -> JsonResponse:
    return refusal(413, "too_large", _("That is more than can be saved at once."))


def _sentences(view: View) -> View:
    @wraps(view)
    def answer(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except TooLarge:
            return _too_large()
        except (Http404, Story.DoesNotExist, Clash.DoesNotExist):  # the latter two went while we were at it
            return refusal(404, "gone", _("It is not there any more."))
        except NotAllowed as error:
            return refusal(403, "not_allowed", str(error))
        except Settled as error:
            return refusal(409, "settled", str(error))
        except Overtaken as error:
            return refusal(409, "again", str(error))
        except (Refused, InvalidChange, InvalidDocument) as error:
            return refusal(422, "refused", str(error))

    return answer


def read_json(request: HttpRequest) -> dict:
    """The JSON object in the body of `request`. Raises Refused for anything else, TooLarge for more than 2 MB."""
    try:
        body = request.body
    except RequestDataTooBig as error:
        raise TooLarge from error
    except UnreadablePostError as error:
        raise Refused(_("The save did not arrive whole.")) from error
    if len(body) > MOST_BYTES:
        raise TooLarge
    try:
        given = json.loads(body, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise Refused(_("The save did not arrive whole.")) from error
    if not isinstance(given, dict):
        raise Refused(_("The save did not arrive whole."))
    return given


def _no_number(name: str) -> None:
    raise ValueError(name)  # NaN and Infinity are not JSON, and no database would keep them
