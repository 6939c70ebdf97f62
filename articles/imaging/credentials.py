"""Content credentials (C2PA) of a file that came in: who signed it, what was done to it, and whether that holds.

Whether a file has any is found out here. What they say is read by c2pa's library, the optional `provenance` extra, in
a process of its own: the file is a stranger's, the library is native code, and an upload must neither wait for it for
ever nor die with it.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from shutil import copyfileobj
from typing import Any, BinaryIO

from articles.imaging.formats import format_of, read_head

# How every manifest store begins (ISO/IEC 19566-5, C2PA 2.2, 11.1), in whatever container.
MARK = b"jumdc2pa\0\x11\0\x10\x80\0\0\xaa\0\x38\x9b\x71"
SECONDS = 15  # until the reader is stopped
_CHUNK = 1 << 20
_READER = Path(__file__).with_name("credentials_reader.py")


class State(StrEnum):
    """What is known of a file's content credentials."""

    NONE = "none"  # it has none
    VALID = "valid"  # signed, and as it was signed; by whom, nobody here vouches for
    TRUSTED = "trusted"  # and the signer is known to whom the operator trusts
    INVALID = "invalid"  # it was changed since, or they cannot be read
    UNREAD = "unread"  # it has some, and they could not be read here


def installed() -> bool:
    """Whether the optional extra is here."""
    return find_spec("c2pa") is not None


def carries(file: BinaryIO) -> bool:
    """Whether a file holds a manifest store anywhere. The file is left at its beginning."""
    file.seek(0)
    rest, found = b"", False
    while not found and (chunk := file.read(_CHUNK)):
        found = MARK in rest + chunk
        rest = chunk[1 - len(MARK) :]
    file.seek(0)
    return found


def read(file: BinaryIO, *, trust: str = "") -> dict[str, Any]:
    """What a picture's content credentials say, as values that JSON can hold; {} for a file without any.

    `state` is one of State; `signer` and `issuer` are the names in the certificate, `signed_at` is ISO 8601 where
    somebody vouches for the time; then `made_with`, `actions` (each with `action`, `when`, `with`, `source_type`),
    `ingredients` (`title`, `relation`), `problems` (C2PA's own codes) and `source_type`, how the picture was made. All
    texts are the file's. `trust` is the path of a PEM file with the certificates of those whose word counts.

    Nothing is raised for what the file says, and nothing is fetched for it. The file is left at its beginning.
    """
    if not carries(file):
        return {}
    format = format_of(read_head(file))
    if not installed():
        return {"state": State.UNREAD.value, "problems": ["not installed"]}
    with tempfile.TemporaryFile() as copy:
        file.seek(0)
        copyfileobj(file, copy, _CHUNK)
        file.seek(0)
        copy.seek(0)
        command = [sys.executable, "-I", str(_READER), f"image/{format}", *([trust] if trust else [])]
        try:
            done = subprocess.run(
                command, stdin=copy, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}, timeout=SECONDS
            )
            found = json.loads(done.stdout)
        except (OSError, ValueError, subprocess.SubprocessError):
            return {"state": State.UNREAD.value, "problems": ["failed"]}
    return {} if found.get("state") == State.NONE else found


def state_of(found: Mapping[str, Any]) -> State:
    """The state in what `read` gave."""
    return State(found.get("state") or State.NONE)
