"""PostgreSQL killed at any moment, or stopped: no publish is lost, nothing stays stale, and pages go on."""

import random
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress

import pytest
from django.conf import settings

from tests.pages.test_kills import PUBLISHER
from tests.postgres import running
from tests.real_server import MANAGE, RealServer

from .conftest import ask

pytestmark = pytest.mark.once
ROUNDS, A_ROUND, SECONDS = 3, 6, 60


@pytest.fixture(scope="module")
def postgres():
    """A server of this test's own, which waits for its journal: what was said to be kept is kept."""
    with running(synchronous_commit="on") as server:
        yield server


@pytest.fixture(scope="module")
def newsroom(postgres, tmp_path_factory):
    database = postgres.address.rpartition("/")[0] + "/postgres"  # the one that is there from the beginning
    newsroom = RealServer(tmp_path_factory.mktemp("lost"), presses=True, nginx=True, database=database)
    newsroom.start()
    yield newsroom
    newsroom.end()


def read(newsroom, path):
    with urllib.request.urlopen(newsroom.address + path, timeout=20) as answer:
        return answer.read().decode()


def until_answered(newsroom, path, **headers):
    """Return once there is a page: the newsroom's processes find the database again by themselves."""
    late = time.monotonic() + SECONDS
    while (status := ask(newsroom.port, path, **headers).status) != 200:
        assert status in (500, 503), (path, status)
        assert time.monotonic() < late, path
        time.sleep(0.1)


def until_all_is_pressed(newsroom):
    """Return once every page's file is what Django would make now: a presser that is at it has ended."""
    late = time.monotonic() + SECONDS
    for what in (["--stale"], ["--check", "all"]):
        while (done := press_pages(newsroom, *what)).returncode:
            assert time.monotonic() < late, done.stderr


def press_pages(newsroom, *what):
    return subprocess.run([*MANAGE, "press_pages", *what], capture_output=True, **newsroom.place)


def publisher(newsroom, first):
    return subprocess.Popen(
        [sys.executable, "-c", PUBLISHER, str(first)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        **newsroom.place,
    )


def publish(process):
    """The address of a story that was published just now; "" where that could not be done."""
    with suppress(OSError):
        print("publish", file=process.stdin, flush=True)
    return process.stdout.readline().strip()


def test_postgresql_killed_at_any_moment_loses_no_publish_and_leaves_no_page_stale(newsroom, postgres, request):
    lot, published = random.Random(request.node.nodeid), []
    for round in range(ROUNDS):
        process = publisher(newsroom, round * 1000)
        for _publish in range(A_ROUND):
            published.append(publish(process))
            for path in ("/en/", "/en/section/world/", lot.choice(published)):
                with suppress(OSError):
                    read(newsroom, path)
        print("publish", file=process.stdin, flush=True)
        time.sleep(lot.random() / 5)  # a moment that nobody chose
        postgres.kill()
        process.stdin.close()
        published += [line.strip() for line in process.stdout if line.endswith("\n")]
        process.wait()
        process.stdout.close()
        postgres.start()
    assert all(published)
    for path in {"/en/", "/en/section/world/", "/en/tag/all/", "/en/feed.xml", *published}:
        until_answered(newsroom, path)
    for what in (["--stale"], ["--check", "all"]):
        done = press_pages(newsroom, *what)
        assert done.returncode == 0, done.stderr


def test_while_postgresql_is_stopped_pages_go_on_and_what_is_typed_can_be_sent_afterwards(newsroom, postgres):
    process = publisher(newsroom, 9000)
    story = publish(process)
    process.stdin.close()
    process.wait()
    process.stdout.close()
    paths = ("/en/", "/en/section/world/", "/en/feed.xml", story)
    for path in paths:
        read(newsroom, path)
    until_all_is_pressed(newsroom)
    pressed = {path: read(newsroom, path) for path in paths}
    session = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={newsroom.session}"}
    writing = f"/admin/articles/story/{newsroom.story}/change/"
    assert ask(newsroom.port, writing, **session).status == 200
    postgres.stop()
    try:
        for path, page in pressed.items():
            assert read(newsroom, path) == page
            assert read(newsroom, path + "?fbclid=a") == page
        for path in ("/en/2020/01/01/not-pressed/", writing):
            answer = ask(newsroom.port, path, **session)
            assert answer.status == 503
            assert answer["Retry-After"]
    finally:
        postgres.start()
    until_answered(newsroom, writing, **session)
