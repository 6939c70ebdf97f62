"""Kept: what a page shows while it is rendered, as keys. `depends_on` notes them; who presses gathers them."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from articles.models import PressState

_noted: ContextVar[set[str] | None] = ContextVar("noted", default=None)
_state: ContextVar[PressState | None] = ContextVar("state", default=None)


def depends_on(*keys: str) -> None:
    """The page that is being rendered shows these. Outside `noting` this does nothing."""
    noted = _noted.get()
    if noted is not None:
        noted.update(keys)


@contextmanager
def noting(state: PressState | None = None) -> Iterator[set[str]]:
    """Gather the keys of all that is rendered inside the block; `state` is from before (None: as the block around)."""
    noted: set[str] = set()
    tokens = _noted.set(noted), _state.set(state or _state.get())
    try:
        yield noted
    finally:
        _noted.reset(tokens[0])
        _state.reset(tokens[1])


def state() -> PressState | None:
    """The state the newsroom was in before this page began to be rendered; None outside `noting`."""
    return _state.get()
