"""Pressed pages: how soon a publish is in the files, how fast files go out, with few stories and with many."""

import os
import re
import shutil
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.body import document
from articles.desk import stories
from articles.management import nginx
from articles.management.processes import free_port, granian
from articles.models import Author, Edition, Page, PressState, Section, Story, Tag
from articles.pages import press, progress, store

from .measures import RUNS, Site, figure, load

FEW = 1_000
MANY = int(os.environ.get("STORIES", "10000"))
STORY = re.compile(rb'href="(/en/[0-9]{4}/[0-9]{2}/[0-9]{2}/[^"]+)"')
CONNECTIONS, WRK_SECONDS = 32, 1
BARE = """{user}daemon off; worker_processes 2; pid bare.pid; error_log stderr warn;
events {{ worker_connections 1024; }}
http {{ access_log off; sendfile on; keepalive_timeout 65s; types {{ text/html html; }}
  server {{ listen 127.0.0.1:{port}; root {root}; location / {{ }} }} }}
"""


def pressed(folder: Path) -> Iterator[dict]:
    """From Publish to every page fresh on disk; pages a second; and files through nginx beside a plain file."""
    settings.PAGES = folder / "pages"
    found, shown = {}, {}
    for number in (FEW, MANY):
        made = load(number)
        if number == MANY:
            yield figure(f"make_load up to {MANY:,}, stories a second", made, 3_000, form="{:.0f}")
        found[number], shown[number] = publishes(), lists()
        yield figure(f"publish, queries, {number:,} stories", found[number]["queries"], None, form="{:.0f}")
        yield figure(f"publish, seconds, {number:,} stories", found[number]["publish"], None)
        yield figure(f"pages a publish makes stale, {number:,} stories", found[number]["pages"], None, form="{:.0f}")
        yield figure(f"from Publish to all fresh, seconds, {number:,} stories", found[number]["fresh"], 1.0, most=True)
    few, many = found[FEW], found[MANY]
    yield figure(f"publish, {MANY:,} beside {FEW:,}", many["publish"] / few["publish"], 1.2, most=True)
    yield figure(f"all fresh, {MANY:,} beside {FEW:,}", many["fresh"] / few["fresh"], 1.2, most=True)
    yield from lists_beside(shown[FEW], shown[MANY])
    yield from whole_site()
    yield from without_nginx()
    yield from through_granian()
    yield from through_nginx(folder)


def publishes() -> dict[str, float]:
    """Medians over RUNS publishes of a typical story: three tags, two authors, on the front."""
    section, people = Section.objects.first(), list(Author.objects.all()[:2])
    tags = [tag.name for tag in Tag.objects.filter(language="en")[:3]]
    body = document.document([document.paragraph("word " * 60) for _paragraph in range(12)])
    asked, seconds, fresh, pages = [], [], [], []
    for number in range(RUNS + 1):
        story = stories.start(
            language="en",
            by=None,
            headline=f"Measured {time.time_ns()}",
            body=body,
            section=section,
            authors=people,
            tags=tags,
            subheads=["One"],
            summary="Said.",
            dateline="Here",
        )
        began = time.perf_counter()
        with CaptureQueriesContext(connection) as captured:
            stories.publish(story, by=None)
        published = time.perf_counter()
        count = 0
        while done := press.press_stale():
            count += done
        ended = time.perf_counter()
        ask_for_pages_of(story)
        if number:  # the first one finds no page yet
            asked.append(len(captured))
            seconds.append(published - began)
            fresh.append(ended - began)
            pages.append(count)
    named = {"queries": asked, "publish": seconds, "fresh": fresh, "pages": pages}
    return {name: statistics.median(values) for name, values in named.items()}


def ask_for_pages_of(story: Story) -> None:
    """Press all that shows the story, as if somebody had read it: fronts, lists, their months, feeds."""
    day = Edition.objects.get(story=story, is_live=True)
    at = f"{day.first_published_at:%Y/%m}/"
    lists = [f"/en/section/{story.section.slug}/", "/en/archive/"]
    lists += [f"/en/tag/{tag.slug}/" for tag in story.tags.all()]
    lists += [f"/en/author/{author.slug}/" for author in story.authors.all()]
    paths = ["/", "/en/", "/en/feed.xml", "/en/atom.xml", story.path, f"/text{story.path}"]
    for one in lists:
        paths += [one, f"{one}{at}"]
        paths += [] if "archive" in one else [f"{one}feed.xml", f"{one}atom.xml"]
    for path in paths:
        if not Page.objects.filter(path=path).exists():
            press.press(path)


