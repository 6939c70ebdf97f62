"""Into a story: which one the pictures chosen on the wall go into, searched among one's own, or a new one.

The script shows what this finds in a small sheet over the wall; without it, it is a page of its own.
"""

from urllib.parse import urlencode

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from articles.desk import attachments, stories
from articles.desk.changing import together
from articles.desk.errors import Refused
from articles.models import Photo, Publication, Story
from articles.models.stories import Byline

from . import moments, story_moves
from .caption_choice import keys_in, named
from .languages import language_to_begin
from .site import publication_of

MOST = 8  # stories shown at once
LONGEST = 100  # characters of a search
NAME = "articles_photo_into_story"


def may(user: AbstractBaseUser) -> bool:
    """Whether there may be stories that `user` may put pictures into."""
    return user.has_perm("articles.view_story") and any(
        user.has_perm(f"articles.{name}") for name in ("illustrate_story", "change_story", "change_any_story")
    )


def urls(model_admin) -> list:
    """Its address, for the urls of the photos' admin."""

    def answer(request):
        return view(request, model_admin)

    return [path("into-story/", model_admin.admin_site.admin_view(require_safe(answer)), name=NAME)]


def view(request: HttpRequest, model_admin) -> HttpResponse:
    """The stories that `q` finds, as JSON where that is asked for, else the page. Raises PermissionDenied."""
    if not (may(request.user) and request.user.has_perm("articles.view_photo")):
        raise PermissionDenied
    words = request.GET.get("q", "")[:LONGEST].strip()
    found = [_told(row, publication_of(request)) for row in _found(words, request.user)]
    if not request.accepts("text/html"):
        return JsonResponse({"stories": found})
    keys = keys_in(request.GET.getlist("photos"))
    context = model_admin.admin_site.each_context(request) | {
        "title": _("Into a story"),
        "stories": found,
        "words": words,
        "photos": named(keys),
        "keys": ",".join(keys),
        "back": request.GET.get("back", "")[:4000],
        "may_begin": request.user.has_perm("articles.add_story"),
    }
    return TemplateResponse(request, "admin/articles/photo/into_story.html", context)


def address(keys: list[str], back: str) -> str:
    """The page on which a story is chosen for these pictures."""
    return f"{reverse(f'admin:{NAME}')}?{urlencode({'photos': ','.join(keys), 'back': back})}"


def _found(words: str, user: AbstractBaseUser) -> list[Story]:
    """Those of whose headline all `words` are part, newest first; without words one's own first."""
    found = Story.objects.illustrated_by(user).select_related("live_edition").defer("body", "live_edition__snapshot")
    for word in words.split()[:6]:
        found = found.filter(Q(headline__icontains=word) | Q(slug__icontains=word))
    if words:
        return list(found[:MOST])
    signed = Byline.objects.filter(story=OuterRef("pk"), author__user=user)
    own = list(found.filter(Q(started_by=user) | Q(changed_by=user) | Exists(signed))[:MOST])
    others = found.exclude(pk__in=[story.pk for story in own])
    return own + list(others[: MOST - len(own)])


def _told(story: Story, publication: Publication) -> dict:
    parts = (story.language.upper(), story_moves.standing(story), moments.said(story.changed_at, publication))
    return {"id": story.pk, "text": str(story), "aside": " · ".join(parts), "lang": story.language}


# -- The deed, as the wall asks for it


def place(request: HttpRequest, photos: list[Photo], which: str) -> tuple[attachments.Placed, Story]:
    """Put `photos` into the story of that number, or into a new one ("new"), headed by the `name` typed.

    Raises Refused: no such story, may not, too many at once, none of them may be used.
    """
    most = attachments.MOST_AT_ONCE
    if len(photos) > most:
        raise Refused(_("At most %(most)d pictures are put into a story at once.") % {"most": most})
    with together():
        story = _begun(request) if which == "new" else _story(which, request.user)
        done = attachments.illustrate(story, photos, by=request.user)
        if which == "new" and not done.placed:  # a story that holds nothing is not begun
            raise Refused(" ".join(done.refused) or _("No picture is chosen."))
    return done, story


def said(done: attachments.Placed, story: Story) -> str:
    """What came of it: the sentence beside the link to the story."""
    count = len(done.placed)
    if not count:
        return "" if done.refused else _("They were in “%(story)s” already.") % {"story": story}
    words = ngettext("%(count)d picture is now in “%(story)s”.", "%(count)d pictures are now in “%(story)s”.", count)
    return words % {"count": count, "story": story}


def _begun(request: HttpRequest) -> Story:
    headline = request.POST.get("name", "")
    return stories.start(language=language_to_begin(Publication.objects.current()), by=request.user, headline=headline)


def _story(which: str, user: AbstractBaseUser) -> Story:
    number = int(which) if which.isascii() and which.isdecimal() and len(which) < 19 else 0
    story = Story.objects.filter(pk=number).first()
    if story is None:
        raise Refused(_("That story is not there any more."))
    return story
