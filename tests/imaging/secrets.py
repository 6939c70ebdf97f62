"""Originals with a word of their own in every place where a file can hold one, and a search that finds such words."""

import struct
import zlib

from PIL import Image, PngImagePlugin

from tests.imaging import pictures

EXIF_POINTER, GPS_POINTER, INTEROPERABILITY_POINTER = 0x8769, 0x8825, 0xA005
FIRST_WORDS = (0x010D, 0x010E, 0x010F, 0x0110, 0x0131, 0x0132, 0x013B, 0x013C, 0x8298, 0xC614, 0xC62F, 0xC68B)
WINDOWS_WORDS = range(40091, 40096)
INNER_WORDS = (
    0x8824, 0x9003, 0x9004, 0x9010, 0x9011, 0x9290, 0x9291, 0xA004, 0xA420, 0xA430, 0xA431, 0xA433, 0xA434, 0xA435,
)  # fmt: skip
IIM_WORDS = (
    5, 7, 10, 15, 20, 22, 25, 26, 27, 30, 37, 40, 45, 50, 55, 60, 62, 63, 65, 70, 75, 80, 85, 90, 92, 95, 100, 101, 103,
    105, 110, 115, 116, 118, 120, 121, 122, 130, 131, 135, 150, 184, 187, 202, 221, 231,
)  # fmt: skip
XMP_WORDS = (
    "dc:title", "dc:creator", "dc:rights", "dc:description", "dc:subject", "dc:identifier", "photoshop:Credit",
    "photoshop:City", "photoshop:State", "photoshop:Country", "photoshop:CaptionWriter", "photoshop:History",
    "photoshop:Instructions", "exif:GPSLatitude", "exif:GPSLongitude", "exif:GPSMapDatum", "xmpMM:DocumentID",
    "xmpMM:OriginalDocumentID", "Iptc4xmpCore:Location", "Iptc4xmpCore:CreatorContactInfo",
    "Iptc4xmpExt:PersonInImage", "Iptc4xmpExt:LocationCreated", "Iptc4xmpExt:LocationShown",
)  # fmt: skip


class Secrets:
    """Words that stand nowhere else, one for each place; `said` has all that were given out, by place."""

    def __init__(self, seed):
        self.seed, self.said = seed, {}

    def word(self, place, length=18):
        letters = f"zQ{len(self.said):03x}{self.seed:08x}xW".ljust(length, "k")[:length]
        return self.said.setdefault(place, letters)

    def number(self, place):
        """A number as no clock or lens writes it, for fields that hold no words."""
        self.said[place] = number = 0x7A000001 | (self.seed & 0xFFFF) << 8 | len(self.said) << 1
        return number


def exif(secrets, thumbnail=True):
    """An EXIF block with something in every directory."""
    block = Image.Exif()
    for tag in FIRST_WORDS:
        block[tag] = secrets.word(f"EXIF {tag:04x}")
    for tag in WINDOWS_WORDS:
        block[tag] = secrets.word(f"EXIF {tag}").encode("utf-16-le")
    inner = {tag: secrets.word(f"EXIF inner {tag:04x}") for tag in INNER_WORDS}
    inner[0x927C] = b"Nikon\0" + secrets.word("maker note").encode()
    inner[0x9286] = b"UNICODE\0" + secrets.word("user comment").encode("utf-16-be")
    inner[INTEROPERABILITY_POINTER] = {1: secrets.word("interoperability")}
    block.get_ifd(EXIF_POINTER).update(inner)
    degrees = lambda name: tuple(_Rational(secrets.number(f"GPS {name} {each}")) for each in range(3))  # noqa: E731
    block.get_ifd(GPS_POINTER).update(
        {1: "N", 2: degrees("latitude"), 3: "E", 4: degrees("longitude"), 0x12: secrets.word("GPS map datum"),
         0x1B: secrets.word("GPS method").encode(), 0x1C: secrets.word("GPS area").encode(), 0x1D: "2016:07:28"}
    )  # fmt: skip
    data = block.tobytes().removeprefix(b"Exif\0\0")
    return b"Exif\0\0" + (_with_thumbnail(data, secrets) if thumbnail else data)


