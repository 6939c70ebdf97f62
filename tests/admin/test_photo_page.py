"""A picture's page: rights in words, moves that say first where it is used, crops that readers get, a source kept."""

import re
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from articles import tasks
from articles.desk import photos, pixels, sources, stories
from articles.desk.errors import NotAllowed, Refused
from articles.imaging import metadata
from articles.models import AuditLine, Photo, PhotoStatus

from .test_photos import as_it_stands

NOON = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)  # noon in Damascus


@pytest.fixture
def commits(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def photo_editor(client, make):
    make.publication(place="Wadi Saf")
    user = make.photo_editor(first_name="Lina")
    client.force_login(user)
    return user


def address(name, photo):
    return reverse(f"admin:articles_photo_{name}", args=[photo.pk])


def read(client, name, photo):
    return client.get(address(name, photo)).content.decode()


def save(client, photo, **changed):
    return client.post(address("change", photo), as_it_stands(client, photo) | changed, follow=True).content.decode()


# -- Rights, in words


def test_an_hour_that_is_typed_is_meant_in_the_newsrooms_zone(client, make, photo_editor):
    photo = make.photo()
    with time_machine.travel(NOON, tick=False):
        client.force_login(photo_editor)
        page = save(client, photo, usable_until="2026-12-01T12:00")
    photo.refresh_from_db()
    assert photo.usable_until == datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
    assert "May be used until 1 December 2026, 12:00 in Wadi Saf." in page


def test_what_is_so_stands_at_the_top_with_what_happens_next(client, make, photo_editor):
    photo = make.photo(usable_until=timezone.now() - timedelta(hours=1))
    assert "It may not be used since" in read(client, "change", photo)
    photos.describe(photo, by=None, usable_until=None, usable_from=timezone.now() + timedelta(days=1))
    assert "Under embargo until" in read(client, "change", photo)
    photos.withdraw(photo, by=photo_editor, reason="The family asked")
    page = read(client, "change", photo)
    assert "Taken off every page: Lina" in page
    assert "The family asked" in page


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("usable_until", "soon", "That is no date"),
        ("usable_until", "0001-01-01T00:00", "The year must lie between"),
        ("usable_until", "9999-12-31T23:59", "The year must lie between"),
        ("licence", "x" * 301, "301"),
        ("rights", "mine", "not one of the available choices"),
        ("keepers", ["99999"], "99999"),
    ],
)
def test_what_is_refused_is_said_at_its_field_and_nothing_typed_is_lost(
    client, make, photo_editor, field, value, sentence
):
    photo = make.photo(licence="Before")
    page = save(client, photo, caption_en="Typed meanwhile", **{field: value})
    assert sentence in page
    assert "Nothing is saved yet" in page
    assert "Typed meanwhile" in page
    assert photo.caption_in("en").text != "Typed meanwhile"
    if isinstance(value, str) and field != "rights":
        assert value in page


def test_an_embargo_after_the_end_is_refused_at_the_end(client, make, photo_editor):
    photo = make.photo()
    page = save(client, photo, usable_from="2026-12-02T12:00", usable_until="2026-12-01T12:00")
    assert "it could never be used" in page
    assert 'value="2026-12-02T12:00"' in page


def test_a_moment_with_seconds_is_not_changed_by_being_shown(client, make, photo_editor):
    photo = make.photo(usable_until=timezone.now() + timedelta(days=9))
    assert "Nothing was changed" in save(client, photo)


def test_keywords_are_typed_with_commas_of_either_script(client, make, photo_editor):
    photo = make.photo()
    save(client, photo, keywords="bridge, river، جسر,, bridge ")
    assert Photo.objects.get().keywords == ["bridge", "river", "جسر"]


# -- Who may know the source