@dataclass(frozen=True, slots=True)
class Shown:
    """A list made by Django: its queries, seconds, stories, and seconds beside an empty view's (medians)."""

    queries: int
    seconds: float
    stories: int
    ratio: float


def lists() -> dict[str, Shown]:
    """Each kind of list as it is now."""
    live = Edition.objects.live().in_language("en")
    newest, oldest = live.newest().first(), live.order_by("first_published_at").first()
    paths = {"front": "/en/", "section": f"/en/section/{newest.section.slug}/"}
    paths["tag"] = newest.tags.first().get_absolute_url()
    for name, one in (("this month", newest), ("a month twenty years back", oldest)):
        paths[name] = f"/en/section/{one.section.slug}/{one.first_published_at:%Y/%m}/"
    site, found, kept = Site(), {}, settings.PAGES
    settings.PAGES = None
    try:
        for name, path in paths.items():
            page, pairs = site.get(path), []
            for _run in range(RUNS * 3):
                pairs.append((seconds_of(site, path, 2), seconds_of(site, "/empty/", 20)))
            found[name] = Shown(
                site.queries(path),
                statistics.median(took for took, _empty in pairs),
                len(set(STORY.findall(page))),
                statistics.median(took / empty for took, empty in pairs),
            )
    finally:
        settings.PAGES = kept
    return found


def seconds_of(site: Site, path: str, times: int) -> float:
    began = time.perf_counter()
    for _time in range(times):
        site.get(path)
    return (time.perf_counter() - began) / times


def lists_beside(few: dict[str, Shown], many: dict[str, Shown]) -> Iterator[dict]:
    """Those with few stories beside those with many: in empty views, for the machine is not always as fast. A month is
    told by the story shown, for it has more of them."""
    for name, one in few.items():
        other = many[name]
        most = f"{name}, queries, {MANY:,} stories ({FEW:,}: {one.queries})"
        yield figure(most, other.queries, one.queries, most=True, form="{:.0f}")
        if "month" in name:
            there = f"{FEW:,}: {one.seconds * 1000:.1f}, {one.stories}"
            said = f"{name}, ms, {MANY:,} stories ({other.stories} shown; {there})"
            yield figure(said, other.seconds * 1000, None, form="{:.1f}")
        else:
            ratio = other.ratio / one.ratio
            yield figure(f"{name}, time, {MANY:,} stories beside {FEW:,}", ratio, 1.2, most=True)


def whole_site() -> Iterator[dict]:
    """Pressing some thousand pages anew: with one process, then with two."""
    rates = {}
    most = 1_500
    Page.objects.all().delete()
    editions = Edition.objects.live().newest().values_list("path", flat=True)[:most]
    Page.objects.bulk_create([Page(path=path, priority=1, stale_since=timezone.now()) for path in editions])
    call_command("press_pages", stdout=sys.stderr)
    for number in (1, 2):
        PressState.objects.update(generation=F("generation") + 1)
        command = [sys.executable, "manage.py", "press_pages", "--stale"]
        environment = os.environ | {"NEWSROOM_PAGE_STORE": str(settings.PAGES)}
        before = progress.waiting()
        processes = [subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) for _one in range(number)]
        while progress.waiting() > before * 0.9:  # until all have started
            time.sleep(0.1)
        began, there = time.perf_counter(), progress.waiting()
        while progress.waiting() > before * 0.1:
            time.sleep(0.1)
        rates[number] = (there - progress.waiting()) / (time.perf_counter() - began)
        for process in processes:
            process.wait()
    yield figure("pressing stories, pages a second, one process", rates[1], None, form="{:.0f}")
    yield figure("pressing stories, two processes beside one", rates[2] / rates[1], 1.6)


def without_nginx() -> Iterator[dict]:
    """A pressed story answered by Django alone, beside an empty view."""
    path = Edition.objects.live().newest().first().path
    press.press(path)
    site, ratios = Site(), []
    for _run in range(RUNS):
        ratios.append(site.a_second(path) / site.a_second("/empty/"))
    yield figure("a pressed story by Django alone, ratio to the empty view", statistics.median(ratios), 0.5)


