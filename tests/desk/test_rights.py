"""When a picture may be used, and what happens to pages and files when it may not any more."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from articles import credentials
from articles.desk import clock, photos, stories
from articles.desk.errors import NotAllowed, NotReady, Refused
from articles.models import AuditLine, Photo, PhotoStatus

HOUR = timedelta(hours=1)
OUTLET_CARD = ["card.png", "card.png"]  # the picture that stands for the newsroom itself, og: and twitter:


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def commits(django_capture_on_commit_callbacks):
    """What is done at a commit, done at once: `with commits(): ...`."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def shown(make, commits, now):
    """A photo that a live story leads with, its licence ending in an hour."""
    with commits():
        photo = make.photo(usable_until=now + HOUR)
        story = make.live_story(pictures=[photo])
    photo.refresh_from_db()
    photo.story = story
    return photo


def public_files(own_media, photo):
    return list((own_media / "renditions" / photo.token).glob("*"))


def is_nowhere(client, photo):
    """On no page, in no card, feed, link card or structured data."""
    pages = ("/en/", "/en/section/world/", "/en/tag/bridges/", "/en/archive/", "/en/feed.xml", "/en/atom.xml")
    for address in (photo.story.path, *pages):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert photo.token not in answer.content.decode(), address
    assert link_cards(page(client, photo.story)) == OUTLET_CARD
    assert "ImageObject" not in page(client, photo.story)


def link_cards(text):
    """The names of the pictures that a link to the page is shown with elsewhere."""
    return [address.rpartition("/")[2] for address in re.findall(r'"(?:og|twitter):image" content="([^"]+)"', text)]


def page(client, story):
    return client.get(story.path).content.decode()


def test_a_picture_past_its_expiry_cannot_be_published(make, now):
    story = make.story(pictures=[make.photo(usable_until=now - HOUR)])
    with pytest.raises(NotReady, match="may not be used after"):
        stories.publish(story, by=None)


def test_a_picture_under_embargo_cannot_be_published_before_its_hour(make, now):
    story = make.story(pictures=[make.photo(usable_from=now + HOUR)])
    with pytest.raises(NotReady, match="may not be used before"):
        stories.publish(story, by=None)


def test_a_picture_that_expires_leaves_page_card_and_folder_with_the_next_beat(client, shown, own_media, commits, now):
    assert shown.token in page(client, shown.story)
    assert shown.token in client.get("/en/").content.decode()
    assert public_files(own_media, shown)
    with commits():
        assert clock.beat(now + 2 * HOUR) == 2  # and its slow formats, which no worker had made
    is_nowhere(client, shown)
    assert not public_files(own_media, shown)
    assert Photo.objects.get().status == PhotoStatus.EXPIRED
    assert AuditLine.objects.about(shown).first().kind == "by_the_clock"


def test_a_longer_licence_brings_the_picture_back(client, shown, own_media, commits, now):
    with commits():
        clock.beat(now + 2 * HOUR)
        photos.describe(shown, by=None, usable_until=now + 3 * HOUR)
    assert shown.token in page(client, shown.story)
    assert public_files(own_media, shown)


def test_the_clock_does_nothing_twice(shown, commits, now):
    with commits():
        assert clock.beat(now + 2 * HOUR) == 2
        assert clock.beat(now + 2 * HOUR) == 0


def test_one_that_fails_does_not_keep_the_others_waiting(make, now, commits, monkeypatch, caplog):
    first, second = make.photo(), make.photo()
    Photo.objects.update(usable_until=now - HOUR)
    keep = photos.keep_to_dates

    def stumble(photo, at):
        if photo == first:
            raise OSError("disk")
        return keep(photo, at)

    monkeypatch.setattr(photos, "keep_to_dates", stumble)
    with commits():
        assert clock.beat(now) == 1, "the second"
    second.refresh_from_db()
    assert second.status == PhotoStatus.EXPIRED
    assert "could not do what is due" in caplog.text


def test_both_ways_of_asking_whether_a_photo_is_usable_agree(make, now):
    spans = [(None, None), (now - HOUR, None), (now + HOUR, None), (None, now - HOUR), (None, now + HOUR), (None, now)]
    for begins, ends in spans:
        make.photo(usable_from=begins, usable_until=ends)
    photos.withdraw(make.photo(), by=None, reason="legal")
    asked = set(Photo.objects.usable_at(now))
    assert asked == {photo for photo in Photo.objects.all() if photo.usable_at(now)}
    assert len(asked) == 3
    # Whatever has the status its dates ask for is not due, and the other way round.
    Photo.objects.exclude(status=PhotoStatus.WITHDRAWN).update(status=PhotoStatus.READY)
    due = {photo for photo in Photo.objects.all() if photo.status_at(now) != photo.status}
    assert set(Photo.objects.due_at(now)) == due


