"""The bin: what nobody wants any more waits thirty days, and is in no list meanwhile."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles.desk import bin as the_bin
from articles.desk import siblings, stories
from articles.desk.errors import NotAllowed
from articles.models import AuditLine, Note, Photo, Revision, Story


def aged(story, days):
    """`story`, as if it had been put in the bin so many days ago."""
    Story.objects.filter(pk=story.pk).update(binned_at=timezone.now() - timedelta(days=days))


def test_a_story_in_the_bin_is_among_the_binned_and_not_among_the_kept(make):
    story, other = make.story(), make.story("Another")
    the_bin.put_in(story, by=None)
    assert list(Story.objects.kept()) == [other]
    assert list(Story.objects.binned()) == [story]


def test_it_waits_for_nobody_and_nobody_changes_it(make):
    editor = make.publisher()
    story = make.story(by=editor)
    stories.submit(story, by=editor)
    the_bin.put_in(story, by=editor)
    assert not story.changeable_by(editor)
    assert not Story.objects.changeable_by(editor).exists()
    assert not Story.objects.waiting_for(editor).exists()
    assert stories.moves_for(story, editor) == []
    for deed in (
        lambda: stories.save(story, by=None, headline="Another"),
        lambda: stories.publish(story, by=None),
        lambda: stories.save(story, by=editor, headline="Another"),
    ):
        with pytest.raises(NotAllowed, match="in the bin"):
            deed()


def test_what_was_ever_published_is_not_put_there(make):
    live, gone = make.live_story(), make.live_story("Another")
    stories.withdraw(gone, by=None, reason="legal")
    for story in (live, gone):
        with pytest.raises(NotAllowed, match="has been published"):
            the_bin.put_in(story, by=None)


def test_it_comes_out_as_it_was(make):
    story = make.story("A story")
    stories.submit(story, by=None)
    the_bin.put_in(story, by=None)
    the_bin.take_out(story, by=None)
    assert (story.headline, story.status, story.binned_at) == ("A story", "review", None)


def test_a_reporter_puts_only_their_own_story_there_and_takes_it_out(make):
    reporter = make.reporter()
    own, others = make.story(by=reporter), make.story("Another", by=make.editor())
    the_bin.put_in(own, by=reporter)
    with pytest.raises(NotAllowed, match="another's"):
        the_bin.put_in(others, by=reporter)
    the_bin.put_in(others, by=None)
    with pytest.raises(NotAllowed, match="another's"):
        the_bin.take_out(others, by=reporter)
    the_bin.take_out(own, by=reporter)
    assert list(Story.objects.kept()) == [own]


def test_a_new_sibling_may_take_its_place_and_then_it_stands_by_itself(make):
    story = make.story()
    old = make.story(language="ar", sibling_key=story.sibling_key)
    the_bin.put_in(old, by=None)
    assert not story.siblings().exists()
    new = siblings.begin(story, "ar", by=None)
    the_bin.take_out(old, by=None)
    assert list(story.siblings()) == [new]
    assert old.sibling_key != story.sibling_key


def test_after_thirty_days_it_goes_with_its_notes_and_its_history_and_its_photos_stay(make, capsys):
    story, young = make.story(pictures=[make.photo()]), make.story("Another")
    stories.note(story, "Not now.", by=None)
    stories.submit(story, by=None)
    for one, days in ((story, 31), (young, 29)):
        the_bin.put_in(one, by=None)
        aged(one, days)
    call_command("empty_bin")
    assert "1 story was deleted" in capsys.readouterr().out
    assert list(Story.objects.all()) == [young]
    assert not Note.objects.exists()
    assert not Revision.objects.filter(story=story.pk).exists()
    assert Photo.objects.count() == 1


def test_every_step_is_in_the_audit_log(make):
    story = make.story()
    the_bin.put_in(story, by=None)
    the_bin.take_out(story, by=None)
    the_bin.put_in(story, by=None)
    aged(story, 31)
    the_bin.empty(door="empty_bin")
    kinds = [line.kind for line in AuditLine.objects.about(story)]
    assert kinds == ["delete", "bin", "take_out_of_bin", "bin", "start"]
