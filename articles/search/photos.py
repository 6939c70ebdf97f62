"""Photos found by words: all of them, in captions, alt texts and facts, in whichever script they were typed."""

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q, QuerySet

from articles.models import Photo, PhotoWords

from . import folding

MOST = 12  # words that are looked for; a pasted page is no question
LONGEST = 400  # characters of a question that are read


def matching(photos: QuerySet[Photo], question: str, user: AbstractBaseUser) -> QuerySet[Photo]:
    """Those of `photos` in which every word of `question` begins a word (in Arabic: is part of one, for the article is
    written onto it), or is a form of one. What a hidden source hides is looked into for its keepers only. No words: no
    photos."""
    asked = list(dict.fromkeys(folding.words(question[:LONGEST])))[:MOST]
    if not asked:
        return photos.none()
    found = PhotoWords.objects.order_by()
    own = Q(kept__gt="", photo__in=Photo.keepers.through.objects.filter(user=user).values("photo"))
    for word in asked:
        held = Q()
        for part in _parts(word):
            held |= Q(told__contains=part) | own & Q(kept__contains=part)
        found = found.filter(held)
    return photos.among(found.values("photo"))


def _parts(word: str) -> list[str]:
    """Of what is kept of a photo one of these is part, where it holds `word`: its beginning, or the whole of a stem."""
    begun = folding.without_article(word) if folding.is_arabic(word) else f" {word}"
    return [begun, *(f" {one} " for one in folding.stems(word) if begun not in f" {one}")]
