"""The inspector of our own content credentials: holds a manifest store against the one form `signing` gives it.

Every box is followed to its end and every value is known: constants, hashes worked out again from what they are hashes
of, the certificates, and, because nobody can know them beforehand, random names (UUIDs), salts, the signature, and in
AVIF the hash of the file. Anything else in it is named as a leak.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from articles.imaging import cbor

MADE_BY = "Newsroom"
TITLE = "original"  # all that is ever said of what a rendition was made of
OPENED, CROPPED, RESIZED = "c2pa.opened", "c2pa.cropped", "c2pa.resized"
# How a picture was made, of the IPTC NewsCodes: the only words in a manifest that are not the same in each.
SOURCE_TYPES = {
    f"http://cv.iptc.org/newscodes/digitalsourcetype/{name}"
    for name in (
        *("digitalCapture", "computationalCapture", "negativeFilm", "positiveFilm", "print", "humanEdits"),
        *("compositeCapture", "digitalCreation", "dataDrivenMedia", "screenCapture", "algorithmicMedia", "composite"),
        *("algorithmicallyEnhanced", "trainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia"),
        *("compositeSynthetic", "virtualRecording"),
    )
}

_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
_TYPE_END = b"\0\x11\0\x10\x80\0\0\xaa\0\x38\x9b\x71"
_PATH = "self#jumbf=c2pa.assertions/"
_INGREDIENT, _ACTIONS = "c2pa.ingredient.v3", "c2pa.actions.v2"
_HASHES = ("c2pa.hash.data", "c2pa.hash.bmff.v3")
_LONGEST_SIGNATURE = 512
_BMFF_EXCLUSIONS = [
    {"xpath": "/uuid", "data": [{"offset": 8, "value": bytes.fromhex("d8fec3d61b0e483c92975828877ec481")}]},
    *({"xpath": path} for path in ("/ftyp", "/mfra", "/free", "/skip")),
]

Chain = Sequence[bytes]


@dataclass(frozen=True)
class _Box:
    """A JUMBF superbox: its type, its label, whether it is salted, what it holds, and what a hash of it is made of."""

    kind: bytes
    label: str
    salted: bool
    inner: bytes
    hashed: bytes


def faults(store: bytes, file: bytes, place: tuple[int, int], knows: Callable[[Chain], bool]) -> Iterator[str]:
    """What is in a manifest store beyond what we sign, by name; nothing for one of ours. Never raises.

    `place` says where in `file` the block begins and ends that holds it; `knows` whether certificates (DER, the
    signer's first) are ours.
    """
    try:
        said = list(_store(store, file, place, knows))
    except (ValueError, IndexError, KeyError, TypeError, AttributeError):
        said = ["content credentials that cannot be read"]
    yield from said


def _store(store: bytes, file: bytes, place: tuple[int, int], knows: Callable[[Chain], bool]) -> Iterator[str]:
    (root,) = _boxes(store)
    (manifest,) = _inside(root, b"c2pa", "c2pa")
    name = manifest.label
    if not re.fullmatch(f"urn:c2pa:{_UUID}", name):
        yield "content credentials: name"
    kept, claimed, signed = _inside(manifest, b"c2ma", name)
    assertions = {box.label: box for box in _inside(kept, b"c2as", "c2pa.assertions")}
    if len(assertions) != 3 or not {_INGREDIENT, _ACTIONS} < set(assertions):
        yield "content credentials: statements"
        return
    hashes = {f"{_PATH}{label}": hashlib.sha256(box.hashed).digest() for label, box in assertions.items()}
    for label, box in assertions.items():
        value = _value(box, b"cbor", label)
        if label == _INGREDIENT:
            fits = value == {"relationship": "parentOf", "dc:title": TITLE}
        elif label == _ACTIONS:
            fits = _are_actions(value, hashes)
        else:
            fits = label in _HASHES and _is_hash(value, label, file, place)
        if not fits:
            yield f"content credentials: {label if label in (_INGREDIENT, _ACTIONS, *_HASHES) else 'statements'}"
    if not _is_claim(_value(claimed, b"c2cl", "c2pa.claim.v2"), name, hashes):
        yield "content credentials: claim"
    yield from _signature(_value(signed, b"c2cs", "c2pa.signature"), knows)


def _are_actions(value: Any, hashes: dict[str, bytes]) -> bool:
    opened, *others = value["actions"]
    source = {"url": f"{_PATH}{_INGREDIENT}", "hash": hashes[f"{_PATH}{_INGREDIENT}"]}
    kind = opened.pop("digitalSourceType", None)
    return (
        set(value) == {"actions", "allActionsIncluded"}
        and value["allActionsIncluded"] is True
        and opened == {"action": OPENED, "parameters": {"ingredients": [source]}}
        and (kind is None or kind in SOURCE_TYPES)
        and others in ([{"action": RESIZED}], [{"action": CROPPED}, {"action": RESIZED}])
    )


def _is_hash(value: Any, label: str, file: bytes, place: tuple[int, int]) -> bool:
    digest = value.pop("hash")
    constant = {"name": "jumbf manifest", "alg": "sha256"}
    if label == "c2pa.hash.bmff.v3":  # made of boxes and their places: c2pa's own reader holds it to the file
        return len(digest) == 32 and value == constant | {"exclusions": _BMFF_EXCLUSIONS}
    start, end = place
    pad = value.pop("pad")
    return (
        digest == hashlib.sha256(file[:start] + file[end:]).digest()
        and not any(pad)
        and value == constant | {"exclusions": [{"start": start, "length": end - start}]}
    )


def _is_claim(value: Any, name: str, hashes: dict[str, bytes]) -> bool:
    made_by = value.pop("claim_generator_info")
    library = made_by.pop("org.contentauth.c2pa_rs")
    instance = value.pop("instanceID")
    referred = value.pop("created_assertions") + value.pop("gathered_assertions")
    return (
        made_by == {"name": MADE_BY}
        and re.fullmatch(r"\d{1,3}\.\d{1,3}\.\d{1,3}", library) is not None
        and re.fullmatch(rf"xmp\.iid:{_UUID}", instance) is not None
        and sorted(one["url"] for one in referred) == sorted(hashes)
        and all(one == {"url": one["url"], "hash": hashes[one["url"]]} for one in referred)
        and value == {"signature": f"self#jumbf=/c2pa/{name}/c2pa.signature", "alg": "sha256"}
    )


def _signature(value: Any, knows: Callable[[Chain], bool]) -> Iterator[str]:
    """What a COSE_Sign1 (RFC 9052, 4.2) holds beyond how it was signed, by whom, and the signature."""
    protected, loose, payload, signature = value.value
    head = cbor.decode(protected)
    chain = head.pop(33)
    if value.number != 18 or payload is not None or set(head) != {1} or not isinstance(head[1], int):
        yield "content credentials: signature"
    if not knows([chain] if isinstance(chain, bytes) else chain):
        yield "content credentials: certificate"
    if set(loose) - {"pad"} or any(loose.get("pad", b"")):
        yield "content credentials: beside the signature"
    if not isinstance(signature, bytes) or len(signature) > _LONGEST_SIGNATURE:
        yield "content credentials: signature"


def _inside(box: _Box, kind: bytes, label: str) -> list[_Box]:
    """The superboxes in a superbox of this type and name. Raises ValueError for another."""
    if (box.kind, box.label, box.salted) != (kind, label, False):
        raise ValueError("A box of another name.")
    return list(_boxes(box.inner))


def _value(box: _Box, kind: bytes, label: str) -> Any:
    """The one value in a superbox of this type and name; only statements are salted. Raises ValueError."""
    length = int.from_bytes(box.inner[:4])
    if (box.kind, box.label) != (kind, label) or box.inner[4:8] != b"cbor" or length != len(box.inner):
        raise ValueError("A box of another name.")
    if box.salted != (kind == b"cbor"):
        raise ValueError("A salt where none belongs.")
    return cbor.decode(box.inner[8:])


def _boxes(data: bytes) -> Iterator[_Box]:
    """The superboxes that lie one behind the other in `data` and fill it. Raises ValueError."""
    place = 0
    while place < len(data):
        length = int.from_bytes(data[place : place + 4])
        body = data[place + 8 : place + length]
        about = int.from_bytes(body[:4])
        if data[place + 4 : place + 8] != b"jumb" or length != len(body) + 8 or body[4:8] != b"jumd":
            raise ValueError("No superbox where one belongs.")
        head, toggles = body[8:about], body[24]
        label, _end, salt = head[17:].partition(b"\0")
        salted = toggles == 0x13
        if head[4:16] != _TYPE_END or toggles not in (0x03, 0x13) or about < 26 or about > len(body):
            raise ValueError("A superbox of another kind.")
        if salted != bool(salt) or (salted and (salt[:8] != b"\0\0\0\x18c2sh" or len(salt) != 24)):
            raise ValueError("A superbox with something of its own.")
        yield _Box(head[:4], label.decode("ascii"), salted, body[about:], body)
        place += length
