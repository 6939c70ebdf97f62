"""Screens that are only read: nothing on them is added, changed or deleted by anybody."""

from django.contrib import admin
from django.utils import timezone


def when(moment):
    """`moment` (aware) to the minute, in the zone of the screen: 2026-11-22 19:37."""
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else "–"


class ReadOnly(admin.ModelAdmin):
    """A ModelAdmin that everybody with the view permission may look at, and nobody more."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
