"""An old picture passed off as new: the desk is warned, with the older one beside it, and nothing is refused."""

from uuid import uuid4

import pytest
from django.urls import reverse
from PIL import Image

from articles.admin import likenesses as telling
from articles.desk import captions, photos, pixels
from articles.models import Photo, Publication, likenesses
from tests.imaging import pictures

BEGIN = "/admin/articles/photo/uploads/"


def taken(picture, name="old.jpg", *, by=None, quality=90, **facts):
    return photos.take(pictures.saved(picture, "JPEG", quality=quality), name=name, by=by, **facts)


def found(photo):
    return [(one.photo.original_name, one.is_mirrored) for one in likenesses.earlier(photo)]


@pytest.mark.parametrize(
    ("change", "is_mirrored"),
    [
        (lambda scene: scene.resize((240, 160)), False),
        (lambda scene: scene.crop((6, 4, 474, 316)), False),
        (lambda scene: scene.convert("L").convert("RGB"), False),
        (lambda scene: scene.transpose(Image.Transpose.FLIP_LEFT_RIGHT), True),
    ],
    ids=["smaller", "cropped a little", "without its colours", "mirrored"],
)
def test_an_older_picture_is_found_again_whatever_was_done_to_it(make, change, is_mirrored):
    # Half a scene: a whole one is its own mirror image.
    scene = pictures.scene(seed=2).crop((0, 0, 300, 320)).resize((480, 320))
    taken(scene)
    taken(pictures.scene(seed=5), "another.jpg")
    assert found(taken(change(scene), "new.jpg", quality=60)) == [("old.jpg", is_mirrored)]


def test_only_what_was_here_before_is_older(make):
    old = taken(pictures.scene())
    new = taken(pictures.scene(), "new.jpg", quality=60)
    assert found(old) == []
    assert found(new) == [("old.jpg", False)]


def test_a_replaced_picture_is_asked_about_its_new_pixels(make):
    photo = taken(pictures.scene(seed=5), "mine.jpg")
    taken(pictures.scene(seed=2), "theirs.jpg")
    assert found(photo) == []
    file = pictures.saved(pictures.scene(seed=2), "JPEG", quality=60)
    pixels.replace(photo, file, name="other.jpg", by=make.photo_editor())
    assert found(Photo.objects.get(pk=photo.pk)) == [("theirs.jpg", False)]


def test_a_withdrawn_picture_is_told_of_all_the_more(make):
    old = taken(pictures.scene())
    photos.withdraw(old, by=make.photo_editor(), reason="Its owner asked")
    assert found(taken(pictures.scene(), quality=60)) == [("old.jpg", False)]


def test_pictures_without_texture_warn_of_a_few_by_their_colour(make):
    for number in range(6):
        taken(Image.new("RGB", (90 + number, 60), (40, 90, 200)), f"blue {number}.jpg")
    taken(Image.new("RGB", (90, 60), (200, 40, 40)), "red.jpg")
    names = [name for name, _mirrored in found(taken(Image.new("RGB", (300, 200), (42, 88, 200)), "wall.jpg"))]
    assert names == ["blue 0.jpg", "blue 1.jpg", "blue 2.jpg"]


def test_the_nearest_come_first(make):
    scene = pictures.scene(seed=2).crop((0, 0, 300, 320)).resize((480, 320))
    taken(scene.crop((0, 12, 468, 320)).resize((480, 320)), "near.jpg")
    taken(scene, "same.jpg")
    assert found(taken(scene, "new.jpg", quality=60))[0] == ("same.jpg", False)


def test_the_question_costs_the_same_in_a_large_library(make, django_assert_num_queries):
    new = taken(pictures.scene())
    rows = []
    for number in range(500):
        row = Photo(digest=f"{number:064}", format="jpeg", size=1, width=1, height=1, colour="#808080")
        row.put_fingerprint(f"{number * 0x9E3779B97F4A7C15 % 2**64:016x}")
        rows.append(row)
    Photo.objects.bulk_create(rows)
    new.created_at = Photo.objects.latest("created_at").created_at
    with django_assert_num_queries(3):
        assert likenesses.earlier(new) == []


# -- What the desk is told


