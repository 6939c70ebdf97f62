"""The audit log: who did what, when. To be read and never changed."""

from django.contrib import admin

from articles.models import AuditLine

from .reading import ReadOnly


@admin.register(AuditLine)
class AuditAdmin(ReadOnly):
    list_display = ("at", "by_name", "kind", "what", "what_uuid", "details")
    list_display_links = ("at",)
    search_fields = ("=by_name", "=kind", "=what", "=what_uuid")
    ordering = ("-id",)
    show_full_result_count = False
    fields = ("at", "by_name", "kind", "what", "what_uuid", "details", "previous_digest", "digest")
    readonly_fields = fields
