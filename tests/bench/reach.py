"""Reach: what the sitemaps cost with a thousand stories and with many: questions to the database, and milliseconds."""

import os
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Edition
from articles.pages import press, sitemaps

from .measures import RUNS, figure, load

FEW = 1_000
MANY = int(os.environ.get("STORIES", "100000"))


def reach(folder: Path) -> Iterator[dict]:
    """The index, a month of now, one of long ago, the lists and the news: rendered, and pressed into their files."""
    settings.PAGES = folder / "sitemaps"
    found = {}
    for number in (FEW, MANY):
        load(number)
        found[number] = {name: costs(path) for name, path in files().items()}
    for name in found[MANY]:
        (few, _ms), (many, milliseconds) = found[FEW][name], found[MANY][name]
        yield figure(f"sitemap: {name}, queries, {MANY:,} stories", many, few, most=True, form="{:.0f}")
        yield figure(f"sitemap: {name}, milliseconds to press, {MANY:,} stories", milliseconds, None, form="{:.0f}")
    began, stories = time.perf_counter(), 0
    for path, _changed in sitemaps.files():
        press.press(path)
        stories += path.count("/") == 4
    took = time.perf_counter() - began
    yield figure(f"sitemaps: all {stories} months and the lists, seconds, {MANY:,} stories", took, None, form="{:.1f}")


def files() -> dict[str, str]:
    """One file of each kind. The month of now is the longest there is: stories are dense there."""
    live = Edition.objects.live().in_language("en")
    months = [path for path, _changed in sitemaps.files() if path.startswith("/sitemap/en/2")]
    longest = live.newest().first().first_published_at
    return {
        "the index": "/sitemap.xml",
        "the newest month": f"/sitemap/en/{longest:%Y/%m}.xml",
        "the oldest month": months[-1],
        "the lists": "/sitemap/en/lists.xml",
        "the news": "/news-sitemap.xml",
    }


def costs(path: str) -> tuple[int, float]:
    """Questions that rendering a file asks, and the median of milliseconds until it lies in its place."""
    with CaptureQueriesContext(connection) as captured:
        press.render(path)
    took = []
    for _run in range(RUNS):
        began = time.perf_counter()
        press.press(path)
        took.append((time.perf_counter() - began) * 1_000)
    return len(captured), statistics.median(took)
