"""Working copies found by words: headline, text, captions, tags, authors, as they are now."""

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from articles.models import SearchName, Story

from . import backend, question
from .expressions import Beginning, Expression, all_of, any_of
from .folding import stems, without_article

NAMES = 200  # authors and tags whose names hold a word


def matching(stories: QuerySet[Story], text: str) -> QuerySet[Story]:
    """Those of `stories` in which every word of `text` begins a word, or is a form of one. No words: no stories.

    One query, before the one that is given.
    """
    words = list(dict.fromkeys(word for one in question.read(text) for word in one.folded))
    if not words:
        return stories.none()
    marks = _marks(words)
    sql, given = backend.current().stories(all_of(_held(word, marks.get(word, [])) for word in words))
    return stories.filter(pk__in=RawSQL(sql, given))


def _held(word: str, marks: list[str]) -> Expression:
    begun = dict.fromkeys((word, without_article(word))) if len(word) >= question.SHORTEST else ()
    return any_of([*map(Beginning, begun), *stems(word), *marks])


def _marks(words: list[str]) -> dict[str, list[str]]:
    """The marks of the authors and tags whose names hold each word. One query."""
    asked = Q()
    for word in words:
        asked |= Q(word__gte=word, word__lt=word + "\U0010ffff") | Q(stem__in=stems(word))
    found: dict[str, list[str]] = {}
    rows = SearchName.objects.filter(asked).order_by("mark", "word").values_list("word", "stem", "mark")
    for other, its_stem, mark in rows[:NAMES]:
        for word in words:
            if other.startswith(word) or its_stem in stems(word):
                found.setdefault(word, []).append(mark)
    return found
