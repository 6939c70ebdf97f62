"""The page store: public pages as files, which nginx serves without asking Python. Only `press` writes here.

The page of `/en/` is `en/index.html`, that of `/en/feed.xml` is `en/feed.xml`, both beneath `settings.PAGES`.
Beside each lies its `.gz`. Each file is written beside its place and renamed into it: a reader sees the old page or the
new one.
"""

import gzip
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

INDEX = "index.html"
OWNER = ".newsroom"  # no address begins with a dot
LONGEST_PART = 255  # bytes of a file's name on every system we know
PACKED = (".gz",)
LEVEL = 6  # of gzip: 9 takes three times as long for one byte in a hundred


def is_on() -> bool:
    """Whether pages are kept at all (`NEWSROOM_PAGE_STORE`)."""
    return settings.PAGES is not None


def name_of(path: str) -> str:
    """The name of the file of the page at `path` (decoded, from the root); "" where there is none to be."""
    if not is_on() or not path.startswith("/") or not path.isprintable() or "\\" in path:
        return ""
    parts = path[1:].split("/")
    parts = [*parts[:-1], INDEX] if parts[-1] == "" else parts
    if not parts[-1].endswith((".html", ".xml", ".json")) or (parts[-1] == INDEX and not path.endswith("/")):
        return ""
    if any(not part or part.startswith(".") or len(part.encode()) > LONGEST_PART - 8 for part in parts):
        return ""
    return "/".join(parts)


def file_of(path: str) -> Path | None:
    """Where the page at `path` lies, or would lie; None where it is kept nowhere."""
    name = name_of(path)
    return settings.PAGES / name if name else None


def read(path: str) -> tuple[bytes, datetime] | None:
    """The bytes of the page at `path` and when they were pressed (UTC); None where there are none."""
    file = file_of(path)
    if file is None:
        return None
    try:
        with open(file, "rb") as opened:
            return opened.read(), datetime.fromtimestamp(os.fstat(opened.fileno()).st_mtime, UTC)
    except OSError:
        return None


def packed(path: str) -> bytes | None:
    """The page at `path` as gzip; None where it is not there."""
    file = file_of(path)
    with suppress(OSError):
        return Path(f"{file}.gz").read_bytes() if file else None
    return None


@contextmanager
def beside(path: str, content: bytes) -> Iterator[Callable[[], None]]:
    """Write a page, packed and plain, beside its place; gives what puts both there. If that is not called, they go.

    Raises OSError where the disk refuses; what lay there lies there still.
    """
    file = file_of(path)
    if file is None:
        yield lambda: None
        return
    mark = secrets.token_hex(8)
    # The packed one first: where this process dies in between, the page is stale still and is pressed again.
    written = [(file.with_name(f".{mark}.gz"), Path(f"{file}.gz"), gzip.compress(content, LEVEL, mtime=0))]
    written.append((file.with_name(f".{mark}"), file, content))

    def put_in_place() -> None:
        for waiting, place, _bytes in written:
            _age_apart(waiting, place)
            os.replace(waiting, place)

    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        for waiting, _place, packed in written:
            waiting.write_bytes(packed)
        yield put_in_place
    finally:
        for waiting, _place, _bytes in written:
            waiting.unlink(missing_ok=True)


def _age_apart(new: Path, old: Path) -> None:
    """nginx tells two files of a page apart by their seconds and sizes: no two of the same size are of one second."""
    with suppress(FileNotFoundError):
        least = int(old.stat().st_mtime) + 1
        if new.stat().st_mtime < least:
            os.utime(new, (least, least))


def remove(path: str) -> None:
    """Take a page away; the readers' next request reaches Django. Nothing happens where there is none."""
    file = file_of(path)
    if file is None:
        return
    # The page itself first: nginx looks for it before it looks for what is packed.
    for one in (file, *(Path(f"{file}{end}") for end in PACKED)):
        one.unlink(missing_ok=True)
    with suppress(OSError):  # other pages lie there
        for folder in file.relative_to(settings.PAGES).parents:
            (settings.PAGES / folder).rmdir()


def take_over(owner: str) -> bool:
    """Empty the folder if its pages are another newsroom's (a database that was deleted, or moved away). Gives whether
    that was so. `owner` tells one database from another."""
    if not is_on():
        return False
    said = settings.PAGES / OWNER
    with suppress(OSError):
        if said.read_text(encoding="utf-8") == owner:
            return False
    settings.PAGES.mkdir(parents=True, exist_ok=True)
    for one in settings.PAGES.iterdir():
        shutil.rmtree(one) if one.is_dir() and not one.is_symlink() else one.unlink(missing_ok=True)
    said.write_text(owner, encoding="utf-8")
    return True


def asked_at(path: str) -> datetime | None:
    """About when the page was last read (a file's access time is right to a day); None where there is none."""
    file = file_of(path)
    with suppress(OSError):
        seen = file.stat() if file else None
        packed = Path(f"{file}.gz").stat() if file else None
        return datetime.fromtimestamp(max(seen.st_atime, packed.st_atime), UTC) if seen and packed else None
    return None


def unpacked(path: str) -> bytes | None:
    """What the packed page at `path` says; None where it is not there or broken."""
    content = packed(path)
    with suppress(OSError, EOFError, ValueError):
        return gzip.decompress(content) if content is not None else None
    return None
