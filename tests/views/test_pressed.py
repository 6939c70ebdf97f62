"""Readers are answered from files: whole, the same for all, and without the database."""

import gzip

import pytest
from django.db import DatabaseError
from django.http import HttpResponse

from articles.desk import stories
from articles.models import Page
from articles.pages import press, store
from articles.views import pressed


@pytest.fixture
def page_store(settings, tmp_path):
    settings.PAGES = tmp_path / "pages"
    return settings.PAGES


@pytest.fixture(params=["varnish", "fastly", "cloudflare"])
def told(request, settings):
    """Puts a cache of each kind in front; what it is told with an answer: the keys, None where it may not keep it."""
    settings.CDN = {"kind": request.param, "addresses": ("http://127.0.0.1:1",), "service": "s", "token": "t"}

    def keys(answer):
        found = {kind: answer[name] for kind, (name, _between) in pressed.KEY_HEADERS.items() if name in answer}
        assert set(found) <= {request.param}
        assert ("no-store" in answer["Surrogate-Control"]) is not bool(found)
        if not found:
            return None
        assert answer["Surrogate-Control"] == "max-age=86400, stale-if-error=604800"
        return set(found[request.param].split(pressed.KEY_HEADERS[request.param][1]))

    return keys


def was_kept(answer):
    """Whether it came from the store: only that knows since when the page is so."""
    return "Last-Modified" in answer


def test_a_page_is_pressed_in_passing_and_then_answered_without_the_database(
    make, page_store, client, django_assert_num_queries
):
    story = make.live_story("Once")
    first = client.get(story.path)
    assert store.read(story.path)[0] == first.content
    with django_assert_num_queries(0):
        second = client.get(story.path, {"fbclid": "1"}, headers={"cookie": "sessionid=x"})
    assert second.content == first.content
    assert "Set-Cookie" not in second


@pytest.mark.parametrize("kept", [False, True])
def test_a_pressed_page_says_the_same_of_itself_as_one_that_django_made(make, page_store, client, kept):
    story = make.live_story("Once")
    made = client.get(story.path)
    answer = client.get(story.path) if kept else made
    for name in ("Content-Type", "Content-Language", "Content-Security-Policy", "ETag", "Cache-Control"):
        assert answer[name] == made[name], name
    assert answer["Cache-Control"] == "public, max-age=0, must-revalidate"


@pytest.mark.parametrize("path", ["/", "/en/feed.xml", "/en/atom.xml", "/ar/", "/sitemap.xml", "/robots.txt"])
def test_a_file_says_what_it_is_as_django_does(make, page_store, client, path):
    make.publication(languages=["ar", "en"])
    make.live_story()
    made, kept = client.get(path), client.get(path)
    assert store.read(path)
    assert {name: kept[name] for name in ("Content-Type", "Content-Language")} == {
        name: made[name] for name in ("Content-Type", "Content-Language")
    }


def test_who_has_the_page_already_is_told_so(make, page_store, client):
    story = make.live_story()
    etag = client.get(story.path)["ETag"]
    answer = client.get(story.path, headers={"if-none-match": etag})
    assert answer.status_code == 304
    assert not answer.content


