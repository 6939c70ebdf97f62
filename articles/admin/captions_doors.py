"""The doors of the captions screen's scripts: one cell saved while somebody types, and what a template would change."""

from django.http import Http404, HttpRequest, JsonResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.desk import cells
from articles.desk.errors import NotAllowed, Refused

from . import moments
from .caption_advice import Adviser
from .caption_choice import MOST, keys_in, named
from .caption_fields import fields_for
from .caption_filling import Filling, kept_from
from .caption_rows import preview_of
from .json_door import json_door, read_json
from .site import publication_of


def urls(site) -> list:
    door = json_door(site)
    return [
        path("captions/cell/", door(cell), name="articles_photo_captions_cell"),
        path("captions/preview/", door(preview), name="articles_photo_captions_preview"),
    ]


def cell(request: HttpRequest) -> JsonResponse:
    """Save one cell: `{"photo", "field", "from", "to"}`, values as they are typed. Answers with the value that is kept.

    Where somebody else changed it meanwhile: 409, `theirs` and `name`; nothing is written then.
    """
    given = read_json(request)
    _check_may(request)
    field = fields_for(request.user, publication_of(request)).get(str(given.get("field", "")))
    was, to = given.get("from"), given.get("to")
    if field is None:
        raise NotAllowed(_("You may not change this of a photo."))
    if not isinstance(was, str) or not isinstance(to, str):
        raise Refused(_("The save did not arrive whole."))
    photo = next(iter(named(keys_in([str(given.get("photo", ""))])[:1])), None)
    if photo is None:
        raise Http404
    try:
        with timezone.override(publication_of(request).zone):
            kept = cells.put(photo, field.name, field.value(to), was=field.value(was), by=request.user)
            said = {"value": field.text(kept)}
    except cells.Changed as error:
        theirs = {"theirs": field.text(error.theirs), "shown": field.shown(error.theirs), "name": error.name}
        return JsonResponse({"refused": str(error), "code": "changed"} | theirs, status=409)
    if field.language:
        photo = named([str(photo.pk)])[0]
        said["advice"] = Adviser([photo], kept_from(request.user, [photo])).of(photo, field.language)
    return JsonResponse(said | {"saved": moments.said(timezone.now(), publication_of(request))})


def preview(request: HttpRequest) -> JsonResponse:
    """What a template would write: `{"photos": [all numbers of the table], "ticked": [those to change], "values":
    {field: text}}`. Answers `rows` by number, each with `cells` (field to [will be, was]), and what the button says."""
    given = read_json(request)
    _check_may(request)
    publication = publication_of(request)
    fields = fields_for(request.user, publication)
    values = given.get("values")
    texts = values if isinstance(values, dict) and all(isinstance(one, str) for one in values.values()) else {}
    shown, ticked = _keys(given, "photos"), set(_keys(given, "ticked"))
    found = [photo for photo in named(shown) if str(photo.pk) in ticked]
    numbers = {key: number for number, key in enumerate(shown, 1)}
    rows, left, count = {}, [], 0
    with timezone.override(publication.zone):
        filling = Filling(texts, fields, kept=kept_from(request.user, found), publication=publication)
        for photo in found:
            row = preview_of(photo, numbers[str(photo.pk)], filling)
            labels = {name: filling.fields[name].label for name in row["cells"]}
            rows[photo.pk] = row | {"labels": labels}
            left += [row["left"]] if row["left"] else []
            count += bool(row["cells"])
    left = filling.problems + left
    return JsonResponse({"rows": rows, "left": left, "count": count, "label": label(len(filling.texts), len(found))})


def label(fields: int, pictures: int) -> str:
    """What the button that applies a template says."""
    first = ngettext("%(count)d field", "%(count)d fields", fields) % {"count": fields}
    second = ngettext("%(count)d picture", "%(count)d pictures", pictures) % {"count": pictures}
    return _("Apply %(fields)s to %(pictures)s") % {"fields": first, "pictures": second}


def _keys(given: dict, name: str) -> list[str]:
    value = given.get(name)
    return keys_in([str(one) for one in value])[:MOST] if isinstance(value, list) else []


def _check_may(request: HttpRequest) -> None:
    may_write = request.user.has_perm("articles.caption_photo") or request.user.has_perm("articles.change_photo")
    if not (may_write and request.user.has_perm("articles.view_photo")):
        raise NotAllowed(_("You may not write captions."))
