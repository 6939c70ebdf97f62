"""Putting a version back: the whole of it, or one block, as a new change from which nothing is lost."""

from uuid import uuid4

import pytest

from articles.body import document
from articles.desk import revisions, snapshots, stories
from articles.desk.errors import NotAllowed, Overtaken, Refused
from articles.models import Section
from articles.models.snapshots import snapshot


def blocks(story):
    return [document.text_of(block) for block in story.body["content"]]


def of_three(make, **content):
    body = document.document([document.paragraph(words) for words in ("One.", "Two.", "Three.")])
    return make.story(body=body, **content)


def without(story, number):
    content = story.body["content"]
    return {"type": "doc", "content": content[:number] + content[number + 1 :]}


def test_a_version_put_back_is_the_story_as_it_was(make):
    story = make.story(pictures=[make.photo(), make.photo()], tags=["Bridges", "Roads"])
    before = snapshot(story)
    stories.save(
        story,
        by=None,
        headline="Another",
        subheads=[],
        body=document.document([document.paragraph("Another text.")]),
        section=None,
        authors=[],
        tags=["Other"],
        attachments=[],
    )
    version = story.version
    assert snapshots.restore(story, before, by=None) == []
    assert snapshot(story) == before
    assert story.version == version + 1


def test_what_was_there_before_is_kept_in_the_history(make):
    story = make.story("First")
    before = snapshot(story)
    stories.save(story, by=None, headline="Second")
    snapshots.restore(story, before, by=None)
    assert story.revisions.first().snapshot["headline"] == "Second"
    snapshots.restore(story, story.revisions.first().snapshot, by=None)
    assert story.headline == "Second"


def test_a_published_story_keeps_its_address_when_an_older_version_comes_back(make):
    story = make.story("First", slug="first")
    before = snapshot(story)
    stories.save(story, by=None, slug="second")
    stories.publish(story, by=None)
    snapshots.restore(story, before, by=None)
    assert story.slug == "second"


def test_what_is_gone_from_the_newsroom_comes_back_as_a_gap_that_says_so(make):
    photo, section, author = make.photo(), make.section("city"), make.author("Samir Daher")
    uuid = uuid4()
    body = document.document([document.paragraph("Words."), document.figure(uuid)])
    story = make.story(
        body=body, section=section, authors=[author], attachments=[{"uuid": uuid, "photo": photo, "role": "text"}]
    )
    before = snapshot(story)
    stories.save(story, by=None, section=None, authors=[], attachments=[])
    photo.delete()
    author.delete()
    section.delete()
    gaps = " ".join(snapshots.restore(story, before, by=None))
    assert "“city” is gone" in gaps
    assert "“Samir Daher” is no longer among the authors" in gaps
    assert "1 picture is gone from the library" in gaps
    assert document.attachments(story.body) == [str(uuid)]
    assert not story.attachments.exists()


def test_a_block_that_was_taken_out_comes_back_to_its_place(make):
    story = of_three(make)
    before, second = snapshot(story), story.body["content"][1]["attrs"]["id"]
    stories.save(story, by=None, body=without(story, 1), headline="Another")
    snapshots.restore_block(story, before, second, by=None)
    assert blocks(story) == ["One.", "Two.", "Three."]
    assert story.headline == "Another"


def test_a_first_block_comes_back_before_the_one_it_stood_before(make):
    story = of_three(make)
    before, first = snapshot(story), story.body["content"][0]["attrs"]["id"]
    stories.save(story, by=None, body=without(story, 0))
    snapshots.restore_block(story, before, first, by=None)
    assert blocks(story) == ["One.", "Two.", "Three."]


def test_a_block_that_changed_is_put_back_where_it_stands_now(make):
    story = of_three(make)
    before, content = snapshot(story), list(story.body["content"])
    changed = document.paragraph("Changed.") | {"attrs": content[0]["attrs"]}
    stories.save(story, by=None, body={"type": "doc", "content": [content[2], changed, content[1]]})
    snapshots.restore_block(story, before, content[0]["attrs"]["id"], by=None)
    assert blocks(story) == ["Three.", "One.", "Two."]


def test_a_figure_comes_back_with_its_picture_and_the_words_under_it(make):
    photo, uuid = make.photo(), uuid4()
    row = {"uuid": uuid, "photo": photo, "role": "text", "caption": "As it was."}
    figure = document.figure(uuid)
    story = make.story(body=document.document([document.paragraph("Words."), figure]), attachments=[row])
    before = snapshot(story)
    stories.save(story, by=None, body=without(story, 1), attachments=[{"photo": make.photo(), "role": "lead"}])
    snapshots.restore_block(story, before, story_figure(before), by=None)
    assert document.attachments(story.body) == [str(uuid)]
    assert [(one.role, one.caption) for one in story.attachments.all()] == [("lead", ""), ("text", "As it was.")]


def story_figure(state):
    return next(block["attrs"]["id"] for block in state["body"]["content"] if block["type"] == "figure")


def test_a_block_no_version_has_is_refused(make):
    story = make.story()
    with pytest.raises(Refused, match="no such block"):
        snapshots.restore_block(story, snapshot(story), "nosuchblock1", by=None)


def test_putting_back_passes_the_version_check(make):
    story = make.story("First")
    before, seen = snapshot(story), story.version
    stories.save(story, by=None, headline="Second")
    with pytest.raises(Overtaken):
        snapshots.restore(story, before, by=None, version=seen)
    story.refresh_from_db()
    assert story.headline == "Second"
    assert not story.revisions.filter(reason="restore").exists()


def test_only_who_may_change_the_story_puts_a_version_back(make):
    story = make.story(by=make.editor())
    for deed in (
        lambda by: snapshots.restore(story, snapshot(story), by=by),
        lambda by: snapshots.restore_block(story, snapshot(story), story.body["content"][0]["attrs"]["id"], by=by),
        lambda by: snapshots.keep_version(story, "Mine", by=by),
    ):
        with pytest.raises(NotAllowed):
            deed(make.reporter())


def test_a_version_is_kept_under_a_name_even_if_nothing_changed(make):
    story = make.story()
    revisions.keep(story, by=None, reason="submit")
    kept = snapshots.keep_version(story, "  Before   the cuts ", by=None)
    assert kept.name == "Before the cuts"
    assert story.revisions.count() == 2
    for name in ("  ", "x" * 121):
        with pytest.raises(Refused):
            snapshots.keep_version(story, name, by=None)


def test_a_language_a_sibling_has_by_now_is_not_taken_back(make):
    story = make.story(language="ar")
    before = snapshot(story)
    stories.save(story, by=None, language="en")
    make.story(language="ar", sibling_key=story.sibling_key)
    snapshots.restore(story, before, by=None)
    assert story.language == "en"


def test_a_section_that_is_still_there_comes_back_without_a_word(make):
    story = make.story(section=make.section("city"))
    before = snapshot(story)
    stories.save(story, by=None, section=None)
    assert snapshots.restore(story, before, by=None) == []
    assert story.section == Section.objects.get(slug="city")
