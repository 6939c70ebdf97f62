"""Kept: what a page shows while it is rendered, as keys. `depends_on` notes them; who presses gathers them."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from articles.models import PressState

_noted: ContextVar[set[str] | None] = ContextVar("noted", default=None)
_moment: ContextVar[tuple[UUID, int] | None] = ContextVar("moment", default=None)


def depends_on(*keys: str) -> None:
    """The page that is being rendered shows these. Outside `noting` this does nothing."""
    noted = _noted.get()
    if noted is not None:
        noted.update(keys)


@contextmanager
def noting(state: PressState | None = None) -> Iterator[set[str]]:
    """Gather the keys of all that is rendered inside the block; `state` is from before (None: as the block around)."""
    noted: set[str] = set()
    tokens = _noted.set(noted), _moment.set((state.owner, state.number) if state else _moment.get())
    try:
        yield noted
    finally:
        _noted.reset(tokens[0])
        _moment.reset(tokens[1])


def moment() -> tuple[UUID, int] | None:
    """What state the newsroom was in before this page began to be rendered; None outside `noting`.

    While it is the same nothing has changed that pages show: what was worked out for one may serve another.
    """
    return _moment.get()
