"""Photos found by words: all of them, in captions, alt texts and facts, in whichever script they were typed."""

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q, QuerySet

from articles.models import Photo, PhotoWords

from . import folding

MOST = 12  # words that are looked for; a pasted page is no question
LONGEST = 400  # characters of a question that are read


def matching(photos: QuerySet[Photo], question: str, user: AbstractBaseUser) -> QuerySet[Photo]:
    """Those of `photos` in which every word of `question` begins a word (in Arabic: is part of one, for the article is
    written onto it). What a hidden source hides is looked into for its keepers only. No words: no photos."""
    asked = list(dict.fromkeys(folding.words(question[:LONGEST])))[:MOST]
    if not asked:
        return photos.none()
    found = PhotoWords.objects.order_by()
    own = Q(kept__gt="", photo__in=Photo.keepers.through.objects.filter(user=user).values("photo"))
    for word in asked:
        part = word if folding.is_arabic(word) else f" {word}"
        found = found.filter(Q(told__contains=part) | own & Q(kept__contains=part))
    return photos.among(found.values("photo"))
