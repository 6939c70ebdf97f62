"""No page is ever left stale, and none is pressed for nothing."""

import shutil
from datetime import timedelta
from statistics import median

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as chosen
from hypothesis import strategies as st

from articles.desk import photos, publication, stories
from articles.models import Page, PressState, Touch
from articles.pages import design, feeds, press, progress, stale, store, touches

from .site import DEEDS, STORIES_ALONE, TABLES, Site, short_lists  # noqa: F401


@pytest.fixture
def site(make, page_store, short_lists, django_capture_on_commit_callbacks):  # noqa: F811
    return Site(make, django_capture_on_commit_callbacks).build()


def test_every_page_that_something_changes_is_marked_and_every_line_of_touches_is_needed(site):
    # Which lines are needed does not depend on the database, nor does what is shown of photos and names, compared in
    # Python. In one long transaction PostgreSQL grows slower with each deed.
    reveal = connection.vendor == "sqlite"
    for deed in DEEDS if reveal else DEEDS[:STORIES_ALONE]:
        site.do(deed, reveal=reveal)
    assert not site.needless
    ratios = [marked / changed for marked, changed in site.ratios if changed]
    assert median(ratios) < 1.5
    assert max(ratios) < 4


def test_each_line_of_touches_is_taken_out_by_a_deed():
    lines = {f"{table}.{getattr(one, '__name__', one)}" for table in TABLES for one in getattr(touches, table)}
    assert {line for deed in DEEDS for line in deed.reveals.split()} == lines


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("names", {"en": "The Nightbook"}, "The Nightbook"),
        ("taglines", {"en": "By night"}, "By night"),
        ("languages", ["en"], ""),
        ("locales", {"en": "en_US"}, "en_US"),
        ("arabic_digits", "latn", ""),
        ("time_zone", "Asia/Tokyo", "+09:00"),
        ("place", "Port Sarn", "Port Sarn"),
        ("email", "desk@example.org", "desk@example.org"),
        ("telephone", "+1 555 0100", "+1 555 0100"),
        ("address", "1 Quay", "1 Quay"),
        ("licence_page", "https://licence.example/", ""),
    ],
)
def test_whatever_the_outlet_says_of_itself_touches_every_page(make, page_store, name, value, shown):
    story = make.live_story()
    press.press(story.path)
    publication.change({name: value}, by=None)
    assert progress.waiting() == 1
    assert any(shown in press.render(path).content.decode() for path in ("/en/", story.path))
    assert name in touches.PUBLICATION


