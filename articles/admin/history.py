"""The history of a story: its versions at the side, what changed between two of them on one sheet, and the way back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from articles.body.document import InvalidDocument
from articles.desk import addresses, snapshots
from articles.desk import bin as the_bin
from articles.desk.errors import Refused
from articles.models import Story

from . import changes, sharing
from .reading import story_of
from .site import publication_of
from .versions import NOW, Version, first_choice, state_of, steps, versions

IN_PANEL = 8  # versions in the writing room's panel; the rest is on this screen
# What may be undone of a block: how, and what is said afterwards.
BLOCKS = {
    "block": (snapshots.restore_block, gettext_lazy("The block is back as it was.")),
    "place": (snapshots.restore_place, gettext_lazy("The block is back in its place.")),
    "out": (snapshots.take_out, gettext_lazy("The block is taken out again.")),
}


class HistoryMixin:
    """Where a story comes from and where it goes, for its ModelAdmin: history, bin, share links."""

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("<int:number>/address/", view(self.address_view), name="articles_story_address"),
            path("<int:number>/bin/", view(self.bin_view), name="articles_story_bin"),
            path("<int:number>/share/", view(self.share_view), name="articles_story_share"),
            *super().get_urls(),
        ]

    def history_view(self, request, object_id, extra_context=None):
        story = self._found(request, object_id)
        if request.method == "POST":
            return _do(request, story)
        found = versions(story, publication_of(request))
        older, newer = first_choice(story, found)
        older, newer = request.GET.get("from") or older, request.GET.get("to") or newer
        named = {version.key: version for version in found}
        # Where readers were shown words under a picture, those are compared with what they would be shown now.
        edition = "e" in (older[:1], newer[:1])
        states = [state_of(story, key, as_published=edition) for key in (older, newer)]
        info = get_language_info(story.language)
        context = self._context(request, story, _("History")) | {
            "sheet": changes.sheet(story, *states),
            "listed": [version for version in found if not version.autosave],
            "autosaves": [version for version in found if version.autosave],
            "steps": steps(found, older, newer),
            "older": named.get(older) or found[0],
            "newer": named.get(newer) or found[0],
            "surface": {"lang": story.language, "dir": "rtl" if info["bidi"] else "ltr"},
            "may_keep": story.changeable_by(request.user),
            "may_restore": story.changeable_by(request.user) and older != NOW,
        }
        return TemplateResponse(request, "admin/articles/story/history.html", context)

    def bin_view(self, request, number):
        """Ask whether the story goes to the bin, put it there, take it out."""
        story = self._found(request, number)
        if not (the_bin.may_take_out(story, request.user) if story.binned_at else story.changeable_by(request.user)):
            raise PermissionDenied
        if request.method != "POST":
            context = {"why_not": the_bin.why_not(story, request.user), "days": the_bin.DAYS}
            context = self._context(request, story, _("Delete")) | context
            return TemplateResponse(request, "admin/articles/story/bin.html", context)
        here = reverse("admin:articles_story_change", args=[story.pk])
        try:
            if request.POST.get("do") == "take_out":
                the_bin.take_out(story, by=request.user)
                messages.success(request, _("“%(story)s” is out of the bin.") % {"story": story})
                return HttpResponseRedirect(here)
            the_bin.put_in(story, by=request.user)
            said = _("“%(story)s” is in the bin. After %(days)d days it is deleted for good.")
            messages.success(request, said % {"story": story, "days": the_bin.DAYS})
        except Refused as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(here)
        return HttpResponseRedirect(reverse("admin:articles_story_changelist"))

    def address_view(self, request, number):
        """Change the address of a published story. What was typed stays where that is refused."""
        story = self._found(request, number)
        if not request.user.has_perm(addresses.MAY_CHANGE):
            raise PermissionDenied
        refused, typed = "", request.POST.get("slug", story.slug)[:200]
        if request.method == "POST":
            try:
                edition = addresses.change(story, typed, by=request.user)
            except Refused as error:
                refused, story = str(error), self._found(request, number)
            else:
                messages.success(request, _("The story stands at %(address)s now.") % {"address": edition.path})
                return HttpResponseRedirect(reverse("admin:articles_story_change", args=[story.pk]))
        why_not = addresses.why_not(story, request.user)
        context = self._context(request, story, _("Address")) | {
            "why_not": why_not,
            "refused": "" if refused == why_not else refused,
            "typed": typed,
            "start": story.path.removesuffix(f"{story.slug}/"),
        }
        return TemplateResponse(request, "admin/articles/story/address.html", context)

    def share_view(self, request, number):
        story = self._found(request, number)
        if not story.changeable_by(request.user):
            raise PermissionDenied
        return sharing.view(request, story, self._context(request, story, _("Share")))

    def _found(self, request, number) -> Story:
        story = story_of(number)
        if not self.has_view_permission(request, story):
            raise PermissionDenied
        return story

    def _context(self, request, story, title):
        request.current_app = self.admin_site.name
        return self.admin_site.each_context(request) | {
            "opts": self.model._meta,
            "story": story,
            "title": f"{story} | {title}",
            "back": reverse("admin:articles_story_change", args=[story.pk]),
        }


def panel(request: HttpRequest, story: Story | None) -> dict[str, object]:
    """What the writing room's panel says of the history and of share links."""
    if story is None:
        return {}
    found = [version for version in versions(story, publication_of(request)) if not version.autosave]
    return {"versions": found[:IN_PANEL], "version_count": len(found) - 1} | sharing.panel(request, story)


def _do(request: HttpRequest, story: Story) -> HttpResponse:
    """Put back a version or a block of it, or keep the working copy under a name."""
    by, here = request.user, reverse("admin:articles_story_history", args=[story.pk])
    if not story.changeable_by(by):
        raise PermissionDenied
    older = request.POST.get("from", "")
    deed = next((name for name in BLOCKS if request.POST.get(name)), "")
    try:
        if "keep" in request.POST:
            kept = snapshots.keep_version(story, request.POST.get("name", ""), by=by)
            messages.success(request, _("This version is kept as “%(name)s”.") % {"name": kept.name})
            return HttpResponseRedirect(here)
        version = request.POST.get("version", "")
        said = {"by": by, "version": int(version) if version.isdecimal() and len(version) < 10 else 0}
        state = state_of(story, older)
        if deed:
            gaps = BLOCKS[deed][0](story, state, request.POST[deed], **said)
        else:
            gaps = snapshots.restore(story, state, **said)
    except (Refused, InvalidDocument) as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(f"{here}?{urlencode({'from': older, 'to': NOW})}" if older else here)
    messages.success(request, BLOCKS[deed][1] if deed else _restored(story, older, request))
    for gap in gaps:
        messages.warning(request, gap)
    return HttpResponseRedirect(f"{here}?{urlencode({'from': older, 'to': NOW})}")


def _restored(story: Story, key: str, request: HttpRequest) -> str:
    found: list[Version] = versions(story, publication_of(request))
    name = next((version.name for version in found if version.key == key), key)
    return _("The story is again as it was: %(version)s. What it was before is in the history.") % {"version": name}
