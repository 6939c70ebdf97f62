"""The engine: a question, put to whichever database there is, and the live editions that answer it.

    found = search("gate weir", filters=Filters(languages=("en",), sections=(3,)), order="newest", cursor=cursor)
    for hit in found.hits:
        hit.edition, hit.headline, hit.snippet      # an Edition's number; safe HTML with <mark>
    found.cursor                                     # of the next page; "" on the last one

Both databases give the same editions in the same order: they only say which editions hold which words, newest first.
Everything else is worked out here.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection
from django.utils.safestring import SafeString

from articles.models import SearchEntry

from . import backend, documents, question, spelling
from .expressions import But, Expression, any_of, share
from .places import LAST, place
from .snippets import Wanted, marked, snippet
from .terms import term, tiers
from .vocabulary import Vocabulary, is_unknown, look_up

MOST = 20  # hits of a page
COUNTED = 2_000  # hits that are counted
READ = 2_000  # entries that are looked through for a phrase, a page
TRIED = 3  # questions that are tried instead of one that finds nothing
BEST, NEWEST = "best", "newest"
READABLE = 50_000  # words of editions that begin alike and are all looked at, whatever else is asked
# Order (a capital one where the last word stands for all that begin so), tier, place.
_CURSOR = re.compile(r"([bnBN])([0-4])(-?[0-9a-f]{1,16})")


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

    def marks(self) -> list[Expression]:
        """What an edition bears that they let through."""
        one_of = [
            tuple(map(documents.language_mark, self.languages)),
            tuple(map(documents.section_mark, self.sections)),
            () if self.author is None else (documents.author_mark(self.author),),
            () if self.tag is None else (documents.tag_mark(self.tag),),
        ]
        return [any_of(marks) for marks in one_of if marks]

    def named(self) -> list[str]:
        """The marks, one by one."""
        return [one for mark in self.marks() for one in ([mark] if isinstance(mark, str) else mark.parts)]

    def span(self) -> tuple[int, int]:
        """The places in time they let through, the last one among them."""
        start = place(self.since) if self.since else -LAST
        return start, place(self.until) - 1 if self.until else LAST


@dataclass(frozen=True, slots=True)
class Hit:
    """A live edition that answers. `headline` and `snippet` are its own words as safe HTML, those found in <mark>."""

    edition: int
    language: str
    headline: SafeString
    snippet: SafeString


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits. `cursor` asks for the next one ("" for none). `total` is None where there are too many to count.

    `asked` says whether there was a word in the question at all. `suggestion` is the question with words that find
    something in place of those that don't; "" for none. `is_partial`: the page is not full, and yet there may be more
    further back (a rare phrase of common words).
    """

    hits: list[Hit] = field(default_factory=list)
    cursor: str = ""
    total: int | None = None
    asked: bool = False
    suggestion: str = ""
    is_partial: bool = False


def search(text: str, *, filters: Filters = Filters(), order: str = BEST, cursor: str = "", most: int = MOST) -> Found:
    """The live editions that `text` finds: at most `most`, from `cursor` on.

    Any string is a question: words that must all occur, phrases in quotation marks (of any kind), and the beginning of
    a word where the last one is not followed by a space. `order` is "best" or "newest" (anything else is "best"). A
    `cursor` that is no cursor of that order gives the first page. Never raises. Four queries, with a phrase one more,
    and up to three where the last word is the beginning of very many.
    """
    asked = question.read(text)
    if not asked:
        return Found(total=0)
    known = look_up(asked, filters.named())
    reading = _Reading(asked, filters, NEWEST if order == NEWEST else BEST, known, most)
    start = reading.start(cursor)
    reading.read(start)
    total = reading.total
    if total is None and start == reading.first and not reading.cursor and known.is_whole:
        total = len(reading.keys)
    hits = _hits(reading.keys, reading.wanted())
    suggestion = "" if hits or reading.cursor else _suggestion(text, asked, known, filters)
    return Found(hits, reading.cursor, total, True, suggestion, bool(reading.cursor) and len(hits) < most)


# -- Which, and in which order -----------------------------------------------------------------------------------------


