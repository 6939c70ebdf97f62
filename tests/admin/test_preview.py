"""The preview: the working copy in the site's own clothes, for the newsroom alone."""

import re

import pytest
from django.urls import reverse

from articles.desk import stories
from tests.test_security import directives


def preview(story):
    return reverse("admin:articles_story_preview", args=[story.pk])


def test_a_preview_shows_the_working_copy_while_readers_see_the_edition(make, client):
    story = make.live_story("As published")
    stories.save(story, by=None, headline="As written now")
    client.force_login(make.editor())
    page = client.get(preview(story))
    assert "As written now" in page.content.decode()
    assert "As published" in client.get(story.path).content.decode()


def test_a_preview_is_in_no_index_and_no_cache(make, client):
    client.force_login(make.editor())
    page = client.get(preview(make.story()))
    assert "noindex" in page["X-Robots-Tag"]
    assert "no-store" in page["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in page.content.decode()


def test_a_preview_shows_pictures_that_readers_may_not_see_yet(make, client):
    story = make.story(pictures=[make.photo()])
    client.force_login(make.editor())
    page = client.get(preview(story)).content.decode()
    address = re.search(r'src="(/admin/renditions/[^"]+)"', page)[1]
    assert client.get(address).content.startswith(b"\xff\xd8")
    client.logout()
    assert client.get(address).status_code == 302


def test_a_preview_of_a_story_with_nothing_in_it_is_a_page(make, client):
    client.force_login(make.editor())
    assert client.get(preview(stories.start(language="ar", by=None))).status_code == 200


def test_a_preview_is_for_who_may_see_the_story(make, client):
    story = make.story()
    assert client.get(preview(story)).status_code == 302
    client.force_login(make.person(role=""))
    assert client.get(preview(story)).status_code == 403
    client.force_login(make.editor())
    assert client.get("/admin/articles/story/999/preview/").status_code == 404


# -- At other widths, and as a card


def test_only_the_page_for_the_frame_may_be_framed_and_only_by_us(make, client):
    story = make.story()
    client.force_login(make.editor())
    framed = client.get(reverse("admin:articles_story_preview_page", args=[story.pk]))
    assert directives(framed)["frame-ancestors"] == "'self'"
    assert framed["X-Frame-Options"] == "SAMEORIGIN"
    assert story.headline in framed.content.decode()
    whole = client.get(preview(story))
    assert directives(whole)["frame-ancestors"] == "'none'"
    assert whole["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("width", ["phone", "tablet"])
def test_a_story_is_looked_at_as_wide_as_on_a_phone_and_a_tablet(make, client, width):
    story = make.story()
    client.force_login(make.editor())
    page = client.get(reverse("admin:articles_story_preview_width", args=[story.pk, width]))
    address = reverse("admin:articles_story_preview_page", args=[story.pk])
    assert f'data-width="{width}" src="{address}"' in page.content.decode()
    assert directives(page)["frame-src"] == "'self'"
    assert "frame-src" not in directives(client.get(preview(story)))


def test_there_is_no_other_width(make, client):
    client.force_login(make.editor())
    assert client.get(reverse("admin:articles_story_preview_width", args=[make.story().pk, "watch"])).status_code == 404


def test_a_card_shows_what_other_sites_would_show(make, client, settings):
    settings.SITE_ADDRESS = "https://news.example.org"
    story = make.story(summary="", pictures=[make.photo()])
    client.force_login(make.editor())
    page = client.get(reverse("admin:articles_story_card", args=[story.pk])).content.decode()
    for said in (story.headline, "The bridge opens on Monday at six", "news.example.org", "/admin/renditions/"):
        assert said in page


def test_a_card_of_a_story_with_nothing_in_it_is_a_page(make, client):
    client.force_login(make.editor())
    story = stories.start(language="ar", by=None)
    assert client.get(reverse("admin:articles_story_card", args=[story.pk])).status_code == 200


def test_the_text_edition_is_previewed_in_a_frame_of_its_own(make, client):
    story = make.live_story("As published", pictures=[make.photo(caption="The weir.")])
    stories.save(story, by=None, headline="As written now")
    client.force_login(make.editor())
    around = client.get(reverse("admin:articles_story_preview_width", args=[story.pk, "text"]))
    address = reverse("admin:articles_story_preview_text", args=[story.pk])
    assert f'src="{address}"' in around.content.decode()
    assert directives(around)["frame-src"] == "'self'"
    answer = client.get(address)
    page = answer.content.decode()
    assert "As written now" in page
    assert "The weir." in page
    assert "<img" not in page
    assert "noindex" in page
    assert "canonical" not in page
    assert directives(answer)["frame-ancestors"] == "'self'"
    assert "no-store" in answer["Cache-Control"]


def test_the_writing_room_may_frame_our_own_pages_and_no_others(make, client):
    client.force_login(make.editor())
    for address in (
        reverse("admin:articles_story_change", args=[make.story().pk]),
        reverse("admin:articles_story_add"),
    ):
        answer = client.get(address)
        assert directives(answer)["frame-src"] == "'self'"
        assert directives(answer)["frame-ancestors"] == "'none'"
        assert "'nonce-" in directives(answer)["script-src"]
