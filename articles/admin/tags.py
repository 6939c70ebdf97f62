"""Tags: words that stories are found by, each in one language."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag as StockTag

from articles.models import Tag

from .words import Audited, InLanguage, language_field, named

# taggit registers tags of its own, which no story of ours can have.
admin.site.unregister(StockTag)


@admin.register(Tag)
class TagAdmin(Audited):
    list_display = ("name", "in_language", "slug")
    list_filter = (InLanguage,)
    search_fields = ("name", "slug")
    ordering = ("name",)

    def get_fields(self, request, obj=None):
        return ("in_language" if obj else "language", "name", "slug")

    def get_readonly_fields(self, request, obj=None):
        return (*super().get_readonly_fields(request, obj), *(["in_language"] if obj else []))

    @admin.display(description=_("Language"), ordering="language")
    def in_language(self, tag):
        return named(tag.language)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "language":
            return language_field(request, label=db_field.verbose_name)
        return super().formfield_for_dbfield(db_field, request, **kwargs)
