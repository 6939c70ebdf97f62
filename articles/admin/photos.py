"""The picture library: a wall of tiles, and many files taken in at once."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.desk import photos
from articles.desk.errors import Refused
from articles.desk.photos import SOURCE
from articles.imaging import intake
from articles.models import Photo
from articles.models.photos import BANDS
from articles.search import photos as search_photos

from . import (
    captions,
    into_story,
    likenesses,
    photo_facets,
    script_words,
    uploads,
    wall_deeds,
    wall_page,
    wall_words,
    widgets,
)
from .lists import Narrowed
from .photo_crop import CropMixin
from .photo_list import PhotoList
from .photo_look import LookMixin
from .photo_moves import MovesMixin
from .photo_page import PageMixin
from .photo_proof import ProofMixin
from .site import publication_of
from .tiles import already_here, tile, with_captions

HIDDEN_LOOKUPS = {
    *SOURCE,
    *BANDS,
    "original_name",
    "original",
    "metadata",
    "digest",
    "fingerprint",
    "keepers",
    "versions",
    "words",
}


@admin.register(Photo)
class PhotoAdmin(PageMixin, LookMixin, MovesMixin, CropMixin, ProofMixin, Narrowed, admin.ModelAdmin):
    list_filter = photo_facets.FACETS
    list_per_page = 60
    list_max_show_all = 0
    show_full_result_count = False
    search_fields = ("words__told",)
    actions = None

    # -- Who may: captions and facts are two permissions

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) or request.user.has_perm("articles.caption_photo")

    # -- What is found: of a hidden source nothing tells, neither by words nor by an address somebody typed

    def get_search_results(self, request, queryset, search_term):
        if not search_term:
            return queryset, False
        return search_photos.matching(queryset, search_term, request.user), False

    def lookup_allowed(self, lookup, value, request):
        return lookup.partition("__")[0] not in HIDDEN_LOOKUPS and super().lookup_allowed(lookup, value, request)

    # -- The wall

    def get_urls(self):
        upload = path("upload/", self.admin_site.admin_view(self.upload_view), name="articles_photo_upload")
        return [
            upload,
            *wall_deeds.urls(self),
            *into_story.urls(self),
            *captions.urls(self),
            *uploads.urls(self.admin_site),
            *super().get_urls(),
        ]

    def get_changelist(self, request, **kwargs):
        return PhotoList

    def changelist_view(self, request, extra_context=None):
        response = super().changelist_view(request, extra_context)
        if getattr(response, "context_data", None) and "cl" in response.context_data:
            changelist = response.context_data["cl"]
            response.context_data |= {
                **wall_page.context(request, changelist),
                "scripts": widgets.media(request.csp_nonce, "wall"),
                "script_words": script_words.words() | wall_words.words(),
            }
        return response

    def add_view(self, request, form_url="", extra_context=None):
        return redirect(reverse("admin:articles_photo_changelist") + "#upload")

    def upload_view(self, request):
        """Take in the files of a form: one that is refused is named, and the others go on.

        Gives JSON where that is asked for (`taken`: tiles; `refused`: name and sentence; `older`: what looks like
        an earlier picture), else the wall again.
        """
        if not self.has_add_permission(request):
            raise PermissionDenied
        taken, known, refused = [], [], []
        for file in request.FILES.getlist("files") + request.FILES.getlist("camera"):
            before = timezone.now()
            try:
                photo = photos.take(file, name=file.name, by=request.user)
            except (intake.Refused, Refused) as error:
                refused.append({"name": file.name, "sentence": str(error)})
            else:
                (known if photo.created_at < before else taken).append(photo)
        older = [
            one.sentence for photo in taken for one in likenesses.told(photo, request.user, publication_of(request))
        ]
        if request.accepts("text/html"):
            self._say(request, taken, known, refused)
            for sentence in older:
                self.message_user(request, sentence, messages.WARNING)
            return redirect("admin:articles_photo_changelist")
        rows = with_captions(Photo.objects.filter(pk__in=[photo.pk for photo in taken + known]))
        tiles = [render_to_string("admin/articles/photo/tile.html", {"tile": tile(photo)}) for photo in rows]
        said = [already_here(photo) for photo in known]
        return JsonResponse({"taken": tiles, "known": said, "refused": refused, "older": older})

    def _say(self, request, taken, known, refused):
        if taken:
            said = ngettext(
                "%(count)d picture is in the library.", "%(count)d pictures are in the library.", len(taken)
            )
            self.message_user(request, said % {"count": len(taken)}, messages.SUCCESS)
        for photo in known:
            self.message_user(request, already_here(photo), messages.WARNING)
        for one in refused:
            self.message_user(request, one["sentence"], messages.ERROR)
        if not (taken or known or refused):
            self.message_user(request, _("No file was chosen. Choose one or more pictures."), messages.WARNING)