class _Reading:
    """A page being read: the keys of its entries, in order, and where the next one begins.

    Where the last word is the beginning of more words than are looked up, it stands for all of them (it is wide). That
    would be slow where so many editions hold them that few people see the end of the list; there (it is narrow) those
    that hold the most common of these words come first, and behind them (the rest) all others. A first page that they
    do not fill is read as a wide one.
    """

    def __init__(self, asked: Sequence[question.Asked], filters: Filters, order: str, known: Vocabulary, most: int):
        self.order, self.most, self.known, self.span = order, most, known, filters.span()
        self.marks = filters.marks()
        self.terms = [term(one, known, is_wide=known.is_cut) for one in asked]
        self.phrases = [one.told for one in self.terms if one.told]
        self.is_narrow = False
        self._widen()
        if known.is_cut and not self.phrases:
            few = [term(one, known) for one in asked]
            everything = tiers(few, self.marks, NEWEST)[0]
            if known.begun > READABLE or self._likely(everything) > COUNTED:
                self.is_narrow = True
                self.tiers = [*tiers(few, self.marks, order), But(self.everything, everything)]
        self.first = (0, self.span[1])
        self.keys: list[int] = []
        self.cursor = ""
        self.total: int | None = None
        self.database = backend.current()

    def start(self, cursor: str) -> tuple[int, int]:
        """The tier and the place that `cursor` names; the first ones, where it is none of this question's."""
        found = _CURSOR.fullmatch(cursor)
        if not found or found[1].lower() != self.order[0]:
            return self.first
        if self.is_narrow and found[1].isupper():
            self._widen()
        if int(found[2]) >= len(self.tiers):
            return self.first
        return int(found[2]), max(-LAST, min(self.span[1], int(found[3], 16) - 1))

    def wanted(self) -> Wanted:
        """What is to be marked in what was found."""
        words, phrases, beginnings = {}, {}, {}
        for number, one in enumerate(self.terms):
            if one.told:
                phrases[one.stems] = number
                continue
            words |= dict.fromkeys(one.stems, number)
            beginnings |= dict.fromkeys(one.beginnings, number)
        return Wanted(words, phrases, beginnings)

    def _widen(self) -> None:
        self.is_narrow = False
        self.tiers = tiers(self.terms, self.marks, self.order)
        self.everything = tiers(self.terms, self.marks, NEWEST)[0]

    def read(self, start: tuple[int, int]) -> None:
        """Read the page that begins at `start`."""
        if self.phrases:
            self._read_phrases(start)
        else:
            self._read_words(start)

    def _read_words(self, start: tuple[int, int]) -> None:
        wanted, found = self.most + 1, []
        is_counted = not self.is_narrow and self.known.is_whole and self._likely(self.everything) <= COUNTED
        for number, group in enumerate(self._groups(start[0])):
            if self.is_narrow and group.start == len(self.tiers) - 1 and start == self.first:
                self._widen()
                self._read_words(start)
                return
            parts = [self._ask(tier, self._upper(tier, start), wanted) for tier in group]
            if number == 0 and is_counted:
                sql, given = self.database.gathered(self.everything, self.span, COUNTED + 1, 0, 0)
                parts.append((f"SELECT -1 AS tier, COUNT(*) AS key FROM ({sql}) AS counted", given))
            rows = _fetch(
                " UNION ALL ".join(sql for sql, _given in parts), [one for _sql, given in parts for one in given]
            )
            for tier in group:
                keys = sorted((key for one, key in rows if one == tier), reverse=True)
                likely = self._share(self.tiers[tier])
                if len(found) + len(keys) < wanted and not self.database.is_exact(likely, self.known.many):
                    span = (self.span[0], self._upper(tier, start))
                    sql, given = self.database.gathered(self.tiers[tier], span, wanted, likely, self.known.many)
                    keys = sorted((key for (key,) in _fetch(sql, given)), reverse=True)
                found += [(tier, key) for key in keys]
            for one, count in rows:
                if one == -1 and count <= COUNTED:
                    self.total = count
            if len(found) >= wanted:
                break
        self._keep(found)

    def _read_phrases(self, start: tuple[int, int]) -> None:
        """The same where entries must be read in full: at most READ of them, then the page ends as it is."""
        found = []
        each = [" OR ".join([self.database.CONTAINS] * len(told)) for told in self.phrases]
        holds = " AND ".join(f"({one})" for one in each)
        given = [one for told in self.phrases for one in told]
        for tier in range(start[0], len(self.tiers)):
            span = (self.span[0], self._upper(tier, start))
            keys, asked = self.database.gathered(self.tiers[tier], span, READ, 0, 0)
            sql = f"SELECT key, CASE WHEN {holds} THEN 1 ELSE 0 END FROM articles_searchentry WHERE key IN ({keys})"
            rows = sorted(_fetch(sql, [*given, *asked]), reverse=True)
            found += [(tier, key) for key, is_held in rows if is_held]
            if len(found) > self.most:
                break
            if len(rows) == READ:
                self._keep(found)
                self.cursor = self._cursor(tier, rows[-1][0])
                return
        self._keep(found)

    def _keep(self, found: list[tuple[int, int]]) -> None:
        shown = found[: self.most]
        self.keys = [key for _tier, key in shown]
        self.cursor = self._cursor(*shown[-1]) if len(found) > self.most else ""

    def _cursor(self, tier: int, key: int) -> str:
        order = self.order[0].upper() if self.known.is_cut and not self.is_narrow else self.order[0]
        return f"{order}{tier}{key:x}"

    def _upper(self, tier: int, start: tuple[int, int]) -> int:
        return start[1] if tier == start[0] else self.span[1]

    def _groups(self, first: int) -> list[range]:
        """The tiers from `first` on: those that are likely to fill the page, then all others; the rest by itself."""
        if self.is_narrow:
            last = len(self.tiers) - 1
            return [*(self._filling(first, last) if first < last else []), range(last, last + 1)]
        return self._filling(first, len(self.tiers))

    def _filling(self, first: int, last: int) -> list[range]:
        likely = 0.0
        for tier in range(first, last):
            likely += self._likely(self.tiers[tier])
            if likely > 2 * self.most and tier + 1 < last:
                return [range(first, tier + 1), range(tier + 1, last)]
        return [range(first, last)]

    def _share(self, expression: Expression) -> float:
        return share(expression, self.known.shares)

    def _likely(self, expression: Expression) -> float:
        return self._share(expression) * self.known.many

    def _ask(self, tier: int, upper: int, most: int) -> tuple[str, list]:
        expression, span = self.tiers[tier], (self.span[0], upper)
        sql, given = self.database.newest(expression, span, most, self._share(expression), self.known.many)
        return f"SELECT {tier:d} AS tier, key FROM ({sql}) AS tier_{tier:d}", given


