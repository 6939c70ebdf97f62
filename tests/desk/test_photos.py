"""What may be done with photos and their captions."""

import io

import pytest
from PIL import Image

from articles.desk import attachments, captions, photos, stories
from articles.desk.errors import NotAllowed, Refused
from articles.imaging.intake import Refused as PictureRefused
from articles.models import Caption, Photo


def test_taking_a_picture_keeps_its_original_and_makes_its_jpegs(make, own_media):
    photo = photos.take(make.picture_file(1000, 700), name="DSC_1.JPG", by=make.photo_editor())
    assert (photo.width, photo.height, photo.format) == (1000, 700, "jpeg")
    assert (own_media / "originals" / photo.original.name).is_file()
    assert photo.formats == {"jpeg": [320, 640, 960], "card": [1000]}
    assert (own_media / "desk" / photo.token / "640.jpg").is_file()


def test_the_same_file_again_is_the_same_photo(make):
    file = make.picture_file()
    first = photos.take(file, name="one.jpg", by=None)
    file.seek(0)
    assert photos.take(file, name="two.jpg", by=None) == first
    assert Photo.objects.count() == 1


def test_neither_name_nor_digest_of_the_file_is_in_an_address(make):
    photo = make.photo()
    stored = photo.original.name + "".join(photo.token)
    assert photo.original_name.split(".")[0] not in stored
    assert photo.digest[:16] not in stored


def test_the_words_in_the_file_become_facts_and_caption(make):
    picture = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "Boats brought round to the old harbour"
    exif[0x8298] = "Yusuf Tell"
    Image.new("RGB", (400, 300), "#123456").save(picture, "JPEG", exif=exif)
    picture.seek(0)
    photo = photos.take(picture, name="boats.jpg", by=None)
    assert photo.copyright == "Yusuf Tell"
    assert photo.caption_in("en").text == "Boats brought round to the old harbour"


def test_a_file_that_is_no_picture_is_refused_by_its_name(make, own_media):
    with pytest.raises(PictureRefused, match=r"invoice\.pdf"):
        photos.take(io.BytesIO(b"%PDF-1.7"), name="invoice.pdf", by=None)
    assert not Photo.objects.exists()
    assert not [path for path in own_media.rglob("*") if path.is_file()]


def test_each_caption_is_a_new_version_and_the_newest_counts(make):
    photo = make.photo(caption="First", alt="Alt")
    captions.caption(photo, "en", by=None, text="Second", alt="Alt")
    assert Photo.objects.get().caption_in("en").text == "Second"
    assert list(photo.captions.values_list("version", "text")) == [(2, "Second"), (1, "First")]
    captions.caption(photo, "en", by=None, text="Second", alt="Alt")
    assert Caption.objects.count() == 2


def test_an_alt_text_beyond_the_limit_is_refused_with_both_numbers(make):
    photo = make.photo()
    with pytest.raises(Refused, match="251 characters; at most 250"):
        captions.caption(photo, "en", by=None, text="A", alt="a" * 251)


def test_a_storys_own_words_stand_over_the_librarys(make):
    photo = make.photo(caption="Library", alt="Library alt")
    story = make.story()
    attachments.attach(story, photo, by=None, caption="Here")
    words = story.attachments.get().shown_words("en")
    assert (words.caption, words.alt) == ("Here", "Library alt")


def test_the_first_picture_attached_leads_and_the_next_stands_in_the_text(make):
    story = make.story()
    roles = [attachments.attach(story, make.photo(), by=None).role for _place in range(3)]
    assert roles == ["lead", "text", "text"]


def test_two_leads_are_refused(make):
    story = make.story()
    rows = [{"photo": make.photo(), "role": "lead"} for _place in range(2)]
    with pytest.raises(Refused, match="lead picture"):
        stories.save(story, by=None, attachments=rows)
    assert not story.attachments.exists()


def test_roles_decide_who_uploads_describes_and_captions(make):
    reporter, staff = make.reporter(), make.photo_editor()
    photo = photos.take(make.picture_file(), name="one.jpg", by=reporter)
    with pytest.raises(NotAllowed):
        photos.describe(photo, by=reporter, credit="Me")
    photos.describe(photo, by=staff, credit="Lina")
    captions.caption(photo, "en", by=reporter, text="A line.")
    with pytest.raises(NotAllowed):
        photos.take(make.picture_file(), name="two.jpg", by=make.person(""))