def test_a_source_is_hidden_from_all_but_the_people_chosen(client, make, photo_editor):
    photo, other = make.photo(creator="Salma Noor"), make.photo_editor()
    save(client, photo, hide_source="on", keepers=[photo_editor.pk])
    assert list(Photo.objects.get().keepers.all()) == [photo_editor]
    assert "Salma Noor" in read(client, "change", photo)
    client.force_login(other)
    page = read(client, "change", photo)
    assert "Salma Noor" not in page
    assert "DSC_" not in page
    assert "The source of this picture is hidden" in page
    save(client, photo, creator="Forged", caption_en="The bridge again.")
    photo.refresh_from_db()
    assert (photo.creator, photo.caption_in("en").text) == ("Salma Noor", "The bridge again.")


def test_somebody_must_know_the_source(client, make, photo_editor):
    photo = make.photo()
    photos.describe(photo, by=photo_editor, hide_source=True)
    data = as_it_stands(client, photo) | {"keepers": []}
    assert "Somebody must know the source" in client.post(address("change", photo), data).content.decode()
    with pytest.raises(Refused, match="Somebody must know"):
        sources.name_keepers(photo, [], by=photo_editor)
    with pytest.raises(NotAllowed, match="kept from you"):
        sources.name_keepers(photo, [make.photo_editor()], by=make.photo_editor())


SECRETS = {
    "creator": "Salma Noor",
    "city": "Harmadan",
    "sublocation": "Well Street",
    "taken_at": "2026-11-20",
    "source": "Neighbour",
    "holder": "Cousin",
    "instructions": "Call Tariq",
}
# Every address of the newsroom that shows or finds a picture.
DOORS = {
    "page": lambda photo, story: address("change", photo),
    "wall": lambda photo, story: reverse("admin:articles_photo_changelist"),
    "proof": lambda photo, story: address("proof", photo),
    "crop": lambda photo, story: address("crop", photo),
    "replace": lambda photo, story: address("replace", photo),
    "withdraw": lambda photo, story: address("withdraw", photo),
    "download": lambda photo, story: address("download", photo),
    "choices": lambda photo, story: reverse("admin:articles_story_photos") + "?q=bridge",
    "story": lambda photo, story: reverse("admin:articles_story_change", args=[story.pk]),
    "state": lambda photo, story: reverse("admin:articles_story_state", args=[story.pk]),
    "preview": lambda photo, story: reverse("admin:articles_story_preview_page", args=[story.pk]),
    "card": lambda photo, story: reverse("admin:articles_story_card", args=[story.pk]),
    "history": lambda photo, story: reverse("admin:articles_story_history", args=[story.pk]),
    "start": lambda photo, story: reverse("admin:index"),
    "site": lambda photo, story: story.path,
    "feed": lambda photo, story: "/en/feed.xml",
}


@pytest.mark.parametrize("door", DOORS)
def test_no_door_betrays_a_hidden_source(client, make, door):
    photo = make.photo(**SECRETS, policy="creator")
    Photo.objects.update(original_name="salma_harmadan.jpg", metadata={"exif": {"Model": "Kamera 7000"}})
    story = make.live_story(pictures=[photo])
    photos.describe(Photo.objects.get(), by=make.photo_editor(), hide_source=True)
    client.force_login(make.publisher())
    answer = client.get(DOORS[door](Photo.objects.get(), story), follow=True)
    assert answer.status_code == 200
    told = [word for word in [*SECRETS.values(), "salma_harmadan", "Kamera 7000"] if word.encode() in answer.getvalue()]
    assert not told
    assert "salma" not in answer.get("Content-Disposition", "")


