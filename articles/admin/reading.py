"""Reading: how a screen finds its story, says its moments, and the screens on which nobody changes anything."""

from django.contrib import admin
from django.http import Http404
from django.utils import timezone
from django.utils.html import format_html

from articles.models import Story

from .lists import Narrowed


def story_of(number):
    """The story of that number, as an address says it, with what every screen of a story shows. Raises Http404."""
    known = str(number).isdecimal() and len(str(number)) < 19
    rows = Story.objects.select_related("section", "live_edition", "changed_by")
    story = rows.filter(pk=int(number)).first() if known else None
    if story is None:
        raise Http404
    return story


def when(moment):
    """`moment` (aware) to the minute, in the zone of the screen: 2026-11-22 19:37.

    Date and hour stand apart, so that Arabic words around never turn the order of their figures.
    """
    if not moment:
        return "–"
    local = timezone.localtime(moment)
    return format_html('<bdi dir="ltr">{}</bdi> <bdi dir="ltr">{}</bdi>', f"{local:%Y-%m-%d}", f"{local:%H:%M}")


class ReadOnly(Narrowed, admin.ModelAdmin):
    """A ModelAdmin that everybody with the view permission may look at, and nobody more."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
