"""Caches in front of the site that forget by key: how each is asked, in as few requests as it allows.

| cache | answers carry | is asked by | keys a request |
|---|---|---|---|
| Varnish (`deploy/varnish.vcl`) | `xkey` | `PURGE /` with `xkey-purge` or `xkey-softpurge` | 4,000 bytes of them |
| Fastly | `Surrogate-Key` | `POST /service/.../purge` | 256 |
| Cloudflare | `Cache-Tag` | `POST /client/v4/zones/.../purge_cache` | 30 |

A key is *gone* when what carried it must never be seen again (a story that was withdrawn). Any other is only old: a
cache may show it once more while the site cannot be reached, where it knows how (Varnish, Fastly).
"""

import json
import ssl
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from django.conf import settings

SECONDS = 5.0
MOST_SAID = 200  # characters of an answer that are kept to be read


class NotTaken(Exception):
    """A cache did not take a purge; the message says why. `after`: the seconds it asked to be left alone."""

    def __init__(self, why: str, after: int = 0) -> None:
        super().__init__(why)
        self.after = after


@dataclass(frozen=True)
class Cache:
    """A cache at `address`. `name` stands in the rows of what it must forget."""

    address: str
    service: str = ""
    token: str = field(default="", repr=False)
    most_keys = 256
    most_bytes = 12_000  # of keys and what separates them

    @property
    def name(self) -> str:
        return f"{self.address}/{self.service}".rstrip("/")[:200]

    def forget(self, keys: Sequence[str], *, gone: bool) -> None:
        """Ask for one request's worth of `keys` to be forgotten. Raises NotTaken."""
        raise NotImplementedError

    def _send(self, method: str, path: str, headers: dict[str, str], body: bytes | None = None) -> bytes:
        """The body of the answer. No way to somewhere else is followed: the token is for this address only."""
        parts = urlsplit(self.address)
        if parts.scheme == "https":
            line = HTTPSConnection(parts.hostname, parts.port, timeout=SECONDS, context=ssl.create_default_context())
        else:
            line = HTTPConnection(parts.hostname, parts.port, timeout=SECONDS)
        try:
            line.request(method, path, body=body, headers=headers)
            answer = line.getresponse()
            said = answer.read(65_536)
        except (OSError, HTTPException) as error:
            raise NotTaken(f"{parts.netloc} was not reached: {type(error).__name__}: {error}") from error
        finally:
            line.close()
        if answer.status not in {200, 202, 204}:
            raise self._not_taken(answer.status, said, answer.headers.get("Retry-After", ""))
        return said

    def _not_taken(self, status: int, said: bytes, after: str = "") -> NotTaken:
        words = " ".join(said[: MOST_SAID * 4].decode("utf-8", "replace").split())[:MOST_SAID]
        if self.token:
            words = words.replace(self.token, "…")
        return NotTaken(
            f"{urlsplit(self.address).netloc} answered {status}: {words}",
            after=int(after) if after.isdecimal() and len(after) < 6 else 0,
        )


class Varnish(Cache):
    """One Varnish; several are several caches, so that one which is down keeps no other waiting."""

    most_keys = 400
    most_bytes = 4_000  # Varnish takes a header of 8,192 bytes

    def forget(self, keys: Sequence[str], *, gone: bool) -> None:
        self._send("PURGE", "/", {"xkey-purge" if gone else "xkey-softpurge": " ".join(keys)})


class Fastly(Cache):
    def forget(self, keys: Sequence[str], *, gone: bool) -> None:
        headers = {"Fastly-Key": self.token, "Content-Type": "application/json", "Accept": "application/json"}
        if not gone:
            headers["Fastly-Soft-Purge"] = "1"
        body = json.dumps({"surrogate_keys": list(keys)}).encode()
        self._send("POST", f"/service/{self.service}/purge", headers, body)


class Cloudflare(Cache):
    """Forgets for good whatever it is asked: it has no other way."""

    most_keys = 30

    def forget(self, keys: Sequence[str], *, gone: bool) -> None:
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        body = json.dumps({"tags": list(keys)}).encode()
        said = self._send("POST", f"/client/v4/zones/{self.service}/purge_cache", headers, body)
        try:
            did = json.loads(said)["success"] is True
        except (ValueError, KeyError, TypeError):
            did = False
        if not did:  # it may say so in an answer of 200
            raise self._not_taken(200, said)


KINDS: dict[str, type[Cache]] = {"varnish": Varnish, "fastly": Fastly, "cloudflare": Cloudflare}


def caches() -> list[Cache]:
    """The caches in front of this site: none, one, or several of a kind."""
    if not settings.CDN:
        return []
    kind = KINDS[settings.CDN["kind"]]
    return [kind(address, settings.CDN["service"], settings.CDN["token"]) for address in settings.CDN["addresses"]]
