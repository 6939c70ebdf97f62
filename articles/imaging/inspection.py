"""The four blocks a rendition may carry beside its pixels, each held against the allow-list byte by byte.

Each function takes a block as it lies in the file and, where it is known, the one that should lie there (`wanted`; b""
if none should), and names what is in it beyond that. Without `wanted` any words may stand in the allowed places, but
the block must be exactly what our own writer makes of them: so names of namespaces, attributes of processing
instructions, paddings and gaps can hide nothing either.
"""

from collections.abc import Iterator

from PIL import ExifTags

from articles.imaging import colour, iim, xmp
from articles.imaging.stamp import EXIF_COPYRIGHT, exif_block

_IIM_ALLOWED = {(1, 90), (2, 80), (2, 110), (2, 116)}  # the mark of UTF-8, creator, credit, copyright
_XMP_ALLOWED = {
    "x:xmpmeta", "rdf:RDF", "rdf:Description", "rdf:Alt", "rdf:Bag", "rdf:Seq", "rdf:li", "rdf:about", "xml:lang",
    "dc:creator", "dc:rights", "photoshop:Credit",
}  # fmt: skip
_XMP_WITH_TEXT = {"rdf:li", "dc:creator", "dc:rights", "photoshop:Credit"}


def exif(block: bytes, wanted: bytes | None = None) -> Iterator[str]:
    """What an EXIF block (from its TIFF header on) holds beyond the copyright notice."""
    order = "little" if block[:2] == b"II" else "big"
    number = lambda place, length: int.from_bytes(block[place : place + length], order)  # noqa: E731
    if block[:4] not in (b"II*\0", b"MM\0*"):
        yield "EXIF that cannot be read"
        return
    start = number(4, 4)
    end = start + 2 + 12 * number(start, 2)
    clean, value = True, b""
    for entry in range(start + 2, min(end, len(block)), 12):
        tag, kind, count = number(entry, 2), number(entry + 2, 2), number(entry + 4, 4)
        if tag != EXIF_COPYRIGHT or kind != 2:
            clean = False
            yield f"EXIF {ExifTags.TAGS.get(tag, tag)}"
        else:
            place = entry + 8 if count <= 4 else number(entry + 8, 4)
            value = block[place : place + count]
    if number(end, 4):
        clean = False
        yield "EXIF thumbnail"
    if clean and exif_block(value.removesuffix(b"\0")) != block:
        yield "bytes hidden in EXIF"
    elif clean and wanted is not None and block != wanted:
        yield "EXIF with other words"


def xmp_packet(packet: bytes, wanted: bytes | None = None) -> Iterator[str]:
    """What an XMP packet holds beyond credit, copyright and creator."""
    clean = True
    if b"<!--" in packet or packet.count(b"<?") != packet.count(b"<?xpacket") or packet.count(b"<?") > 2:
        clean = False
        yield "XMP comment"
    try:
        elements = list(xmp.parse(packet).iter())
    except xmp.Unreadable:
        yield "XMP that cannot be read"
        return
    for element in elements:
        name = xmp.name_of(element.tag)
        found = [f"XMP {each}" for each in (name, *map(xmp.name_of, element.attrib)) if each not in _XMP_ALLOWED]
        if element.attrib.get(f"{{{xmp.NAMESPACES['rdf']}}}about"):
            found.append("XMP rdf:about")
        loose = [element.tail, None if name in _XMP_WITH_TEXT else element.text]
        if any(text and text.strip() for text in loose):
            found.append(f"XMP text in {name}")
        clean = clean and not found
        yield from found
    if clean and _as_written(packet) != packet:
        yield "bytes hidden in XMP"
    elif clean and wanted is not None and packet != wanted:
        yield "XMP with other words"


def iim_segment(body: bytes, wanted: bytes | None = None) -> Iterator[str]:
    """What the body of a Photoshop segment holds beyond an IPTC-IIM block with credit, copyright and creator."""
    clean = True
    for number, block in iim.resources(body.removeprefix(iim.PHOTOSHOP)):
        if number != iim.IIM_RESOURCE:
            clean = False
            yield f"Photoshop resource {number}"
            continue
        found = iim.datasets(block)
        for record, dataset, _value in found:
            if (record, dataset) not in _IIM_ALLOWED:
                clean = False
                yield f"IIM {record}:{dataset:02}"
        if clean:
            texts = [
                (dataset, len(value), iim.decode(value, "utf-8")) for record, dataset, value in found if record == 2
            ]
            if iim.jpeg_segment(iim.encode(texts))[4:] != body:
                yield "bytes hidden in IIM"
                return
    if clean and wanted is not None and body != wanted:
        yield "IIM with other words"


def icc(profile: bytes) -> Iterator[str]:
    """Any profile but our own sRGB: others carry names, dates and the numbers of devices."""
    if profile != colour.SRGB:
        yield "ICC profile"


def _as_written(packet: bytes) -> bytes:
    """The packet our own writer makes of the words in this one."""
    found = xmp.properties(packet)
    creator, rights, credit = (found.get(name, "") for name in ("dc:creator", "dc:rights", "photoshop:Credit"))
    creator = creator[0] if isinstance(creator, list) and len(creator) == 1 else creator
    rights = rights.get("x-default", "") if isinstance(rights, dict) else rights
    if not all(isinstance(word, str) for word in (creator, rights, credit)):
        return b""
    return xmp.write(credit=credit, rights=rights, creator=creator)
