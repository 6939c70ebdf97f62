"""The environment of a running newsroom: every variable it reads, with its default, and how each is understood.

`docs/operators.md` says what each is for, and a test holds the two equal. A value that is wrong is one sentence that
begins with the variable's name.
"""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# Name: default. An empty default is worked out in development and must be given in production, or means none.
VARIABLES = {
    "NEWSROOM_MODE": "development",
    "NEWSROOM_DEBUG": "0",
    "NEWSROOM_SECRET_KEY": "",
    "NEWSROOM_ALLOWED_HOSTS": "",
    "NEWSROOM_SITE_ADDRESS": "",
    "NEWSROOM_DATABASE": "",
    "NEWSROOM_DATABASE_SECONDS": "600",
    "NEWSROOM_VAR": "var",
    "NEWSROOM_MEDIA": "media",
    "NEWSROOM_PAGE_STORE": "pages",
    "NEWSROOM_BEHIND_PROXY": "1",
    "NEWSROOM_HSTS_SECONDS": "31536000",
    "NEWSROOM_LOG_LEVEL": "INFO",
    "NEWSROOM_PICTURE_BYTES": "83886080",
    "NEWSROOM_PICTURE_PIXELS": "120000000",
    "NEWSROOM_PICTURE_WIDTHS": "320,640,960,1280,1920,2560",
    "NEWSROOM_C2PA_TRUST": "",
    "NEWSROOM_C2PA_CERTIFICATE": "",
    "NEWSROOM_C2PA_KEY": "",
    "NEWSROOM_UPLOADS": "uploads",
    "NEWSROOM_UPLOADS_BYTES": "20000000000",
    "NEWSROOM_ACCEL": "0",
    "NEWSROOM_API_ORIGINS": "",
    "NEWSROOM_API_RATE": "300",
    "NEWSROOM_CDN": "",
    "NEWSROOM_CDN_ADDRESSES": "",
    "NEWSROOM_CDN_SERVICE": "",
    "NEWSROOM_CDN_TOKEN": "",
}


def refuse(name: str, sentence: str) -> ImproperlyConfigured:
    """The error for a variable that is missing or wrong: one sentence that begins with its name."""
    return ImproperlyConfigured(f"{name} {sentence}")


def read(name: str) -> str:
    """The text of a variable, or its default. An empty variable counts as not given."""
    return os.environ.get(name, "").strip() or VARIABLES[name]


def read_number(name: str) -> int:
    """A variable that holds a whole number, nought or more."""
    if not read(name).isdecimal():
        raise refuse(name, f"must be a whole number, and is “{read(name)}”.")
    return int(read(name))


def read_switch(name: str) -> bool:
    """A variable that is 1 (on) or 0 (off)."""
    if read(name) not in {"0", "1"}:
        raise refuse(name, f"must be 1 or 0, and is “{read(name)}”.")
    return read(name) == "1"


def as_list(text: str) -> list[str]:
    """The values of a text that separates them with commas."""
    return [value.strip() for value in text.split(",") if value.strip()]


SQLITE_OPTIONS = {
    # Readers never wait for a writer (WAL); a writer takes its lock at the start, so that none is refused half-way.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,  # seconds to wait for another writer
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY; "
        "PRAGMA mmap_size=134217728; PRAGMA cache_size=-20000; PRAGMA journal_size_limit=67108864;"
    ),
}


def database(address: str, base: Path) -> dict:
    """Django's settings for a database address: `postgres://user:password@host:5432/name` or `sqlite:///path`.

    A path that does not begin at the root (`sqlite:////...`) lies in the folder `base`. A host may be
    a folder with a server's socket, percent-encoded: `postgres://user@%2Frun%2Fpostgresql/name`.
    """
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise refuse("NEWSROOM_DATABASE", "is no database address: its port must be a number.") from error
    name = unquote(parts.path.removeprefix("/"))
    if not name:
        raise refuse(
            "NEWSROOM_DATABASE", "names no database: write postgres://user:password@host/name or sqlite:///path."
        )
    if parts.scheme == "sqlite":
        path = base / name
        path.parent.mkdir(parents=True, exist_ok=True)
        # Tests have a file too: a database in memory is one connection for all threads, unlike anything that runs.
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": path,
            "OPTIONS": SQLITE_OPTIONS,
            # Opening the file and setting its pragmas costs as much as all queries of a story's page.
            "CONN_MAX_AGE": read_number("NEWSROOM_DATABASE_SECONDS"),
            "TEST": {"NAME": f"{path}.test"},
        }
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": name,
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.netloc.rpartition("@")[2].removesuffix(f":{port}").strip("[]")),
            "PORT": str(port or ""),
            "CONN_MAX_AGE": read_number("NEWSROOM_DATABASE_SECONDS"),
            "CONN_HEALTH_CHECKS": True,
        }
    raise refuse("NEWSROOM_DATABASE", f"must begin with postgres:// or sqlite:///, not with “{parts.scheme}:”.")


CDN_ADDRESSES = {"varnish": "", "fastly": "https://api.fastly.com", "cloudflare": "https://api.cloudflare.com"}
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def cdn() -> dict | None:
    """Which cache stands in front of the site: its kind, the addresses that take purges, its service, its token.

    None where there is none.
    """
    kind = read("NEWSROOM_CDN")
    if not kind:
        return None
    if kind not in CDN_ADDRESSES:
        raise refuse("NEWSROOM_CDN", f"must be varnish, fastly or cloudflare, and is “{kind}”.")
    service, token = read("NEWSROOM_CDN_SERVICE"), read("NEWSROOM_CDN_TOKEN")
    addresses = as_list(read("NEWSROOM_CDN_ADDRESSES") or CDN_ADDRESSES[kind])
    if kind == "varnish":
        service = token = ""
        if not addresses:
            raise refuse("NEWSROOM_CDN_ADDRESSES", "is not set: say where Varnish listens, as http://127.0.0.1:6081.")
    else:
        if len(addresses) != 1:
            raise refuse("NEWSROOM_CDN_ADDRESSES", f"must be one address for {kind}; leave it out for the usual one.")
        if not service.replace("-", "").isalnum() or not service.isascii():
            raise refuse("NEWSROOM_CDN_SERVICE", f"must be the {'service' if kind == 'fastly' else 'zone'} of {kind}.")
        if not token or not token.isascii() or not token.isprintable():
            raise refuse("NEWSROOM_CDN_TOKEN", f"must be a token of {kind} that may purge, and nothing else.")
    for address in addresses:
        try:
            parts = urlsplit(address)
            is_one = (
                parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0 and parts.path in {"", "/"}
            )
        except ValueError:
            is_one = False
        if not is_one or "@" in address or parts.query or parts.fragment:
            raise refuse("NEWSROOM_CDN_ADDRESSES", f"must be as http://127.0.0.1:6081, and has “{address}”.")
        # Varnish speaks no TLS and is told no secret; a token never leaves this machine in the clear.
        if kind != "varnish" and parts.scheme != "https" and parts.hostname not in LOOPBACK:
            raise refuse("NEWSROOM_CDN_ADDRESSES", "must begin with https://, for the token goes there.")
    return {
        "kind": kind,
        "addresses": tuple(address.rstrip("/") for address in addresses),
        "service": service,
        "token": token,
    }
