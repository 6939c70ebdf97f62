"""A crowd: two hundred publishes in a minute while readers ask for as much as the machine gives, as in production."""

import re
import shutil
import statistics
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil

from tests.pages.test_kills import PUBLISHER
from tests.real_server import MANAGE, RealServer

from .measures import figure

SECONDS, PUBLISHES, STORIES = 60, 200, 1_000
CONNECTIONS = 64
WARM = 40  # publishes before anything is measured: feeds hold thirty stories
LATEST = 5.0  # seconds until a reader must see what was published
PARTS = {"web server": "granian", "presser": "press_pages", "worker": "db_worker"}


def crowd(folder: Path) -> Iterator[dict]:
    """A newsroom of its own behind nginx: errors of readers, how old a page is that they are shown, memory."""
    if not shutil.which("wrk"):
        print("Left out: wrk is not installed (apt install wrk).", file=sys.stderr)
        return
    newsroom = RealServer(folder, presses=True, nginx=True)
    try:
        subprocess.run([*MANAGE, "make_load", "--stories", str(STORIES)], check=True, **newsroom.place)
        newsroom.start()
        yield from hurried(newsroom)
    finally:
        newsroom.end()


def hurried(newsroom: RealServer) -> Iterator[dict]:
    publisher = subprocess.Popen(
        [sys.executable, "-c", PUBLISHER, "0"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, **newsroom.place
    )
    ages: list[float] = []
    publish(newsroom, publisher, ages, WARM)
    ages.clear()
    before = memory(newsroom)
    began = time.perf_counter()
    readers = [
        subprocess.Popen(
            # Readers are elsewhere: they must not take the newsroom's own time.
            ["nice", "-n", "15", "wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", newsroom.address + path],
            stdout=subprocess.PIPE,
            text=True,
        )
        for path in ("/en/", "/en/section/world/?fbclid=a")
    ]
    publish(newsroom, publisher, ages, PUBLISHES, SECONDS / PUBLISHES)
    took = time.perf_counter() - began
    said = [reader.communicate()[0] for reader in readers]
    publisher.stdin.close()
    publisher.wait()
    errors = sum(int(number) for one in said for number in re.findall(r"Non-2xx or 3xx responses: (\d+)", one))
    errors += sum(int(number) for one in said for number in re.findall(r"(?:connect|read|write|timeout) (\d+)", one))
    asked = sum(float(re.search(r"Requests/sec:\s+([\d.]+)", one)[1]) for one in said)
    yield figure("publishes a minute meanwhile", PUBLISHES / took * 60, PUBLISHES * 0.99, form="{:.0f}")
    yield figure("readers' requests a second meanwhile", asked, None, form="{:.0f}")
    yield figure("readers' errors", errors, 0, most=True, form="{:.0f}")
    yield figure("from Publish to the reader's front, seconds, median", statistics.median(ages), None)
    yield figure("the same, the slowest", max(ages), LATEST, most=True)
    for name, after in memory(newsroom).items():
        yield figure(f"memory of the {name}, beside what it was before", after / before[name], 1.1, most=True)


def publish(newsroom: RealServer, publisher: subprocess.Popen, ages: list[float], count: int, every: float = 0) -> None:
    """Publish `count` stories, one `every` so many seconds, and note how long each took to be on the front."""
    watchers, began = [], time.perf_counter()
    for number in range(count):
        time.sleep(max(0, began + number * every - time.perf_counter()))
        print("publish", file=publisher.stdin, flush=True)
        path = publisher.stdout.readline().strip()
        watchers.append(threading.Thread(target=watch, args=(newsroom, path, time.perf_counter(), ages)))
        watchers[-1].start()
    for watcher in watchers:
        watcher.join()


def watch(newsroom: RealServer, path: str, published: float, ages: list[float]) -> None:
    while True:
        with urllib.request.urlopen(f"{newsroom.address}/en/", timeout=20) as front:
            passed, is_there = time.perf_counter() - published, path.encode() in front.read()
        if is_there or passed > SECONDS:
            ages.append(passed)
            return
        time.sleep(0.05)


def memory(newsroom: RealServer) -> dict[str, float]:
    """Of each part, in megabytes; what is shared is counted once (USS)."""
    found = dict.fromkeys(PARTS, 0.0)
    for process in psutil.Process(newsroom.process.pid).children(recursive=True):
        command = " ".join(process.cmdline())
        for name, word in PARTS.items():
            if word in command:
                found[name] += process.memory_full_info().uss / 1e6
    return found
