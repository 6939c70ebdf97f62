"""What may be done with addresses that lead on: laid when something moves, made by hand, taken away; and with those
that lead nowhere."""

import unicodedata
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.body.characters import clean_text
from articles.models import Author, DeadEnd, Redirect, Section, Tag
from articles.models.redirects import LONGEST, folded
from articles.pages import moved

from .changing import changing, together
from .errors import NotAllowed, Refused

User = AbstractBaseUser | None
MAY_SEND_ON = "articles.add_redirect"


# -- When something moves ----------------------------------------------------------------------------------------------


def lay(old: str, new: str, *, by: User) -> None:
    """Lead on from `old`, and from all beneath it, to `new`. Call it inside the change that moves it.

    What led to `old` leads to `new` from now on, so that nobody is ever sent twice; nothing leads away from `new`.
    """
    clear(new)
    if folded(old) == folded(new):
        return
    for row in Redirect.objects.leading_to(old):
        row.to = new + row.to[len(old) :]
        row.delete() if folded(row.to) == row.key else row.save()
    row = Redirect.objects.filter(key=folded(old)).first() or Redirect(address=old)
    row.to, row.beneath, row.by = new, True, by
    row.save()


def clear(path: str) -> None:
    """Nothing leads away from `path` any more: something stands there now."""
    Redirect.objects.filter(key=folded(path)).delete()


def follow(noun: Model, slug: str, *, by: User) -> None:
    """Lead on from where a section, a tag or an author stood while its slug was `slug`, in every language."""
    for old, new in zip(_places(noun, slug), _places(noun, noun.slug), strict=True):
        lay(old, new, by=by)


def settle(noun: Model) -> None:
    """Nothing leads away any more from where a new section, tag or author stands."""
    for path in _places(noun, noun.slug):
        clear(path)


def let_go(noun: Model) -> None:
    """Take away what leads to a section, a tag or an author that is there no more."""
    for path in _places(noun, noun.slug):
        Redirect.objects.leading_to(path).delete()


def _places(noun: Model, slug: str) -> list[str]:
    if isinstance(noun, Tag):
        return [f"/{noun.language}/tag/{slug}/"]
    kind = {Section: "section", Author: "author"}[type(noun)]
    return [f"/{language}/{kind}/{slug}/" for language, _name in settings.LANGUAGES]


# -- By hand -----------------------------------------------------------------------------------------------------------


def add(address: str, to: str, *, by: User, beneath: bool = False) -> Redirect:
    """Lead on from `address`, where nothing stands, to `to`, a page of ours. Either may be a whole address.

    What readers asked for there in vain is off the desk's list. Raises NotAllowed, or Refused with the sentence.
    """
    if by and not by.has_perm(MAY_SEND_ON):
        raise NotAllowed(_("You may not send addresses on."))
    address, to = _address(address), _target(to)
    row = Redirect(address=address, to=to, beneath=beneath and "?" not in address, by=by)
    path = address.partition("?")[0]
    if moved.stands(path) or moved.stands(f"{path.rstrip('/')}/"):
        raise Refused(_("There is a page at %(address)s: readers see it, and are sent nowhere.") % {"address": path})
    if f"{folded(to)}/".startswith(f"{folded(path)}/") and row.beneath:
        raise Refused(_("%(to)s lies beneath %(address)s: that would lead round in a ring.") % _said(row))
    known = Redirect.objects.filter(key=folded(path) + address[len(path) :]).first()
    if known:
        raise Refused(_("%(address)s leads to %(to)s already. Take that away first.") % _said(known))
    try:
        with transaction.atomic(), changing(row, "redirect", by=by) as details:
            details |= {"path": row.address, "leads_to": row.to}
            row.save()
            for dead_end in DeadEnd.objects.filter(address__istartswith=address.rstrip("/")):
                if moved.way_on(*_path_and_query(dead_end.address)):
                    dead_end.delete()
    except IntegrityError as error:  # somebody did the same at this moment
        raise Refused(_("%(address)s leads to %(to)s already. Take that away first.") % _said(row)) from error
    return row


def take_away(row: Redirect, *, by: User) -> None:
    """Lead nowhere any more from that address. Raises NotAllowed."""
    if by and not by.has_perm("articles.delete_redirect"):
        raise NotAllowed(_("You may not take redirects away."))
    with together():
        with changing(row, "take_redirect_away", by=by) as details:
            details |= {"path": row.address, "leads_to": row.to}
        row.delete()


def _said(row: Redirect) -> dict[str, str]:
    return {"address": row.address, "to": row.to}


def _path_and_query(address: str) -> tuple[str, str]:
    path, _mark, query = address.partition("?")
    return path, query


def _address(typed: str) -> str:
    """The path, and the query where it has one, of an address as somebody typed or copied it, of whatever host."""
    parts = _parts(typed)
    path = unicodedata.normalize("NFC", unquote(parts.path))
    is_long = max(len(path), len(folded(path))) > LONGEST - 130  # in small letters “İ” is two characters
    if not path.startswith("/") or path.startswith("//") or not path.isprintable() or is_long:
        raise Refused(_("“%(typed)s” is no address: it begins with / or https://.") % {"typed": typed[:120]})
    if parts.query and (len(parts.query) > 120 or not moved.PLAIN_QUERY.fullmatch(parts.query)):
        raise Refused(
            _("“?%(query)s” is too much: a query that leads on is short, such as ?p=123.")
            % {"query": parts.query[:120]}
        )
    if path.startswith(("/admin/", settings.STATIC_URL, settings.MEDIA_URL)):
        raise Refused(_("%(address)s belongs to the newsroom itself.") % {"address": path})
    return f"{path}?{parts.query}" if parts.query else path


def _target(typed: str) -> str:
    """The path of the page of ours that was typed; never one of another site."""
    parts = _parts(typed)
    if (parts.scheme or parts.netloc) and f"{parts.scheme}://{parts.netloc}" != settings.SITE_ADDRESS:
        raise Refused(_("“%(typed)s” is on another site: readers are sent to our own pages only.") % {"typed": typed})
    path = unicodedata.normalize("NFC", unquote(parts.path))
    fits = path.startswith("/") and not path.startswith(("//", "/admin/")) and path.isprintable() and len(path) < 400
    path = path if path.endswith("/") or "." in path.rpartition("/")[2] else f"{path}/"
    if fits and not moved.stands(path):
        way = moved.way_on(path)
        fits, path = (True, way.path) if way and way.for_good else (False, path)
    if not fits or "\\" in path or not moved.stands(path):
        raise Refused(_("There is no page of ours at “%(typed)s”.") % {"typed": typed[:120]})
    if moved.is_withdrawn(path.removeprefix(moved.TEXT)):
        raise Refused(_("The story at %(to)s has been withdrawn: choose another.") % {"to": path})
    return path


def _parts(typed: str):
    try:
        return urlsplit(clean_text(typed).strip().replace(" ", "%20"))
    except ValueError as error:
        raise Refused(_("“%(typed)s” is no address: it begins with / or https://.") % {"typed": typed[:120]}) from error


# -- Addresses that lead nowhere ---------------------------------------------------------------------------------------


def dismiss(dead_end: DeadEnd, *, by: User) -> None:
    """Say that an address is not worth sending on: it is off the list, however often it is asked for."""
    if by and not by.has_perm("articles.change_deadend"):
        raise NotAllowed(_("You may not decide about addresses."))
    with changing(dead_end, "dismiss", by=by) as details:
        details["path"] = dead_end.address
        dead_end.dismissed_at = dead_end.dismissed_at or timezone.now()
