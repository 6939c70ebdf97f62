"""ninjs at its addresses: what of a story and its pictures reaches another newsroom, and what never does."""

import json
from uuid import uuid4

import pytest

from articles.body import document
from articles.desk import captions, photos, stories
from articles.pages import press, store
from articles.wire import ninjs
from tests.pages.conftest import page_store  # noqa: F401
from tests.wire.test_ninjs import VALIDATORS

FILES = {"3.1": "ninjs.json", "2.2": "ninjs-2.2.json"}


def ask(client, address, version="3.1"):
    """What the document at `address` says; it must be valid."""
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "application/json")
    said = json.loads(response.content)
    assert not [error.message for error in VALIDATORS[version].iter_errors(said)]
    return said


def of_photo(photo, language="en", version="3.1"):
    return f"/{language}/photos/{photo.uuid}/{FILES[version]}"


@pytest.fixture
def rich(make):
    """A story with everything, in English, and its Arabic sibling."""
    lead = make.photo(creator="Yusuf Tell", policy="creator", copyright="© The Daybook")
    second = make.photo(caption="The old pier.", credit="Ana Brandt")
    other = make.live_story("Another one")
    story = make.story(authors=[make.author(ar="ليلى حدّو"), make.author("Tomas")], pictures=[lead, second])
    figure = story.attachments.get(photo=second).uuid
    link = {"type": "link", "attrs": {"href": f"story:{other.uuid}"}}
    words = {"type": "paragraph", "content": [{"type": "text", "text": "As told before.", "marks": [link]}]}
    stories.save(story, by=None, body=document.document([words, document.figure(figure)]), kind="analysis")
    stories.publish(story, by=None, at=make.moment(5))
    make.live_story(language="ar", sibling_key=story.sibling_key)
    story.refresh_from_db()
    return story


@pytest.mark.parametrize("version", ninjs.VERSIONS)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_story_goes_out_in_both_versions_and_both_languages(make, client, rich, version, language):
    story = rich if language == "en" else rich.siblings().get()
    said = ask(client, f"{story.path}{FILES[version]}", version)
    assert (said["uri"], said["language"]) == (story.uuid.urn, language)
    assert said["headlines"][0]["value"] == story.headline
    page = client.get(story.path).content.decode()
    assert f'type="application/json" title="ninjs {version}" href="http' in page


def test_every_address_in_a_story_is_whole_and_its_pictures_come_with_it(client, rich, settings):
    said = ask(client, f"{rich.path}ninjs.json")
    html = said["bodies"][0]["value"]
    assert 'href="/' not in html
    assert 'src="/' not in html
    assert f'href="{settings.SITE_ADDRESS}/en/' in html
    lead, second, translation = said["associations"]
    assert (lead["name"], lead["by"], lead["copyrightNotice"]) == ("lead", "Yusuf Tell", "© The Daybook")
    assert (second["name"], second["infoSources"][0]["name"]) == ("text-1", "Ana Brandt")
    assert "by" not in second
    assert translation["rel"] == "translation"
    for file in (*lead["renditions"], *second["renditions"]):
        path = file["href"].removeprefix(settings.SITE_ADDRESS)
        assert client.get(path)["Content-Type"] == file["contentType"]
    assert said["genres"][0]["literal"] == "analysis"


def test_a_picture_goes_out_with_the_words_of_the_newest_story_that_shows_it(make, client):
    photo = make.photo(creator="Yusuf Tell")
    make.live_story(pictures=[photo])
    newest = make.live_story(pictures=[photo])
    rows = [
        {"uuid": row.uuid, "photo": photo, "role": "lead", "caption": "At night."} for row in newest.attachments.all()
    ]
    stories.save(newest, by=None, attachments=rows)
    stories.publish(newest, by=None)
    for version in ninjs.VERSIONS:
        said = ask(client, of_photo(photo, version=version), version)
        assert said["descriptions"][0]["value"] == "At night."
        assert "Yusuf" not in json.dumps(said.get("people", []))


def test_of_a_hidden_source_nothing_of_the_creator_goes_out(make, client):
    photo = make.photo(creator="Yusuf Tell", policy="creator", credit="Handout")
    story = make.live_story(pictures=[photo])
    photo.hide_source = True
    photo.save()
    for address in (f"{story.path}ninjs.json", of_photo(photo)):
        assert "Yusuf" not in json.dumps(ask(client, address))


