"""The form of a picture's page: its captions side by side, credit and rights, its warning, its source."""

import re

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import get_language_info, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from articles.desk import captions, photos, sources
from articles.desk.captions import ALT_LENGTH
from articles.desk.changing import together
from articles.desk.errors import Refused
from articles.models import Photo

from .photo_fields import KEYWORDS_APART, Moment, People, digital_sources

ALT_AIM = 125  # characters (IPTC photo metadata)

# The fields of each section of the page, in order. What a section's template shows otherwise is not among them.
SECTIONS = {
    "rights": (
        *("headline", "credit", "copyright", "rights", "licence", "holder", "allowed_uses"),
        *("usable_from", "usable_until"),
    ),
    "warning": ("sensitivity", "sensitivity_reason"),
    "written": ("policy",),
    "origin": (
        *("creator", "job_title", "source", "taken_at", "city", "sublocation", "country", "country_code"),
        *("caption_writer", "job_id", "keywords", "instructions"),
    ),
    "more": ("extended_description", "digital_source_type"),
}
SOURCE_FIELDS = ("hide_source", "keepers")
ROWS = {"instructions": 3, "allowed_uses": 2, "extended_description": 4, "keywords": 2}
FIELDS = [name for names in SECTIONS.values() for name in names] + ["hide_source"]


