"""Kept: what a page shows while it is rendered, as keys. `depends_on` notes them; who presses gathers them."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_noted: ContextVar[set[str] | None] = ContextVar("noted", default=None)


def depends_on(*keys: str) -> None:
    """The page that is being rendered shows these. Outside `noting` this does nothing."""
    noted = _noted.get()
    if noted is not None:
        noted.update(keys)


@contextmanager
def noting() -> Iterator[set[str]]:
    """Gather the keys of all that is rendered inside the block."""
    noted: set[str] = set()
    token = _noted.set(noted)
    try:
        yield noted
    finally:
        _noted.reset(token)
