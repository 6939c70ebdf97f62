"""What search engines are told of the site, read as they read it and held against its editions."""

import re
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone
from django.utils.encoding import iri_to_uri

from articles.desk import clock, photos, stories
from articles.models import Edition, Page
from articles.pages import press, sitemaps, store
from articles.wire.sitemaps import MOST_NEWS, NAMESPACE, NEWS_NAMESPACE

SITE = settings.SITE_ADDRESS
# The forms of a date that https://www.w3.org/TR/NOTE-datetime has, to the second and with its zone.
W3C = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d|Z)")
NOW = datetime(2024, 11, 24, 12, 0, tzinfo=UTC)
HOURS = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def read(client):
    """A sitemap as a search engine reads it: address to when it changed. What breaks a rule of the format fails."""

    def read(path):
        response = client.get(path)
        assert response.status_code == 200, (path, response)
        assert response["Content-Type"] == "application/xml; charset=utf-8"
        root, found = ElementTree.fromstring(response.content), {}
        kind = {"urlset": "url", "sitemapindex": "sitemap"}[root.tag.removeprefix(f"{{{NAMESPACE}}}")]
        assert {one.tag for one in root} <= {f"{{{NAMESPACE}}}{kind}"}
        for one in root:
            address, changed = one.findtext(f"{{{NAMESPACE}}}loc"), one.findtext(f"{{{NAMESPACE}}}lastmod")
            assert address.startswith(f"{SITE}/"), "a file speaks of its own site only, by whole addresses"
            assert address.isascii()
            assert address not in found, "once"
            assert changed is None or W3C.fullmatch(changed)
            found[address.removeprefix(SITE)] = changed and datetime.fromisoformat(changed)
        return found

    return read


@pytest.fixture
def stories_of(read):
    """The stories that all files of the index name, as {path: when it changed}."""

    def found():
        months = [path for path in read("/sitemap.xml") if "lists" not in path]
        return {address: changed for path in months for address, changed in read(path).items()}

    return found


def path_of(story):
    return iri_to_uri(story.path)


# -- Stories by month


def test_the_index_leads_to_every_story_that_readers_see_and_to_no_other(make, stories_of):
    shown = [
        make.live_story(at=make.moment(day=datetime(2021, 2, 3, tzinfo=UTC))),
        make.live_story("Later"),
        make.live_story(language="ar"),
    ]
    make.story("A draft")
    gone = make.live_story("Gone")
    stories.withdraw(gone, by=None, reason="legal")
    found = stories_of()
    assert set(found) == {path_of(story) for story in shown}
    assert list(found.values()) == [
        story.live_edition.modified_at.replace(microsecond=0) for story in (shown[1], shown[0], shown[2])
    ]


def test_a_storys_date_moves_when_its_content_does_and_only_then(make, stories_of):
    story = make.live_story("As it was")
    [first] = stories_of().values()
    assert first == story.first_published_at.replace(microsecond=0)
    with time_machine.travel(NOW, tick=False):
        stories.withdraw(story, by=None, reason="a mistake")
        stories.take_up(story, by=None)
        stories.publish(story, by=None)
    assert stories_of() == {path_of(story): first}, "the same words, published again"
    with time_machine.travel(NOW + HOURS, tick=False):
        stories.save(story, by=None, headline="As it is")
        stories.publish(story, by=None)
    assert stories_of() == {path_of(story): NOW + HOURS}


def test_a_month_begins_where_the_outlet_is(make, read):
    """Of 1 December in Damascus, of November in UTC."""
    late = make.live_story(at=datetime(2024, 11, 30, 22, tzinfo=UTC))
    assert set(read("/sitemap/en/2024/12.xml")) == {path_of(late)}
    assert "/sitemap/en/2024/11.xml" not in read("/sitemap.xml")


def test_the_index_says_when_a_month_last_changed_a_withdrawal_too(make, read):
    with time_machine.travel(NOW, tick=False):
        first = make.live_story(at=datetime(2024, 10, 1, tzinfo=UTC))
        make.live_story(at=datetime(2024, 9, 1, tzinfo=UTC))
        make.live_story(at=datetime(2024, 10, 2, tzinfo=UTC))
    october, september = "/sitemap/en/2024/10.xml", "/sitemap/en/2024/09.xml"
    assert (read("/sitemap.xml")[october], read("/sitemap.xml")[september]) == (NOW, NOW)
    with time_machine.travel(NOW + HOURS, tick=False):
        stories.save(first, by=None, headline="Corrected")
        stories.publish(first, by=None)
    assert (read("/sitemap.xml")[october], read("/sitemap.xml")[september]) == (NOW + HOURS, NOW)
    with time_machine.travel(NOW + 2 * HOURS, tick=False):
        stories.withdraw(first, by=None, reason="legal")
    assert (read("/sitemap.xml")[october], read("/sitemap.xml")[september]) == (NOW + 2 * HOURS, NOW)
    assert path_of(first) not in read(october)


