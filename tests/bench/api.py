"""The API: a list and a story, requests a second beside an empty Django view, with few stories and with many."""

import os
import statistics
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from articles.models import Edition

from .measures import RUNS, Site, figure, load

FEW = 1_000
MANY = int(os.environ.get("STORIES", "100000"))


def api(folder: Path) -> Iterator[dict]:
    """Each at FEW and at MANY stories; and how the two compare."""
    settings.API_RATE, settings.PAGES = 0, None
    found: dict[str, dict[int, float]] = {}
    for number in (FEW, MANY):
        load(number)
        for name, path in addresses().items():
            site = Site()
            asked = site.queries(path)
            ratio = statistics.median(site.a_second(path) / site.a_second("/empty/") for _run in range(RUNS))
            found.setdefault(name, {})[number] = ratio
            yield figure(f"API, {name}, queries, {number:,} stories", asked, 8, most=True, form="{:.0f}")
            yield figure(f"API, {name}, ratio to the empty view, {number:,} stories", ratio, None)
    for name, ratios in found.items():
        yield figure(f"API, {name}, time at {MANY:,} beside {FEW:,}", ratios[FEW] / ratios[MANY], 1.2, most=True)


def addresses() -> dict[str, str]:
    """What is asked: a list, one narrowed by a tag, one by changes, pictures, and one of the newest stories."""
    edition = Edition.objects.live().in_language("en").newest().select_related("story").first()
    tag = edition.tags.first()
    since = edition.modified_at.strftime("%Y-%m-%dT00:00:00Z")
    stories = "/api/v1/stories?language=en"
    return {
        "a list": stories,
        "a tag's list": f"{stories}&tag={tag.slug}",
        "what changed": f"{stories}&modified_since={since}",
        "pictures": "/api/v1/photos?language=en",
        "a story": f"/api/v1/stories/{edition.story.uuid}",
    }
