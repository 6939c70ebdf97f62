"""ninjs, held by IPTC's own schemas: whatever a story says, both versions of it are valid."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import settings as chosen
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from articles.wire import ninjs

DATA = Path(__file__).parents[1] / "data"
VALIDATORS = {
    version: Draft202012Validator(json.loads((DATA / f"ninjs-schema_{version}.json").read_text(encoding="utf-8")))
    for version in ninjs.VERSIONS
}
AT = datetime(2024, 11, 22, 9, tzinfo=UTC)
UUIDS = [UUID(int=number, version=4) for number in range(3)]


def valid(noun, version="3.1"):
    """`noun` in that version, as a partner reads it; fails where the schema does not allow it."""
    said = json.loads(json.dumps(ninjs.write(version, noun)))
    wrong = [f"{list(error.path)}: {error.message}" for error in VALIDATORS[version].iter_errors(said)]
    assert not wrong
    return said


def picture(**facts):
    file = ninjs.File("https://news.example.org/media/renditions/0/1280.jpg", "image/jpeg", 1280, 800)
    given = {
        "uuid": UUIDS[1],
        "language": "en",
        "caption": "The bridge at noon.",
        "alt": "A stone bridge",
        "credit": "Yusuf Tell",
        "creator": "",
        "copyright": "© The Daybook",
        "source_type": "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture",
        "files": (file,),
        "role": "lead",
    }
    return ninjs.Picture(**given | facts)


def story(**facts):
    given = {
        "uuid": UUIDS[0],
        "address": "https://news.example.org/en/2024/11/22/the-bridge/",
        "language": "en",
        "number": 3,
        "headline": "The bridge opens",
        "published": AT,
        "issued": AT + timedelta(hours=2),
        "modified": AT + timedelta(hours=1),
        "publisher": "The Daybook",
    }
    return ninjs.Story(**given | facts)


RICH = story(
    short_headline="Bridge open",
    subheads=("It was closed for a year", "Buses go first"),
    kicker="Roads",
    summary="After a year it opens.",
    html="<p>It opens.</p>",
    text="It opens.",
    words=2,
    dateline="Marsana",
    kind="analysis",
    kind_name="Analysis",
    section=ninjs.Named("World", "https://news.example.org/en/section/world/"),
    authors=(ninjs.Named("Leila", "https://news.example.org/en/author/leila/"), ninjs.Named("Tomas", "https://a.b/t/")),
    tags=(ninjs.Named("Bridges", "https://news.example.org/en/tag/bridges/"),),
    pictures=(picture(), picture(role="text"), picture(role="text"), picture(role="gallery", creator="Ana")),
    siblings=(ninjs.Sibling(UUIDS[2], "ar", "https://news.example.org/ar/2024/11/22/x/"),),
    corrections=("The year was wrong.",),
)


@pytest.mark.parametrize("version", ninjs.VERSIONS)
@pytest.mark.parametrize(
    "noun",
    [
        RICH,
        story(),
        story(language="ar", headline="الجسر يُفتح الاثنين", text="يُفتح الجسر.", agency="وكالة"),
        picture(),
        picture(caption="", alt="", credit="", copyright="", source_type="", files=()),
        ninjs.Withdrawn(UUIDS[0], "en", 4, AT, "The family asked."),
    ],
)
def test_what_goes_out_is_valid(noun, version):
    said = valid(noun, version)
    assert said["standard"]["version"] == version
    assert said["uri"] == noun.uuid.urn


def test_a_story_says_all_that_readers_see():
    said = valid(RICH)
    assert [(one["role"], one["value"]) for one in said["headlines"]] == [
        ("main", "The bridge opens"),
        ("short", "Bridge open"),
        ("kicker", "Roads"),
        ("subhead", "It was closed for a year"),
        ("subhead", "Buses go first"),
    ]
    assert said["bodies"][1] == {
        "role": "main",
        "contentType": "text/plain",
        "charCount": 9,
        "wordCount": 2,
        "value": "It opens.",
    }
    assert said["by"] == "Leila, Tomas"
    assert [(one["name"], one["rel"]) for one in said["subjects"]] == [("World", "section"), ("Bridges", "tag")]
    assert (said["firstCreated"], said["versionCreated"], said["contentCreated"]) == (
        "2024-11-22T09:00:00+00:00",
        "2024-11-22T11:00:00+00:00",
        "2024-11-22T10:00:00+00:00",
    )
    assert [one["name"] for one in said["associations"]] == ["lead", "text-1", "text-2", "gallery-1", "translation-ar"]
    assert said["genres"] == [
        {"name": "Analysis", "uri": "http://cv.iptc.org/newscodes/genre/Analysis", "literal": "analysis"}
    ]
    assert said["edNote"] == "The year was wrong."


def test_the_older_version_says_the_same_in_its_own_names():
    new, old = valid(RICH), valid(RICH, "2.2")
    assert old["pubstatus"] == new["pubStatus"] == "usable"
    assert old["bodies"][1]["wordcount"] == 2
    assert old["associations"][0]["renditions"][0]["contenttype"] == "image/jpeg"
    assert {name.lower() for name in new} == set(old)


def test_a_withdrawn_story_is_canceled_and_says_nothing_of_what_it_said():
    said = valid(ninjs.Withdrawn(UUIDS[0], "en", 4, AT))
    assert said["pubStatus"] == "canceled"
    assert set(said) == {
        *("standard", "uri", "type", "representationType", "version", "versionCreated", "pubStatus", "language"),
    }


def test_a_picture_whose_maker_is_not_said_names_nobody():
    said = valid(picture(creator=""))
    assert "by" not in said
    assert "people" not in said
    assert valid(picture(creator="Ana"))["people"] == [{"name": "Ana", "rel": "creator"}]


WORDS = st.text(max_size=20)
ADDRESSES = st.sampled_from(["https://news.example.org/en/", "https://news.example.org/%D8%A3/"])
MOMENTS = st.datetimes(timezones=st.just(UTC))
NAMED = st.builds(ninjs.Named, WORDS, ADDRESSES)
FILES = st.builds(ninjs.File, ADDRESSES, st.sampled_from(["image/jpeg", "image/avif"]), st.integers(1), st.integers(1))
PICTURES = st.builds(
    ninjs.Picture,
    **dict.fromkeys(("language", "caption", "alt", "credit", "creator", "copyright"), WORDS),
    uuid=st.uuids(),
    source_type=st.sampled_from(["", "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"]),
    files=st.lists(FILES, max_size=2).map(tuple),
    role=st.sampled_from(["", "lead", "text", "gallery"]),
    published=st.none() | MOMENTS,
    modified=st.none() | MOMENTS,
)
STORIES = st.builds(
    ninjs.Story,
    **dict.fromkeys(
        ("language", "headline", "publisher", "short_headline", "kicker", "summary", "html", "text", "dateline"), WORDS
    ),
    **dict.fromkeys(("agency", "kind_name"), WORDS),
    uuid=st.uuids(),
    address=ADDRESSES,
    number=st.integers(0),
    words=st.integers(0),
    published=MOMENTS,
    issued=MOMENTS,
    modified=MOMENTS,
    kind=st.sampled_from([*ninjs.GENRES, "news", "long_read"]),
    subheads=st.lists(WORDS, max_size=3).map(tuple),
    corrections=st.lists(WORDS, max_size=2).map(tuple),
    section=st.none() | NAMED,
    authors=st.lists(NAMED, max_size=2).map(tuple),
    tags=st.lists(NAMED, max_size=2).map(tuple),
    pictures=st.lists(PICTURES, max_size=3).map(tuple),
    siblings=st.lists(st.builds(ninjs.Sibling, st.uuids(), WORDS, ADDRESSES), max_size=2).map(tuple),
)
WITHDRAWN = st.builds(ninjs.Withdrawn, st.uuids(), WORDS, st.integers(0), MOMENTS, WORDS)


@given(STORIES | PICTURES | WITHDRAWN, st.sampled_from(ninjs.VERSIONS))
@chosen(max_examples=60, deadline=None)
def test_whatever_is_said_is_valid(noun, version):
    valid(noun, version)


def test_the_schemas_do_hold_what_is_said():
    for version, validator in VALIDATORS.items():
        assert list(validator.iter_errors(ninjs.write(version, RICH) | {"secret": 1}))
        assert list(validator.iter_errors({"standard": {}}))
