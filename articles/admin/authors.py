"""Authors: the people in bylines, with their names and what is said of them in each language."""

from django.contrib import admin
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from articles.models import Author, AuthorWords

from .words import Audited, WordsInline


class AuthorWordsInline(WordsInline):
    model = AuthorWords


@admin.register(Author)
class AuthorAdmin(Audited):
    list_display = ("name", "slug", "user", "email")
    list_select_related = ("user",)
    fields = ("slug", "user", "email")
    inlines = (AuthorWordsInline,)
    search_fields = ("slug", "words__name")

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("words")

    @admin.display(description=_("name"))
    def name(self, author):
        return author.name_in(get_language())
