"""The sample's pictures: every scene by name, drawn afresh from its own fixed seed.

Drawn and not photographed, so that they belong to the project, and the same on every machine.
"""

from io import BytesIO
from zlib import crc32

from PIL import Image

from .brush import Picture
from .scenes import SCENES


def draw(name: str) -> Image.Image:
    """The scene of a name, as a picture in RGB; KeyError for a name that there is none of."""
    scene, width, height = SCENES[name]
    picture = Picture(width, height, crc32(name.encode()))
    scene(picture)
    return picture.finish()


def jpeg(name: str, words: bytes = b"", quality: int = 90) -> bytes:
    """The scene of a name as the bytes of a JPEG file; `words` is an XMP packet to write into it."""
    file = BytesIO()
    draw(name).save(file, "JPEG", quality=quality, xmp=words or None)
    return file.getvalue()
