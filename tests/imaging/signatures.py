"""Authorities, certificates and signed pictures, made anew for every run of the tests."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path

import c2pa
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

NEWSCODES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
MADE = {"action": "c2pa.created", "digitalSourceType": f"{NEWSCODES}digitalCapture"}
_NOTHING_ELSE = {"builder": {"thumbnail": {"enabled": False}}, "verify": {"verify_after_sign": False}}


KEYS = {
    "P-256": lambda: ec.generate_private_key(ec.SECP256R1()),
    "P-384": lambda: ec.generate_private_key(ec.SECP384R1()),
    "P-521": lambda: ec.generate_private_key(ec.SECP521R1()),
    "Ed25519": ed25519.Ed25519PrivateKey.generate,
    "RSA": lambda: rsa.generate_private_key(65537, 2048),
}


@dataclass(frozen=True)
class Signer:
    """Somebody who signs: the authority's certificate, their own with it, and their key, all PEM."""

    authority: bytes
    certificates: bytes
    key: bytes

    def written(self, folder: Path) -> tuple[str, str]:
        """The paths of the certificates and of the key, written where only we may read them."""
        paths = folder / "certificates.pem", folder / "key.pem"
        for path, content in zip(paths, (self.certificates, self.key), strict=True):
            path.write_bytes(content)
            path.chmod(0o600)
        return str(paths[0]), str(paths[1])


@cache
def signer(
    name: str = "Wadi Press", *, days: int = 365, turn: int = 0, usage: str = "EMAIL_PROTECTION", kind: str = "P-256"
) -> Signer:
    """A signer of that name with an authority of their own; `turn` gives a second one, of the same name."""
    authority_key, key = ec.generate_private_key(ec.SECP256R1()), KEYS[kind]()
    authority = (
        _certificate(f"{name} Root", f"{name} Root", authority_key, 3650)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(_usage(key_cert_sign=True, crl_sign=True), critical=True)
        .sign(authority_key, hashes.SHA256())
    )
    own = (
        _certificate(name, f"{name} Root", key, days)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(digital_signature=True), critical=True)
        .add_extension(x509.ExtendedKeyUsage([getattr(ExtendedKeyUsageOID, usage)]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), critical=False)
        .sign(authority_key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return Signer(authority.public_bytes(pem), own.public_bytes(pem), private)


def _certificate(name, issuer, key, days):
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=730))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _name(name):
    given = {NameOID.COMMON_NAME: name, NameOID.ORGANIZATION_NAME: f"{name} Ltd"}
    return x509.Name([x509.NameAttribute(kind, value) for kind, value in given.items()])


def _usage(**given):
    kinds = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement")
    every = (*kinds, "key_cert_sign", "crl_sign", "encipher_only", "decipher_only")
    return x509.KeyUsage(**dict.fromkeys(every, False) | given)


def signed(data: bytes, format: str = "jpeg", *, actions=(MADE,), by: Signer | None = None, **given) -> bytes:
    """A picture with content credentials, as a program somewhere would sign it; `given` as `put` takes it."""
    said = {
        "claim_generator_info": [{"name": "Darkroom", "version": "2"}],
        "assertions": [{"label": "c2pa.actions", "data": {"actions": list(actions)}}],
    }
    return put(said, data, format, by=by, **given)


def put(said: dict, data: bytes, format: str, *, by: Signer | None = None, ingredients=(), thumbnail=False) -> bytes:
    """A picture with a manifest that says exactly this. `ingredients` are pairs of what is said of one and its file."""
    by, file, media_type = by or signer(), BytesIO(), f"image/{format}"
    context = c2pa.Context.from_dict(_NOTHING_ELSE | {"builder": {"thumbnail": {"enabled": thumbnail}}})
    information = c2pa.C2paSignerInfo(b"es256", by.certificates, by.key, None)
    with c2pa.Signer.from_info(information) as pen, c2pa.Builder.from_json(json.dumps(said), context) as builder:
        for about, content in ingredients:
            builder.add_ingredient(json.dumps(about), media_type, BytesIO(content))
        builder.sign(pen, media_type, BytesIO(data), file)
    return file.getvalue()
