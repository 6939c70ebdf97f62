"""Live stories that show older words of pictures than the library has: published anew with the new ones, or kept."""

from itertools import groupby

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.desk import shown_words, stories
from articles.desk.errors import Refused
from articles.models import Status

from . import caption_choice


def screen(request: HttpRequest, model_admin) -> HttpResponse:
    """The stories, each with what it says and what it would say, and a choice for each."""
    keys = caption_choice.keys_in(request.GET.getlist("photos"))
    old = shown_words.older(caption_choice.named(keys)) if keys else []
    if request.method == "POST":
        _decide(request, old)
        return HttpResponseRedirect(request.get_full_path())
    query = ",".join(keys)
    context = model_admin.admin_site.each_context(request) | {
        "title": _("Stories with older words"),
        "opts": model_admin.opts,
        "stories": [_row(request, list(group)) for _pk, group in groupby(old, key=lambda one: one.story.pk)],
        "back": f"{reverse('admin:articles_photo_captions')}?photos={query}",
    }
    request.current_app = model_admin.admin_site.name
    return TemplateResponse(request, "admin/articles/photo/captions_stories.html", context)


def _row(request: HttpRequest, old: list[shown_words.Old]) -> dict:
    story = old[0].story
    is_unchanged = story.status == Status.PUBLISHED
    return {
        "story": story,
        "old": old,
        "has_changes": not is_unchanged,
        "may_publish": is_unchanged and request.user.has_perm("articles.publish_story"),
        "may_keep": is_unchanged and story.changeable_by(request.user),
    }


def _decide(request: HttpRequest, old: list[shown_words.Old]) -> None:
    """Do what was chosen for one story of `old`."""
    wanted = request.POST.get("story", "")
    story = next((one.story for one in old if str(one.story.pk) == wanted), None)
    if story is None:
        messages.warning(request, _("That story shows the new words by now."))
        return
    try:
        if request.POST.get("do") == "publish":
            edition = stories.publish_anew(story, by=request.user)
            said = _("“%(story)s” is published anew, as edition %(number)d.")
            messages.success(request, said % {"story": story, "number": edition.number})
        elif request.POST.get("do") == "keep":
            shown_words.keep(story, by=request.user)
            messages.success(
                request, _("“%(story)s” keeps its words, also when it is published again.") % {"story": story}
            )
    except Refused as error:
        messages.error(request, str(error))
