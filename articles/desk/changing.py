"""Changing: the one door for every write with a rule, so that none forgets its transaction or its audit line."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from datetime import timedelta
from functools import wraps
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from articles.models import AuditChain, AuditLine
from articles.models.snapshots import canonical
from articles.pages import stale, touches
from articles.search import index

from .files import undone_on_failure
from .held import is_held

_lines: ContextVar[list[tuple] | None] = ContextVar("lines", default=None)


@contextmanager
def together() -> Iterator[None]:
    """Several changes as one transaction: if the block raises, nothing of them is kept, no row and no file.

    The pages they make stale are marked, the words they hold counted and their audit lines written at the end of the
    outermost block. The locks that everybody needs are so the last ones taken and held for a moment only; taken in
    between, they would make people who save at the same moment wait in a ring.
    """
    outer = _lines.get()
    lines: list[tuple] = []
    token = _lines.set(lines)
    try:
        with undone_on_failure(), transaction.atomic():
            if outer is None:
                with stale.gathered() as mark_pages, index.gathered() as count_words:
                    yield
                mark_pages()
                count_words()
                _write_lines(lines)
            else:
                yield
    finally:
        _lines.reset(token)
    if outer is not None:
        outer += lines


@contextmanager
def changing(
    noun: models.Model,
    kind: str,
    *,
    by: AbstractBaseUser | None,
    door: str = "",
    fold: timedelta | None = None,
    at_once: bool = False,
) -> Iterator[dict[str, Any]]:
    """Change `noun` in one transaction: lock its row, run the block, save it, mark stale the pages that show what it
    changed, have it found as it is now, write the audit line. With `at_once` the files of those pages go before this
    returns.

    Takes the noun (its fields are read again under the lock: what was set on it before is lost; one that has no row
    yet gets one at the end), the verb's name, who does it (None: the operator) and by which `door` where nobody is
    signed in. With `fold`, no line is added where the last one about this noun, not older than that, tells of the same
    person's same deed: typing is saved every two seconds. Gives a dict for the line's details. If the block raises,
    nothing is kept: no row, no file.
    """
    details: dict[str, Any] = {}
    with nullcontext() if is_held(noun) else together():
        if noun.pk is not None and not is_held(noun):
            noun.refresh_from_db(from_queryset=type(noun)._default_manager.select_for_update())
        before, found = touches.faces(noun), index.standing(noun)
        yield details
        noun.save()
        touches.mark_moved(noun, before, at_once=at_once)
        index.follow(noun, found)
        if not (fold and _is_told(noun, kind, by, door, fold)):
            _lines.get().append((noun, kind, by, door, details))


def once_more(verb: Callable) -> Callable:
    """`verb`, done again where somebody else made at this moment what there can be only one of (a file taken in twice
    by a double click, a text filed twice): it then finds what they made, and answers as if it had come later."""

    @wraps(verb)
    def done(*args, **kwargs):
        try:
            return verb(*args, **kwargs)
        except IntegrityError:
            return verb(*args, **kwargs)

    return done


def _is_told(noun, kind, by, door, fold):
    """Whether the log says already that this person is at this; any other deed since then parts the two."""
    for line in AuditLine.objects.about(noun).filter(at__gt=timezone.now() - fold):
        if line.kind != kind:
            return False
        if line.by_name == _name(by, door):
            return True
    return False


def _name(by, door):
    return by.get_username() if by else door


def _write_lines(lines):
    """Add the lines to the chain, whose row is locked from here to the end of the transaction."""
    if not lines:
        return
    AuditChain.objects.get_or_create(pk=1)
    chain = AuditChain.objects.select_for_update().get(pk=1)
    written = []
    for noun, kind, by, door, details in lines:
        line = AuditLine(
            kind=kind,
            what=noun._meta.model_name,
            what_uuid=noun.uuid,
            by=by,
            by_name=_name(by, door),
            at=timezone.now(),
            details=details,
            previous_digest=chain.digest,
        )
        line.digest = chain.digest = line_digest(line)
        written.append(line)
    AuditLine.objects.bulk_create(written)
    chain.save(update_fields=["digest"])


def line_digest(line: AuditLine) -> str:
    """SHA-256, hex, of what the line says and of the digest before it: a line altered later breaks the chain."""
    said = {
        "kind": line.kind,
        "what": line.what,
        "what_uuid": str(line.what_uuid),
        "by": line.by_name,
        "at": line.at.isoformat(),
        "details": line.details,
        "previous": line.previous_digest,
    }
    return hashlib.sha256(canonical(said).encode()).hexdigest()
