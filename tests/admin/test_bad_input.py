"""What would do harm, sent past the scripts: let go or refused in a sentence, never an error page, never stored."""

import json
from uuid import uuid4

import pytest

from articles.models import Story

HARM = "a\x00b\x07c\ud800d\u202ee\ufefff\ufffeg"
UNFIT = set("\x00\x07\ud800\u202e\ufeff\ufffe")


@pytest.fixture
def story(make, client):
    client.force_login(make.editor())
    return make.story(pictures=[make.photo()])


def save(client, story, **change):
    given = {"save": str(uuid4()), "version": story.version, "change": {"fields": {}, "blocks": {}} | change}
    return client.post(f"/admin/articles/story/{story.pk}/save/", json.dumps(given), content_type="application/json")


def of(story):
    """All that is stored of a story, as one text."""
    row = Story.objects.get(pk=story.pk)
    fields = [getattr(row, field.name) for field in Story._meta.fields if isinstance(getattr(row, field.name), str)]
    pictures = [word for one in row.attachments.all() for word in (one.caption, one.alt)]
    tags = [tag.name for tag in row.tags.all()]
    return json.dumps([fields, row.subheads, row.body, pictures, tags], ensure_ascii=False)


@pytest.mark.parametrize(
    "name",
    [
        *("headline", "short_headline", "kicker", "dateline", "summary", "source_agency", "slug", "language", "kind"),
        *("subheads", "tags", "section", "authors", "related", "attachments"),
    ],
)
def test_no_field_keeps_what_would_do_harm(client, story, name):
    before = getattr(story, name, "") if name not in ("tags", "authors", "related", "attachments") else []
    before = before.pk if name == "section" else before
    for value in (HARM, [HARM], {"a": HARM}, [[HARM]], 7, None, True, [None], "\u202e" * 400):
        answer = save(client, story, fields={name: {"from": before, "to": value}})
        assert answer.status_code in (200, 422), (value, answer.content)
        if answer.status_code == 422:
            assert answer.json()["refused"]
        assert not set(of(story)) & UNFIT, value


def test_a_headline_cannot_be_turned_round(client, story):
    """An override would let readers read “gpj.exe” as something else; marks that mixed lines need stay."""
    to = "\u202emoc.live\u202c and \u2067نص\u2069\u200f"
    answer = save(client, story, fields={"headline": {"from": story.headline, "to": to}})
    assert answer.status_code == 200
    story.refresh_from_db()
    assert story.headline == "moc.live and \u2067نص\u2069\u200f"


@pytest.mark.parametrize("kind", ["quote", "list", "item", "fact_box", "table", "paragraph"])
def test_blocks_in_each_other_without_end_are_refused(client, story, kind):
    inner = f'{{"type":"{kind}","content":[' * 5000 + "]}" * 5000
    change = f'{{"blocks":{{"abcabcabcabc":{{"from":null,"to":{inner}}}}},"order":{{"from":[],"to":["abcabcabcabc"]}}}}'
    given = f'{{"save":"{uuid4()}","version":1,"change":{change}}}'
    answer = client.post(f"/admin/articles/story/{story.pk}/save/", given, content_type="application/json")
    assert answer.status_code == 422
    assert answer.json()["refused"]


def test_ten_megabytes_of_text_are_refused_by_the_form_too(client, story):
    body = json.dumps(
        {"type": "doc", "content": [{"type": "paragraph", "content": [{"type": "text", "text": "x" * 9_000_000}]}]}
    )
    answer = client.post(
        f"/admin/articles/story/{story.pk}/change/",
        {"version": story.version, "headline": story.headline, "language": "en", "body": body, "do": "save"},
    )
    assert answer.status_code == 200
    assert "too long to be kept" in answer.content.decode()
    assert len(of(story)) < 100_000


def test_a_version_is_kept_under_a_name_without_what_would_do_harm(client, story):
    given = json.dumps({"name": f"Before {HARM}", "version": story.version})
    answer = client.post(f"/admin/articles/story/{story.pk}/keep/", given, content_type="application/json")
    assert answer.status_code == 201
    assert not set(answer.json()["revision"]["name"]) & {"\x00", "\x07", "\ud800"}


NO_DATABASE_HOLDS = "9" * 30


def test_a_number_no_database_can_hold_names_nothing(client, make):
    """SQLite cannot be asked with one; PostgreSQL compares it, and finds nothing. Neither is an error page."""
    photo = make.photo()
    client.force_login(make.administrator())
    assert client.get(f"/admin/articles/edition/?photos={NO_DATABASE_HOLDS}").status_code in (200, 404)
    assert client.get(f"/admin/articles/story/{NO_DATABASE_HOLDS}/change/").status_code in (302, 404)
    forged = {"credit": "Forged", "rights": "staff", "policy": "credit", "keepers": [NO_DATABASE_HOLDS]}
    assert client.post(f"/admin/articles/photo/{photo.pk}/change/", forged).status_code in (200, 404)
    photo.refresh_from_db()
    assert photo.credit == "Yusuf Tell"


@pytest.mark.parametrize(
    "asked", ["utm_source=mail", "id__exact=[]", "headline__regex=(a%2B)%2B$", "nothing__at__all=1"]
)
def test_the_captions_screen_is_not_broken_by_what_no_filter_is_called(client, make, asked):
    make.photo(caption="", alt="")
    client.force_login(make.photo_editor())
    assert client.get(f"/admin/articles/photo/captions/?{asked}").status_code == 200
