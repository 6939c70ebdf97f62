"""Several workers at the same pictures: none is made twice, and what a dead one left is done by the next."""

import os
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core.files.storage import storages
from django.db import connections
from django.utils import timezone

from articles import claims, tasks
from articles.desk import clock, photos
from articles.models import Photo

pytestmark = pytest.mark.django_db(transaction=True)
# A worker in a process of its own: it says what its storage sees, and does each photo whose number it is given.
WORKER = """
import os, sys, time
import django
django.setup()
from articles import tasks
from newsroom.storage import WholeFileStorage

really, stops_at = WholeFileStorage._save, int(sys.argv[1])
seen = 0

def save(storage, name, content):
    global seen
    seen += 1
    print("writes", name, flush=True)
    if seen == stops_at:
        time.sleep(600)
    return really(storage, name, content)

WholeFileStorage._save = save
print("ready", flush=True)
sys.stdin.readline()
for number in sys.argv[2:]:
    tasks.finish_photo.func(int(number))
print("done", flush=True)
"""
NEVER = 0


def database() -> str:
    """The address of the database that this test stands on."""
    known = connections["default"].settings_dict
    if connections["default"].vendor == "sqlite":
        return f"sqlite:///{known['NAME']}"
    return f"{os.environ['NEWSROOM_DATABASE'].rpartition('/')[0]}/{quote(known['NAME'])}"


@pytest.fixture
def worker(own_media):
    """Starts a worker for photos: it waits for a line before it begins, and stands still at its so many-th file."""
    started = []

    def start(numbers, stops_at=NEVER):
        place = os.environ | {
            "DJANGO_SETTINGS_MODULE": "newsroom.settings",
            "NEWSROOM_DATABASE": database(),
            "NEWSROOM_MEDIA": str(own_media),
        }
        command = [sys.executable, "-c", WORKER, str(stops_at), *map(str, numbers)]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        process = subprocess.Popen(command, env=place, cwd=settings.BASE_DIR, **pipes)
        started.append(process)
        assert process.stdout.readline() == "ready\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()


def go(process):
    process.stdin.write("\n")
    process.stdin.flush()


def written(process):
    """The names that a worker wrote until it had done all it could."""
    lines = process.stdout.read().splitlines()
    assert lines.pop() == "done"
    return [line.removeprefix("writes ") for line in lines]


def recipes(photo):
    """What is to be made of it beside its JPEGs, by the plan."""
    return {f"{photo.token}/{recipe.name}" for recipe in tasks.plan(photo, ["webp", "avif"])}


def test_two_workers_over_six_pictures_make_each_rendition_once(make, worker):
    six = [make.photo() for _each in range(6)]
    # One begins from the front, one from the back, and both meet everything.
    numbers = [photo.pk for photo in six]
    pair = [worker(numbers), worker(reversed(numbers))]
    for one in pair:
        go(one)
    made = Counter(name for one in pair for name in written(one))
    assert made == Counter(name for photo in six for name in recipes(photo))
    for photo in Photo.objects.all():
        assert set(photo.made()) == {"jpeg", "webp", "avif"}
        assert (photo.worker, photo.work_due_at) == ("", None)


def test_two_workers_at_the_same_picture_do_not_wait_for_each_other(make, worker):
    photo = make.photo()
    first, second = worker([photo.pk], stops_at=1), worker([photo.pk])
    go(first)
    assert first.stdout.readline().startswith("writes ")
    go(second)
    assert written(second) == []


