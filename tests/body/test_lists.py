"""Lists within a sentence: each language has its own comma."""

import pytest
from django.utils.translation import override

from articles.body.lists import listed


@pytest.mark.parametrize(("language", "said"), [("en", "news, opinion"), ("ar", "news، opinion")])
def test_words_of_a_list_are_parted_by_the_comma_of_the_language(language, said):
    with override(language):
        assert listed(["news", "opinion"]) == said


def test_a_list_of_nothing_is_empty():
    assert listed([]) == ""
