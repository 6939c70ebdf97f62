"""The page store in a bucket: each page is an object, in Amazon's S3 or anything that speaks as it does.

An object is replaced whole, so nothing needs to be written beside it. It is kept unpacked: whoever serves it packs it.
Who may write, and where the bucket is, say the variables that every program for S3 reads (`AWS_ACCESS_KEY_ID`,
`AWS_SECRET_ACCESS_KEY`, `AWS_REGION`, `AWS_ENDPOINT_URL_S3`).
"""

import gzip
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import cached_property
from importlib import import_module
from urllib.parse import urlsplit

from django.utils import timezone

from .folder import refuse_others

OWNER = ".newsroom"
CONNECT, READ, TRIES = 2, 5, 2  # seconds, seconds: a reader waits for it
KEPT = "public, max-age=0, must-revalidate"  # a browser asks each time, as with a file
TYPES = {"html": "text/html", "xml": "application/xml", "json": "application/json", "txt": "text/plain"}
FEEDS = {"feed.xml": "application/rss+xml", "atom.xml": "application/atom+xml"}


class NotReached(OSError):
    """The object storage did not answer, or refused; the message says why."""


class Bucket:
    """Pages as objects of `address`, such as s3://bucket/folder: with the methods of `Folder`. What cannot be read is
    not there; where a page cannot be written or removed, NotReached is raised."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self.name, self.prefix = parts.netloc, parts.path.strip("/")

    def read(self, name: str) -> tuple[bytes, datetime] | None:
        with suppress(NotReached):
            return self._read(name)
        return None

    def _read(self, name: str) -> tuple[bytes, datetime] | None:
        with _said():
            try:
                found = self._object(name).get()
            except self._bucket.meta.client.exceptions.NoSuchKey:
                return None
            return found["Body"].read(), found["LastModified"].astimezone(UTC)

    def packed(self, name: str) -> bytes | None:
        found = self.read(name)
        return gzip.compress(found[0], 1, mtime=0) if found else None

    def agrees(self, name: str, content: bytes) -> bool:
        return True  # nothing lies beside a page here

    @contextmanager
    def beside(self, name: str, content: bytes) -> Iterator[Callable[[], None]]:
        def put_in_place() -> None:
            with _said():
                self._object(name).put(Body=content, ContentType=content_type(name), CacheControl=KEPT)

        yield put_in_place

    def remove(self, name: str) -> None:
        with _said():
            self._object(name).delete()

    def names(self) -> Iterator[str]:
        """The name of every page that lies here, a thousand to an asking."""
        with _said():
            for one in self._there():
                name = one.key.removeprefix(f"{self.prefix}/") if self.prefix else one.key
                if not name.startswith("."):
                    yield name

    def asked_at(self, name: str) -> datetime | None:
        """Nobody says when an object was last read: each counts as read now, and stays."""
        return timezone.now()

    def take_over(self, owner: str) -> bool:
        said = self._read(OWNER)
        if said and said[0] == owner.encode():
            return False
        with _said():
            there = self._there()
            for one in there:
                refuse_others(one.key.rpartition("/")[2], f"s3://{self.name}/{one.key}")
            there.delete()
            self._object(OWNER).put(Body=owner.encode())
            return True

    @cached_property
    def _bucket(self):
        # Loaded where pages lie in a bucket, and nowhere else: it takes a third of a second and 30 MB.
        backend, config = import_module("storages.backends.s3"), import_module("botocore.config")
        patience = config.Config(connect_timeout=CONNECT, read_timeout=READ, retries={"total_max_attempts": TRIES})
        return backend.S3Storage(bucket_name=self.name, client_config=patience).bucket

    def _there(self):
        return self._bucket.objects.filter(Prefix=f"{self.prefix}/" if self.prefix else "")

    def _object(self, name: str):
        return self._bucket.Object(f"{self.prefix}/{name}" if self.prefix else name)


def content_type(name: str) -> str:
    """What a page by that name is said to be."""
    file = name.rpartition("/")[2]
    return f"{FEEDS.get(file) or TYPES[file.rpartition('.')[2]]}; charset=utf-8"


@contextmanager
def _said() -> Iterator[None]:
    """What the library raises becomes an OSError, as of a disk."""
    errors = import_module("botocore.exceptions")
    try:
        yield
    except (errors.BotoCoreError, errors.ClientError) as error:
        raise NotReached(f"The object storage of the pages: {error}") from error
