"""The fields of the writing room: what a story's form takes, checks, and hands to the desk's verbs."""

import re

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from articles.body import document
from articles.body.lists import listed
from articles.models import Author, AuthorWords, Kind, Publication, Section, Story
from articles.models.snapshots import canonical

# Lengths that read well, in characters: the counters turn amber beyond. A search result shows some 70 of a headline.
GOOD_LENGTHS = {"headline": 70, "short_headline": 40, "summary": 160}

LINES = ("headline", "short_headline", "kicker", "dateline", "slug", "source_agency")


class Many(forms.Widget):
    """Several inputs of one name. The template writes them out itself."""

    def value_from_datadict(self, data, files, name):
        return data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])


class LinesField(forms.Field):
    """Lines of words, one input each, in order; empty ones are let go."""

    widget = Many

    def to_python(self, value):
        return [line for line in (" ".join(one.split()) for one in value or []) if line]


class RowsField(forms.Field):
    """Rows of the database by their numbers, in the order given. Cleans to a list of rows."""

    widget = Many

    def __init__(self, queryset, **kwargs):
        super().__init__(**kwargs)
        self.queryset = queryset

    def to_python(self, value):
        wanted = [int(one) for one in value or [] if str(one).isdecimal() and len(str(one)) < 19]
        found = self.queryset.in_bulk(wanted)
        return [found[pk] for pk in dict.fromkeys(wanted) if pk in found]


class BodyField(forms.CharField):
    """A body as the editor posts it, JSON in a hidden textarea. Cleans to the document."""

    widget = forms.Textarea(attrs={"hidden": True})

    def to_python(self, value):
        if not value:
            return document.empty()
        try:
            return document.read(value)
        except document.InvalidDocument as error:
            raise forms.ValidationError(str(error)) from error

    def prepare_value(self, value):
        return value if isinstance(value, str) else canonical(value)


def line(label, length, rows=0, **attrs):
    """A line of words that are never required: completeness is a gate at publishing, not a wall while writing."""
    attrs |= {"dir": "auto", "class": attrs.pop("class_", "in"), "autocomplete": "off"}
    widget = forms.Textarea(attrs | {"rows": rows}) if rows else forms.TextInput(attrs)
    return forms.CharField(label=label, max_length=length, required=False, widget=widget)


