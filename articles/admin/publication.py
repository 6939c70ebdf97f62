"""The publication: the outlet's names, languages, time zone and contacts, on one form."""

from zoneinfo import available_timezones

from babel import Locale, UnknownLocaleError
from django import forms
from django.conf import settings
from django.contrib import admin
from django.shortcuts import redirect
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.desk import publication as the_publication
from articles.models import Publication

LANGUAGES = dict(settings.LANGUAGES)
PLACES = range(1, len(LANGUAGES) + 1)
# The publication's JSON objects by language: the form's field for one language, and what it is called.
BY_LANGUAGE = {
    "names": ("name", gettext_lazy("Name"), {"max_length": 120}),
    "taglines": ("tagline", gettext_lazy("Tagline"), {"max_length": 200, "required": False}),
    "locales": (
        "locale",
        gettext_lazy("Locale of dates"),
        {
            "max_length": 20,
            "required": False,
            "help_text": gettext_lazy("Such as en_GB or ar_SY. Empty: the usual one."),
        },
    ),
}


class Suggested(forms.TextInput):
    """A line one types in, with suggestions to pick from."""

    template_name = "admin/widgets/suggested.html"

    def __init__(self, suggestions, attrs=None):
        super().__init__(attrs)
        self.suggestions = suggestions

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"suggestions": self.suggestions, "list": f"{name}-suggestions"}
        context["widget"]["attrs"]["list"] = context["widget"]["list"]
        return context


class PublicationFields(forms.ModelForm):
    """The columns that are one value each; the fields by language are added below."""

    class Meta:
        model = Publication
        fields = ("time_zone", "arabic_digits", "place", "email", "telephone", "address", "licence_page")
        widgets = {"time_zone": Suggested(sorted(available_timezones()), attrs={"class": "vTextField"})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for column, (name, _label, _options) in BY_LANGUAGE.items():
            for code in LANGUAGES:
                self.initial[f"{name}_{code}"] = getattr(self.instance, column).get(code, "")
        for place, code in zip(PLACES, self.instance.languages, strict=False):
            self.initial[f"language_{place}"] = code

    def clean(self):
        said = super().clean()
        chosen = [said.get(f"language_{place}") for place in PLACES]
        chosen = [code for code in chosen if code]
        if len(chosen) != len(set(chosen)):
            self.add_error(f"language_{len(chosen)}", _("This language is in the list twice."))
        for code in LANGUAGES:
            self._check_locale(f"locale_{code}", said.get(f"locale_{code}"))
        self.instance.languages = chosen
        for column, (name, _label, _options) in BY_LANGUAGE.items():
            words = {code: said.get(f"{name}_{code}", "") for code in LANGUAGES}
            # Words in languages that this installation does not speak now stay as they are.
            kept = {code: text for code, text in getattr(self.instance, column).items() if code not in LANGUAGES}
            setattr(self.instance, column, kept | {code: text for code, text in words.items() if text})
        return said

    def _check_locale(self, field, name):
        try:
            Locale.parse(name or "en")
        except (ValueError, UnknownLocaleError):
            self.add_error(field, _("“%(name)s” is no locale. It is written like en_GB or ar_SY.") % {"name": name})


def _fields_by_language():
    for place in PLACES:
        label = gettext_lazy("First language") if place == 1 else format_lazy("{} {}", gettext_lazy("Language"), place)
        choices = [] if place == 1 else [("", gettext_lazy("None"))]
        yield (
            f"language_{place}",
            forms.ChoiceField(label=label, choices=[*choices, *LANGUAGES.items()], required=place == 1),
        )
    for name, label, options in BY_LANGUAGE.values():
        for number, (code, language) in enumerate(LANGUAGES.items()):
            attrs = {"class": "vTextField", "lang": code}
            required = options.get("required", True) and number == 0
            yield (
                f"{name}_{code}",
                forms.CharField(
                    label=format_lazy("{} ({})", label, language),
                    widget=forms.TextInput(attrs=attrs),
                    **options | {"required": required},
                ),
            )


PublicationForm = type("PublicationForm", (PublicationFields,), dict(_fields_by_language()))


@admin.register(Publication)
class PublicationAdmin(admin.ModelAdmin):
    form = PublicationForm
    fieldsets = (
        (None, {"fields": [f"{name}_{code}" for name in ("name", "tagline") for code in LANGUAGES]}),
        (gettext_lazy("Languages"), {"fields": [f"language_{place}" for place in PLACES]}),
        (
            gettext_lazy("Dates and figures"),
            {"fields": ["time_zone", *(f"locale_{code}" for code in LANGUAGES), "arabic_digits"]},
        ),
        (gettext_lazy("Contacts"), {"fields": ["place", "email", "telephone", "address", "licence_page"]}),
    )

    def get_object(self, request, object_id, from_field=None):
        """There is one outlet, whatever the address says; before it is first saved it has the defaults."""
        publication = Publication.objects.current()
        publication.pk = 1
        return publication

    def save_model(self, request, obj, form, change):
        the_publication.change({name: getattr(obj, name) for name in the_publication.FACTS}, by=request.user)

    def changelist_view(self, request, extra_context=None):
        return redirect("admin:articles_publication_change", 1)

    def response_post_save_change(self, request, obj):
        return redirect("admin:articles_publication_change", 1)

    def has_view_permission(self, request, obj=None):
        return self.has_change_permission(request, obj)

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
