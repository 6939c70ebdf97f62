"""Tags: words that stories are found by, each in one language."""

from django.contrib import admin
from taggit.models import Tag as StockTag

from articles.models import Tag

from .words import Audited, language_field

# taggit registers tags of its own, which no story of ours can have.
admin.site.unregister(StockTag)


@admin.register(Tag)
class TagAdmin(Audited):
    list_display = ("name", "language", "slug")
    list_filter = ("language",)
    fields = ("language", "name", "slug")
    search_fields = ("name", "slug")
    ordering = ("name",)

    def get_readonly_fields(self, request, obj=None):
        return (*super().get_readonly_fields(request, obj), *(["language"] if obj else []))

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "language":
            return language_field(request, label=db_field.verbose_name)
        return super().formfield_for_dbfield(db_field, request, **kwargs)
