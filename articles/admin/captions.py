"""The captions screen: one template for many pictures, and a table one types in. It works as a plain form; scripts
show what would change, save as one types, and walk the cells by keys."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import path

from . import caption_choice, captions_csv, captions_doors, captions_stories
from .caption_deeds import DEEDS
from .caption_page import Page


def urls(model_admin) -> list:
    """The addresses of the captions screen, for the urls of the photos' admin."""
    site = model_admin.admin_site

    def view(request):
        return screen(request, model_admin)

    def stories(request):
        check_may(request.user)
        return captions_stories.screen(request, model_admin)

    return [
        path("captions/", site.admin_view(view), name="articles_photo_captions"),
        path("captions/stories/", site.admin_view(stories), name="articles_photo_captions_stories"),
        path("captions/csv/", site.admin_view(captions_csv.out), name="articles_photo_captions_csv"),
        *captions_doors.urls(site),
    ]


def check_may(user) -> None:
    """Raises PermissionDenied for who may neither write captions nor say anything of photos."""
    may_write = user.has_perm("articles.caption_photo") or user.has_perm("articles.change_photo")
    if not (may_write and user.has_perm("articles.view_photo")):
        raise PermissionDenied


def screen(request: HttpRequest, model_admin) -> HttpResponse:
    """The table and the template for the pictures that the address names. Filters lead to the pictures they leave."""
    check_may(request.user)
    keys = caption_choice.keys_in(request.GET.getlist("photos"))
    if not keys:
        found, wall = caption_choice.asked_otherwise(request, model_admin)
        if found and request.method == "GET":
            return HttpResponseRedirect(_address(request, found, wall))
        keys = [str(pk) for pk in found]
    page = Page(request, model_admin, caption_choice.named(keys))
    if request.method == "POST":
        deed = DEEDS.get(request.POST.get("do", ""))
        answer = deed(page) if deed else None
        if answer:
            return answer
    return page.shown()


def _address(request: HttpRequest, found: list[int], wall: str) -> str:
    """The screen's address with its pictures named by their numbers: 500 uuids would be too long for an address."""
    asked = QueryDict(mutable=True)
    for name in ("columns", "template"):
        asked.setlistdefault(name, request.GET.getlist(name))
    if wall:
        asked["wall"] = wall
    query = asked.urlencode()
    return f"{request.path}?photos={','.join(map(str, found))}{'&' + query if query else ''}"