class PhotoForm(forms.ModelForm):
    """Nothing is saved here: `put` hands what was typed to the verbs, each field only if it was changed."""

    class Meta:
        model = Photo
        fields = FIELDS
        widgets = {name: forms.Textarea(attrs={"rows": rows}) for name, rows in ROWS.items() if name != "keywords"}

    def __init__(self, *args, by, publication, **kwargs):
        super().__init__(*args, **kwargs)
        self.by, self.languages = by, publication.languages
        self.knows = self.instance.source_known_to(by)
        self._change_fields()
        for name, field in list(self.fields.items()):
            if not self.knows and name in {*photos.SOURCE, "keepers"}:
                del self.fields[name]
                continue
            # What is too long is said in a sentence that counts; the browser cuts nothing off.
            field.widget.attrs.pop("maxlength", None)
            field.error_messages["max_length"] = _TOO_LONG
            for check in field.validators:
                if hasattr(check, "limit_value"):
                    check.message = _TOO_LONG
            if not isinstance(field.widget, forms.CheckboxInput | forms.CheckboxSelectMultiple):
                field.widget.attrs |= {"class": "in"}
            if isinstance(field, forms.CharField):
                field.widget.attrs |= {"dir": "auto"}
            field.disabled = not by.has_perm("articles.change_photo")
        for language in self.languages:
            self._add_words(language)

    def _change_fields(self):
        """The fields that a model's own form field does not fit: moments, lists, people."""
        photo = self.instance
        for name in ("usable_from", "usable_until"):
            self.fields[name] = Moment(label=self.fields[name].label)
        self.fields["keywords"] = forms.CharField(
            label=self.fields["keywords"].label,
            required=False,
            widget=forms.Textarea(attrs={"rows": ROWS["keywords"]}),
            help_text=_("With commas between them."),
        )
        self.initial["keywords"] = pgettext("between words of a list", ", ").join(photo.keywords)
        self.fields["digital_source_type"] = forms.ChoiceField(
            label=_("How it was made"), required=False, choices=digital_sources(photo.digital_source_type)
        )
        self.fields["keepers"] = People(
            label=self.fields["keepers"].label if "keepers" in self.fields else _("Who may know the source"),
            required=False,
            queryset=get_user_model().objects.filter(is_staff=True, is_active=True).order_by("first_name", "username"),
        )
        self.initial["keepers"] = list(photo.keepers.values_list("pk", flat=True))

    def _add_words(self, language):
        row = self.instance.caption_in(language)
        attrs = {"class": "in", "lang": language, "dir": _direction(language)}
        fields = {
            "caption": forms.CharField(
                label=_("Caption"),
                required=False,
                initial=row.text if row else "",
                widget=forms.Textarea(attrs=attrs | {"rows": 4}),
            ),
            "alt": forms.CharField(
                label=_("Alt text"),
                required=False,
                initial=row.alt if row else "",
                widget=forms.Textarea(attrs=attrs | {"rows": 3}),
            ),
            "decorative": forms.BooleanField(
                label=_("Decorative: needs no alt text"), required=False, initial=bool(row and row.decorative)
            ),
        }
        for name, field in fields.items():
            field.disabled = not self.by.has_perm("articles.caption_photo")
            self.fields[f"{name}_{language}"] = field

    def clean_keywords(self):
        words = (word.strip() for word in re.split(KEYWORDS_APART, self.cleaned_data["keywords"]))
        return list(dict.fromkeys(filter(None, words)))

    def clean(self):
        begins, ends = (self.cleaned_data.get(name) for name in ("usable_from", "usable_until"))
        if begins and ends and begins >= ends:
            self.add_error("usable_until", _("The embargo ends after the picture expires: it could never be used."))
        nobody = "keepers" in self.changed_data and not self.cleaned_data.get("keepers")
        if nobody and self.cleaned_data.get("hide_source"):
            self.add_error("keepers", _("Somebody must know the source: choose at least one person."))
        return self.cleaned_data

    def _post_clean(self):
        """The instance is left as it is: the verbs read it again under their lock, and check what they are given."""

    def put(self):
        """Save what was changed: all of it or nothing. Gives whether it was; else the form says why it was not."""
        try:
            with together():
                self._put_facts()
                for language in self.languages:
                    self._put_words(language)
        except Refused as error:
            self.add_error(getattr(self, "putting", None), str(error))
            return False
        return True

    def _put_facts(self):
        changed = [name for name in self.changed_data if name in FIELDS]
        if changed:
            self.putting = changed[0] if len(changed) == 1 else None
            photos.describe(self.instance, by=self.by, **{name: self.cleaned_data[name] for name in changed})
        if "keepers" in self.changed_data and self.instance.hide_source:
            self.putting = "keepers"
            sources.name_keepers(self.instance, self.cleaned_data["keepers"], by=self.by)

    def _put_words(self, language):
        names = {name: f"{name}_{language}" for name in ("caption", "alt", "decorative")}
        if not set(names.values()) & set(self.changed_data):
            return
        said = {name: self.cleaned_data[field] for name, field in names.items()}
        self.putting = names["alt"] if len(said["alt"]) > ALT_LENGTH else names["caption"]
        captions.caption(
            self.instance,
            language,
            by=self.by,
            text=said["caption"],
            alt=said["alt"],
            decorative=said["decorative"],
        )

    # -- For the page

    def section(self, name):
        """The fields of a section that this person may see."""
        return [self[field] for field in SECTIONS[name] if field in self.fields]

    def clearance(self):
        return self.section("rights")

    def warning(self):
        return self.section("warning")

    def written(self):
        return self.section("written")

    def origin(self):
        return self.section("origin")

    def more(self):
        return self.section("more")

    def words(self):
        """For each language: its code, direction and name, the three fields, and how long the alt text is."""
        for language in self.languages:
            info = _info(language)
            alt = self[f"alt_{language}"]
            yield {
                "language": language,
                "direction": _direction(language),
                "name": info["name_local"],
                "caption": self[f"caption_{language}"],
                "alt": alt,
                "decorative": self[f"decorative_{language}"],
                "length": len(alt.value() or ""),
                "aim": ALT_AIM,
            }


_TOO_LONG = gettext_lazy("This has %(show_value)d characters; at most %(limit_value)d are kept.")


def _info(language):
    try:
        return get_language_info(language)
    except KeyError:
        return {"name_local": language, "bidi": False}


def _direction(language):
    return "rtl" if _info(language)["bidi"] else "ltr"
