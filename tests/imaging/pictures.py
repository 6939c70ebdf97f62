"""Tiny pictures of every kind, made in code: honest ones, turned ones, cut ones, lying ones."""

import base64
import struct
import zlib
from io import BytesIO

from PIL import Image, ImageCms

RED, GREEN, BLUE, WHITE = (220, 20, 20), (20, 160, 20), (20, 20, 220), (255, 255, 255)
CORNERS = (RED, GREEN, BLUE, WHITE)
SIZE = (96, 64)

# A HEIC as a phone writes it, 96 by 64 and to be turned (seen 64 by 96), with a caption, a creator, a copyright and a
# location. Nothing we depend on writes HEIC, so this one was made once and is kept here, 841 bytes.
HEIC = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAaFtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAADRpbG9jAA"
    "AAAERAAAIAAQAAAAABxQABAAAAAAAAAKAAAgAAAAACZQABAAAAAAAAAOQAAAA4aWluZgAAAAAAAgAAABVpbmZlAgAAAAABAABodmMxAAAAABVp"
    "bmZlAgAAAQACAABFeGlmAAAAAA5waXRtAAAAAAABAAAA4GlwcnAAAADAaXBjbwAAAHhodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGE"
    "ABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQArQgEBA3AAAAMAkAAAAwAAAwAeoDCBBZbqSSmubgIaDAgAAAMAyAAAAwAIQGIAAQAHRAHBcrAi"
    "QAAAABNjb2xybmNseAABAA0ABoAAAAAUaXNwZQAAAAAAAABgAAAAQAAAABBwaXhpAAAAAAMICAgAAAAJaXJvdAMAAAAYaXBtYQAAAAAAAAABAA"
    "EFgQIDBIUAAAAaaXJlZgAAAAAAAAAOY2RzYwACAAEAAQAAAYxtZGF0AAAAnCgBrxOAecKTVEf//qzTr/3Dnn/w2slgqgvwTH/e3v/aJjOAQjDA"
    "bKhK/tChwegHQF3TYPvwi5VAA5ex7tcG0P+zl6j8zc5/5yIVRQtEfoHlxoRjxK53+8XUYqJ9hnM1U6Xn7wjEash9FSeDmwfj7+miLfMJeTXDub"
    "f6dKn5ZT8v8NF56PXsLzDNNhvqjXZ2Het81B5sDDThm3Ma/AAAAAZFeGlmAABNTQAqAAAACAAFAQ4AAgAAAA0AAABKARIAAwAAAAEABgAAATsA"
    "AgAAAAsAAABYgpgAAgAAAA8AAABkiCUABAAAAAEAAAB0AAAAAEhFSUMgY2FwdGlvbgAASGVpYyBNYWtlcgAAQ29weXJpZ2h0IEhlaWMAAAAEAA"
    "EAAgAAAAJOAAAAAAIABQAAAAMAAACqAAMAAgAAAAJFAAAAAAQABQAAAAMAAADCAAAAAAAAACQAAAABAAAADAAAAAEAAAAAAAAAAQAAACUAAAAB"
    "AAAACQAAAAEAAAAAAAAAAQ=="
)

