"""Sharing a draft: a link is made on a screen, and behind it somebody without an account reads one story."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.desk import photos, sharing, stories
from articles.models import AuditLine, ShareLink
from tests.test_security import directives


@pytest.fixture
def stranger():
    """A browser nobody is signed in with."""
    return Client()


def share(story):
    return reverse("admin:articles_story_share", args=[story.pk])


def shared(story, **options):
    return reverse("share", args=[sharing.make(story, by=None, **options)[1]])


def test_a_link_is_made_shown_once_and_opened_without_an_account(make, client, stranger):
    story = make.story("Not yet known")
    client.force_login(make.editor())
    page = client.post(share(story), {"make": "1", "days": "7"}).content.decode()
    address = re.search(r'value="(http[^"]+/admin/share/[^"]+)"', page)[1]
    assert address not in client.get(share(story)).content.decode()
    answer = stranger.get(urlsplit(address).path)
    assert "Not yet known" in answer.content.decode()
    assert "This is a draft" in answer.content.decode()
    assert not answer.cookies
    link = ShareLink.objects.get()
    assert link.expires_at - timezone.now() > timedelta(days=6)
    assert "opened once" in client.get(share(story)).content.decode()


def test_an_arabic_draft_says_so_in_arabic(make, stranger):
    answer = stranger.get(shared(make.story(language="ar")))
    assert answer["Content-Language"] == "ar"
    assert '<html lang="ar" dir="rtl">' in answer.content.decode()


def test_it_is_in_no_index_no_cache_and_no_referrer(make, stranger):
    story = make.story(pictures=[make.photo()])
    answer = stranger.get(shared(story))
    picture = re.search(r'src="(/admin/share/[^"]+)"', answer.content.decode())[1]
    for one in (answer, stranger.get(picture)):
        assert "noindex" in one["X-Robots-Tag"]
        assert "no-store" in one["Cache-Control"]
        assert one["Referrer-Policy"] == "no-referrer"
    assert '<meta name="robots" content="noindex">' in answer.content.decode()
    assert directives(answer)["img-src"] == "'self'"
    assert directives(answer)["frame-ancestors"] == "'none'"


def test_a_link_shows_the_pictures_of_its_story_and_no_others(make, stranger):
    own, other = make.photo(), make.photo()
    make.story(pictures=[other])
    address = shared(make.story(pictures=[own]))
    page = stranger.get(address).content.decode()
    assert own.token in page
    assert "/admin/renditions/" not in page
    own_picture = re.search(r'src="(/admin/share/[^"]+)"', page)[1]
    assert stranger.get(own_picture).content.startswith(b"\xff\xd8")
    assert stranger.get(own_picture.replace(own.token, other.token)).status_code == 404
    assert stranger.get(own_picture.rsplit("/", 1)[0] + "/original.jpg").status_code == 404
    assert stranger.get(f"/admin/renditions/{own.token}/320.jpg").status_code == 302


@pytest.mark.parametrize("why", ["withdrawn", "under embargo"])
def test_a_picture_that_readers_may_not_see_is_behind_no_link_either(make, stranger, why):
    photo = make.photo()
    address = shared(make.story(pictures=[photo]))
    picture = re.search(r'src="(/admin/share/[^"]+)"', stranger.get(address).content.decode())[1]
    assert stranger.get(picture).status_code == 200
    if why == "withdrawn":
        photos.withdraw(photo, by=make.publisher(), reason="A person in it asked for it.")
    else:
        photos.describe(photo, by=make.publisher(), usable_from=timezone.now() + timedelta(days=1))
    assert photo.token not in stranger.get(address).content.decode()
    assert stranger.get(picture).status_code == 404


def test_it_leads_to_no_other_story(make, stranger):
    other = make.live_story("Another story")
    page = stranger.get(shared(make.story(related=[other]))).content.decode()
    assert "Another story" not in page


def test_unknown_expired_and_withdrawn_links_find_the_same_page(make, stranger):
    story = make.story()
    old, gone = (sharing.make(story, by=None) for _number in range(2))
    ShareLink.objects.filter(pk=old[0].pk).update(expires_at=timezone.now())
    sharing.withdraw(gone[0], by=None)
    answers = [stranger.get(reverse("share", args=[token])) for token in (old[1], gone[1], "no-such-token", "ط")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert len({str(answer.headers) for answer in answers}) == 1
    assert stranger.get(reverse("share", args=["\x00"])).status_code == 404


def test_a_link_is_withdrawn_on_its_screen_and_opens_no_more(make, client, stranger):
    story = make.story()
    address = shared(story)
    client.force_login(make.editor())
    client.post(share(story), {"withdraw": str(ShareLink.objects.get().uuid)})
    assert stranger.get(address).status_code == 404


def test_a_link_of_another_story_is_not_withdrawn_here(make, client):
    story, other = make.story(), make.story("Another")
    sharing.make(other, by=None)
    client.force_login(make.editor())
    client.post(share(story), {"withdraw": str(ShareLink.objects.get().uuid)})
    assert ShareLink.objects.standing().exists()


def test_it_shows_the_story_as_it_stands_then(make, stranger):
    story = make.story("First")
    address = shared(story)
    stories.save(story, by=None, headline="Second")
    assert "Second" in stranger.get(address).content.decode()


def test_each_opening_is_a_line_of_the_audit_log(make, stranger):
    address = shared(make.story())
    for _number in range(2):
        stranger.get(address)
    lines = AuditLine.objects.filter(kind="open", what="sharelink")
    assert [line.by_name for line in lines] == ["share link", "share link"]


def test_nothing_is_posted_to_a_link(make, stranger):
    assert stranger.post(shared(make.story())).status_code == 405


@pytest.mark.parametrize("days", ["0", "99", "x", "٣٣٣٣٣٣"])
def test_a_number_of_days_that_is_none_never_fails(make, client, days):
    client.force_login(make.editor())
    assert client.post(share(make.story()), {"make": "1", "days": days}).status_code == 200


def test_a_link_says_in_words_how_long_it_opens_and_that_it_was_withdrawn(make, client, settings):
    story = make.story()
    link, _token = sharing.make(story, by=None, days=3)
    client.force_login(make.editor())
    assert ", in 3 days</b>" in client.get(share(story)).content.decode()
    sharing.withdraw(link, by=None)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ar"
    assert "<b>سُحب</b>" in client.get(share(story)).content.decode()  # of a link; a story withdrawn is another word
