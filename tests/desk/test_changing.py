"""The one door for every write: all of it or nothing, and a line in the audit log that cannot be altered unseen."""

import pytest

from articles.desk import photos, stories
from articles.desk.changing import changing, line_digest
from articles.desk.files import keep
from articles.models import AuditChain, AuditLine, Story
from articles.models.audit import AppendOnly


def half_done(story, deed):
    """Something that goes wrong after `deed`, inside a change of `story`."""
    with changing(story, "save", by=None):
        story.headline = "Half"
        deed()
        raise RuntimeError


def test_a_verb_that_fails_keeps_no_row_and_no_file(make, own_media):
    story = make.story()
    lines = AuditLine.objects.count()
    with pytest.raises(RuntimeError):
        half_done(story, lambda: keep("originals", "half.bin", b"half"))
    story.refresh_from_db()
    assert story.headline != "Half"
    assert AuditLine.objects.count() == lines
    assert not list(own_media.rglob("*.bin"))


def test_files_of_a_nested_verb_go_when_the_outer_one_fails(make, own_media):
    picture = make.picture_file()
    with pytest.raises(RuntimeError):
        half_done(make.story(), lambda: photos.take(picture, name="one.jpg", by=None))
    assert not [path for path in own_media.rglob("*") if path.is_file()]


def test_each_line_carries_the_digest_of_the_one_before(make):
    story = make.live_story()
    stories.withdraw(story, by=make.publisher(), reason="legal")
    lines = list(AuditLine.objects.order_by("id"))
    assert len(lines) > 2
    assert [line.previous_digest for line in lines] == ["", *(line.digest for line in lines[:-1])]
    assert [line_digest(line) for line in lines] == [line.digest for line in lines]
    assert AuditChain.objects.get().digest == lines[-1].digest


def test_the_audit_log_only_grows(make):
    make.story()
    line = AuditLine.objects.first()
    for attempt in (line.save, line.delete, AuditLine.objects.all().delete):
        with pytest.raises(AppendOnly):
            attempt()
    with pytest.raises(AppendOnly):
        AuditLine.objects.update(kind="nothing")


def test_what_was_set_before_the_lock_is_not_smuggled_in(make):
    story = make.story()
    story.headline = "Smuggled"
    stories.save(story, by=None, kicker="Roads again")
    assert Story.objects.get().headline != "Smuggled"
