"""Purging: what a change asks for reaches every cache in front of the site, once, whatever fails on the way."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.conf import settings as running
from django.db import connection, connections, transaction
from django.utils import timezone

from articles.desk import clock, stories
from articles.management.commands.press_pages import Command
from articles.management.processes import PRESSER, Processes
from articles.models import Purge
from articles.pages import caches, press, purge, store
from tests.receiver import Receiver

pytestmark = pytest.mark.django_db
TOKEN = "a-token-that-nobody-may-read"


@pytest.fixture
def in_front(receiver, settings):
    """Puts a cache of a kind in front of the site: the receiver."""

    def put(kind, *addresses):
        settings.CDN = {
            "kind": kind,
            "addresses": addresses or (receiver.address,),
            "service": "" if kind == "varnish" else "service1",
            "token": "" if kind == "varnish" else TOKEN,
        }

    return put


def keys_of(request):
    _method, _path, headers, body = request
    if body:
        said = json.loads(body)
        return said.get("surrogate_keys") or said["tags"]
    return (headers["xkey-purge"] or headers["xkey-softpurge"]).split()


def later(**pause):
    return timezone.now() + timedelta(**pause)


def test_without_a_cache_in_front_nothing_is_asked_for(settings):
    settings.CDN = None
    purge.ask(["front:en"])
    assert purge.send_due() == Purge.objects.count() == 0


def test_varnish_is_asked_by_key_and_told_what_must_never_be_seen_again(receiver, in_front):
    in_front("varnish")
    purge.ask(["front:en", "section:3:en:2016-07"])
    purge.ask(["story:1"], gone=True)
    assert purge.send_due() == 3
    gone, old = receiver.heard
    assert gone[:2] == old[:2] == ("PURGE", "/")
    assert gone[2]["xkey-purge"] == "story:1"
    assert gone[2]["xkey-softpurge"] is None
    assert old[2]["xkey-softpurge"] == "front:en section:3:en:2016-07"
    assert not Purge.objects.exists()


def test_fastly_is_asked_in_its_own_way(receiver, in_front):
    in_front("fastly")
    purge.ask(["story:1"], gone=True)
    purge.ask(["front:en", "tag:9"])
    assert purge.send_due() == 3
    (_, path, hard, _), (method, _, soft, body) = receiver.heard
    assert (method, path) == ("POST", "/service/service1/purge")
    assert hard["Fastly-Key"] == soft["Fastly-Key"] == TOKEN
    assert (hard["Fastly-Soft-Purge"], soft["Fastly-Soft-Purge"]) == (None, "1")
    assert json.loads(body) == {"surrogate_keys": ["front:en", "tag:9"]}


def test_cloudflare_is_asked_in_its_own_way(receiver, in_front):
    in_front("cloudflare")
    purge.ask(["front:en", "tag:9"])
    assert purge.send_due() == 2
    method, path, headers, body = receiver.heard[0]
    assert (method, path) == ("POST", "/client/v4/zones/service1/purge_cache")
    assert headers["Authorization"] == f"Bearer {TOKEN}"
    assert json.loads(body) == {"tags": ["front:en", "tag:9"]}


@pytest.mark.parametrize(("kind", "requests"), [("varnish", 2), ("fastly", 3), ("cloudflare", 20)])
def test_many_keys_go_in_as_few_requests_as_the_cache_takes(kind, requests, receiver, in_front):
    in_front(kind)
    keys = [f"tag:{number:07}" for number in range(600)]
    purge.ask(keys)
    assert purge.send_due() == 600
    assert len(receiver.heard) == requests
    assert sorted(key for request in receiver.heard for key in keys_of(request)) == keys
    assert all(len(" ".join(keys_of(request))) < 8_000 for request in receiver.heard if kind == "varnish")


def test_a_key_asked_for_often_is_sent_once(receiver, in_front):
    in_front("varnish")
    for _publish in range(3):
        purge.ask(["front:en", "front:en"])
    assert purge.send_due() == 3
    assert [keys_of(request) for request in receiver.heard] == [["front:en"]]


def test_a_change_that_is_taken_back_purges_nothing(in_front):
    in_front("varnish")
    with pytest.raises(RuntimeError), transaction.atomic():
        purge.ask(["front:en"])
        raise RuntimeError
    assert not Purge.objects.exists()


def test_an_ask_while_the_request_is_on_its_way_is_not_lost_in_it(receiver, in_front):
    in_front("varnish")
    purge.ask(["front:en"])
    sent = caches.Varnish.forget

    def forget(cache, keys, *, gone):
        sent(cache, keys, gone=gone)
        if len(receiver.heard) == 1:
            purge.ask(["front:en"])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(caches.Varnish, "forget", forget)
        assert purge.send_due() == 2
    assert [keys_of(request) for request in receiver.heard] == [["front:en"], ["front:en"]]


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        ("varnish", (405, {}, {})),
        ("varnish", (302, {}, {"Location": "/elsewhere"})),
        ("fastly", (500, {"msg": f"you said {TOKEN}"}, {})),
        ("cloudflare", (200, {"success": False, "errors": [{"message": "no such zone"}]}, {})),
        ("cloudflare", (200, "nonsense", {})),
    ],
)
def test_what_a_cache_does_not_take_is_tried_again_later_and_later(kind, answer, receiver, in_front, caplog):
    in_front(kind)
    receiver.answers = [answer, answer]
    purge.ask(["front:en"])
    pauses = []
    for tried in (1, 2):
        begun = timezone.now()
        assert purge.send_due(later(hours=tried)) == 0
        row = Purge.objects.get()
        pauses.append(row.next_try_at - begun - timedelta(hours=tried))
        assert row.attempts == len(receiver.heard) == tried
        assert str(answer[0]) in row.last_error
    assert timedelta(0) < pauses[0] < pauses[1] < timedelta(seconds=70)
    assert purge.send_due(later(hours=1)) == 0, "its time has not come"
    assert len(receiver.heard) == 2
    assert purge.send_due(later(hours=3)) == 1
    assert TOKEN not in caplog.text + row.last_error


def test_a_cache_that_asks_to_be_left_alone_is(receiver, in_front):
    in_front("fastly")
    receiver.answers = [(429, {}, {"Retry-After": "600"})]
    purge.ask(["front:en"])
    assert purge.send_due() == purge.send_due(later(minutes=9)) == 0
    assert purge.send_due(later(minutes=11)) == 1


def test_one_varnish_that_is_down_keeps_no_other_waiting(receiver, in_front):
    nobody = "http://127.0.0.1:9"
    in_front("varnish", nobody, receiver.address)
    purge.ask(["front:en", "tag:9"])
    purge.ask(["front:en"])
    assert purge.send_due() == 3
    assert keys_of(receiver.heard[0]) == ["front:en", "tag:9"]
    assert set(Purge.objects.values_list("target", "key")) == {(nobody, "front:en"), (nobody, "tag:9")}
    assert Purge.objects.filter(last_error__contains="was not reached").count() == 2


def test_the_clock_sends_what_is_due(receiver, in_front):
    in_front("varnish")
    purge.ask(["front:en"])
    clock.beat()
    assert len(receiver.heard) == 1


@pytest.mark.parametrize("key", ["", "two words", "a,b", 'a"b', "عنوان", "line\nbreak", "k" * 201])
def test_a_key_that_cannot_stand_in_a_header_is_refused(key, in_front):
    in_front("varnish")
    with pytest.raises(ValueError, match="cannot be a key"):
        purge.ask(["front:en", key])


@pytest.mark.django_db(transaction=True)
def test_two_workers_share_what_is_due_and_send_nothing_twice(receiver, in_front):
    in_front("cloudflare")
    purge.ask(f"tag:{number}" for number in range(300))
    start = threading.Barrier(2)

    def work():
        start.wait()
        purge.send_due()
        connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    sent = [key for request in receiver.heard for key in keys_of(request)]
    assert len(sent) == len(set(sent)) == 300


SEND = "import django; django.setup(); from articles.pages import purge; print(purge.send_due())"


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_while_it_sends_loses_nothing(receiver, in_front, monkeypatch):
    in_front("varnish")
    purge.ask(["front:en"])
    database = connection.settings_dict
    address = (
        f"sqlite:///{database['NAME']}"
        if connection.vendor == "sqlite"
        else f"{os.environ['NEWSROOM_DATABASE'].rpartition('/')[0]}/{database['NAME']}"
    )
    environment = {
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "NEWSROOM_DATABASE": address,
        "NEWSROOM_CDN": "varnish",
        "NEWSROOM_CDN_ADDRESSES": receiver.address,
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    command = [sys.executable, "-c", SEND]
    process = subprocess.Popen(command, cwd=running.BASE_DIR, stdout=subprocess.PIPE, text=True)
    receiver.while_asked = process.kill  # in the middle of its request
    assert process.communicate()[0] == ""
    receiver.while_asked = lambda: None
    assert keys_of(receiver.heard[0]) == ["front:en"]
    assert purge.send_due() == 0, "the lease of the dead one still runs"
    assert purge.send_due(timezone.now() + purge.LEASE) == 1
    assert len(receiver.heard) == 2


# -- The presser, who sends them


@contextmanager
def presser():
    """`press_pages --watch` at work beside us."""
    stopping = threading.Event()

    def work():
        try:
            Command().work_until(stopping)
        finally:
            connections.close_all()

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        stopping.set()
        thread.join()


def until(true, what):
    """Return once `true()` is; fails the test if that takes too long."""
    late = time.monotonic() + 60
    while not true():
        assert time.monotonic() < late, what
        time.sleep(0.02)


@pytest.fixture
def silent(monkeypatch):
    """A cache that takes a request and does not answer before the test is over; nor is it given up."""
    monkeypatch.setattr(caches, "SECONDS", 300)
    server, over = Receiver(), threading.Event()
    server.while_asked = lambda: over.wait(300)
    yield server, over
    over.set()
    server.end()


@pytest.mark.django_db(transaction=True)
def test_a_cache_that_never_answers_keeps_neither_pages_nor_other_caches_waiting(
    make, receiver, in_front, page_store, silent
):
    server, over = silent
    in_front("varnish", server.address, receiver.address)
    story = make.live_story("The harbour opens")
    press.press(story.path)
    with presser():
        try:
            until(lambda: server.heard, "The silent one is not asked.")
            receiver.heard.clear()
            stories.save(story, by=None, headline="The harbour is shut")
            stories.publish(story, by=None)
            until(lambda: b"is shut" in store.read(story.path)[0], "The page is not pressed.")
            until(lambda: any(f"story:{story.pk}" in keys_of(one) for one in receiver.heard), "The other is not asked.")
            assert len(server.heard) == 1, "it has not answered yet"
        finally:
            over.set()


@pytest.mark.django_db(transaction=True)
def test_without_a_page_store_the_presser_purges_all_the_same(receiver, in_front, settings):
    in_front("varnish")
    settings.PAGES = None
    with presser():
        purge.ask(["front:en"])
        until(lambda: receiver.heard, "Nothing is sent.")
        until(lambda: not Purge.objects.exists(), "It is not noted that it was.")
    assert keys_of(receiver.heard[0]) == ["front:en"]


def test_the_presser_runs_where_there_is_a_page_store_or_a_cache_to_tell(in_front, settings, tmp_path):
    def runs():
        return PRESSER in [one.command for one in Processes("127.0.0.1", 1, print).background]

    settings.PAGES = settings.CDN = None
    assert not runs()
    in_front("varnish")
    assert runs()
    settings.PAGES, settings.CDN = tmp_path, None
    assert runs()


def test_a_presser_that_has_nothing_to_do_waits_so_that_nobody_starts_it_for_ever(monkeypatch):
    monkeypatch.setenv("NEWSROOM_PAGE_STORE", "off")
    process = subprocess.Popen(PRESSER, cwd=running.BASE_DIR, stderr=subprocess.PIPE, text=True)
    try:
        assert "NEWSROOM_PAGE_STORE=off" in process.stderr.readline()
        assert process.poll() is None
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
    finally:
        process.kill()
        process.wait()
        process.stderr.close()
