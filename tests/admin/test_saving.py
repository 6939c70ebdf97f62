"""What the writing room's script sends and is answered: docs/saving.md, line by line, and whatever else may come in."""

import json
from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from articles.admin import saving
from articles.admin.json_door import MOST_BYTES
from articles.body import document
from articles.desk import stories
from articles.models import Clash, Publication, Save, Sitting, Story
from tests.tabs import Tab


class Room:
    """A story's addresses, as one person's browser calls them."""

    def __init__(self, story, by, **client):
        self.client, self.story, self.by = Client(**client), story, by
        if by:
            self.client.force_login(by)
        self.tab = Tab(story, by)

    def post(self, where, given, number=None):
        body = given if isinstance(given, bytes | str) else json.dumps(given)
        return self.client.post(self.address(where, number), body, content_type="application/json")

    def get(self, where):
        return self.client.get(self.address(where))

    def address(self, where, number=None):
        return f"/admin/articles/story/{number or self.story.pk}/{where}"

    def save(self, **said):
        given = {"save": str(uuid4()), "version": self.tab.version, "change": self.tab.change()}
        return self.post("save/", given | said)


@pytest.fixture
def story(make):
    return make.story(paragraphs=["The weir opens on Monday.", "The council paid for it."])


@pytest.fixture
def rana(make, story):
    return Room(story, make.editor(first_name="Rana", last_name="Haddad"))


@pytest.fixture
def omar(make, story):
    return Room(story, make.editor(first_name="Omar"))


def stored(story):
    return Story.objects.get(pk=story.pk)


# -- Saving


def test_a_save_answers_with_the_version_and_the_state_in_words(rana, story):
    rana.tab.put("headline", "Another")
    answer = rana.save()
    said = answer.json()
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert (said["version"], said["status"], said["standing"]) == (story.version + 1, "draft", "Draft")
    assert said["saved"] == f"{Publication.objects.current().local(stored(story).changed_at):%H:%M}"
    assert said["state"] == {"whole": False, "fields": {}, "blocks": {}, "order": None, "pictures": {}}
    assert (said["changed"], said["by"], said["clashes"], said["people"]) == (False, [], [], [])
    assert stored(story).headline == "Another"


def test_what_a_colleague_changed_comes_back_with_the_save(rana, omar):
    name = rana.tab.ids()[0]
    rana.tab.write("The weir opens on Tuesday.")
    rana.save()
    omar.tab.add("And a third one.")
    said = omar.save().json()
    assert list(said["state"]["blocks"]) == [name]
    assert said["by"] == ["Rana Haddad"]
    assert len(said["state"]["order"]) == 3


def test_a_save_sent_twice_counts_once(rana, story):
    rana.tab.add("Once.")
    given = {"save": str(uuid4()), "version": 1, "change": rana.tab.change()}
    first, again = (rana.post("save/", given).json() for _time in range(2))
    assert again == first | {"repeated": True}
    assert len(stored(story).body["content"]) == 3


def test_pictures_come_with_what_the_library_says_of_them(rana, omar, make, story):
    photo = make.photo(caption="The weir at noon.")
    uuid = str(uuid4())
    row = {"uuid": uuid, "photo": str(photo.uuid), "role": "lead", "caption": "", "alt": "", "decorative": False}
    rana.tab.put("attachments", [row | {"crop": None}])
    assert rana.save().status_code == 200
    said = omar.get(f"state/?since={omar.tab.version}").json()
    assert said["state"]["fields"]["attachments"] == [row | {"crop": None}]
    assert said["state"]["pictures"][uuid]["caption"] == "The weir at noon."
    assert said["state"]["pictures"][uuid]["thumbnail"].startswith("/admin/")


# -- Polling and presence


def of_people(said):
    """Who is here, without how many seconds ago they were heard of: few."""
    assert all(0 <= person.pop("seconds") < 30 for person in said["people"])
    return said["people"]


