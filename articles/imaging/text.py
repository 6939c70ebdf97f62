"""Text as it comes out of other people's files, made fit for a database, for JSON and for XML."""

import re

# Control characters but tab and line feed (NUL first of all: PostgreSQL refuses it), halves of surrogate pairs, and
# the two code points XML forbids.
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """The text without what no database or XML document takes, with plain line ends and no blank edges."""
    return _UNFIT.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
