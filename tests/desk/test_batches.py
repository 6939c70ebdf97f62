"""The same words put to many photos at once, and taken back."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.desk import batches, captions, collections, photos
from articles.desk.errors import NotAllowed, Refused
from articles.models import AuditLine, Batch, CaptionTemplate, Photo


def same(values):
    return lambda photo, number: values


def test_ticked_fields_are_filled_and_the_others_stay(make):
    found = [make.photo(city="Marsana", country="") for _ in range(3)]
    batch = batches.apply(found, same({"country": "Levantia", "caption:en": "At the bridge."}), by=make.photo_editor())
    for photo in Photo.objects.all():
        assert (photo.city, photo.country) == ("Marsana", "Levantia")
        assert photo.caption_in("en").text == "At the bridge."
        assert photo.caption_in("en").alt  # it had one, and keeps it
    assert len(batch.changes) == 3
    assert AuditLine.objects.filter(kind="batch").count() == 1


def test_each_photo_gets_its_own_words(make):
    found = [make.photo(headline=f"Number {place}") for place in (1, 2)]
    batches.apply(found, lambda photo, number: {"caption:ar": f"{photo.headline}، صورة {number}"}, by=None)
    assert [photo.caption_in("ar").text for photo in found] == ["Number 1، صورة 1", "Number 2، صورة 2"]


def test_a_batch_is_undone_whole(make):
    editor, until = make.photo_editor(), timezone.now() + timedelta(days=3)
    found = [make.photo(city="Marsana", keywords=["bridge"], usable_until=until), make.photo(caption="", alt="")]
    values = {"city": "Tell", "keywords": ["river"], "usable_until": None, "caption:en": "New.", "decorative:en": True}
    batch = batches.apply(found, same(values), by=editor)
    assert batches.undo(batch, by=editor) == []
    first, second = Photo.objects.order_by("pk")
    assert (first.city, first.keywords, first.usable_until) == ("Marsana", ["bridge"], until)
    assert (second.city, second.caption_in("en").text, second.caption_in("en").decorative) == ("", "", False)
    with pytest.raises(NotAllowed, match="undone already"):
        batches.undo(batch, by=editor)


def test_what_was_changed_again_since_is_left_alone_by_the_undo(make):
    editor, photo, other = make.photo_editor(), make.photo(city="Marsana"), make.photo(city="Marsana")
    batch = batches.apply([photo, other], same({"city": "Tell"}), by=editor)
    photos.describe(photo, by=None, city="Somewhere else")
    [sentence] = batches.undo(batch, by=editor)
    assert "changed again" in sentence
    assert list(Photo.objects.order_by("pk").values_list("city", flat=True)) == ["Somewhere else", "Marsana"]


def test_one_photo_that_cannot_take_it_keeps_all_as_they_were(make):
    found = [make.photo(city="Marsana"), make.photo(city="Marsana")]
    for values in ({"city": "x" * 201}, {"alt:en": "x" * 251}, {"size": 3}, {"caption:xx": "Words"}):
        with pytest.raises(Refused):
            batches.apply(found, lambda photo, number, values=values: values if number == 2 else {"city": "T"}, by=None)
        assert set(Photo.objects.values_list("city", flat=True)) == {"Marsana"}
    assert not Batch.objects.exists()


def test_an_alt_text_typed_for_a_decorative_picture_ends_that(make):
    photo = make.photo()
    captions.caption(photo, "en", by=None, text="", alt="", decorative=True)
    batches.apply([photo], same({"alt:en": "A bridge"}), by=None)
    row = Photo.objects.get().caption_in("en")
    assert (row.alt, row.decorative) == ("A bridge", False)


def test_who_may_not_caption_changes_no_batch(make):
    with pytest.raises(NotAllowed):
        batches.apply([make.photo()], same({"city": "Tell"}), by=make.reporter())
    with pytest.raises(Refused, match="No picture"):
        batches.apply([], same({}), by=None)


def test_a_template_of_the_same_name_is_overwritten(make):
    batches.save_template(" Bridge ", {"city": "Tell", "nothing": "x"}, by=None)
    batches.save_template("Bridge", {"caption:en": "In {city}."}, by=None)
    assert CaptionTemplate.objects.get().fields == {"caption:en": "In {city}."}
    with pytest.raises(Refused, match="a name"):
        batches.save_template(" ", {}, by=None)


def test_a_collection_holds_a_photo_once_and_in_order(make):
    first, second, third = make.photo(), make.photo(), make.photo()
    held = collections.make("The bridge", by=make.photo_editor())
    assert collections.make(" The bridge ", by=None) == held
    assert collections.put_in(held, [second, first], by=None) == 2
    assert collections.put_in(held, [first, third], by=None) == 1
    assert [row.photo for row in held.rows.all()] == [second, first, third]
    assert collections.take_out(held, [first], by=None) == 1
    assert [row.photo for row in held.rows.all()] == [second, third]


def test_a_photo_is_picked_or_rejected_or_neither(make):
    photo = make.photo()
    for rating in (1, -1, 0):
        collections.rate(photo, rating, by=make.photo_editor())
        assert Photo.objects.get().rating == rating
    with pytest.raises(Refused):
        collections.rate(photo, 5, by=None)
    with pytest.raises(NotAllowed):
        collections.rate(photo, 1, by=make.reporter())


@pytest.mark.parametrize("undone", [False, True])
def test_what_a_batch_asks_for_a_picture_is_little_and_the_rest_does_not_grow(make, undone):
    few, many = ([make.photo(city="", width=60, height=40) for _each in range(count)] for count in (2, 12))
    values = {"city": "Tell", "caption:en": "At the bridge.", "caption:ar": "عند الجسر.", "alt:ar": "جسر"}
    asked = []
    for found in (few, many):
        with CaptureQueriesContext(connection) as counted:
            batch = batches.apply(found, same(values), by=None)
        if undone:
            with CaptureQueriesContext(connection) as counted:
                assert batches.undo(batch, by=None) == []
        asked.append(len(counted))
    each = (asked[1] - asked[0]) / 10
    # Of a caption: the version before, the new one, what it is found by, the photo. Of facts: the last two.
    assert each <= 4 + 4 + 2
    assert asked[0] - 2 * each <= 16


def test_a_caption_put_to_many_costs_four_queries_a_picture(make):
    few, many = ([make.photo(width=60, height=40) for _each in range(count)] for count in (2, 12))
    asked = []
    for found in (few, many):
        with CaptureQueriesContext(connection) as counted:
            batches.apply(found, same({"caption:en": "At the bridge."}), by=None)
        asked.append(len(counted))
    assert asked[1] - asked[0] == 10 * 4


def test_a_picture_is_found_by_what_a_batch_gave_it_and_no_longer_by_what_it_had(make):
    photo = make.photo(caption="Before noon.")
    batches.apply([photo], same({"caption:en": "At dusk.", "caption:ar": "عند الغروب.", "city": "Tell"}), by=None)
    told = Photo.objects.get().words.told.split()
    assert {"dusk", "tell"} <= set(told)
    assert "noon" not in told
    assert [row.version for row in Photo.objects.get().captions.filter(language="en")] == [2, 1]


def test_a_picture_deleted_a_moment_ago_is_passed_over(make):
    photo, gone = make.photo(), make.photo()
    photos.delete(Photo.objects.get(pk=gone.pk), by=None)
    batch = batches.apply([gone, photo], same({"city": "Tell"}), by=None)
    assert list(batch.changes) == [str(photo.uuid)]
