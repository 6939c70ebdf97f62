"""Tags: words that stories are found by, each in one language."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag as StockTag

from articles.models import Tag

from .words import Audited, InLanguage, Slugged, language_field, named

# taggit registers tags of its own, which no story of ours can have.
admin.site.unregister(StockTag)


class TagForm(Slugged):
    """A tag's language stays as it is and so is not in the form: what must be unique in it is looked for here."""

    def clean(self):
        said = super().clean()
        others = Tag.objects.filter(language=said.get("language") or self.instance.language)
        others = others.exclude(pk=self.instance.pk)
        for field in ("name", "slug"):
            if said.get(field) and others.filter(**{field: said[field]}).exists():
                self.add_error(field, _("Another tag in this language has it already."))
        return said


@admin.register(Tag)
class TagAdmin(Audited):
    form = TagForm
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
