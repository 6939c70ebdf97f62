"""Pictures put into a story from the photo desk."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from articles.desk import attachments, bin, editing, photos, stories
from articles.desk.errors import NotAllowed
from articles.models import AuditLine, Photo, Status, Story


def pictures(story):
    return [(row.photo.pk, row.role) for row in story.attachments.all()]


def test_the_first_picture_leads_and_the_others_go_behind_it(make):
    story, (first, second, third) = make.story(), [make.photo() for _each in range(3)]
    done = attachments.illustrate(story, [second, first], by=make.photo_editor())
    assert done.placed == [second, first]
    attachments.illustrate(story, [third, second], by=None)
    assert pictures(story) == [(second.pk, "lead"), (first.pk, "text"), (third.pk, "text")]
    line = AuditLine.objects.about(story).first()
    assert (line.kind, line.details["photos"]) == ("illustrate", 1)


def test_what_may_not_be_used_is_refused_by_name_and_the_others_go_in(make):
    story, good, embargoed = make.story(), make.photo(), make.photo(usable_from=timezone.now() + timedelta(days=1))
    expired = make.photo(headline="Footbridge", usable_until=timezone.now() - timedelta(days=1))
    withdrawn = make.photo(headline="Ferry")
    photos.withdraw(withdrawn, by=None, reason="legal")
    done = attachments.illustrate(story, [expired, good, withdrawn, embargoed], by=None)
    assert done.placed == [good, embargoed]  # an embargo ends; until then publishing waits for it
    assert [sentence.split("”")[0] for sentence in done.refused] == ["“Footbridge", "“Ferry"]
    assert "may not be used after" in done.refused[0]


def test_pictures_that_it_has_already_change_nothing(make):
    photo = make.photo()
    story = make.story(pictures=[photo])
    lines, version = AuditLine.objects.count(), story.version
    assert attachments.illustrate(story, [photo], by=None).there == [photo]
    story.refresh_from_db()
    assert (AuditLine.objects.count(), story.version) == (lines, version)


def test_photo_staff_illustrate_every_story_reporters_their_own_and_nobody_one_in_the_bin(make):
    reporter, photo = make.reporter(), make.photo()
    own, other = make.story(by=reporter), make.story()
    attachments.illustrate(own, [photo], by=reporter)
    with pytest.raises(NotAllowed, match="another's story"):
        attachments.illustrate(other, [photo], by=reporter)
    attachments.illustrate(other, [photo], by=make.photo_editor())
    bin.put_in(own, by=None)
    with pytest.raises(NotAllowed, match="in the bin"):
        attachments.illustrate(own, [photo], by=make.photo_editor())
    with pytest.raises(NotAllowed):
        attachments.illustrate(other, [photo], by=make.person(""))


@pytest.mark.parametrize("role", ["reporter", "photo", "editor", ""])
def test_the_list_and_the_story_agree_on_who_may_illustrate_it(make, role):
    user = make.person(role)
    own, other, binned = make.story(by=user if role in ("reporter", "editor") else None), make.story(), make.story()
    bin.put_in(binned, by=None)
    binned.refresh_from_db()
    found = set(Story.objects.illustrated_by(user))
    assert found == {story for story in (own, other, binned) if story.illustrated_by(user)}


def test_a_live_story_that_gets_a_picture_is_a_draft_again_and_readers_see_what_they_saw(make):
    story = make.live_story()
    attachments.illustrate(story, [make.photo()], by=None)
    story.refresh_from_db()
    assert story.status == Status.DRAFT
    assert not story.live_edition.photos.exists()


def test_whoever_has_the_story_open_is_sent_its_pictures_and_loses_nothing_typed(make):
    writer, photo = make.editor(), make.photo()
    story = make.story(by=writer)
    before = story.version
    attachments.illustrate(story, [photo], by=make.photo_editor())
    typed = {"fields": {"headline": {"from": story.headline, "to": "The bridge is closed"}}}
    edited = editing.edit(story, save=uuid4(), version=before, change=typed, by=writer)
    story.refresh_from_db()
    assert story.headline == "The bridge is closed"
    assert pictures(story) == [(photo.pk, "lead")]
    assert not edited.clashes
    assert not edited.fresh.whole
    assert [row["photo"] for row in edited.fresh.fields["attachments"]] == [str(photo.uuid)]


def test_pictures_that_went_meanwhile_are_passed_over(make):
    story, photo, gone = make.story(), make.photo(), make.photo()
    Photo.objects.filter(pk=gone.pk).delete()
    assert attachments.illustrate(story, [gone, photo], by=None).placed == [photo]
    assert stories.moves_for(story, make.editor())
