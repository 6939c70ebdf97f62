"""What the library takes in: the true type of a file, its size, and whether it is a whole picture at all."""

import hashlib
import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from PIL import Image, ImageFile

from articles.imaging.ending import ends_early
from articles.imaging.fingerprint import fingerprint
from articles.imaging.formats import NAMES, format_of, known_kind, open_picture, read_head
from articles.imaging.pixels import shrunk
from articles.imaging.text import clean

CHUNK = 1 << 20
SMALL = 256  # pixels: the longest side of the copy that colour and fingerprint are taken from
LONGEST_NAME = 80  # characters of a file name that a sentence repeats


class Refused(ValueError):
    """A file the library does not take; its text is the sentence the editor reads."""


class NotAPicture(Refused):
    """The file is something else, or a kind of picture the library does not take."""


class TooManyBytes(Refused):
    """The file is larger than the limit."""


class TooManyPixels(Refused):
    """The picture is larger than the limit, whatever the size of its file."""


class CutOff(Refused):
    """The file ends before its picture does, or is damaged inside."""


@dataclass(frozen=True)
class Limits:
    """The largest file (bytes) and the largest picture (width times height, pixels) the library takes."""

    bytes: int = 60_000_000
    pixels: int = 100_000_000


@dataclass(frozen=True)
class Intake:
    """What is known of a picture once it was taken in.

    `format` is one of the seven ("jpeg", "png", "webp", "avif", "heic", "tiff", "gif"); `width` and `height` are
    pixels as seen, orientation applied; `size` is bytes; `digest` SHA-256 (hexadecimal) of the file; `fingerprint`
    says what the picture looks like (16 hexadecimal digits); `colour` is its average ("#rrggbb").
    """

    format: str
    width: int
    height: int
    size: int
    digest: str
    fingerprint: str
    colour: str
    animated: bool


def inspect(file: BinaryIO, *, name: str, limits: Limits = Limits()) -> Intake:
    """Look at a file that came in, decode it once from beginning to end, and say what it is.

    The name only serves the sentences. Raises Refused (one of its four kinds) for whatever is not a whole picture
    within the limits; nothing is decoded before the header was held against them. The file is left at its beginning.
    """
    name = shown(name)
    file.seek(0, os.SEEK_END)
    size = file.tell()
    hold_size(size, name=name, limits=limits)
    head = read_head(file)
    format = format_of(head)
    if format is None:
        raise NotAPicture(_not_taken(name, known_kind(head)))
    with damage_refused(name, format):
        if ends_early(file, format):
            raise CutOff(_cut_off(name))
        picture = open_picture(file, format)
        _hold_against(limits, name, picture)
        if format == "tiff" and _is_camera_raw(picture):
            raise NotAPicture(_not_taken(name, "raw"))
        animated = format not in ("heic", "tiff") and bool(getattr(picture, "is_animated", False))
        small, (width, height) = shrunk(picture, format, SMALL)
    average = small.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    return Intake(
        format=format,
        width=width,
        height=height,
        size=size,
        digest=_digest(file),
        fingerprint=fingerprint(small),
        colour="#{:02x}{:02x}{:02x}".format(*average),
        animated=animated,
    )


def hold_size(size: int, *, name: str, limits: Limits) -> None:
    """Hold the size of a file, in bytes, against the limit. Raises TooManyBytes."""
    if size > limits.bytes:
        raise TooManyBytes(
            _("“%(name)s” has %(size)s MB; the library takes files of up to %(limit)s MB.")
            % {"name": shown(name), "size": _millions(size), "limit": _millions(limits.bytes)}
        )


@contextmanager
def damage_refused(name: str, format: str) -> Iterator[None]:
    """Whatever a decoder stumbles over inside becomes the sentence that the file is cut off, or damaged."""
    try:
        yield
    except Refused:
        raise
    except Exception as error:  # a hostile file can make a decoder raise nearly anything; none of it is our fault
        if isinstance(error, Image.DecompressionBombError):  # a plugin looked before we could
            raise TooManyPixels(_("“%(name)s” has far more pixels than the library takes.") % {"name": name}) from error
        if isinstance(error, EOFError) or "truncated" in str(error).lower():
            raise CutOff(_cut_off(name)) from error
        raise CutOff(
            _("“%(name)s” is damaged: it cannot be read as %(format)s. Send it again from where it came.")
            % {"name": name, "format": NAMES[format]}
        ) from error


def shown(name: str) -> str:
    """A file's name as a sentence repeats it: without folders and control characters, and not too long."""
    name = clean(name.replace("\\", "/").rsplit("/", 1)[-1]).replace("\n", " ")
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 16]}…{name[-15:]}"


def _hold_against(limits: Limits, name: str, picture: ImageFile.ImageFile) -> None:
    width, height = picture.size
    if width * height > limits.pixels:
        raise TooManyPixels(
            _("“%(name)s” has %(pixels)s megapixels (%(width)s × %(height)s); the library takes up to %(limit)s.")
            % {
                "name": name,
                "pixels": _millions(width * height),
                "width": width,
                "height": height,
                "limit": _millions(limits.pixels),
            }
        )


def _is_camera_raw(picture: ImageFile.ImageFile) -> bool:
    """Whether a TIFF is a raw file, whose first picture is only a preview: DNG, or marked as reduced (NEF, ARW)."""
    try:
        return 50706 in picture.tag_v2 or picture.tag_v2.get(254, 0) & 1 == 1
    except (TypeError, ValueError, KeyError, struct.error):
        return False


def _cut_off(name: str) -> str:
    return _("“%(name)s” is cut off: the file ends before the picture does. Send it again.") % {"name": name}


def _not_taken(name: str, kind: str | None) -> str:
    """The sentence for a file of a known kind the library does not take, or of a kind nobody knows."""
    kinds = {
        "empty": _("“%(name)s” is empty."),
        "PDF": _("“%(name)s” is not a picture: it is a PDF document."),
        "EPS": _("“%(name)s” is not a picture: it is a PostScript document."),
        "SVG": _("“%(name)s” is not a picture: it is an SVG drawing."),
        "HTML": _("“%(name)s” is not a picture: it is a web page."),
        "text": _("“%(name)s” is not a picture: it is text."),
        "ZIP": _("“%(name)s” is not a picture: it is a ZIP archive or an office document."),
        "video": _("“%(name)s” is not a picture: it is a video."),
        "raw": _("“%(name)s” is a camera’s raw file, which the library does not take."),
        "PSD": _("“%(name)s” is a Photoshop file, which the library does not take."),
        "BMP": _("“%(name)s” is a Windows bitmap, which the library does not take."),
        "JPEG 2000": _("“%(name)s” is a JPEG 2000, which the library does not take."),
        "JPEG XL": _("“%(name)s” is a JPEG XL, which the library does not take."),
    }
    sentence = kinds.get(kind, _("“%(name)s” is not a picture.")) % {"name": name}
    taken = list(NAMES.values())
    return (
        sentence
        + " "
        + _("The library takes %(formats)s and %(last)s.")
        % {
            "formats": pgettext("between words of a list", ", ").join(taken[:-1]),
            "last": taken[-1],
        }
    )


def _millions(number: int) -> str:
    """A number in millions, rounded up, so that what is above a limit never reads as equal to it."""
    tenths = -(-number // 100_000)
    return f"{tenths // 10}" if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}"


def _digest(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    file.seek(0)
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()
