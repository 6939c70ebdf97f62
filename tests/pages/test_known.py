"""What was worked out for one page serves another, until something it shows is another."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from articles.desk import stories
from articles.pages import kept, press, stale
from articles.pages.known import Known


@pytest.fixture
def known(make):
    make.publication()
    stale.locked_state()
    return Known(most=3)


def read(known, *numbers, worked_out=None):
    """Read parts that say their number, each under the key `n:<number>`; gives them, and notes what was worked out."""

    def make(missing):
        if worked_out is not None:
            worked_out.extend(missing)
        return {number: (f"part {number}", frozenset({f"n:{number}"})) for number in missing}

    with kept.noting(stale.state()) as keys:
        found = known.parts(numbers, make)
    assert keys == {f"n:{number}" for number in numbers}
    return found


def test_a_part_is_worked_out_once(known):
    worked_out = []
    assert read(known, 2, 1, worked_out=worked_out) == ["part 2", "part 1"]
    assert read(known, 1, 2, worked_out=worked_out) == ["part 1", "part 2"]
    assert worked_out == [2, 1]


def test_what_was_touched_is_worked_out_anew_and_nothing_else(known):
    read(known, 1, 2)
    stale.mark(["n:2", "n:7"])
    worked_out = []
    read(known, 1, 2, worked_out=worked_out)
    assert worked_out == [2]


def test_all_is_worked_out_anew_after_a_change_of_every_page(known):
    read(known, 1, 2)
    stale.mark([], site=True)
    worked_out = []
    read(known, 1, 2, worked_out=worked_out)
    assert worked_out == [1, 2]


def test_whoever_looked_the_last_time_long_ago_knows_nothing(known, monkeypatch):
    read(known, 1)
    stale.mark(["n:1"])
    stale.Touch.objects.all().delete()  # as the clock does, after an hour
    known._seen -= 31 * 60
    worked_out = []
    read(known, 1, worked_out=worked_out)
    assert worked_out == [1]


def test_those_not_asked_for_the_longest_are_forgotten_first(known):
    read(known, 1, 2, 3)
    read(known, 1)
    read(known, 4)
    worked_out = []
    read(known, 3, 1, 4, 2, worked_out=worked_out)
    assert worked_out == [2]


def test_what_is_no_more_is_left_out(known):
    with kept.noting(stale.state()):
        assert known.parts([1, 2], lambda missing: {1: ("one", frozenset())}) == ["one"]


def test_without_a_state_nothing_is_kept_in_mind(known):
    """A feed rendered outside the page store cannot say what it may rely on."""
    worked_out = []
    for _time in range(2):
        known.parts([1], lambda missing: worked_out.extend(missing) or {1: ("one", frozenset())})
    assert worked_out == [1, 1]


def test_what_was_worked_out_from_before_a_change_is_not_kept_after_it(known):
    """One works out a part from what was; meanwhile the part is touched, and another has looked for that already."""
    before, begun, go_on = stale.state(), Event(), Event()

    def slowly(missing):
        begun.set()
        assert go_on.wait(10)
        return {1: ("old", frozenset({"n:1"}))}

    def work_out():
        with kept.noting(before):
            return known.parts([1], slowly)

    with ThreadPoolExecutor(1) as other:
        told = other.submit(work_out)
        assert begun.wait(10)
        stale.mark(["n:1"])
        read(known, 2)
        go_on.set()
        assert told.result(10) == ["old"]
    assert read(known, 1) == ["part 1"]


def test_a_feed_says_at_once_what_is_new_in_any_of_its_stories(
    make, client, page_store, django_capture_on_commit_callbacks
):
    first, second = make.live_story("Old words"), make.live_story("Other words")
    assert "Old words" in client.get("/en/feed.xml").content.decode()
    stories.save(first, by=None, headline="New words")
    stories.publish(first, by=None)
    press.press_stale()
    said = client.get("/en/feed.xml").content.decode()
    assert "New words" in said
    assert "Old words" not in said
    with django_capture_on_commit_callbacks(execute=True):
        stories.withdraw(second, by=None, reason="wrong")
    assert "Other words" not in client.get("/en/feed.xml").content.decode()
