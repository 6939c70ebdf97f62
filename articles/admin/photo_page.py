"""A picture's page: its words, rights, warning and source, where it is used, and the proof of what is served."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import AuditLine, Photo, PhotoStatus, Rights
from articles.pages.pictures import picture

from . import likenesses, moments, photo_credentials, photo_proof, renditions
from .lacks import SOON, lacks_of
from .photo_form import PhotoForm
from .photo_moves import moves
from .photo_use import used
from .site import publication_of
from .tiles import with_captions


class PageMixin:
    """A picture's page, for its ModelAdmin."""

    def change_view(self, request, object_id, form_url="", extra_context=None):
        photo = self.found(request, object_id)
        publication = publication_of(request)
        form = PhotoForm(request.POST or None, instance=photo, by=request.user, publication=publication)
        if request.method == "POST":
            if not self.has_change_permission(request, photo):
                raise PermissionDenied
            if form.is_valid() and form.put():
                said = _("“%(photo)s” is saved.") if form.has_changed() else _("Nothing was changed in “%(photo)s”.")
                self.message_user(request, said % {"photo": form.instance}, messages.SUCCESS)
                return redirect("admin:articles_photo_change", photo.pk)
            photo = self.found(request, object_id)  # what was refused is in the form, not in the photo
        uses = used(photo)
        context = self.photo_context(request, photo, str(photo)) | {
            "form": form,
            "picture": renditions.address(photo, 1280),
            "standing": standing(photo, publication),
            "rights_said": rights_said(photo, publication),
            "veiled": picture(photo, "", renditions.base()) if photo.sensitivity else None,
            "lacks": lacks_of(photo),
            "used": uses,
            "likenesses": likenesses.told(photo, request.user, publication),
            "versions": _versions(photo, publication, form.knows),
            "proof": photo_proof.panel(photo, publication, knows=form.knows),
            "credentials": photo_credentials.panel(photo, publication, knows=form.knows),
            "signed": photo_credentials.signed(photo),
            "uploaded": moments.said(photo.created_at, publication),
            "uploaded_by": named(photo.uploaded_by) if form.knows else "",
            "moves": moves(photo, request.user, uses),
            "may_save": self.has_change_permission(request, photo),
        }
        return TemplateResponse(request, "admin/articles/photo/change_form.html", context | (extra_context or {}))

    def found(self, request, object_id) -> Photo:
        """The photo of that number, with its captions, for who may see it. Raises Http404, PermissionDenied."""
        photo = with_captions(Photo.objects.filter(pk=_number(object_id)).select_related("uploaded_by")).first()
        if photo is None:
            raise Http404
        if not self.has_view_or_change_permission(request, photo):
            raise PermissionDenied
        return photo

    def photo_context(self, request, photo: Photo, title: str) -> dict:
        """What every screen of a picture shows."""
        return self.admin_site.each_context(request) | {
            "title": title,
            "opts": self.opts,
            "photo": photo,
            "knows": photo.source_known_to(request.user),
        }


def standing(photo: Photo, publication) -> tuple[str, str, str] | None:
    """Why readers do not see a picture, or soon will not, and what happens next: kind of note, words, more words."""
    begins, ends = (moment and moments.whole(moment, publication) for moment in (photo.usable_from, photo.usable_until))
    if photo.status == PhotoStatus.WITHDRAWN:
        line = AuditLine.objects.about(photo).filter(kind="withdraw").select_related("by").first()
        if line is None:
            return "bad", _("Withdrawn."), _("It is on no page. It stays so until somebody brings it back.")
        said = {"name": named(line.by) or line.by_name, "at": moments.whole(line.at, publication)}
        said["reason"] = line.details.get("reason", "")
        return (
            "bad",
            _("Taken off every page: %(name)s, %(at)s. The reason: %(reason)s") % said,
            _("It stays so until somebody brings it back."),
        )
    if photo.status == PhotoStatus.EXPIRED:
        return (
            "bad",
            _("It may not be used since %(when)s.") % {"when": ends},
            _("It is on no page. Given a later date, it comes back wherever a live story shows it."),
        )
    if photo.status == PhotoStatus.EMBARGOED:
        return (
            "warn",
            _("Under embargo until %(when)s.") % {"when": begins},
            _("It is on no page before, and a story with it cannot be published."),
        )
    if photo.usable_until and photo.usable_until - timezone.now() < SOON:
        said = _("It expires soon: %(when)s.") % {"when": ends}
        return "warn", said, _("Then it leaves every page within a minute.")
    return None


def rights_said(photo: Photo, publication) -> str:
    """What its rights mean, in words: “Agency. May be used until 1 December 2026, 12:00 in Wadi Saf.”"""
    said = [Rights(photo.rights).label if photo.rights else _("Not cleared: nobody has said on what ground it is used")]
    begins, ends = (moment and moments.whole(moment, publication) for moment in (photo.usable_from, photo.usable_until))
    if begins and ends:
        said.append(_("May be used from %(from)s until %(until)s") % {"from": begins, "until": ends})
    elif begins:
        said.append(_("May be used from %(when)s on") % {"when": begins})
    elif ends:
        said.append(_("May be used until %(when)s") % {"when": ends})
    elif photo.rights:
        said.append(_("May be used without an end"))
    return "".join(f"{sentence}. " for sentence in map(str, said)).strip()


def named(person) -> str:
    return (person.get_full_name() or person.get_username()) if person else ""


def _versions(photo: Photo, publication, knows: bool) -> list[dict]:
    """The files that this picture was before it was replaced, newest first."""
    return [
        {
            "name": version.original_name if knows else "",
            "reason": version.reason,
            "by": named(version.by),
            "at": moments.said(version.at, publication),
            "address": renditions.of_version(version),
        }
        for version in photo.versions.exclude(original="").select_related("by")
    ]


def _number(object_id) -> int:
    text = str(object_id)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0
