"""What is done on the wall with the pictures that are chosen: picked, rejected, turned, put into a collection.

One door for the plain form and for the script; asked for JSON, it answers what was done and the tiles as they are now.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from articles.desk import collections, pixels
from articles.desk.errors import NotAllowed, Refused
from articles.models import Collection, Photo, Story

from . import into_story
from .caption_choice import MOST, is_uuid, keys_in
from .json_door import refusal
from .tiles import tile, with_captions

MAY = "articles.change_photo"
MOST_TURNED = 20  # at once: each is made anew in all its sizes while somebody waits


@dataclass
class Done:
    """What came of a deed: how many it changed, why it left some, the collection or the story it was about.

    `said` is its sentence, where the deed knows it better than by the count."""

    count: int
    refused: list[str]
    where: str = ""
    said: str | None = None
    story: Story | None = None


def urls(model_admin) -> list:
    """The address of the wall's deeds, for the urls of the photos' admin."""

    def view(request):
        return answer(request, model_admin)

    return [path("wall/", model_admin.admin_site.admin_view(require_POST(view)), name="articles_photo_wall")]


def answer(request: HttpRequest, model_admin) -> HttpResponse:
    """Carry out `do` with the pictures of `photos`; `back` is the wall's query. Raises PermissionDenied."""
    wants_page = request.accepts("text/html")
    name = request.POST.get("do", "").partition(":")[0]
    is_allowed = into_story.may(request.user) if name == "story" else request.user.has_perm(MAY)
    if not (is_allowed and request.user.has_perm("articles.view_photo")):
        if wants_page:
            raise PermissionDenied
        return refusal(403, "not_allowed", _("You may not sort pictures."))
    keys = keys_in(request.POST.getlist("photos"))
    if wants_page and request.POST.get("do") == "story" and keys:  # which one is chosen on a page of its own
        return HttpResponseRedirect(into_story.address(keys, request.POST.get("back", "")))
    try:
        found, done, said = _do(request, keys)
    except Refused as error:
        if not wants_page:
            return refusal(403 if isinstance(error, NotAllowed) else 422, "refused", str(error))
        model_admin.message_user(request, str(error), messages.ERROR)
        return _back(request)
    if wants_page:
        if said and (done.count or done.story):
            model_admin.message_user(request, _with_link(said, done), messages.SUCCESS)
        for sentence in done.refused:
            model_admin.message_user(request, sentence, messages.ERROR)
        return _back(request)
    return JsonResponse(_told(keys, found, done, said))


def _do(request: HttpRequest, keys: list[str]) -> tuple[list[Photo], Done, str]:
    """The pictures, what was done with them, and the sentence for it. Raises Refused."""
    name, _colon, which = request.POST.get("do", "").partition(":")
    deed = DEEDS.get(name)
    if deed is None:
        raise Refused(_("The wall knows no such deed."))
    most = MOST_TURNED if deed.is_slow else MOST
    if not keys:
        raise Refused(_("No picture is chosen."))
    if len(keys) > most:
        raise Refused(_("At most %(most)d pictures are changed at once.") % {"most": most})
    found = list(Photo.objects.filter(pk__in=[int(key) for key in keys if key.isdecimal()]).defer("metadata"))
    order = {key: place for place, key in enumerate(keys)}
    found.sort(key=lambda photo: order[str(photo.pk)])
    done = deed.act(request, found, which)
    if done.said is not None:
        return found, done, done.said
    count = done.count + _before(request)
    return found, done, deed.said(count) % {"count": count, "collection": done.where}


def _before(request: HttpRequest) -> int:
    """How many the portions before this one changed: the last one's sentence is about all of them."""
    text = request.POST.get("before", "")
    return min(int(text), MOST) if text.isascii() and text.isdecimal() and len(text) < 9 else 0


def _told(keys: list[str], found: list[Photo], done: Done, said: str) -> dict:
    rows = with_captions(Photo.objects.filter(pk__in=[photo.pk for photo in found]).defer("metadata"))
    tiles = {row.pk: render_to_string("admin/articles/photo/tile.html", {"tile": tile(row)}) for row in rows}
    gone = [key for key in keys if not key.isdecimal() or int(key) not in tiles]
    story = {"text": _("Open it"), "address": _screen(done.story)} if done.story else None
    return {
        "said": said, "count": done.count, "refused": done.refused, "tiles": tiles, "gone": gone, "link": story
    }  # fmt: skip