@pytest.mark.parametrize("query", ["q=Salma", "q=salma_harmadan", "q=Harmadan"])
def test_nobody_finds_a_picture_by_a_source_that_is_kept_from_them(client, make, query):
    keeper = make.photo_editor()
    make.photo(**SECRETS, headline="The square")
    Photo.objects.update(original_name="salma_harmadan.jpg")
    photos.describe(Photo.objects.get(), by=keeper, hide_source=True)
    client.force_login(make.publisher())
    wall = client.get(f"{reverse('admin:articles_photo_changelist')}?{query}", follow=True).content.decode()
    assert "The square" not in wall
    choices = client.get(f"{reverse('admin:articles_story_photos')}?{query}").json()
    assert choices["results"] == []
    client.force_login(keeper)
    assert "The square" in client.get(f"{reverse('admin:articles_photo_changelist')}?{query}").content.decode()


@pytest.mark.parametrize(
    "query", ["creator=Salma+Noor", "city__startswith=H", "original_name__icontains=s", "keepers=1"]
)
def test_no_address_asks_the_wall_for_a_source(client, make, photo_editor, query):
    assert client.get(f"{reverse('admin:articles_photo_changelist')}?{query}").status_code == 400


# -- Moves: each says first where the picture is used


@pytest.mark.parametrize("move", ["replace", "withdraw", "delete", "change", "crop"])
def test_where_it_is_used_is_said_before_anything_is_done(client, make, photo_editor, move):
    photo = make.photo()
    make.live_story("Roof holds", pictures=[photo])
    page = read(client, move, photo)
    assert "In 1 story, 1 of them live." in page
    if move != "crop":
        assert "Roof holds" in page
        assert "edition 1 is live" in page
        assert "On the front" in page


def test_a_withdrawn_picture_leaves_its_page_and_comes_back(client, make, photo_editor, commits):
    with commits():
        photo = make.photo()
        story = make.live_story(pictures=[photo])
    assert "Say why" in client.post(address("withdraw", photo), {"reason": " "}).content.decode()
    with commits():
        page = client.post(address("withdraw", photo), {"reason": "legal"}, follow=True).content.decode()
    assert "Taken off every page at" in page
    assert photo.token not in client.get(story.path).content.decode()
    with commits():
        client.post(address("bring_back", photo), follow=True)
    assert photo.token in client.get(story.path).content.decode()
    assert Photo.objects.get().status == PhotoStatus.READY


def test_a_file_is_replaced_and_the_old_one_listed(client, make, photo_editor, commits):
    with commits():
        photo = make.photo()
        story = make.live_story(pictures=[photo])
    old = photo.token
    assert "No file was chosen" in client.post(address("replace", photo), {"reason": "Sharper"}).content.decode()
    page = client.post(
        address("replace", photo), {"reason": "Kept", "file": SimpleUploadedFile("x.txt", b"no picture")}
    )
    assert "“x.txt” is not a picture" in page.content.decode()
    assert "Kept" in page.content.decode()
    file = SimpleUploadedFile("better.jpg", make.picture_file(900, 500).read(), "image/jpeg")
    with commits():
        page = client.post(address("replace", photo), {"reason": "Sharper", "file": file}, follow=True).content.decode()
    photo.refresh_from_db()
    assert photo.original_name == "better.jpg"
    assert photo.token in client.get(story.path).content.decode()
    assert "Sharper" in page
    assert f"{old}/320.jpg" in page
    assert client.get(f"/admin/renditions/{old}/320.jpg").status_code == 200
    assert client.get(f"/admin/renditions/{old}/original").status_code == 404


def test_an_unused_picture_is_deleted_a_used_one_is_not(client, make, photo_editor):
    used, unused = make.photo(headline="Used"), make.photo(headline="Unused")
    make.story(pictures=[used])
    assert "cannot be deleted" in client.post(address("delete", used)).content.decode()
    page = client.post(address("delete", unused), follow=True).content.decode()
    assert "“Unused” is deleted, with its files." in page
    assert list(Photo.objects.all()) == [used]


# -- Crops: typed as numbers, real for readers


def crop(client, photo, **typed):
    context = client.get(address("crop", photo)).context
    data = {"focal-x": context["focal"]["x"], "focal-y": context["focal"]["y"], "do": "save"} | typed
    return client.post(address("crop", photo), data, follow=True).content.decode()


