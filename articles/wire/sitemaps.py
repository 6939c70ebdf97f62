"""Sitemaps: addresses as search engines read them, by the rules of sitemaps.org and of Google's news sitemaps.

Addresses are absolute and percent-encoded, moments are W3C dates with their zone. What breaks a rule is refused.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from articles.body.characters import clean_text

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS_NAMESPACE = "http://www.google.com/schemas/sitemap-news/0.9"
CONTENT_TYPE = "application/xml; charset=utf-8"

# Of one file: https://www.sitemaps.org/protocol.html and, for news, Google's documentation of news sitemaps.
MOST_ADDRESSES, MOST_BYTES, MOST_NEWS = 50_000, 52_428_800, 1_000
LONGEST_ADDRESS = 2_047  # characters


class TooLarge(ValueError):
    """More than one file may hold."""


@dataclass(frozen=True, slots=True)
class NewsStory:
    """A story of the last two days: its address and headline, the outlet's name in its language, when it came out."""

    address: str
    title: str
    publication: str
    language: str
    published: str


def index(files: Iterable[tuple[str, str]]) -> str:
    """The index of `files`: each its address and when it last changed ("" where that is not said)."""
    entries = [f"<sitemap>{_place(address, changed)}</sitemap>" for address, changed in files]
    return _file("sitemapindex", "", entries, MOST_ADDRESSES)


def pages(found: Iterable[tuple[str, str]]) -> str:
    """A sitemap of pages: each its address and when its content last changed ("" where that is not said)."""
    return _file("urlset", "", [f"<url>{_place(address, changed)}</url>" for address, changed in found], MOST_ADDRESSES)


def news(stories: Iterable[NewsStory]) -> str:
    """A news sitemap. Without any story it is a whole file all the same."""
    return _file("urlset", f' xmlns:news="{NEWS_NAMESPACE}"', [_news(story) for story in stories], MOST_NEWS)


def _place(address: str, changed: str) -> str:
    if len(address) > LONGEST_ADDRESS:
        raise TooLarge(f"An address in a sitemap has at most {LONGEST_ADDRESS} characters.")
    return f"<loc>{escape(address)}</loc>" + (f"<lastmod>{changed}</lastmod>" if changed else "")


def _news(story: NewsStory) -> str:
    name, title = escape(clean_text(story.publication)), escape(clean_text(story.title))
    return (
        f"<url>{_place(story.address, '')}<news:news>"
        f"<news:publication><news:name>{name}</news:name><news:language>{story.language}</news:language>"
        f"</news:publication><news:publication_date>{story.published}</news:publication_date>"
        f"<news:title>{title}</news:title></news:news></url>"
    )


def _file(name: str, namespaces: str, entries: Sequence[str], most: int) -> str:
    if len(entries) > most:
        raise TooLarge(f"A sitemap of this kind holds at most {most} addresses.")
    said = "\n".join(
        ['<?xml version="1.0" encoding="UTF-8"?>', f'<{name} xmlns="{NAMESPACE}"{namespaces}>', *entries, f"</{name}>"]
    )
    if len(said.encode()) > MOST_BYTES:
        raise TooLarge(f"A sitemap holds at most {MOST_BYTES} bytes.")
    return said + "\n"
