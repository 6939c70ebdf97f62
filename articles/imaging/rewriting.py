"""Files of each format rewritten around their compressed pictures, with other words in them."""

import zlib
from collections.abc import Iterable, Mapping

from PIL import ImageFile

from articles.imaging import chunks, directories, headers, iim, packets, profile, segments, words, xmp
from articles.imaging.metadata import Facts, tried
from articles.imaging.pixels import orientation
from articles.imaging.segments import Segment
from articles.imaging.stamp import JPEG_EXIF

LONGEST_PROFILE = 4_000_000  # bytes

_ICC = b"ICC_PROFILE\0"
_PNG_PIXELS = {
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"sRGB", b"gAMA", b"cHRM", b"sBIT", b"bKGD", b"cICP", b"mDCV", b"cLLI",
    b"acTL", b"fcTL", b"fdAT",
}  # fmt: skip
_WEBP_PIXELS = {b"VP8X", b"ANIM", b"ALPH", b"VP8 ", b"VP8L"}
_PNG_STALE = {b"Title", b"Author", b"Description", b"Copyright", b"Source", b"XML:com.adobe.xmp"}
_XMP_IN_TIFF, _IIM_IN_TIFF, _PHOTOSHOP_IN_TIFF = 700, 33723, 34377


class Writer:
    """Writes the words of one picture into files of each format.

    Its methods take a file's bytes and give the new ones; they raise ValueError or IndexError for a file that cannot be
    followed. Where the source is hidden, nothing the old file says is kept.
    """

    def __init__(self, facts: Facts, captions: Mapping[str, str], hidden: bool, picture: ImageFile.ImageFile):
        self.facts, self.hidden = facts, hidden
        self.old_iim = b"" if hidden else tried(lambda: headers.iim_block(picture)) or b""
        self.old_xmp = b"" if hidden else tried(lambda: headers.xmp_packet(picture)) or b""
        self.orientation = orientation(picture)
        self.packet = packets.packet(facts, over=self.old_xmp, captions=captions)
        self.block = words.iim_block(facts, self.old_iim)

    def exif(self, old: bytes) -> bytes:
        """An EXIF block with our three tags over the old one; where the source is hidden, nothing but these."""
        changes = words.exif_changes(self.facts)
        base = old.removeprefix(JPEG_EXIF)
        if self.hidden or len(base) < 14:
            base = directories.EMPTY
            if self.orientation != 1:
                changes[directories.ORIENTATION] = (directories.SHORT, directories.short(base, self.orientation))
        try:
            return directories.changed(base, changes)
        except ValueError:
            return directories.changed(directories.EMPTY, changes)

    def jpeg(self, data: bytes) -> bytes:
        found = segments.taken_apart(data)
        old_exif = next((each.body for each in found if _is(each, segments.APP1, JPEG_EXIF)), b"")
        photoshop = [each.body[len(iim.PHOTOSHOP) :] for each in found if _is(each, segments.APP13, iim.PHOTOSHOP)]
        exif = JPEG_EXIF + self.exif(old_exif)
        if len(exif) > segments.LONGEST:  # the old block fills its segment: our words stand in XMP and IIM
            exif = JPEG_EXIF + directories.changed(
                old_exif.removeprefix(JPEG_EXIF), dict.fromkeys(words.exif_changes(self.facts))
            )
        if len(exif) > segments.LONGEST:
            exif = JPEG_EXIF + self.exif(b"")
        resources = words.resources(self.block, b"" if self.hidden else b"".join(photoshop))
        first = [each for each in found if _is(each, segments.APP0, b"JFIF\0")][:1]
        if self.hidden:
            first = [Segment(each.marker, each.body[:12] + b"\0\0") for each in first if len(each.body) >= 14]
        made = [
            *first,
            Segment(segments.APP1, exif),
            Segment(segments.APP1, xmp.JPEG_MARK + self.packet),
            *_photoshop_segments(resources),
        ]
        return segments.put_together(made + self._kept(found))

    def _kept(self, found: list[Segment]) -> list[Segment]:
        """The segments that stay: all that draws the picture, and, unless the source is hidden, most of the others."""
        pictures = [each for each in found if each.is_picture]
        if self.hidden:
            whole = b"".join(each.body[len(_ICC) + 2 :] for each in found if _is(each, segments.APP2, _ICC))
            adobe = [Segment(each.marker, each.body[:12]) for each in pictures if each.marker == segments.APP14][:1]
            return _profile_segments(whole) + adobe + [each for each in pictures if each.marker != segments.APP14]
        gone = (
            (segments.APP0, b"JFIF\0"), (segments.APP1, b"Exif\0"), (segments.APP1, b"http://ns.adobe.com/"),
            (segments.APP13, iim.PHOTOSHOP), (segments.APP2, b"MPF\0"), (segments.APP11, b"JP"),
        )  # fmt: skip
        return [each for each in found if not any(_is(each, *kind) for kind in gone)]

    def png(self, data: bytes) -> bytes:
        found = chunks.of_png(data)
        old_exif = next((body for kind, body in found if kind == b"eXIf"), b"")
        ours = [chunks.png_text(b"XML:com.adobe.xmp", self.packet), (b"eXIf", self.exif(old_exif))]
        kept = []
        for kind, body in found[1:]:
            keyword = body.split(b"\0", 1)[0] if kind in (b"tEXt", b"zTXt", b"iTXt") else b""
            if kind in _PNG_PIXELS:
                kept.append((kind, body))
            elif self.hidden:
                kept += _nameless_png(body) if kind == b"iCCP" else []
            elif kind not in (b"eXIf", b"caBX") and keyword not in _PNG_STALE and b"Raw profile" not in keyword:
                kept.append((kind, body))
        return chunks.png([found[0], *ours, *kept])

    def webp(self, data: bytes) -> bytes:
        found = chunks.of_webp(data)
        old_exif = next((body for kind, body in found if kind == b"EXIF"), b"")
        ours = [(b"EXIF", self.exif(old_exif)), (b"XMP ", self.packet)]
        if not self.hidden:
            return chunks.webp([chunk for chunk in found if chunk[0] not in (b"EXIF", b"XMP ", b"C2PA")] + ours)
        kept = []
        for kind, body in found:
            if kind in _WEBP_PIXELS:
                kept.append((kind, body))
            elif kind == b"ANMF":
                place, inner = chunks.of_frame(body)
                kept.append((kind, place + chunks.riff(chunk for chunk in inner if chunk[0] in _WEBP_PIXELS)))
            elif kind == b"ICCP":
                kept += [(kind, made) for made in _nameless(body)]
        return chunks.webp(kept + ours)

    def tiff(self, data: bytes) -> bytes:
        changes = words.exif_changes(self.facts)
        changes[_XMP_IN_TIFF] = (directories.BYTE, self.packet)
        changes[_IIM_IN_TIFF] = (directories.UNDEFINED, self.block)
        changes[_PHOTOSHOP_IN_TIFF] = None  # a second copy of the block, and a preview
        return directories.changed(data, changes)