def test_a_poll_says_what_changed_and_who_is_here(rana, omar):
    token = str(uuid4())
    assert rana.post("state/", {"since": 1, "token": token, "block": "abc"}).json()["people"] == []
    rana.tab.put("kicker", "Rivers")
    rana.save()
    said = omar.post("state/", {"since": 1, "token": str(uuid4()), "block": ""}).json()
    assert of_people(said) == [{"name": "Rana Haddad", "own": False, "block": "abc"}]
    assert (said["changed"], said["state"]["fields"]) == (True, {"kicker": "Rivers"})
    assert omar.get(f"state/?since={said['version']}").json()["changed"] is False
    assert rana.post("state/", {"token": token, "leave": True}).json() == {}
    assert of_people(omar.get("state/").json()) == [{"name": "Omar", "own": True, "block": ""}]
    Sitting.objects.update(last_seen=timezone.now() - timedelta(seconds=40))
    assert omar.get("state/").json()["people"] == []


@pytest.mark.parametrize("since", ["", "0", "-1", "99", "x", "²", "9" * 30])
def test_a_poll_from_nowhere_is_answered_with_the_whole_story(rana, since, story):
    said = rana.get(f"state/?since={since}").json()
    assert said["state"]["whole"] is True
    assert said["state"]["order"] == [block["attrs"]["id"] for block in story.body["content"]]


def test_who_may_only_look_may_poll_and_not_save(make, story):
    room = Room(story, make.photo_editor())
    assert room.get("state/").status_code == 200
    room.tab.add("More.")
    answer = room.save()
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
    assert "another" in answer.json()["refused"]


# -- Clashes and versions


def test_a_clash_is_shown_to_both_and_settled_once(rana, omar, story):
    rana.tab.write("The weir opens on Tuesday.")
    omar.tab.write("The weir opens on Friday.")
    rana.save()
    (clash,) = omar.save().json()["clashes"]
    assert (clash["own"], clash["by"], clash["choices"]) == (True, "Omar", ["mine", "theirs", "both"])
    (seen,) = rana.get("state/").json()["clashes"]
    assert (seen["own"], seen["uuid"]) == (False, clash["uuid"])
    where = f"clashes/{clash['uuid']}/"
    said = omar.post(where, {"choice": "mine", "version": stored(story).version}).json()
    assert said["clashes"] == []
    assert "Friday" in json.dumps(said["state"]["blocks"])
    assert rana.post(where, {"choice": "mine"}).status_code == 200
    assert (rana.post(where, {"choice": "both"}).status_code) == 409
    assert rana.post(where, {"choice": "all"}).status_code == 422
    assert rana.post(f"clashes/{uuid4()}/", {"choice": "mine"}).status_code == 404


def test_values_that_are_keys_are_shown_in_words(rana, omar, make):
    city = make.section("city")
    rana.tab.put("section", city.pk)
    rana.save()
    omar.tab.put("section", None)
    (clash,) = omar.save().json()["clashes"]
    assert clash["shown"] == {"mine": "No section", "theirs": "City"}
    assert clash["choices"] == ["mine", "theirs"]


def test_a_version_is_kept_under_its_name(rana, story):
    answer = rana.post("keep/", {"name": "Before the lawyer", "version": 1})
    assert answer.status_code == 201
    assert answer.json()["revision"] == {"number": 1, "name": "Before the lawyer"}
    assert stored(story).revisions.named().get().name == "Before the lawyer"
    for name in ("", " ", "x" * 121, 7, None):
        assert rana.post("keep/", {"name": name}).status_code == 422


# -- A story without a number


