"""A word planted into clean renditions, in each place where a file can hold one."""

import struct
import zlib
from io import BytesIO

from PIL import Image

from articles.imaging.cards import card
from articles.imaging.encode import encode
from articles.imaging.intake import inspect
from articles.imaging.privacy import Policy
from articles.imaging.recipes import FORMATS, recipes
from tests.imaging import pictures, secrets

WORDS = {"credit": "وكالة zCredit", "copyright": "© 2016 zCopyright", "creator": "zCreator عمر"}


def served(data, policy=Policy.CREDIT, turn=0):
    taken = inspect(BytesIO(data), name="zQname-of-the-upload.jpg")
    size = (taken.height, taken.width) if turn in (90, 270) else (taken.width, taken.height)
    planned = [*recipes(*size), card(*size, (1, 1))]
    return list(encode(BytesIO(data), planned, **WORDS, policy=policy, turn=turn))


TOKEN = secrets.Secrets(77).word("planted").encode()
CLEAN = {
    format: next(data for recipe, data in served(pictures.saved(pictures.corners(), "PNG").getvalue())
                 if recipe.format == format)
    for format in FORMATS
}  # fmt: skip
CLEAN["png"] = pictures.saved(pictures.corners(), "PNG").getvalue()
XMP_END = b"</rdf:Description>"
JPEG_TREE = pictures.saved(pictures.corners((16, 16)), "JPEG").getvalue()


def with_segment(marker, body):
    data = CLEAN["jpeg"]
    return data[:2] + struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body + data[2:]


def in_segment(mark, change):
    """The JPEG with the segment whose body begins so changed."""
    data = CLEAN["jpeg"]
    place = data.index(mark) - 4
    length = struct.unpack_from(">H", data, place + 2)[0]
    body = change(data[place + 4 : place + 2 + length])
    return data[: place + 2] + struct.pack(">H", len(body) + 2) + body + data[place + 2 + length :]


def in_xmp(old, new):
    return in_segment(b"http://ns.adobe.com/xap", lambda body: body.replace(old, new, 1))


def in_webp(kind, change):
    """The WebP with one chunk changed, or hung on if it is not there."""
    data, place, made, there = CLEAN["webp"], 12, b"", False
    while place < len(data):
        name, length = data[place : place + 4], struct.unpack_from("<I", data, place + 4)[0]
        body = data[place + 8 : place + 8 + length]
        if name == kind:
            there, body = True, change(body)
        made += name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)
        place += 8 + length + length % 2
    if not there:
        body = change(b"")
        made += kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)
    return b"RIFF" + struct.pack("<I", 4 + len(made)) + b"WEBP" + made


def in_avif(path, change):
    """The AVIF with the box at this path changed, its lengths and the places of its items put right."""
    data, delta = CLEAN["avif"], 0

    def walked(start, end, path):
        nonlocal delta
        made, place = b"", start
        while place < end:
            length, kind = struct.unpack_from(">I4s", data, place)
            body = data[place + 8 : place + length]
            if path and kind == path[0]:
                if len(path) == 1:
                    changed = change(body)
                    delta += len(changed) - len(body)
                    body, path = changed, None
                else:
                    head = 4 if kind == b"meta" else 0
                    body = body[:head] + walked(place + 8 + head, place + length, path[1:])
                    path = None
            made += struct.pack(">I", len(body) + 8) + kind + body
            place += length
        return made

    made = walked(0, len(data), path)
    if path[0] != b"mdat":
        at = made.index(b"iloc") + 12
        for item in range(struct.unpack_from(">H", made, at - 2)[0]):
            place = at + 14 * item + 6
            start = struct.unpack_from(">I", made, place)[0] + delta
            made = made[:place] + struct.pack(">I", start) + made[place + 4 :]
    return made


def in_png(kind, body, before=b"IDAT"):
    data = CLEAN["png"]
    place = data.index(before) - 4
    return data[:place] + pictures.png_chunk(kind, body) + data[place:]


def in_pixels(change):
    data = CLEAN["png"]
    place = data.index(b"IDAT")
    length = struct.unpack_from(">I", data, place - 4)[0]
    packed = change(data[place + 4 : place + 4 + length])
    return data[: place - 4] + pictures.png_chunk(b"IDAT", packed) + data[place + 8 + length :]


