"""The sample's stories as their files give them, before any of them is put into a newsroom."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from articles.body import document
from articles.management.sample import reader
from articles.models import Kind

# A Sunday.
REFERENCE = datetime(2026, 11, 22, 14, tzinfo=ZoneInfo("Asia/Damascus"))
STORIES = reader.read_stories(REFERENCE)
KEYS = {(story.key, story.language) for story in STORIES}


def named(key, language):
    return next(story for story in STORIES if (story.key, story.language) == (key, language))


@pytest.mark.parametrize("story", STORIES, ids=lambda story: f"{story.key}.{story.language}")
def test_a_sample_story_is_complete(story):
    newsroom = reader.read_newsroom()
    assert all(story.fields[name] for name in ("headline", "subheads", "kicker", "summary"))
    assert story.fields["kind"] in Kind.values
    assert story.fate in reader.FATES
    assert story.section in {row["slug"] for row in newsroom["section"]}
    assert set(story.authors) <= {row["slug"] for row in newsroom["author"]}
    assert story.authors
    assert story.tags
    assert {(key, story.language) for key in story.related} <= KEYS - {(story.key, story.language)}
    assert {picture.photo for picture in story.pictures} <= {photo.name for photo in reader.read_photos()}
    assert story.published_at <= REFERENCE - timedelta(hours=1)
    assert "{" not in document.text_of(story.body)


def test_reading_twice_gives_the_same_stories_down_to_their_block_ids():
    assert reader.read_stories(REFERENCE) == STORIES


def test_most_arabic_stories_have_an_english_sibling():
    arabic = {key for key, language in KEYS if language == "ar"}
    english = {key for key, language in KEYS if language == "en"}
    assert len(arabic & english) >= 8
    assert arabic - english


def test_every_kind_of_block_is_used_somewhere():
    used = {block["type"] for story in STORIES for block in story.body["content"]}
    wanted = {"paragraph", "crosshead", "quote", "pull_quote", "list", "fact_box", "table", "figure", "gallery"}
    assert wanted <= used


def test_the_stories_reach_back_over_months_and_crowd_into_the_last_two_days():
    fresh = [story for story in STORIES if story.published_at > REFERENCE - timedelta(days=2)]
    assert len(fresh) > len(STORIES) / 2
    assert len({(story.published_at.year, story.published_at.month) for story in STORIES}) >= 3


def test_one_story_is_a_long_read():
    assert document.words(named("last-heap", "en").body) > 1300


def test_a_weekday_in_the_text_is_the_one_it_came_out_on():
    assert "on Sunday morning" in document.text_of(named("night-ferry-returns", "en").body)
    assert "أمس السبت" in document.text_of(named("night-shift-pay", "ar").body)


def test_markup_becomes_bold_italic_and_links():
    body = named("night-ferry-returns", "en").body
    marks = {
        mark["type"] for block in body["content"] for run in block.get("content", ()) for mark in run.get("marks", ())
    }
    assert marks == {"italic", "link"}
    assert document.links(body) == ["https://board.marsana.example/papers/2026-09"]


def test_siblings_share_a_key_and_nothing_else():
    english, arabic = named("last-heap", "en"), named("last-heap", "ar")
    assert english.sibling_key == arabic.sibling_key
    assert english.uuid != arabic.uuid
    assert not {picture.uuid for picture in english.pictures} & {picture.uuid for picture in arabic.pictures}
