"""The picture library: a wall of tiles, many files taken in at once, and a page for each picture."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, OuterRef
from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.desk import photos
from articles.desk.errors import Refused
from articles.imaging import intake
from articles.models import Attachment, Edition, Photo

from . import captions, moments, renditions, script_words, uploads, widgets
from .lacks import LACKS, lacking, lacks_of
from .lists import Facet, Searched, pager
from .photo_form import PhotoForm
from .site import publication_of
from .tiles import already_here, tile, with_captions


class Which(Facet):
    title = ""
    parameter_name = "which"

    def lookups(self, request, model_admin):
        return [("today", _("Today")), ("mine", _("Mine")), ("unused", _("In no story"))]

    def counts(self):
        return {value: self._narrowed(Photo.objects.order_by(), value).count() for value in ("today", "mine", "unused")}

    def queryset(self, request, queryset):
        return self._narrowed(queryset, self.value())

    def _narrowed(self, found, value):
        if value == "today":
            start = (
                publication_of(self.request).local(timezone.now()).replace(hour=0, minute=0, second=0, microsecond=0)
            )
            return found.filter(created_at__gte=start)
        if value == "mine":
            return found.filter(uploaded_by=self.request.user)
        if value == "unused":
            return found.exclude(Exists(Attachment.objects.filter(photo=OuterRef("pk"))))
        return found


class Needs(Facet):
    title = gettext_lazy("Needs")
    parameter_name = "needs"

    def lookups(self, request, model_admin):
        return [(what, words) for what, (_one, words, _found, _is_so) in LACKS.items()]

    def counts(self):
        counted = {what: Count("pk", filter=found) for what, (_one, _words, found, _is_so) in LACKS.items()}
        return Photo.objects.order_by().aggregate(**counted)

    def queryset(self, request, queryset):
        return lacking(queryset, self.value()) if self.value() in LACKS else queryset


class PhotoList(ChangeList):
    """A page of photos as tiles, with the captions that say what is lacking."""

    def get_queryset(self, request, **kwargs):
        return with_captions(super().get_queryset(request, **kwargs).defer("metadata"))

    def get_results(self, request):
        super().get_results(request)
        self.tiles = [tile(photo) for photo in self.result_list]


@admin.register(Photo)
class PhotoAdmin(Searched, admin.ModelAdmin):
    list_filter = (Which, Needs)
    list_per_page = 60
    list_max_show_all = 0
    show_full_result_count = False
    search_fields = ("headline", "original_name", "credit", "creator", "city", "captions__text", "captions__alt")
    actions = None

    # -- Who may: captions and facts are two permissions; nothing is deleted here

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) or request.user.has_perm("articles.caption_photo")

    def has_delete_permission(self, request, obj=None):
        return False

    # -- The wall

    def get_urls(self):
        upload = path("upload/", self.admin_site.admin_view(self.upload_view), name="articles_photo_upload")
        return [upload, *captions.urls(self), *uploads.urls(self.admin_site), *super().get_urls()]

    def get_changelist(self, request, **kwargs):
        return PhotoList

    def changelist_view(self, request, extra_context=None):
        response = super().changelist_view(request, extra_context)
        if getattr(response, "context_data", None) and "cl" in response.context_data:
            changelist = response.context_data["cl"]
            response.context_data |= {
                "tiles": changelist.tiles,
                "pager": pager(changelist),
                "scripts": widgets.media(request.csp_nonce, "upload"),
                "script_words": script_words.words(),
            }
        return response

    def add_view(self, request, form_url="", extra_context=None):
        return redirect(reverse("admin:articles_photo_changelist") + "#upload")

    def upload_view(self, request):
        """Take in the files of a form: one that is refused is named, and the others go on.

        Gives JSON where that is asked for (`taken`: tiles; `refused`: name and sentence), else the wall again.
        """
        if not self.has_add_permission(request):
            raise PermissionDenied
        taken, known, refused = [], [], []
        for file in request.FILES.getlist("files"):
            before = timezone.now()
            try:
                photo = photos.take(file, name=file.name, by=request.user)
            except (intake.Refused, Refused) as error:
                refused.append({"name": file.name, "sentence": str(error)})
            else:
                (known if photo.created_at < before else taken).append(photo)
        if request.accepts("text/html"):
            self._say(request, taken, known, refused)
            return redirect("admin:articles_photo_changelist")
        rows = with_captions(Photo.objects.filter(pk__in=[photo.pk for photo in taken + known]))
        tiles = [render_to_string("admin/articles/photo/tile.html", {"tile": tile(photo)}) for photo in rows]
        said = [already_here(photo) for photo in known]
        return JsonResponse({"taken": tiles, "known": said, "refused": refused})

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

    # -- A picture's page

    def change_view(self, request, object_id, form_url="", extra_context=None):
        photo = with_captions(Photo.objects.filter(pk=_number(object_id))).first()
        if photo is None:
            raise Http404
        if not self.has_view_or_change_permission(request, photo):
            raise PermissionDenied
        publication = publication_of(request)
        form = PhotoForm(request.POST or None, instance=photo, by=request.user, publication=publication)
        if request.method == "POST":
            if not self.has_change_permission(request, photo):
                raise PermissionDenied
            if form.is_valid() and form.put():
                said = _("“%(photo)s” is saved.") if form.has_changed() else _("Nothing was changed in “%(photo)s”.")
                self.message_user(request, said % {"photo": form.instance}, messages.SUCCESS)
                return redirect("admin:articles_photo_change", photo.pk)
        attachments = (
            photo.attachments.filter(story__binned_at=None).select_related("story").order_by("story__headline")
        )
        context = self.admin_site.each_context(request) | {
            "title": str(photo),
            "opts": self.opts,
            "photo": photo,
            "form": form,
            "picture": renditions.address(photo, 1280),
            "lacks": lacks_of(photo),
            "attachments": attachments,
            "uploaded": moments.said(photo.created_at, publication),
            "uploaded_by": photo.uploaded_by and (photo.uploaded_by.get_full_name() or photo.uploaded_by.username),
            "editions": Edition.objects.live().filter(photos=photo).defer("snapshot").distinct(),
            "may_save": self.has_change_permission(request, photo),
        }
        return TemplateResponse(request, "admin/articles/photo/change_form.html", context | (extra_context or {}))


def _number(object_id):
    text = unquote(object_id)
    return int(text) if text.isdecimal() and len(text) < 19 else 0
