"""Lost: which addresses readers ask for in vain, counted for the desk. Who asked is never kept.

Counts are gathered in the process and written together, at most every few seconds, so that a machine that tries ten
thousand addresses neither fills the database nor makes anybody wait. They are a help to the desk and no record: what is
in memory when a process ends is lost.
"""

import logging
import re
import threading
import time
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from articles.models import DeadEnd
from articles.models.redirects import LONGEST

from .press import impatient

logger = logging.getLogger(__name__)
EVERY = 5.0  # seconds between two writings
AT_ONCE = 40  # addresses gathered for one writing; further ones are let go
MOST = 1_000  # addresses the desk is shown; of more, those go that were asked for least
# What machines try on every site in the world, and what browsers ask for by themselves: no reader was looking for it.
# Whole parts of an address, for a story's headline may hold any of these words.
FOREIGN = re.compile(
    r"/\.|/wp-(admin|content|includes|json|login|config|cron)([./]|$)|/(xmlrpc|cgi-bin|phpmyadmin|pma)([./]|$)"
    r"|/(favicon|apple-touch-icon|browserconfig)[\w-]*\."
    r"|^/(admin|administrator|adminer)([./]|$)|^/((users?|accounts?|auth|members?)/)?\w*login([./]|$)"
    r"|\.(env|sql|bak|zip|gz|tar|rar|7z|ini|ya?ml|conf|log|exe|dll|sh|map|js|css)/?$",
    re.IGNORECASE,
)
# Programs of old systems: readers look for a story behind one only where the query has its number.
PROGRAM = re.compile(r"\.(php\d?|aspx?|jspx?|cgi)/?$", re.IGNORECASE)
# An old system's query for a story: up to four plain parameters, a number among them, the others a short word each, as
# a language is. So much of a query may be kept, for it says nothing of a person; what somebody typed may not.
NUMBER = re.compile("[a-z_]{1,20}=[0-9]{1,10}", re.IGNORECASE)
WORD = re.compile("[a-z_]{1,20}=[a-z_-]{1,12}", re.IGNORECASE)
TYPED = re.compile(
    r"q|s|k|query|search\w*|keywords?|terms?|\w*(user|name|login|mail|phone|mobile|pass|token|key|sess|sid|auth|code)\w*"
    r"|utm_\w*|\w*clid",
    re.IGNORECASE,
)
MOST_PARAMETERS = 4


@dataclass
class Seen:
    """How often an address was asked for since the last writing."""

    at: datetime
    count: int = 0
    linked_from: str = ""


@dataclass
class Gathered:
    seen: dict[str, Seen] = field(default_factory=dict)
    written_at: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)


_gathered = Gathered()


def address_of(path: str, query: str = "") -> str:
    """The address as it is counted; "" for one that is not: a machine's, or one that may hold something personal."""
    if FOREIGN.search(path):
        return ""
    if names_a_story(query):
        address = f"{path}?{query}"
    elif PROGRAM.search(path):
        return ""
    else:
        address = path
    address = unicodedata.normalize("NFC", address)
    # An e-mail address, a token: nothing to send on, and perhaps somebody's own.
    strange = "@" in address or not address.isprintable() or re.search("[A-Za-z0-9_=+]{40}", address)
    return "" if strange or len(address) > LONGEST else address


def names_a_story(query: str) -> bool:
    """Whether `query` is one by which an old system named a story, with nothing in it that somebody typed."""
    parameters = query.split("&")
    if len(parameters) > MOST_PARAMETERS or not any(NUMBER.fullmatch(one) for one in parameters):
        return False
    return all(
        NUMBER.fullmatch(one) or (WORD.fullmatch(one) and not TYPED.fullmatch(one.partition("=")[0]))
        for one in parameters
    )


def note(path: str, query: str = "", linked_from: str = "") -> None:
    """Count that a reader asked for `path` in vain; `linked_from` is the page of ours that leads there. Never
    raises."""
    address = address_of(path, query)
    if not address:
        return
    now = time.monotonic()
    with _gathered.lock:
        if address in _gathered.seen or len(_gathered.seen) < AT_ONCE:
            seen = _gathered.seen.setdefault(address, Seen(timezone.now()))
            seen.at, seen.count = timezone.now(), seen.count + 1
            seen.linked_from = address_of(linked_from) or seen.linked_from
        if _gathered.written_at and now - _gathered.written_at < EVERY:
            return
        _gathered.written_at = now
        due, _gathered.seen = _gathered.seen, {}
    try:
        with impatient(), transaction.atomic():
            write(due)
    except DatabaseError as error:  # others are writing: a count is not worth anybody's waiting
        logger.info("Addresses that lead nowhere are counted another time: %s", error)


def write(due: dict[str, Seen]) -> None:
    """Add what was gathered to the rows, in one order for all who do so; then let go of what is too many."""
    known = dict(DeadEnd.objects.filter(address__in=due).values_list("address", "pk"))
    new = []
    for address, seen in sorted(due.items()):
        if address in known:
            more = {"linked_from": seen.linked_from} if seen.linked_from else {}
            DeadEnd.objects.filter(pk=known[address]).update(count=F("count") + seen.count, last_at=seen.at, **more)
        else:
            new.append(
                DeadEnd(
                    address=address,
                    count=seen.count,
                    first_at=seen.at,
                    last_at=seen.at,
                    linked_from=seen.linked_from,
                )
            )
    if not new:
        return
    DeadEnd.objects.bulk_create(new, ignore_conflicts=True)
    too_many = DeadEnd.objects.count() - MOST
    if too_many > 0:
        # Not those that have just come: they may be asked for a thousand times from now on.
        others = DeadEnd.objects.exclude(address__in=due).order_by("count", "last_at", "pk")
        least = list(others.values_list("pk", flat=True)[:too_many])
        DeadEnd.objects.filter(pk__in=least).delete()


def forget_gathered() -> None:
    """Let go of what was gathered and not written: for tests, each of which begins anew."""
    with _gathered.lock:
        _gathered.seen, _gathered.written_at = {}, 0.0
