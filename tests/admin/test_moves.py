"""The moves on a story's screen: only those the table allows, each saving first, refusals in sentences."""

import pytest
from django.test import Client

from articles.admin import story_moves
from articles.desk import stories
from articles.models import Status

from .test_story_form import posted, room

# Who sees which buttons, by status: the likely next one first where there is one.
BUTTONS = {
    ("reporter", "draft"): ["submit"],
    ("reporter", "review"): [],
    ("editor", "draft"): ["submit"],
    ("editor", "review"): ["send_back"],
    ("front_editor", "review"): ["send_back", "publish"],
    ("publisher", "draft"): ["submit", "publish"],
    ("publisher", "published"): ["publish", "withdraw"],
    ("publisher", "withdrawn"): ["publish", "take_up"],
    ("front_editor", "published"): ["publish"],
    ("photo", "draft"): [],
    ("photo", "published"): [],
}


def story_that_is(status, make, by):
    story = make.story(by=by) if status in ("draft", "review") else make.live_story(by=by)
    if status == "review":
        stories.submit(story, by=by)
    if status == "withdrawn":
        stories.withdraw(story, by=None, reason="legal")
    story.refresh_from_db()
    assert story.status == status
    return story


@pytest.mark.parametrize(("role", "status"), BUTTONS)
def test_each_role_sees_the_moves_that_are_open_to_it(make, role, status):
    user = make.person(role)
    story = story_that_is(status, make, user if role == "reporter" else make.reporter())
    assert [move.name for move in story_moves.moves(story, user)] == BUTTONS[role, status]


def test_a_move_saves_what_is_on_the_screen_first(make, client):
    client.force_login(make.publisher())
    story = make.story()
    client.post(room(story), posted(client, room(story)) | {"headline": "As typed", "do": "publish"})
    story.refresh_from_db()
    assert story.live_edition.headline == "As typed"
    assert story.status == Status.PUBLISHED


def test_a_published_story_is_changed_and_published_again_in_one_go(make, client):
    client.force_login(make.publisher())
    story = make.live_story()
    client.post(room(story), posted(client, room(story)) | {"headline": "Once more", "do": "publish"})
    story.refresh_from_db()
    assert (story.live_edition.number, story.live_edition.headline) == (2, "Once more")


def test_publishing_with_something_missing_says_what_and_where_and_keeps_the_words(make, client):
    client.force_login(make.publisher())
    story = make.story(pictures=[make.photo(alt="")])
    uuid = story.attachments.get().uuid
    data = posted(client, room(story)) | {"kicker": "Typed", "do": "publish"}
    page = client.post(room(story), data, follow=True)
    text = page.content.decode()
    assert "Not published yet" in text
    assert f'href="#picture-{uuid}"' in text
    story.refresh_from_db()
    assert (story.kicker, story.live_edition) == ("Typed", None)


def test_withdrawing_takes_a_reason_and_the_public_one(make, client):
    client.force_login(make.publisher())
    story = make.live_story()
    page = client.post(room(story), posted(client, room(story)) | {"do": "withdraw"}, follow=True)
    assert "Say why the story is withdrawn" in page.content.decode()
    reasons = {"withdraw_reason": "A name was wrong", "public_reason": "It named the wrong person."}
    client.post(room(story), posted(client, room(story)) | reasons | {"do": "withdraw"})
    story.refresh_from_db()
    assert story.status == Status.WITHDRAWN
    gone = client.get(story.path)
    assert gone.status_code == 410
    assert "It named the wrong person." in gone.content.decode()


def test_sending_back_leaves_the_writer_a_note(make, client):
    writer = make.reporter()
    story = story_that_is("review", make, writer)
    client.force_login(make.editor())
    client.post(room(story), posted(client, room(story)) | {"do": "send_back", "send_back_reason": "Who says so?"})
    client.force_login(writer)
    page = client.get(room(story)).content.decode()
    assert "Who says so?" in page
    story.refresh_from_db()
    assert story.status == Status.DRAFT


def test_a_move_nobody_offered_is_refused_in_words(make, client):
    client.force_login(make.reporter())
    story = make.story(by=None)
    assert client.post(room(story), {"do": "publish"}, follow=True).status_code == 200
    story.refresh_from_db()
    assert story.status == Status.DRAFT
    assert client.post(room(story), {"do": "no such move"}).status_code == 403


def test_a_move_needs_its_token(make):
    client = Client(enforce_csrf_checks=True)
    client.force_login(make.publisher())
    story = make.story()
    assert client.post(room(story), {"do": "publish"}).status_code == 403


@pytest.mark.parametrize(
    ("status", "words"),
    [("draft", "Draft"), ("published", "Published, edition 1"), ("withdrawn", "Withdrawn")],
)
def test_the_bar_says_where_the_story_stands(make, status, words):
    assert story_moves.standing(story_that_is(status, make, None)) == words


def test_a_draft_over_a_live_edition_says_both(make):
    story = make.live_story()
    stories.save(story, by=None, headline="Changed")
    assert story_moves.standing(story) == "Draft, edition 1 is live"
