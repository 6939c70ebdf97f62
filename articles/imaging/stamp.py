"""The words a rendition carries: credit line, copyright notice, creator; by policy, and in each format's own way."""

import struct
from enum import StrEnum

from articles.imaging import iim, xmp
from articles.imaging.text import clean

JPEG_EXIF = b"Exif\0\0"
EXIF_COPYRIGHT = 33432

# Longest values in bytes. IIM's are the standard's; XMP and EXIF have none, so these only keep a page's pictures light.
LONGEST = 2000
IIM_CREATOR, IIM_CREDIT, IIM_COPYRIGHT = (80, 32), (110, 32), (116, 128)


class Policy(StrEnum):
    """Which words travel with a picture that is served."""

    CREDIT = "credit"  # credit line and copyright notice
    CREATOR = "creator"  # these, and who made the picture
    NOTHING = "nothing"  # pixels and nothing else


def permitted(policy: Policy, *, credit: str, copyright: str, creator: str = "") -> dict[str, str]:
    """The words this policy lets travel, cleaned and cut, under the three names; "" where it does not."""
    words = {
        "credit": "" if policy == Policy.NOTHING else credit,
        "copyright": "" if policy == Policy.NOTHING else copyright,
        "creator": creator if policy == Policy.CREATOR else "",
    }
    return {name: iim.cut(clean(word), LONGEST).decode() for name, word in words.items()}


def stamp(
    format: str, *, credit: str, copyright: str, creator: str = "", policy: Policy = Policy.CREDIT
) -> dict[str, bytes]:
    """The words a rendition of this format carries, as the arguments of Pillow's save(): exif, xmp, and for JPEG extra.

    Takes "jpeg", "webp" or "avif". An empty word is not written at all, and the creator only where the policy says so.
    """
    words = permitted(policy, credit=credit, copyright=copyright, creator=creator)
    written = {}
    if words["copyright"]:
        # Text beyond ASCII only survives as bytes. JPEG wants the mark that WebP and AVIF know to leave out.
        written["exif"] = JPEG_EXIF + exif_block(words["copyright"].encode())
    if any(words.values()):
        written["xmp"] = xmp.write(credit=words["credit"], rights=words["copyright"], creator=words["creator"])
        if format == "jpeg":
            fields = (
                (IIM_CREATOR, words["creator"]),
                (IIM_CREDIT, words["credit"]),
                (IIM_COPYRIGHT, words["copyright"]),
            )
            block = iim.encode((number, longest, word) for (number, longest), word in fields if word)
            written["extra"] = iim.jpeg_segment(block)
    return written


def exif_block(copyright: bytes) -> bytes:
    """The smallest EXIF block (TIFF 6.0, section 2): one directory with one entry, the copyright notice."""
    value = copyright + b"\0"
    place = value.ljust(4, b"\0") if len(value) <= 4 else struct.pack(">I", 26)
    block = b"MM\0*" + struct.pack(">IHHHI", 8, 1, EXIF_COPYRIGHT, 2, len(value)) + place + bytes(4)
    return block if len(value) <= 4 else block + value
