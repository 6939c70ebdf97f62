"""Corrections: what readers were told that stories had wrong. One is made in the writing room, and taken back here."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles.desk import corrections
from articles.models import Correction

from .reading import ReadOnly, when
from .words import InLanguage, named


@admin.register(Correction)
class CorrectionAdmin(ReadOnly):
    list_display = ("words", "of_story", "in_language", "by", "made")
    list_display_links = ("words",)
    list_filter = (InLanguage,)
    list_select_related = ("by", "story")
    search_fields = ("text", "story__headline")
    ordering = ("-at", "-id")
    show_full_result_count = False
    fields = ("words", "of_story", "came_with", "in_language", "by", "made")
    readonly_fields = fields

    def get_queryset(self, request):
        return super().get_queryset(request).defer("story__body")

    def has_delete_permission(self, request, obj=None):
        return request.user.has_perm("articles.delete_correction")

    def delete_model(self, request, obj):
        corrections.take_back(obj, by=request.user)

    def delete_queryset(self, request, queryset):
        for row in queryset:
            corrections.take_back(row, by=request.user)

    @admin.display(description=_("what readers are told"))
    def words(self, row):
        return format_html('<bdi lang="{}">{}</bdi>', row.language, row.text)

    @admin.display(description=_("story"))
    def of_story(self, row):
        address = reverse("admin:articles_story_change", args=[row.story_id])
        return format_html('<a href="{}"><bdi lang="{}">{}</bdi></a>', address, row.language, row.story)

    @admin.display(description=_("edition"))
    def came_with(self, row):
        return row.edition.number

    @admin.display(description=_("Language"), ordering="language")
    def in_language(self, row):
        return named(row.language)

    @admin.display(description=_("at"), ordering="at")
    def made(self, row):
        return when(row.at)
