"""Structured data: a page told to search engines in the words of schema.org, as JSON-LD."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString

from articles.imaging.cards import SHAPES
from articles.imaging.manifest import SOURCE_TYPES
from articles.models import Edition, Kind, Publication

from .addresses import card_of, jpeg_of, whole
from .corrections import Note
from .frame import Frame
from .pictures import Figure
from .stories import StoryPage

# Google takes no smaller picture for an article (its documentation of Article structured data).
LEAST_PIXELS = 50_000

# Inside a script element only these could end it or begin a comment; JSON may write any character as its number.
_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}

# What kinds of stories are to schema.org, besides being news articles. A review would have to name what is reviewed.
KINDS = {
    Kind.ANALYSIS: "AnalysisNewsArticle",
    Kind.OPINION: "OpinionNewsArticle",
    Kind.EDITORIAL: "OpinionNewsArticle",
}

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


def story(page: StoryPage, figures: Sequence[Figure], ranked: Sequence[Figure]) -> list[Data]:
    """The NewsArticle of a live edition's page, its BreadcrumbList, and an ImageObject for each of `figures`. The first
    of `ranked` that is large enough is the article's picture."""
    edition, frame, section = page.edition, page.frame, page.section
    address = whole(page.path)
    people = [{"@type": "Person", "name": author.name, "url": whole(author.path)} for author in page.authors]
    article = {
        "@type": ["NewsArticle", KINDS[edition.kind]] if edition.kind in KINDS else "NewsArticle",
        "@id": f"{address}#article",
        "headline": edition.headline,
        "description": edition.summary,
        "image": next(filter(None, map(_cards, ranked)), []),
        "datePublished": moment(frame.publication, edition.first_published_at),
        "dateModified": modified(frame.publication, edition),
        # Each author has an address; what an agency's is nobody told us.
        "author": people or [_publisher(frame)],
        "sourceOrganization": {"@type": "Organization", "name": page.source_agency} if page.source_agency else None,
        "publisher": _publisher(frame),
        "inLanguage": page.language,
        "mainEntityOfPage": {"@type": "WebPage", "@id": address},
        "url": address,
        "isAccessibleForFree": True,
        "articleSection": section.name if section else "",
        "keywords": [tag.name for tag in page.tags],
        "wordCount": edition.words,
        "correction": [_correction(page, one) for one in page.corrections],
    }
    above = [(frame.name, frame.home), *([(section.name, section.path)] if section else [])]
    images = [_image(figure, frame.publication) for figure in figures]
    return [_filled(article), _breadcrumbs([*above, (edition.headline, page.path)]), *images]


def listing(frame: Frame, path: str, title: str, description: str, above: Sequence[tuple[str, str]]) -> list[Data]:
    """A list's CollectionPage, and the way down to it where there are pages above."""
    page = {
        "@type": "CollectionPage",
        "@id": whole(path),
        "url": whole(path),
        "name": title,
        "description": description,
        "inLanguage": frame.language,
        "publisher": _publisher(frame),
    }
    return [_filled(page), *([_breadcrumbs([*above, (title, path)])] if above else [])]


def site(frame: Frame) -> Data:
    """The site in a language, with the way to search it."""
    search = whole(f"{frame.home}search/") + "?q={search_term_string}"
    return {
        "@type": "WebSite",
        "@id": f"{whole(frame.home)}#website",
        "url": whole(frame.home),
        "name": frame.name,
        "inLanguage": frame.language,
        "publisher": _publisher(frame),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": search},
            "query-input": "required name=search_term_string",
        },
    }


def _correction(page: StoryPage, correction: Note) -> Data:
    at = moment(page.frame.publication, correction.at)
    return {"@type": "CorrectionComment", "text": correction.text, "datePublished": at}


def _filled(data: Data) -> Data:
    """`data` without what is empty: an empty value would say that there is one."""
    return {name: value for name, value in data.items() if value not in ("", [], None)}


def _publisher(frame: Frame) -> Data:
    return _filled(
        {
            "@type": "NewsMediaOrganization",
            "name": frame.name,
            "url": whole(frame.home),
            "email": frame.publication.email,
            "telephone": frame.publication.telephone,
        }
    )


def _breadcrumbs(steps: Sequence[tuple[str, str]]) -> Data:
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": whole(path)}
            for position, (name, path) in enumerate(steps, 1)
        ],
    }


def _cards(figure: Figure) -> list[str]:
    """A picture in 1:1, 4:3 and 16:9, as far as it is large enough."""
    cards = [card_of(figure.photo, shape, figure.frame) for shape in SHAPES]
    return [address for address, recipe in cards if recipe.width * recipe.height >= LEAST_PIXELS]


def _image(figure: Figure, publication: Publication) -> Data:
    """A picture with whom to credit: what licence search reads. Its words as published, its facts as they are now."""
    photo = figure.photo
    address, recipe = jpeg_of(photo, frame=figure.frame)
    creator = photo.named_creator
    return _filled(
        {
            "@type": "ImageObject",
            "contentUrl": address,
            "encodingFormat": recipe.mime_type,
            "width": recipe.width,
            "height": recipe.height,
            "caption": figure.caption,
            "creditText": figure.credit,
            "creator": {"@type": "Person", "name": creator} if creator else None,
            "copyrightNotice": photo.copyright,
            "license": photo.named_licence,
            "acquireLicensePage": publication.licence_page if photo.is_ours_to_license else "",
            "digitalSourceType": photo.digital_source_type if photo.digital_source_type in SOURCE_TYPES else None,
        }
    )
