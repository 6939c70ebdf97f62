"""Every screen of the admin. Importing this registers them with Django's admin site."""

from . import audit, authors, editions, people, photos, publication, sections, stories, tags

__all__ = ["audit", "authors", "editions", "people", "photos", "publication", "sections", "stories", "tags"]
