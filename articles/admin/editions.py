"""Editions: what was published, to be read and never changed."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles.models import Edition

from .reading import ReadOnly


@admin.register(Edition)
class EditionAdmin(ReadOnly):
    list_display = ("headline", "number", "is_live", "language", "issued_at", "issued_by")
    list_filter = ("is_live", "language")
    list_select_related = ("issued_by",)
    search_fields = ("headline", "path")
    ordering = ("-id",)
    show_full_result_count = False
    fields = (
        "address",
        "number",
        "is_live",
        "language",
        "section",
        "kind",
        "kicker",
        "headline",
        "short_headline",
        "summary",
        "words",
        "first_published_at",
        "issued_at",
        "modified_at",
        "issued_by",
        "digest",
    )
    readonly_fields = fields

    def get_queryset(self, request):
        return super().get_queryset(request).defer("snapshot")

    @admin.display(description=_("address"))
    def address(self, edition):
        return format_html('<a href="{0}">{0}</a>', edition.path) if edition.is_live else edition.path