def _with_link(said: str, done: Done) -> str:
    if not done.story:
        return said
    return format_html('{} <a href="{}">{}</a>', said, _screen(done.story), _("Open it"))


def _screen(story: Story) -> str:
    return reverse("admin:articles_story_change", args=[story.pk])


def _back(request: HttpRequest) -> HttpResponseRedirect:
    """To the wall as it was narrowed: the query is read and written anew, so that it leads nowhere else."""
    query = QueryDict(request.POST.get("back", "")[:4000]).urlencode()
    return HttpResponseRedirect(f"{reverse('admin:articles_photo_changelist')}{'?' + query if query else ''}")


# -- The deeds


@dataclass(frozen=True)
class Deed:
    """`act` does it, `said` gives the sentence for so many pictures."""

    act: Callable[[HttpRequest, list[Photo], str], Done]
    said: Callable[[int], str]
    is_slow: bool = False


def _each(photos: list[Photo], verb: Callable[[Photo], None]) -> Done:
    """Do it to each by itself: one that is refused, or has gone meanwhile, holds up no other."""
    done = Done(0, [])
    for photo in photos:
        try:
            verb(photo)
        except NotAllowed:
            raise
        except Refused as error:
            done.refused.append(f"{photo}: {error}")
        except Photo.DoesNotExist:
            continue
        else:
            done.count += 1
    return done


def _rate(rating: int):
    def act(request, photos, _which):
        others = [photo for photo in photos if photo.rating != rating]
        done = _each(others, lambda photo: collections.rate(photo, rating, by=request.user))
        done.count += len(photos) - len(others)
        return done

    return act


def _turn(degrees: int):
    return lambda request, photos, _which: _each(photos, lambda one: pixels.turn(one, degrees, by=request.user))


def _collect(request, photos, which):
    """Into the collection of that uuid; without one, into that of the name typed."""
    row = _collection(which) if which else collections.make(request.POST.get("name", ""), by=request.user)
    return Done(collections.put_in(row, photos, by=request.user), [], row.name)


def _take_out(request, photos, which):
    row = _collection(which)
    return Done(collections.take_out(row, photos, by=request.user), [], row.name)


def _into_story(request, photos, which):
    if not which:
        raise Refused(_("Choose the story that they go into."))
    done, story = into_story.place(request, photos, which)
    return Done(len(done.placed), done.refused, said=into_story.said(done, story), story=story)


def _collection(uuid: str) -> Collection:
    row = Collection.objects.filter(uuid=uuid).first() if is_uuid(uuid) else None
    if row is None:
        raise Refused(_("That collection is not there any more."))
    return row


def _collected(count):
    said = ngettext(
        "%(count)d picture is now in “%(collection)s”.", "%(count)d pictures are now in “%(collection)s”.", count
    )
    return said if count else _("They were in “%(collection)s” already.")


DEEDS = {
    "story": Deed(_into_story, str),
    "collect": Deed(_collect, _collected),
    "take_out": Deed(
        _take_out,
        lambda count: ngettext(
            "%(count)d picture taken out of “%(collection)s”.",
            "%(count)d pictures taken out of “%(collection)s”.",
            count,
        ),
    ),
    "pick": Deed(_rate(1), lambda count: ngettext("%(count)d picture picked", "%(count)d pictures picked", count)),
    "reject": Deed(
        _rate(-1), lambda count: ngettext("%(count)d picture rejected", "%(count)d pictures rejected", count)
    ),
    "unmark": Deed(
        _rate(0),
        lambda count: ngettext(
            "%(count)d picture neither picked nor rejected", "%(count)d pictures neither picked nor rejected", count
        ),
    ),
    "left": Deed(
        _turn(270), lambda count: ngettext("%(count)d picture turned", "%(count)d pictures turned", count), True
    ),
    "right": Deed(
        _turn(90), lambda count: ngettext("%(count)d picture turned", "%(count)d pictures turned", count), True
    ),
}
