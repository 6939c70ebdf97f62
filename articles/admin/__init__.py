"""The newsroom's door: one file for each screen. Importing it registers them all with Django's admin."""

from . import audit, authors, editions, people, photos, publication, sections, stories, tags

__all__ = ["audit", "authors", "editions", "people", "photos", "publication", "sections", "stories", "tags"]
