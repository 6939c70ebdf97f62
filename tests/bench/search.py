"""Search: how soon two words are answered, with few editions and with many, and how fast editions are indexed.

Words lie in texts as in real ones: a few stand everywhere, most hardly anywhere (Zipf), 30,000 in each language.
"""

import os
import random
import statistics
import time
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone

from articles.management.load import BATCH, Load, make
from articles.models import Edition, SearchEntry
from articles.search import documents, folding, index
from articles.search.engine import Filters, search

from .measures import SEED, figure

FEW = int(os.environ.get("FEW", "10000"))
MANY = int(os.environ.get("STORIES", "100000"))
WORDS = 30_000  # of a language
PARAGRAPHS = 20_000
ASKED = 300  # questions, at each size
COMMON = 30  # the most common words: one question in ten holds two of them
MOST_MILLISECONDS, MOST_TIMES = 50, 4
LETTERS = {
    "en": ("bcdfghklmnprstvw", "aeiou"),
    "ar": ("بتجحدرسشعفقكلمنه", "اوي"),
}


class RealLoad(Load):
    """A load whose words are as common as words are."""

    def __init__(self, seed, newest):
        dice = random.Random(SEED)
        self.common = {language: _vocabulary(language, dice) for language in LETTERS}
        self.weights = list(accumulate(1 / (rank + 2.7) for rank in range(WORDS)))
        super().__init__(seed, newest)
        dice, mine = random.Random(SEED), self.dice
        self.dice = dice  # the same paragraphs each time, so that words go on being as common
        self.paragraphs = {
            language: [f"{self.words(language, 45)}." for _place in range(PARAGRAPHS)] for language in LETTERS
        }
        self.dice = mine

    def chosen(self, language, count):
        return self.dice.choices(self.common[language], cum_weights=self.weights, k=count)


def _vocabulary(language: str, dice: random.Random) -> list[str]:
    """Words of two to four syllables, each once; short ones are common."""
    consonants, vowels = LETTERS[language]
    found: dict[str, None] = {}
    while len(found) < WORDS:
        syllables = 2 + (len(found) >= WORDS // 30) + (len(found) >= WORDS // 2)
        found["".join(dice.choice(consonants) + dice.choice(vowels) for _one in range(syllables))] = None
    return list(found)


def searched(folder: Path) -> Iterator[dict]:
    """Two words, the first page with snippets: milliseconds, with few editions and with many."""
    took: dict[int, dict[str, float]] = {}
    for number in (FEW, MANY):
        rate = _load(number)
        if rate:
            yield figure(f"editions made and indexed a second, up to {number:,}", rate, None, form="{:.0f}")
        took[number] = _asked(number)
        bar = MOST_MILLISECONDS if number == MANY and connection.vendor == "postgresql" else None
        yield figure(f"search, {number:,} editions, p50, milliseconds", took[number]["p50"], None, form="{:.1f}")
        yield figure(
            f"search, {number:,} editions, p95, milliseconds", took[number]["p95"], bar, most=True, form="{:.1f}"
        )
        yield figure(f"search, {number:,} editions, the longest", took[number]["most"], None, form="{:.1f}")
    ratio = took[MANY]["p95"] / took[FEW]["p95"]
    yield figure(f"search, p95, {MANY:,} editions beside {FEW:,}", ratio, MOST_TIMES, most=True, form="{:.2f}")
    yield figure("editions indexed a second", _indexed(), None, form="{:.0f}")


def _load(number: int) -> float:
    there = SearchEntry.objects.count()
    if there >= number:
        return 0
    began = time.perf_counter()
    load = RealLoad(SEED + there, timezone.now())
    for _made in make(number - there, load, indexed=True):
        pass
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return (number - there) / (time.perf_counter() - began)


def _asked(number: int) -> dict[str, float]:
    """Milliseconds of ASKED questions, each asked once: best first and newest first by turns."""
    questions = list(_questions(random.Random(SEED + number)))
    for text, order, language in questions[:20]:
        search(text, filters=Filters(languages=(language,)), order=order)
    milliseconds = []
    for text, order, language in questions:
        began = time.perf_counter()
        page = search(text, filters=Filters(languages=(language,)), order=order)
        milliseconds.append((time.perf_counter() - began) * 1000)
        if not page.hits:
            raise SystemExit(f"“{text}” found nothing: nothing was measured.")
    cuts = statistics.quantiles(milliseconds, n=100)
    return {"p50": cuts[49], "p95": cuts[94], "most": max(milliseconds)}


def _questions(dice: random.Random) -> Iterator[tuple[str, str, str]]:
    """Two words that stand in one edition: of its headline, of its text, or two of the most common there are."""
    common = {language: _vocabulary(language, random.Random(SEED))[:COMMON] for language in ("en",)}
    keys = list(SearchEntry.objects.values_list("edition", flat=True))
    editions = Edition.objects.in_bulk(dice.sample(keys, ASKED))
    for turn, edition in enumerate(editions.values()):
        texts = [edition.headline, *documents.text(edition.snapshot)]
        words = folding.in_order(texts[0] if turn % 2 else dice.choice([one for one in texts[1:] if one]))
        if turn % 10 == 0:
            words = common["en"]
        chosen = dice.sample(sorted(set(words)), 2)
        language = "en" if turn % 10 == 0 else edition.language
        yield f"{' '.join(chosen)} ", "newest" if turn % 3 == 0 else "best", language


def _indexed() -> float:
    """Editions a second, indexed anew in one process."""
    stories = list(SearchEntry.objects.order_by("key").values_list("story_id", flat=True)[:BATCH])
    times = []
    for _run in range(3):
        SearchEntry.objects.filter(story__in=stories).delete()
        began = time.perf_counter()
        with transaction.atomic():
            index.keep_editions(stories)
        times.append(time.perf_counter() - began)
    return len(stories) / statistics.median(times)
