"""Paste a story: text in, what was recognised shown piece by piece and changeable, a draft out."""

from collections import Counter
from itertools import zip_longest

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from articles.body import document
from articles.body.characters import clean_text
from articles.desk import filing
from articles.desk.errors import Refused
from articles.imaging import intake
from articles.models import Author, AuthorWords, Publication, Section, Story
from articles.wire import text as wire
from articles.wire.draft import Draft

from . import script_words, widgets
from .languages import language_to_begin
from .story_fields import RowsField

MOST_BYTES = 2_000_000  # of a text file; a 20,000-word story has some 130,000

HEADLINE, SUBHEAD, PARAGRAPH, CROSSHEAD, DIVIDER, CAPTION, LEFT_OUT = (
    "headline",
    "subhead",
    "paragraph",
    "crosshead",
    "divider",
    "caption",
    "out",
)
# What a piece of a pasted text can be.
KINDS = {
    HEADLINE: gettext_lazy("Headline"),
    SUBHEAD: gettext_lazy("Sub-headline"),
    PARAGRAPH: gettext_lazy("Paragraph"),
    CROSSHEAD: gettext_lazy("Crosshead"),
    DIVIDER: gettext_lazy("Divider"),
    CAPTION: gettext_lazy("Caption"),
    LEFT_OUT: gettext_lazy("Leave out"),
}


