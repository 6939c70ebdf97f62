"""Every screen of the admin. Importing this registers them with Django's admin site."""

from . import (
    audit,
    authors,
    corrections,
    dead_ends,
    editions,
    people,
    photos,
    publication,
    redirects,
    sections,
    stories,
    tags,
)

__all__ = [
    "audit",
    "authors",
    "corrections",
    "dead_ends",
    "editions",
    "people",
    "photos",
    "publication",
    "redirects",
    "sections",
    "stories",
    "tags",
]
