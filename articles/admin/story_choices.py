"""Suggestions while typing on a story's form: authors, tags, stories, photos. JSON, for who may see stories."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, JsonResponse

from articles.models import Author, Photo, Story, Tag

from . import renditions

MOST = 12
MOST_PHOTOS = 40


def authors(words: str, language: str) -> list[dict]:
    """People whose name holds `words`; first those with a name that begins with them."""
    found = Author.objects.filter(words__name__icontains=words).distinct().prefetch_related("words")[: MOST * 2]
    rows = [{"id": row.pk, "text": row.name_in(language)} for row in found]
    start = f" {words}".casefold()
    return sorted(rows, key=lambda row: start not in f" {row['text']}".casefold())[:MOST]


def tags(words: str, language: str) -> list[dict]:
    return [
        {"id": row.name, "text": row.name}
        for row in Tag.objects.filter(language=language, name__icontains=words).order_by("name")[:MOST]
    ]


def stories(words: str, language: str) -> list[dict]:
    found = Story.objects.kept().filter(headline__icontains=words).exclude(headline="").select_related("live_edition")
    ordered = sorted(found[: MOST * 2], key=lambda story: story.language != language)[:MOST]
    return [
        {
            "id": row.pk,
            "text": row.headline,
            "aside": f"{row.language} · {row.get_status_display()}",
            "lang": row.language,
        }
        for row in ordered
    ]


def photos(words: str, language: str, user: AbstractBaseUser) -> list[dict]:
    """Of a photo whose source is hidden from `user`, what would tell it is not looked into."""
    found = Photo.objects.prefetch_related("captions")
    known = Photo.objects.with_source_for(user).order_by()
    for word in words.split()[:6]:
        found = found.filter(
            Q(headline__icontains=word)
            | Q(credit__icontains=word)
            | Q(pk__in=known.filter(Q(original_name__icontains=word) | Q(creator__icontains=word)).values("pk"))
            | Q(pk__in=Photo.objects.filter(captions__text__icontains=word, captions__is_current=True))
        )
    return [_photo(row, language) for row in found[:MOST_PHOTOS]]


def _photo(row: Photo, language: str) -> dict:
    caption = row.caption_in(language)
    return {
        "id": str(row.uuid),
        "text": str(row),
        "aside": caption.text if caption else "",
        "thumbnail": renditions.address(row),
    }


# What may be asked for: (the permission it takes, how it is found).
CHOICES: dict[str, tuple[str, Callable[..., list[dict]]]] = {
    "authors": ("articles.view_author", authors),
    "tags": ("articles.view_tag", tags),
    "stories": ("articles.view_story", stories),
    "photos": ("articles.view_photo", photos),
}


def choices(request: HttpRequest, what: str) -> JsonResponse:
    """What matches `q`, in `language`. Raises PermissionDenied for who may not see that kind of thing."""
    permission, find = CHOICES[what]
    if not request.user.has_perm(permission):
        raise PermissionDenied
    language = request.GET.get("language", "")
    language = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    words = request.GET.get("q", "")[:100].strip()
    found = find(words, language, request.user) if what == "photos" else find(words, language)
    return JsonResponse({"results": found})
