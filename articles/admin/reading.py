"""Screens that are only read: nothing on them is added, changed or deleted by anybody."""

from django.contrib import admin
from django.utils import timezone
from django.utils.html import format_html

from .lists import Narrowed


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
