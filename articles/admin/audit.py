"""The audit log: who did what, when. To be read and never changed."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles.models import AuditLine

from .reading import ReadOnly, when


@admin.register(AuditLine)
class AuditAdmin(ReadOnly):
    list_display = ("moment", "by_name", "kind", "what", "what_uuid", "details")
    list_display_links = ("moment",)
    search_fields = ("=by_name", "=kind", "=what", "=what_uuid")
    ordering = ("-id",)
    show_full_result_count = False
    fields = ("moment", "by_name", "kind", "what", "what_uuid", "details", "previous_digest", "digest")
    readonly_fields = fields

    @admin.display(description=_("at"), ordering="id")
    def moment(self, line):
        return when(line.at)
