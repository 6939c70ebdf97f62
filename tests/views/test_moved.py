"""Addresses that something once stood at: they lead home, in one step; and those that lead nowhere are counted."""

import unicodedata
from contextlib import suppress
from urllib.parse import quote, unquote

import pytest
from django.db import transaction
from django.db.utils import OperationalError
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as chosen
from hypothesis import strategies as st

from articles.desk import addresses, redirects, stories
from articles.desk.changing import changing
from articles.desk.errors import Refused
from articles.models import Author, DeadEnd, Edition, Redirect, Section, Story, Tag
from articles.pages import lost, press, store

from .pages import get, read


@pytest.fixture(autouse=True)
def nothing_gathered():
    lost.forget_gathered()
    yield
    lost.forget_gathered()


def rename(noun, slug):
    """As the admin's form does."""
    with changing(noun, "change", by=None):
        before, noun.slug = noun.slug, slug
        redirects.follow(noun, before, by=None)


def leads(address, **headers):
    """Where an address leads: it must do so for good, and in one step."""
    answer = get(address, **headers)
    assert answer.status_code == 301, (address, answer.status_code)
    assert get(unquote(answer.url)).status_code in (200, 410), answer.url
    return unquote(answer.url)


# -- What moves leaves the way behind it -------------------------------------------------------------------------------


def test_a_story_at_a_new_address_is_found_from_the_old_one(make):
    story = make.live_story("The brige opens", at=make.moment())
    old = story.path
    edition = addresses.change(story, "the bridge opens", by=None)
    assert edition.path == "/en/2024/11/22/the-bridge-opens/"
    assert leads(old) == edition.path
    assert leads(f"/text{old}") == f"/text{edition.path}"
    assert leads(old.upper().replace("/EN/", "/en/")) == edition.path


def test_what_was_asked_along_goes_along(make):
    story = make.live_story("The brige opens", at=make.moment())
    old = story.path
    addresses.change(story, "the bridge opens", by=None)
    assert get(f"{old}?utm_source=a&b=1").url == "/en/2024/11/22/the-bridge-opens/?utm_source=a&b=1"


def test_a_new_address_is_no_change_of_the_words(make):
    story = make.live_story("One", at=make.moment())
    before = story.live_edition
    edition = addresses.change(story, "two", by=None)
    assert (edition.number, edition.modified_at) == (2, before.modified_at)
    assert edition.snapshot | {"slug": ""} == before.snapshot | {"slug": ""}


@pytest.mark.parametrize("beneath", ["", "2024/11/", "2024/11/22/", "feed.xml", "atom.xml"])
@pytest.mark.parametrize("kind", ["section", "tag", "author"])
def test_a_list_takes_its_months_days_and_feeds_along(make, kind, beneath):
    story = make.live_story(at=make.moment(), tags=["Bridges"])
    noun = {"section": story.section, "tag": Tag.objects.get(), "author": story.authors.get()}[kind]
    old = noun.slug
    rename(noun, "renamed")
    assert leads(f"/en/{kind}/{old}/{beneath}") == f"/en/{kind}/renamed/{beneath}"


def test_a_section_moves_in_every_language_at_once(make):
    make.live_story(language="ar", at=make.moment())
    rename(Section.objects.get(), "the-world")
    assert leads("/ar/section/world/") == "/ar/section/the-world/"


def test_of_many_moves_the_reader_makes_one(make):
    make.live_story()
    section = Section.objects.get()
    for slug in ("b", "c", "d"):
        rename(section, slug)
    assert {row.to for row in Redirect.objects.filter(address__startswith="/en/")} == {"/en/section/d/"}
    for slug in ("world", "b", "c"):
        assert leads(f"/en/section/{slug}/") == "/en/section/d/"


def test_what_is_called_again_as_it_was_is_there_again(make):
    make.live_story()
    section = Section.objects.get()
    rename(section, "b")
    rename(section, "world")
    assert get("/en/section/world/").status_code == 200
    assert leads("/en/section/b/") == "/en/section/world/"
    assert not Redirect.objects.filter(key="/en/section/world").exists()


def test_something_new_at_an_old_address_wins(make):
    make.live_story(section=make.section("city"))
    make.live_story("Here now", section=make.section("world"))
    rename(Section.objects.get(slug="city"), "town")
    rename(Section.objects.get(slug="world"), "city")
    assert "Here now" in read("/en/section/city/")
    assert leads("/en/section/world/") == "/en/section/city/"


def test_a_story_never_takes_the_old_address_of_another(make):
    first = make.live_story("One", at=make.moment())
    addresses.change(first, "first", by=None)
    second = make.live_story("One", at=make.moment())
    assert second.path == "/en/2024/11/22/one-2/"
    assert leads("/en/2024/11/22/one/") == "/en/2024/11/22/first/"


