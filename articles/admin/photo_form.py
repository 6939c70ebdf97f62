"""The form of a picture's page: its facts, and its captions in every language side by side."""

from django import forms
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from articles.desk import captions, photos
from articles.desk.captions import ALT_LENGTH
from articles.desk.changing import together
from articles.desk.errors import Refused
from articles.models import Photo

ALT_AIM = 125  # characters (IPTC photo metadata)


class PhotoForm(forms.ModelForm):
    """Nothing is saved here: `put` hands what was typed to the verbs, each field only if it was changed."""

    class Meta:
        model = Photo
        fields = [name for name in photos.FACTS if not name.startswith("focal_")]
        widgets = {"instructions": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, by, publication, **kwargs):
        super().__init__(*args, **kwargs)
        self.by, self.languages = by, publication.languages
        for name in self.Meta.fields:
            # What is too long is said by the verb, in a sentence that counts; the browser cuts nothing off.
            self.fields[name].widget.attrs.pop("maxlength", None)
            self.fields[name].widget.attrs |= {"class": "in"}
            self.fields[name].disabled = not by.has_perm("articles.change_photo")
        for language in self.languages:
            self._add_words(language)

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
        changed = [name for name in self.changed_data if name in self.Meta.fields]
        if changed:
            photos.describe(self.instance, by=self.by, **{name: self.cleaned_data[name] for name in changed})

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

    def facts(self):
        return [self[name] for name in self.Meta.fields]

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


def _info(language):
    try:
        return get_language_info(language)
    except KeyError:
        return {"name_local": language, "bidi": False}


def _direction(language):
    return "rtl" if _info(language)["bidi"] else "ltr"
