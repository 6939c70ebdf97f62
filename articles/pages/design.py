"""Design: a digest of all that makes pages but is no content. Another release shows every page anew."""

import hashlib
from functools import cache
from pathlib import Path

import django
from django.conf import settings
from django.db import transaction

from articles.models import PressState

from . import stale, store

SUFFIXES = {".py", ".html", ".css", ".js", ".svg", ".png", ".mo", ".woff2"}


@cache
def digest() -> str:
    """SHA-256, hex, over templates, styles, scripts, catalogues, code, and the settings that stand in pages.

    Worked out once, as a process starts: later the files may be those of the next release, and the process is not.
    """
    said = hashlib.sha256(repr((django.__version__, settings.SITE_ADDRESS, settings.STATIC_URL)).encode())
    for folder in ("articles", "templates"):
        for file in sorted(Path(settings.BASE_DIR, folder).rglob("*")):
            if file.suffix in SUFFIXES and "migrations" not in file.parts:
                said.update(f"{file.relative_to(settings.BASE_DIR)}\0".encode())
                said.update(file.read_bytes())
    return said.hexdigest()


class AnotherRelease(Exception):
    """Pages are pressed with another design than this process has; the message is the sentence for the operator."""


def is_ours(state: PressState) -> bool:
    """Whether what this process renders is what the store holds, or is to hold: else another release presses."""
    return state.design in ("", digest())


def insist(state: PressState) -> None:
    """Raises AnotherRelease where the pages are another release's, or one's with other settings."""
    if not is_ours(state):
        raise AnotherRelease(
            "Another release presses pages now, or one with other settings: this presser ends, to be started again."
        )


def renewed() -> bool:
    """Mark all pages stale where they were pressed with another design. Gives whether they were.

    Whoever begins to press asks this first; a folder full of another newsroom's pages is emptied.
    """
    with transaction.atomic():
        owner = str(stale.locked_state().owner)
    store.take_over(owner)
    if stale.state().design == digest():
        return False
    with transaction.atomic():
        state = stale.locked_state()
        if state.design == digest():  # another process was quicker
            return False
        PressState.objects.filter(pk=state.pk).update(design=digest())
        stale.mark([], site=True)
    return True
