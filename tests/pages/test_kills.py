"""Whoever is killed, and whenever: no publish is lost, no file is half, and nothing stays stale."""

import os
import random
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress

import psutil
import pytest

from tests.real_server import MANAGE, RealServer

# Does a deed for each line it is given, and says the story's address once it is done.
PUBLISHER = """
import sys
import django
django.setup()
from articles.body import document
from articles.desk import stories
from articles.models import Section, SectionWords, Story
section, made = Section.objects.get_or_create(slug="world")
if made:
    SectionWords.objects.create(section=section, language="en", name="World")
number = int(sys.argv[1])
for line in sys.stdin:
    number += 1
    deed, _space, path = line.strip().partition(" ")
    if deed == "publish":
        body = document.document([document.paragraph(f"Paragraph of story {number}.")])
        story = stories.start(language="en", by=None, headline=f"Story {number}", body=body, section=section,
                              tags=["All"], subheads=["One"], summary="Said.", dateline="Marsana")
        stories.publish(story, by=None)
    else:
        story = Story.objects.get(path=path)
    if deed == "correct":
        stories.save(story, by=None, headline=f"{story.headline}, corrected")
        stories.publish(story, by=None)
    if deed == "withdraw":
        stories.withdraw(story, by=None, reason="legal")
    print(story.path, flush=True)
"""
# As many as make the run quick; PUBLISHES=1000 for a long one.
PUBLISHES = int(os.environ.get("PUBLISHES", "24"))
A_ROUND = 8  # publishes, among them some that correct or withdraw


@pytest.fixture
def newsroom(tmp_path):
    newsroom = RealServer(tmp_path, presses=True)
    yield newsroom
    newsroom.end()


class Publisher:
    """A process that publishes, beside the newsroom's own. `live` and `withdrawn` are the addresses it answered for."""

    def __init__(self, newsroom, number, lot, live, withdrawn):
        self.lot, self.live, self.withdrawn = lot, live, withdrawn
        self.process = subprocess.Popen(
            [sys.executable, "-c", PUBLISHER, str(number)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            **newsroom.place,
        )
        self.asked = []

    def ask(self):
        """Ask for a deed, without waiting for it."""
        deed = self.lot.choice(["publish"] * 4 + ["correct", "withdraw"]) if len(self.live) > 3 else "publish"
        path = "" if deed == "publish" else self.lot.choice(sorted(self.live))
        self.asked.append((deed, path))
        print(deed, path, file=self.process.stdin, flush=True)

    def hear(self):
        """Wait for the deed that was asked for first."""
        self.heard(self.process.stdout.readline())

    def heard(self, line):
        assert line.endswith("\n")
        deed, _path = self.asked.pop(0)
        (self.withdrawn if deed == "withdraw" else self.live).add(line.strip())
        self.live -= self.withdrawn

    def kill(self):
        """What was done but not said is not known: a withdrawal that nobody answered for may be one."""
        self.process.kill()
        self.process.stdin.close()
        for line in self.process.stdout:
            if line.endswith("\n"):
                self.heard(line)
        self.process.wait()
        self.process.stdout.close()
        self.live -= {path for deed, path in self.asked if deed == "withdraw"}


def kill_one(newsroom, lot):
    """Kill one of the newsroom's processes, at random: `serve` starts it again, or ends where it was the web server."""
    with suppress(psutil.NoSuchProcess):
        lot.choice(psutil.Process(newsroom.process.pid).children(recursive=True)).kill()


def answered(newsroom, path):
    try:
        with urllib.request.urlopen(newsroom.address + path, timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


@pytest.mark.django_db(transaction=True)
def test_killed_at_any_moment_of_many_publishes_nothing_is_lost_or_stale(newsroom, request):
    lot, live, withdrawn = random.Random(request.node.nodeid), set(), set()
    for round in range(PUBLISHES // A_ROUND):
        newsroom.start()
        publisher = Publisher(newsroom, round * 1000, lot, live, withdrawn)
        alone = lot.randrange(A_ROUND) if round % 2 else None  # in every other round one process dies by itself, too
        for number in range(A_ROUND):
            publisher.ask()
            if number == alone:
                kill_one(newsroom, lot)
            publisher.hear()
            for path in ("/en/", "/en/section/world/", lot.choice(sorted(live))):
                with suppress(OSError):
                    urllib.request.urlopen(newsroom.address + path, timeout=10).close()
        publisher.ask()
        time.sleep(lot.random() / 5)  # a moment that nobody chose
        publisher.process.kill()
        newsroom.kill()
        publisher.kill()
    newsroom.start()
    for path in {"/en/", "/en/section/world/", "/en/tag/all/", "/en/feed.xml", *live}:
        assert answered(newsroom, path) == 200, path
    for path in withdrawn:
        assert answered(newsroom, path) == 410, path
    newsroom.kill()
    for what in (["--stale"], ["--check", "all"]):
        done = subprocess.run([*MANAGE, "press_pages", *what], capture_output=True, **newsroom.place)
        assert done.returncode == 0, done.stderr
