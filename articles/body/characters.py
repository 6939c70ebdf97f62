"""The characters words may hold: what is let go before anything is stored, compared or shown."""

import re
import unicodedata

# Directional embeddings and overrides (U+202A to U+202E) can make a line read as something it does not say;
# the isolates and marks that mixed Arabic and English need (U+200E, U+200F, U+061C, U+2066 to U+2069) stay.
# Control characters, lone surrogates and non-characters cannot be stored (PostgreSQL) or fed (XML 1.0).
_UNFIT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff]")
_BREAKS = re.compile("\r\n|[\t\n\x0b\x0c\r\x85\u2028\u2029]")


def fit(text: str) -> str:
    """`text` without characters that may not be stored; a line break or a tab becomes a space."""
    if text.isascii() and text.isprintable():
        return text
    return _BREAKS.sub(" ", _UNFIT.sub("", text))


def line_breaks(text: str) -> str:
    """`text` with every way of ending a line (Windows, old Macintosh, Unicode, form feed) made one `\\n`."""
    return re.sub("\r\n|[\x0b\x0c\r\x85\u2028\u2029]", "\n", text)


def clean_text(text: str) -> str:
    """What somebody typed, as it is stored: NFC, lines ended by `\\n`, without characters that may not be stored."""
    return unicodedata.normalize("NFC", _UNFIT.sub("", line_breaks(text)))