def test_a_month_that_is_too_long_for_a_file_has_several(make, read, stories_of, monkeypatch, client):
    monkeypatch.setattr(sitemaps, "MOST", 4)
    made = make.many(9)
    files = [path for path in read("/sitemap.xml") if "lists" not in path]
    assert files == ["/sitemap/en/2024/11.xml", "/sitemap/en/2024/11-2.xml", "/sitemap/en/2024/11-3.xml"]
    assert [len(read(path)) for path in files] == [4, 4, 1]
    assert set(stories_of()) == {edition.path for edition in made}
    assert read("/sitemap.xml")[files[1]] is None, "nobody knows which of them changed"
    for path in ("/sitemap/en/2024/11-1.xml", "/sitemap/en/2024/11-4.xml", "/sitemap/en/2024/11-02.xml"):
        assert client.get(path).status_code == 404


def test_a_file_that_is_just_full_is_one(make, read, monkeypatch):
    monkeypatch.setattr(sitemaps, "MOST", 4)
    make.many(4)
    assert [path for path in read("/sitemap.xml") if "lists" not in path] == ["/sitemap/en/2024/11.xml"]


def test_our_files_stay_below_what_is_permitted():
    assert sitemaps.MOST <= 50_000


@pytest.mark.parametrize("path", ["/sitemap/en/2024/12.xml", "/sitemap/ar/2024/11.xml", "/sitemap/en/2024/13.xml"])
def test_there_is_no_file_of_a_month_without_stories(make, client, path):
    make.live_story()
    assert client.get(path).status_code == 404


def test_a_language_the_outlet_gave_up_is_in_no_sitemap(make, client, read):
    make.live_story(language="ar", at=timezone.now())
    make.publication(languages=["en"])
    assert not any("/ar/" in path for path in read("/sitemap.xml"))
    assert read("/news-sitemap.xml") == {}
    assert client.get("/sitemap/ar/lists.xml").status_code == 404


def test_the_sitemap_of_a_newsroom_without_stories_is_whole(make, read):
    assert set(read("/sitemap.xml")) == {"/sitemap/en/lists.xml", "/sitemap/ar/lists.xml"}
    assert set(read("/sitemap/en/lists.xml")) == {"/en/", "/en/archive/"}


# -- Lists


def test_lists_with_stories_are_named_and_those_without_are_not(make, read, client):
    make.section("city")
    make.tag("Nothing")
    make.author("Mina Orlow")
    story = make.live_story(tags=["Zarn & coast"], authors=[make.author(ar="ليلى حدّو")])
    arabic = make.live_story(language="ar", tags=["الجسور"], authors=[make.author("ليلى حدّو", language="ar")])
    author = story.signed_by()[0].slug
    assert set(read("/sitemap/en/lists.xml")) == {
        *("/en/", "/en/archive/", "/en/section/world/", f"/en/author/{author}/"),
        f"/en/tag/{story.tags.get().slug}/",
    }
    assert set(read("/sitemap/ar/lists.xml")) == {
        *("/ar/", "/ar/archive/", "/ar/section/world/", f"/ar/author/{author}/"),
        iri_to_uri(f"/ar/tag/{arabic.tags.get().slug}/"),
    }
    for path in read("/sitemap/en/lists.xml"):
        assert client.get(path).status_code == 200, path


def test_many_lists_fill_several_files(make, read, monkeypatch):
    monkeypatch.setattr(sitemaps, "MOST", 3)
    make.live_story(tags=["One", "Two", "Three"])
    files = [path for path in read("/sitemap.xml") if path.startswith("/sitemap/en/lists")]
    assert files == ["/sitemap/en/lists.xml", "/sitemap/en/lists-2.xml", "/sitemap/en/lists-3.xml"]
    assert [len(read(path)) for path in files] == [3, 3, 1]


# -- The news of two days


def test_news_are_of_two_days_and_not_a_minute_more(make, read):
    young = make.live_story("Young", at=NOW - 48 * HOURS + MINUTE)
    make.live_story("Old", at=NOW - 48 * HOURS - MINUTE)
    make.live_story("Just old", at=NOW - 48 * HOURS)
    with time_machine.travel(NOW, tick=False):
        assert set(read("/news-sitemap.xml")) == {path_of(young)}


