"""Content credentials (C2PA) for the renditions that are served: that this house made them, of a picture it holds.

What a manifest says is the same for every picture but for how it was made, a word the page says too. Of the original
it says that there was one: no title, no hash, no thumbnail and no credentials of its own, for those name people, places
and times, and a hash would tell anybody with a copy whether we hold it.
"""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from articles.imaging import manifest
from articles.imaging.credentials import carries, installed
from articles.imaging.leaks import leaks

_NETWORK = {"allowed_network_hosts": [], "allow_redirects": False}
_VERIFY = {"remote_manifest_fetch": False, "ocsp_fetch": False, "verify_trust": False, "verify_after_sign": False}
_SETTINGS = {"core": _NETWORK, "verify": _VERIFY, "builder": {"thumbnail": {"enabled": False}}}
_CURVES = {"secp256r1": "es256", "secp384r1": "es384", "secp521r1": "es512"}
SOON = timedelta(days=30)  # before it expires, a certificate is warned of


class NotSigned(RuntimeError):
    """A rendition, or any, cannot be signed; its text is a sentence for the operator. It never repeats a key."""


@dataclass(frozen=True)
class House:
    """Who signs: the certificates (PEM, and each as DER, the signer's first), the key, and the way of signing."""

    certificates: bytes = field(repr=False)
    chain: tuple[bytes, ...] = field(repr=False)
    key: bytes = field(repr=False)
    way: str
    name: str
    until: datetime

    def knows(self, chain: Sequence[bytes]) -> bool:
        """Whether a manifest's certificates are these."""
        return tuple(chain) == self.chain

    def knew(self, chain: Sequence[bytes]) -> bool:
        """Whether a manifest's certificates are these, or earlier ones made out to the same name."""
        x509 = import_module("cryptography.x509")
        try:
            return self.knows(chain) or x509.load_der_x509_certificate(chain[0]).subject.rfc4514_string() == self.name
        except (ValueError, IndexError):
            return False


@lru_cache(maxsize=8)
def house(certificate: str, key: str) -> House:
    """Who signs, from the files with the certificates and the key (PEM), read once. Raises NotSigned."""
    if not installed():
        raise NotSigned("The “provenance” extra is not installed: nothing is signed.")
    x509 = import_module("cryptography.x509")
    serialization = import_module("cryptography.hazmat.primitives.serialization")
    try:
        certificates, secret = Path(certificate).read_bytes(), Path(key).read_bytes()
        found = x509.load_pem_x509_certificates(certificates)
        private = serialization.load_pem_private_key(secret, None)
    except OSError as error:
        raise NotSigned(f"“{error.filename}” cannot be read: {error.strerror}.") from None
    except (ValueError, TypeError):
        raise NotSigned(f"“{certificate}” or “{key}” is no PEM file, or the key has a passphrase.") from None
    if private.public_key() != found[0].public_key():
        raise NotSigned(f"“{key}” is not the key of the first certificate in “{certificate}”.")
    names = found[0].subject.rfc4514_string()
    return House(
        certificates=certificates,
        chain=tuple(each.public_bytes(serialization.Encoding.DER) for each in found),
        key=secret,
        way=_way(private),
        name=names,
        until=found[0].not_valid_after_utc,
    )


def _way(private: Any) -> str:
    """The way of signing that fits a private key. Raises NotSigned."""
    curve = getattr(getattr(private, "curve", None), "name", "")
    kind = type(private).__name__
    way = _CURVES.get(curve) or ("ed25519" if "Ed25519" in kind else "ps256" if "RSA" in kind else "")
    if not way:
        raise NotSigned("The key is of a kind that content credentials do not know: take P-256, Ed25519 or RSA.")
    return way


def sign(
    data: bytes, format: str, by: House, *, words: Mapping[str, str], source_type: str = "", cropped: bool = False
) -> bytes:
    """A rendition ("jpeg", "webp" or "avif") with the credentials of this house in it, taken apart again and proven.

    `words` are those it was made with (see `leaks`), `source_type` how the picture was made, said if it is one of the
    IPTC NewsCodes, `cropped` whether it is a part of the picture. Raises NotSigned; then the rendition is as good
    without.
    """
    if datetime.now(UTC) >= by.until:
        raise NotSigned(f"The certificate of {by.name} expired on {by.until:%Y-%m-%d}.")
    c2pa = import_module("c2pa")
    media_type, file = f"image/{format}", BytesIO()
    try:
        context = c2pa.Context.from_dict(_SETTINGS)
        signer = c2pa.Signer.from_info(c2pa.C2paSignerInfo(by.way.encode(), by.certificates, by.key, None))
        with signer, c2pa.Builder.from_json(json.dumps(_said(media_type, source_type, cropped)), context) as builder:
            builder.sign(signer, media_type, BytesIO(data), file)
        made = file.getvalue()
        with c2pa.Reader(media_type, BytesIO(made), context=context) as reader:
            state = reader.get_validation_state()
    except c2pa.C2paError as error:
        raise NotSigned(f"The library refused to sign, or to read what it signed: {type(error).__name__}.") from None
    if state not in ("Valid", "Trusted"):
        raise NotSigned("The library does not find its own signature valid.")
    found = leaks(made, words, knows=by.knows)
    if found or not carries(BytesIO(made)):
        raise NotSigned(f"The manifest is not the one we know: {', '.join(found) or 'there is none'}.")
    return made


def _said(media_type: str, source_type: str, cropped: bool) -> dict[str, Any]:
    """What a manifest says: made of one picture, of which nothing more is told, cropped, resized."""
    opened: dict[str, Any] = {"action": manifest.OPENED, "parameters": {"ingredientIds": [manifest.TITLE]}}
    if source_type in manifest.SOURCE_TYPES:
        opened["digitalSourceType"] = source_type
    done = [opened, *([{"action": manifest.CROPPED}] if cropped else []), {"action": manifest.RESIZED}]
    return {
        "claim_generator_info": [{"name": manifest.MADE_BY}],
        "format": media_type,
        "ingredients": [{"title": manifest.TITLE, "relationship": "parentOf", "label": manifest.TITLE}],
        "assertions": [
            {"label": "c2pa.actions.v2", "created": True, "data": {"actions": done, "allActionsIncluded": True}}
        ],
    }


def faults(certificate: str, key: str) -> list[str]:
    """What keeps these files from signing, or soon will, as sentences for the operator; a small picture is tried."""
    try:
        by, sample = house(certificate, key), BytesIO()
        Image.new("RGB", (64, 64)).save(sample, "jpeg")
        sign(sample.getvalue(), "jpeg", by, words={"credit": "", "copyright": ""})
    except NotSigned as error:
        return [str(error)]
    said = []
    if by.until - datetime.now(UTC) < SOON:
        said.append(f"The certificate of {by.name} is valid until {by.until:%Y-%m-%d %H:%M} UTC and no longer.")
    return said


def exposed(key: str) -> bool:
    """Whether others than its owner and its group may read a key's file, or others than its owner change it."""
    try:
        return os.name == "posix" and bool(Path(key).stat().st_mode & 0o027)
    except OSError:
        return False
