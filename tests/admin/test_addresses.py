"""The desk's screens of addresses and corrections: sent on, not worth it, changed, put right."""

import json

import pytest
from django.urls import reverse

from articles.desk import corrections, redirects, stories
from articles.models import AuditLine, Correction, DeadEnd, Redirect, Section, Tag
from tests.views.pages import get

SEND_ON = "/admin/articles/redirect/add/"


@pytest.fixture
def story(make):
    return make.live_story("The bridge opens", at=make.moment())


@pytest.fixture
def publisher(client, make):
    user = make.publisher(username="dima")
    client.force_login(user)
    return user


def test_the_list_begins_with_what_is_asked_for_most(client, publisher):
    for address, count in (("/a/", 3), ("/b/", 70), ("/c/", 12)):
        DeadEnd.objects.create(address=address, count=count)
    page = client.get(reverse("admin:articles_deadend_changelist")).content.decode()
    assert page.index("/b/") < page.index("/c/") < page.index("/a/")
    assert f"{SEND_ON}?address=%2Fb%2F" in page


def test_what_is_not_worth_it_is_off_the_list_for_good(client, publisher):
    row = DeadEnd.objects.create(address="/a/", count=3)
    here = reverse("admin:articles_deadend_changelist")
    client.post(here, {"action": "dismiss", "_selected_action": [row.pk]})
    assert "/a/" not in client.get(here).content.decode()
    assert "/a/" in client.get(here, {"dismissed": "1"}).content.decode()
    assert AuditLine.objects.get(kind="dismiss").details == {"path": "/a/"}


def test_the_story_that_an_old_address_was_of_is_offered(client, publisher, story):
    page = client.get(SEND_ON, {"address": "/2009/11/old-bridge-story.html"}).content.decode()
    assert f'value="{story.path}"' in page


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("bridge opens", "/en/2024/11/22/the-bridge-opens/"),
        ("World", "/en/section/world/"),
        ("haddow", "/en/author/author-"),
        ("Bridges", "/en/tag/bridges/"),
    ],
)
def test_a_page_is_chosen_by_its_name(client, publisher, story, words, path):
    page = client.get(SEND_ON, {"address": "/old/", "q": words}).content.decode()
    assert f'value="{path}' in page


def test_an_address_is_sent_on_by_one_press(client, publisher, story):
    DeadEnd.objects.create(address="/old/", count=9)
    answer = client.post(SEND_ON, {"address": "/old/", "choice": story.path, "back": "1"})
    assert answer.url == reverse("admin:articles_deadend_changelist")
    assert get("/old/").url == story.path
    assert not DeadEnd.objects.exists()


def test_what_was_typed_stays_where_it_is_refused(client, publisher, story):
    typed = {"address": "/old/", "to": "https://evil.example/<x>", "beneath": "on"}
    page = client.post(SEND_ON, typed).content.decode()
    assert "is on another site" in page
    assert 'value="https://evil.example/&lt;x&gt;"' in page
    assert 'name="beneath" checked' in page
    assert not Redirect.objects.exists()


def test_a_redirect_is_taken_away(client, publisher, story):
    row = redirects.add("/old/", story.path, by=None)
    client.post(reverse("admin:articles_redirect_delete", args=[row.pk]), {"post": "yes"})
    assert get("/old/").status_code == 404
    assert AuditLine.objects.filter(kind="take_redirect_away").exists()


# -- Slugs in forms ----------------------------------------------------------------------------------------------------


def form_of(section, **changed):
    words = list(section.words.order_by("id"))
    data = {"slug": section.slug, "order": "0", "words-TOTAL_FORMS": len(words), "words-INITIAL_FORMS": len(words)}
    for number, row in enumerate(words):
        data |= {f"words-{number}-{name}": getattr(row, name) for name in ("id", "language", "name", "description")}
        data[f"words-{number}-section"] = section.pk
    return data | changed


def test_an_administrator_renames_a_section_and_nothing_is_lost(client, make, story):
    client.force_login(make.administrator())
    section = Section.objects.get()
    here = reverse("admin:articles_section_change", args=[section.pk])
    assert client.post(here, form_of(section, slug="The-World")).status_code == 302
    assert get("/en/section/world/").url == "/en/section/the-world/"
    assert AuditLine.objects.filter(kind="change").last().details["slug"] == "the-world"


