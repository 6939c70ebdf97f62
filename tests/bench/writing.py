"""How a keystroke feels: the writing room in Chromium, with a story of 20,000 words and, as the yardstick, one of 300.

Measured from the moment a key goes down (the event's own time stamp) to the end of the frame that shows its letter:
the handlers of the page, style, layout and paint. Chromium runs without its limit of frames a second, so that waiting
for the screen's next turn (up to 16.7 ms, by chance) is no part of it. Saving by itself is on, against a real server;
some letters therefore meet a save, and they count like the others.

A machine that is busy with something else makes these figures larger. Beside them stands what no page can be quicker
than: the same keys in the same browser, in a page of the same words without style, script or saving. And the processor
time that the page's main thread spent for a key, until the next (saving, painting and all else included).
"""

import itertools
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse
from playwright.sync_api import CDPSession, Locator, Page, sync_playwright

from articles.body import document
from articles.desk import stories
from articles.models import Section, Story
from tests.conftest import CHROMIUM, CHROMIUM_FLAGS

from .measures import figure

NO_LIMIT = ["--disable-frame-rate-limit", "--disable-gpu-vsync"]
PLACES = 5  # spread over the story
LETTERS = 60  # typed at each
PAUSE_MS = 70  # between two letters: some 170 words a minute
REST_MS = 450  # after each ten letters: what waits for a pause then runs
BAR_MS = 16.0
WORDS = ("the", "council", "says", "that", "bridge", "over", "river", "opens", "on", "Monday", "buses", "go", "first")

# Before the page's own scripts: what each key takes, and when one may write.
WATCH = """
window.bench = { keys: [], ready: 0, long: [] };
const note = (list) => bench.long.push(...list.getEntries().map((one) => one.duration));
new PerformanceObserver(note).observe({ type: "longtask" });
let down = 0;
document.addEventListener("keydown", (event) => (down = event.timeStamp), true);
document.addEventListener("input", () => {
  const from = down;
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => bench.keys.push(performance.now() - from);
    port2.postMessage(null);
  });
}, true);
const look = () => {
  if (document.querySelector("#story-form[data-saving]")) bench.ready = performance.now();
  else requestAnimationFrame(look);
};
look();
"""


def writing(folder: Path) -> Iterator[dict]:
    """A keystroke in a long story and in a short one, and how long the long one takes to open."""

    if CHROMIUM is None:
        sys.exit("There is no Chromium: a keystroke cannot be measured.")
    long, short = make_story("A long story", 20_000), make_story("A short story", 300)
    found = {}
    cookie = session()
    with server() as site, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=[*CHROMIUM_FLAGS, *NO_LIMIT])
        context = chromium.new_context(viewport={"width": 1440, "height": 900})
        context.add_init_script(WATCH)
        context.add_cookies([cookie | {"url": site}])
        for name, story in (("short", short), ("long", long)):
            found[name] = measure(context.new_page(), site, story)
            found[f"bare {name}"] = measure_bare(context.new_page(), site, story)
        chromium.close()
    names = {
        "long": "20,000 words",
        "bare long": "20,000 words of plain text without scripts",
        "short": "300 words",
        "bare short": "300 words of plain text without scripts",
    }
    for name, words in names.items():
        keys = found[name]["keys"]
        bar = BAR_MS if name == "long" else None
        for spot, value in spots(keys).items():
            what = f"key down to the next frame, {words}, {spot} of {len(keys)}, ms"
            yield figure(what, value, bar if spot == "p95" else None, most=True, form="{:.1f}")
        for spot, value in spots(found[name]["spent"]).items():
            yield figure(f"processor time for a key, {words}, {spot}, ms", value, None, form="{:.1f}")
        if name.startswith("bare"):
            continue
        worst = max(found[name]["long"], default=0)
        yield figure(f"longest task while typing, {words} (0: none over 50 ms), ms", worst, None, form="{:.0f}")
        yield figure(f"until one can write and saving is on, {words}, ms", found[name]["ready"], None, form="{:.0f}")


