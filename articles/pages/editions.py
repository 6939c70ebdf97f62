"""The live edition at an address, or of a story: what a story's page and the API begin with."""

from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from articles.models import Correction, Edition

from . import rows
from .asking import ask


def at(path: str) -> Edition | None:
    """The live edition at an address; it knows whether its story was corrected (`is_corrected`). One query."""
    found = ask(_edition, path)
    return _edition_of(found[0]) if found else None


def of(uuid: UUID) -> Edition | None:
    """The live edition of the story with that uuid. One query."""
    found = ask(_edition_of_story, uuid)
    return _edition_of(found[0]) if found else None


def _edition_of(row: tuple) -> Edition:
    """The edition of a row, which knows its story's uuid and whether that was corrected."""
    edition = rows.instance(Edition, rows.columns(Edition), row)
    edition.story_uuid, corrected = row[-2:]
    edition.is_corrected = bool(corrected)
    return edition


def _edition(path: str) -> QuerySet:
    return _with_its_story(Edition.objects.live().filter(path=path))


def _edition_of_story(uuid: UUID) -> QuerySet:
    return _with_its_story(Edition.objects.live().filter(story__uuid=uuid))


def _with_its_story(editions: QuerySet) -> QuerySet:
    corrected = Exists(Correction.objects.filter(story=OuterRef("story")))
    return editions.order_by().values_list(*rows.columns(Edition), "story__uuid", corrected)
