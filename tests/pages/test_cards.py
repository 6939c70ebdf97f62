"""Cards: what a list says of a story."""

import pytest
from django.utils.translation import override

from articles.pages.cards import WORDS_A_MINUTE, minutes
from articles.pages.frame import frame


@pytest.mark.parametrize(
    ("language", "number", "said"),
    [
        ("en", 0, "1 minute"),
        ("en", 7, "7 minutes"),
        ("ar", 1, "دقيقة واحدة"),
        ("ar", 2, "دقيقتان"),
        ("ar", 7, "٧ دقائق"),
        ("ar", 12, "١٢ دقيقة"),
    ],
)
def test_reading_time_is_said_in_the_plural_of_the_language_and_the_digits_of_the_outlet(make, language, number, said):
    make.publication(arabic_digits="arab")
    with override(language):
        assert minutes(number * WORDS_A_MINUTE, frame(language)) == said
