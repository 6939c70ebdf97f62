"""Which pictures the captions screen shows: named one by one, of a collection, or what the wall's filters leave."""

from copy import copy
from uuid import UUID

from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import Prefetch
from django.http import HttpRequest, QueryDict

from articles.desk import batches
from articles.models import Caption, CollectionPhoto, Photo

OURS = ("photos", "collection", "columns", "template", "wall")  # what an address says beside the wall's filters
MOST = batches.MOST


def keys_in(values) -> list[str]:
    """What names pictures in `values` (each may name several, with commas): numbers, or uuids, in their order."""
    found = [one.strip() for value in values for one in value.split(",")]
    return list(dict.fromkeys(one for one in found if _is_number(one) or is_uuid(one)))


def named(keys: list[str]) -> list[Photo]:
    """The pictures of those keys, in their order, with their captions: two queries."""
    keys = keys[:MOST]
    numbers, uuids = [int(one) for one in keys if _is_number(one)], [one for one in keys if not _is_number(one)]
    found: dict[str, Photo] = {}
    for name, wanted in (("pk", numbers), ("uuid", uuids)):
        if wanted:
            captions = Prefetch("captions", queryset=Caption.objects.filter(is_current=True))
            rows = Photo.objects.filter(**{f"{name}__in": wanted}).defer("metadata").prefetch_related(captions)
            found |= {str(getattr(photo, name)): photo for photo in rows}
    return list(dict.fromkeys(found[one] for one in keys if one in found))


def asked_otherwise(request: HttpRequest, model_admin) -> tuple[list[int], str]:
    """Keys of the pictures of a collection, or of what the wall's filters leave (nothing asked: those that lack a
    caption), and the wall's query. At most MOST; none where the address asks for what no filter is called."""
    collection = request.GET.get("collection", "")
    if collection:
        if not is_uuid(collection):
            return [], ""
        rows = CollectionPhoto.objects.filter(collection__uuid=collection)
        return list(rows.values_list("photo", flat=True)[:MOST]), ""
    wall = QueryDict(mutable=True)
    for name, values in request.GET.lists():
        if name not in OURS:
            wall.setlist(name, values)
    if not wall:
        wall["needs"] = "caption"
    asking = copy(request)
    asking.GET = wall
    try:
        changelist = model_admin.get_changelist_instance(asking)
    except (IncorrectLookupParameters, DisallowedModelAdminLookup):  # no filter of ours is called that
        return [], ""
    return list(changelist.queryset.values_list("pk", flat=True)[:MOST]), wall.urlencode()


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19


def is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False
