"""Nouns with a row of words per language: their form, and the saving of it as one change with its audit line."""

import unicodedata

from babel import Locale, UnknownLocaleError
from django import forms
from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.desk import redirects
from articles.desk.changing import changing, together
from articles.pages import touches

from .lists import Narrowed
from .site import publication_of


class InLanguage(admin.SimpleListFilter):
    """Narrows a list to one of the outlet's languages."""

    title = _("Language")
    parameter_name = "language"

    def lookups(self, request, model_admin):
        return list(languages_of(publication_of(request)).items())

    def queryset(self, request, queryset):
        return queryset.filter(language=self.value()) if self.value() else queryset


class WordsInline(admin.StackedInline):
    """A row of words for each of the outlet's languages. Whoever may change the noun may change its words."""

    def get_fields(self, request, obj=None):
        """The fields of the form; who may only look reads the language's name in place of its code."""
        fields = list(super().get_fields(request, obj))
        if self.has_change_permission(request, obj):
            return fields
        return ["in_language" if name == "language" else name for name in fields]

    def get_readonly_fields(self, request, obj=None):
        return ("in_language",)

    @admin.display(description=_("Language"))
    def in_language(self, row):
        return named(row.language)

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm(f"articles.view_{self.parent_model._meta.model_name}")

    def has_change_permission(self, request, obj=None):
        return request.user.has_perm(f"articles.change_{self.parent_model._meta.model_name}")

    def has_add_permission(self, request, obj=None):
        return self.has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self.has_change_permission(request, obj)

    def get_extra(self, request, obj=None, **kwargs):
        return 0 if obj else len(publication_of(request).languages)

    def get_max_num(self, request, obj=None, **kwargs):
        return len(publication_of(request).languages)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "language":
            return language_field(request, label=_("Language"))
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(db_field, models.TextField):
            field.widget.attrs["rows"] = 4
        return field


class Slugged(forms.ModelForm):
    """A form of what has an address: its slug in the one form that addresses have."""

    def clean_slug(self):
        typed = self.cleaned_data["slug"] or self.instance.slug
        return unicodedata.normalize("NFC", typed).lower()


class Audited(Narrowed, admin.ModelAdmin):
    """Saves through `changing()`, as every verb does. Who may send addresses on may change the slug of what exists:
    the old addresses lead to the new ones from then on."""

    form = Slugged

    def get_readonly_fields(self, request, obj=None):
        may = obj is None or request.user.has_perm(redirects.MAY_SEND_ON)
        return (*super().get_readonly_fields(request, obj), *([] if may else ["slug"]))

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """The noun and its words are one change: the locks that all need are taken once, at its end."""
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        with together():
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_related(self, request, form, formsets, change):
        before = touches.faces(form.instance)
        super().save_related(request, form, formsets, change)
        touches.mark_moved(form.instance, before)

    def delete_model(self, request, obj):
        with together():
            with changing(obj, "delete", by=request.user) as details:
                details["name"] = str(obj)
            before = touches.faces(obj)
            super().delete_model(request, obj)
            redirects.let_go(obj)
            touches.mark_faces(before, {})

    def delete_queryset(self, request, queryset):
        with together():
            for obj in queryset:
                self.delete_model(request, obj)

    def save_model(self, request, obj, form, change):
        said = {name: form.cleaned_data[name] for name in form.changed_data if name in form.cleaned_data}
        with changing(obj, "change" if change else "add", by=request.user) as details:
            details["changed"] = sorted(said)
            slug = obj.slug
            for name, value in said.items():
                setattr(obj, name, value)
            if change and obj.slug != slug:
                redirects.follow(obj, slug, by=request.user)
                details |= {"old_slug": slug, "slug": obj.slug}
            elif not change:
                redirects.settle(obj)


def named(code):
    """The language of that code in its own words; the code itself where nobody knows it."""
    try:
        return Locale.parse(code).language_name or code
    except (UnknownLocaleError, ValueError):
        return code


def language_field(request, **kwargs):
    """A choice among the outlet's languages."""
    return forms.ChoiceField(choices=list(languages_of(publication_of(request)).items()), **kwargs)


def languages_of(publication):
    """The names of the outlet's languages by their codes, each in its own words, in the outlet's order."""
    return {code: publication.locale(code).language_name or code for code in publication.languages}
