"""Addresses sent on by hand, and a story's address changed: what is allowed, and what is told where it is not."""

import pytest

from articles.desk import addresses, redirects, stories
from articles.desk.errors import NotAllowed, Refused
from articles.models import AuditLine, DeadEnd, Redirect
from tests.views.pages import get


@pytest.fixture
def story(make):
    return make.live_story("One", at=make.moment())


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("/2009/old.html", "/2009/old.html"),
        ("/2009/old.html", "/2009/Old.html/"),
        ("https://www.old.example/2009/old.html", "/2009/old.html"),
        ("/index.php?p=123", "/index.php?p=123"),
        ("/%D9%82%D8%AF%D9%8A%D9%85/", "/قديم/"),
    ],
)
def test_the_address_of_an_old_system_leads_to_a_story(make, story, settings, address, asked):
    redirects.add(address, settings.SITE_ADDRESS + story.path, by=make.publisher())
    answer = get(asked)
    assert (answer.status_code, answer.url) == (301, story.path)


def test_another_query_of_the_same_old_address_leads_nowhere(make, story):
    redirects.add("/index.php?p=123", story.path, by=None)
    assert get("/index.php?p=124").status_code == 404
    assert get("/index.php").status_code == 404


def test_what_was_asked_for_in_vain_is_off_the_list_once_it_leads_somewhere(make, story):
    DeadEnd.objects.create(address="/old/")
    DeadEnd.objects.create(address="/old/2009/a/")
    DeadEnd.objects.create(address="/older/")
    redirects.add("/old", story.path.rpartition("one")[0] + "one", by=None)
    assert set(DeadEnd.objects.values_list("address", flat=True)) == {"/old/2009/a/", "/older/"}


def test_a_whole_old_section_leads_to_a_new_one(make, story):
    redirects.add("/news/world", "/en/section/world", by=None, beneath=True)
    assert get("/news/world/feed.xml").url == "/en/section/world/feed.xml"


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("https://evil.example/en/", "another site"),
        ("//evil.example/en/", "another site"),
        ("javascript:alert(1)", "another site"),
        ("http://127.0.0.1:8000@evil.example/en/", "another site"),
        ("/\\evil.example/", "no page of ours"),
        ("/en/nowhere/", "no page of ours"),
        ("/admin/", "no page of ours"),
        ("", "no page of ours"),
        ("http://[", "no address"),
    ],
)
def test_readers_are_sent_to_our_own_pages_only(make, story, to, said):
    with pytest.raises(Refused, match=said):
        redirects.add("/old/", to, by=None)
    assert not Redirect.objects.exists()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/en/section/world/", "There is a page"),
        ("/en/section/world", "There is a page"),
        ("/?p=123", "There is a page"),
        ("/en/?p=123", "There is a page"),
        ("/admin/old/", "newsroom itself"),
        ("/old/?q=a+b<script>", "too much"),
        ("old", "no address"),
        ("//old/", "There is a page"),
        ("", "no address"),
        ("/" + "x" * 600, "no address"),
        ("/a\x07\nb", "no address"),
    ],
)
def test_nobody_is_led_away_from_where_something_stands(make, story, address, said):
    if address.startswith("/a\x07"):
        address, said = "/a%07b", "no address"
    with pytest.raises(Refused, match=said):
        redirects.add(address, story.path, by=None)


def test_an_address_leads_to_one_place(make, story):
    redirects.add("/old/", story.path, by=None)
    with pytest.raises(Refused, match="leads to /en/2024/11/22/one/ already"):
        redirects.add("/OLD", "/en/", by=None)


def test_an_address_that_leads_on_is_no_place_to_be_sent_to(make, story):
    redirects.add("/older/", story.path, by=None)
    row = redirects.add("/oldest/", "/older/", by=None)
    assert row.to == story.path


def test_a_ring_cannot_be_made(make, story):
    with pytest.raises(Refused, match="ring"):
        redirects.add("/en/section", "/en/section/world/", by=None, beneath=True)


def test_a_withdrawn_story_is_no_place_to_be_sent_to(make, story):
    stories.withdraw(story, by=None, reason="legal")
    with pytest.raises(Refused, match="withdrawn"):
        redirects.add("/old/", story.path, by=None)


def test_who_sent_an_address_on_and_who_took_it_away_is_on_record(make, story):
    person = make.publisher(username="dima")
    row = redirects.add("/old/", story.path, by=person)
    redirects.take_away(row, by=person)
    lines = AuditLine.objects.filter(what="redirect").order_by("id")
    assert [(line.kind, line.by_name, line.details["leads_to"]) for line in lines] == [
        ("redirect", "dima", story.path),
        ("take_redirect_away", "dima", story.path),
    ]
    assert get("/old/").status_code == 404


@pytest.mark.parametrize("role", ["reporter", "photo", "editor", "front_editor"])
def test_addresses_are_for_those_who_answer_for_them(make, story, role):
    person, row = make.person(role), redirects.add("/old/", story.path, by=None)
    dead_end = DeadEnd.objects.create(address="/x/")
    for verb in (
        lambda: redirects.add("/a/", story.path, by=person),
        lambda: redirects.take_away(row, by=person),
        lambda: redirects.dismiss(dead_end, by=person),
        lambda: addresses.change(story, "two", by=person),
    ):
        with pytest.raises(NotAllowed):
            verb()


# -- A story's address -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["", " ", "/", "one", "One!", "--"])
def test_an_address_needs_words_of_its_own(make, story, typed):
    with pytest.raises(Refused):
        addresses.change(story, typed, by=None)
    story.refresh_from_db()
    assert story.path == "/en/2024/11/22/one/"


def test_an_address_that_another_story_has_is_not_taken(make, story):
    make.live_story("Two", at=make.moment())
    with pytest.raises(Refused, match="Another story of that day"):
        addresses.change(story, "two", by=None)


def test_a_story_with_changes_not_published_is_published_first(make, story):
    stories.save(story, by=None, headline="Not for readers yet")
    with pytest.raises(NotAllowed, match="Publish them first"):
        addresses.change(story, "two", by=None)
    assert "Not for readers yet" not in get(story.path).content.decode()


def test_a_withdrawn_story_has_no_address_to_change(make, story):
    stories.withdraw(story, by=None, reason="legal")
    with pytest.raises(NotAllowed, match="not live"):
        addresses.change(story, "two", by=None)


def test_what_led_to_a_story_by_hand_leads_to_its_new_address(make, story):
    redirects.add("/old/", story.path, by=None)
    addresses.change(story, "two", by=None)
    assert get("/old/").url == "/en/2024/11/22/two/"


def test_an_address_that_grows_in_small_letters_is_refused_too(make):
    with pytest.raises(Refused):
        redirects.add("/" + "İ" * 300 + "/", "/en/", by=None)
    assert not Redirect.objects.exists()
