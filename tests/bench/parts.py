"""What is measured: queries a page, pages a second beside an empty Django view, bringing in a story, making a load."""

import io
import itertools
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from articles.models import Edition, Section

from . import renditions
from .uploads import uploads
from .wall import wall
from .writing import writing

RUNS = 9  # interleaved, so that a busy moment of the machine meets both sides
SECONDS = 0.7  # of asking, each run
SEED = 7
SMALL, LARGE = 24, 10_000
MEGABYTE = 1_000_000


def prepare():
    """An empty newsroom, migrated."""
    call_command("migrate", verbosity=0)
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    settings.ROOT_URLCONF = "tests.bench.urls"  # the newsroom's addresses, and the yardstick


def figure(what: str, value: float, bar: float | None, *, most: bool = False, form: str = "{:.3f}") -> dict:
    """One line of the table. `most` says that the bar is a ceiling; without a bar the figure is for information."""
    reached = None if bar is None else (value <= bar if most else value >= bar)
    sign = "" if bar is None else ("≤ " if most else "≥ ") + form.format(bar)
    return {"what": what, "value": value, "figure": form.format(value), "bar": sign, "reached": reached}


def load(stories: int) -> float:
    """Bring the newsroom to `stories` stories; gives how many a second were made."""
    there = Edition.objects.count()
    began = time.perf_counter()
    call_command("make_load", stories=stories - there, seed=SEED + there, stdout=sys.stderr)
    return (stories - there) / (time.perf_counter() - began)


class Site:
    """The whole Django site as a server would call it, without the server."""

    def __init__(self):
        self.handler = WSGIHandler()

    def get(self, path: str) -> bytes:
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path.encode().decode("latin-1"),
            "QUERY_STRING": "",
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
        }
        status = []
        response = self.handler(environ, lambda line, headers: status.append(line))
        content = b"".join(response)
        response.close()
        if not status[0].startswith("200"):
            raise SystemExit(f"{quote(path)} answered {status[0]}: nothing was measured.")
        return content

    def a_second(self, path: str) -> float:
        """How many times a second `path` is answered, over SECONDS."""
        began = time.perf_counter()
        for asked in itertools.count(1):
            self.get(path)
            passed = time.perf_counter() - began
            if passed > SECONDS:
                return asked / passed

    def queries(self, path: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            self.get(path)
        return len(captured)


def addresses() -> dict[str, str]:
    """One page of each kind."""
    edition = Edition.objects.live().in_language("en").newest().first()
    day = edition.path.split("/")
    section = edition.section.slug
    return {
        "story": edition.path,
        "front": "/en/",
        "section": f"/en/section/{section}/",
        "section, a month": f"/en/section/{section}/{day[2]}/{day[3]}/",
        "tag": edition.tags.first().get_absolute_url(),
        "author": edition.authors.first().get_absolute_url("en"),
        "archive, a month": f"/en/archive/{day[2]}/{day[3]}/",
        "feed": "/en/feed.xml",
    }


def pages(folder: Path) -> Iterator[dict]:
    """Queries a page at 24 and at 10,000 stories, and pages a second as a ratio to an empty view."""
    load(SMALL)
    site, counted = Site(), {}
    for name, path in addresses().items():
        site.get(path)
        counted[name] = site.queries(path)
    made_a_second = load(LARGE)
    for name, path in addresses().items():
        site.get(path)
        most = 6 if name == "story" else 8
        yield figure(f"queries, {name}, {SMALL} stories", counted[name], most, most=True, form="{:.0f}")
        yield figure(f"queries, {name}, {LARGE:,} stories", site.queries(path), counted[name], most=True, form="{:.0f}")
    yield figure("make_load, stories a second", made_a_second, 500, form="{:.0f}")
    yield from speeds(site)


def speeds(site: Site) -> Iterator[dict]:
    there = addresses()
    bars = {"story": 0.05, "front": 0.04}
    names = ["story", "front", "section", "archive, a month"]
    empty, found = [], {name: [] for name in names}
    for _run in range(RUNS):
        empty.append(site.a_second("/empty/"))
        for name in names:
            found[name].append(site.a_second(there[name]))
    yield figure("an empty Django view, requests a second", statistics.median(empty), None, form="{:.0f}")
    for name in names:
        ratio = statistics.median(one / yardstick for one, yardstick in zip(found[name], empty, strict=True))
        yield figure(f"{name}, requests a second", statistics.median(found[name]), None, form="{:.0f}")
        yield figure(f"{name}, ratio to the empty view", ratio, bars.get(name))


STORY = """Two pictures come in

One line above the text

The first paragraph of a story that is brought in with two pictures of 24 megapixels each.

The second paragraph ends it, and the captions follow.

The first picture
The second picture
"""


def bring_in(folder: Path) -> Iterator[dict]:
    """`import_story` with two pictures of 24 megapixels, in a process of its own."""
    text = folder / "story.txt"
    text.write_text(STORY)
    Section.objects.get_or_create(slug="world")
    command = [sys.executable, "manage.py", "import_story", str(text), "--publish", "--section", "world"]
    for number in (1, 2):
        picture = folder / f"{number}.jpg"
        Image.effect_noise((6000, 4000), 30 + number).convert("RGB").save(picture, quality=88)
        command += ["--photo", str(picture), "--alt", f"Grain {number}"]
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 / MEGABYTE
    yield figure("import_story, two pictures of 24 megapixels, seconds", seconds, None, form="{:.1f}")
    yield figure("import_story, peak memory, MB", peak, 400, most=True, form="{:.0f}")


def all_renditions(folder: Path) -> Iterator[dict]:
    """Fifty press pictures and a large one to all renditions, beside bare Pillow; and the memory of a worker."""
    for what, each, ratio in renditions.times(folder):
        yield figure(f"renditions of {what}, seconds a picture", each, None, form="{:.2f}")
        yield figure(f"renditions of {what}, times bare Pillow", ratio, renditions.MOST_TIMES, most=True)
    for name, path in renditions.heavy(folder):
        memory = renditions.peak(path, renditions.LARGE)
        yield figure(f"renditions of 24 MP, {name}, MB", memory, renditions.MOST_MEMORY, most=True, form="{:.0f}")


PARTS: dict[str, Callable[[Path], Iterator[dict]]] = {
    "import": bring_in,
    "pages": pages,
    "writing": writing,
    "uploads": uploads,
    "renditions": all_renditions,
    "wall": wall,
}
