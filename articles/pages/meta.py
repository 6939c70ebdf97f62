"""Meta: what a page says of itself to machines: canonical address, languages, feeds, link cards, structured data."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from articles.body.text import plain
from articles.imaging.cards import WIDE
from articles.models import Author, Edition, EditionPhoto, Photo, Publication, Section, Tag

from . import structured
from .addresses import card_of, has_jpeg, whole

# Characters of the story that stand in for a summary where there is none.
DESCRIPTION_LENGTH = 160
# The most characters of an alt text that a card takes (X's documentation of summary_large_image).
CARD_ALT_LENGTH = 420

RSS, ATOM = "application/rss+xml", "application/atom+xml"


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed that belongs to a page: its title, its type, and its absolute address."""

    title: str
    type: str
    address: str


@dataclass(frozen=True, slots=True)
class Meta:
    """What `templates/parts/meta.html` writes into a page's head; every address is absolute.

    `versions` are (language, address) of the page in every language it is live in, itself too; `properties` are Open
    Graph's, in their order; `names` those of the card; `structured_data` is JSON-LD, safe inside a script element.
    """

    description: str
    canonical: str
    versions: tuple[tuple[str, str], ...]
    default_version: str
    feeds: tuple[FeedLink, ...]
    properties: tuple[tuple[str, str], ...]
    names: tuple[tuple[str, str], ...]
    structured_data: SafeString


@dataclass(frozen=True, slots=True)
class Card:
    """What another site shows when somebody passes the page on."""

    title: str
    description: str
    photo: Photo | None = None
    alt: str = ""


def of_story(
    edition: Edition,
    *,
    publication: Publication,
    section: Section | None,
    authors: Sequence[Author],
    tags: Sequence[Tag],
    siblings: Iterable[Edition],
    photos: Sequence[EditionPhoto],
) -> Meta:
    """The meta of a story's page. Nothing is looked up: rows come with what is prefetched.

    `authors` and `section` with their words, in order; `siblings` are the live editions in other languages (the
    edition itself may be among them); `photos` the edition's pictures with their photo, in order.
    """
    language = edition.language
    photos = [row for row in photos if has_jpeg(row.photo)]
    lead = next((row.photo for row in photos if row.photo_id == edition.lead_photo_id), None)
    card = Card(edition.headline, description_of(edition), lead, edition.lead_alt)
    paths = {sibling.language: sibling.path for sibling in siblings} | {language: edition.path}
    article = [
        ("article:published_time", structured.moment(publication, edition.first_published_at)),
        ("article:modified_time", structured.modified(publication, edition)),
        *(("article:author", whole(author.get_absolute_url(language))) for author in authors),
        *([("article:section", section.name_in(language))] if section else []),
        *(("article:tag", tag.name) for tag in tags),
    ]
    feeds = feeds_of("front", language, publication.name(language))
    if section:
        feeds += feeds_of("section", language, section.name_in(language), section.slug)
    data = structured.story(
        edition, publication=publication, section=section, authors=authors, tags=tags, photos=photos, lead=lead
    )
    return _meta(publication, language, edition.path, paths, card, "article", article, feeds, data)


def of_list(
    *,
    publication: Publication,
    language: str,
    path: str,
    title: str,
    description: str = "",
    paths: Mapping[str, str] | None = None,
    feeds: Sequence[FeedLink] = (),
    above: Sequence[tuple[str, str]] = (),
    editions: Iterable[Edition] = (),
) -> Meta:
    """The meta of a front or another list of stories.

    `paths` are the same list's in every language it has one in; `above` the names and paths of the pages over it,
    from the front down; `editions` those it shows, with their lead photo: the first picture stands on its card.
    """
    newest = next((edition for edition in editions if has_jpeg(edition.lead_photo)), None)
    description = description or publication.tagline(language) or publication.name(language)
    card = Card(
        title or publication.name(language),
        description,
        newest.lead_photo if newest else None,
        newest.lead_alt if newest else "",
    )
    data = structured.listing(publication, language, path, card.title, description, above)
    return _meta(publication, language, path, {**(paths or {}), language: path}, card, "website", (), feeds, data)


def feeds_of(kind: str, language: str, title: str, *slug: str) -> tuple[FeedLink, ...]:
    """The two feeds of a front, section, tag or author: `feeds_of("section", "en", "World", "world")`."""
    return (
        FeedLink(f"{title} (RSS)", RSS, whole(reverse(f"{kind}-feed", args=[language, *slug]))),
        FeedLink(f"{title} (Atom)", ATOM, whole(reverse(f"{kind}-atom", args=[language, *slug]))),
    )


def description_of(edition: Edition) -> str:
    """What the story is about, in a sentence or two: its summary, else how it begins."""
    return edition.summary or Truncator(" ".join(plain(edition.snapshot["body"]).split())).chars(DESCRIPTION_LENGTH)


def _meta(publication, language, path, paths, card, kind, article, feeds, data) -> Meta:
    # In the outlet's order, so that every version of a page says the same.
    known = [code for code in publication.languages if code in paths]
    versions = {code: whole(paths[code]) for code in [*known, *(code for code in paths if code not in known)]}
    locale = str(publication.locale(language))
    properties = [
        ("og:title", card.title),
        ("og:type", kind),
        ("og:url", whole(path)),
        *_picture(card),
        ("og:description", card.description),
        ("og:site_name", publication.name(language)),
        ("og:locale", locale),
        *(("og:locale:alternate", str(publication.locale(code))) for code in versions if code != language),
        *article,
    ]
    return Meta(
        description=card.description,
        canonical=whole(path),
        versions=tuple(versions.items()),
        default_version=versions.get(publication.default_language, whole(path)),
        feeds=tuple(feeds),
        properties=tuple((name, content) for name, content in properties if content),
        names=tuple((name, content) for name, content in _card(card) if content),
        structured_data=structured.script(data),
    )


def _picture(card: Card) -> list[tuple[str, str]]:
    """The picture of the card, its sub-tags right behind it (The Open Graph protocol, "Structured Properties")."""
    if card.photo is None:
        return []
    address, recipe = card_of(card.photo, WIDE)
    return [
        ("og:image", address),
        ("og:image:type", recipe.mime_type),
        ("og:image:width", str(recipe.width)),
        ("og:image:height", str(recipe.height)),
        ("og:image:alt", card.alt),
    ]


def _card(card: Card) -> list[tuple[str, str]]:
    names = [("twitter:title", card.title), ("twitter:description", card.description)]
    if card.photo is None:
        return [("twitter:card", "summary"), *names]
    picture = [
        ("twitter:image", card_of(card.photo, WIDE)[0]),
        ("twitter:image:alt", Truncator(card.alt).chars(CARD_ALT_LENGTH)),
    ]
    return [("twitter:card", "summary_large_image"), *names, *picture]
