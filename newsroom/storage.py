"""Files in a folder, each put in place whole: written beside, then given its name, so that nobody finds half of one.

An object storage does this by itself: what was not sent whole is not there.
"""

import os
import time
from pathlib import Path
from uuid import uuid4

from django.core.files.base import File
from django.core.files.move import file_move_safe
from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible

# Where files are written, beneath the storage's own folder: on the same disk, so that naming one copies nothing.
BESIDE = ".unfinished"
# After which a file in there is one whose writer died.
LEFT_SECONDS = 3600


@deconstructible(path="newsroom.storage.WholeFileStorage")
class WholeFileStorage(FileSystemStorage):
    """Django's storage in a folder, but that a process killed while it writes leaves nothing under the file's name.

    With `durable`, a file is on the disk before it has its name: for what cannot be made again after a power cut.
    """

    def __init__(self, *args, durable: bool = False, **options) -> None:
        super().__init__(*args, **options)
        self.durable = durable

    def _save(self, name: str, content: File) -> str:
        unfinished = Path(self.location, BESIDE, uuid4().hex)
        unfinished.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
        try:
            self._write(unfinished, content)
            while True:
                path = Path(self.path(name))
                path.parent.mkdir(parents=True, exist_ok=True)
                try:
                    self._put(unfinished, path)
                except FileExistsError:  # somebody else took the name a moment ago
                    name = self.get_available_name(name)
                else:
                    break
        finally:
            unfinished.unlink(missing_ok=True)
        return path.relative_to(self.location).as_posix()

    def _write(self, path: Path, content: File) -> None:
        with path.open("xb") as file:
            for chunk in content.chunks():
                file.write(chunk if isinstance(chunk, bytes) else chunk.encode())
            if self.durable:
                file.flush()
                os.fsync(file.fileno())
        if self.file_permissions_mode is not None:
            path.chmod(self.file_permissions_mode)

    @staticmethod
    def _put(unfinished: Path, path: Path) -> None:
        """Give a finished file its name. Raises FileExistsError where another one has it."""
        try:
            os.link(unfinished, path)
        except FileExistsError:
            raise
        except OSError:  # a disk without links: two writers of one name are a moment apart there, and write the same
            file_move_safe(unfinished, path, allow_overwrite=False)

    def sweep(self, seconds: float = LEFT_SECONDS) -> int:
        """Delete what writers left that died `seconds` ago or earlier. Gives how many files that were."""
        before, swept = time.time() - seconds, 0
        for path in Path(self.location, BESIDE).glob("*"):
            try:
                if path.stat().st_mtime < before:
                    path.unlink()
                    swept += 1
            except FileNotFoundError:  # finished, or swept by another, just now
                continue
        return swept
