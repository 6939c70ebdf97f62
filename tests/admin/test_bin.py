"""The bin on the screen: a story goes there, is in no list, and comes out again."""

import pytest
from django.urls import reverse

from articles.desk import bin as the_bin
from articles.desk import siblings
from articles.models import Story

LIST = reverse("admin:articles_story_changelist")


@pytest.fixture
def editor(make, client):
    user = make.editor()
    client.force_login(user)
    return user


def bin_of(story):
    return reverse("admin:articles_story_bin", args=[story.pk])


def test_a_story_is_put_in_the_bin_and_taken_out(make, client, editor):
    story = make.story()
    assert "Put it in the bin" in client.get(bin_of(story)).content.decode()
    assert "After 30 days" in client.post(bin_of(story), {"do": "bin"}, follow=True).content.decode()
    assert Story.objects.binned().get() == story
    assert "Take it out of the bin" in client.get(bin_of(story)).content.decode()
    client.post(bin_of(story), {"do": "take_out"})
    assert Story.objects.kept().get() == story


def test_looking_puts_nothing_in_the_bin(make, client, editor):
    story = make.story()
    client.get(bin_of(story), {"do": "bin"})
    assert not Story.objects.binned().exists()


def test_the_screen_says_why_a_published_story_stays(make, client, editor):
    story = make.live_story()
    assert "has been published" in client.get(bin_of(story)).content.decode()
    assert "has been published" in client.post(bin_of(story), {"do": "bin"}, follow=True).content.decode()
    assert not Story.objects.binned().exists()


def test_what_is_in_the_bin_is_in_the_list_of_the_bin_and_in_no_other(make, client, editor):
    kept, gone = make.story("Kept", by=editor), make.story("Gone", by=editor)
    the_bin.put_in(gone, by=None)
    for query in ("", "?q=gone", "?status=draft", "?whose=mine", "?needs=picture", "?in=en"):
        page = client.get(LIST + query).content.decode()
        assert "Gone</bdi>" not in page
    page = client.get(LIST + "?bin=1").content.decode()
    assert "Gone</bdi>" in page
    assert "Kept</bdi>" not in page
    assert "Gone" not in client.get(reverse("admin:index")).content.decode()
    assert "Gone" not in client.get(reverse("admin:articles_story_stories"), {"q": "o"}).content.decode()
    assert kept.headline == "Kept"


def test_the_counts_of_the_list_leave_it_out(make, client, editor):
    make.story()
    story = make.story("Another")
    the_bin.put_in(story, by=None)
    facets = {facet.title: facet for facet in client.get(LIST).context["cl"].filter_specs}
    assert facets["Status"].counts() == {"draft": 1}
    assert facets["Section"].counts() == {"world": 1}
    assert facets["Deleted"].counts() == {"1": 1}


def test_several_are_taken_out_at_once(make, client, editor):
    story, other = make.story(), make.story("Another")
    for one in (story, other):
        the_bin.put_in(one, by=None)
    client.post(LIST + "?bin=1", {"action": "take_out", "_selected_action": [story.pk, other.pk], "index": "0"})
    assert Story.objects.kept().count() == 2


def test_the_writing_room_says_that_a_story_is_in_the_bin(make, client, editor):
    story = make.story()
    the_bin.put_in(story, by=None)
    page = client.get(reverse("admin:articles_story_change", args=[story.pk])).content.decode()
    assert "This story is in the bin" in page
    assert 'value="save"' not in page


def test_a_sibling_in_the_bin_may_be_begun_anew(make, client, editor):
    story = make.story()
    the_bin.put_in(siblings.begin(story, "ar", by=None), by=None)
    page = client.get(reverse("admin:articles_story_change", args=[story.pk])).content.decode()
    assert 'value="begin:ar"' in page


def test_a_reporter_does_not_bin_anothers_story(make, client, editor):
    story = make.story(by=editor)
    client.force_login(make.reporter())
    assert client.get(bin_of(story)).status_code == 403
    assert client.post(bin_of(story), {"do": "bin"}).status_code == 403
