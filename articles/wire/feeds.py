"""Feeds: stories as RSS 2.0 and Atom (RFC 4287), with their whole text, for readers' programs and other newsrooms.

What stands here besides Django's feedgenerator: several authors, the whole text, pictures with their credit
(Media RSS), and that neither a control character nor an empty list makes a feed that cannot be read.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from io import StringIO
from typing import Any
from uuid import UUID
from xml.sax.saxutils import escape

from django.utils import feedgenerator
from django.utils.xmlutils import SimplerXMLGenerator

from articles.body.characters import clean_text

NAMESPACES = {
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:media": "http://search.yahoo.com/mrss/",
}
# Atom demands a date of its last change even from a feed nothing has been in: that one has never changed.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class FeedPicture:
    """A picture beside an entry: absolute address, MIME type, size in pixels, and its words."""

    address: str
    type: str
    width: int
    height: int
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A story in a feed. Addresses are absolute; `authors` are (name, address); moments are aware.

    `uuid` is the story's, so that no later edition shows up as another story. `html` is its text, whole.
    """

    uuid: UUID
    title: str
    address: str
    summary: str
    html: str
    authors: tuple[tuple[str, str], ...]
    published: datetime
    modified: datetime
    tags: tuple[str, ...] = ()
    picture: FeedPicture | None = None


@dataclass(frozen=True, slots=True)
class Channel:
    """The feed itself: its title and description, the page it belongs to, its own address, and who publishes it.

    `uuid` is the feed's in every format, and never another: it goes on being the same when its addresses change.
    """

    uuid: UUID
    title: str
    description: str
    page: str
    address: str
    language: str
    publisher: str


class _Feed(feedgenerator.SyndicationFeed):
    """What both formats share."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else NEVER

    def _add_picture(self, handler: SimplerXMLGenerator, picture: FeedPicture | None) -> None:
        if picture is None:
            return
        size = {"width": str(picture.width), "height": str(picture.height)}
        handler.startElement("media:content", {"url": picture.address, "type": picture.type, "medium": "image", **size})
        if picture.caption:
            handler.addQuickElement("media:description", picture.caption, {"type": "plain"})
        if picture.credit:
            handler.addQuickElement("media:credit", picture.credit)
        handler.endElement("media:content")


class Rss(_Feed, feedgenerator.Rss201rev2Feed):
    """RSS 2.0. Without an enclosure: it needs the file's length, which is a look at the store for each story."""

    def rss_attributes(self) -> dict[str, str]:
        return super().rss_attributes() | NAMESPACES

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        entry = item["entry"]
        for name, _address in entry.authors:
            handler.addQuickElement("dc:creator", name)
        handler.addQuickElement("atom:updated", feedgenerator.rfc3339_date(entry.modified))
        # Behind the description, as readers' programs expect it (RSS Advisory Board, best practices profile).
        handler.addQuickElement("content:encoded", entry.html)
        self._add_picture(handler, entry.picture)


class Atom(_Feed, feedgenerator.Atom1Feed):
    """Atom 1.0."""

    def root_attributes(self) -> dict[str, str]:
        return super().root_attributes() | {"xmlns:media": NAMESPACES["xmlns:media"]}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        summary = item["description"]
        # Django writes the summary as HTML; ours is plain words.
        super().add_item_elements(handler, item | {"description": None})
        entry = item["entry"]
        for name, address in entry.authors:
            handler.startElement("author", {})
            handler.addQuickElement("name", name)
            handler.addQuickElement("uri", address)
            handler.endElement("author")
        if summary:
            handler.addQuickElement("summary", entry.summary)
        handler.addQuickElement("content", entry.html, {"type": "html"})
        self._add_picture(handler, entry.picture)


FORMATS = {"rss": Rss, "atom": Atom}


class Item:
    """An entry, and how it is written in each format, once it was."""

    def __init__(self, entry: Entry) -> None:
        self.entry: Entry = _cleaned(entry)
        self._written: dict[str, str] = {}

    def written(self, format: str) -> str:
        """The entry as an element of a feed."""
        if format not in self._written:
            out, feed = StringIO(), FORMATS[format]("", "", "")
            feed.add_item(**_arguments(self.entry))
            feed.write_items(SimplerXMLGenerator(out, "utf-8", short_empty_elements=True))
            self._written[format] = out.getvalue()
        return self._written[format]


def write(format: str, channel: Channel, items: Sequence[Item]) -> tuple[str, str]:
    """The feed as XML, and its content type. `format` is a key of FORMATS; items come newest first."""
    channel = _cleaned(channel)
    feed = FORMATS[format](
        title=channel.title,
        link=channel.page,
        description=channel.description,
        subtitle=channel.description,
        language=channel.language,
        feed_url=channel.address,
        feed_guid=channel.uuid.urn,
        author_name=channel.publisher,
    )
    for item in items:
        feed.add_item(**_arguments(item.entry))
    feed.write_items = lambda handler: handler.ignorableWhitespace("".join(item.written(format) for item in items))
    return feed.writeString("utf-8"), feed.content_type


def _arguments(entry: Entry) -> dict[str, Any]:
    """What Django's feeds call it."""
    return {
        "title": entry.title,
        "link": entry.address,
        "description": escape(entry.summary),  # RSS takes HTML here
        "pubdate": entry.published,
        "updateddate": entry.modified,
        "unique_id": entry.uuid.urn,
        "unique_id_is_permalink": False,
        "categories": entry.tags,
        "entry": entry,
    }


def _cleaned(value: Any) -> Any:
    """`value` with every text in it, however deep, free of characters that XML 1.0 cannot hold."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, tuple):
        return tuple(map(_cleaned, value))
    if isinstance(value, Channel | Entry | FeedPicture):
        return type(value)(**{field.name: _cleaned(getattr(value, field.name)) for field in fields(value)})
    return value
