"""The page store in a folder: each page is a file, which nginx serves without asking Python.

The page of `/en/` is `en/index.html`, that of `/en/feed.xml` is `en/feed.xml`. Beside each lie its `.gz` and its `.br`.
Each file is written beside its place and renamed into it: a reader sees the old page or the new one.
"""

import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from . import packing

OWNER = ".newsroom"  # no address begins with a dot
ENDINGS = (".html", ".xml", ".json", ".txt")


class NotPages(Exception):
    """Where the pages are to lie there is something else; the message is the sentence for the operator."""


class Folder:
    """Pages as files beneath `root`. Names are those of `store.name_of`. Its methods raise OSError where the disk
    refuses to write or remove; what cannot be read is not there."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def read(self, name: str) -> tuple[bytes, datetime] | None:
        """The bytes of a page and when they were pressed (UTC); None where there are none."""
        try:
            with open(self.root / name, "rb") as opened:
                return opened.read(), datetime.fromtimestamp(os.fstat(opened.fileno()).st_mtime, UTC)
        except OSError:
            return None

    def packed(self, name: str) -> bytes | None:
        """The page as gzip; None where it is not there."""
        with suppress(OSError):
            return Path(self.root, f"{name}.gz").read_bytes()
        return None

    def agrees(self, name: str, content: bytes) -> bool:
        """Whether what lies packed beside a page says `content`. There may be no brotli: it is older than the extra."""
        forms = {}
        for ending in packing.ENDINGS:
            with suppress(OSError):
                forms[ending] = Path(self.root, f"{name}{ending}").read_bytes()
        return ".gz" in forms and all(packing.unpacked(*form) == content for form in forms.items())

    @contextmanager
    def beside(self, name: str, content: bytes) -> Iterator[Callable[[], None]]:
        """Write a page, packed and plain, beside its place; gives what puts both there. If that is not called, they go.
        What lay there lies there until then."""
        file, mark = self.root / name, secrets.token_hex(8)
        # The packed ones first: where this process dies in between, the page is stale still and is pressed again.
        forms = packing.packed(content)
        written = [
            (file.with_name(f".{mark}{ending}"), Path(f"{file}{ending}"), form)
            for ending, form in [*forms.items(), ("", content)]
        ]

        def put_in_place() -> None:
            for ending in set(packing.ENDINGS) - set(forms):  # of a time when it could be made here
                Path(f"{file}{ending}").unlink(missing_ok=True)
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

    def remove(self, name: str) -> None:
        """Take a page away; the readers' next request reaches Django. Nothing happens where there is none."""
        file, refused = self.root / name, None
        # The packed first: nginx gives those without looking for the page itself. What can go goes, whatever stays.
        for one in (*(Path(f"{file}{end}") for end in packing.ENDINGS), file):
            try:
                one.unlink(missing_ok=True)
            except OSError as error:
                refused = error
        if refused:
            raise refused
        with suppress(OSError):  # other pages lie there
            for folder in Path(name).parents:
                (self.root / folder).rmdir()

    def names(self) -> Iterator[str]:
        """The name of every page that lies here, packed or not."""
        for folder, _folders, files in os.walk(self.root):
            for file in {_unpacked(file) for file in files if not file.startswith(".")}:
                yield Path(folder, file).relative_to(self.root).as_posix()

    def asked_at(self, name: str) -> datetime | None:
        """About when the page was last read (a file's access time is right to a day); None where there is none."""
        file, seen = self.root / name, []
        for one in (file, *(Path(f"{file}{ending}") for ending in packing.ENDINGS)):
            with suppress(OSError):
                seen.append(one.stat().st_atime)
        return datetime.fromtimestamp(max(seen), UTC) if seen else None

    def take_over(self, owner: str) -> bool:
        """Empty the store if its pages are another newsroom's. Gives whether that was so. Raises NotPages."""
        said = self.root / OWNER
        with suppress(OSError):
            if said.read_text(encoding="utf-8") == owner:
                return False
        self.root.mkdir(parents=True, exist_ok=True)
        for one in (one for one in self.root.rglob("*") if one.is_file() or one.is_symlink()):
            refuse_others(one.name, str(one))
        for one in self.root.iterdir():
            shutil.rmtree(one) if one.is_dir() and not one.is_symlink() else one.unlink(missing_ok=True)
        said.write_text(owner, encoding="utf-8")
        return True


def _unpacked(name: str) -> str:
    """The name of the page that a file, packed or not, is one of."""
    ending = next((ending for ending in packing.ENDINGS if name.endswith(ending)), "")
    return name.removesuffix(ending)


def refuse_others(name: str, where: str) -> None:
    """Raise NotPages if a file of that name is none that the page store writes: then other things lie there."""
    if not name.startswith(".") and not _unpacked(name).endswith(ENDINGS):
        raise NotPages(
            f"{where} is no page: NEWSROOM_PAGE_STORE is emptied when another newsroom takes it over, and must hold "
            "its pages alone."
        )


def _age_apart(new: Path, old: Path) -> None:
    """nginx tells two files of a page apart by their seconds and sizes: no two of the same size are of one second."""
    with suppress(FileNotFoundError):
        least = int(old.stat().st_mtime) + 1
        if new.stat().st_mtime < least:
            os.utime(new, (least, least))