def packet(secrets, *, extended=False):
    """An XMP packet with a word in every property, in an attribute, in a comment and in names."""
    inside = "".join(f"<{name}>{secrets.word(f'XMP {name}')}</{name}>" for name in XMP_WORDS)
    inside += f"<!-- {secrets.word('XMP comment')} --><dc:type rdf:nodeID='{secrets.word('XMP node')}'/>"
    attributes = f'xmpMM:InstanceID="{secrets.word("XMP attribute")}" xmlns:own="urn:{secrets.word("XMP namespace")}"'
    return pictures.packet(inside, attributes=attributes) + (b" " * 40 if not extended else b"")


def iim(secrets):
    words = [pictures.dataset(number, secrets.word(f"IIM 2:{number}").encode()) for number in IIM_WORDS]
    words += [pictures.dataset(number, secrets.word(f"IIM 1:{number}").encode(), record=1) for number in (5, 30, 50)]
    resources = b"".join(
        b"8BIM" + struct.pack(">H", number) + b"\0\0" + struct.pack(">I", len(value)) + value + b"\0" * (len(value) % 2)
        for number in (1008, 1035, 1036, 1060)
        for value in [secrets.word(f"Photoshop {number}").encode()]
    )
    return pictures.iptc(pictures.dataset(0, b"\0\4"), *words) + resources


def profile(secrets):
    """A colour profile whose name is a word of ours."""
    name = "Swapped again".encode("utf-16-be")
    return pictures.other_rgb_profile().replace(name, secrets.word("ICC name", 13).encode("utf-16-be"))


def jpeg(secrets):
    data = pictures.saved(pictures.corners(), "JPEG", exif=exif(secrets), icc_profile=profile(secrets)).getvalue()
    said = lambda place: secrets.word(place).encode()  # noqa: E731
    extra = [
        (0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet(secrets)),
        (0xE1, b"http://ns.adobe.com/xmp/extension/\0" + bytes(40) + said("extended XMP")),
        (0xED, iim(secrets)),
        (0xFE, said("JPEG comment")),
        (0xE2, b"MPF\0" + said("MPF")),
        (0xE0, b"JFXX\0\x10" + said("JFXX")),
        *((0xE0 | number, said(f"APP{number}")) for number in (3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 15)),
        (0xEC, zlib.compress(said("APP12, packed"))),
    ]
    segments = b"".join(struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body for marker, body in extra)
    second = pictures.saved(pictures.corners((16, 16)), "JPEG", comment=said("second picture")).getvalue()
    return data[:2] + segments + data[2:] + second + said("after the end")


def png(secrets):
    texts = PngImagePlugin.PngInfo()
    for keyword in ("Author", "Comment", "Creation Time", "Software"):
        texts.add_text(keyword, secrets.word(f"tEXt {keyword}"))
    texts.add_text("Description", secrets.word("zTXt"), zip=True)
    texts.add_itxt("Title", secrets.word("iTXt"), lang="en", tkey="T", zip=True)
    texts.add_itxt("XML:com.adobe.xmp", packet(secrets).decode())
    texts.add_text("Raw profile type iptc", "\niptc\n 9\n" + secrets.word("raw profile").encode().hex(), zip=True)
    texts.add(b"prVt", secrets.word("private chunk").encode())
    texts.add(b"vpAg", secrets.word("chunk behind the pixels").encode(), after_idat=True)
    words = {"exif": exif(secrets), "pnginfo": texts, "icc_profile": profile(secrets), "dpi": (301, 299)}
    return pictures.saved(pictures.corners(), "PNG", **words).getvalue() + secrets.word("after the end").encode()


def webp(secrets):
    data = pictures.saved(
        pictures.corners(), "WEBP", exif=exif(secrets), xmp=packet(secrets), icc_profile=profile(secrets)
    ).getvalue()
    own = b"ownX" + struct.pack("<I", 18) + secrets.word("private chunk").encode()
    data = data[:4] + struct.pack("<I", len(data) + len(own) - 8) + data[8:] + own
    return data + secrets.word("after the end").encode()