def test_an_arabic_address_is_found_in_every_form_it_is_typed_in(make):
    story = make.live_story("الجسر يُفتح", language="ar", slug="إفتتاح-الجسر", at=make.moment())
    old = story.path
    addresses.change(story, "الجسر مفتوح", by=None)
    story.refresh_from_db()
    decomposed = unicodedata.normalize("NFD", old)
    assert decomposed != old
    for typed in (quote(old), quote(old).lower(), quote(decomposed)):
        answer = Client().get(typed)
        assert answer.status_code == 301, typed
        assert unquote(answer.url) == story.path


def test_the_address_of_a_sibling_with_only_its_language_changed_leads_to_the_story(make):
    english = make.live_story("One", at=make.moment())
    arabic = make.live_story("الأول", language="ar", sibling_key=english.sibling_key, at=make.moment())
    answer = get(english.path.replace("/en/", "/ar/"))
    assert (answer.status_code, unquote(answer.url)) == (302, arabic.path)
    answer = get("/text" + english.path.replace("/en/", "/ar/"))
    assert unquote(answer.url) == f"/text{arabic.path}"


def test_that_address_leads_to_the_story_still_when_its_sibling_has_moved(make, django_assert_max_num_queries):
    english = make.live_story("The brige opens", at=make.moment())
    arabic = make.live_story("الأول", language="ar", sibling_key=english.sibling_key, at=make.moment())
    guessed = english.path.replace("/en/", "/ar/")
    for slug in ("the bridge opens", "the bridge is open"):
        addresses.change(english, slug, by=None)
        english.refresh_from_db()
        for text in ("", "/text"):
            with django_assert_max_num_queries(8):
                answer = get(text + guessed)
            assert (answer.status_code, unquote(answer.url)) == (302, text + arabic.path)
    addresses.change(arabic, "الجسر مفتوح", by=None)
    arabic.refresh_from_db()
    assert unquote(get(guessed).url) == arabic.path


def test_the_old_address_of_a_withdrawn_story_says_at_once_that_it_is_gone(make):
    story = make.live_story("One", at=make.moment())
    old = story.path
    addresses.change(story, "two", by=None)
    stories.withdraw(story, by=None, reason="legal", public_reason="A court decided so.")
    for path in (old, f"/text{old}", story.path):
        answer = get(path)
        assert answer.status_code == 410
        assert "A court decided so." in answer.content.decode()
    stories.take_up(story, by=None)
    stories.publish(story, by=None)
    assert leads(old) == story.path


