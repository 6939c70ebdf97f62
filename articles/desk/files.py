"""Files written while something changes: gone again when the change fails, so that nothing is half stored."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage, storages

_written: ContextVar[list[tuple[Storage, str]] | None] = ContextVar("written", default=None)


@contextmanager
def undone_on_failure() -> Iterator[None]:
    """Delete every file that `keep` wrote inside the block if the block raises; those of blocks inside it too."""
    outer = _written.get()
    files: list[tuple[Storage, str]] = []
    token = _written.set(files)
    try:
        yield
    except BaseException:
        for storage, name in files:
            storage.delete(name)
        raise
    finally:
        _written.reset(token)
    if outer is not None:
        outer += files  # what this block wrote goes when the one around it fails later


def keep(storage_name: str, name: str, content: bytes | File) -> str:
    """Write `content` under `name` in the storage called `storage_name`; gives the name it got."""
    storage = storages[storage_name]
    content = ContentFile(content) if isinstance(content, bytes) else content
    saved = storage.save(name, content)
    files = _written.get()
    if files is not None:
        files.append((storage, saved))
    return saved
