"""Packing: the small forms of a page, which lie beside it for browsers that take them.

gzip always; brotli, an eighth smaller, where the extra `brotli` is installed and nginx has its module.
"""

import gzip
import zlib
from contextlib import suppress

try:
    import brotli
except ImportError:  # the extra is not installed
    brotli = None

ENDINGS = (".br", ".gz")  # of any release, with or without the extra
GZIP_LEVEL = 6  # 9 takes three times as long for one byte in a hundred
BROTLI_QUALITY = 5  # 11 takes thirty times as long for a tenth


def packed(content: bytes) -> dict[str, bytes]:
    """The small forms of `content` that can be made here, by their endings."""
    forms = {".br": brotli.compress(content, mode=brotli.MODE_TEXT, quality=BROTLI_QUALITY)} if brotli else {}
    return forms | {".gz": gzip.compress(content, GZIP_LEVEL, mtime=0)}


def unpacked(ending: str, form: bytes) -> bytes | None:
    """What a small form says; None where it is broken, or cannot be read here."""
    if ending == ".gz":
        with suppress(OSError, EOFError, ValueError, zlib.error):
            return gzip.decompress(form)
    elif brotli:
        with suppress(brotli.error):
            return brotli.decompress(form)
    return None