def test_whatever_happens_in_whatever_order_no_page_is_left_stale(site, page_store, settings, tmp_path):
    number = iter(range(1_000))

    @given(st.lists(st.sampled_from(DEEDS), min_size=1, max_size=4))
    @chosen(max_examples=6, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    def happens(deeds):
        feeds.known.forget()  # each example goes back to where it began, and the state's number with it
        settings.PAGES = shutil.copytree(page_store, tmp_path / f"pages-{next(number)}")
        with transaction.atomic():
            for deed in deeds:
                site.do(deed, reveal=False, strictly=False)
            transaction.set_rollback(True)

    happens()


# -- Two at once -------------------------------------------------------------------------------------------------------


def test_a_rendering_that_was_overtaken_is_never_put_in_place(make, page_store):
    story = make.live_story("Before")
    old = press.render(story.path)
    correct(story, headline="After")
    assert not press.put(story.path, old)
    assert store.read(story.path) is None
    assert press.press(story.path) is press.Outcome.PRESSED
    assert b"After" in store.read(story.path)[0]


def test_a_rendering_of_before_never_covers_one_of_after(make, page_store):
    story = make.live_story("Before")
    old = press.render(story.path)
    correct(story, headline="After")
    press.press(story.path)
    assert not press.put(story.path, old)
    assert b"After" in store.read(story.path)[0]


def test_a_page_that_was_not_there_yet_hears_of_what_it_shows(make, page_store):
    """Its rendering began before the story came, and it stood under no key that could have marked it."""
    make.live_story("One")
    front = press.render("/en/")
    make.live_story("Two")
    assert not press.put("/en/", front)
    assert press.press("/en/") is press.Outcome.PRESSED
    assert b"Two" in store.read("/en/")[0]


def test_two_files_of_one_page_are_never_of_the_same_second(make, page_store):
    """nginx would answer “not modified” for the second, were it as long as the first."""
    story = make.live_story("Day one")
    seconds = []
    for headline in ("Day two", "Day six", "Day ten"):
        correct(story, headline=headline)
        press.press(story.path)
        seconds.append(int(store.file_of(story.path).stat().st_mtime))
    assert sorted(set(seconds)) == seconds


def test_a_page_in_hand_is_left_to_who_has_it_until_he_is_dead(make, page_store):
    make.live_story()
    press.press("/en/")
    make.live_story("Another")
    assert [page.path for page in press.claim(5)] == ["/en/"]
    assert press.claim(5) == []
    Page.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    assert press.press_stale() == 1
    assert progress.waiting() == 0


def test_a_page_that_cannot_be_pressed_stops_no_other_and_waits_its_turn(make, page_store, monkeypatch):
    story = make.live_story("One")
    for path in ("/en/", story.path):
        press.press(path)
    correct(story, headline="Two")
    render = press.render
    monkeypatch.setattr(press, "render", lambda path: 1 / 0 if path == "/en/" else render(path))
    press.press_stale()
    assert b"One" in store.read("/en/")[0]
    assert b"Two" in store.read(story.path)[0]
    assert progress.waiting() == 1


# -- At once -----------------------------------------------------------------------------------------------------------


def test_a_withdrawn_story_is_in_no_file_before_the_editor_has_the_answer(
    make, page_store, django_capture_on_commit_callbacks
):
    story, other = make.live_story("Wrong"), make.live_story("Right")
    for path in ("/en/", "/en/feed.xml", "/en/section/world/", story.path, f"/text{story.path}", other.path):
        press.press(path)
    with django_capture_on_commit_callbacks(execute=True):
        stories.withdraw(story, by=None, reason="legal")
    lying = [file for file in page_store.rglob("*") if file.is_file()]
    assert {file.parent.name for file in lying} == {"right"}
    assert press.press_stale()
    assert store.read(story.path) is None
    assert not Page.objects.filter(path=story.path).exists()
    assert b"Wrong" not in store.read("/en/")[0]


def test_a_withdrawn_photo_is_in_no_file_before_the_editor_has_the_answer(
    make, page_store, django_capture_on_commit_callbacks
):
    photo = make.photo()
    story = make.live_story(pictures=[photo])
    press.press(story.path)
    with django_capture_on_commit_callbacks(execute=True):
        photos.withdraw(photo, by=None, reason="the family asks")
    assert store.read(story.path) is None


# -- What touches every page -------------------------------------------------------------------------------------------


def test_another_design_marks_every_page_and_the_fronts_come_first(make, page_store, monkeypatch):
    story = make.live_story()
    design.renewed()
    for path in (story.path, "/en/section/world/", "/en/"):
        press.press(path)
    assert not design.renewed()
    monkeypatch.setattr(design, "digest", lambda: "f" * 64)
    assert design.renewed()
    assert progress.waiting() == 3
    assert [page.path for page in press.claim(1)] == ["/en/"]


def test_pages_of_a_database_that_is_no_more_are_never_shown(make, page_store):
    make.live_story()
    design.renewed()
    press.press("/en/")
    design.renewed()
    assert store.read("/en/")
    PressState.objects.all().delete()  # as when the database was deleted and made again
    design.renewed()
    assert store.read("/en/") is None


def test_a_page_nobody_has_read_for_long_is_dropped_when_it_is_stale(make, page_store, monkeypatch):
    story = make.live_story()
    press.press(story.path)
    correct(story, headline="Another")
    monkeypatch.setattr(store, "asked_at", lambda path: timezone.now() - press.UNASKED - timedelta(days=1))
    press.press_stale()
    assert store.read(story.path) is None
    assert not Page.objects.filter(path=story.path).exists()


def test_pages_nobody_reads_are_dropped_by_the_clock_and_read_ones_stay(make, page_store, monkeypatch):
    first, second = make.live_story("One"), make.live_story("Two")
    for story in (first, second):
        press.press(story.path)
    later = timezone.now() + press.UNASKED + timedelta(days=1)
    monkeypatch.setattr(store, "asked_at", lambda path: later if path == second.path else timezone.now())
    assert press.drop_unasked(later) == 1
    assert list(Page.objects.values_list("path", flat=True)) == [second.path]


def test_keys_that_were_touched_long_ago_are_forgotten(make, page_store):
    make.live_story()
    assert Touch.objects.exists()
    assert stale.forget(timezone.now()) == 0
    assert stale.forget(timezone.now() + timedelta(hours=2)) > 0
    assert not Touch.objects.exists()


# -- The command -------------------------------------------------------------------------------------------------------


def test_the_whole_site_is_pressed_and_is_what_it_should_be(make, page_store, capsys):
    story = make.live_story(tags=["Bridges"])
    call_command("press_pages", all=True)
    assert store.read(f"/text{story.path}")
    assert store.read("/en/tag/bridges/feed.xml")
    assert store.read("/ar/archive/")
    call_command("press_pages", check="all")
    assert capsys.readouterr().out.splitlines()[-1].endswith("pages are what they should be.")


def test_a_file_that_is_not_what_it_should_be_is_found_and_said(make, page_store, capsys):
    story = make.live_story()
    design.renewed()
    press.press(story.path)
    store.file_of(story.path).write_text("Something else")
    with pytest.raises(CommandError, match="1 of 1 pages"):
        call_command("press_pages", check="all")
    assert f"{story.path}: the file is not what it should be" in capsys.readouterr().err


def test_a_page_that_is_not_there_cannot_be_pressed(make, page_store):
    with pytest.raises(CommandError, match="no page to press at “/en/nowhere/”"):
        call_command("press_pages", "/en/nowhere/")


def test_without_a_store_there_is_nothing_to_press(make):
    with pytest.raises(CommandError, match="NEWSROOM_PAGE_STORE"):
        call_command("press_pages")


# -- What a publish costs ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [2, 60])
def test_a_publish_asks_the_same_number_of_questions_however_many_stories_there_are(
    make, page_store, number, django_assert_max_num_queries
):
    make.many(number)
    story = make.story(tags=["Bridges", "Rails", "Rivers"])
    with django_assert_max_num_queries(84):
        stories.publish(story, by=None)


def correct(story, **content):
    stories.save(story, by=None, **content)
    stories.publish(story, by=None)
