"""Two scripts in one line: words in the other script than the story's get their own language and direction."""

import re

from django.utils.html import escape
from django.utils.safestring import SafeString

_IN_ARABIC_SCRIPT = {"ar", "ckb", "fa", "ps", "sd", "ug", "ur"}

# A run begins with a letter and ends with a letter or a figure; between its words stand spaces and light punctuation.
# Brackets and quotation marks end it: they belong to the sentence around.
_LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"
_LATIN_RUN = re.compile(
    rf"[{_LATIN}][{_LATIN}0-9\u0300-\u036f]*(?:[ \u00a0,.;:&@/+’'–—_-]{{1,3}}[{_LATIN}0-9][{_LATIN}0-9\u0300-\u036f]*)*"
)
_ARABIC = (
    r"\u0620-\u063f\u0641-\u064a\u066e-\u066f\u0671-\u06d3\u06d5\u06ee-\u06ef\u06fa-\u06ff"
    r"\u0750-\u077f\u08a0-\u08c7\ufb50-\ufbb1\ufbd3-\ufdfb\ufe70-\ufefc"
)
_ARABIC_WORD = rf"{_ARABIC}0-9\u0640\u064b-\u0669\u0670\u06d6-\u06ed\u06f0-\u06f9"
_ARABIC_RUN = re.compile(rf"[{_ARABIC}][{_ARABIC_WORD}]*(?:[ \u00a0،؛,.:/–—-]{{1,3}}[{_ARABIC_WORD}]+)*؟?")

_OTHER = {True: (_LATIN_RUN, "en", "ltr"), False: (_ARABIC_RUN, "ar", "rtl")}


def both_scripts(text: str, language: str) -> SafeString:
    """`text` escaped for HTML; each run in the other script than that of `language` in a `<span lang dir>`.

    Latin words in an Arabic story are marked English, Arabic words in any other story Arabic: the outlet's two
    languages. A story without such words costs one look.
    """
    in_arabic = language.partition("-")[0] in _IN_ARABIC_SCRIPT
    if not in_arabic and text.isascii():
        return escape(text)
    run, other, direction = _OTHER[in_arabic]
    pieces, after = [], 0
    for match in run.finditer(text):
        pieces += (
            escape(text[after : match.start()]),
            f'<span lang="{other}" dir="{direction}">',
            escape(match[0]),
            "</span>",
        )
        after = match.end()
    return SafeString("".join([*pieces, escape(text[after:])])) if pieces else escape(text)
