"""The boxes of an AVIF file (ISO/IEC 14496-12 and 23008-12), as far as it takes to know everything that is in it."""

from collections.abc import Iterator

# Boxes that only say how the picture is stored, and how long (bytes) they are.
_STRUCTURE = {b"pitm": 6, b"ispe": 12, b"irot": 1, b"imir": 1, b"pasp": 8, b"clap": 32}
_BRANDS = {b"avif", b"mif1", b"miaf", b"MA1A", b"MA1B"}
_REFERENCES = {b"auxl", b"cdsc", b"prem"}  # alpha to its picture, words to their picture, premultiplied by
_OPENED = {b"iprp": 0, b"ipco": 0, b"meta": 4}  # boxes that hold boxes, after so many bytes of their own
_ITEM_NAMES = {b"", b"Color", b"Alpha", b"Exif", b"XMP"}
_ALPHA = bytes(4) + b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha"
# The box of a manifest store (C2PA 2.2, A.5.2): its UUID, version and flags, its purpose, no hashes elsewhere.
_CREDENTIALS = bytes.fromhex("d8fec3d61b0e483c92975828877ec481") + bytes(4) + b"manifest\0" + bytes(8)
_HANDLER = bytes(8) + b"pict" + bytes(12)


def avif_parts(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Everything in an AVIF beside its pixels: ("Exif" | "XMP" | "ICC" | "C2PA", bytes), or (what it is, b"") for
    the rest.

    Raises ValueError or IndexError for a file that cannot be followed.
    """
    items: dict[int, bytes] = {}
    places: list[tuple[int, int, int]] = []
    media: list[tuple[int, int]] = []
    references: list[tuple[bytes, int]] = []
    credentials = False
    for kind, start, end in _walk(data, 0, len(data)):
        body = data[start:end]
        if kind == b"mdat":
            media.append((start, end))
        elif kind == b"iinf":
            items |= dict(_items(body))
        elif kind == b"iloc":
            places += _places(body)
        elif kind == b"iref":
            references += list(_references(body))
        elif kind == b"colr" and body[:4] in (b"prof", b"rICC"):
            yield "ICC", body[4:]
        elif kind == b"uuid" and body.startswith(_CREDENTIALS) and not credentials:
            credentials = True
            yield "C2PA", body[len(_CREDENTIALS) :]
        elif kind == b"hdlr":
            if body.rstrip(b"\0") not in (_HANDLER.rstrip(b"\0"), _HANDLER + b"libavif"):
                yield "AVIF handler name", b""
        elif kind == b"auxC":
            if body not in (_ALPHA, _ALPHA + b"\0"):
                yield "AVIF auxiliary picture", b""
        elif not _is_structure(kind, body):
            yield f"AVIF {kind.decode('latin-1')}", b""
    for item, start, length in places:
        kind = items.get(item, b"????")
        if kind == b"Exif":
            yield "Exif", data[start : start + length]
        elif kind == b"mime":
            yield "XMP", data[start : start + length]
        elif kind == b"av01":
            if not _is_picture_only(data[start : start + length]):
                yield "AV1 metadata", b""
        else:
            yield f"AVIF item {kind.decode('latin-1')}", b""
    pictures = [item for item, kind in items.items() if kind == b"av01"]
    alphas = {item for kind, item in references if kind == b"auxl"}
    if len(pictures) > 2 or (len(pictures) == 2 and not alphas & set(pictures)):
        yield "AVIF second picture", b""
    if {kind for kind, _item in references} - _REFERENCES:
        yield "AVIF reference", b""
    if not _filled(media, [(start, start + length) for _, start, length in places]):
        yield "bytes hidden in AVIF", b""


def _walk(data: bytes, place: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Every box as (kind, where its content starts, where it ends), boxes in boxes too."""
    while place < end:
        length, kind, start = int.from_bytes(data[place : place + 4]), data[place + 4 : place + 8], place + 8
        if length == 1:
            length, start = int.from_bytes(data[start : start + 8]), start + 8
        elif length == 0:
            length = end - place
        stop = place + length
        if stop < start or stop > end:
            raise ValueError("A box that is longer than its file.")
        if kind in _OPENED:
            yield from _walk(data, start + _OPENED[kind], stop)
        else:
            yield kind, start, stop
        place = stop


def _items(body: bytes) -> Iterator[tuple[int, bytes]]:
    """The kind of every item of an iinf box, by its number; one with a name nobody expects gets that as its kind."""
    place = 6 if body[0] == 0 else 8
    for kind, start, stop in _walk(body, place, len(body)):
        box = body[start:stop]
        if kind != b"infe" or box[0] not in (2, 3):
            raise ValueError("An item of an unknown kind.")
        place = 6 if box[0] == 2 else 8
        item_kind, words = box[place + 2 : place + 6], box[place + 6 :].split(b"\0")
        ends = [b"application/rdf+xml", b""] if item_kind == b"mime" else [b""]
        known = words[0] in _ITEM_NAMES and (words[1:] == ends or words[1:] == [*ends, b""])
        yield int.from_bytes(box[4:place]), item_kind if known else words[0]


def _is_structure(kind: bytes, body: bytes) -> bool:
    """Whether a box is one a decoder needs, and no longer than that takes."""
    if kind == b"ftyp":
        return (
            not any(body[4:8]) and {body[:4], *(body[place : place + 4] for place in range(8, len(body), 4))} <= _BRANDS
        )
    if kind == b"colr":
        return body[:4] == b"nclx" and len(body) == 11
    if kind == b"pixi":
        return len(body) == 5 + body[4]
    if kind == b"av1C":
        return _is_picture_only(body[4:])
    if kind == b"ipma":
        wide, place = body[3] & 1, 8
        for _ in range(int.from_bytes(body[4:8])):
            place += 4 if body[0] else 2
            place += 1 + body[place] * (2 if wide else 1)
        return place == len(body)
    return len(body) == _STRUCTURE.get(kind, -1)


def _references(body: bytes) -> Iterator[tuple[bytes, int]]:
    """Every reference of an iref box as (its kind, the item it goes out from)."""
    if any(body[:4]):
        raise ValueError("References of an unknown kind.")
    for kind, start, stop in _walk(body, 4, len(body)):
        if stop - start != 4 + 2 * int.from_bytes(body[start + 2 : start + 4]):
            raise ValueError("A reference that is longer than it says.")
        yield kind, int.from_bytes(body[start : start + 2])


def _places(body: bytes) -> Iterator[tuple[int, int, int]]:
    """Every extent of an iloc box as (item, start, length in bytes); only offsets into the file itself are known."""
    version, place = body[0], 6
    offset_size, length_size, base_size, index_size = body[4] >> 4, body[4] & 15, body[5] >> 4, body[5] & 15

    def number(size: int) -> int:
        nonlocal place
        place += size
        if place > len(body):
            raise IndexError("The box ends early.")
        return int.from_bytes(body[place - size : place])

    for _ in range(number(4 if version == 2 else 2)):
        item = number(4 if version == 2 else 2)
        if version and number(2) & 15:
            raise ValueError("An item that lies elsewhere.")
        number(2)
        base = number(base_size)
        for _ in range(number(2)):
            number(index_size if version else 0)
            start = base + number(offset_size)
            yield item, start, number(length_size)


def _filled(media: list[tuple[int, int]], extents: list[tuple[int, int]]) -> bool:
    """Whether items cover the media data without a gap."""
    for start, end in media:
        for first, last in sorted(extents):
            if first <= start < last:
                start = last
        if start < end:
            return False
    return True


def _is_picture_only(stream: bytes) -> bool:
    """Whether an AV1 stream holds only what draws the picture (AV1 specification, 6.2.2), no metadata or padding."""
    place = 0
    while place < len(stream):
        head = stream[place]
        if head >> 3 & 15 not in (1, 2, 3, 4, 6, 7) or not head & 2:
            return False
        place += 2 if head & 4 else 1
        length = shift = 0
        while True:
            byte = stream[place]
            place += 1
            length |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                break
        place += length
    return place == len(stream)