def test_a_new_story_is_begun_once_however_often_it_is_asked_for(rana):
    given = {"save": str(uuid4()), "language": "ar"}
    first, again = (rana.client.post("/admin/articles/story/begin/", given, "application/json") for _time in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["number"] == again.json()["number"]
    assert Story.objects.filter(language="ar").count() == 1
    assert rana.client.get(first.json()["address"]).status_code == 200


@pytest.mark.parametrize(
    ("given", "status"),
    [({"language": "xx"}, 422), ({"language": 7}, 422), ({"language": "en", "save": "x"}, 422), ({}, 422)],
)
def test_a_new_story_in_no_language_is_refused(rana, given, status):
    answer = rana.client.post("/admin/articles/story/begin/", {"save": str(uuid4())} | given, "application/json")
    assert answer.status_code == status


def test_only_who_may_add_stories_begins_one_and_nobody_takes_anothers(make, rana, omar, story):
    address, given = "/admin/articles/story/begin/", {"save": str(uuid4()), "language": "en"}
    room = Room(story, make.photo_editor())
    assert room.client.post(address, given, "application/json").status_code == 403
    assert rana.client.post(address, given, "application/json").status_code == 201
    assert omar.client.post(address, given, "application/json").status_code == 422


# -- Who is refused, and how


def test_who_is_signed_out_reads_so_and_is_sent_nowhere(rana, story):
    rana.tab.add("Typed after the session ended.")
    rana.client.logout()
    answer = rana.save()
    assert (answer.status_code, answer.json()["code"]) == (401, "signed_out")
    assert rana.get("state/").status_code == 401


def test_who_is_not_of_the_staff_may_not_come_in(make, story):
    answer = Room(story, make.person("editor", is_staff=False)).get("state/")
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")


def test_who_may_see_no_story_sees_none(make, story):
    assert Room(story, make.person("")).get("state/").status_code == 403


def test_a_forged_save_is_refused_in_json(make, story):
    room = Room(story, make.editor(), enforce_csrf_checks=True)
    room.tab.add("Forged.")
    answer = room.save()
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf")
    token = room.client.get(f"/admin/articles/story/{story.pk}/change/").cookies["csrftoken"].value
    given = {"save": str(uuid4()), "version": 1, "change": room.tab.change()}
    answer = room.client.post(
        room.address("save/"), given, content_type="application/json", headers={"X-CSRFToken": token}
    )
    assert answer.status_code == 200


def test_words_of_one_person_are_not_taken_in_the_name_of_another(rana, omar, story):
    rana.tab.add("Typed by Rana.")
    given = json.dumps({"save": str(uuid4()), "version": 1, "change": rana.tab.change()})
    where, page_of = rana.address("save/"), {"X-Desk-User": str(rana.by.pk)}
    answer = omar.client.post(where, given, content_type="application/json", headers=page_of)
    assert (answer.status_code, answer.json()["code"]) == (401, "signed_out")
    assert omar.client.get(rana.address("state/"), headers=page_of).status_code == 401
    assert stored(story).body == story.body
    assert rana.client.post(where, given, content_type="application/json", headers=page_of).status_code == 200


def test_a_story_deleted_while_it_is_saved_is_gone(rana, story, monkeypatch):
    rana.tab.add("Too late.")
    found = Story.objects.get(pk=story.pk)
    Story.objects.filter(pk=story.pk).delete()
    monkeypatch.setattr(saving, "_story", lambda request, number: found)
    answer = rana.save()
    assert (answer.status_code, answer.json()["code"]) == (404, "gone")


@contextmanager
def unwritable():
    """The database as it is when its disk is full; where that cannot be had, as when it is a read-only one."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # Pages that other tests' rows have left free hold a text too: they are taken first.
            free, size = (cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("freelist_count", "page_size"))
            cursor.execute("CREATE TABLE filler (bytes BLOB)")
            cursor.execute("INSERT INTO filler VALUES (zeroblob(%s))", [free * size])
            cursor.execute("PRAGMA page_count")
            cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
            yield
            cursor.execute("PRAGMA max_page_count = 1073741823")
            cursor.execute("DROP TABLE filler")
        else:
            cursor.execute("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY")
            yield
            cursor.execute("SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE")


def test_a_full_disk_is_answered_in_words_and_the_same_save_arrives_when_there_is_room(transactional_db, make, caplog):
    story = make.story(paragraphs=["The weir opens on Monday."])
    room = Room(story, make.editor())
    room.tab.add("Typed while the disk was full. " * 5000)
    given = {"save": str(uuid4()), "version": 1, "change": room.tab.change()}
    with unwritable():
        answer = room.post("save/", given)
    assert (answer.status_code, answer.json()["code"]) == (503, "no_database")
    assert answer.json()["refused"].startswith("The newsroom cannot save")
    assert "save/" in caplog.text
    assert stored(story).body == story.body
    assert room.post("save/", given).json()["version"] == 2
    assert "disk was full" in str(stored(story).body)


# -- Moves and siblings


def test_a_move_is_made_of_the_version_one_has_seen_and_of_no_other(make, story):
    room = Room(story, make.publisher())
    room.tab.put("kicker", "Rivers")
    assert room.save().status_code == 200
    answer = room.post("move/", {"do": "publish", "version": 1})
    assert (answer.status_code, answer.json()["code"]) == (409, "again")
    assert stored(story).live_edition is None
    answer = room.post("move/", {"do": "publish", "version": 2})
    assert answer.json() == {"address": f"/admin/articles/story/{story.pk}/change/"}
    assert stored(story).live_edition.kicker == "Rivers"
    answer = room.post("move/", {"do": "withdraw", "version": 2, "answers": {"withdraw_reason": "Wrong weir."}})
    assert answer.status_code == 200
    assert stored(story).status == "withdrawn"


@pytest.mark.parametrize("given", [{}, {"do": 7}, {"do": "publish", "answers": []}, {"do": "publish", "version": "x"}])
def test_a_move_that_is_none_is_refused_with_a_sentence(rana, given):
    assert rana.post("move/", given).status_code == 422


def test_a_move_nobody_may_make_is_told_on_the_next_screen(make, story):
    room = Room(story, make.person("reporter"))
    answer = room.post("move/", {"do": "publish", "version": story.version})
    assert answer.status_code == 200
    assert stored(story).live_edition is None
    assert "You may not move" in room.client.get(answer.json()["address"]).content.decode()


def test_siblings_are_put_by_their_numbers(rana, make, story):
    other = make.story(language="ar")
    assert rana.post("siblings/", {"siblings": [other.pk], "version": 1}).status_code == 200
    assert list(stored(story).siblings()) == [other]
    assert rana.post("siblings/", {"siblings": [999_999]}).status_code == 422
    assert rana.post("siblings/", {"siblings": []}).status_code == 200
    assert not stored(story).siblings()


def test_the_bars_buttons_come_where_the_browser_shows_other_ones(make, story):
    room = Room(story, make.publisher())
    shown = room.post("state/", {"since": 1, "bar": ""}).json()["bar"]
    assert 'value="publish"' in shown["parts"]["next"]
    assert "bar" not in room.post("state/", {"since": 1, "bar": shown["digest"]}).json()
    stories.submit(story, by=room.by)
    other = room.post("state/", {"since": 1, "bar": shown["digest"]}).json()["bar"]
    assert "send_back" in other["parts"]["more"]
    assert other["digest"] != shown["digest"]


def test_what_is_not_there_is_gone(rana):
    for number in (99_999, 10**30):
        assert rana.post("save/", {}, number).status_code == 404


def test_what_is_written_to_is_not_read(rana):
    assert rana.get("save/").status_code == 405


def test_a_story_in_the_bin_takes_no_save(rana, story):
    Story.objects.filter(pk=story.pk).update(binned_at=timezone.now())
    rana.tab.add("Into the bin.")
    answer = rana.save()
    assert answer.status_code == 403
    assert "bin" in answer.json()["refused"]


# -- Whatever else may come in


def deep(kind, levels):
    node = {"type": "paragraph", "content": [{"type": "text", "text": "deep"}]}
    for _level in range(levels):
        node = {"type": kind, "content": [node]}
    return node | {"attrs": {"id": "abcabcabcabc"}}


def brings(block):
    """A change set that brings in one block."""
    order = {"from": [], "to": ["abcabcabcabc"]}
    return {"blocks": {"abcabcabcabc": {"from": None, "to": block}}, "order": order}


def says(words, **marks):
    inside = {"type": "text", "text": words} | marks
    return brings({"type": "paragraph", "attrs": {"id": "abcabcabcabc"}, "content": [inside]})


WHOLE = b'{"save": "00000000-0000-0000-0000-000000000000"'
LINK = {"marks": [{"type": "link", "attrs": {"href": "java\tscript:alert(1)"}}]}


@pytest.mark.parametrize(
    "change",
    [
        None,
        [],
        "x",
        7,
        {"blocks": []},
        {"blocks": {"x": 1}},
        {"blocks": {"abcabcabcabc": {"from": None, "to": {}}}},
        {"fields": {"headline": {"from": "a"}}},
        {"fields": {"headline": {"from": "a", "to": {"a": [[[[[[]]]]]]}}}},
        {"order": {"from": ["a", "a"], "to": [1]}},
        {"nonsense": {}},
        brings({"type": "script", "attrs": {"id": "abcabcabcabc"}}),
        brings({"type": "paragraph", "attrs": {"id": "abcabcabcabc", "onclick": "x"}}),
        brings(deep("quote", 100)),
        says("link", **LINK),
        brings({"type": "figure", "attrs": {"id": "abcabcabcabc", "attachment": "\x00"}}),
        brings({"type": "embed", "attrs": {"id": "abcabcabcabc", "url": "data:text/html,x"}}),
    ],
)
def test_a_change_set_that_is_none_is_refused_with_a_sentence_and_nothing_is_stored(rana, story, change):
    answer = rana.save(change=change)
    if change is None:
        assert answer.status_code == 200  # nothing changed
        return
    assert answer.status_code == 422, answer.content
    assert answer.json()["code"] == "refused"
    assert answer.json()["refused"]
    assert stored(story).body == story.body
    assert not Save.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"x"',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"save": NaN}',
        WHOLE + b', "version": true}',
        WHOLE + b', "version": "1"}',
        b'{"save": 7}',
        b'{"save": "\\u0000"}',
        WHOLE + b', "token": {}}',
        WHOLE + b', "block": 7}',
    ],
)
def test_a_body_that_is_no_save_is_refused_with_a_sentence(rana, body):
    answer = rana.post("save/", body)
    assert answer.status_code == 422, answer.content
    assert answer.json()["refused"]


def test_five_thousand_nested_quotes_are_refused(rana):
    inner = '{"type":"quote","content":[' * 5000 + "]}" * 5000
    change = f'{{"blocks":{{"abcabcabcabc":{{"from":null,"to":{inner}}}}},"order":{{"from":[],"to":["abcabcabcabc"]}}}}'
    assert rana.post("save/", f'{{"save":"{uuid4()}","change":{change}}}').status_code == 422


def test_what_cannot_be_stored_is_let_go_and_the_words_are_kept(rana, story):
    token, typed = str(uuid4()), "Null\x00, \ud800half\udfff and \u202eturned."
    answer = rana.save(
        change=says(typed) | {"fields": {"headline": {"from": story.headline, "to": typed}}}, token=token
    )
    assert answer.status_code == 200
    now = stored(story)
    assert now.headline == "Null, half and turned."
    assert "Null, half and turned." in [document.inline_text(block) for block in now.body["content"]]
    assert rana.post("state/", {"token": token, "block": "\x00\ud800" * 50}).status_code == 200


def test_more_than_two_megabytes_are_too_much(rana, story):
    answer = rana.save(change=says("word " * 2_000_000))
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    answer = rana.client.post(
        rana.address("save/"), b"x" * (MOST_BYTES + 1), content_type="application/json", headers={"Content-Length": "9"}
    )
    assert answer.status_code in (413, 422)
    assert stored(story).body == story.body


def test_a_clash_is_never_dropped_by_a_refusal(rana, omar, story):
    rana.tab.write("The weir opens on Tuesday.")
    rana.save()
    omar.tab.write("The weir opens on Friday.")
    omar.tab.put("kicker", "x" * 100)
    assert omar.save().status_code == 422
    assert not Clash.objects.exists()
    omar.tab.put("kicker", "Rivers")
    assert len(omar.save().json()["clashes"]) == 1
