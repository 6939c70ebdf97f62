"""Known: parts of pages that were worked out before and are still true, for as long as this process lives.

What a part shows is said as keys, as for a page, and a change touches keys: so a part is true until one of its keys is
touched. A feed has thirty whole stories, of which a publish changes one.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from threading import Lock
from typing import Generic, TypeVar
from uuid import UUID

from articles.models import Touch

from . import kept

Part = TypeVar("Part")
# Touches are forgotten after an hour (`stale.REMEMBERED`): who has not looked for them for long knows nothing.
LONGEST_UNSEEN = 30 * 60  # seconds


@dataclass(frozen=True, slots=True)
class _State:
    owner: UUID
    generation: int
    number: int


Made = dict[int, tuple[Part, frozenset[str]]]


class Known(Generic[Part]):
    """Up to `most` parts by their number; those go first that were not asked for the longest."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._parts: Made = {}
        self._state: _State | None = None
        self._seen = 0.0
        self._lock = Lock()

    def parts(self, numbers: Iterable[int], make: Callable[[list[int]], Made]) -> list[Part]:
        """The parts of `numbers`, in their order. `make` works out those that are not known, each with its keys; what
        it leaves out is left out. Notes the keys of all. At most one query, beside those of `make`."""
        numbers, row = list(numbers), kept.state()
        state = row and _State(row.owner, row.generation, row.number)
        found: Made = {}
        if state:
            with self._lock:
                self._catch_up(state)
                found = {number: self._parts[number] for number in numbers if number in self._parts}
        missing = [number for number in numbers if number not in found]
        if missing:
            found |= make(missing)
        with self._lock:
            # Where another caught up meanwhile, he did not see what was made here from before.
            if state and state == self._state:
                self._keep(found)
        for _part, keys in found.values():
            kept.depends_on(*keys)
        return [found[number][0] for number in numbers if number in found]

    def forget(self) -> None:
        with self._lock:
            self._parts.clear()

    def _keep(self, found: Made) -> None:
        for number, part in found.items():
            self._parts.pop(number, None)
            self._parts[number] = part
        while len(self._parts) > self.most:
            del self._parts[next(iter(self._parts))]

    def _catch_up(self, now: _State) -> None:
        """Forget what was touched since the last time; all there is where that cannot be said."""
        before, seen = self._state, self._seen
        self._state, self._seen = now, time.monotonic()
        if before == now or not self._parts:
            return
        is_later = before and (before.owner, before.generation) == (now.owner, now.generation)
        if not is_later or before.number > now.number or self._seen - seen > LONGEST_UNSEEN:
            self._parts.clear()
            return
        touched = set(Touch.objects.filter(number__gt=before.number).values_list("key", flat=True))
        for number in [number for number, (_part, keys) in self._parts.items() if keys & touched]:
            del self._parts[number]
