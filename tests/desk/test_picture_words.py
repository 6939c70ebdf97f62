"""Words typed for a picture in a story: what the library lacks becomes its own, the rest stays the story's."""

import pytest

from articles.desk import attachments
from articles.desk.errors import Refused


def library(photo, language="en"):
    row = photo.captions.filter(language=language, is_current=True).first()
    return (row.text, row.alt) if row else None


def test_the_first_words_for_a_picture_become_the_librarys(make):
    photo = make.photo(caption="", alt="")
    own = attachments.put_words(photo, "en", by=make.reporter(), text="At dawn.", alt="A bridge")
    assert own == {"caption": "", "alt": ""}
    assert library(photo) == ("At dawn.", "A bridge")


def test_other_words_than_the_librarys_stay_the_storys_own(make):
    photo = make.photo(caption="At noon.", alt="A bridge")
    own = attachments.put_words(photo, "en", by=make.reporter(), text="At noon on Friday.", alt="A bridge")
    assert own == {"caption": "At noon on Friday.", "alt": ""}
    assert library(photo) == ("At noon.", "A bridge")


def test_an_alt_text_the_library_lacks_becomes_the_librarys_beside_its_caption(make):
    photo = make.photo(caption="At noon.", alt="")
    own = attachments.put_words(photo, "en", by=make.reporter(), text="At noon on Friday.", alt="A bridge")
    assert own == {"caption": "At noon on Friday.", "alt": ""}
    assert library(photo) == ("At noon.", "A bridge")


def test_each_language_has_its_own_words(make):
    photo = make.photo(caption="At noon.", alt="A bridge")
    attachments.put_words(photo, "ar", by=make.editor(), text="عند الظهر.", alt="جسر")
    assert library(photo, "ar") == ("عند الظهر.", "جسر")
    assert library(photo) == ("At noon.", "A bridge")


def test_words_left_alone_are_not_named(make):
    photo = make.photo(caption="At noon.", alt="A bridge")
    assert attachments.put_words(photo, "en", by=None, alt="A stone bridge") == {"alt": "A stone bridge"}
    assert attachments.put_words(photo, "en", by=None) == {}


def test_who_may_not_caption_keeps_words_in_the_story(make):
    photo = make.photo(caption="", alt="")
    own = attachments.put_words(photo, "en", by=make.person(role=""), text="At dawn.", decorative=True)
    assert own == {"caption": "At dawn.", "decorative": True}
    assert library(photo) is None


def test_an_alt_text_that_is_too_long_is_refused_with_its_length(make):
    with pytest.raises(Refused, match="251"):
        attachments.put_words(make.photo(alt=""), "en", by=None, alt="x" * 251)