@pytest.fixture
def old(make):
    """A picture with a caption and a day, in two live stories and a draft."""
    keeper = make.photo_editor()
    photo = taken(pictures.scene(), "salma_harmadan.jpg", by=keeper, headline="The ferry bridge", taken_at="2024-03-14")
    captions.caption(photo, "en", by=keeper, text="The bridge before the flood.", alt="A bridge")
    for headline in ("The bridge closes", "The bridge opens"):
        make.live_story(headline, pictures=[photo])
    make.story("The bridge again", pictures=[photo])
    return photo


def sent(client, content, name="new.jpg"):
    begun = {"upload": str(uuid4()), "name": name, "size": len(content)}
    address = f"{BEGIN}{begun['upload']}/"
    client.post(BEGIN, begun, content_type="application/json")
    piece = {"content_type": "application/octet-stream", "headers": {"Upload-Offset": "0"}}
    client.post(f"{address}piece/", content, **piece)
    return client.post(f"{address}finish/", {}, content_type="application/json").json()


def test_an_upload_is_told_of_the_older_one_and_is_in_all_the_same(client, make, old):
    client.force_login(make.photo_editor())
    answer = sent(client, pictures.saved(pictures.scene(), "JPEG", quality=60).getvalue())
    assert Photo.objects.count() == 2
    for words in ("older picture: 14 March 2024, in 3 stories", "The ferry bridge", "The bridge before the flood."):
        assert words in answer["older"]
    for headline in ("The bridge closes", "The bridge opens", "The bridge again"):
        assert headline in answer["older"]
    assert reverse("admin:articles_photo_change", args=[old.pk]) in answer["older"]


def test_what_is_like_nothing_and_what_is_here_already_warn_of_nothing(client, make, old):
    client.force_login(make.photo_editor())
    assert sent(client, pictures.saved(pictures.scene(seed=5), "JPEG").getvalue())["older"] == ""
    with old.original.open() as same:
        answer = sent(client, same.read())
    assert (answer["older"], "in the library already" in answer["known"]) == ("", True)


def test_a_form_without_script_says_it_too(client, make, old):
    client.force_login(make.photo_editor())
    file = pictures.saved(pictures.scene(), "JPEG", quality=60)
    file.name = "new.jpg"
    page = client.post(reverse("admin:articles_photo_upload"), {"camera": file}, follow=True).content.decode()
    assert "Looks like an older picture: 14 March 2024, in 3 stories." in page


def test_the_pictures_page_shows_the_older_one(client, make, old):
    client.force_login(make.photo_editor())
    new = taken(pictures.scene(), "new.jpg", quality=60)
    page = client.get(reverse("admin:articles_photo_change", args=[new.pk])).content.decode()
    assert "Looks like an older picture: 14 March 2024, in 3 stories" in page
    page = client.get(reverse("admin:articles_photo_change", args=[old.pk])).content.decode()
    assert "Looks like" not in page


def test_an_older_picture_with_a_hidden_source_tells_nothing_of_it(make, old):
    photos.describe(old, by=old.uploaded_by, hide_source=True, headline="")
    new = taken(pictures.scene(), "new.jpg", quality=60)
    publication = Publication.objects.current()
    for person, knows in ((make.photo_editor(), False), (None, False), (old.uploaded_by, True)):
        (one,) = telling.told(new, person, publication)
        page = telling.html(new, person, publication) if person else one.sentence
        assert ("14 March 2024" in page, "salma_harmadan" in page) == (knows, False)
        assert "in 3 stories" in page


def test_who_may_not_see_stories_is_told_of_none(make, old):
    new = taken(pictures.scene(), "new.jpg", quality=60)
    (one,) = telling.told(new, make.person(""), Publication.objects.current())
    assert (one.stories, one.heading) == ([], "Looks like an older picture: 14 March 2024")


def test_a_headline_cannot_break_out_of_a_warning(client, make, old):
    captions.caption(old, "en", by=None, text="<b>bold</b>", alt="A bridge")
    client.force_login(make.photo_editor())
    answer = sent(client, pictures.saved(pictures.scene(), "JPEG", quality=60).getvalue(), "<script>.jpg")
    assert "<b>bold" not in answer["older"]
    assert "<script>" not in answer["older"]