def test_a_crop_typed_in_numbers_is_what_readers_get(client, make, photo_editor, commits):
    with commits():
        photo = make.photo(width=1200, height=800)
        story = make.live_story(pictures=[photo])
        told = {"focal-x": "20", "3:2": "", "3-2-own": "on", "3-2-x": "10", "3-2-y": "5.5", "3-2-width": "50"}
        page = crop(client, photo, **told, **{"16-9-own": "on", "16-9-x": "0", "16-9-y": "0", "16-9-width": "60"})
    assert "The crops are saved" in page
    photo.refresh_from_db()
    assert photo.crops == {"3:2": [100, 55, 500, 500], "16:9": [0, 0, 600, 506]}
    assert photo.focal_x == 0.2
    for shown in (client.get(story.path).content.decode(), client.get("/en/").content.decode()):
        assert f"{photo.token}/c100.55.500.500-320.jpg 320w" in shown
        assert f"{photo.token}/640.jpg" not in shown
    assert f"{photo.token}/c0.0.600.506-" in client.get(story.path).content.decode(), "the card of other sites"
    every_file_is_there(client, client.get(story.path).content.decode(), photo.token)


def every_file_is_there(client, page, token):
    named = set(re.findall(rf"/media/renditions/{token}/[0-9a-z.-]+", page))
    assert named
    for one in named:
        assert client.get(one).status_code == 200, one


@pytest.mark.parametrize("value", ["x", "-1", "101", "", "1e9", "nan"])
def test_a_frame_outside_the_picture_is_refused_and_stays_as_typed(client, make, photo_editor, value):
    photo = make.photo()
    page = crop(client, photo, **{"3-2-own": "on", "3-2-x": value, "3-2-y": "0", "3-2-width": "50"})
    assert "That frame does not lie inside the picture" in page
    assert f'name="3-2-x" value="{value}"' in page
    assert "The point lies inside the picture" in crop(client, photo, **{"focal-x": "300"})
    assert Photo.objects.get().crops == {}


def test_a_picture_is_turned_with_its_renditions(client, make, photo_editor, commits):
    photo = make.photo(width=640, height=400)
    with commits():
        crop(client, photo, do="turn-90")
    photo.refresh_from_db()
    assert (photo.rotation, photo.width, photo.height) == (90, 400, 640)
    shown = Image.open(BytesIO(client.get(f"/admin/renditions/{photo.token}/320.jpg").content))
    assert shown.size == (320, 512)


def test_a_story_keeps_a_crop_of_its_own(client, make, commits):
    editor = make.editor()
    client.force_login(editor)
    with commits():
        photo = make.photo(width=1200, height=800)
        story = make.live_story(pictures=[photo], by=editor)
    row = story.attachments.get()
    screen = reverse("admin:articles_story_crop", args=[row.uuid])
    typed = {
        "original-own": "on",
        "original-x": "25",
        "original-y": "0",
        "original-width": "50",
        "original-height": "100",
    }
    with commits():
        page = client.post(screen, typed | {"do": "save"}, follow=True).content.decode()
    assert "has a crop of its own" in page
    story.refresh_from_db()
    assert story.status == "draft", "a story that is changed is a draft again"
    assert story.attachments.get().crop == [250, 0, 500, 1000]
    assert "c250.0.500.1000" not in client.get(story.path).content.decode(), "until it is published"
    tasks.finish_photo.func(photo.pk)  # the worker
    assert (
        "c250.0.500.1000" in client.get(reverse("admin:articles_story_preview_page", args=[story.pk])).content.decode()
    )
    with commits():
        stories.publish(story, by=None)
    page = client.get(story.path).content.decode()
    assert f"{photo.token}/c250.0.500.1000-" in page
    assert f"{photo.token}/640.jpg" not in page, "nothing of what the story cut away"
    assert f"{photo.token}/c250.0.500.1000-" in client.get("/en/").content.decode()
    assert f"{photo.token}/1" not in page, "not even in the cards of other sites"
    every_file_is_there(client, page, photo.token)
    with commits():
        client.post(screen, {"do": "save"}, follow=True)
    assert story.attachments.get().crop is None