class PasteForm(forms.Form):
    """Step one: the text, typed in or as a file, and its language."""

    language = forms.ChoiceField(label=gettext_lazy("Language"), widget=forms.Select(attrs={"class": "in"}))
    text = forms.CharField(
        label=gettext_lazy("The story"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"class": "in paste", "rows": 18, "dir": "auto"}),
    )
    file = forms.FileField(label=gettext_lazy("Or a text file"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = _languages()

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            cleaned["text"] = self._text(cleaned)
        return cleaned

    def _text(self, cleaned):
        """The text, whichever way it came. Raises ValidationError with the sentence to read."""
        file = cleaned.get("file")
        try:
            if file and file.size > MOST_BYTES:
                raise wire.NotText(_("“%(name)s” is too large for a story.") % {"name": file.name})
            text = wire.decode(file.read(), cleaned["language"]) if file else cleaned.get("text", "")
            if not text.strip():
                raise wire.NotText(_("There is no text yet: paste it, or choose a file."))
            if len(text) > MOST_BYTES:
                raise wire.NotText(_("The story is too long to be kept: divide it."))
            wire.parse(text, cleaned["language"])
        except (wire.NotText, document.InvalidDocument) as error:
            raise forms.ValidationError(str(error)) from error
        return text


class PiecesForm(forms.Form):
    """Step two: the language, section and byline of what was recognised. The pieces are read beside it."""

    language = forms.ChoiceField(widget=forms.HiddenInput)
    text = forms.CharField(strip=False, widget=forms.Textarea(attrs={"hidden": True}))
    section = forms.ModelChoiceField(
        Section.objects.prefetch_related("words"),
        label=gettext_lazy("Section"),
        required=False,
        empty_label=gettext_lazy("None yet"),
        widget=forms.Select(attrs={"class": "in"}),
    )
    authors = RowsField(Author.objects.prefetch_related("words"), label=gettext_lazy("Byline"), required=False)
    authors_typed = forms.CharField(
        label=gettext_lazy("Add an author"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"class": "in", "dir": "auto"}),
    )

    def __init__(self, *args, by, language="", **kwargs):
        self.by = by
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = choices = _languages()
        asked = self["language"].value() or language
        self.writing_language = asked if asked in dict(choices) else choices[0][0]
        self.fields["section"].label_from_instance = lambda section: section.name_in(self.writing_language)

    def clean_authors_typed(self):
        """Somebody who signs here for the first time is made with the draft, by those who may add authors."""
        name = self.cleaned_data["authors_typed"].strip()
        known = not name or AuthorWords.objects.filter(name__iexact=name).exists()
        if not known and not self.by.has_perm("articles.add_author"):
            raise forms.ValidationError(
                _("There is no author “%(name)s”. Choose one from the list, or ask somebody who may add authors.")
                % {"name": name}
            )
        return name

    def names(self):
        """The byline, by name: those chosen, and the one typed. One that is nobody's yet is made with the draft."""
        names = [author.name_in(self.writing_language) for author in self.cleaned_data["authors"]]
        return [*names, *filter(None, [self.cleaned_data["authors_typed"]])]

    def chosen_authors(self):
        found = self.fields["authors"].to_python(self["authors"].value())
        return [(author.pk, author.name_in(self.writing_language), "") for author in found]


def view(request: HttpRequest, context: dict) -> HttpResponse:
    """One address, two forms: the text, then its pieces. `context` is the admin's own for any of its pages."""
    if request.method == "POST" and "pieces" in request.POST:
        return _file(request, context)
    form = PasteForm(request.POST or None, request.FILES or None, initial={"language": _language_asked(request)})
    if request.method == "POST" and form.is_valid():
        language, text = form.cleaned_data["language"], form.cleaned_data["text"]
        known = Story.objects.kept().filter(language=language, source_digest=filing.digest_of(text)).first()
        if not known:
            draft = wire.parse(text, language)
            pieces = PiecesForm(initial={"language": language, "text": text}, language=language, by=request.user)
            return _show(request, context, pieces, _pieces(draft), draft.warnings)
        context = context | {"known": known, "known_address": reverse("admin:articles_story_change", args=[known.pk])}
    return _answer(request, context | {"form": form, "title": _("Paste a story")}, "paste.html")


def _file(request, context):
    """Make the draft of the pieces as they stand now; where it is refused they stand there again."""
    form = PiecesForm(request.POST, by=request.user)
    pieces = _posted(request)
    if not form.is_valid():
        return _show(request, context, form, pieces, [])
    draft, pictures = _draft(pieces, form.writing_language)
    try:
        filed = filing.file(
            draft,
            text=form.cleaned_data["text"],
            language=form.cleaned_data["language"],
            by=request.user,
            section=form.cleaned_data["section"],
            authors=form.names(),
            pictures=pictures,
        )
    except (Refused, intake.Refused, document.InvalidDocument) as error:
        form.add_error(None, str(error))
        return _show(request, context, form, pieces, [])
    for sentence in filed.warnings:
        messages.warning(request, sentence)
    return HttpResponseRedirect(reverse("admin:articles_story_change", args=[filed.story.pk]))


def _pieces(draft: Draft) -> list[dict]:
    """What was recognised, in one list that can be read from top to bottom."""
    found = [(HEADLINE, draft.headline), *((SUBHEAD, line) for line in draft.subheads)]
    found += [(block["type"], document.text_of(block)) for block in draft.blocks]
    found += [(CAPTION, line) for line in draft.captions]
    return [{"kind": kind, "words": words} for kind, words in found]


def _posted(request) -> list[dict]:
    """The pieces as they were posted, each caption with the picture and the alt text that came with it."""
    posted = zip_longest(
        request.POST.getlist("kind"), request.POST.getlist("words"), request.POST.getlist("alt"), fillvalue=""
    )
    return [
        {
            "kind": kind if kind in KINDS else PARAGRAPH,
            "words": clean_text(words).strip(),
            "alt": alt,
            "file": request.FILES.get(f"picture-{place}"),
        }
        for place, (kind, words, alt) in enumerate(posted)
    ]


def _draft(pieces: list[dict], language: str) -> tuple[Draft, list[filing.Picture]]:
    """The draft that the pieces make, and its pictures. A second headline is a sub-headline; captions with a picture
    come first, for pictures take captions in order."""
    draft = Draft(headline="", language=language)
    captions = []
    for piece in pieces:
        kind, words = piece["kind"], piece["words"]
        if kind == DIVIDER:
            draft.blocks.append(document.divider())
        if not words or kind in (LEFT_OUT, DIVIDER):
            continue
        if kind == HEADLINE and not draft.headline:
            draft.headline = " ".join(words.split())
        elif kind in (HEADLINE, SUBHEAD):
            draft.subheads.append(" ".join(words.split()))
        elif kind == CAPTION:
            captions.append(piece)
        else:
            draft.blocks.append((document.crosshead if kind == CROSSHEAD else document.paragraph)(words))
    captions.sort(key=lambda piece: not piece["file"])
    draft.captions = [piece["words"] for piece in captions]
    pictures = [filing.Picture(piece["file"], piece["file"].name, piece["alt"]) for piece in captions if piece["file"]]
    return draft, pictures


def _show(request, context, form, pieces, warnings):
    counts = Counter(piece["kind"] for piece in pieces)
    return _answer(
        request,
        context
        | {
            "form": form,
            "pieces": pieces,
            "kinds": KINDS,
            "warnings": warnings,
            "title": _("What was recognised"),
            "surface": {
                "lang": form.writing_language,
                "dir": "rtl" if get_language_info(form.writing_language)["bidi"] else "ltr",
            },
            "tally": [(kind, counts[kind], words) for kind, words in KINDS.items() if counts[kind]],
        },
        "paste_pieces.html",
    )


def _answer(request, context, template):
    context |= {"media": widgets.media(request.csp_nonce), "script_words": script_words.words(), "opts": Story._meta}
    return TemplateResponse(request, f"admin/articles/story/{template}", context)


def _language_asked(request):
    return language_to_begin(Publication.objects.current(), request.GET.get("language", ""))


def _languages():
    known = dict(settings.LANGUAGES)
    return [(code, known.get(code, code)) for code in Publication.objects.current().languages]
