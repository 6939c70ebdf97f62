"""What the wall's page shows beside its tiles: how it is looked at, what may be done, the ways to other pages."""

from urllib.parse import quote

from django.http import HttpRequest
from django.urls import reverse

from articles.models import Collection

from . import bounded, into_story
from .caption_choice import MOST, is_uuid
from .photo_list import PhotoList
from .wall_deeds import MAY

VIEWS, SIZES = ("grid", "list"), ("small", "medium", "large")
MOST_COLLECTIONS = 30  # that have a button of their own; others are named


def context(request: HttpRequest, changelist: PhotoList) -> dict:
    """For the template of the wall, beside what Django puts there."""
    user, query = request.user, changelist.get_query_string().removeprefix("?")
    chosen = request.GET.get("in", "")
    may_sort = user.has_perm(MAY)
    return {
        "tiles": changelist.tiles,
        "wall_pager": changelist.pager,
        "count_said": bounded.said(changelist.result_count),
        "others": changelist.others("q"),
        # A choice of this browser's, so that the page comes as it was looked at last.
        "view": _one_of(VIEWS, request.COOKIES.get("wall_view"), "grid"),
        "size": _one_of(SIZES, request.COOKIES.get("wall_size"), "medium"),
        "query": request.GET.urlencode(),
        "may_sort": may_sort,
        "may_place": into_story.may(user),
        "may_begin": user.has_perm("articles.add_story"),
        "may_caption": may_sort or user.has_perm("articles.caption_photo"),
        "most": MOST,
        "collections": list(Collection.objects.all()[:MOST_COLLECTIONS]) if may_sort else [],
        "collection": Collection.objects.filter(uuid=chosen).first() if is_uuid(chosen) else None,
        "captions_address": _captions(changelist, query),
    }


def _captions(changelist: PhotoList, query: str) -> str:
    """The captions screen for what the filters leave; without any, for this page."""
    address = reverse("admin:articles_photo_captions")
    if changelist.has_active_filters or changelist.query:
        return f"{address}?{query}"
    return f"{address}?photos={quote(','.join(str(photo.pk) for photo in changelist.result_list), safe=',')}"


def _one_of(known: tuple[str, ...], value: str | None, usual: str) -> str:
    return value if value in known else usual