# What stored orientation gives the upright picture: how the stored pixels were turned away from it.
TURNED_AWAY = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def corners(size=SIZE, mode="RGB"):
    """Four fields of colour: red and green above, blue and white below."""
    picture = Image.new("RGB", size, WHITE)
    width, height = size
    picture.paste(RED, (0, 0, width // 2, height // 2))
    picture.paste(GREEN, (width // 2, 0, width, height // 2))
    picture.paste(BLUE, (0, height // 2, width // 2, height))
    return picture.convert(mode)


def scene(size=(480, 320), seed=1):
    """Something with shapes in it, the same for the same seed, for fingerprints."""
    picture = Image.radial_gradient("L").rotate(37 * seed).resize(size)
    return Image.merge("RGB", (picture, picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT), picture))


def saved(picture, format, **words):
    """The picture as an open file of this format."""
    file = BytesIO()
    words = {"quality": 95, "subsampling": 0} | words if format == "JPEG" else words
    picture.save(file, format, **words)
    file.seek(0)
    return file


def every_format():
    """One honest file of each of the seven formats, by our name of it."""
    return {
        "jpeg": saved(corners(), "JPEG"),
        "png": saved(corners(), "PNG"),
        "webp": saved(corners(), "WEBP", lossless=True),
        "avif": saved(corners(), "AVIF", quality=90, subsampling="4:4:4"),
        "heic": BytesIO(HEIC),
        "tiff": saved(corners(), "TIFF", compression="tiff_lzw"),
        "gif": saved(corners(), "GIF"),
    }


def turned(format, orientation, size=SIZE):
    """A file whose pixels are stored turned, with the EXIF orientation that puts them upright again."""
    picture = corners(size)
    if TURNED_AWAY[orientation] is not None:
        picture = picture.transpose(TURNED_AWAY[orientation])
    exif = Image.Exif()
    exif[0x0112] = orientation
    return saved(picture, format, exif=exif)


def png_bomb(width, height):
    """A few bytes that promise a picture of this size."""
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"")),
        (b"IEND", b""),
    )
    return BytesIO(b"\x89PNG\r\n\x1a\n" + b"".join(png_chunk(kind, body) for kind, body in chunks))


def png_chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def jpeg_bomb(width, height):
    """A real JPEG whose header was changed to promise a picture of this size."""
    data = bytearray(saved(corners(), "JPEG").getvalue())
    place = data.index(b"\xff\xc0") + 5
    data[place : place + 4] = struct.pack(">HH", height, width)
    return BytesIO(bytes(data))


def gif_bomb(width, height):
    """A real GIF whose header was changed to promise a canvas of this size."""
    data = saved(corners(), "GIF").getvalue()
    return BytesIO(data[:6] + struct.pack("<HH", width, height) + data[10:])


def webp_bomb(width, height):
    """The header of an extended WebP (RFC 9649) that promises a canvas of this size."""
    body = b"\0\0\0\0" + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    chunk = b"VP8X" + struct.pack("<I", 10) + body
    return BytesIO(b"RIFF" + struct.pack("<I", 4 + len(chunk)) + b"WEBP" + chunk)


def other_rgb_profile():
    """An RGB profile that is not sRGB: red and green change places."""
    swapped = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = swapped.replace(b"rXYZ", b"tmpX", 1).replace(b"gXYZ", b"rXYZ", 1).replace(b"tmpX", b"gXYZ", 1)
    return swapped.replace("sRGB built-in".encode("utf-16-be"), "Swapped again".encode("utf-16-be"))


def jpeg_with(*segments, tail=b""):
    """A JPEG with extra segments, given as (marker, bytes), and with bytes behind its end."""
    data = saved(corners(), "JPEG").getvalue()
    extra = b"".join(b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body for marker, body in segments)
    return data[:2] + extra + data[2:] + tail


def dataset(number, value, record=2):
    """One IPTC-IIM dataset, written independently of the code under test."""
    return bytes([0x1C, record, number]) + struct.pack(">H", len(value)) + value


def iptc(*datasets):
    """Datasets as the body of the APP13 segment that carries them."""
    block = b"".join(datasets)
    return b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(block)) + block + b"\0" * (len(block) % 2)


def packet(inside, *, attributes=""):
    """An XMP packet with these properties."""
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" '
        'xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" '
        'xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/" '
        f'xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" {attributes}>'
        f'{inside}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    ).encode()


def xmp_segment(inside, *, attributes=""):
    return 0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet(inside, attributes=attributes)


def near(colour, wanted, slack=24):
    """Whether two colours are the same to the eye."""
    return all(abs(one - other) <= slack for one, other in zip(colour[:3], wanted, strict=True))


def corner_colours(picture):
    """The colours in the middle of the four quarters, from left to right and top to bottom."""
    picture = picture.convert("RGB")
    width, height = picture.size
    return [picture.getpixel((width * x // 4, height * y // 4)) for y in (1, 3) for x in (1, 3)]


def is_upright(picture):
    return all(map(near, corner_colours(picture), CORNERS))