def test_no_browser_and_no_cache_keeps_a_redirect_for_it_may_change(make, settings):
    make.live_story()
    settings.CDN = {"kind": "varnish", "addresses": ("http://127.0.0.1:1",), "service": "", "token": ""}
    rename(Section.objects.get(), "b")
    answer = get("/en/section/world/")
    assert answer["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "no-store" in answer["Surrogate-Control"]
    assert "xkey" not in answer


def test_a_post_is_sent_nowhere(make):
    make.live_story()
    rename(Section.objects.get(), "b")
    assert Client().post("/en/section/world/").status_code == 405
    assert Client().post("/en/nowhere/").status_code == 404


@pytest.mark.parametrize("kind", ["story", "section", "tag", "author"])
def test_the_pages_at_the_old_address_are_off_the_disk(make, settings, tmp_path, kind):
    settings.PAGES = tmp_path / "pages"
    story = make.live_story("One", at=make.moment(), tags=["Bridges"])
    noun = {"section": story.section, "tag": Tag.objects.get(), "author": story.authors.get()}.get(kind)
    top = story.path if noun is None else f"/en/{kind}/{noun.slug}/"
    paths = [top, f"/text{top}"] if noun is None else [top, f"{top}2024/11/", f"{top}feed.xml"]
    for path in paths:
        press.press(path)
        assert store.read(path)
    addresses.change(story, "two", by=None) if noun is None else rename(noun, "renamed")
    while press.press_stale():
        pass
    assert not any(store.read(path) for path in paths)
    for path in paths:
        leads(path)


# -- In every possible way ---------------------------------------------------------------------------------------------

NAMES = ("a", "b", "c")


def moves():
    names = st.sampled_from(NAMES)
    return st.one_of(
        st.tuples(st.sampled_from(["section", "tag", "author"]), st.sampled_from([0, 1]), names),
        st.tuples(st.sampled_from(["story", "withdraw", "publish"]), st.sampled_from([0, 1, 2, 3]), names),
    )


def test_addresses_changed_in_every_possible_way_still_lead_home(make):
    for number, slug in enumerate(("world", "city")):
        author = make.author(f"Author {number}", slug=f"author-{number}")
        words = {"at": make.moment(), "section": make.section(slug), "authors": [author]}
        english = make.live_story(f"Story {number}", tags=[f"Tag {number}"], **words)
        arabic = {"language": "ar", "sibling_key": english.sibling_key, "tags": []}
        make.live_story(f"مادة {number}", **words, **arabic)

    @given(st.lists(moves(), min_size=1, max_size=8))
    @chosen(max_examples=20, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    def happens(deeds):
        with transaction.atomic():
            ever = {}
            for deed in [None, *deeds]:
                if deed:
                    with suppress(Refused), transaction.atomic():
                        move(*deed)
                ever |= published()
            for address, whose in ever.items():
                leads_home(address, whose)
                if whose[0] == "story":
                    leads_to_the_sibling(address, whose[1], ever)
            assert_no_ring()
            transaction.set_rollback(True)

    happens()


def move(what, number, name):
    story = Story.objects.order_by("pk")[number]
    if what == "story":
        addresses.change(story, name, by=None)
    elif what == "withdraw":
        stories.withdraw(story, by=None, reason="legal")
    elif what == "publish":
        if story.status == "withdrawn":
            stories.take_up(story, by=None)
        stories.publish(story, by=None)
    else:
        model = {"section": Section, "tag": Tag, "author": Author}[what]
        noun = model.objects.order_by("pk")[number]
        if model.objects.filter(slug=name).exists():  # as the form says
            raise Refused(name)
        rename(noun, name)


def published():
    """Every address there is now, and whose it is."""
    found = {edition.path: ("story", edition.story_id) for edition in Edition.objects.live()}
    found |= {f"/text{path}": whose for path, whose in found.items()}
    for model in (Section, Tag, Author):
        kind = model._meta.model_name
        for noun in model.objects.all():
            for beneath in ("", "2024/11/"):
                found[f"/en/{kind}/{noun.slug}/{beneath}"] = (kind, noun.pk)
    return found


def leads_home(address, whose):
    """It answers, or leads in one step to what does; while nothing else has come to stand there, to what it was of."""
    answer = get(address)
    if answer.status_code == 301:
        there = unquote(answer.url)
        assert published().get(there) == whose, (address, there)
        answer = get(there)
    kind, key = whose
    months = "/2024/11/" in address and kind != "story"  # of a list whose stories are withdrawn there is none
    gone = kind == "story" and Story.objects.get(pk=key).live_edition_id is None
    expected = {410} if gone else {200, 404} if months else {200}
    assert answer.status_code in expected, (address, answer.status_code)


def leads_to_the_sibling(address, key, ever):
    """With its language changed, where nothing ever stood, it leads to the sibling, while both are live."""
    story = Story.objects.get(pk=key)
    sibling = story.siblings().get()
    changed = address.replace(f"/{story.language}/", f"/{sibling.language}/", 1)
    if changed in ever or not (story.live_edition_id and sibling.live_edition_id):
        return
    answer = get(changed)
    expected = ("/text" if address.startswith("/text/") else "") + sibling.path
    assert (answer.status_code, unquote(answer.url)) == (302, expected), (address, changed)


def assert_no_ring():
    keys = set(Redirect.objects.values_list("key", flat=True))
    for row in Redirect.objects.all():
        assert row.to_key not in keys, f"{row.key} leads to {row.to}, which leads on"


# -- What leads nowhere ------------------------------------------------------------------------------------------------


def asked(address, times=1, **headers):
    for _time in range(times):
        lost._gathered.written_at = 0.0  # as if the last writing were long ago
        assert get(address, **headers).status_code == 404


def test_an_address_that_leads_nowhere_is_counted_without_who_asked(make):
    asked(
        "/en/2009/old-story/",
        3,
        REMOTE_ADDR="203.0.113.7",
        HTTP_USER_AGENT="Browser",
        HTTP_REFERER="https://else.example/x",
    )
    row = DeadEnd.objects.get()
    assert (row.address, row.count, row.linked_from) == ("/en/2009/old-story/", 3, "")
    kept = {field.name for field in DeadEnd._meta.fields}
    assert kept == {"id", "uuid", "address", "count", "first_at", "last_at", "linked_from", "dismissed_at"}


def test_a_page_of_ours_that_leads_there_is_named(make, settings):
    asked("/en/2009/old/", HTTP_REFERER=f"{settings.SITE_ADDRESS}/en/section/world/?utm=1")
    assert DeadEnd.objects.get().linked_from == "/en/section/world/"


@pytest.mark.parametrize(
    "forged", ["//evil.example/x/", "/\\evil.example/", ".evil.example/", ":1/x/", "@evil.example/"]
)
def test_nobody_gets_a_link_of_his_own_into_the_desk(make, settings, forged):
    asked("/en/2009/old/", HTTP_REFERER=settings.SITE_ADDRESS + forged)
    assert DeadEnd.objects.get().linked_from == ""


@pytest.mark.parametrize(
    "address",
    [
        "/wp-login.php",
        "/.env",
        "/.git/config",
        "/cgi-bin/luci",
        "/favicon.ico",
        "/static/nothing.css",
        "/media/renditions/x/1.jpg",
        "/en/unsubscribe/somebody@example.org/",
        "/en/reset/" + "a1b2" * 12 + "/",
        "/en/" + "x-y" * 300 + "/",
    ],
)
def test_machines_and_what_may_be_somebodys_own_are_not_counted(make, address):
    asked(address)
    assert not DeadEnd.objects.exists()


def test_of_a_query_only_an_old_systems_number_is_kept(make):
    asked("/index.php?p=123")
    asked("/search-results/?q=my+secret")
    assert set(DeadEnd.objects.values_list("address", flat=True)) == {"/index.php?p=123", "/search-results/"}


@pytest.mark.parametrize(
    "address",
    [
        "/en/2016/07/22/administration-plans-cuts/",
        "/en/2016/login-crisis/",
        "/en/tag/admin/",
        "/en/2016/07/22/wp-reporter-freed/",
        "/en/2016/07/22/the-favicon-story/",
        "/ar/2016/cgi-bin-explained/",
    ],
)
def test_a_headline_with_a_machines_word_is_a_readers_dead_end(make, address):
    asked(address)
    assert DeadEnd.objects.get().address == address


@pytest.mark.parametrize(
    "address",
    [
        "/administrator/index.php",
        "/user/login/",
        "/login.aspx",
        "/userlogin",
        "/blog/wp-content/plugins/x/1.php?id=1",
        "/wp-admin/setup-config.php?step=1",
        "/apple-touch-icon-120x120-precomposed.png",
        "/xmlrpc.php?rsd",
        "/.env?x=1",
        "/shell.php",
    ],
)
def test_a_machines_noise_is_none(make, address):
    asked(address)
    assert not DeadEnd.objects.exists()


@pytest.mark.parametrize(
    "address",
    [
        "/index.php?p=12&lang=ar",
        "/article?id=12&lang=en",
        "/article?id=13&lang=en",
        "/index.php?option=com_content&view=article&id=12&Itemid=3",
    ],
)
def test_each_story_of_an_old_system_is_counted_by_itself_and_can_be_sent_on(make, address):
    story = make.live_story()
    asked(address)
    assert DeadEnd.objects.get().address == address
    redirects.add(address, story.path, by=None)
    assert not DeadEnd.objects.exists()
    assert leads(address) == story.path


@pytest.mark.parametrize(
    "query",
    [
        "id=12&q=secret",
        "id=12&username=leila",
        "id=12&token=abc",
        "id=12&a=1&b=2&c=3&d=4",
        "id=12&utm_source=letter",
        "lang=ar&view=article",
        "id=12&name=leila-haddow-of-tarf",
        "id=12345678901",
    ],
)
def test_a_query_that_may_say_something_of_somebody_is_not_kept(make, query):
    asked(f"/article?{query}")
    assert DeadEnd.objects.get().address == "/article"


def test_whoever_tries_ten_thousand_addresses_fills_nothing(make, monkeypatch):
    monkeypatch.setattr(lost, "MOST", 10)
    for number in range(14):
        asked(f"/en/nothing-{number}/")
    assert DeadEnd.objects.count() == 10
    asked("/en/often/", 5)
    asked("/en/nothing-15/")
    assert DeadEnd.objects.get(address="/en/often/").count == 5
    assert DeadEnd.objects.count() == 10


def test_between_two_writings_an_address_costs_no_writing(make, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(lost, "EVERY", 3600)
    monkeypatch.setattr(lost, "AT_ONCE", 5)
    for number in range(10):
        get(f"/en/nothing-{number}/")
    assert DeadEnd.objects.count() == 1
    assert len(lost._gathered.seen) == lost.AT_ONCE
    with django_assert_num_queries(3):  # the redirects, the outlet, its sections
        get("/en/nothing-999/")


def test_a_database_that_cannot_write_costs_a_reader_nothing(make, monkeypatch):
    def refuse(due):
        raise OperationalError("database is locked")

    monkeypatch.setattr(lost, "write", refuse)
    assert get("/en/nothing/").status_code == 404


@pytest.mark.parametrize("address", ["/old//evil.example/x/", "/old/%2Fevil.example/x/", "/old///evil.example/x/"])
def test_what_lies_beneath_never_leads_to_another_site(make, address):
    make.live_story()
    redirects.add("/old/", "/", by=None, beneath=True)
    answer = Client().get(address)
    assert answer.status_code == 301
    assert answer.url == "/evil.example/x/"
