"""What the API gives, to whom, and what it never gives."""

import json
from datetime import timedelta
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from articles.body import document
from articles.desk import captions, photos, stories
from articles.models import Edition, EditionPhoto
from articles.views.api import lists

LISTS = ("stories", "photos", "sections", "tags", "authors")


@pytest.fixture(autouse=True)
def no_limit(settings):
    settings.API_RATE = 0


@pytest.fixture
def ask(client):
    """What the API says to a question; it must answer with `status`, as JSON."""

    def ask(path, status=200, **asked):
        response = client.get(path if path.startswith("/") else f"/api/v1/{path}", asked)
        assert response.status_code == status, response.content
        assert response["Content-Type"] == ("application/json" if status == 200 else "application/problem+json")
        return json.loads(response.content)

    return ask


def headlines(answer):
    return [story["headline"] for story in answer["stories"]]


# -- Stories -----------------------------------------------------------------------------------------------------------


def test_a_list_says_of_a_story_what_its_card_says(make, ask, settings):
    photo = make.photo(alt="A bridge")
    story = make.live_story(tags=["Bridges", "Zarn"], authors=[make.author("Leila", slug="leila")], pictures=[photo])
    [found] = ask("stories", language="en")["stories"]
    assert found["uuid"] == str(story.uuid)
    assert found["url"] == f"{settings.SITE_ADDRESS}{story.path}"
    assert [tag["slug"] for tag in found["tags"]] == ["bridges", "zarn"]
    assert (found["authors"][0]["slug"], found["section"]["slug"]) == ("leila", "world")
    assert found["lead_photo"]["alt"] == "A bridge"
    assert found["first_published_at"] == story.first_published_at.isoformat().replace("+00:00", "Z")
    assert set(found["ninjs"]) == {"3.1", "2.2"}


def test_a_story_comes_whole_and_its_list_entry_is_part_of_it(make, ask, client, settings):
    other = make.live_story("Another")
    photo = make.photo(creator="Yusuf Tell", policy="creator")
    story = make.story(pictures=[photo], authors=[make.author("Leila", slug="leila", role="Courts")])
    link = {"type": "link", "attrs": {"href": f"story:{other.uuid}"}}
    words = {"type": "paragraph", "content": [{"type": "text", "text": "As told.", "marks": [link]}]}
    stories.save(story, by=None, body=document.document([words]))
    stories.publish(story, by=None, at=make.moment(50))
    make.live_story(language="ar", sibling_key=story.sibling_key)
    whole = ask(f"stories/{story.uuid}")
    listed = ask("stories", language="en")["stories"][0]
    assert {name: whole[name] for name in listed} == listed
    assert f'href="{settings.SITE_ADDRESS}{other.path}"' in whole["body_html"]
    assert whole["body_text"] == "As told."
    assert whole["photos"][0]["creator"] == "Yusuf Tell"
    assert [sibling["language"] for sibling in whole["siblings"]] == ["ar"]
    for file in whole["photos"][0]["files"]:
        assert client.get(urlsplit(file["url"]).path)["Content-Type"] == file["type"]
    for version in ("3.1", "2.2"):
        assert client.get(urlsplit(whole["ninjs"][version]).path).json()["standard"]["version"] == version


def test_a_story_in_arabic_is_said_in_arabic(make, ask):
    story = make.live_story(language="ar", authors=[make.author("Leila", slug="leila", ar="ليلى")])
    [found] = ask("stories", language="ar")["stories"]
    assert (found["headline"], found["authors"][0]["name"]) == (story.headline, "ليلى")
    assert found["section"]["name"] == "العالم"
    assert ask(f"stories/{story.uuid}")["authors"][0]["name"] == "ليلى"


