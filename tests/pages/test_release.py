"""While a new release is put in place: what the old one still renders is read by those who ask, and kept by nobody."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from articles.models import Page, PressState
from articles.pages import design, press, stale, store


@pytest.fixture
def newer(make, page_store):
    """The address of a story whose page another release has pressed."""
    story = make.live_story("Once")
    design.renewed()
    press.press(story.path)
    PressState.objects.update(design="f" * 64)
    with transaction.atomic():
        stale.mark([], site=True)
    return story.path


def test_a_web_server_of_the_old_release_answers_and_keeps_nothing(newer, client):
    store.remove(newer)
    answer = client.get(newer)
    assert b"Once" in answer.content
    assert store.read(newer) is None
    assert client.get("/en/").status_code == 200
    assert not Page.objects.filter(path="/en/").exists()


def test_a_presser_of_the_old_release_presses_nothing_and_drops_nothing(newer):
    for path in (newer, "/en/nowhere/"):
        with pytest.raises(design.AnotherRelease, match="Another release"):
            press.press(path)
    with pytest.raises(design.AnotherRelease):
        press.press_stale()
    assert store.read(newer)
    assert not Page.objects.exclude(claimed_until=None).exists()


def test_a_presser_that_watches_ends_with_a_sentence_and_is_the_new_one_when_it_starts_again(
    newer, capsys, monkeypatch
):
    renewed = design.renewed
    monkeypatch.setattr(design, "renewed", lambda: False)  # it began before the other release did
    call_command("press_pages", watch=True)
    assert "this presser ends" in capsys.readouterr().err
    with pytest.raises(CommandError, match="Another release"):
        call_command("press_pages")
    monkeypatch.setattr(design, "renewed", renewed)
    call_command("press_pages")
    assert b"Once" in store.read(newer)[0]
    assert stale.state().design == design.digest()


def test_without_a_presser_whoever_renders_keeps(make, page_store, client):
    story = make.live_story()
    client.get(story.path)
    assert stale.state().design == ""
    assert store.read(story.path)


# -- The order of what waits -------------------------------------------------------------------------------------------


def test_after_a_release_stories_are_pressed_before_lists_and_the_newest_first(make, page_store):
    stories = [make.live_story(f"Story {number}", section=make.section()) for number in range(3)]
    for path in ("/en/section/world/", *(story.path for story in stories)):
        press.press(path)
    Page.objects.update(stale_since=None)
    PressState.objects.update(generation=9)
    newest_first = [story.path for story in reversed(stories)]
    assert [page.path for page in press.claim(9)] == [*newest_first, "/en/section/world/"]


@pytest.mark.parametrize("which", ["marked", "older"])
def test_what_waits_is_found_in_its_order_without_sorting_a_million_pages(make, page_store, which):
    pages = Page.objects.marked() if which == "marked" else Page.objects.older_than(9)
    plan = pages.filter(claimed_until=None)[:6].explain()
    if connection.vendor == "sqlite":  # PostgreSQL chooses by what there is: here nothing
        assert "USING INDEX page_" in plan
        assert "TEMP B-TREE" not in plan
