"""The writing room: one story on its sheet, with the fields, pictures and moves that belong to it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _

from articles import checks
from articles.body import document
from articles.body.embeds import PROVIDERS
from articles.desk import siblings, stories
from articles.desk.changing import together
from articles.desk.errors import Overtaken, Refused
from articles.models import Publication, Story
from newsroom.security import framing

from . import (
    history,
    paste,
    photo_crop,
    preview,
    saving,
    script_words,
    story_bar,
    story_choices,
    story_moves,
    story_pictures,
    widgets,
)
from .languages import language_to_begin
from .story_fields import GOOD_LENGTHS, StoryForm

WORDS_A_MINUTE = 220  # how fast the desk reckons that a reader reads


class StoryFormMixin:
    """The screens round one story, for its ModelAdmin: write, paste, preview, and what their scripts ask for."""

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("paste/", view(self.paste_view), name="articles_story_paste"),
            path("pictures/", view(story_pictures.take), name="articles_story_pictures"),
            path(
                "pictures/<uuid:uuid>/crop/",
                view(photo_crop.attachment_view),
                {"site": self.admin_site},
                name="articles_story_crop",
            ),
            *(
                path(f"choices/{what}/", view(story_choices.choices), {"what": what}, f"articles_story_{what}")
                for what in story_choices.CHOICES
            ),
            *saving.urls(self.admin_site),
            path("<int:number>/preview/", view(self.preview_view), name="articles_story_preview"),
            path("<int:number>/preview/page/", view(self.preview_page_view), name="articles_story_preview_page"),
            path("<int:number>/preview/text/page/", view(self.preview_text_view), name="articles_story_preview_text"),
            path("<int:number>/preview/card/", view(self.card_view), name="articles_story_card"),
            path("<int:number>/preview/<str:width>/", view(self.width_view), name="articles_story_preview_width"),
            *super().get_urls(),
        ]

    @method_decorator(framing)
    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise PermissionDenied
        return self._write(request, None)

    @method_decorator(framing)
    def change_view(self, request, object_id, form_url="", extra_context=None):
        story = _story(object_id)
        if not self.has_view_permission(request, story):
            raise PermissionDenied
        return self._write(request, story)

    def paste_view(self, request):
        if not self.has_add_permission(request):
            raise PermissionDenied
        return paste.view(request, self.admin_site.each_context(request))

    def preview_view(self, request, number):
        story = _story(number)
        if not self.has_view_permission(request, story):
            raise PermissionDenied
        return preview.view(request, story)

    def preview_page_view(self, request, number):
        return preview.page(request, self._seen(request, number))

    def preview_text_view(self, request, number):
        return preview.text(request, self._seen(request, number))

    def width_view(self, request, number, width):
        if width not in preview.WIDTHS:
            raise Http404
        story = self._seen(request, number)
        return preview.narrow(request, story, self._around(request, story), width)

    def card_view(self, request, number):
        story = self._seen(request, number)
        return preview.card(request, story, self._around(request, story))

    def _seen(self, request, number):
        story = _story(number)
        if not self.has_view_permission(request, story):
            raise PermissionDenied
        return story

    def _around(self, request, story):
        request.current_app = self.admin_site.name
        said = {"opts": self.model._meta, "story": story, "title": f"{story} | {_('Preview')}"}
        return self.admin_site.each_context(request) | said

    def _write(self, request: HttpRequest, story: Story | None) -> HttpResponse:
        may_change = story is None or story.changeable_by(request.user)
        if request.method == "POST":
            return self._post(request, story, may_change)
        form = StoryForm(story=story, language=_language_asked(request), may_change=may_change)
        rows = story_pictures.rows_of(story, form.writing_language, may_change=may_change)
        return self._show(request, story, form, rows, may_change)

    def _post(self, request, story, may_change):
        """Save what is on the screen, then do what the button says. Nothing typed is lost by a refusal."""
        move = request.POST.get("do", "save")
        if not may_change:
            if move not in (*story_moves.LABELS, story_moves.DUPLICATE, story_moves.CORRECT):
                raise PermissionDenied
            return HttpResponseRedirect(story_moves.follow(request, story, move, request.POST))
        data = request.POST.copy()
        refused = story_pictures.take_files(request, data)
        form = StoryForm(data, story=story, language=_language_asked(request))
        rows = story_pictures.rows_in(data, story, form.writing_language)
        overtaken = ""
        # Every row is asked, so that all errors are shown at once.
        if all([form.is_valid(), *[row.is_valid() for row in rows]]):
            try:
                story = _save(request, story, form, rows)
            except Overtaken as error:
                overtaken = str(error)
            except (Refused, document.InvalidDocument) as error:
                form.add_error(None, str(error))
            else:
                for sentence in refused:
                    messages.error(request, sentence)
                return HttpResponseRedirect(story_moves.follow(request, story, move, request.POST))
        for sentence in refused:
            messages.error(request, sentence)
        # The verb may have put values into this very story before it was refused.
        story = _story(story.pk) if story else None
        return self._show(request, story, form, rows, may_change, overtaken)

    def _show(self, request, story, form, rows, may_change, overtaken=""):
        language = form.writing_language
        publication = Publication.objects.current()
        body = document.words(story.body) if story else 0
        context = self.admin_site.each_context(request) | {
            "opts": self.model._meta,
            "title": str(story) if story else _("A new story"),
            "form": form,
            "rows": rows,
            "overtaken": overtaken,
            "problems": form.is_bound and (not form.is_valid() or not all(row.is_valid() for row in rows)),
            "tab": request.POST.get("tab") or request.GET.get("tab", ""),
            "lacks": _lacks(story) if story else [],
            "notes": story.notes.select_related("by") if story else [],
            "saved_at": publication.local(story.changed_at) if story else None,
            "word_count": body,
            "minutes": max(1, round(body / WORDS_A_MINUTE)),
            "good": GOOD_LENGTHS,
            "alt_aim": story_pictures.ALT_AIM,
            "alt_most": story_pictures.ALT_MOST,
            "address_start": _address_start(story, language, publication),
            "may_upload": may_change and request.user.has_perm("articles.add_photo"),
            "media": widgets.media(request.csp_nonce),
            "correction": story_moves.kept_words(request, story),
            "script_words": script_words.words(),
            "embed_providers": PROVIDERS,
        }
        context |= history.panel(request, story) | story_bar.context(request, story, language)
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/articles/story/change_form.html", context)


def _story(number) -> Story:
    if not str(number).isdecimal() or len(str(number)) > 18:
        raise Http404
    story = Story.objects.select_related("section", "live_edition", "changed_by").filter(pk=number).first()
    if story is None:
        raise Http404
    return story


def _language_asked(request):
    return language_to_begin(Publication.objects.current(), request.GET.get("language", ""))


def _save(request, story, form, rows) -> Story:
    """Save the valid `form` and its `rows`, all or nothing. Gives the story. Raises Refused (Overtaken, NotAllowed)."""
    by, content = request.user, form.content()
    language = form.writing_language
    with together():
        content["attachments"] = story_pictures.facts(rows, language, by=by)
        if story is None:
            story = stories.start(by=by, **content)
        else:
            over = request.POST.get("over", "")
            version = int(over) if over.isdecimal() and len(over) < 19 else form.cleaned_data["version"]
            stories.save(story, by=by, version=version or 0, **content)
        siblings.put(story, form.cleaned_data["siblings"], by=by)
    return story


def _lacks(story):
    """What is missing before publishing: the sentence, and the anchor of the field that it is about."""
    found = []
    for lack in checks.lacks(story):
        kind, _colon, uuid = lack.where.partition(":")
        anchor = {"attachment": f"picture-{uuid}", "body": "text"}.get(kind, f"id_{kind}")
        found.append({"sentence": lack.sentence, "anchor": anchor})
    return found


def _address_start(story, language, publication):
    """What stands before the slug in the story's address."""
    if story and story.path:
        return story.path.removesuffix(f"{story.slug}/")
    return f"/{language}/{publication.local(timezone.now()):%Y/%m/%d}/"