def test_lists_are_narrowed_by_what_stories_are_filed_under(make, ask):
    leila, tomas = make.author("Leila", slug="leila"), make.author("Tomas", slug="tomas")
    make.live_story("One", tags=["Bridges"], authors=[leila], section=make.section("world"))
    make.live_story("Two", tags=["Bridges", "Zarn"], authors=[leila, tomas], section=make.section("city"))
    make.live_story("Three", tags=["Zarn"], authors=[tomas], section=make.section("city"))
    make.live_story("أربعة", language="ar", authors=[leila])
    for asked, expected in (
        ({}, ["Three", "Two", "One"]),
        ({"section": "city"}, ["Three", "Two"]),
        ({"tag": "bridges"}, ["Two", "One"]),
        ({"author": "leila"}, ["Two", "One"]),
        ({"author": "tomas", "tag": "zarn"}, ["Three", "Two"]),
        ({"author": "leila", "tag": "zarn", "section": "city"}, ["Two"]),
        ({"section": "nowhere"}, []),
        ({"tag": "nothing"}, []),
        ({"author": "nobody"}, []),
        ({"from": "2024-11-22T09:00:00Z", "to": "2024-11-22T12:00:00+03:00"}, []),
        ({"from": "2024-11-22T09:00:00Z"}, ["Three", "Two", "One"]),
        ({"to": "2024-11-22T09:00:00Z"}, []),
    ):
        assert headlines(ask("stories", language="en", **asked)) == expected, asked


def test_what_changed_since_a_moment_comes_in_the_order_of_the_changes(make, ask):
    first, second = make.live_story("One"), make.live_story("Two")
    begun = timezone.now()
    stories.save(first, by=None, summary="Put right.")
    stories.publish(first, by=None)
    assert headlines(ask("stories", language="en", modified_since=begun.isoformat())) == ["One"]
    assert headlines(ask("stories", language="en", modified_since="2024-01-01T00:00:00Z")) == ["One", "Two"]
    assert second.headline == "Two"


@pytest.mark.parametrize(
    "asked", [{}, {"tag": "bridges"}, {"author": "leila"}, {"modified_since": "2000-01-01T00:00:00Z"}]
)
def test_a_list_is_walked_page_by_page_and_nothing_is_left_out_or_said_twice(make, ask, asked):
    leila = make.author("Leila", slug="leila")
    make.many(5, author=leila)
    same = make.moment(3000)
    for number in range(4):  # of one moment
        make.live_story(f"Same {number}", at=same, authors=[leila])
    path, seen = "stories", []
    answer = ask(path, language="en", limit=2, **asked)
    while True:
        seen += [story["uuid"] for story in answer["stories"]]
        if answer["next"] is None:
            break
        parts = urlsplit(answer["next"])
        answer = ask(f"{parts.path}?{parts.query}")
    assert len(seen) == len(set(seen)) == 9
    assert seen == [story["uuid"] for story in ask("stories", language="en", limit=100, **asked)["stories"]]


# -- What is not published ---------------------------------------------------------------------------------------------


def test_nothing_but_live_editions_is_ever_said(make, ask, client):
    secret = "Unsaid"
    story = make.live_story("As published", pictures=[make.photo()])
    stories.save(story, by=None, headline=secret, summary=secret, kicker=secret, tags=[secret], dateline=secret)
    draft = make.story(secret, tags=[f"{secret} tag"], authors=[make.author(f"{secret} author")])
    binned = make.live_story(f"{secret} gone")
    stories.withdraw(binned, by=None, reason=secret)
    for path in [*(f"{name}?language=en" for name in LISTS), f"stories/{story.uuid}"]:
        assert secret not in json.dumps(ask(f"/api/v1/{path}")), path
    there = client.get(f"/api/v1/stories/{draft.uuid}")
    nowhere = client.get(f"/api/v1/stories/{uuid4()}")
    assert there.status_code == nowhere.status_code == 404
    assert (there.content, dict(there.headers)) == (nowhere.content, dict(nowhere.headers))


def test_a_withdrawn_story_is_gone_at_once_and_says_so(make, ask):
    story = make.live_story("Wrong", pictures=[make.photo()])
    stories.withdraw(story, by=None, reason="legal", public_reason="It was wrong.")
    gone = ask(f"stories/{story.uuid}", 410)
    assert (gone["title"], gone["detail"]) == ("Gone", "It was wrong.")
    assert ask("stories", language="en")["stories"] == []
    assert ask("photos", language="en")["photos"] == []
    stories.take_up(story, by=None)
    stories.publish(story, by=None)
    assert ask(f"stories/{story.uuid}")["headline"] == "Wrong"