def test_a_crop_of_a_story_that_is_not_there_is_not_found(client, make):
    client.force_login(make.editor())
    address = reverse("admin:articles_story_crop", args=["0c5e5f5e-0000-4000-8000-000000000000"])
    assert client.get(address).status_code == 404


def test_changed_crops_make_new_addresses(make, commits):
    photo = make.photo()
    old = photo.token
    with commits():
        pixels.frame(photo, by=None, focal=(0.5, 0.5), crops={"original": [0, 0, 800, 800]})
    tasks.finish_photo.func(photo.pk)
    photo.refresh_from_db()
    assert photo.token != old
    assert set(photo.formats) >= {"jpeg", "jpeg c0.0.800.800", "webp c0.0.800.800"}


# -- The proof, and the original handed out


def test_the_proof_reads_every_rendition_again(client, make, photo_editor):
    photo = make.photo(credit="Yusuf Tell")
    page = read(client, "proof", photo)
    assert "proven clean" in page
    assert "320.jpg" in page
    assert "Yusuf Tell" in page


def test_a_planted_leak_is_told(client, make, photo_editor, own_media):
    photo = make.photo()
    file = own_media / "desk" / photo.token / "320.jpg"
    picture = Image.open(file)
    picture.load()
    picture.save(file, "JPEG", comment=b"taken at home")
    page = read(client, "proof", photo)
    assert "One rendition holds what it may not" in page
    assert "proven clean" not in page


def test_the_original_is_handed_out_with_the_words_of_the_desk(client, make, photo_editor):
    photo = make.photo(headline="Bridge at / noon", credit="Tell", creator="Yusuf Tell", city="Marsana")
    answer = client.get(address("download", photo))
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Disposition"] == 'attachment; filename="Bridge_at_-_noon.jpg"'
    facts, _kept = metadata.read(BytesIO(answer.content))
    assert (facts.creator, facts.city, facts.caption) == ("Yusuf Tell", "Marsana", "The bridge at noon.")
    line = AuditLine.objects.about(photo).first()
    assert (line.kind, line.by) == ("hand_out", photo_editor)


def test_a_hidden_source_is_in_no_file_that_leaves_the_house(client, make, photo_editor):
    photo = make.photo(creator="Salma Noor", city="Harmadan")
    photos.describe(photo, by=photo_editor, hide_source=True)
    answer = client.get(address("download", photo))
    assert b"Salma Noor" not in answer.content
    assert "DSC" not in answer["Content-Disposition"]
    assert metadata.read(BytesIO(answer.content))[0].city == ""


def test_an_original_that_is_lost_is_said(client, make, photo_editor, own_media):
    photo = make.photo()
    (own_media / "originals" / photo.original.name).unlink()
    assert "The original is not where it was." in client.get(address("download", photo), follow=True).content.decode()


# -- Readers


@pytest.mark.parametrize(("language", "words"), [("en", "Made with AI"), ("ar", "بالذكاء الاصطناعي")])
def test_a_picture_made_with_ai_says_so(client, make, commits, language, words):
    kind = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
    with commits():
        story = make.live_story(language=language, pictures=[make.photo(language=language, digital_source_type=kind)])
    month = story.live_edition.first_published_at.strftime(f"/{language}/section/{story.section.slug}/%Y/%m/")
    for one in (story.path, f"/text{story.path}", f"/{language}/", month, f"/{language}/feed.xml"):
        assert words in client.get(one).content.decode(), one
    with commits():
        photos.describe(Photo.objects.get(), by=None, digital_source_type="")
    assert words not in client.get(story.path).content.decode()
