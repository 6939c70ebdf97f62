"""Colours: every way a file may store them, made sRGB, which is what the web shows."""

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageCms

# Little CMS' own sRGB profile without its date, so that one picture always gives the same bytes. JPEG and WebP carry
# it because some browsers show pictures without a profile in the colours of the screen; AVIF says sRGB in a box.
SRGB = Path(__file__).with_name("srgb.icc").read_bytes()

_SPACES = {"L": "GRAY", "RGB": "RGB", "RGBA": "RGB", "CMYK": "CMYK", "LAB": "Lab"}
RESIZABLE = tuple(_SPACES)


def resizable(picture: Image.Image) -> Image.Image:
    """The picture in 8 bits a channel and a mode that can be resized well: L, RGB, RGBA, CMYK or LAB."""
    mode = picture.mode
    if mode in ("L", "RGB") and "transparency" in picture.info:
        return picture.convert("RGBA")
    if mode in _SPACES:
        return picture
    if mode.startswith(("I", "F")):
        return _eight_bits(picture)
    if mode == "1":
        return picture.convert("L")
    if mode in ("LA", "La", "PA", "RGBa") or (mode == "P" and "transparency" in picture.info):
        return picture.convert("RGBA")
    return picture.convert("RGB")


def to_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """A resizable picture in sRGB (mode L, RGB or RGBA), by its ICC profile where it has one that fits its mode.

    A profile that cannot be read, or is for other colours than the file's, counts as none: the picture matters more.
    """
    mode = picture.mode
    source = _profile(profile, _SPACES[mode]) if profile else None
    if source is None and mode == "LAB":
        source = ImageCms.createProfile("LAB")
    if source is not None:
        try:
            target = ImageCms.createProfile("sRGB")
            shown = ImageCms.profileToProfile(picture, source, target, outputMode="RGBA" if mode == "RGBA" else "RGB")
        except ImageCms.PyCMSError:
            shown = None
        if shown is not None:
            return shown
    return picture.convert("RGB") if mode in ("CMYK", "LAB") else picture


def flatten(picture: Image.Image) -> Image.Image:
    """The picture on white where it is transparent."""
    if picture.mode != "RGBA":
        return picture
    page = Image.new("RGB", picture.size, "white")
    page.paste(picture, mask=picture.getchannel("A"))
    return page


def without_needless_alpha(picture: Image.Image) -> Image.Image:
    """The picture without its alpha channel if nothing in it is transparent."""
    if picture.mode == "RGBA" and picture.getchannel("A").getextrema() == (255, 255):
        return picture.convert("RGB")
    return picture


def _profile(profile: bytes, space: str) -> ImageCms.ImageCmsProfile | None:
    """The profile, if it is one for this colour space and says anything sRGB does not."""
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        fits = source.profile.xcolor_space.strip() == space
        plain = space == "RGB" and "sRGB" in (source.profile.profile_description or "")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None
    return source if fits and not plain else None


def _eight_bits(picture: Image.Image) -> Image.Image:
    """A picture of one channel of 16 or 32 bits, or of floating point, in 8 bits."""
    if picture.mode.startswith("I;16"):
        return picture.convert("I").point([value >> 8 for value in range(65536)], "L")
    low, high = picture.getextrema()
    # Readings are kept as they are where they mean something: 0 to 1, 8 bits, 16 bits; else stretched to what is there.
    if low >= 0 and high <= 65535:
        low, high = 0, 1 if high <= 1 else 255 if high <= 255 else 65535
    if not low < high < float("inf"):  # one flat reading out of all bounds, or none that is a number
        return Image.new("L", picture.size)
    scale = 255 / (high - low)
    return picture.point(lambda value: value * scale - low * scale).convert("L")
