"""Lists within a sentence: words one after the other, parted as the language of the screen parts them."""

from collections.abc import Iterable

from django.utils.translation import pgettext


def listed(words: Iterable[object]) -> str:
    """`words` in a row as the active language parts them: “en, ar”; in Arabic “en، ar”. Empty if there are none."""
    return pgettext("between words of a list", ", ").join(map(str, words))
