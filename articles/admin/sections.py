"""Sections: the parts of the paper, their order and their names."""

from django.contrib import admin
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from articles.models import Section, SectionWords

from .words import Audited, WordsInline


class SectionWordsInline(WordsInline):
    model = SectionWords


@admin.register(Section)
class SectionAdmin(Audited):
    list_display = ("name", "slug", "order")
    fields = ("slug", "order")
    inlines = (SectionWordsInline,)
    search_fields = ("slug", "words__name")

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("words")

    @admin.display(description=_("name"))
    def name(self, section):
        return section.name_in(get_language())
