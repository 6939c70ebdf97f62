"""The processes of a running newsroom, kept together: the web server, and behind it the worker and the clock.

With nginx in front, as in production, the web server stands behind as well: readers talk to nginx.
Those behind are started again when they die. When the one that readers talk to dies the run ends, for there is
nothing left to see.
However the run ends, no process of it stays behind: each child leads a process group of its own, ended as a whole.
"""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from django.conf import settings

START_SECONDS = 30.0
STOP_SECONDS = 10.0
LOOK_SECONDS = 0.2
# One that dies at once is started again later and later, so that it does not fill the screen.
FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 30.0
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


WORKER = (sys.executable, "manage.py", "db_worker", "--queue-name", "*", "--no-reload")
CLOCK = (sys.executable, "manage.py", "clock")
PRESSER = (sys.executable, "manage.py", "press_pages", "--watch")


class WebServerEnded(Exception):
    """What readers talk to is gone though nobody asked it to stop; the message is the sentence for the operator."""


def port_is_taken(host: str, port: int) -> bool:
    """Whether something else listens on this port of this host."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # As the server itself does: connections that a run before has just closed do not count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


def free_port() -> int:
    """A port of this machine on which nothing listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def granian(host: str, port: int) -> tuple[str, ...]:
    """The web server's command. One process, a few threads: SQLite has one writer, and a page takes milliseconds."""
    return (
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)),
        *("--workers", "1", "--blocking-threads", "4", "--no-ws", "--log-level", "warning"),
        "newsroom.wsgi:application",
    )


@dataclass
class Background:
    """A process behind the first: what it is called, how it is started, when it starts again if it is dead."""

    name: str
    command: tuple[str, ...]
    process: subprocess.Popen | None = None
    starts_at: float = 0.0
    pause: float = FIRST_PAUSE_SECONDS


class Processes:
    """The web server, the worker and the clock of one run, from their start to their end.

    `front` is the command of an nginx that listens on `host` and `port`; the web server is then at the port `behind`.
    """

    def __init__(
        self, host: str, port: int, say: Callable[[str], None], front: tuple[str, ...] = (), behind: int = 0
    ) -> None:
        self.addresses = [(host, port)]
        self.say = say
        self.stopping = threading.Event()
        self.environment = os.environ | {"PYTHONUNBUFFERED": "1"}
        self.first: subprocess.Popen | None = None
        self.background = [Background("background worker", WORKER), Background("clock", CLOCK)]
        if settings.PAGES or settings.CDN:
            self.background.append(Background("presser", PRESSER))
        if front:
            self.called, self.command = "nginx", front
            self.addresses.insert(0, ("127.0.0.1", behind))
            self.background.insert(0, Background("web server", granian("127.0.0.1", behind)))
        else:
            self.called, self.command = "The web server", granian(host, port)

    def run(self, when_ready: Callable[[], None]) -> None:
        """Start all, call `when_ready` once pages are served, and stay until a signal or the web server ends it.

        Raises WebServerEnded. Signals are handled as before when it returns.
        """
        before = {number: signal.signal(number, self.heed) for number in STOP_SIGNALS}
        try:
            self.first = self.start(self.command)
            for one in self.background:
                self.start_background(one)
            self.wait_until_ready()
            if not self.stopping.is_set():
                when_ready()
            while not self.stopping.wait(LOOK_SECONDS):
                self.look_after()
        finally:
            self.stop()
            for number, handler in before.items():
                signal.signal(number, handler)

    def heed(self, number: int, frame: object) -> None:
        """Ask for the end; asked a second time, end the children without waiting for what they are doing."""
        if self.stopping.is_set():
            self.signal_all(signal.SIGKILL)
        self.stopping.set()

    def start_background(self, one: Background) -> None:
        """Start a process behind the first one: for the first time, or again."""
        one.process = self.start(one.command)
        one.starts_at = 0.0

    def start(self, command: tuple[str, ...]) -> subprocess.Popen:
        """Start `command` in a session of its own: Ctrl-C reaches this process, which ends the rest."""
        return subprocess.Popen(command, env=self.environment, stdin=subprocess.DEVNULL, start_new_session=True)

    def wait_until_ready(self) -> None:
        """Return when there is an answer, or when the end is asked for. Raises WebServerEnded."""
        late = time.monotonic() + START_SECONDS
        while not self.stopping.wait(LOOK_SECONDS / 2):
            try:
                for address in self.addresses:
                    socket.create_connection(address, timeout=1).close()
                return
            except OSError:
                self.look_after()
                if time.monotonic() > late:
                    raise WebServerEnded(f"{self.called} did not answer within {START_SECONDS:.0f} seconds.") from None

    def look_after(self) -> None:
        """See whether all are alive, and start one that is not again after a pause. Raises WebServerEnded."""
        if (code := self.first.poll()) is not None:
            raise WebServerEnded(f"{self.called} ended by itself (exit code {code}): the newsroom is stopped.")
        for one in self.background:
            if one.process.poll() is not None:
                self.bring_back(one)

    def bring_back(self, one: Background) -> None:
        """Say that `one` is dead, and start it again once its pause is over."""
        if not one.starts_at:
            self.say(
                f"The {one.name} ended by itself (exit code {one.process.returncode}): "
                f"it is started again in {one.pause:.0f} s."
            )
            self.signal_group(one.process, signal.SIGKILL)  # what it had started may hold its port
            one.starts_at = time.monotonic() + one.pause
            one.pause = min(one.pause * 2, LONGEST_PAUSE_SECONDS)
        elif time.monotonic() >= one.starts_at:
            self.start_background(one)
            self.say(f"The {one.name} runs again.")

    def stop(self) -> None:
        """End all: first asked to finish what they are doing, after STOP_SECONDS made to."""
        self.stopping.set()
        for child in self.children():
            child.terminate()
        late = time.monotonic() + STOP_SECONDS
        for child in self.children():
            try:
                child.wait(max(0.0, late - time.monotonic()))
            except subprocess.TimeoutExpired:
                self.say("A process did not end in time: it is ended now.")
        self.signal_all(signal.SIGKILL)
        for child in self.children():
            child.wait()

    def signal_all(self, number: int) -> None:
        """Send a signal to the children and to all that they have started."""
        for child in self.children():
            self.signal_group(child, number)

    def signal_group(self, child: subprocess.Popen, number: int) -> None:
        """Send a signal to a child and to all that it has started."""
        with suppress(ProcessLookupError):
            os.killpg(child.pid, number)

    def children(self) -> list[subprocess.Popen]:
        """Those that were started."""
        return [child for child in (self.first, *(one.process for one in self.background)) if child]
