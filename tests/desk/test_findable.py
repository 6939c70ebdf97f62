"""What a photo is found by is true after every verb, whichever door it came through."""

from articles.desk import batches, captions, cells, findable, photos, pixels
from articles.desk.photos import FACTS, SOURCE
from articles.models import Caption, Photo, PhotoWords


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


def test_a_caption_in_the_file_counts_from_the_first_moment(make):
    photo = make.photo(caption="", alt="")
    assert not photo.has_caption
    assert Caption.objects.count() == 0
    assert "jpg" in PhotoWords.objects.get(photo=photo).told


def test_every_fact_in_words_is_searched_and_the_telling_ones_are_those_of_the_source():
    assert set(findable.TELLING) - {"original_name"} == SOURCE - {"hide_source"}
    words = {name for name in FACTS if Photo._meta.get_field(name).get_internal_type() in ("CharField", "TextField")}
    chosen = {name for name in words if Photo._meta.get_field(name).choices}
    assert words - chosen - {"digital_source_type"} <= {*findable.OPEN, *findable.TELLING}


def test_what_is_found_by_goes_with_the_photo(make):
    photo = make.photo()
    photos.delete(photo, by=None)
    assert not PhotoWords.objects.exists()
