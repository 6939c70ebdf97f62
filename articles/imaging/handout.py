"""A picture handed out by the desk: the original's own pixels, with the words as they were edited written in.

- JPEG, PNG and WebP are rewritten around their compressed picture; a TIFF gets a new first directory. The pixels are
  the original's to the bit, and so is everything the file says that is none of our fields, but: pictures and previews
  hung on behind the first one, an extended XMP packet, Photoshop's and Windows' second copies of our fields, and signed
  content credentials, which no longer hold for a file that was changed. The private original keeps them all.
- AVIF, HEIC and GIF, and files too odd to be followed, are handed out made anew, upright and in sRGB: as PNG where they
  are transparent or a GIF, else as JPEG of quality 95 without subsampling.
- Fields that were emptied are removed. Only EXIF's own moment of taking is left to the camera; XMP counts before it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from django.utils.translation import gettext as _
from PIL import ImageFile

from articles.imaging import chunks, colour, directories, segments
from articles.imaging.formats import format_of, open_picture, read_head
from articles.imaging.intake import NotAPicture, damage_refused
from articles.imaging.metadata import Facts
from articles.imaging.pixels import upright
from articles.imaging.rewriting import Writer
from articles.imaging.segments import Segment
from articles.imaging.stamp import JPEG_EXIF

MIME_TYPES = {"jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp", "tiff": "image/tiff"}
EXTENSIONS = {"jpeg": "jpg", "png": "png", "webp": "webp", "tiff": "tif"}
QUALITY = 95


@dataclass(frozen=True, slots=True)
class Handout:
    """A file to hand out: its bytes and its format; `same_pixels` says whether they are the original's to the bit."""

    data: bytes
    format: str
    same_pixels: bool

    @property
    def extension(self) -> str:
        return EXTENSIONS[self.format]

    @property
    def mime_type(self) -> str:
        return MIME_TYPES[self.format]


def handout(
    original: BinaryIO, facts: Facts, *, captions: Mapping[str, str] | None = None, hide_source: bool = False
) -> Handout:
    """The original with these facts written in, as XMP, IPTC-IIM and EXIF, as far as its format has them.

    `captions` are captions by language ("ar", "en"), beside the facts' own. With `hide_source` nothing of what the
    original says is kept, and only headline, caption, credit and copyright are written: no place, moment, device,
    number or name. The original is left open. Raises Refused if it cannot be read any more.
    """
    format = format_of(read_head(original))
    if format is None:
        raise NotAPicture(_("The original is not a picture any more."))
    if hide_source:
        facts = Facts(headline=facts.headline, caption=facts.caption, credit=facts.credit, copyright=facts.copyright)
    with damage_refused(_("The original"), format):
        picture = open_picture(original, format)
        if format == "png":  # a PNG may keep its words behind its pixels
            picture.load()
        writer = Writer(facts, captions or {}, hide_source, picture)
        rewrite = {"jpeg": writer.jpeg, "png": writer.png, "webp": writer.webp, "tiff": writer.tiff}.get(format)
        if rewrite is not None and not (format == "tiff" and hide_source):
            original.seek(0)
            try:
                return Handout(rewrite(original.read()), format, True)
            except (ValueError, IndexError):  # nothing a reader of pictures minds, but nothing to be rewritten
                picture = open_picture(original, format)
        return _anew(picture, format, writer, hide_source)


def _anew(picture: ImageFile.ImageFile, format: str, writer: Writer, hidden: bool) -> Handout:
    """The picture decoded and written again, upright, with the words rewritten around it as in any other."""
    exif = b"" if hidden or format == "tiff" else _lying_exif(picture)
    pixels, _size = upright(picture, format, lambda size: 1)
    writer.orientation = 1
    pixels.info.clear()
    file = BytesIO()
    if format == "gif" or pixels.mode == "RGBA":
        pixels.save(file, "PNG", icc_profile=colour.SRGB)
        first, *rest = chunks.of_png(file.getvalue())
        made = chunks.png([first, *([(b"eXIf", exif)] if exif else []), *rest])
        return Handout(writer.png(made), "png", False)
    pixels.save(file, "JPEG", quality=QUALITY, subsampling="4:4:4", icc_profile=colour.SRGB, optimize=True)
    made = file.getvalue()
    if 0 < len(exif) < segments.LONGEST - len(JPEG_EXIF):
        made = segments.put_together([Segment(segments.APP1, JPEG_EXIF + exif), *segments.taken_apart(made)])
    return Handout(writer.jpeg(made), "jpeg", False)


def _lying_exif(picture: ImageFile.ImageFile) -> bytes:
    """The EXIF block of a file without its orientation: what is decoded stands upright. b"" if it has none."""
    block = picture.info.get("exif") or b""
    try:
        return directories.changed(block.removeprefix(JPEG_EXIF), {directories.ORIENTATION: None})
    except ValueError:
        return b""
