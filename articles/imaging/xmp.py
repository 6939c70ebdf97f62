"""XMP packets (ISO 16684-1): the words and facts a picture carries as RDF, read with a safe parser, and written."""

from xml.etree.ElementTree import Element, ParseError
from xml.sax.saxutils import escape

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

JPEG_MARK = b"http://ns.adobe.com/xap/1.0/\0"

NAMESPACES = {
    "x": "adobe:ns:meta/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xml": "http://www.w3.org/XML/1998/namespace",
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "exif": "http://ns.adobe.com/exif/1.0/",
    "exifEX": "http://cipa.jp/exif/1.0/",
    "aux": "http://ns.adobe.com/exif/1.0/aux/",
    "tiff": "http://ns.adobe.com/tiff/1.0/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
}
_PREFIXES = {uri: prefix for prefix, uri in NAMESPACES.items()}

# Packets longer than this hold no words of a person, and structures deeper than this nobody writes.
LONGEST = 4_000_000
DEEPEST = 12

Value = str | list["Value"] | dict[str, "Value"]


class Unreadable(ValueError):
    """The packet is no XMP."""


def parse(packet: bytes) -> Element:
    """The XML of a packet. Raises Unreadable if it is none, is too long, or declares a document type or entities."""
    if len(packet) > LONGEST:
        raise Unreadable("The packet is too long.")
    try:
        return fromstring(packet.strip(b"\0 \r\n\t"), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise Unreadable("The packet is not XML.") from error


def properties(packet: bytes) -> dict[str, Value]:
    """The properties of a packet by name ("dc:title"); bags and sequences are lists, structures and languages dicts.

    Raises Unreadable.
    """
    found: dict[str, Value] = {}
    for description in _tops(parse(packet)):
        for name, text in description.attrib.items():
            if name_of(name) not in ("rdf:about", "xml:lang"):
                found.setdefault(name_of(name), text)
        for child in description:
            found.setdefault(name_of(child.tag), _value(child, DEEPEST))
    return found


def name_of(tag: str) -> str:
    """A tag in its usual short form: "dc:title" for "{http://purl.org/dc/elements/1.1/}title"."""
    if not isinstance(tag, str) or not tag.startswith("{"):
        return str(tag)
    uri, _, local = tag[1:].partition("}")
    return f"{_PREFIXES.get(uri, uri)}:{local}"


def write(*, credit: str = "", rights: str = "", creator: str = "") -> bytes:
    """A packet with a credit line, a copyright notice and a creator, each only if given."""
    parts = []
    if creator:
        parts.append(f"<dc:creator><rdf:Seq><rdf:li>{escape(creator)}</rdf:li></rdf:Seq></dc:creator>")
    if rights:
        parts.append(
            f'<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">{escape(rights)}</rdf:li></rdf:Alt></dc:rights>'
        )
    if credit:
        parts.append(f"<photoshop:Credit>{escape(credit)}</photoshop:Credit>")
    names = "".join(f' xmlns:{prefix}="{NAMESPACES[prefix]}"' for prefix in ("rdf", "dc", "photoshop"))
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        f'<x:xmpmeta xmlns:x="{NAMESPACES["x"]}"><rdf:RDF{names}><rdf:Description rdf:about="">'
        f"{''.join(parts)}</rdf:Description></rdf:RDF></x:xmpmeta>"
        '<?xpacket end="r"?>'
    ).encode()


def _tops(root: Element) -> list[Element]:
    """The descriptions at the top of a packet."""
    rdf = f"{{{NAMESPACES['rdf']}}}"
    box = root if root.tag == f"{rdf}RDF" else root.find(f"{rdf}RDF")
    return [] if box is None else list(box.iterfind(f"{rdf}Description"))


def _value(element: Element, depth: int) -> Value:
    if depth == 0:
        return ""
    attributes = {name_of(name): text for name, text in element.attrib.items()}
    if "rdf:resource" in attributes:
        return attributes["rdf:resource"]
    children = list(element)
    if len(children) == 1:
        kind = name_of(children[0].tag)
        if kind == "rdf:Alt":
            return _alternatives(children[0], depth)
        if kind in ("rdf:Bag", "rdf:Seq"):
            return [_value(item, depth - 1) for item in children[0]]
        if kind == "rdf:Description":
            return _structure(children[0], depth)
    if children or any(name not in ("xml:lang", "rdf:parseType") for name in attributes):
        return _structure(element, depth)
    return element.text or ""


def _alternatives(box: Element, depth: int) -> Value:
    language = f"{{{NAMESPACES['xml']}}}lang"
    if not any(language in item.attrib for item in box):
        return [_value(item, depth - 1) for item in box]
    return {item.attrib.get(language, ""): _value(item, depth - 1) for item in box}


def _structure(element: Element, depth: int) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for name, text in element.attrib.items():
        if name_of(name) not in ("rdf:about", "rdf:parseType", "xml:lang"):
            found[name_of(name)] = text
    for child in element:
        found[name_of(child.tag)] = _value(child, depth - 1)
    if element.text and element.text.strip():
        found["rdf:value"] = element.text
    return found