def through_granian() -> Iterator[dict]:
    """A pressed story through the web server as `serve` starts it, without nginx, beside an empty view there."""
    if not has_wrk():
        return
    path = Edition.objects.live().newest().filter(language="en").first().path
    press.press(path)
    port = free_port()
    environment = os.environ | {"NEWSROOM_PAGE_STORE": str(settings.PAGES)}
    command = [*granian("127.0.0.1", port)[:-1], "tests.bench.wsgi:application"]
    process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL)
    try:
        asked = {name: f"http://127.0.0.1:{port}{at}" for name, at in (("page", path), ("empty", "/empty/"))}
        until_it_answers(asked["empty"])
        rates: list[dict[str, float]] = []
        for run in range(RUNS):
            turn = list(asked.items())[:: 1 if run % 2 else -1]
            rates.append({name: asked_a_second(address) for name, address in turn})
        median = {name: statistics.median(rate[name] for rate in rates) for name in asked}
        ratio = statistics.median(rate["page"] / rate["empty"] for rate in rates)
        yield figure("an empty view through granian, requests a second", median["empty"], None, form="{:.0f}")
        yield figure("a pressed story through granian, requests a second", median["page"], None, form="{:.0f}")
        yield figure("a pressed story through granian alone, ratio to the empty view", ratio, 0.5)
    finally:
        process.terminate()
        process.wait()


def until_it_answers(address: str) -> None:
    late = time.monotonic() + 30
    while True:
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except OSError:
            if time.monotonic() > late:
                raise SystemExit(f"{address} did not answer: nothing was measured.") from None
            time.sleep(0.1)


def has_wrk() -> bool:
    if shutil.which("wrk"):
        return True
    print("Left out: wrk is not installed (apt install wrk).", file=sys.stderr)
    return False


def through_nginx(folder: Path) -> Iterator[dict]:
    """A pressed story through the shipped configuration, beside a plain file of the same bytes: in that configuration,
    where only the page's rules are missing; in a bare nginx as deep in folders; and in one at its root."""
    if not has_wrk():
        return
    edition = Edition.objects.live().newest().filter(language="en").first()
    press.press(edition.path)
    bare, ours = free_port(), free_port()
    root, user = folder / "plain", "user root root;\n" if os.geteuid() == 0 else ""
    for name in ("page.html", edition.path[1:] + "index.html"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(store.file_of(edition.path), root / name)
    (folder / "bare.conf").write_text(BARE.format(user=user, port=bare, root=root))
    places = nginx.here("127.0.0.1", ours, free_port(), "en")
    commands = [
        [nginx.program(), "-p", str(folder), "-c", str(folder / "bare.conf"), "-e", "stderr"],
        nginx.prepare(folder / "nginx", places),
    ]
    site = folder / "nginx" / "site.conf"
    plain = f'    location = /page.html {{ root "{root}"; }}\n'
    site.write_text(site.read_text().replace("    # -- Pages\n", plain, 1))
    yardsticks = {
        "the same configuration, a plain file": f"http://127.0.0.1:{ours}/page.html",
        "a bare nginx, a plain file as deep": f"http://127.0.0.1:{bare}{edition.path}index.html",
        "a bare nginx, a plain file at its root": f"http://127.0.0.1:{bare}/page.html",
    }
    processes = [subprocess.Popen(command, stderr=subprocess.DEVNULL) for command in commands]
    time.sleep(1)
    try:
        pages = {
            "without a query": f"http://127.0.0.1:{ours}{edition.path}",
            "with a query": f"http://127.0.0.1:{ours}{edition.path}?fbclid=abc",
        }
        asked = [*yardsticks.items(), *pages.items()]
        found, rates = {}, []
        for run in range(RUNS):
            # There and back, and each has its turn to be first: the machine is not as fast at every moment.
            first, rate = run % len(asked), dict.fromkeys(dict(asked), 0.0)
            there = asked[first:] + asked[:first]
            for name, address in there + there[::-1]:
                rate[name] += asked_a_second(address) / 2
            rates.append(rate["a bare nginx, a plain file at its root"])
            for said, name in product(pages, yardsticks):
                found.setdefault((said, name), []).append(rate[said] / rate[name])
        yield figure("a plain file, a bare nginx, requests a second", statistics.median(rates), None, form="{:.0f}")
        for (said, name), ratios in found.items():
            bar = 0.95 if "same" in name else None
            yield figure(f"a story through nginx {said}, beside {name}", statistics.median(ratios), bar)
    finally:
        for process in processes:
            process.terminate()
            process.wait()


def asked_a_second(address: str) -> float:
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{WRK_SECONDS}s", address]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in said:
        raise SystemExit(f"{address} did not answer with 200: nothing was measured.")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])