def _fetch(sql: str, given: Sequence) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return cursor.fetchall()


# -- What is shown -----------------------------------------------------------------------------------------------------


def _hits(keys: Sequence[int], wanted: Wanted) -> list[Hit]:
    """The hits of entries, with their words. One query."""
    if not keys:
        return []
    columns = ("key", "edition_id", "edition__language", "edition__headline", "edition__short_headline", "told")
    rows = SearchEntry.objects.filter(key__in=keys).values_list(*columns, "edition__snapshot")
    found = {}
    for key, edition, language, headline, short_headline, told, state in rows:
        said = marked(short_headline or headline, wanted, language)
        found[key] = Hit(edition, language, said, snippet(state, wanted, language, documents.hidden_in(told)))
    return [found[key] for key in keys if key in found]


# -- What was meant ----------------------------------------------------------------------------------------------------


def _suggestion(text: str, asked: Sequence[question.Asked], known: Vocabulary, filters: Filters) -> str:
    """The question with words that are known for those that are not, if that finds anything; else ""."""
    unknown = [word for one in asked for word in one.words if is_unknown(word.folded, known)]
    if not unknown or len(unknown) > TRIED:
        return ""
    choices = [spelling.near(word.folded) for word in unknown]
    if not all(choices):
        return ""
    for number in range(TRIED):
        if number and all(number >= len(one) for one in choices):
            break
        said = text
        for word, near in reversed(list(zip(unknown, choices, strict=True))):
            _folded, shown = near[min(number, len(near) - 1)]
            typed = said[word.start : word.end]
            said = said[: word.start] + (shown.lower() if typed.islower() else shown) + said[word.end :]
        if _finds(said, filters):
            return said
    return ""


def _finds(text: str, filters: Filters) -> bool:
    asked = question.read(text)
    known = look_up(asked, filters.named())
    reading = _Reading(asked, filters, NEWEST, known, 1)
    reading.read(reading.first)
    return bool(reading.keys)
