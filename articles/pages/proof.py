"""Proof: whether the files of the page store are what they should be, and no others lie there."""

from collections.abc import Iterable, Iterator
from itertools import islice

from articles.models import Page

from . import press, stale, store

AT_ONCE = 500  # files that are looked for among the rows in one go


def check(paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Render pages anew and compare each with its file. Gives (path, what is wrong) for those that differ.

    A page that is stale is none of these: it waits to be pressed.
    """
    for path in paths:
        said = _wrong(path)
        if said and not _is_stale(path):
            yield path, said


def _wrong(path: str) -> str:
    rendering, found = press.render(path), store.read(path)
    if rendering is None:
        return "there is a file, and no page" if found else ""
    if found is None:
        return "the file is missing"
    if found[0] != rendering.content:
        return "the file is not what it should be"
    return "" if store.agrees(path, rendering.content) else "the packed file is not what it should be"


def _is_stale(path: str) -> bool:
    return Page.objects.filter(path=path).stale_at(stale.state().generation).exists()


# -- Files that no row tells of: as after a backup was put back --------------------------------------------------------


def left(paths: Iterable[str] | None = None) -> Iterator[str]:
    """The paths of files in the store (or of `paths` alone) that no row tells of: nothing marks them, ever."""
    files = store.paths() if paths is None else iter(paths)
    # Looked at once more: a page may have been dropped since, its file and its row together.
    while found := list(islice(files, AT_ONCE)):
        known = set(Page.objects.filter(path__in=found).values_list("path", flat=True))
        yield from (path for path in found if path not in known and store.lies_there(path))


def sweep(paths: Iterable[str] | None = None) -> int:
    """Take away the files that no row tells of. Gives how many; each is made anew when somebody asks for it.

    One that is put there just now has its row already: who presses makes the row first. Raises OSError.
    """
    swept = 0
    for path in left(paths):
        press.drop(path)
        swept += 1
    return swept
