"""The page store: where public pages lie pressed, in a folder or in a bucket. Only `press` writes here.

The page of `/en/` is `en/index.html`, that of `/en/feed.xml` is `en/feed.xml`, beneath `settings.PAGES`.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from .bucket import Bucket
from .folder import ENDINGS, Folder

INDEX = "index.html"
LONGEST_PART = 255  # bytes of a file's name on every system we know


def is_on() -> bool:
    """Whether pages are kept at all (`NEWSROOM_PAGE_STORE`)."""
    return settings.PAGES is not None


def is_folder() -> bool:
    """Whether the pages are files on this machine, which nginx finds by itself."""
    return isinstance(settings.PAGES, Path)


@lru_cache(maxsize=4)
def _at(place: Path | str) -> Folder | Bucket:
    return Folder(place) if isinstance(place, Path) else Bucket(place)


def place() -> Folder | Bucket:
    """Where the pages lie."""
    return _at(settings.PAGES)


def name_of(path: str) -> str:
    """The name of the file of the page at `path` (decoded, from the root); "" where there is none to be."""
    if not is_on() or not path.startswith("/") or not path.isprintable() or "\\" in path:
        return ""
    parts = path[1:].split("/")
    parts = [*parts[:-1], INDEX] if parts[-1] == "" else parts
    if not parts[-1].endswith(ENDINGS) or (parts[-1] == INDEX and not path.endswith("/")):
        return ""
    if any(not part or part.startswith(".") or len(part.encode()) > LONGEST_PART - 8 for part in parts):
        return ""
    return "/".join(parts)


def file_of(path: str) -> Path | None:
    """Where the page at `path` lies on this machine, or would lie; None where it is kept nowhere."""
    name = name_of(path)
    return settings.PAGES / name if name and is_folder() else None


def _note_of(name: str) -> Path:
    """Where it is noted that the page of that name is to go and could not be removed."""
    return settings.PAGES_TO_GO / hashlib.blake2b(f"{settings.PAGES}\n{name}".encode(), digest_size=16).hexdigest()


def _is_to_go(name: str) -> bool:
    return _note_of(name).exists()


def _forget_note(name: str) -> None:
    if _is_to_go(name):
        _note_of(name).unlink(missing_ok=True)


def read(path: str) -> tuple[bytes, datetime] | None:
    """The bytes of the page at `path` and when they were pressed (UTC); None where there are none, or where they had
    to go and could not be removed."""
    name = name_of(path)
    return place().read(name) if name and not _is_to_go(name) else None


def packed(path: str) -> bytes | None:
    """The page at `path` as gzip; None where it is not there, as for `read`."""
    name = name_of(path)
    return place().packed(name) if name and not _is_to_go(name) else None


@contextmanager
def beside(path: str, content: bytes) -> Iterator[Callable[[], None]]:
    """Write a page beside its place; gives what puts it there, whole. If that is not called, it goes.

    Raises OSError where the store refuses; what lay there lies there still.
    """
    name = name_of(path)
    if not name:
        yield lambda: None
        return
    with place().beside(name, content) as put_in_place:

        def put() -> None:
            put_in_place()
            _forget_note(name)

        yield put


def remove(path: str) -> None:
    """Take a page away, if there is one; the readers' next request reaches Django.

    Raises OSError where that cannot be done; every process of this machine answers as if it were gone all the same.
    """
    name = name_of(path)
    if not name:
        return
    try:
        place().remove(name)
    except OSError:
        note = _note_of(name)
        with suppress(OSError):  # this disk may be the one that refuses
            note.parent.mkdir(parents=True, exist_ok=True)
            note.touch()
        raise
    _forget_note(name)


def take_over(owner: str) -> bool:
    """Empty the store if its pages are another newsroom's (a database that was deleted, or moved away). Gives whether
    that was so. `owner` tells one database from another. Raises NotPages where there is anything else."""
    return is_on() and place().take_over(owner)


def paths() -> Iterator[str]:
    """The path of every page that lies in the store, packed or not, in no order. Raises OSError."""
    for name in place().names():
        path = f"/{name.removesuffix(INDEX) if name.rpartition('/')[2] == INDEX else name}"
        if name_of(path) == name:
            yield path


def lies_there(path: str) -> bool:
    """Whether anything of the page at `path` is in the store, also what is to go and could not be removed."""
    name = name_of(path)
    return bool(name) and (place().read(name) or place().packed(name)) is not None


def asked_at(path: str) -> datetime | None:
    """About when the page was last read; None where there is none."""
    name = name_of(path)
    return place().asked_at(name) if name else None


def agrees(path: str, content: bytes) -> bool:
    """Whether what lies packed beside the page at `path` says `content`, too."""
    name = name_of(path)
    return bool(name) and place().agrees(name, content)
