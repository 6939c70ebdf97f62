"""Renditions for the desk: what no live edition shows lies in a private folder, and only this door gives it."""

import re

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.storage import FileSystemStorage, storages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from articles import tasks
from articles.imaging.recipes import MIME_TYPES, Recipe
from articles.imaging.srcset import sources
from articles.models import Photo, PhotoVersion

_PLAIN = re.compile(r"([1-9][0-9]{0,4})\.jpg", re.ASCII)
SECONDS_KEPT = 3600  # by the browser of who may see it; an address never changes what it shows


def base() -> str:
    """The address beneath which the desk finds renditions; a token and a recipe's name follow."""
    return reverse("admin:rendition", args=["0", "0"]).removesuffix("0/0")


def address(photo: Photo, width: int = 320) -> str:
    """The address of a JPEG of `photo`, at least `width` pixels wide where there is one; "" before there is any."""
    widths = sorted(photo.made().get("jpeg", []))
    if not widths:
        return ""
    chosen = next((one for one in widths if one >= width), widths[-1])
    return f"{base()}{photo.token}/{chosen}.jpg"


def shown(photo: Photo):
    """All sources of `photo` for a <picture> on the desk's own screens."""
    made = photo.made()
    return sources(base(), photo.token, photo.width, photo.height, formats=list(made), widths=made)


def of_version(version: PhotoVersion, width: int = 320) -> str:
    """The address of a small JPEG of what a picture was before it was replaced; "" once its renditions are gone."""
    if version.cleared_at:
        return ""
    found = {}
    for folder in ("desk", "renditions"):
        for name in tasks.names_in(folder, version.token):
            plain = _PLAIN.fullmatch(name.rpartition("/")[2])
            if plain:
                found[int(plain[1])] = plain[0]
    chosen = next((one for one in sorted(found) if one >= width), max(found, default=0))
    return f"{base()}{version.token}/{found[chosen]}" if found else ""


def serve(request: HttpRequest, token: str, name: str) -> HttpResponse:
    """One rendition, wherever it lies, for who may see photos; whoever may not learns nothing of what there is.

    Raises Http404 for an unknown token, a name that no recipe has, and a file that is not there.
    """
    if not request.user.has_perm("articles.view_photo"):
        raise PermissionDenied
    photo = Photo.objects.filter(token=token).first()
    if photo is not None:
        return answer(photo, name)
    # What was replaced is of another size, so only the plain names of the whole picture are known of it.
    if _PLAIN.fullmatch(name) and PhotoVersion.objects.filter(token=token).exists():
        return _file(token, name, "jpeg")
    raise Http404


def answer(photo: Photo, name: str) -> HttpResponse:
    """One rendition of `photo`, wherever it lies. Who may see it is for the caller to know. Raises Http404."""
    try:
        recipe = Recipe.parse(name, photo.width, photo.height)
    except ValueError as error:
        raise Http404 from error
    return _file(photo.token, recipe.name, recipe.format)


def _file(token: str, name: str, format: str) -> HttpResponse:
    said = {"Cache-Control": f"private, max-age={SECONDS_KEPT}, immutable", "X-Robots-Tag": "noindex"}
    for storage_name in ("desk", "renditions"):
        storage, path = storages[storage_name], f"{token}/{name}"
        if settings.ACCEL and isinstance(storage, FileSystemStorage):
            if storage.exists(path):
                # nginx finds it beneath this address, which nobody can ask for (deploy/nginx.conf).
                said["X-Accel-Redirect"] = f"/.private/{storage_name}/{path}"
                return HttpResponse(content_type=MIME_TYPES[format], headers=said)
            continue
        try:
            with storage.open(path) as file:
                content = file.read()  # at most a few megabytes; read whole, no answer ever breaks off half-way
        except FileNotFoundError:
            continue
        return HttpResponse(content, content_type=MIME_TYPES[format], headers=said)
    raise Http404
