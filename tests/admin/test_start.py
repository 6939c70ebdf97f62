"""The start page: each finds first what they came to do."""

import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from articles.desk import captions, stories
from articles.models import Page, PressState, Status
from articles.pages import progress

START = "/admin/"


@pytest.fixture
def start(client):
    """The start page as `user` sees it, as text, in `language`."""

    def page(user, language="en"):
        client.force_login(user)
        client.cookies["django_language"] = language
        return client.get(START).content.decode()

    return page


def panels(page):
    return re.findall(r'aria-labelledby="panel-(\w+)"', page)


@pytest.mark.parametrize(
    ("role", "order"),
    [
        ("reporter", ["drafts", "waiting", "captions", "published"]),
        ("photo", ["captions", "published"]),
        ("editor", ["waiting", "drafts", "captions", "published"]),
        ("publisher", ["waiting", "drafts", "captions", "published"]),
    ],
)
def test_a_role_changes_the_order_of_the_panels(start, make, role, order):
    assert panels(start(make.person(role))) == order


def test_it_begins_with_the_ways_in(start, make):
    page = start(make.reporter())
    for name in ("articles_story_add", "articles_story_paste", "articles_photo_changelist"):
        assert f'href="{reverse(f"admin:{name}")}' in page


def test_photo_staff_are_not_offered_to_write(start, make):
    page = start(make.photo_editor())
    assert reverse("admin:articles_story_add") not in page
    assert "#upload" in page


def test_my_drafts_are_those_i_began_or_sign_and_nobody_elses(start, make):
    reporter = make.reporter()
    make.story("Mine", by=reporter)
    make.story("Signed by me", by=make.editor(), authors=[make.author("Rana", user=reporter)])
    make.story("Another's", by=make.editor())
    page = start(reporter)
    assert "Mine" in page
    assert "Signed by me" in page
    assert "Another's" not in page
    assert "Another&#x27;s" not in page


def test_what_waits_for_an_editor_is_in_review_with_its_verb(start, make):
    reporter = make.reporter()
    stories.submit(make.story("To be read", by=reporter), by=reporter)
    make.story("Not handed in", by=reporter)
    page = start(make.editor())
    waiting = page[page.index("panel-waiting") : page.index("panel-drafts")]
    assert "To be read" in waiting
    assert "Review" in waiting
    assert "Not handed in" not in waiting


def test_nothing_waiting_is_one_sentence(start, make):
    assert "Nothing waits for you." in start(make.editor())


def test_what_was_issued_last_stands_first(start, make):
    first, _second = make.live_story("First out"), make.live_story("Second out")
    stories.save(first, by=None, headline="First out, again")
    assert start(make.editor()).index("Second out") < start(make.editor()).index("First out")
    stories.publish(first, by=None)
    page = start(make.editor())
    assert page.index("First out, again") < page.index("Second out")


def test_pictures_without_a_caption_are_shown_until_they_have_one(start, make):
    photo = make.photo(caption="", alt="")
    page = start(make.photo_editor())
    assert reverse("admin:articles_photo_change", args=[photo.pk]) in page
    captions.caption(photo, "en", by=None, text="The bridge.")
    assert "Every picture has its caption." in start(make.photo_editor())


@time_machine.travel(datetime(2026, 11, 22, 22, 30, tzinfo=UTC), tick=False)
def test_the_greeting_is_of_the_hour_and_day_where_the_newsroom_sits(start, make):
    make.publication(place="Marsana")  # Damascus is three hours ahead: there it is Monday, half past one
    page = start(make.editor(first_name="Yusuf"))
    assert "Good evening" in page
    assert "Yusuf" in page
    assert re.search(r"Monday,? 23 November 2026, 01:30 in Marsana", page)


def test_the_number_of_queries_stays_the_same_however_much_is_waiting(
    client, make, django_assert_max_num_queries, django_assert_num_queries
):
    editor, reporter = make.editor(), make.reporter()
    client.force_login(editor)

    def fill(number):
        for _place in range(number):
            stories.submit(make.story(by=reporter, pictures=[make.photo()]), by=reporter)
            make.story(by=editor)
            make.live_story()
            make.photo(caption="", alt="")

    fill(1)
    with django_assert_max_num_queries(30) as few:
        client.get(START)
    fill(4)
    with django_assert_num_queries(len(few)):
        client.get(START)


def test_it_names_the_outlet_in_the_language_of_the_screen(start, make):
    assert "The Daybook" in start(make.editor())
    page = start(make.editor(), "ar")
    assert "الدفتر" in page
    assert 'dir="rtl"' in page


def test_the_language_is_kept_in_a_cookie_of_the_admin_alone(client, make):
    client.force_login(make.editor())
    answer = client.post(reverse("admin:language"), {"language": "ar", "next": START})
    assert answer.url == START
    assert answer.cookies["django_language"]["path"] == "/admin/"
    assert 'lang="ar"' in client.get(START).content.decode()


def test_whoever_is_not_signed_in_yet_chooses_a_language_too(client, db):
    client.post(reverse("admin:language"), {"language": "ar", "next": "/admin/login/"})
    assert 'dir="rtl"' in client.get("/admin/login/").content.decode()


def test_a_wrong_password_is_one_sentence_and_the_name_stays(client, make):
    make.editor(username="yusuf")
    page = client.post("/admin/login/", {"username": "yusuf", "password": "wrong"}).content.decode()
    assert "That name and password do not belong together." in page
    assert 'value="yusuf"' in page


def test_a_draft_that_is_live_says_so(start, make):
    editor = make.editor()
    story = make.live_story(by=editor)
    stories.save(story, by=editor, kicker="Rivers")
    assert story.status == Status.DRAFT
    page = start(editor)
    assert "edition 1 is live" in page[page.index("panel-drafts") : page.index("panel-captions")]


def test_it_says_how_many_pages_are_made_anew_while_they_are_many(start, make, settings, tmp_path, monkeypatch):
    settings.PAGES = tmp_path / "pages"
    make.live_story()
    Page.objects.bulk_create(Page(path=f"/en/{number}/") for number in range(1_500))
    editor = make.editor()
    assert "being made anew" not in start(editor)
    Page.objects.filter(pk__lte=Page.objects.order_by("pk")[1_199].pk).update(stale_since=timezone.now())
    assert "1,200 of the readers’ 1,500 pages are being made anew" in start(editor).replace("&#x27;", "’")
    monkeypatch.setattr(progress, "MOST", 1_000)
    assert "More than 1,000 of the readers’ pages" in start(editor).replace("&#x27;", "’")
    PressState.objects.update(generation=3)
    Page.objects.update(stale_since=None, generation=3)
    assert "being made anew" not in start(editor)
