"""What is measured: queries a page, pages a second beside an empty Django view, bringing in a story, making a load."""

import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from PIL import Image

from articles.models import Edition, Section

from . import renditions
from .api import api
from .crowd import crowd
from .measures import RUNS, Site, figure, load
from .press import pressed
from .reach import reach
from .search import searched
from .uploads import uploads
from .wall import wall
from .writing import writing

SMALL, LARGE = 24, 10_000
MEGABYTE = 1_000_000


def prepare():
    """An empty newsroom, migrated."""
    call_command("migrate", verbosity=0)
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    settings.ROOT_URLCONF = "tests.bench.urls"  # the newsroom's addresses, and the yardstick


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
    "press": pressed,
    "crowd": crowd,
    "reach": reach,
    "api": api,
    "search": searched,
}
