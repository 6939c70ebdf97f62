"""Where a link in a body may lead: the web, an address for letters, a page of ours, or a story by its uuid."""

import re
import unicodedata
from urllib.parse import urlsplit
from uuid import UUID

from django.utils.translation import gettext as _

STORY = "story:"
SCHEMES = ("http", "https", "mailto")
LONGEST = 2048  # characters; longer addresses break in mail programs and old proxies

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


class InvalidLink(ValueError):
    """A link that leads where none may; its text is the sentence the editor reads."""


def checked(href: object) -> str:
    """`href` as it is stored. Raises InvalidLink for other schemes, for hidden characters and for half an address."""
    if not isinstance(href, str) or not href.strip(" "):
        raise InvalidLink(_("A link has no address."))
    href = href.strip(" ").replace(" ", "%20")
    if len(href) > LONGEST:
        raise InvalidLink(_("The link “%(link)s” is too long.") % {"link": shown(href)})
    # Browsers drop tabs and line ends inside an address, so "java\tscript:" would run; "/\" reads as "//".
    if "\\" in href or any(unicodedata.category(character)[0] in "CZ" for character in href):
        raise InvalidLink(_("The link “%(link)s” holds characters no address may hold.") % {"link": shown(href)})
    if href.startswith("/") and not href.startswith("//"):
        return href
    scheme = _SCHEME.match(href)
    name, rest = (scheme[1].lower(), href[scheme.end() :]) if scheme else ("", href)
    if name == STORY[:-1] and is_uuid(rest):
        return STORY + str(UUID(rest))
    if name == "mailto" and "@" in rest.strip("@"):
        return f"{name}:{rest}"
    if name in ("http", "https") and _host(href):
        return f"{name}:{rest}"
    raise InvalidLink(
        _("The link “%(link)s” may not be used: a link begins with https://, http://, mailto: or /.")
        % {"link": shown(href)}
    )


def is_web(href: str) -> bool:
    """Whether `href` leads out to the web."""
    return href.startswith(("https://", "http://"))


def is_safe(href: str) -> bool:
    """Whether `href` may stand in a reader's page; a second lock, behind `checked`."""
    return href.startswith(("https://", "http://", "mailto:")) or (
        href.startswith("/") and href[1:2] not in ("/", "\\")
    )


def is_uuid(value: object) -> bool:
    """Whether `value` is a uuid as we write them, with its hyphens."""
    return isinstance(value, str) and _UUID.fullmatch(value) is not None


def shown(value: object) -> str:
    """`value` as a sentence may name it: short, on one line, nothing hidden."""
    name = value if isinstance(value, str) else type(value).__name__
    name = "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in name[:61])
    return name if len(name) <= 60 else name[:59] + "…"


def host(href: str) -> str:
    """The site a web address leads to, as readers know it: "example.org"."""
    return _host(href).removeprefix("www.")


def _host(href: str) -> str:
    try:
        return urlsplit(href).hostname or ""
    except ValueError:
        return ""
