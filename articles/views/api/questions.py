"""Questions: what may be asked of each list, and where a page of it goes on (keyset cursors)."""

import re
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_noop as _
from ninja import Schema
from ninja.schema import DjangoGetter
from pydantic import BeforeValidator, ConfigDict, Field, ValidationInfo, model_validator

from articles.pages.addresses import whole

from .problems import Refused

MOST, USUAL = 100, 30
LARGEST_ID = 2**63 - 1
FIRST, LAST = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)
_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:[Zz]|[+-]\d\d:\d\d)", re.ASCII)


def _moment(said: Any) -> datetime | None:
    """A moment as RFC 3339 writes it, with its offset. A plus sign left bare in an address arrives as a space."""
    text = re.sub(r" (\d\d:\d\d)$", r"+\1", said) if isinstance(said, str) else ""
    if not _RFC_3339.fullmatch(text):
        raise ValueError("must be a moment such as 2024-11-22T09:00:00Z")
    try:
        found = datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", text.upper()))
        return min(max(found, FIRST), LAST).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ValueError("is no moment there is") from error


Moment = Annotated[datetime, BeforeValidator(_moment)]
Language = Literal[tuple(code for code, _name in settings.LANGUAGES)]
Slug = Annotated[str, Field(max_length=100, pattern="^[^\\x00-\\x1f]*$")]


def refuse_unknown(request: HttpRequest, known: set[str]) -> None:
    """Raise Refused where a parameter means nothing here: a filter misspelled is not a filter left out."""
    unknown = sorted(set(request.GET) - known)
    if unknown:
        raise Refused(400, f"There is no parameter “{unknown[0][:60]}” here.")


class Question(Schema):
    """The parameters of a list."""

    model_config = ConfigDict(populate_by_name=True)

    @model_validator(mode="before")
    @classmethod
    def _known(cls, said: Any, info: ValidationInfo) -> Any:
        request = (info.context or {}).get("request")
        if request is not None:
            refuse_unknown(request, {field.alias or name for name, field in cls.model_fields.items()})
        if isinstance(said, DjangoGetter):
            said = said._obj
        # A form without a script sends its empty fields, too.
        return {name: value for name, value in said.items() if value != ""} if isinstance(said, dict) else said


class OfLanguage(Question):
    language: Language = Field(description=_("The language. Each story is in one."))


class Paged(OfLanguage):
    limit: int = Field(USUAL, ge=1, le=MOST, description=_("How many at most."))


class Filed(Paged):
    """What narrows a list of stories by what they are filed under."""

    section: Slug = Field("", description=_("The slug of a section."))
    tag: Slug = Field("", description=_("The slug of a tag in that language."))
    author: Slug = Field("", description=_("The slug of an author."))
    since: Moment | None = Field(None, alias="from", description=_("First published at this moment or later."))
    until: Moment | None = Field(None, alias="to", description=_("First published before this moment."))


class OfStories(Filed):
    """What narrows a list of stories."""

    modified_since: Moment | None = Field(
        None, description=_("Changed at this moment or later. The list is then in the order of changes, newest first.")
    )
    cursor: str = Field("", pattern="^(?:[0-9a-f]{32})?$", description=_("Where to go on, as `next` says it."))


class OfPhotos(Paged):
    """What narrows a list of pictures."""

    since: Moment | None = Field(None, alias="from", description=_("In stories first published then or later."))
    until: Moment | None = Field(None, alias="to", description=_("In stories first published before this moment."))
    cursor: str = Field("", pattern="^(?:[0-9a-f]{48})?$", description=_("Where to go on, as `next` says it."))


class OfNames(Paged):
    """A list in the order of slugs."""

    after: Slug = Field("", description=_("Where to go on: the last slug there was, as `next` says it."))


_EPOCH = datetime(1, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def cursor(at: datetime, pk: int, place: int | None = None) -> str:
    """A place in a list: a moment, a row's number, and that of a picture in it."""
    return f"{(at - _EPOCH) // _MICROSECOND:016x}{pk:016x}" + ("" if place is None else f"{place:016x}")


def place_of(cursor: str) -> tuple[datetime, int, int]:
    """The moment, number and place that a cursor names. Every one that looks like a cursor names some place."""
    at, pk, place = int(cursor[:16], 16), int(cursor[16:32], 16), int(cursor[32:] or "0", 16)
    last = (LAST - _EPOCH) // _MICROSECOND
    return _EPOCH + min(at, last) * _MICROSECOND, min(pk, LARGEST_ID), place


def next_address(request: HttpRequest, **where: str) -> str:
    """The absolute address of the same question, going on at `where`."""
    asked = {name: value for name, value in request.GET.items() if value} | where
    return whole(f"{request.path}?{urlencode(asked)}")
