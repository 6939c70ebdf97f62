"""XMP packets with all the facts of a picture, written anew or over a packet that is there."""

from collections.abc import Mapping
from xml.etree import ElementTree

from articles.imaging import iim, xmp
from articles.imaging.metadata import XMP_NAMES, Facts
from articles.imaging.text import clean

# A JPEG holds a packet in one segment, of 65,535 bytes with its name; longer texts are cut until it fits.
LONGEST_PACKET = 64_000
_LONGEST_TEXTS = (16_000, 8_000, 4_000, 2_000, 1_000, 500)

_IN_LANGUAGES = {"caption", "copyright", "alt", "extended_description"}
_LISTS = {"creator": "rdf:Seq", "keywords": "rdf:Bag"}

# Copies of our fields under other names, and marks that only fit the old words.
_STALE = {
    "tiff:ImageDescription", "tiff:Artist", "tiff:Copyright", "tiff:Orientation", "photoshop:LegacyIPTCDigest",
    "http://ns.adobe.com/lightroom/1.0/:hierarchicalSubject", "http://ns.adobe.com/xmp/note/:HasExtendedXMP",
}  # fmt: skip
_OURS = _STALE | set(XMP_NAMES.values())

for _prefix, _uri in xmp.NAMESPACES.items():
    if _prefix != "xml":
        ElementTree.register_namespace(_prefix, _uri)


def packet(facts: Facts, *, over: bytes = b"", captions: Mapping[str, str] | None = None) -> bytes:
    """A packet with these facts; of the packet it is written `over`, what is none of our fields is kept.

    `captions` are captions by language, beside the facts' own. A packet that cannot be read is not kept; neither is one
    that would make the new one too long for a JPEG.
    """
    for base in (over, b""):
        for longest in _LONGEST_TEXTS:
            made = _packet(facts, base, longest, captions or {})
            if len(made) <= LONGEST_PACKET:
                return made
    return made


def _packet(facts: Facts, over: bytes, longest: int, captions: Mapping[str, str]) -> bytes:
    root, box = _kept(over)
    described = ElementTree.SubElement(box, _tag("rdf:Description"), {_tag("rdf:about"): ""})
    for field, name in XMP_NAMES.items():
        value = getattr(facts, field)
        words = value if isinstance(value, list) else [value]
        # A keyword said twice would take the room of others.
        words = _cut([word for word in dict.fromkeys(map(clean, words)) if word], longest)
        said = _in_languages(captions, longest) if field == "caption" else {}
        if words or said:
            _add(described, field, name, words, said)
    return b"<?xpacket begin='\xef\xbb\xbf' id='W5M0MpCehiHzreSzNTczkc9d'?>" + (
        ElementTree.tostring(root, encoding="unicode") + "<?xpacket end='w'?>"
    ).encode("utf-8", errors="ignore")


def _add(described: ElementTree.Element, field: str, name: str, words: list[str], captions: Mapping[str, str]) -> None:
    element = ElementTree.SubElement(described, _tag(name))
    if field in _IN_LANGUAGES:
        box = ElementTree.SubElement(element, _tag("rdf:Alt"))
        said = {"x-default": words[0]} if words else {}
        for language, word in (said | dict(captions)).items():
            ElementTree.SubElement(box, _tag("rdf:li"), {_tag("xml:lang"): language}).text = word
    elif field in _LISTS:
        box = ElementTree.SubElement(element, _tag(_LISTS[field]))
        for word in words:
            ElementTree.SubElement(box, _tag("rdf:li")).text = word
    else:
        element.text = words[0]


def _in_languages(captions: Mapping[str, str], longest: int) -> dict[str, str]:
    share = longest // max(1, len(captions))
    cut = {language: iim.cut(clean(word), share).decode() for language, word in captions.items()}
    return {language: word for language, word in cut.items() if word}


def _kept(over: bytes) -> tuple[ElementTree.Element, ElementTree.Element]:
    """The packet's root and its RDF box, without any of our fields; new ones where there is nothing to keep."""
    try:
        root = xmp.parse(over)
    except xmp.Unreadable:
        root = ElementTree.Element(_tag("x:xmpmeta"))
    box = root if root.tag == _tag("rdf:RDF") else root.find(_tag("rdf:RDF"))
    if box is None:
        root = ElementTree.Element(_tag("x:xmpmeta"))
        box = ElementTree.SubElement(root, _tag("rdf:RDF"))
    for described in list(box):
        if described.tag != _tag("rdf:Description"):
            box.remove(described)
            continue
        for name in [name for name in described.attrib if xmp.name_of(name) in _OURS]:
            del described.attrib[name]
        for child in [child for child in described if xmp.name_of(child.tag) in _OURS]:
            described.remove(child)
    return root, box


def _cut(words: list[str], longest: int) -> list[str]:
    """The words that fit into so many bytes together, the last of them cut if need be."""
    kept: list[str] = []
    for word in words:
        short = iim.cut(word, longest).decode()
        if not short or (kept and short != word):
            break
        kept.append(short)
        longest -= len(short.encode())
    return kept


def _tag(name: str) -> str:
    prefix, local = name.split(":")
    return f"{{{xmp.NAMESPACES[prefix]}}}{local}"
