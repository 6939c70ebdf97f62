"""Renditions for the desk: what no live edition shows lies in a private folder, and only this door gives it."""

from django.core.exceptions import PermissionDenied
from django.core.files.storage import storages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from articles.imaging.recipes import MIME_TYPES, Recipe
from articles.imaging.srcset import sources
from articles.models import Photo

SECONDS_KEPT = 3600  # by the browser of who may see it; an address never changes what it shows


def base() -> str:
    """The address beneath which the desk finds renditions; a token and a recipe's name follow."""
    return reverse("admin:rendition", args=["0", "0"]).removesuffix("0/0")


def address(photo: Photo, width: int = 320) -> str:
    """The address of a JPEG of `photo`, at least `width` pixels wide where there is one; "" before there is any."""
    widths = sorted(photo.formats.get("jpeg", []))
    if not widths:
        return ""
    chosen = next((one for one in widths if one >= width), widths[-1])
    return f"{base()}{photo.token}/{chosen}.jpg"


def shown(photo: Photo):
    """All sources of `photo` for a <picture> on the desk's own screens."""
    return sources(
        base(), photo.token, photo.width, photo.height, formats=list(photo.formats), widths=dict(photo.formats)
    )


def serve(request: HttpRequest, token: str, name: str) -> HttpResponse:
    """One rendition, wherever it lies, for who may see photos; whoever may not learns nothing of what there is.

    Raises Http404 for an unknown token, a name that no recipe has, and a file that is not there.
    """
    if not request.user.has_perm("articles.view_photo"):
        raise PermissionDenied
    photo = Photo.objects.filter(token=token).first()
    if photo is None:
        raise Http404
    return answer(photo, name)


def answer(photo: Photo, name: str) -> HttpResponse:
    """One rendition of `photo`, wherever it lies. Who may see it is for the caller to know. Raises Http404."""
    try:
        recipe = Recipe.parse(name, photo.width, photo.height)
    except ValueError as error:
        raise Http404 from error
    for storage_name in ("desk", "renditions"):
        try:
            with storages[storage_name].open(f"{photo.token}/{recipe.name}") as file:
                content = file.read()  # at most a few megabytes; read whole, no answer ever breaks off half-way
        except FileNotFoundError:
            continue
        said = {"Cache-Control": f"private, max-age={SECONDS_KEPT}, immutable", "X-Robots-Tag": "noindex"}
        return HttpResponse(content, content_type=MIME_TYPES[recipe.format], headers=said)
    raise Http404