def test_what_a_killed_worker_left_is_done_by_the_next_within_a_minute(make, worker):
    photo = make.photo()
    dying = worker([photo.pk], stops_at=2)
    go(dying)
    before = [dying.stdout.readline().removeprefix("writes ").strip() for _each in range(2)]
    dying.kill()
    dying.wait()
    assert tasks.work(photo.pk) is False  # nobody can know yet that it is dead
    photo.refresh_from_db()
    assert photo.work_due_at <= timezone.now() + timedelta(minutes=1) - timedelta(seconds=15)  # a beat of the clock
    Photo.objects.update(work_due_at=timezone.now())  # that time passes

    second = worker([photo.pk])
    go(second)
    # What was written whole is not made again, the one that was cut off is.
    assert Counter([before[0], *written(second)]) == Counter(recipes(photo))
    assert {*tasks.names_in("desk", photo.token)} >= recipes(photo)


def test_the_clock_finds_the_work_of_a_dead_worker(make, worker):
    photo = make.photo()
    dying = worker([photo.pk], stops_at=1)
    go(dying)
    dying.stdout.readline()
    dying.kill()
    dying.wait()
    assert clock.late_renditions(timezone.now()) == 0
    Photo.objects.update(work_due_at=timezone.now())
    assert clock.late_renditions(timezone.now()) == 1
    photo.refresh_from_db()
    assert set(photo.made()) == {"jpeg", "webp", "avif"}


def test_renditions_half_made_anew_by_a_dead_worker_leave_no_file(make, worker, own_media):
    photo = make.photo()
    tasks.work(photo.pk)
    photos.describe(photo, by=None, credit="Somebody else")
    dying = worker([photo.pk], stops_at=3)
    go(dying)
    for _each in range(3):
        dying.stdout.readline()
    dying.kill()
    dying.wait()
    photo.refresh_from_db()
    half = photo.next_token
    assert len(tasks.names_in("desk", half)) == 2
    Photo.objects.update(work_due_at=timezone.now())
    assert tasks.work(photo.pk)
    photo.refresh_from_db()
    assert tasks.names_in("desk", half) == []
    assert (photo.next_token, photo.needs_renditions) == ("", False)
    folders = {path.name for path in (own_media / "desk").iterdir() if any(path.iterdir())}
    assert folders == {photo.token}


def test_a_claim_that_is_held_is_not_lost_and_one_that_ran_out_is(make, monkeypatch):
    monkeypatch.setattr(claims, "RENEWED_SECONDS", 0)
    photo = make.photo()
    first = claims.claim(photo.pk)
    Photo.objects.update(work_due_at=timezone.now() + timedelta(seconds=1))
    first.hold()
    assert Photo.objects.get().work_due_at > timezone.now() + claims.LEASE / 2
    assert claims.claim(photo.pk) is None
    Photo.objects.update(work_due_at=timezone.now())
    second = claims.claim(photo.pk)
    with pytest.raises(claims.Lost):
        first.hold()
    first.rest()  # says nothing about what is another's
    second.hold()
    assert second.give_back(lambda _row: True)


def test_what_is_asked_for_while_somebody_is_at_it_is_made_by_them(make):
    photo = make.photo()
    claim = claims.claim(photo.pk)
    photos.describe(photo, by=None, credit="Somebody else")
    assert tasks.work(photo.pk) is False  # its own task finds it taken
    assert claim.give_back(lambda row: not row.needs_renditions) is False  # and who is at it sees what came


def test_a_picture_withdrawn_while_it_is_put_in_its_place_ends_up_with_the_desk(make, monkeypatch):
    photo = make.photo()
    make.live_story(pictures=[photo])
    tasks.work(photo.pk)
    withdrawn = []
    really = storages["renditions"].save

    def save(name, content):
        if not withdrawn:  # just before the first file goes public again
            withdrawn.append(name)
            photos.withdraw(Photo.objects.get(), by=None, reason="legal")
        return really(name, content)

    photos.withdraw(photo, by=None, reason="legal")
    with monkeypatch.context() as in_between:
        Photo.objects.update(status="ready")
        in_between.setattr(storages["renditions"], "save", save)
        tasks.place(photo)
    assert withdrawn
    assert tasks.names_in("renditions", photo.token) == []
    assert tasks.names_in("desk", photo.token)