def test_an_editor_changes_a_tag_and_not_its_address(client, make, story):
    client.force_login(make.editor())
    tag = Tag.objects.get()
    client.post(reverse("admin:articles_tag_change", args=[tag.pk]), {"name": "Spans", "slug": "spans"})
    tag.refresh_from_db()
    assert (tag.name, tag.slug) == ("Spans", "bridges")


@pytest.mark.parametrize("field", ["name", "slug"])
def test_two_tags_in_a_language_are_not_called_the_same(client, publisher, story, make, field):
    other = make.tag("Rivers")
    data = {"name": "Rivers here", "slug": "rivers-here"} | {field: {"name": "Bridges", "slug": "bridges"}[field]}
    answer = client.post(reverse("admin:articles_tag_change", args=[other.pk]), data)
    assert "Another tag in this language has it already." in answer.content.decode()


def test_a_tag_keeps_its_address_where_the_field_is_left_empty(client, publisher, story):
    tag = Tag.objects.get()
    client.post(reverse("admin:articles_tag_change", args=[tag.pk]), {"name": "Spans", "slug": ""})
    tag.refresh_from_db()
    assert (tag.name, tag.slug) == ("Spans", "bridges")
    assert not Redirect.objects.exists()


# -- A story's address -------------------------------------------------------------------------------------------------


def test_a_storys_address_is_changed_on_its_screen(client, publisher, story):
    here = reverse("admin:articles_story_address", args=[story.pk])
    assert "the-bridge-opens" in client.get(here).content.decode()
    client.post(here, {"slug": "Bridge open"})
    assert get(story.path).url == "/en/2024/11/22/bridge-open/"


def test_an_address_that_is_taken_is_said_and_what_was_typed_stays(client, publisher, story, make):
    make.live_story("Two", at=make.moment())
    page = client.post(reverse("admin:articles_story_address", args=[story.pk]), {"slug": "two"}).content.decode()
    assert "Another story of that day has this address already." in page
    assert 'value="two"' in page


# -- Corrections -------------------------------------------------------------------------------------------------------


def move(client, story, name, **answers):
    story.refresh_from_db()
    sent = {"do": name, "answers": answers, "version": story.version}
    address = reverse("admin:articles_story_move", args=[story.pk])
    return client.post(address, json.dumps(sent), content_type="application/json").json()["address"]


def test_a_correction_goes_out_with_the_changes(client, publisher, story):
    stories.save(story, by=None, summary="Better.")
    move(client, story, "publish", correction="It was Monday.")
    assert Correction.objects.get().edition.number == 2


def test_a_correction_is_added_alone(client, publisher, story):
    page = client.get(move(client, story, "correct", correction="It was Monday.")).content.decode()
    assert "Readers of “The bridge opens” are told of it" in page
    assert Correction.objects.get().edition.number == 1


def test_a_correction_that_was_refused_stands_in_its_field_until_it_is_out(client, publisher, story):
    stories.save(story, by=None, headline="")
    here = move(client, story, "publish", correction="It was <Monday>.")
    for _reload in range(2):
        assert "It was &lt;Monday&gt;.</textarea>" in client.get(here).content.decode()
    stories.save(story, by=None, headline="The bridge opens again")
    here = move(client, story, "publish", correction="It was <Monday>.")
    assert Correction.objects.get().text == "It was <Monday>."
    assert "&lt;Monday&gt;.</textarea>" not in client.get(here).content.decode()


def test_the_history_says_which_edition_came_with_a_correction(client, publisher, story):
    corrections.add(story, "It was Monday.", by=publisher)
    page = client.get(reverse("admin:articles_story_history", args=[story.pk])).content.decode()
    assert "Correction: It was Monday." in page


def test_who_may_not_publish_is_offered_no_correction(client, make, story):
    client.force_login(make.editor())
    here = reverse("admin:articles_story_change", args=[story.pk])
    page = client.get(here).content.decode()
    assert 'name="correction"' not in page
    assert reverse("admin:articles_story_address", args=[story.pk]) not in page
    move(client, story, "correct", correction="It was Monday.")
    assert not Correction.objects.exists()


def test_a_correction_is_taken_back_in_its_list(client, publisher, story):
    row = corrections.add(story, "It was Monday.", by=publisher)
    assert "It was Monday." in client.get(reverse("admin:articles_correction_changelist")).content.decode()
    client.post(reverse("admin:articles_correction_delete", args=[row.pk]), {"post": "yes"})
    assert not Correction.objects.exists()