def test_a_correction_makes_no_old_story_news(make, read):
    story = make.live_story(at=NOW - 60 * HOURS)
    with time_machine.travel(NOW, tick=False):
        stories.save(story, by=None, headline="Corrected today")
        stories.publish(story, by=None)
        assert read("/news-sitemap.xml") == {}


def test_news_say_what_the_edition_says_in_its_language(make, client):
    made = [make.live_story("Bread & <salt>", at=NOW - HOURS), make.live_story(language="ar", at=NOW - 2 * HOURS)]
    with time_machine.travel(NOW, tick=False):
        root = ElementTree.fromstring(client.get("/news-sitemap.xml").content)
    for url, story, name in zip(root, made, ("The Daybook", "الدفتر"), strict=True):
        said = {one.tag: one.text for one in url.iter()}
        assert said[f"{{{NAMESPACE}}}loc"] == SITE + path_of(story)
        assert said[f"{{{NEWS_NAMESPACE}}}title"] == story.live_edition.headline
        assert said[f"{{{NEWS_NAMESPACE}}}name"] == name
        assert said[f"{{{NEWS_NAMESPACE}}}language"] == story.language
        at = said[f"{{{NEWS_NAMESPACE}}}publication_date"]
        assert W3C.fullmatch(at)
        assert datetime.fromisoformat(at) == story.live_edition.first_published_at.replace(microsecond=0)
        assert at.endswith("+03:00")


def test_neither_drafts_nor_withdrawn_stories_are_news(make, read):
    make.story("A draft")
    stories.withdraw(make.live_story(at=timezone.now()), by=None, reason="legal")
    assert read("/news-sitemap.xml") == {}


def test_a_thousand_stories_are_one_file_of_news_and_one_more_makes_two(make, read, client):
    made = make.many(MOST_NEWS, first=NOW, apart=timedelta(seconds=1))
    with time_machine.travel(NOW, tick=False):
        assert len(read("/news-sitemap.xml")) == 1_000
        assert client.get("/news-sitemap-1.xml").status_code == 404
        one_more = make.many(1, first=NOW - 47 * HOURS)
        parts = list(read("/news-sitemap.xml"))
        assert parts == ["/news-sitemap-1.xml", "/news-sitemap-2.xml"]
        found = [read(part) for part in parts]
        assert [len(part) for part in found] == [1_000, 1]
        assert {*found[0], *found[1]} == {edition.path for edition in [*made, *one_more]}
        assert client.get("/news-sitemap-3.xml").status_code == 404


def test_many_news_stand_under_few_keys_and_yet_under_all_that_change_them(make, page_store, client, settings):
    settings.CDN = {"kind": "varnish", "addresses": ("http://127.0.0.1:1",), "service": "", "token": ""}
    make.many(300, first=NOW - HOURS, apart=timedelta(seconds=1))
    with time_machine.travel(NOW, tick=False):
        story = make.live_story("The harbour opens", at=NOW - 2 * HOURS)
        answer = client.get("/news-sitemap.xml")
        assert b"The harbour opens" in answer.content
        assert len(answer["xkey"]) < 1_000
        stories.save(story, by=None, headline="The harbour is shut")
        stories.publish(story, by=None)
        assert Page.objects.filter(path="/news-sitemap.xml").exclude(stale_since=None).exists()
        assert b"The harbour is shut" in client.get("/news-sitemap.xml").content
        stories.withdraw(story, by=None, reason="wrong")
        assert b"The harbour" not in client.get("/news-sitemap.xml").content


@pytest.mark.parametrize("place", ["pages", None])
def test_no_cache_keeps_the_news_longer_than_they_are_true(make, client, settings, tmp_path, place):
    settings.CDN = {"kind": "varnish", "addresses": ("http://127.0.0.1:1",), "service": "", "token": ""}
    settings.PAGES = place and tmp_path / place
    make.live_story(at=NOW - 47 * HOURS)
    with time_machine.travel(NOW, tick=False):
        for _made_and_kept in range(2):
            assert client.get("/news-sitemap.xml")["Surrogate-Control"].startswith("max-age=3600,")


# -- As files


@pytest.fixture
def page_store(settings, tmp_path):
    settings.PAGES = tmp_path / "pages"
    return settings.PAGES