def avif(secrets):
    data = pictures.saved(
        pictures.corners(), "AVIF", exif=exif(secrets), xmp=packet(secrets), icc_profile=profile(secrets)
    ).getvalue()
    return data + struct.pack(">I", 26) + b"uuid" + secrets.word("AVIF box").encode()


def tiff(secrets):
    words = {tag: secrets.word(f"TIFF {tag}") for tag in (269, 270, 271, 272, 285, 305, 306, 315, 316, 33432, 65000)}
    words |= {700: packet(secrets), 33723: iim(secrets)[26:], 34377: iim(secrets)[14:], 37510: b"x" + bytes(3)}
    data = pictures.saved(pictures.corners(), "TIFF", tiffinfo=words, icc_profile=profile(secrets)).getvalue()
    return data + secrets.word("after the end").encode()


def gif(secrets):
    data = pictures.saved(pictures.corners(), "GIF", comment=secrets.word("GIF comment").encode()).getvalue()
    block = secrets.word("GIF application").encode()
    own = b"!\xff\x0bXMP DataXMP" + bytes((len(block),)) + block + b"\0"
    return data[:-1] + own + b";" + secrets.word("after the end").encode()


def heic(secrets):
    data = pictures.HEIC
    for words in (b"HEIC caption", b"Heic Maker", b"Copyright Heic"):
        assert words in data
        data = data.replace(words, secrets.word(f"HEIC {words}", len(words)).encode())
    return data


ORIGINALS = {"jpeg": jpeg, "png": png, "webp": webp, "avif": avif, "tiff": tiff, "gif": gif, "heic": heic}


def found(data, words):
    """Which of these words (or numbers) stand in the bytes, in any case and in UTF-8, UTF-16 or hexadecimal digits,
    also in whatever of them was compressed.
    """
    layers = [data, *_inflated(data)]
    layers += [inner for layer in layers[1:] for inner in _inflated(layer)]
    lowered = [layer.lower() for layer in layers]
    return [word for word in words if any(sign in layer for layer in lowered for sign in _signs(word))]


def _signs(word):
    if isinstance(word, int):
        return struct.pack(">I", word).lower(), struct.pack("<I", word).lower(), str(word).encode()
    said = (word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be"))
    return [each.lower() for each in (*said, word.encode().hex().encode())]


def _inflated(data):
    """Everything in the bytes that can be inflated."""
    for place in range(len(data) - 2):
        if data[place] & 0x0F == 8 and int.from_bytes(data[place : place + 2]) % 31 == 0:
            try:
                made = zlib.decompressobj().decompress(data[place:], 1_000_000)
            except zlib.error:
                continue
            if made:
                yield made


def _with_thumbnail(block, secrets):
    """An EXIF block with a second directory, which points to a small JPEG with a word in it."""
    order = "<" if block[:2] == b"II" else ">"
    start = struct.unpack_from(f"{order}I", block, 4)[0]
    end = start + 2 + 12 * struct.unpack_from(f"{order}H", block, start)[0]
    small = pictures.saved(pictures.corners((16, 16)), "JPEG", comment=secrets.word("thumbnail").encode()).getvalue()
    place = len(block) + len(block) % 2
    entries = ((0x0103, 3, 1, 6 if order == "<" else 6 << 16), (0x0201, 4, 1, place + 42), (0x0202, 4, 1, len(small)))
    directory = struct.pack(f"{order}H", 3) + b"".join(struct.pack(f"{order}HHII", *entry) for entry in entries)
    head = block[:end] + struct.pack(f"{order}I", place) + block[end + 4 :]
    return head.ljust(place, b"\0") + directory + bytes(4) + small


class _Rational(float):
    """A number as EXIF writes it: over one."""

    def __new__(cls, number):
        made = super().__new__(cls, number)
        made.numerator, made.denominator = number, 1
        return made

    def limit_rational(self, _most):
        return self.numerator, self.denominator
