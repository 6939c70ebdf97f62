"""Searching through the API: what readers' search finds, in the same order, with what lists say of each story."""

from typing import Literal

from django.http import HttpRequest
from django.utils.translation import gettext_noop as _
from ninja import Query, Router
from pydantic import Field

from articles.models import Edition
from articles.search import engine

from . import lists, shapes
from .operations import PROBLEMS, published_in
from .questions import Filed, next_address

router = Router()
LONGEST = 400  # characters of a question that are read


class OfSearch(Filed):
    """A question, and what narrows it."""

    q: str = Field(
        min_length=1, max_length=LONGEST, description=_("Words that must all occur; phrases in quotation marks.")
    )
    order: Literal["best", "newest"] = Field("best", description=_("What comes first."))
    cursor: str = Field(
        "", pattern="^(?:[bnBN][0-4]-?[0-9a-f]{1,16})?$", description=_("Where to go on, as `next` says it.")
    )


class StoryFound(shapes.StoryInList):
    """A story that was found."""

    headline_html: str = Field(description="Its headline as HTML, with the words found in <mark>.")
    snippet_html: str = Field(description="A part of its text as HTML, with the words found in <mark>.")


class Found(shapes.Page):
    """What was found, and what may have been meant where nothing was."""

    stories: list[StoryFound]
    total: int | None = Field(description="How many there are; null where there are too many to count.")
    suggestion: str = Field(description="The question with words that find something; empty for none.")


@router.get(
    "/search",
    response={200: Found, **PROBLEMS},
    summary=_("Search"),
    tags=[_("Stories")],
    operation_id="search",
    description=_("The live stories of a language in which words occur."),
)
def search(request: HttpRequest, asked: Query[OfSearch]):
    """The live stories of a language in which words occur."""
    published_in(asked.language)
    keys = lists.filed_under(asked)
    if None in keys.values():
        return {"stories": [], "next": None, "total": 0, "suggestion": ""}
    filters = engine.Filters(
        languages=(asked.language,),
        sections=(keys["section"],) if "section" in keys else (),
        author=keys.get("author"),
        tag=keys.get("tag"),
        since=asked.since,
        until=asked.until,
    )
    found = engine.search(asked.q, filters=filters, order=asked.order, cursor=asked.cursor, most=asked.limit)
    rows = Edition.objects.live().filter(pk__in=[hit.edition for hit in found.hits])
    editions = {row.pk: row for row in rows.select_related("story", "lead_photo").only(*lists.COLUMNS)}
    hits = [hit for hit in found.hits if hit.edition in editions]
    told = lists.stories([editions[hit.edition] for hit in hits], asked.language)
    return {
        "stories": [
            StoryFound(**story.dict(), headline_html=hit.headline, snippet_html=hit.snippet)
            for story, hit in zip(told, hits, strict=True)
        ],
        "next": next_address(request, cursor=found.cursor) if found.cursor else None,
        "total": found.total,
        "suggestion": found.suggestion,
    }
