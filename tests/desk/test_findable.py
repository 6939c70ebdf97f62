"""What a photo is found by is true after every verb, whichever door it came through."""

from datetime import timedelta

from django.utils import timezone

from articles.desk import batches, captions, cells, findable, photos, pixels
from articles.desk.photos import FACTS, SOURCE
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