class StoryForm(forms.Form):
    """A story's words, where it is filed, who signs it. `story` is None for one that is begun here."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    language = forms.ChoiceField(label=gettext_lazy("Language"), widget=forms.Select(attrs={"class": "in"}))
    headline = line(gettext_lazy("Headline"), 300, rows=1, class_="head plain", placeholder=gettext_lazy("Headline"))
    subheads = LinesField(label=gettext_lazy("Sub-headlines"), required=False)
    short_headline = line(gettext_lazy("Short headline"), 120)
    kicker = line(gettext_lazy("Kicker"), 80, class_="kicker plain", placeholder=gettext_lazy("Kicker"))
    dateline = line(gettext_lazy("Dateline"), 80, placeholder=pgettext_lazy("where a story was written", "Place"))
    slug = line(gettext_lazy("Address"), 80)
    summary = line(gettext_lazy("Summary"), 600, rows=3)
    source_agency = line(gettext_lazy("Source agency"), 120)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=Kind.choices, initial=Kind.NEWS, widget=forms.Select(attrs={"class": "in"})
    )
    section = forms.ModelChoiceField(
        Section.objects.prefetch_related("words"),
        label=gettext_lazy("Section"),
        required=False,
        empty_label=gettext_lazy("None yet"),
        widget=forms.Select(attrs={"class": "in"}),
    )
    authors = RowsField(Author.objects.prefetch_related("words"), label=gettext_lazy("Byline"), required=False)
    authors_typed = line(gettext_lazy("Add an author"), 200, placeholder=gettext_lazy("Add an author"))
    tags = LinesField(label=gettext_lazy("Tags"), required=False)
    tags_typed = line(gettext_lazy("Add a tag"), 600, placeholder=gettext_lazy("Add a tag"))
    related = RowsField(Story.objects.all(), label=gettext_lazy("Related stories"), required=False)
    related_typed = line(gettext_lazy("Add a related story"), 300, placeholder=gettext_lazy("Add a related story"))
    siblings = RowsField(Story.objects.kept(), label=gettext_lazy("In other languages"), required=False)
    siblings_typed = line(gettext_lazy("Find its sibling"), 300, placeholder=gettext_lazy("Find its sibling"))
    body = BodyField(label=gettext_lazy("Text"), required=False)

    def __init__(self, data=None, *, story=None, language="", may_change=True, **kwargs):
        self.story = story
        super().__init__(data, initial=self._initial(story, language), **kwargs)
        languages = Publication.objects.current().languages
        known = dict(settings.LANGUAGES)
        now = self.initial["language"]
        self.fields["language"].choices = [
            (code, known.get(code, code)) for code in dict.fromkeys([*languages, now] if story else languages)
        ]
        if story and story.first_published_at:
            self.fields["language"].disabled = self.fields["slug"].disabled = True
        for field in self.fields.values():
            # What is too long is said in a sentence; the browser cuts nothing off what is pasted.
            field.widget.attrs.pop("maxlength", None)
            field.disabled = field.disabled or not may_change
        asked = self["language"].value()
        language_now = asked if asked in dict(self.fields["language"].choices) else now
        self.fields["section"].label_from_instance = lambda section: section.name_in(language_now)
        self.writing_language = language_now

    @staticmethod
    def _initial(story, language):
        if story is None:
            return {"language": language or Publication.objects.current().default_language, "kind": Kind.NEWS}
        columns = (*LINES, "language", "subheads", "summary", "kind", "section", "version", "body")
        return {name: getattr(story, name) for name in columns} | {
            "section": story.section_id,
            "authors": [author.pk for author in story.signed_by()],
            "tags": list(story.tags.order_by("story_tags__id").values_list("name", flat=True)),
            "related": list(story.related_from.values_list("other_id", flat=True)),
            "siblings": list(story.siblings().values_list("pk", flat=True)),
        }

    def clean(self):
        cleaned = super().clean()
        for name in LINES:
            cleaned[name] = " ".join(cleaned.get(name, "").split())
        cleaned["tags"] = [*cleaned.get("tags", []), *_words(cleaned.get("tags_typed", ""))]
        for name, find in (("authors", _author), ("related", _story), ("siblings", _story)):
            typed = " ".join(cleaned.get(f"{name}_typed", "").split())
            if typed:
                try:
                    cleaned[name] = [*cleaned.get(name, []), find(typed)]
                except forms.ValidationError as error:
                    self.add_error(f"{name}_typed", error)
        return cleaned

    def content(self):
        """What `stories.save` and `stories.start` take, without pictures. The language first: tags are words in it."""
        names = ("language", *LINES, "subheads", "summary", "kind", "body", "section", "authors", "tags", "related")
        content = {name: self.cleaned_data[name] for name in names}
        if self.story and self.story.first_published_at:
            del content["language"], content["slug"]
        return content

    def chosen(self, name):
        """The rows that stand in a field of rows now, as typed or as stored."""
        return self.fields[name].to_python(self[name].value())

    # What the pickers show: (value, words, address of it if it has a screen of its own).

    def chosen_authors(self):
        return [(author.pk, author.name_in(self.writing_language), "") for author in self.chosen("authors")]

    def chosen_tags(self):
        return [(tag, tag, "") for tag in self["tags"].value() or []]

    def chosen_related(self):
        return [_shown(story) for story in self.chosen("related")]

    def chosen_siblings(self):
        return [_shown(story) for story in self.chosen("siblings")]

    def chosen_subheads(self):
        return [line for line in self["subheads"].value() or [] if line.strip()]


def _shown(story):
    aside = listed((story.language, story.get_status_display()))
    return story.pk, format_html("<bdi>{}</bdi> ({})", story, aside), _address(story)


def _address(story):
    return reverse("admin:articles_story_change", args=[story.pk])


def _words(typed):
    """Words parted by commas, Latin or Arabic, or by line ends."""
    return [word for word in (" ".join(one.split()) for one in re.split("[,،;؛\n]", typed)) if word]


def _author(name):
    words = AuthorWords.objects.filter(name__iexact=name).select_related("author").order_by("pk").first()
    if words is None:
        raise forms.ValidationError(
            _("There is no author “%(name)s”. Choose one from the list, or add this one under Authors first.")
            % {"name": name}
        )
    return words.author


def _story(headline):
    found = list(Story.objects.kept().filter(headline__iexact=headline)[:2])
    if not found:
        raise forms.ValidationError(_("There is no story with the headline “%(headline)s”.") % {"headline": headline})
    if len(found) > 1:
        raise forms.ValidationError(
            _("Several stories have the headline “%(headline)s”: choose one from the list.") % {"headline": headline}
        )
    return found[0]