def _is(segment: Segment, marker: int, mark: bytes) -> bool:
    return segment.marker == marker and segment.body.startswith(mark)


def _photoshop_segments(resources: Iterable[bytes]) -> list[Segment]:
    """Image resources in as few segments as hold them; one too long for any is left out."""
    made, body = [], b""
    room = segments.LONGEST - len(iim.PHOTOSHOP)
    for resource in resources:
        if len(body) + len(resource) > room:
            made, body = [*made, body], b""
        if len(resource) <= room:
            body += resource
    return [Segment(segments.APP13, iim.PHOTOSHOP + each) for each in [*made, body] if each]


def _profile_segments(whole: bytes) -> list[Segment]:
    """A JPEG's colour profile without a word, in as many segments as it takes."""
    room = segments.LONGEST - len(_ICC) - 2
    for made in _nameless(whole):
        parts = [made[place : place + room] for place in range(0, len(made), room)]
        return [
            Segment(segments.APP2, _ICC + bytes((number, len(parts))) + part) for number, part in enumerate(parts, 1)
        ]
    return []


def _nameless(whole: bytes) -> list[bytes]:
    try:
        return [profile.nameless(whole)]
    except ValueError:
        return []


def _nameless_png(body: bytes) -> list[chunks.Chunk]:
    """A PNG's colour profile without a word, and without the name it has there."""
    unpacked = zlib.decompressobj()
    try:
        whole = unpacked.decompress(body.split(b"\0", 1)[1][1:], LONGEST_PROFILE)
    except (zlib.error, IndexError):
        return []
    return [(b"iCCP", b"ICC\0\0" + zlib.compress(made)) for made in _nameless(whole)]