def test_a_page_goes_out_packed_to_whoever_takes_it_so(make, page_store, client):
    story = make.live_story()
    plain = client.get(story.path).content
    answer = client.get(story.path, headers={"accept-encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer["Vary"]
    assert gzip.decompress(answer.content) == plain


def test_neither_what_is_not_there_nor_what_has_moved_or_gone_is_ever_pressed(make, page_store, client):
    story = make.live_story()
    stories.withdraw(story, by=None, reason="legal")
    for path, status in (("/en/nowhere/", 404), (story.path, 410), ("/en/tag/nothing/", 404), ("/admin/login/", 200)):
        assert client.get(path).status_code == status
    assert client.head("/en/").status_code == 200
    assert client.post("/en/").status_code == 405
    assert not page_store.exists()
    assert not Page.objects.exists()


@pytest.mark.parametrize(
    "path",
    ["/en/../etc/", "/en/.git/", "/en//", "/en/index.html", "/en\\x/", "/en/\n/", f"/{'é' * 130}/", "en/", ""],
)
def test_an_address_that_is_no_page_has_no_file(page_store, path):
    assert store.name_of(path) == ""
    assert store.read(path) is None


def test_a_full_disk_keeps_no_reader_from_the_page(make, page_store, client, monkeypatch):
    story = make.live_story()

    def full(*_given):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(press, "keep", full)
    assert client.get(story.path).status_code == 200
    assert not page_store.exists()


def test_pressed_pages_are_answered_while_the_database_is_down(make, page_store, client, monkeypatch):
    story = make.live_story()
    client.get(story.path)

    def down(*_given, **_named):
        raise DatabaseError("down")

    monkeypatch.setattr(pressed.stale, "state", down)
    assert client.get(story.path).status_code == 200


def test_who_works_on_the_templates_sees_them(make, page_store, client, settings):
    story = make.live_story()
    client.get(story.path)
    store.file_of(story.path).write_text("old")
    settings.DEBUG = True
    assert client.get(story.path).content != b"old"


# -- Behind a cache that is told by key what to forget


def test_a_page_names_its_keys_to_the_cache_in_front_whether_made_or_kept(make, page_store, client, told):
    story = make.live_story()
    made, kept = client.get(story.path), client.get(story.path)
    assert (was_kept(made), was_kept(kept)) == (False, True)
    assert told(made) == told(kept) == told(client.head(story.path)) >= {"site", f"story:{story.pk}"}
    assert made.content == kept.content


def test_who_has_the_page_already_is_told_so_with_its_keys(make, page_store, client, told, settings):
    story = make.live_story()
    first = client.get(story.path)
    for place in (page_store, None):
        settings.PAGES = place
        answer = client.get(story.path, headers={"if-none-match": first["ETag"]})
        assert (answer.status_code, was_kept(answer)) == (304, bool(place))
        assert told(answer) == told(first)


def test_a_page_that_is_stale_is_made_anew_and_not_given_to_the_cache(make, page_store, client, told):
    story = make.live_story("The harbour opens")
    client.get(story.path)
    stories.save(story, by=None, headline="The harbour is shut")
    stories.publish(story, by=None)
    assert b"The harbour opens" in store.read(story.path)[0]
    made, kept = client.get(story.path), client.get(story.path)
    assert (was_kept(made), was_kept(kept)) == (False, True)
    for answer in (made, kept):
        assert b"The harbour is shut" in answer.content
        assert f"story:{story.pk}" in told(answer)


@pytest.mark.parametrize("path", ["/robots.txt", "/en/api/"])
def test_a_page_that_shows_nothing_that_changes_is_kept_too(make, page_store, client, told, path):
    make.publication()
    made, kept = client.get(path), client.get(path)
    assert (was_kept(made), was_kept(kept)) == (False, True)
    assert told(made) == told(kept) == {"site"}


def test_what_stands_under_no_keys_is_kept_by_no_cache(make, page_store, client, told):
    story = make.live_story()
    stories.withdraw(story, by=None, reason="legal")
    for path, status in (("/en/nowhere/", 404), (story.path, 410), ("/en/search/?q=a", 200)):
        answer = client.get(path)
        assert (answer.status_code, told(answer)) == (status, None)
        assert "Cache-Control" in answer


def test_a_page_with_more_keys_than_a_header_takes_is_kept_by_no_cache(make, page_store, client, told, monkeypatch):
    few, many = ({f"card:{number}" for number in range(10_000, 10_000 + count)} for count in (500, 700))
    assert told(pressed.for_caches(HttpResponse(), few)) == {"site", *few}
    assert told(pressed.for_caches(HttpResponse(), many)) is None
    monkeypatch.setattr(pressed, "MOST_BYTES", 20)
    story = make.live_story()
    for kept in (False, True):
        answer = client.get(story.path)
        assert (answer.status_code, was_kept(answer), told(answer)) == (200, kept, None)
        assert answer["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_without_a_cache_in_front_nothing_is_said_to_one(make, page_store, client):
    story = make.live_story()
    for path in (story.path, story.path, "/en/nowhere/"):
        assert not {"Surrogate-Control", "xkey", "Surrogate-Key", "Cache-Tag"} & set(client.get(path).headers)