def test_a_withdrawn_picture_is_gone_from_page_and_folder_at_once(client, shown, own_media, commits, make):
    with commits():
        photos.withdraw(shown, by=make.photo_editor(), reason="the family asked")
    is_nowhere(client, shown)
    assert not public_files(own_media, shown)
    story = make.story(pictures=[shown])
    with pytest.raises(NotReady, match="is withdrawn"):
        stories.publish(story, by=None)
    with commits():
        photos.bring_back(shown, by=make.photo_editor())
    assert shown.token in page(client, shown.story)
    assert public_files(own_media, shown)


def test_withdrawing_takes_a_reason_and_the_right_to(make):
    photo = make.photo()
    with pytest.raises(Refused, match="Say why"):
        photos.withdraw(photo, by=None, reason=" ")
    with pytest.raises(NotAllowed):
        photos.withdraw(photo, by=make.reporter(), reason="legal")
    assert Photo.objects.get().status == PhotoStatus.READY


def test_a_used_photo_cannot_be_deleted_only_withdrawn(make, own_media, commits):
    used, unused = make.photo(), make.photo()
    make.story(pictures=[used])
    with pytest.raises(NotAllowed, match="Withdraw it"):
        photos.delete(used, by=make.photo_editor())
    with commits():
        photos.delete(unused, by=make.photo_editor())
    assert Photo.objects.get() == used
    assert not (own_media / "originals" / str(unused.uuid) / f"{unused.token}.jpeg").exists()
    assert not list((own_media / "desk" / unused.token).glob("*"))


def test_an_embargo_that_ends_after_the_licence_is_refused(make, now):
    with pytest.raises(Refused, match="never be used"):
        make.photo(usable_from=now + HOUR, usable_until=now)


@pytest.mark.parametrize(
    ("policy", "hidden", "expected"),
    [
        ("credit", False, {"credit": "Tell", "copyright": "© Tell", "creator": ""}),
        ("creator", False, {"credit": "Tell", "copyright": "© Tell", "creator": "Yusuf"}),
        ("creator", True, {"credit": "Tell", "copyright": "© Tell", "creator": ""}),
        ("nothing", False, {"credit": "", "copyright": "", "creator": ""}),
    ],
)
def test_the_policy_says_what_renditions_carry(make, policy, hidden, expected):
    photo = make.photo(credit="Tell", copyright="© Tell", creator="Yusuf", policy=policy, hide_source=hidden)
    assert credentials.written(photo) == expected


def test_a_hidden_source_is_known_to_named_people_only(make):
    keeper, other = make.photo_editor(), make.photo_editor()
    photo = make.photo(creator="Yusuf")
    photos.describe(photo, by=keeper, hide_source=True)
    assert photo.source_known_to(keeper)
    assert not photo.source_known_to(other)
    assert list(Photo.objects.with_source_for(keeper)) == [photo]
    assert not Photo.objects.with_source_for(other).exists()
    with pytest.raises(NotAllowed, match="kept from you"):
        photos.describe(photo, by=other, creator="Somebody else")


def test_hiding_the_source_takes_its_name_out_of_served_files_at_once(make, own_media, commits):
    with commits():
        photo = make.photo(creator="Salma Noor", policy="creator")
        make.live_story(pictures=[photo])
    photo.refresh_from_db()
    old = photo.token
    assert all(b"Salma Noor" in file.read_bytes() for file in public_files(own_media, photo))
    with commits():
        photos.describe(photo, by=None, hide_source=True)
    photo.refresh_from_db()
    assert photo.token != old
    files = public_files(own_media, photo)
    assert files
    assert not any(b"Salma Noor" in file.read_bytes() for file in files)
    assert not list((own_media / "renditions" / old).glob("*"))


def test_a_sensitive_picture_stands_behind_a_shield_and_in_no_card_or_feed(client, make, commits):
    with commits():
        photo = make.photo(sensitivity="violence", sensitivity_reason="Wounded people on the quay.")
        story = make.live_story(pictures=[photo])
    photo.refresh_from_db()
    text = page(client, story)
    assert '<details class="shield">' in text
    assert "Wounded people on the quay." in text
    assert link_cards(text) == OUTLET_CARD
    for address in ("/en/", "/en/feed.xml", "/en/atom.xml"):
        assert photo.token not in client.get(address).content.decode(), address


def test_the_shield_speaks_the_readers_language(client, make, commits):
    with commits():
        story = make.live_story(language="ar", pictures=[make.photo(language="ar", sensitivity="death")])
    text = page(client, story)
    for words in ("صورة قد لا يرغب بعضهم في رؤيتها", "تُظهر هذه الصورة شخصًا ميتًا.", "إظهار الصورة", "إخفاؤها"):
        assert words in text
