"""What is shown in a picture's place while it loads: its colour, or a preview of a few pixels inside the page.

The desk's pages may show either. The readers' policy allows pictures from our own address only (`img-src 'self'`, no
`data:`), so there the colour is the way: as an attribute of an SVG (`<rect fill="#…">`), which is no inline style.
"""

from base64 import b64encode
from io import BytesIO

from PIL import Image

from articles.imaging.formats import format_of, open_picture

LONGEST = 300  # bytes of the address that holds the preview
_LONGEST_SIDES = (24, 16, 12, 8)
_QUALITIES = (40, 20, 5)


def colour(rendition: bytes) -> str:
    """The average colour of a rendition, "#rrggbb". Raises what Pillow raises for bytes that are none."""
    return "#{:02x}{:02x}{:02x}".format(*_shrunk(rendition, 64).resize((1, 1), Image.Resampling.BOX).getpixel((0, 0)))


def preview(rendition: bytes) -> str:
    """A rendition in a few pixels, as the address "data:image/webp;base64,…" of at most LONGEST characters.

    It is made of a rendition, never of an original: so it shows no more than its crop does, and no word.
    """
    for longest in _LONGEST_SIDES:
        small = _shrunk(rendition, longest)
        small.info.clear()
        for quality in _QUALITIES:
            file = BytesIO()
            small.save(file, "WEBP", quality=quality, method=6)
            address = f"data:image/webp;base64,{b64encode(file.getvalue()).decode()}"
            if len(address) <= LONGEST:
                return address
    return ""


def _shrunk(rendition: bytes, longest: int) -> Image.Image:
    picture = open_picture(BytesIO(rendition), format_of(rendition) or "jpeg")
    picture.draft("RGB", (longest * 2, longest * 2))
    picture.load()
    scale = min(1.0, longest / max(picture.size))
    size = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
    shown = picture.convert("RGBA")
    page = Image.new("RGBA", picture.size, "white")
    page.alpha_composite(shown)
    return page.convert("RGB").resize(size, Image.Resampling.BOX)
