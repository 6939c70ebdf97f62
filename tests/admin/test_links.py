"""Links to stories of our own: found by headline or address, kept as references, shown while the story is live."""

from urllib.parse import quote
from uuid import uuid4

import pytest
from django.conf import settings
from django.urls import reverse

from articles.body import document
from articles.desk import bin as the_bin
from articles.desk import stories
from tests.views.pages import read

ASK = "/admin/articles/story/choices/links/"


@pytest.fixture
def ask(make, client):
    """What the desk answers for what was typed as a link."""
    client.force_login(make.reporter())

    def found(words, language="en"):
        answer = client.get(ASK, {"q": words, "language": language})
        assert answer.status_code == 200
        return answer.json()["results"]

    return found


def linking(to):
    return [document.paragraph([document.text("as we wrote", link=f"story:{to.uuid}")])]


def test_a_story_is_found_by_words_of_its_headline_in_any_order(make, ask):
    bridge = make.live_story("The bridge opens on Monday")
    draft = make.story("A bridge too few")
    make.story("Something else")
    assert {row["id"] for row in ask("bridge")} == {f"story:{bridge.uuid}", f"story:{draft.uuid}"}
    (row,) = ask("monday bridge")
    assert row["text"] == "The bridge opens on Monday"
    assert row["aside"].startswith("EN · Published, edition 1 · ")
    assert row["is_live"]
    assert row["address"] == reverse("admin:articles_story_change", args=[bridge.pk])


def test_those_of_the_storys_language_come_first(make, ask):
    make.live_story("Zarn 1", language="en")
    make.live_story("Zarn 2", language="ar")
    assert [row["lang"] for row in ask("Zarn", "ar")] == ["ar", "en"]


def test_a_public_address_of_ours_names_the_story_that_stands_there(make, ask):
    story = make.live_story("الجسر يُفتح", language="ar")
    site = settings.SITE_ADDRESS
    for typed in (
        story.path,
        quote(story.path),
        f"{site}{story.path}",
        f"{site}{quote(story.path)}?utm_source=mail#top",
        f"{site}/text{story.path}",
        f"http://testserver{story.path.rstrip('/')}",
    ):
        assert [row["id"] for row in ask(typed)] == [f"story:{story.uuid}"], typed


def test_addresses_elsewhere_and_of_no_story_name_none(make, ask):
    story = make.live_story("The bridge")
    make.story("A draft, which has no address yet")
    for typed in (
        f"https://example.org{story.path}",
        "/",
        "/en/",
        "/en/section/world/",
        "//",
        "http://[",
        "story:12",
        "/en/%00/",
    ):
        assert ask(typed) == [], typed


def test_a_reference_names_its_story_and_says_where_that_stands(make, ask):
    story = make.story("A draft")
    (row,) = ask(f"story:{story.uuid}")
    assert (row["text"], row["is_live"]) == ("A draft", False)
    the_bin.put_in(story, by=None)
    (row,) = ask(f"story:{story.uuid}")
    assert "in the bin" in row["aside"]
    assert ask("draft") == []
    assert ask(f"story:{uuid4()}") == []


def test_what_is_asked_for_is_cut_and_never_an_error(make, ask):
    for typed in ("", " ", "%", "'", "\\", "x" * 5000, "a b c d e f g h", "‮قلب"):
        ask(typed)


def test_only_who_may_see_stories_is_told_of_them(make, client):
    assert client.get(ASK, {"q": "x"}).status_code == 302
    client.force_login(make.person(""))
    assert client.get(ASK, {"q": "x"}).status_code == 403


@pytest.mark.parametrize("state", ["draft", "in the bin", "withdrawn"])
def test_a_link_to_what_readers_may_not_see_is_plain_words_and_tells_nothing_of_it(make, client, state):
    other = make.live_story("A secret") if state == "withdrawn" else make.story("A secret", slug="a-secret")
    if state == "withdrawn":
        stories.withdraw(other, by=None, reason="legal")
    elif state == "in the bin":
        the_bin.put_in(other, by=None)
    story = make.live_story("This", paragraphs=linking(other))
    for address in (story.path, f"/text{story.path}", "/en/feed.xml", "/en/atom.xml"):
        page = read(address)
        assert "as we wrote" in page
        for secret in ("A secret", "a-secret", str(other.uuid), "story:"):
            assert secret not in page, (address, secret)
    client.force_login(make.reporter())
    preview = client.get(reverse("admin:articles_story_preview_page", args=[story.pk])).content.decode()
    assert "story:" not in preview


def test_a_link_comes_alive_with_its_story(make):
    other = make.story("Not yet")
    story = make.live_story("This", paragraphs=linking(other))
    assert "<a" not in read(story.path).partition("as we wrote")[0][-80:]
    stories.publish(other, by=None)
    other.refresh_from_db()
    assert f'<a href="{other.path}">as we wrote</a>' in read(story.path)


def test_a_link_to_a_story_survives_its_new_address(make):
    other = make.story("The bridge opens", slug="bridge")
    story = make.live_story("This", paragraphs=linking(other))
    stories.save(other, by=None, slug="the-bridge-opens-at-last")
    stories.publish(other, by=None)
    other.refresh_from_db()
    assert "at-last" in other.path
    assert f'<a href="{other.path}">as we wrote</a>' in read(story.path)
    stories.withdraw(other, by=None, reason="an error")
    assert other.path not in read(story.path)
    stories.publish(other, by=None)
    assert f'<a href="{other.path}">as we wrote</a>' in read(story.path)
