"""Two in one story: what came in from the other is shown, and moves follow where the story stands."""

import pytest
from django.test import Client

from articles.desk import stories
from articles.models import Story

from .test_saving import both_write_over, of_three, ready, second, state, text_of
from .test_writing import desk, put_cursor, room, sign_in  # noqa: F401  `desk` is a fixture

pytestmark = pytest.mark.browser


@pytest.fixture
def colleague(make, live_server, new_context):
    """Opens a story as Omar, in a browser of his own."""

    def open_(story, role="publisher"):
        context = new_context()
        sign_in(context, Client(), make.person(role, first_name="Omar", last_name="Said"), live_server.url)
        return second(None, story, live_server.url, context)

    return open_


def test_who_publishes_a_moment_after_a_colleague_saved_publishes_both(desk, make, colleague):  # noqa: F811
    story = make.live_story(pictures=[make.photo()])
    page, other = ready(desk(room(story))), colleague(story)
    other.get_by_label("Kicker").fill("By Omar")
    state(other, "open")
    page.get_by_label("Dateline").fill("By Rana")
    state(other, "saved")
    with page.expect_navigation():
        page.get_by_role("button", name="Publish the changes").click()
    page.get_by_text("Edition 2 of").wait_for()
    edition = Story.objects.get(pk=story.pk).live_edition
    assert (edition.kicker, edition.snapshot["dateline"]) == ("By Omar", "By Rana")


def test_a_move_waits_for_what_a_colleague_saved_since_the_last_look(desk, make, colleague):  # noqa: F811
    story = make.story()
    page, other = ready(desk(room(story))), colleague(story)
    blind, holding = [], [True]

    def answer_late(route):
        if holding:
            blind.append(route)
        else:
            route.continue_()

    page.route("**/state/", answer_late)
    other.get_by_label("Kicker").fill("By Omar")
    state(other, "open")
    state(other, "saved")
    tried = []
    page.on("response", lambda answer: tried.append(answer.status) if answer.url.endswith("/move/") else None)
    with page.expect_response("**/move/") as refused:
        page.get_by_role("button", name="Publish", exact=True).click()
    assert refused.value.status == 409
    holding.clear()
    with page.expect_navigation():
        while blind:
            blind.pop().continue_()
    page.get_by_text("is live.").wait_for()
    assert Story.objects.get(pk=story.pk).live_edition.kicker == "By Omar"


def test_the_buttons_follow_where_the_story_stands(desk, make, colleague):  # noqa: F811
    story = make.live_story(pictures=[make.photo()])
    page = ready(desk(room(story)))
    go = page.locator('.bar [data-kind="go"]')
    assert go.is_hidden()
    page.get_by_label("Kicker").fill("Changed")
    page.locator(".bar > .status[data-is=draft]", has_text="Draft, edition 1 is live").wait_for()
    page.locator(".bar:not(:has([data-once-changed]))").wait_for()
    assert go.inner_text() == "Publish the changes"
    page.get_by_role("button", name="More moves").click()
    page.get_by_role("button", name="Submit").wait_for()
    page.keyboard.press("Escape")
    # A colleague hands it in, then publishes it.
    story = Story.objects.get(pk=story.pk)
    stories.submit(story, by=desk.user)
    page.locator(".bar > .status[data-is=review]").wait_for()
    page.get_by_role("button", name="More moves").click()
    page.locator("summary", has_text="Send back").click()
    page.get_by_label("What should change").fill("Half a reason")
    stories.publish(story, by=desk.user)
    page.locator(".bar > .status[data-is=published]").wait_for()
    # Nothing changes under the hand of who is writing why.
    assert page.get_by_label("What should change").input_value() == "Half a reason"
    page.keyboard.press("Escape")
    page.locator('.bar [data-kind="go"][data-once-changed]').wait_for(state="attached")
    assert go.is_hidden()


def test_a_new_story_gets_its_buttons_with_its_first_save(desk, make):  # noqa: F811
    page = ready(desk("/admin/articles/story/add/"))
    page.get_by_label("Headline", exact=True).fill("A first headline")
    state(page, "saved")
    page.get_by_role("button", name="More moves").click()
    page.locator("#more-moves").get_by_role("link", name="History").wait_for()


def test_what_came_in_from_a_colleague_is_listed_and_marked_until_one_has_been_there(
    desk,  # noqa: F811
    make,
    colleague,
):
    story = of_three(make)
    page, other = ready(desk(room(story))), colleague(story)
    put_cursor(page, "One is here.")
    put_cursor(other, "Three.")
    other.keyboard.type(" Omar was here.")
    other.get_by_label("Headline", exact=True).fill("A headline of Omar's")
    entry = page.locator(".arrived > li")
    page.locator(".tiptap > .arrived-here", has_text="Omar was here.").wait_for()
    page.locator(".arrived > li", has_text="Headline").wait_for()
    assert "Omar Said" in entry.inner_text()
    assert "1 paragraph" in entry.inner_text()
    before = page.locator(".tiptap > p", has_text="Omar was here.").bounding_box()
    page.get_by_role("button", name="Show what Omar Said changed").click()
    page.locator(".tiptap > .arrived-here").wait_for(state="detached")
    assert page.locator(".tiptap > p", has_text="Omar was here.").bounding_box() == before
    page.keyboard.type(" And Rana.")
    state(page, "saved")
    assert text_of(story)[2] == "Three. Omar was here. And Rana."


def test_who_keeps_both_goes_on_writing_there(desk, make, colleague):  # noqa: F811
    story = of_three(make)
    page, other = ready(desk(room(story))), colleague(story)
    clash = both_write_over(page, other)
    clash.get_by_role("button", name="Keep both").click()
    clash.wait_for(state="detached")
    other.locator(".tiptap.ProseMirror-focused .here", has_text="elsewhere").wait_for()
    other.keyboard.type(" Said Omar.")
    page.locator(".tiptap > p", has_text="elsewhere went away. Said Omar.").wait_for()
    assert text_of(story)[1].endswith("elsewhere went away. Said Omar.")


def test_siblings_are_joined_without_sending_the_form(desk, make):  # noqa: F811
    story, other = make.story(), make.story(language="ar", headline="ميناء")
    page = ready(desk(room(story)))
    page.get_by_label("Find its sibling").fill("ميناء")
    with page.expect_response("**/siblings/") as answer:
        page.get_by_role("option", name="ميناء").click()
    assert answer.value.status == 200
    assert list(Story.objects.get(pk=story.pk).siblings()) == [other]


def test_a_database_that_cannot_write_is_said_and_the_text_arrives_later(desk, make):  # noqa: F811
    story = of_three(make)
    page = ready(desk(room(story)))
    said = '{"refused": "The newsroom cannot save just now: kept in this browser.", "code": "no_database"}'
    page.route("**/save/", lambda route: route.fulfill(status=503, body=said, content_type="application/json"))
    put_cursor(page, "Three.")
    page.keyboard.type(" Kept.")
    state(page, "offline")
    assert "cannot save just now" in page.locator("[data-saved]").inner_text()
    page.unroute("**/save/")
    state(page, "back")
    assert text_of(story)[2] == "Three. Kept."
