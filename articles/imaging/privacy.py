"""What may be written into a picture that is served, and the proof that nothing else is in it.

The allow-list: the pixels, our own sRGB profile, the credit line, the copyright notice, and the creator where the
desk permits it.
"""

import struct

from articles.imaging import iim, xmp
from articles.imaging.leaks import JPEG_EXIF, leaks
from articles.imaging.text import clean

__all__ = ["leaks", "stamp"]

# Longest values in bytes. IIM's are the standard's; XMP and EXIF have none, so these only keep a page's pictures light.
LONGEST = 2000
IIM_CREATOR, IIM_CREDIT, IIM_COPYRIGHT = (80, 32), (110, 32), (116, 128)
EXIF_COPYRIGHT = 33432


def stamp(format: str, *, credit: str, copyright: str, creator: str = "") -> dict[str, bytes]:
    """The words a rendition of this format carries, as the arguments of Pillow's save(): exif, xmp, and for JPEG extra.

    Takes "jpeg", "webp" or "avif". An empty word is not written at all.
    """
    credit, copyright, creator = (iim.cut(clean(word), LONGEST).decode() for word in (credit, copyright, creator))
    written = {}
    if copyright:
        # Text beyond ASCII only survives as bytes. JPEG wants the mark that WebP and AVIF know to leave out.
        written["exif"] = JPEG_EXIF + _exif(copyright.encode())
    if credit or copyright or creator:
        written["xmp"] = xmp.write(credit=credit, rights=copyright, creator=creator)
        if format == "jpeg":
            words = ((IIM_CREATOR, creator), (IIM_CREDIT, credit), (IIM_COPYRIGHT, copyright))
            block = iim.encode((number, longest, word) for (number, longest), word in words if word)
            written["extra"] = iim.jpeg_segment(block)
    return written


def _exif(copyright: bytes) -> bytes:
    """The smallest EXIF block (TIFF 6.0, section 2): one directory with one entry, the copyright notice."""
    value = copyright + b"\0"
    place = value.ljust(4, b"\0") if len(value) <= 4 else struct.pack(">I", 26)
    block = b"MM\0*" + struct.pack(">IHHHI", 8, 1, EXIF_COPYRIGHT, 2, len(value)) + place + bytes(4)
    return block if len(value) <= 4 else block + value