def make_story(headline: str, words: int) -> Story:
    """A story of some `words` words in blocks of fifty, as newsrooms write: crossheads, quotes, lists, marks, links."""
    chance, blocks = random.Random(words), []
    pick = lambda count: " ".join(chance.choices(WORDS, k=count))  # noqa: E731
    for number in itertools.count():
        if sum(map(words_in, blocks)) >= words:
            break
        if number % 12 == 5:
            blocks.append(document.crosshead(pick(5)))
        elif number % 20 == 9:
            blocks.append(document.quote([pick(30), pick(20)], "A reader"))
        elif number % 30 == 17:
            blocks.append(document.bullet_list([pick(10) for _item in range(5)]))
        else:
            link = document.text(pick(3), link="https://example.org/plan")
            blocks.append(
                document.paragraph([document.text(pick(22) + " "), link, document.text(" " + pick(25) + ".")])
            )
    Section.objects.get_or_create(slug="world")
    return stories.start(language="en", by=None, headline=headline, body=document.document(blocks))


def spots(values: list[float]) -> dict[str, float]:
    ordered = sorted(values)
    return {"p50": statistics.median(ordered), "p95": ordered[int(len(ordered) * 0.95)], "max": ordered[-1]}


def words_in(block: dict) -> int:
    return len(document.text_of(block).split())


def measure(page: Page, site: str, story: Story) -> dict:
    """What typing at several places of `story` took."""
    page.set_default_timeout(60_000)
    page.goto(site + reverse("admin:articles_story_change", args=[story.pk]))
    page.locator("#story-form[data-saving]").wait_for()
    page.wait_for_timeout(1000)
    ready = page.evaluate("(bench.keys = [], bench.long = [], bench.ready)")
    spent = type_in(page, page.locator(".tiptap > p"))
    page.locator("#story-form[data-saving=saved]").wait_for()
    return page.evaluate("({ keys: bench.keys, long: bench.long })") | {"ready": ready, "spent": spent}


def measure_bare(page: Page, site: str, story: Story) -> dict:
    """What the same typing takes in a page of `story`'s words and nothing else: the browser's own share."""
    page.goto(f"{site}/robots.txt")
    paragraphs = "".join(f"<p>{document.text_of(block)}</p>" for block in story.body["content"])
    page.set_content(f"<!doctype html><div contenteditable>{paragraphs}</div>")
    page.evaluate(WATCH)
    spent = type_in(page, page.locator("p"))
    return {"keys": page.evaluate("bench.keys"), "spent": spent}


def type_in(page: Page, paragraphs: Locator) -> list[float]:
    """Type at several places. Gives the processor time of each key, in milliseconds."""
    count, chance, spent = paragraphs.count(), random.Random(1), []
    tools = page.context.new_cdp_session(page)
    tools.send("Performance.enable", {"timeDomain": "threadTicks"})
    for place in range(PLACES):
        paragraphs.nth((count - 1) * place // (PLACES - 1)).click()
        page.wait_for_timeout(300)
        for letter in range(LETTERS):
            before = busy(tools)
            page.keyboard.press(chance.choice("abcdefghij "))
            page.wait_for_timeout(REST_MS if letter % 10 == 9 else PAUSE_MS)
            spent.append((busy(tools) - before) * 1000)
    return spent


def busy(tools: CDPSession) -> float:
    """How many seconds the page's main thread has worked since it began, in processor time."""
    metrics = tools.send("Performance.getMetrics")["metrics"]
    return next(one["value"] for one in metrics if one["name"] == "TaskDuration")


def session() -> dict:
    """A cookie that signs an administrator in."""
    user = get_user_model().objects.create_superuser("bench", password=None)
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    return {"name": settings.SESSION_COOKIE_NAME, "value": store.session_key}


@contextmanager
def server() -> Iterator[str]:
    """The newsroom served on a port of its own; gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    site = f"http://127.0.0.1:{port}"
    command = [sys.executable, "manage.py", "serve", "--port", str(port)]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=os.environ)
    try:
        for _try in range(120):
            try:
                urlopen(f"{site}/admin/login/").close()
                break
            except OSError:
                time.sleep(0.5)
        yield site
    finally:
        running.send_signal(signal.SIGINT)
        running.wait(30)
