"""What a photo is found by is true after every verb, whichever door it came through."""

import threading
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from articles.desk import batches, captions, cells, findable, photos, pixels
from articles.desk.changing import changing
from articles.desk.photos import FACTS, SOURCE
from articles.management.commands import reindex
from articles.models import Photo, PhotoStatus, PhotoWords


def is_true(photo):
    """Whether what is kept of `photo` is what its facts and captions say now."""
    photo = Photo.objects.get(pk=photo.pk)
    rows = list(photo.captions.filter(is_current=True))
    kept = PhotoWords.objects.get(photo=photo)
    return (photo.has_caption, photo.has_alt) == findable.has_words(rows) and (
        kept.told,
        kept.kept,
    ) == findable.words_of(photo, rows)


def test_it_is_true_after_every_verb(make):
    editor = make.editor()
    photo = make.photo(caption="", alt="", by=editor)
    assert is_true(photo)
    assert (photo.has_caption, photo.has_alt) == (False, False)
    captions.caption(photo, "en", by=editor, text="A bridge.", decorative=True)
    assert is_true(photo)
    assert (photo.has_caption, photo.has_alt) == (True, True)
    photos.describe(photo, by=editor, city="Marsana", keywords=["stone", "river"])
    assert is_true(photo)
    cells.put(photo, "caption:en", "A bridge at noon.", was="A bridge.", by=editor)
    cells.put(photo, "caption:en", "A bridge at noon, in rain.", was="A bridge at noon.", by=editor)
    cells.put(photo, "headline", "Rain", was="", by=editor)
    assert is_true(photo)
    batch = batches.apply(
        [photo], lambda _photo, _number: {"credit": "Leila", "caption:ar": "جسر", "caption:en": ""}, by=editor
    )
    assert is_true(photo)
    batches.undo(batch, by=editor)
    assert is_true(photo)
    photos.describe(photo, by=editor, hide_source=True)
    assert is_true(photo)
    assert "marsana" not in PhotoWords.objects.get(photo=photo).told
    pixels.replace(photo, make.picture_file(300, 200), name="other.jpg", by=editor)
    assert is_true(photo)
    captions.caption(photo, "en", by=editor, text="")
    captions.caption(photo, "ar", by=editor, text="")
    assert is_true(photo)
    assert not Photo.objects.get(pk=photo.pk).has_caption


def test_every_fact_in_words_is_searched_and_the_telling_ones_are_those_of_the_source():
    assert set(findable.TELLING) - {"original_name"} == SOURCE - {"hide_source"}
    words = {name for name in FACTS if Photo._meta.get_field(name).get_internal_type() in ("CharField", "TextField")}
    chosen = {name for name in words if Photo._meta.get_field(name).choices}
    assert words - chosen - {"digital_source_type"} <= {*findable.OPEN, *findable.TELLING}


def test_what_is_found_by_goes_with_the_photo(make):
    photo = make.photo()
    photos.delete(photo, by=None)
    assert not PhotoWords.objects.exists()


def test_reindexing_works_out_anew_what_every_picture_is_found_by(make, monkeypatch):
    monkeypatch.setattr(findable, "BATCH", 2)
    monkeypatch.setattr(reindex, "EVERY", 0)
    keeper = make.photo_editor()
    for number in range(5):
        make.photo(headline=f"Ferries {number}", caption="Gates.", creator="Lina Aboud")
    hidden = Photo.objects.first()
    photos.describe(hidden, by=keeper, hide_source=True)
    right = list(PhotoWords.objects.order_by("pk").values_list("pk", "told", "kept"))
    PhotoWords.objects.update(told=" ferries ", kept="")
    PhotoWords.objects.filter(photo=hidden).delete()
    said = StringIO()
    call_command("reindex", stdout=said)
    assert list(PhotoWords.objects.order_by("pk").values_list("pk", "told", "kept")) == right
    assert said.getvalue().splitlines() == [
        "2 of 5 stories and pictures are indexed.",
        "4 of 5 stories and pictures are indexed.",
        "5 of 5 stories and pictures are indexed.",
        "5 stories and pictures are indexed.",
    ]


@pytest.mark.django_db(transaction=True)
def test_reindexing_the_pictures_waits_for_nobody_but_the_picture_it_is_at(transactional_db, make):
    if connection.vendor != "postgresql":
        return  # SQLite has one writer at a time, whoever it is
    held, other = make.photo(headline="Gates"), make.photo(headline="Locks")
    PhotoWords.objects.update(told="")
    done = threading.Event()

    def again():
        try:
            for _batch in findable.keep_anew():
                pass
            done.set()
        finally:
            connection.close()

    thread = threading.Thread(target=again)
    with changing(held, "describe", by=None):
        thread.start()
        photos.describe(other, by=None, headline="Sluices")
        held.headline = "Weirs"
        findable.keep_findable(held)
    thread.join(20)
    assert done.is_set()
    assert is_true(held)
    assert is_true(other)


def test_a_caption_that_came_in_the_file_is_found_and_an_embargo_holds_from_the_first_moment(make):
    description = (
        '<dc:description><rdf:Alt><rdf:li xml:lang="x-default">Ferries at dawn</rdf:li></rdf:Alt></dc:description>'
    )
    xmp = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/">{description}</rdf:Description></rdf:RDF></x:xmpmeta>'
    )
    file = make.picture_file(xmp=xmp.encode())
    photos.take(file, name="dawn.jpg", by=None, usable_from=timezone.now() + timedelta(days=1))
    photo = Photo.objects.get()
    assert (photo.has_caption, photo.status) == (True, PhotoStatus.EMBARGOED)
    assert " ferries " in photo.words.told
    assert is_true(photo)