def test_a_tag_or_a_person_of_drafts_alone_is_not_told(make, ask):
    make.story(tags=["Secret plan"], authors=[make.author("Nobody Yet", slug="nobody-yet")])
    assert ask("tags", language="en")["tags"] == []
    assert ask("authors", language="en")["authors"] == []


# -- Pictures ----------------------------------------------------------------------------------------------------------


def test_pictures_are_those_that_live_stories_show_with_their_words(make, ask):
    shown, hidden = make.photo(creator="Yusuf Tell"), make.photo()
    story = make.live_story(pictures=[shown])
    make.story(pictures=[hidden])
    [found] = ask("photos", language="en")["photos"]
    assert (found["uuid"], found["caption"]) == (str(shown.uuid), "The bridge at noon.")
    assert (found["creator"], found["story"]["uuid"]) == ("", str(story.uuid))
    one = ask(f"photos/{shown.uuid}")
    assert one["shown"] == {"en": found}


def test_whether_there_is_a_picture_that_no_story_shows_cannot_be_found_out(make, client):
    photo = make.photo()
    make.story(pictures=[photo])
    there, nowhere = client.get(f"/api/v1/photos/{photo.uuid}"), client.get(f"/api/v1/photos/{uuid4()}")
    assert there.status_code == nowhere.status_code == 404
    assert (there.content, dict(there.headers)) == (nowhere.content, dict(nowhere.headers))


@pytest.mark.parametrize("facts", [{"sensitivity": "violence"}, {"usable_until": "2020-01-01T00:00"}])
def test_a_picture_behind_a_shield_or_expired_is_in_no_answer(make, ask, facts):
    photo = make.photo()
    story = make.live_story(pictures=[photo])
    photos.describe(photo, by=None, **facts)
    ask(f"photos/{photo.uuid}", 404)
    for path in ("photos?language=en", "stories?language=en", f"stories/{story.uuid}"):
        said = json.dumps(ask(f"/api/v1/{path}"))
        assert str(photo.uuid) not in said
        assert photo.token not in said


def test_of_a_hidden_source_and_of_where_a_picture_was_taken_nothing_is_said(make, ask):
    secrets = {
        "creator": "Yusuf Secret",
        "city": "Sarnabad",
        "source": "Stringer",
        "instructions": "Never",
        "job_id": "J-1",
    }
    photo = make.photo(policy="creator", **secrets)
    photo.hide_source, photo.original_name = True, "IMG_0815.JPG"
    photo.save()
    story = make.live_story(pictures=[photo])
    for path in ("photos?language=en", f"photos/{photo.uuid}", f"stories/{story.uuid}"):
        said = json.dumps(ask(f"/api/v1/{path}"))
        for secret in (*secrets.values(), "IMG_0815", photo.digest):
            assert secret not in said, path


def test_pictures_are_walked_page_by_page(make, ask):
    shared = make.photo()
    captions.caption(shared, "ar", by=None, text="الجسر", alt="جسر")
    for number in range(3):
        make.live_story(f"Story {number}", pictures=[shared, make.photo(), make.photo()])
    make.live_story(language="ar", pictures=[shared])
    seen, answer = [], ask("photos", language="en", limit=2)
    while True:
        seen += [(photo["story"]["headline"], photo["uuid"]) for photo in answer["photos"]]
        if answer["next"] is None:
            break
        parts = urlsplit(answer["next"])
        answer = ask(f"{parts.path}?{parts.query}")
    assert [headline for headline, _uuid in seen] == ["Story 2"] * 3 + ["Story 1"] * 3 + ["Story 0"] * 3
    assert len(set(seen)) == 9


# -- What stories are filed under --------------------------------------------------------------------------------------


def test_sections_tags_and_authors_are_named_in_the_language(make, ask):
    leila = make.author("Leila", slug="leila", ar="ليلى")
    make.live_story(tags=["Bridges", "Zarn"], authors=[leila])
    make.live_story(language="ar", authors=[leila])
    assert [row["name"] for row in ask("sections", language="ar")["sections"]] == ["العالم"]
    assert [row["slug"] for row in ask("tags", language="en")["tags"]] == ["bridges", "zarn"]
    assert [row["name"] for row in ask("authors", language="ar")["authors"]] == ["ليلى"]
    first = ask("tags", language="en", limit=1)
    parts = urlsplit(first["next"])
    second = ask(f"{parts.path}?{parts.query}")
    assert (first["tags"][0]["slug"], second["tags"][0]["slug"], second["next"]) == ("bridges", "zarn", None)


