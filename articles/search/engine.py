"""The engine: a question, put to whichever database there is, and the live editions that answer it.

    found = search("gate weir", filters=Filters(languages=("en",), section=3), order="newest", cursor=request_cursor)
    for hit in found.hits:
        hit.edition, hit.headline, hit.snippet      # an Edition's number; safe HTML with <mark>
    found.cursor                                     # of the next page; "" on the last one

Both databases give the same editions in the same order: they only say which editions hold which words, newest first.
Everything else is worked out here.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.safestring import SafeString

MOST = 20  # hits of a page


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a search. Sections, author and tag are ids; dates are of the first publication, aware: at or after
    `since`, before `until`. Empty means any."""

    languages: tuple[str, ...] = ()
    sections: tuple[int, ...] = ()
    author: int | None = None
    tag: int | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A live edition that answers. `headline` and `snippet` are its own words as safe HTML, what was found in <mark>."""

    edition: int
    headline: SafeString
    snippet: SafeString


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits. `cursor` asks for the next one ("" for none). `total` is None where counting would take long.

    `asked` says whether there was a word in the question at all. `suggestion` is the question with words that find
    something in place of those that don't; "" for none. `is_partial`: there may be more further back, though this page is
    not full (a rare phrase of common words).
    """

    hits: list[Hit] = field(default_factory=list)
    cursor: str = ""
    total: int | None = None
    asked: bool = False
    suggestion: str = ""
    is_partial: bool = False


def search(question: str, *, filters: Filters = Filters(), order: str = "best", cursor: str = "", most: int = MOST) -> Found:
    """The live editions that `question` finds.

    Any string is a question: words that must all occur, phrases in quotation marks (of any kind), and the beginning of a
    word where the last one is not followed by a space. `order` is "best" or "newest" (anything else is "best"); a `cursor`
    that is no cursor gives the first page. Never raises.
    """
    return Found()
