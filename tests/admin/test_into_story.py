"""Into a story: the pictures chosen on the wall, put where they are needed."""

import json

import pytest
from django.urls import reverse

from articles.desk import photos
from articles.models import Story

from .test_wall import do

CHOOSE = "/admin/articles/photo/into-story/"


def found(client, words=""):
    answer = client.get(CHOOSE, {"q": words}, headers={"accept": "application/json"})
    return [one["text"] for one in json.loads(answer.content)["stories"]]


def test_ones_own_stories_come_first_newest_first_then_what_the_others_write(client, make):
    editor = make.editor()
    first, other, last = make.story("First", by=editor), make.story("Another's"), make.story("Last", by=editor)
    client.force_login(editor)
    assert found(client) == ["Last", "First", "Another's"]
    assert found(client, "ST fir") == ["First"]
    assert found(client, "100%") == []
    client.force_login(make.reporter(username="sami"))
    assert found(client) == []  # none of them may be changed by a reporter who wrote none
    assert {first, other, last} == set(Story.objects.all())


def test_chosen_pictures_go_into_the_story_and_the_answer_leads_there(client, make, photo_editor):
    story, one, two = make.story("The bridge opens"), make.photo(), make.photo(headline="Ferry")
    photos.withdraw(two, by=None, reason="legal")
    status, said = do(client, f"story:{story.pk}", one, two)
    assert (status, said["said"]) == (200, "1 picture is now in “The bridge opens”.")
    assert said["refused"] == ["“Ferry” is withdrawn. Choose another."]
    assert said["link"]["address"] == reverse("admin:articles_story_change", args=[story.pk])
    assert [row.photo for row in story.attachments.all()] == [one]
    assert do(client, f"story:{story.pk}", one)[1]["said"] == "They were in “The bridge opens” already."
    assert do(client, f"story:{story.pk}", two)[1]["said"] == ""


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_new_story_begins_with_them_in_the_language_of_the_screen(client, make, settings, language):
    make.publication(languages=["en", "ar"])
    client.force_login(make.editor())
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    photo = make.photo()
    assert do(client, "story:new", photo, name="At the river")[0] == 200
    story = Story.objects.get()
    assert (story.language, story.headline) == (language, "At the river")
    assert story.attachments.get().photo == photo


def test_no_story_is_begun_for_pictures_none_of_which_may_be_used(client, make):
    client.force_login(make.editor())
    photo = make.photo(headline="Ferry")
    photos.withdraw(photo, by=None, reason="legal")
    status, said = do(client, "story:new", photo)
    assert (status, said["refused"]) == (422, "“Ferry” is withdrawn. Choose another.")
    assert not Story.objects.exists()


def test_who_may_not_is_told_so(client, make):
    client.force_login(make.reporter())
    status, said = do(client, f"story:{make.story('Secret').pk}", make.photo())
    assert status == 403
    assert "another's story" in said["refused"]
    client.force_login(make.photo_editor())
    assert do(client, "story:new", make.photo())[0] == 403
    client.force_login(make.person(""))
    assert do(client, "story:new", make.photo())[0] == 403
    assert client.get(CHOOSE).status_code == 403


@pytest.mark.parametrize("which", ["0", "999999999999999999999", "x", "-1", "٣"])
def test_a_story_that_is_not_there_is_named_as_such(client, make, photo_editor, which):
    status, said = do(client, f"story:{which}", make.photo())
    assert (status, said["refused"]) == (422, "That story is not there any more.")


def test_more_than_a_page_at_once_are_refused(client, make, photo_editor, monkeypatch):
    monkeypatch.setattr("articles.desk.attachments.MOST_AT_ONCE", 1)
    status, said = do(client, f"story:{make.story().pk}", make.photo(), make.photo())
    assert status == 422
    assert "At most 1" in said["refused"]


def test_without_scripts_the_story_is_chosen_on_a_page_of_its_own(client, make, photo_editor):
    story, photo = make.story("The bridge opens"), make.photo(headline="Ferry")
    wall = "/admin/articles/photo/wall/"
    answer = client.post(wall, {"do": "story", "photos": [photo.pk], "back": "which=today"})
    page = client.get(answer["Location"]).content.decode()
    assert "Ferry" in page
    assert "The bridge opens" in page
    assert "which=today" in page
    assert "A new story" not in page  # photo staff begin none
    posted = {"do": f"story:{story.pk}", "photos": str(photo.pk), "back": "which=today"}
    answer = client.post(wall, posted, follow=True)
    assert answer.redirect_chain[-1][0] == "/admin/articles/photo/?which=today"
    assert reverse("admin:articles_story_change", args=[story.pk]) in answer.content.decode()
    assert story.attachments.get().photo == photo
    assert client.get(CHOOSE).status_code == 200
    assert "No picture is chosen" in client.post(wall, {"do": "story"}, follow=True).content.decode()


def test_a_story_begun_from_the_list_is_in_the_language_of_the_screen(client, make, settings):
    make.publication(languages=["en", "ar"])
    client.force_login(make.editor())
    add = reverse("admin:articles_story_add")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ar"
    assert client.get(add).context_data["surface"]["lang"] == "ar"
    assert client.get(f"{add}?language=en").context_data["surface"]["lang"] == "en"
    make.publication(languages=["en"])
    assert client.get(add).context_data["surface"]["lang"] == "en"
