"""Suggestions while typing on a story's form: authors, tags, stories, photos, and what a link may lead to. JSON, for
who may see that kind of thing."""

import unicodedata
from collections.abc import Callable
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.body import links as body_links
from articles.models import Author, Photo, Publication, Story, Tag
from articles.search import photos as search_photos

from . import moments, renditions, story_moves

MOST = 12
MOST_PHOTOS = 40
LONGEST_ASKED = 2048  # characters: a whole address fits


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


def link_targets(words: str, language: str) -> list[dict]:
    """Stories a link may lead to: by words of the headline, or the one that `words` names by its address or reference.

    `id` is the reference that the text keeps (`story:` and the uuid): it survives a change of address. A story named
    outright is found in the bin too, so that the editor is told where their link leads.
    """
    named = _named(words)
    if named is None:
        found = Story.objects.kept().exclude(headline="")
        for word in words[:100].split()[:6]:
            found = found.filter(headline__icontains=word)
        named = found
    rows = list(named.select_related("live_edition").defer("body", "live_edition__snapshot")[: MOST * 2])
    publication = Publication.objects.current()
    return [_target(row, publication) for row in sorted(rows, key=lambda row: row.language != language)[:MOST]]


def _named(words: str) -> QuerySet | None:
    """The story that an address of our own site, or a reference, names; None where `words` are none."""
    if words.startswith(body_links.STORY):
        uuid = words.removeprefix(body_links.STORY)
        return Story.objects.filter(uuid=uuid) if body_links.is_uuid(uuid) else Story.objects.none()
    try:
        parts = urlsplit(words)
    except ValueError:
        return None
    is_ours = parts.netloc == urlsplit(settings.SITE_ADDRESS).netloc or parts.hostname in settings.ALLOWED_HOSTS
    if not words.startswith("/") and not (parts.scheme in ("http", "https") and is_ours):
        return None
    path = unicodedata.normalize("NFC", unquote(parts.path)).removeprefix("/text")
    path = path if path.endswith("/") else f"{path}/"
    # The path of what has none yet is empty, and is nobody's.
    return Story.objects.filter(path=path, binned_at=None) if "\0" not in path else Story.objects.none()


def _target(row: Story, publication: Publication) -> dict:
    at = row.live_edition.first_published_at if row.live_edition else row.changed_at
    standing = _("in the bin") if row.binned_at else story_moves.standing(row)
    return {
        "id": f"{body_links.STORY}{row.uuid}",
        "text": str(row),
        "aside": " · ".join((row.language.upper(), standing, moments.said(at, publication))),
        "lang": row.language,
        "address": reverse("admin:articles_story_change", args=[row.pk]),
        "is_live": row.live_edition_id is not None,
    }


def photos(words: str, language: str, user: AbstractBaseUser) -> list[dict]:
    """Found as on the wall; without words the newest."""
    found = Photo.objects.prefetch_related("captions").defer("metadata")
    found = search_photos.matching(found, words, user) if words else found
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
    "links": ("articles.view_story", link_targets),
}


def choices(request: HttpRequest, what: str) -> JsonResponse:
    """What matches `q`, in `language`. Raises PermissionDenied for who may not see that kind of thing."""
    permission, find = CHOICES[what]
    if not request.user.has_perm(permission):
        raise PermissionDenied
    language = request.GET.get("language", "")
    language = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    longest = LONGEST_ASKED if what == "links" else 100
    words = request.GET.get("q", "")[:longest].strip()
    found = find(words, language, request.user) if what == "photos" else find(words, language)
    return JsonResponse({"results": found})
