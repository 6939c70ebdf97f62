"""Whoever is killed, and whenever: no publish is lost, no file is half, and nothing stays stale."""

import random
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress

import pytest

from tests.real_server import MANAGE, RealServer

# Publishes a story for each line it is given, and says its address once it is published.
PUBLISHER = """
import sys
import django
django.setup()
from articles.body import document
from articles.desk import stories
from articles.models import Section, SectionWords
section, made = Section.objects.get_or_create(slug="world")
if made:
    SectionWords.objects.create(section=section, language="en", name="World")
number = int(sys.argv[1])
for _line in sys.stdin:
    number += 1
    body = document.document([document.paragraph(f"Paragraph of story {number}.")])
    story = stories.start(language="en", by=None, headline=f"Story {number}", body=body, section=section, tags=["All"],
                          subheads=["One"], summary="Said.", dateline="Marsana")
    print(stories.publish(story, by=None).path, flush=True)
"""
ROUNDS = 3
A_ROUND = 8  # publishes


@pytest.fixture
def newsroom(tmp_path):
    newsroom = RealServer(tmp_path, presses=True)
    yield newsroom
    newsroom.end()


@pytest.mark.django_db(transaction=True)
def test_killed_at_any_moment_of_many_publishes_nothing_is_lost_or_stale(newsroom, request):
    lot, published = random.Random(request.node.nodeid), []
    for round in range(ROUNDS):
        newsroom.start()
        publisher = subprocess.Popen(
            [sys.executable, "-c", PUBLISHER, str(round * 1000)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            **newsroom.place,
        )
        for _publish in range(A_ROUND):
            print("publish", file=publisher.stdin, flush=True)
            published.append(publisher.stdout.readline().strip())
            for path in ("/en/", "/en/section/world/", lot.choice(published)):
                with suppress(OSError):
                    urllib.request.urlopen(newsroom.address + path, timeout=10).close()
        print("publish", file=publisher.stdin, flush=True)
        time.sleep(lot.random() / 5)  # a moment that nobody chose
        publisher.kill()
        newsroom.kill()
        publisher.stdin.close()
        published += [line.strip() for line in publisher.stdout if line.endswith("\n")]
        publisher.wait()
        publisher.stdout.close()
    newsroom.start()
    for path in {"/en/", "/en/section/world/", "/en/tag/all/", "/en/feed.xml", *published}:
        urllib.request.urlopen(newsroom.address + path, timeout=10).close()
    newsroom.kill()
    for what in (["--stale"], ["--check", "all"]):
        done = subprocess.run([*MANAGE, "press_pages", *what], capture_output=True, **newsroom.place)
        assert done.returncode == 0, done.stderr