def test_what_must_be_absent_is_in_no_document(make, client):
    secrets = {
        "city": "Sarnabad",
        "sublocation": "Quay 4",
        "country": "Zarnia",
        "country_code": "ZRN",
        "taken_at": "2016-07-28T11:22:33",
        "caption_writer": "Wren",
        "instructions": "Not before noon",
        "job_id": "J-4711",
        "source": "Stringer 9",
        "holder": "Heir",
        "allowed_uses": "Once",
        "licence": "By hand",
        "keywords": ["unsaid"],
        "headline": "For the desk",
        "extended_description": "Longer",
        "original_name": "IMG_0815.JPG",
    }
    photo = make.photo()
    for name, value in secrets.items():
        setattr(photo, name, value)
    photo.metadata = {"all": "Metadatum"}
    photo.save()
    story = make.live_story(pictures=[photo])
    said = json.dumps([ask(client, f"{story.path}ninjs.json"), ask(client, of_photo(photo))])
    for value in (*secrets.values(), "unsaid", "Metadatum", photo.digest, str(photo.original)):
        assert str(value) not in said, value


@pytest.mark.parametrize("facts", [{"sensitivity": "violence"}, {"usable_until": "2020-01-01T00:00"}])
def test_a_picture_behind_a_shield_or_expired_goes_out_nowhere(make, client, facts):
    photo = make.photo()
    story = make.live_story(pictures=[photo])
    photos.describe(photo, by=None, **facts)
    assert "associations" not in ask(client, f"{story.path}ninjs.json")
    assert client.get(of_photo(photo)).status_code == 404


def test_a_withdrawn_picture_goes_out_nowhere(make, client):
    photo = make.photo()
    story = make.live_story(pictures=[photo])
    photos.withdraw(photo, by=None, reason="the family asks")
    assert str(photo.uuid) not in client.get(f"{story.path}ninjs.json").content.decode()
    assert client.get(of_photo(photo)).status_code == 404


def test_whether_there_is_a_picture_that_no_story_shows_cannot_be_found_out(make, client):
    photo = make.photo()
    make.story(pictures=[photo])
    there, nowhere = client.get(of_photo(photo)), client.get(f"/en/photos/{uuid4()}/ninjs.json")
    assert there.status_code == nowhere.status_code == 404
    assert there.content == nowhere.content
    assert dict(there.headers) == dict(nowhere.headers)
    captions.caption(photo, "ar", by=None, text="الجسر", alt="جسر")
    make.live_story(pictures=[photo], language="ar")
    assert client.get(of_photo(photo)).content == nowhere.content
    assert client.get(of_photo(photo, "ar")).status_code == 200


def test_drafts_go_out_nowhere(make, client):
    story = make.live_story("As published")
    stories.save(story, by=None, headline="Not yet", summary="Not yet either")
    assert "Not yet" not in client.get(f"{story.path}ninjs.json").content.decode()
    draft = make.story("Tomorrow")
    assert client.get(f"{draft.path or '/en/2024/11/22/tomorrow/'}ninjs.json").status_code == 404


def test_a_withdrawn_story_is_canceled_at_once_and_usable_when_it_comes_back(
    make,
    page_store,  # noqa: F811
    client,
    django_capture_on_commit_callbacks,
):
    photo = make.photo()
    story = make.live_story("Something libellous", pictures=[photo])
    addresses = [f"{story.path}ninjs.json", f"{story.path}ninjs-2.2.json", of_photo(photo)]
    for address in addresses:
        assert press.press(address) is press.Outcome.PRESSED
    with django_capture_on_commit_callbacks(execute=True):
        stories.withdraw(story, by=None, reason="legal", public_reason="It was wrong.")
    assert not any(map(store.read, addresses))
    for version, status in (("3.1", "pubStatus"), ("2.2", "pubstatus")):
        said = ask(client, f"{story.path}{FILES[version]}", version)
        assert said[status] == "canceled"
        assert "libellous" not in json.dumps(said)
        assert said[{"3.1": "edNote", "2.2": "ednote"}[version]] == "It was wrong."
    assert client.get(addresses[2]).status_code == 404
    stories.take_up(story, by=None)
    stories.publish(story, by=None)
    while press.press_stale():
        pass
    assert ask(client, addresses[0])["pubStatus"] == "usable"
    assert ask(client, addresses[2])["uri"] == photo.uuid.urn


def test_addresses_that_are_none_are_not_found(client, make):
    story = make.live_story()
    for path in (f"{story.path}ninjs-1.0.json", "/en/photos/1/ninjs.json", f"/xx/photos/{uuid4()}/ninjs.json"):
        assert client.get(path).status_code == 404
    assert client.post(f"{story.path}ninjs.json").status_code in {403, 405}


def test_a_document_costs_as_few_questions_as_a_page(client, rich, django_assert_max_num_queries):
    photo = rich.attachments.first().photo
    for address, most in ((f"{rich.path}ninjs.json", 6), (of_photo(photo), 4)):
        client.get(address)
        with django_assert_max_num_queries(most):
            client.get(address)