# -- What costs how much -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [2, 60])
def test_an_answer_costs_the_same_few_questions_however_many_stories_there_are(
    make, client, number, django_assert_max_num_queries
):
    leila, photo = make.author("Leila", slug="leila"), make.photo()
    make.many(number, author=leila, photo=photo)
    story = make.live_story(pictures=[photo, make.photo()], tags=["Bridges"], authors=[leila])
    everything = "&section=world&tag=bridges&author=leila&from=2000-01-01T00:00:00Z&limit=100"
    paths = [f"{name}?language=en" for name in LISTS] + [f"stories?language=en{everything}"]
    for path in (*paths, f"stories/{story.uuid}", f"photos/{photo.uuid}"):
        client.get(f"/api/v1/{path}")
        with django_assert_max_num_queries(8):
            assert client.get(f"/api/v1/{path}").status_code == 200


def test_pictures_without_a_story_do_not_make_the_walk_longer(make):
    make.many(3)
    story = make.live_story(pictures=[make.photo()])
    assert EditionPhoto.objects.count() == 1
    assert Edition.objects.live().count() == 4
    asked = lists.OfPhotos(language="en", limit=1)
    assert [row.edition.story_id for row in lists.pictures(asked)] == [story.pk]


# -- Asking again ------------------------------------------------------------------------------------------------------


