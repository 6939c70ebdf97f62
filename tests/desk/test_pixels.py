"""What may be done with a photo's pixels."""

import pytest
from django.utils import timezone

from articles import claims, tasks
from articles.desk import clock, photos, pixels, stories
from articles.desk.errors import NotAllowed, Refused
from articles.imaging.intake import Refused as PictureRefused
from articles.models import Photo


@pytest.fixture
def commits(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def files(own_media, folder, token):
    return sorted(path.name for path in (own_media / folder / token).glob("*"))


@pytest.fixture
def shown(make, commits):
    """A photo that readers see."""
    with commits():
        photo = make.photo()
        photo.story = make.live_story(pictures=[photo])
    return photo


def test_a_replaced_photo_has_new_addresses_in_the_same_story(client, make, shown, own_media, commits):
    old, original = shown.token, shown.original.name
    with commits():
        pixels.replace(shown, make.picture_file(900, 500), name="better.jpg", by=make.photo_editor(), reason="Sharper")
    photo = Photo.objects.get()
    assert (photo.width, photo.height, photo.original_name) == (900, 500, "better.jpg")
    page = client.get(shown.story.path).content.decode()
    assert photo.token in page
    assert old not in page
    assert photo.caption_in("en").text in page
    # The old original is kept; the old renditions too, for whoever still holds an old page.
    version = photo.versions.get(token=old)
    assert (version.original.name, version.reason) == (original, "Sharper")
    assert (own_media / "originals" / original).is_file()
    assert files(own_media, "renditions", old)


def test_a_file_that_is_another_photo_already_replaces_nothing(make):
    photo, other = make.photo(), make.photo()
    with other.original.open("rb") as file, pytest.raises(NotAllowed, match="in the library already"):
        pixels.replace(photo, file, name="other.jpg", by=None)
    with pytest.raises(PictureRefused):
        pixels.replace(photo, make.picture_file().__class__(b"no picture"), name="x.txt", by=None)
    assert Photo.objects.get(pk=photo.pk).token == photo.token


def test_withdrawing_takes_the_renditions_of_all_versions(make, shown, own_media, commits):
    old = shown.token
    with commits():
        pixels.replace(shown, make.picture_file(), name="new.jpg", by=None)
        photos.withdraw(shown, by=None, reason="legal")
    for token in (old, shown.token):
        assert not files(own_media, "renditions", token)
    assert not files(own_media, "desk", old)


def test_a_story_taken_off_takes_old_versions_with_it(make, shown, own_media, commits):
    old = shown.token
    with commits():
        pixels.replace(shown, make.picture_file(), name="new.jpg", by=None)
    assert files(own_media, "renditions", old)
    story = shown.story
    with commits():
        stories.withdraw(story, by=None, reason="legal")
    assert not files(own_media, "renditions", old)


def test_frames_lie_inside_the_picture_and_move_its_addresses(make, shown, commits):
    old = shown.token
    with commits():
        pixels.frame(shown, by=None, focal=(0.2, 2.0), crops={"1:1": [0, 0, 500, 800], "9:1": [0, 0, 1, 1]})
    photo = Photo.objects.get()
    assert (photo.focal_x, photo.focal_y, photo.crops) == (0.2, 1.0, {"1:1": [0, 0, 500, 800]})
    assert photo.token != old
    for crop in ([0, 0, 1001, 5], [0, 0, 0, 5], "abcd", [1, 2], [0.5, 0, 1, 1], [-1, 0, 5, 5]):
        with pytest.raises(Refused, match="does not lie inside"):
            pixels.frame(photo, by=None, focal=(0.5, 0.5), crops={"1:1": crop})


def test_framing_the_same_again_changes_nothing(make, shown, commits):
    with commits():
        pixels.frame(shown, by=None, focal=(0.5, 0.5), crops={})
    assert Photo.objects.get().token == shown.token
    assert not shown.versions.exists()


def test_old_renditions_go_a_week_later(make, shown, own_media, commits):
    old = shown.token
    with commits():
        pixels.frame(shown, by=None, focal=(0.1, 0.1), crops={})
    at = shown.versions.get().at
    assert clock.old_renditions(at + pixels.KEPT / 2) == 0
    assert clock.old_renditions(at + pixels.KEPT) == 1
    assert not files(own_media, "renditions", old)
    assert clock.old_renditions(at + pixels.KEPT) == 0


def test_who_may_not_replaces_frames_and_turns_nothing(make):
    photo, reporter = make.photo(), make.reporter()
    with pytest.raises(NotAllowed):
        pixels.replace(photo, make.picture_file(), name="x.jpg", by=reporter)
    with pytest.raises(NotAllowed):
        pixels.frame(photo, by=reporter, focal=(0, 0), crops={})
    with pytest.raises(NotAllowed):
        pixels.turn(photo, 90, by=reporter)
    with pytest.raises(Refused):
        pixels.turn(photo, 45, by=None)


def test_renditions_that_could_not_all_be_made_anew_leave_no_file_behind(shown, own_media):
    def write_until_full(folder, name, data, made=[]):  # noqa: B006  how many were written
        if made:
            raise OSError("No space left on device")
        made.append(name)
        return tasks.store(folder, name, data)

    there = sorted(path for path in own_media.rglob("*") if path.is_file())
    with pytest.raises(OSError, match="No space"):
        tasks.renew(shown, write=write_until_full)
    assert sorted(path for path in own_media.rglob("*") if path.is_file()) == there


def test_photos_whose_renditions_cannot_be_made_keep_no_other_waiting(make, own_media):
    broken = [make.photo() for _each in range(clock.FEW + 1)]
    good = make.photo()
    for photo in broken:
        (own_media / "originals" / photo.original.name).unlink()
    later = timezone.now() + claims.PATIENCE
    assert clock.late_renditions(later) == 0  # the clock takes a few at a time, those that waited longest first
    assert clock.late_renditions(later) == 1
    good.refresh_from_db()
    assert set(good.made()) == {"jpeg", "webp", "avif"}
    assert good.work_due_at is None
