"""Editions: what was published, to be read and never changed."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles.models import Edition

from .reading import ReadOnly, when
from .words import InLanguage, named


@admin.register(Edition)
class EditionAdmin(ReadOnly):
    list_display = ("headline", "number", "is_live", "in_language", "issued", "issued_by")
    list_filter = ("is_live", InLanguage)
    list_select_related = ("issued_by",)
    search_fields = ("headline", "path")
    ordering = ("-id",)
    show_full_result_count = False
    fields = (
        "address",
        "number",
        "is_live",
        "in_language",
        "section",
        "kind",
        "kicker",
        "headline",
        "short_headline",
        "summary",
        "words",
        "first_published",
        "issued",
        "modified",
        "issued_by",
        "digest",
    )
    readonly_fields = fields

    def get_queryset(self, request):
        return super().get_queryset(request).defer("snapshot")

    @admin.display(description=_("issued"), ordering="id")
    def issued(self, edition):
        return when(edition.issued_at)

    @admin.display(description=_("first published"))
    def first_published(self, edition):
        return when(edition.first_published_at)

    @admin.display(description=_("content changed"))
    def modified(self, edition):
        return when(edition.modified_at)

    @admin.display(description=_("address"))
    def address(self, edition):
        shown = format_html('<bdi dir="ltr">{}</bdi>', edition.path)
        return format_html('<a href="{}">{}</a>', edition.path, shown) if edition.is_live else shown

    @admin.display(description=_("Language"), ordering="language")
    def in_language(self, edition):
        return named(edition.language)