def test_who_has_the_answer_is_told_that_it_is_the_same_until_it_is_not(make, client):
    story = make.live_story()
    for path in (f"/api/v1/stories/{story.uuid}", "/api/v1/stories?language=en", "/api/v1/openapi.json"):
        first = client.get(path)
        assert first["Cache-Control"] == "public, max-age=0, must-revalidate"
        again = client.get(path, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    tag = client.get("/api/v1/stories?language=en")["ETag"]
    stories.withdraw(story, by=None, reason="legal")
    assert client.get("/api/v1/stories?language=en", headers={"If-None-Match": tag}).status_code == 200


def test_head_says_what_get_says_without_the_content(make, client):
    make.live_story()
    get, head = client.get("/api/v1/stories?language=en"), client.head("/api/v1/stories?language=en")
    assert head.content == b""
    assert {name: head[name] for name in ("ETag", "Content-Type")} == {
        name: get[name] for name in ("ETag", "Content-Type")
    }
    assert head["Content-Length"] == str(len(get.content))


# -- Whose pages may read it -------------------------------------------------------------------------------------------


def test_no_other_site_may_read_it_in_a_browser_unless_it_is_named(make, client, settings):
    origin = {"Origin": "https://partner.example"}
    assert "Access-Control-Allow-Origin" not in client.get("/api/v1/sections?language=en", headers=origin)
    settings.API_ORIGINS = ["https://partner.example"]
    answer = client.get("/api/v1/sections?language=en", headers=origin)
    assert answer["Access-Control-Allow-Origin"] == "https://partner.example"
    assert "Origin" in answer["Vary"]
    other = client.get("/api/v1/sections?language=en", headers={"Origin": "https://other.example"})
    assert "Access-Control-Allow-Origin" not in other
    assert "Origin" in other["Vary"]
    settings.API_ORIGINS = ["*"]
    for path in ("sections?language=en", "nothing", "sections"):  # what is wrong may be read too
        assert client.get(f"/api/v1/{path}", headers=origin)["Access-Control-Allow-Origin"] == "*"


def test_a_browser_that_asks_first_is_told_what_it_may(client, settings):
    settings.API_ORIGINS = ["https://partner.example"]
    asked = {"Origin": "https://partner.example", "Access-Control-Request-Method": "GET"}
    answer = client.options("/api/v1/stories", headers=asked)
    assert (answer.status_code, answer["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")
    assert "If-None-Match" in answer["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in answer
    assert client.options("/api/v1/stories")["Allow"] == "GET, HEAD, OPTIONS"


# -- Limits ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def few(settings):
    settings.API_RATE = 3
    cache.clear()
    yield
    cache.clear()


def test_who_asks_too_often_is_told_when_to_come_again_and_nobody_else_waits(make, client, few, time_machine):
    make.live_story()
    time_machine.move_to(timezone.now(), tick=False)
    answers = [client.get("/api/v1/stories?language=en") for _asking in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert (answers[-1]["Retry-After"], answers[-1]["Cache-Control"]) == ("20", "no-store")
    assert answers[-1].json()["status"] == 429
    assert Client(REMOTE_ADDR="10.0.0.2").get("/api/v1/stories?language=en").status_code == 200
    time_machine.shift(timedelta(seconds=20))
    assert client.get("/api/v1/stories?language=en").status_code == 200


def test_nothing_in_the_cache_says_who_asked(make, client, few):
    client.get("/api/v1/stories?language=en", REMOTE_ADDR="203.0.113.7")
    kept = [str(key) for key in cache._cache]
    assert any("api:" in key for key in kept)
    assert not any("203.0.113.7" in key for key in kept)


def test_a_household_is_one_client_and_only_our_own_server_is_believed(make, few, settings):
    for number in range(3):
        Client(REMOTE_ADDR=f"2001:db8:1:2::{number}").get("/api/v1/stories?language=en")
    assert Client(REMOTE_ADDR="2001:db8:1:2::99").get("/api/v1/stories?language=en").status_code == 429
    settings.BEHIND_PROXY = True
    for number in range(3):
        said = {"X-Forwarded-For": f"1.1.1.{number}, 203.0.113.9"}
        Client(REMOTE_ADDR="127.0.0.1", headers=said).get("/api/v1/stories?language=en")
    said = {"X-Forwarded-For": "6.6.6.6, 203.0.113.9"}
    assert Client(REMOTE_ADDR="127.0.0.1", headers=said).get("/api/v1/stories?language=en").status_code == 429


def test_readers_at_a_socket_for_both_kinds_of_addresses_are_not_all_one(make, few):
    for _asking in range(4):
        answer = Client(REMOTE_ADDR="::ffff:203.0.113.7").get("/api/v1/stories?language=en")
    assert answer.status_code == 429
    assert Client(REMOTE_ADDR="::ffff:203.0.113.8").get("/api/v1/stories?language=en").status_code == 200
    assert Client(REMOTE_ADDR="203.0.113.7").get("/api/v1/stories?language=en").status_code == 429


# -- Bad questions -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("", "language"),
        ("language=xx", "language"),
        ("language=en&limit=0", "limit"),
        ("language=en&limit=101", "limit"),
        ("language=en&limit=99999999999999999999999", "limit"),
        ("language=en&limit=ten", "limit"),
        ("language=en&cursor=nonsense", "cursor"),
        ("language=en&cursor=" + "g" * 32, "cursor"),
        ("language=en&from=yesterday", "from"),
        ("language=en&from=1700000000", "from"),
        ("language=en&from=2024-13-01T00:00:00Z", "from"),
        ("language=en&modified_since=2024-11-22", "modified_since"),
        ("language=en&section=" + "x" * 101, "section"),
        ("language=en&tag=%01", "tag"),
        ("language=en&sectoin=world", ""),
        ("language=en&tag=%00", ""),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused_with_what_is_wrong(make, ask, query, name):
    said = ask(f"/api/v1/stories?{query}", 400)
    assert set(said) == {"type", "title", "status", "detail", "errors"}
    assert (said["status"], said["title"]) == (400, "Bad Request")
    assert said["detail"]
    assert [error["name"] for error in said["errors"]] == ([name] if name else [])


@pytest.mark.parametrize(
    "query",
    [
        "language=en&tag=%ff%fe",
        "language=en&tag=%ED%A0%80",
        "language=en&cursor=" + "f" * 32,
        "language=en&cursor=" + "0" * 32,
        "language=en&from=0001-01-01T00:00:00%2B14:00",
        "language=en&to=9999-12-31T23:59:59-14:00",
        "language=en&from=2024-11-22T00:00:00+02:00",
        "language=en&author=%27%22%3B--",
        "language=ar&language=en",
    ],
)
def test_odd_questions_are_just_questions(make, ask, query):
    make.live_story()
    assert "stories" in ask(f"/api/v1/stories?{query}")


def test_whatever_is_wrong_is_said_in_one_shape(make, ask, client, monkeypatch):
    for path in ("nothing", "stories/", "stories/1", "photos/x", "stories/%00", "openapi.xml"):
        said = client.get(f"/api/v1/{path}")
        assert (said.status_code, said["Content-Type"]) in {
            (404, "application/problem+json"),
            (400, "application/problem+json"),
        }, path
    said = client.post("/api/v1/stories")
    assert (said.status_code, said["Content-Type"]) == (405, "application/problem+json")
    assert said["Allow"] == "GET, HEAD, OPTIONS"
    for error, status in ((OperationalError("away"), 503), (ZeroDivisionError("secret"), 500)):

        def fails(asked, error=error):
            raise error

        monkeypatch.setattr(lists, "editions", fails)
        answer = Client(raise_request_exception=False).get("/api/v1/stories?language=en")
        assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
        assert answer["Cache-Control"] == "no-store"
        assert b"secret" not in answer.content


def test_a_language_that_the_outlet_left_is_not_there(make, ask):
    story = make.live_story(language="ar")
    make.publication(languages=["en"])
    ask("stories", 404, language="ar")
    ask(f"stories/{story.uuid}", 404)


def test_the_api_sets_no_cookie_and_is_never_pressed(make, client, settings, tmp_path):
    settings.PAGES = tmp_path / "pages"
    story = make.live_story()
    for path in ("/api/v1/openapi.json", f"/api/v1/stories/{story.uuid}", "/api/v1/stories?language=en"):
        answer = client.get(path, headers={"Cookie": "sessionid=x"})
        assert not answer.cookies
        assert "Cookie" not in answer.get("Vary", "")
    assert not list(settings.PAGES.rglob("*.json")) if settings.PAGES.exists() else True


# -- Search ------------------------------------------------------------------------------------------------------------


def test_search_finds_what_readers_find_and_says_of_it_what_lists_say(make, ask):
    found, other = make.live_story("The ferry is late", tags=["Ferries"]), make.live_story("A quay <closes>")
    make.live_story(language="ar", headline="العبّارة تتأخر")
    answer = ask("search", language="en", q="ferries")
    assert headlines(answer) == ["The ferry is late"]
    assert answer["total"] == 1
    [story] = answer["stories"]
    assert story["headline_html"] == "The <mark>ferry</mark> is late"
    listed = next(one for one in ask("stories", language="en")["stories"] if one["uuid"] == str(found.uuid))
    assert listed.items() <= story.items()
    assert "&lt;closes&gt;" in ask("search", language="en", q="quay")["stories"][0]["headline_html"]
    assert headlines(ask("search", language="ar", q="العبارة")) == ["العبّارة تتأخر"]
    stories.withdraw(other, by=None, reason="wrong")
    assert headlines(ask("search", language="en", q="quay")) == []


def test_search_is_narrowed_and_walked_page_by_page(make, ask):
    leila = make.author("Leila", slug="leila")
    mine = {make.live_story(f"The ferry, day {number}", authors=[leila]).headline for number in range(5)}
    make.live_story("The ferry of somebody else")
    found, answer = [], ask("search", language="en", q="ferry", author="leila", limit=2, order="newest")
    while True:
        found += headlines(answer)
        if answer["next"] is None:
            break
        answer = ask(urlsplit(answer["next"]).path + "?" + urlsplit(answer["next"]).query)
    assert sorted(found) == sorted(mine)
    assert ask("search", language="en", q="ferry", section="nowhere")["total"] == 0


def test_a_word_that_finds_nothing_may_have_been_another(make, ask):
    make.live_story("The harbour opens")
    assert ask("search", language="en", q="harbuor")["suggestion"] == "harbour"


@pytest.mark.parametrize("question", ['"', "a AND (", "'; --", "*", "“", "NEAR/2", "٪"])
def test_any_words_are_a_question(make, ask, question):
    make.live_story()
    ask("search", language="en", q=question)
    ask("search", 400, language="en", q="x" * 401)
    ask("search", 400, language="en")


def test_search_costs_the_same_few_questions_however_much_it_finds(make, client, django_assert_max_num_queries):
    for number in range(12):
        make.live_story(f"The ferry, day {number}")
    with django_assert_max_num_queries(11):
        assert client.get("/api/v1/search?language=en&q=ferry&limit=10").status_code == 200
