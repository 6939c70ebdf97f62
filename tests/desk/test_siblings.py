"""A story and its siblings: begun beside each other, joined, parted."""

import pytest

from articles.desk import siblings, stories
from articles.desk.errors import NotAllowed, Refused
from articles.models import AuditLine, Status


def test_a_sibling_begins_with_the_section_byline_and_pictures_but_no_words(make):
    story = make.live_story(pictures=[make.photo()])
    begun = siblings.begin(story, "ar", by=make.editor())
    assert list(story.siblings()) == [begun]
    assert (begun.section, begun.signed_by(), begun.headline) == (story.section, story.signed_by(), "")
    assert [row.photo for row in begun.attachments.all()] == [row.photo for row in story.attachments.all()]
    assert begun.attachments.get().uuid != story.attachments.get().uuid


def test_there_is_one_sibling_a_language(make):
    story = make.story()
    siblings.begin(story, "ar", by=None)
    with pytest.raises(Refused, match="already"):
        siblings.begin(story, "ar", by=None)
    with pytest.raises(Refused, match="already"):
        siblings.join(make.story("Another"), story, by=None)


def test_joining_a_published_story_makes_it_a_draft_until_it_is_published_again(make):
    story, arabic = make.live_story(), make.live_story(language="ar")
    siblings.join(story, arabic, by=None)
    assert list(story.siblings()) == [arabic]
    assert story.status == Status.DRAFT
    assert stories.publish(story, by=None).sibling_key == arabic.sibling_key
    assert AuditLine.objects.about(story).filter(kind="siblings").exists()


def test_a_story_that_is_parted_stands_by_itself(make):
    story, arabic = make.story(), make.story(language="ar")
    siblings.join(story, arabic, by=None)
    siblings.part(story, arabic, by=None)
    assert not story.siblings().exists()


def test_joining_takes_the_right_to_change_the_story(make):
    story, arabic = make.story(), make.story(language="ar")
    with pytest.raises(NotAllowed):
        siblings.join(story, arabic, by=make.reporter())


def test_who_joins_takes_no_story_of_another_along(make):
    reporter = make.reporter()
    own, anothers, third = make.story(by=reporter), make.live_story(language="ar"), make.story(language="ar")
    siblings.join(own, anothers, by=reporter)
    with pytest.raises(NotAllowed):
        siblings.join(own, third, by=reporter)
    assert list(own.siblings()) == [anothers]


def test_another_keeps_a_published_story_as_it_is_when_a_sibling_is_parted_from_it(make):
    reporter = make.reporter()
    own, anothers = make.story(by=reporter), make.live_story(language="ar")
    siblings.join(own, anothers, by=reporter)
    siblings.part(own, anothers, by=reporter)
    anothers.refresh_from_db()
    assert anothers.status == Status.PUBLISHED
    assert not anothers.siblings().exists()
