"""The one door for every write: all of it or nothing, and a line in the audit log that cannot be altered unseen."""

from contextlib import suppress
from threading import Barrier, BrokenBarrierError, Thread

import pytest
from django.db import connections

from articles.body import document
from articles.desk import captions, filing, photos, siblings, stories
from articles.desk.changing import changing, line_digest, together
from articles.desk.errors import Refused
from articles.desk.files import keep
from articles.models import AuditChain, AuditLine, Story
from articles.models.audit import AppendOnly
from articles.wire.text import parse


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


def test_what_a_nested_verb_wrote_goes_when_only_that_one_fails(make, own_media):
    story = make.story()
    lines = AuditLine.objects.about(story).count()
    with together():
        stories.save(story, by=None, kicker="Bridges")
        with pytest.raises(RuntimeError):
            half_done(story, lambda: keep("originals", "half.bin", b"half"))
        keep("originals", "whole.txt", b"whole")
    assert AuditLine.objects.about(story).count() == lines + 1
    assert [path.name for path in own_media.rglob("*.*") if path.is_file()] == ["whole.txt"]


def at_once(*deeds):
    """Do all of them at the same moment, each as somebody of their own would. Gives what came of each."""
    start, came = Barrier(len(deeds)), [None] * len(deeds)

    def one(place, deed):
        start.wait()
        try:
            came[place] = deed()
        except Exception as error:
            came[place] = error
        finally:
            connections.close_all()

    people = [Thread(target=one, args=pair) for pair in enumerate(deeds)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    return came


@pytest.mark.django_db(transaction=True)
def test_a_picture_sent_twice_at_once_is_one_picture(make):
    file = make.picture_file()
    copies = [type(file)(file.getvalue()) for _twice in range(2)]
    one, other = at_once(*(lambda copy=copy: photos.take(copy, name="one.jpg", by=None) for copy in copies))
    assert one == other


@pytest.mark.django_db(transaction=True)
def test_a_text_filed_twice_at_once_is_one_story(make):
    text = "Ferry sails\n\nThe ferry sails again on Monday, says the harbour.\n"

    def deed():
        return filing.file(parse(text, "en"), text=text, language="en", by=None, authors=["Somebody New"]).story

    one, other = at_once(deed, deed)
    assert one == other


@pytest.mark.django_db(transaction=True)
def test_a_sibling_begun_twice_at_once_is_begun_once_and_refused_once(make):
    story = make.story()
    came = at_once(*[lambda: siblings.begin(Story.objects.get(pk=story.pk), "ar", by=None)] * 2)
    assert sorted(isinstance(one, Refused) for one in came) == [False, True]


@pytest.mark.django_db(transaction=True)
def test_people_who_caption_and_save_at_the_same_moment_never_wait_in_a_ring(make):
    story, photo = make.story(), make.photo()
    both_hold_one = Barrier(2)

    def caption_then_save():
        with together():
            captions.caption(photo, "en", by=None, text="Another caption")
            wait_for_the_other(both_hold_one)
            return stories.save(Story.objects.get(pk=story.pk), by=None, kicker="Ferries")

    def save():
        with changing(Story.objects.get(pk=story.pk), "save", by=None) as details:
            wait_for_the_other(both_hold_one)
            details["changed"] = ["body"]
            return document.empty()

    assert at_once(caption_then_save, save) == [True, document.empty()]


def wait_for_the_other(both):
    """Until both hold what they hold; on SQLite there is one writer, and the other never comes."""
    with suppress(BrokenBarrierError):
        both.wait(timeout=0.5)
