"""Structured data: a page told to search engines in the words of schema.org, as JSON-LD."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from articles.imaging.cards import SHAPES
from articles.models import Author, Edition, EditionPhoto, Photo, Publication, Section, Tag

from .addresses import card_of, largest_of, whole

# Google takes no smaller picture for an article (its documentation of Article structured data).
LEAST_PIXELS = 50_000

# Inside a script element only these could end it or begin a comment; JSON may write any character as its number.
_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}

Data = dict[str, Any]


def script(data: Sequence[Data]) -> SafeString:
    """`data` as one JSON-LD document that nothing in it can break out of a script element."""
    graph = {"@context": "https://schema.org", "@graph": list(data)}
    return SafeString(json.dumps(graph, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES))


def moment(publication: Publication, at: datetime) -> str:
    """A moment in the outlet's time zone, as ISO 8601 with its offset, to the second."""
    return publication.local(at).isoformat(timespec="seconds")


def modified(publication: Publication, edition: Edition) -> str:
    """When the content last changed; never before the first publication."""
    return moment(publication, max(edition.modified_at, edition.first_published_at))


def story(
    edition: Edition,
    *,
    publication: Publication,
    section: Section | None,
    authors: Sequence[Author],
    tags: Sequence[Tag],
    photos: Sequence[EditionPhoto],
    lead: Photo | None,
) -> list[Data]:
    """A story's NewsArticle, its BreadcrumbList, and an ImageObject for each picture readers see."""
    language, address = edition.language, whole(edition.path)
    article = {
        "@type": "NewsArticle",
        "@id": f"{address}#article",
        "headline": edition.headline,
        "description": edition.summary,
        "image": _cards(lead) if lead else [],
        "datePublished": moment(publication, edition.first_published_at),
        "dateModified": modified(publication, edition),
        "author": [_person(author, language) for author in authors] or [_agency(edition, publication)],
        "publisher": _publisher(publication, language),
        "inLanguage": language,
        "mainEntityOfPage": {"@type": "WebPage", "@id": address},
        "url": address,
        "isAccessibleForFree": True,
        "articleSection": section.name_in(language) if section else "",
        "keywords": [tag.name for tag in tags],
        "wordCount": edition.words,
    }
    above = [(section.name_in(language), section.get_absolute_url(language))] if section else []
    crumbs = [(publication.name(language), reverse("front", args=[language])), *above]
    return [_filled(article), _breadcrumbs([*crumbs, (edition.headline, edition.path)]), *map(_image, photos)]


def listing(
    publication: Publication,
    language: str,
    path: str,
    title: str,
    description: str,
    above: Sequence[tuple[str, str]],
) -> list[Data]:
    """A list's CollectionPage, and the way down to it where there are pages above."""
    page = {
        "@type": "CollectionPage",
        "@id": whole(path),
        "url": whole(path),
        "name": title,
        "description": description,
        "inLanguage": language,
        "publisher": _publisher(publication, language),
    }
    return [_filled(page), *([_breadcrumbs([*above, (title, path)])] if above else [])]


def _filled(data: Data) -> Data:
    """`data` without what is empty: an empty value would say that there is one."""
    return {name: value for name, value in data.items() if value not in ("", [], None)}


def _publisher(publication: Publication, language: str) -> Data:
    front = whole(reverse("front", args=[language]))
    return _filled(
        {
            "@type": "NewsMediaOrganization",
            "name": publication.name(language),
            "url": front,
            "email": publication.email,
            "telephone": publication.telephone,
        }
    )


def _person(author: Author, language: str) -> Data:
    return {"@type": "Person", "name": author.name_in(language), "url": whole(author.get_absolute_url(language))}


def _agency(edition: Edition, publication: Publication) -> Data:
    """Who wrote a story nobody signs: the agency it came from, else the outlet."""
    agency = edition.snapshot.get("source_agency")
    return {"@type": "Organization", "name": agency} if agency else _publisher(publication, edition.language)


def _breadcrumbs(steps: Sequence[tuple[str, str]]) -> Data:
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": whole(path)}
            for position, (name, path) in enumerate(steps, 1)
        ],
    }


def _cards(photo: Photo) -> list[str]:
    """The lead picture in 1:1, 4:3 and 16:9, as far as it is large enough."""
    cards = [card_of(photo, shape) for shape in SHAPES]
    return [address for address, recipe in cards if recipe.width * recipe.height >= LEAST_PIXELS]


def _image(row: EditionPhoto) -> Data:
    """A picture with whom to credit: what licence search reads. Its words as published, its facts as they are now."""
    address, recipe = largest_of(row.photo)
    return _filled(
        {
            "@type": "ImageObject",
            "contentUrl": address,
            "encodingFormat": recipe.mime_type,
            "width": recipe.width,
            "height": recipe.height,
            "caption": row.caption,
            "creditText": row.credit,
            "creator": {"@type": "Person", "name": row.photo.creator} if row.photo.creator else None,
            "copyrightNotice": row.photo.copyright,
        }
    )