def test_a_story_leaves_the_file_of_news_when_its_two_days_are_over_though_nobody_does_anything(make, page_store):
    """And a story that is younger stays, until its own time has come."""
    old, young = make.live_story("Old", at=NOW - 47 * HOURS), make.live_story("Young", at=NOW - 30 * HOURS)

    def beat(at):
        with time_machine.travel(at, tick=False):
            marked = clock.pages_by_their_hour(at)
            while press.press_stale():
                pass
        kept = store.read("/news-sitemap.xml")[0].decode()
        return marked, path_of(old) in kept, path_of(young) in kept

    with time_machine.travel(NOW, tick=False):
        press.press("/news-sitemap.xml")
    assert beat(NOW + HOURS - MINUTE) == (0, True, True)
    assert beat(NOW + HOURS) == (1, False, True)
    assert beat(NOW + HOURS + MINUTE) == (0, False, True)
    assert beat(NOW + 18 * HOURS) == (1, False, False)
    assert beat(NOW + 80 * HOURS) == (0, False, False)
    assert clock.pages_by_their_hour in clock.DUE


def test_a_file_of_news_that_was_rendered_before_the_hour_and_put_in_place_after_it_comes_up_again(make, page_store):
    make.live_story("Old", at=NOW - 48 * HOURS + MINUTE)
    with time_machine.travel(NOW, tick=False):
        late = press.render("/news-sitemap.xml")
    assert clock.pages_by_their_hour(NOW + 2 * MINUTE) == 0
    assert press.put("/news-sitemap.xml", late)
    assert clock.pages_by_their_hour(NOW + 2 * MINUTE) == 1
    assert Page.objects.exclude(stale_since=None).count() == 1


def test_a_publish_touches_its_own_month_the_index_and_the_news_and_no_other_month(make, page_store):
    make.live_story(at=datetime(2024, 9, 1, tzinfo=UTC))
    make.live_story(at=datetime(2024, 10, 1, tzinfo=UTC))
    for path in sitemaps.paths():
        press.press(path)
    story = make.live_story("New", at=datetime(2024, 10, 2, tzinfo=UTC))
    marked = set(Page.objects.exclude(stale_since=None).values_list("path", flat=True))
    assert marked == {"/sitemap.xml", "/sitemap/en/2024/10.xml", "/news-sitemap.xml"}
    press.press_stale()
    assert path_of(story).encode() in store.read("/sitemap/en/2024/10.xml")[0]


def test_a_withdrawn_story_is_in_no_file_before_the_editor_has_the_answer(
    make, page_store, django_capture_on_commit_callbacks
):
    story = make.live_story(at=timezone.now())
    named = [path for path in sitemaps.paths() if "lists" not in path]
    for path in named:
        press.press(path)
    assert all(map(store.read, named))
    with django_capture_on_commit_callbacks(execute=True):
        stories.withdraw(story, by=None, reason="legal")
    assert not any(map(store.read, named))


def test_a_photo_changes_no_sitemap(make, page_store):
    photo = make.photo()
    make.live_story(pictures=[photo], at=timezone.now())
    for path in sitemaps.paths():
        press.press(path)
    photos.withdraw(photo, by=None, reason="legal")
    assert not Page.objects.exclude(stale_since=None).exists()


# -- robots.txt


def test_robots_are_told_where_the_sitemaps_are_and_spared_what_is_not_for_them(make, client):
    make.publication(languages=["ar", "en"])
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert [line for line in lines if line.startswith("Sitemap: ")] == [
        f"Sitemap: {SITE}/sitemap.xml",
        f"Sitemap: {SITE}/news-sitemap.xml",
    ]
    kept = [line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow: ")]
    assert kept == ["/admin/", "/api/", "/ar/search/", "/en/search/"]
    story = make.live_story()
    for path in (story.path, "/en/", "/en/feed.xml", "/static/", "/media/renditions/", f"/text{story.path}"):
        assert not any(path.startswith(one) for one in kept)


# -- What it costs


@pytest.mark.parametrize("path", ["/sitemap.xml", "/sitemap/en/2024/11.xml", "/sitemap/en/lists.xml", "/robots.txt"])
def test_a_sitemap_asks_the_same_number_of_questions_however_many_stories_there_are(
    make, client, path, django_assert_max_num_queries
):
    most = {"/sitemap.xml": 8, "/robots.txt": 1}.get(path, 2)
    make.live_story(language="ar")
    for number in (3, 60):
        make.many(number, apart=timedelta(hours=7))
        with django_assert_max_num_queries(most):
            assert client.get(path).status_code == 200


def test_the_news_ask_two_questions(make, client, django_assert_num_queries):
    make.many(30, first=timezone.now())
    with django_assert_num_queries(2):
        client.get("/news-sitemap.xml")


def test_months_of_more_than_thirty_years_are_all_found(make, stories_of):
    """More of them than one statement holds."""
    made = [make.live_story(at=datetime(year, 5, 5, tzinfo=UTC)) for year in (1961, 1990, 2024)]
    assert set(stories_of()) == {path_of(story) for story in made}
    assert Edition.objects.live().count() == 3