def exif(**inner):
    block = Image.Exif()
    block[0x8298] = WORDS["copyright"].encode()
    for name, value in inner.items():
        if name.startswith("ifd"):
            block.get_ifd(int(name[3:], 16)).update(value)
        else:
            block[int(name[1:], 16)] = value
    return block.tobytes().removeprefix(b"Exif\0\0")


SAID = TOKEN.decode()
SCAN = CLEAN["jpeg"].index(b"\xff\xda")
SECOND_SCAN = CLEAN["jpeg"].index(b"\xff\xda", SCAN + 2)
PLANTED = {
    "jpeg comment": with_segment(0xFE, TOKEN),
    **{f"jpeg APP{number}": with_segment(0xE0 | number, TOKEN) for number in range(16)},
    "jpeg packed": with_segment(0xEC, zlib.compress(TOKEN * 3)),
    "jpeg comment in UTF-16": with_segment(0xFE, SAID.encode("utf-16-le")),
    "jpeg behind the end": CLEAN["jpeg"] + TOKEN,
    "jpeg before a scan": CLEAN["jpeg"][:SECOND_SCAN] + b"\xff\xfe\0\x14" + TOKEN + CLEAN["jpeg"][SECOND_SCAN:],
    "jpeg JFIF": in_segment(b"JFIF", lambda body: body + TOKEN),
    "jpeg second JFIF": with_segment(0xE0, b"JFIF\0" + TOKEN[:9]) + TOKEN,
    "jpeg profile": in_segment(b"ICC_PROFILE", lambda body: body + TOKEN),
    "jpeg table": in_segment(
        CLEAN["jpeg"][CLEAN["jpeg"].index(b"\xff\xdb") + 4 :][:10], lambda body: body + b"\2" + TOKEN.ljust(64, b"x")
    ),
    "jpeg table of codes": with_segment(0xC4, b"\2" + bytes((0, 0, 0, 0, 18)) + bytes(11) + TOKEN),
    "jpeg head of a scan": CLEAN["jpeg"][: SCAN + 2]
    + struct.pack(">H", struct.unpack_from(">H", CLEAN["jpeg"], SCAN + 2)[0] + len(TOKEN))
    + CLEAN["jpeg"][SCAN + 4 : SCAN + 14] + TOKEN + CLEAN["jpeg"][SCAN + 14 :],
    "jpeg whole preview": with_segment(0xE2, b"MPF\0" + JPEG_TREE[:2] + b"\xff\xfe\0\x14" + TOKEN + JPEG_TREE[2:]),
    "xmp property": in_xmp(XMP_END, b"<dc:title>" + TOKEN + b"</dc:title>" + XMP_END),
    "xmp attribute": in_xmp(b'rdf:about=""', b'rdf:about="" dc:source="' + TOKEN + b'"'),
    "xmp about": in_xmp(b'rdf:about=""', b'rdf:about="' + TOKEN + b'"'),
    "xmp namespace": in_xmp(b'rdf:about=""', b'rdf:about="" xmlns:own="urn:' + TOKEN + b'"'),
    "xmp language": in_xmp(b'xml:lang="x-default"', b'xml:lang="' + TOKEN + b'"'),
    "xmp comment": in_xmp(XMP_END, b"<!--" + TOKEN + b"-->" + XMP_END),
    "xmp instruction": in_xmp(b"?><x:xmpmeta", b' who="' + TOKEN + b'"?><x:xmpmeta'),
    "xmp toolkit": in_xmp(b"<x:xmpmeta", b'<x:xmpmeta x:xmptk="' + TOKEN + b'"'),
    "xmp loose text": in_xmp(XMP_END, XMP_END + TOKEN),
    "xmp second credit": in_xmp(XMP_END, b"<photoshop:Credit>" + TOKEN + b"</photoshop:Credit>" + XMP_END),
    "xmp creator nobody permitted": in_xmp(XMP_END, b"<dc:creator>" + TOKEN + b"</dc:creator>" + XMP_END),
    "xmp another credit": in_xmp(b"zCredit", TOKEN),
    "xmp second packet": with_segment(*pictures.xmp_segment(f"<dc:rights>{SAID}</dc:rights>")),
    "xmp extended": with_segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + TOKEN),
    "iim city": in_segment(b"Photoshop", lambda body: pictures.iptc(pictures.dataset(90, TOKEN))),
    "iim by-line nobody permitted": in_segment(b"Photoshop", lambda body: pictures.iptc(
        pictures.dataset(90, b"\x1b%G", record=1), pictures.dataset(80, TOKEN))),
    "iim version": in_segment(b"Photoshop", lambda body: pictures.iptc(pictures.dataset(0, TOKEN))),
    "iim character set": in_segment(b"Photoshop", lambda body: pictures.iptc(pictures.dataset(90, TOKEN, record=1))),
    "iim name of the resource": in_segment(
        b"Photoshop", lambda body: body.replace(b"\x04\x04\0\0", b"\x04\x04" + bytes((18,)) + TOKEN + b"\0", 1)),
    "iim behind the resource": in_segment(b"Photoshop", lambda body: body + TOKEN),
    "photoshop resource": in_segment(b"Photoshop", lambda body: body + b"8BIM\4\x0c\0\0\0\0\0\x12" + TOKEN),
    "exif artist": in_segment(b"Exif", lambda body: b"Exif\0\0" + exif(t013B=SAID)),
    "exif windows title": in_segment(b"Exif", lambda body: b"Exif\0\0" + exif(t9C9B=SAID.encode("utf-16-le"))),
    "exif serial number": in_segment(b"Exif", lambda body: b"Exif\0\0" + exif(ifd8769={0xA431: SAID})),
    "exif maker note": in_segment(b"Exif", lambda body: b"Exif\0\0" + exif(ifd8769={0x927C: TOKEN})),
    "exif GPS": in_segment(b"Exif", lambda body: b"Exif\0\0" + exif(ifd8825={0x1D: SAID})),
    "exif another copyright": in_segment(b"Exif", lambda body: body.replace(WORDS["copyright"].encode(), TOKEN)),
    "exif gap": in_segment(b"Exif", lambda body: body + TOKEN),
    "exif thumbnail": in_segment(b"Exif", lambda body: secrets.exif(secrets.Secrets(77))) + TOKEN,
    **{f"webp {kind}": in_webp(kind.encode(), lambda body: body + TOKEN)
       for kind in ("EXIF", "XMP ", "ICCP", "ownX", "VP8X")},
    "webp packed": in_webp(b"ownX", lambda body: zlib.compress(TOKEN * 3)),
    "webp second picture": in_webp(b"VP8L", lambda body: TOKEN),
    "webp behind the end": CLEAN["webp"] + TOKEN,
    **{f"avif {path[-1]}": in_avif([each.encode() for each in path], lambda body: body + TOKEN) for path in (
        ("ftyp",), ("mdat",), ("meta", "hdlr"), ("meta", "pitm"), ("meta", "iinf"), ("meta", "iref"),
        ("meta", "iprp", "ipma"), ("meta", "iprp", "ipco", "ispe"), ("meta", "iprp", "ipco", "pixi"),
        ("meta", "iprp", "ipco", "av1C"), ("meta", "iprp", "ipco", "colr"),
    )},
    "avif colours of another kind": in_avif([b"meta", b"iprp", b"ipco", b"colr"], lambda body: b"ownX" + TOKEN),
    "avif box": CLEAN["avif"] + struct.pack(">I", 26) + b"uuid" + TOKEN,
    "avif free": CLEAN["avif"] + struct.pack(">I", 26) + b"free" + TOKEN,
    "avif second media data": CLEAN["avif"] + struct.pack(">I", 26) + b"mdat" + TOKEN,
    "avif behind the end": CLEAN["avif"] + TOKEN,
    **{f"png {kind}": in_png(kind.encode(), TOKEN)
       for kind in ("tEXt", "zTXt", "iTXt", "eXIf", "prVt", "tIME", "iCCP", "gAMA")},
    "png packed": in_png(b"zTXt", b"Comment\0\0" + zlib.compress(TOKEN)),
    "png behind the pixels": in_png(b"prVt", TOKEN, before=b"IEND"),
    "png behind the end": CLEAN["png"] + TOKEN,
    "png end": CLEAN["png"][:-12] + pictures.png_chunk(b"IEND", TOKEN),
    "png more rows": in_pixels(lambda packed: zlib.compress(zlib.decompress(packed) + TOKEN)),
    "png behind the packed rows": in_pixels(lambda packed: packed + TOKEN),
}  # fmt: skip
