"""What a file is by its first bytes, and the only seven doors through which a file is ever opened as a picture."""

from typing import BinaryIO

from pi_heif import HeifImageFile
from PIL import ImageFile
from PIL.AvifImagePlugin import AvifImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.TiffImagePlugin import TiffImageFile
from PIL.WebPImagePlugin import WebPImageFile


class FirstFrameWebP(WebPImageFile):
    """A WebP of which only the first frame is asked for, so that the decoder's two canvases are let go before the
    picture is made of that frame: 24 megapixels take 190 MB less.
    """

    def _get_next(self) -> tuple[bytes, int, int]:
        frame = super()._get_next()
        self._decoder = None
        return frame


# Opening the plugin itself, and not Image.open(), keeps every other reader Pillow knows (EPS runs Ghostscript, FITS
# and PSD are little tested) out of reach of a hostile file. A camera's MPO is read as the JPEG it begins with.
PLUGINS: dict[str, type[ImageFile.ImageFile]] = {
    "jpeg": JpegImageFile,
    "png": PngImageFile,
    "webp": FirstFrameWebP,
    "avif": AvifImageFile,
    "heic": HeifImageFile,
    "tiff": TiffImageFile,
    "gif": GifImageFile,
}
NAMES = {"jpeg": "JPEG", "png": "PNG", "webp": "WebP", "avif": "AVIF", "heic": "HEIC", "tiff": "TIFF", "gif": "GIF"}

# How many bytes are looked at to tell what a file is. An SVG may open with a long comment.
HEAD = 4096

_AVIF_BRANDS = {b"avif", b"avis"}
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"}
_TIFF_MARKS = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")


def format_of(head: bytes) -> str | None:
    """The format of a file by its first bytes, one of the seven, or None."""
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    if head.startswith(_TIFF_MARKS) and head[8:10] != b"CR":  # "CR" there marks a Canon raw file
        return "tiff"
    if head[4:8] == b"ftyp":
        brands = _brands(head)
        if brands & _AVIF_BRANDS:
            return "avif"
        if brands & _HEIC_BRANDS:
            return "heic"
    return None


# What else people send, by its first bytes: only to say so in the refusal.
_KNOWN = (
    (b"%PDF", "PDF"),
    (b"%!PS", "EPS"),
    (b"\xc5\xd0\xd3\xc6", "EPS"),
    (b"8BPS", "PSD"),
    (b"PK\x03\x04", "ZIP"),
    (b"\0\0\0\x0cJXL ", "JPEG XL"),
    (b"\xff\x0a", "JPEG XL"),
    (b"\0\0\0\x0cjP  ", "JPEG 2000"),
    (b"\xff\x4f\xff\x51", "JPEG 2000"),
    (b"\x1aE\xdf\xa3", "video"),
    (b"II*\0", "raw"),
    (b"MM\0*", "raw"),
    (b"FUJIFILMCCD-RAW", "raw"),
    (b"IIRO", "raw"),
    (b"IIU\0", "raw"),
    (b"BM", "BMP"),
)


def known_kind(head: bytes) -> str | None:
    """What a file that is none of the seven is, as far as its first bytes tell: "PDF", "SVG", "text" and so on."""
    if not head:
        return "empty"
    for mark, kind in _KNOWN:
        if head.startswith(mark) and (kind != "BMP" or head[6:10] == bytes(4)):
            return kind
    if head[4:8] == b"ftyp":
        return "raw" if head[8:12] == b"crx " else "video"
    text = head.lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if b"<svg" in text:
        return "SVG"
    if text.startswith((b"<!doctype html", b"<html")):
        return "HTML"
    return None if any(byte < 9 or (13 < byte < 32 and byte != 27) for byte in head) else "text"


def read_head(file: BinaryIO) -> bytes:
    """The first bytes of a file, which is left at its beginning."""
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    return head


def open_picture(file: BinaryIO, format: str) -> ImageFile.ImageFile:
    """The file's header read by the plugin of this format; no pixel is decoded yet. Raises what Pillow raises."""
    file.seek(0)
    return PLUGINS[format](file)


def _brands(head: bytes) -> set[bytes]:
    """The brands an ISO base media file (ISO/IEC 14496-12) names in its first box: its own, then compatible ones."""
    length = min(int.from_bytes(head[:4]), len(head))
    return {head[8:12]} | {head[place : place + 4] for place in range(16, length - 3, 4)}
