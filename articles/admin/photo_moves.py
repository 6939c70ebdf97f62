"""What is done with a whole picture: replaced, withdrawn, brought back, deleted. Each says first where it is used."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.desk import photos, pixels
from articles.desk.errors import Refused
from articles.imaging import intake
from articles.models import Photo, PhotoStatus

from . import renditions
from .photo_use import Used, used
from .site import publication_of

MAY = "articles.withdraw_photo"


@dataclass(frozen=True)
class Move:
    """A way out of a picture's page: its words, its address, whether it takes something away."""

    name: str
    label: str
    address: str
    stops: bool = False


LABELS = {
    "crop": gettext_lazy("Crop and turn"),
    "replace": gettext_lazy("Replace the file"),
    "download": gettext_lazy("Download"),
    "withdraw": gettext_lazy("Withdraw"),
    "bring_back": gettext_lazy("Bring it back"),
    "delete": gettext_lazy("Delete"),
}


def moves(photo: Photo, user, uses: Used) -> list[Move]:
    """What `user` may do with `photo` now, whose uses are `uses`."""
    gone = photo.status == PhotoStatus.WITHDRAWN
    may = {
        "crop": user.has_perm("articles.change_photo"),
        "replace": user.has_perm(MAY),
        "download": user.has_perm("articles.change_photo") or user.has_perm("articles.caption_photo"),
        "withdraw": user.has_perm(MAY) and not gone,
        "bring_back": user.has_perm(MAY) and gone,
        "delete": user.has_perm("articles.delete_photo") and not uses,
    }
    return [
        Move(name, str(label), reverse(f"admin:articles_photo_{name}", args=[photo.pk]), name in ("withdraw", "delete"))
        for name, label in LABELS.items()
        if may[name]
    ]


class MovesMixin:
    """The screens on which a picture is replaced, withdrawn, brought back or deleted, for its ModelAdmin."""

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("<int:number>/replace/", view(self.replace_view), name="articles_photo_replace"),
            path("<int:number>/withdraw/", view(self.withdraw_view), name="articles_photo_withdraw"),
            path("<int:number>/bring-back/", view(self.bring_back_view), name="articles_photo_bring_back"),
            *super().get_urls(),
        ]

    def replace_view(self, request, number):
        """Another file in the place of this one; the old one stands beside until the new one is in."""
        photo = self._allowed(request, number, MAY)
        said = {}
        if request.method == "POST":
            file, reason = request.FILES.get("file"), request.POST.get("reason", "")
            said = {"reason": reason}
            try:
                if file is None:
                    raise Refused(_("No file was chosen. Choose the picture that takes this one's place."))
                pixels.replace(photo, file, name=file.name, by=request.user, reason=reason)
            except (Refused, intake.Refused) as error:
                said["refused"] = str(error)
            else:
                self.message_user(
                    request,
                    _("“%(photo)s” has a new file, at new addresses. Every page that shows it shows the new one.")
                    % {"photo": photo},
                    messages.SUCCESS,
                )
                return redirect("admin:articles_photo_change", photo.pk)
        return self._ask(request, photo, "replace", said)

    def withdraw_view(self, request, number):
        photo = self._allowed(request, number, MAY)
        reason = request.POST.get("reason", "")
        return self._carry_out(
            request,
            photo,
            "withdraw",
            lambda: photos.withdraw(photo, by=request.user, reason=reason),
            _("Taken off every page at %(time)s. It stays in the library, and can be brought back."),
            {"reason": reason},
        )

    def bring_back_view(self, request, number):
        photo = self._allowed(request, number, MAY)
        return self._carry_out(
            request,
            photo,
            "bring_back",
            lambda: photos.bring_back(photo, by=request.user),
            _("Brought back at %(time)s, wherever a live story shows it and its dates allow."),
        )

    def delete_view(self, request, object_id, extra_context=None):
        photo = self._allowed(request, object_id, "articles.delete_photo")
        return self._carry_out(
            request,
            photo,
            "delete",
            lambda: photos.delete(photo, by=request.user),
            _("“%(photo)s” is deleted, with its files."),
        )

    def _allowed(self, request, number, permission) -> Photo:
        photo = self.found(request, number)
        if not request.user.has_perm(permission):
            raise PermissionDenied
        return photo

    def _carry_out(self, request, photo, name, verb, sentence, typed=None):
        """Ask on a GET; on a POST do it, and say what was done, or why not and what was typed."""
        said = dict(typed or {})
        if request.method == "POST":
            named, number = str(photo), photo.pk
            try:
                verb()
            except Refused as error:
                said["refused"] = str(error)
            else:
                now = publication_of(request).local(timezone.now())
                self.message_user(request, sentence % {"time": f"{now:%H:%M}", "photo": named}, messages.SUCCESS)
                if name == "delete":
                    return redirect("admin:articles_photo_changelist")
                return redirect("admin:articles_photo_change", number)
        return self._ask(request, photo, name, said)

    def _ask(self, request, photo, name, said):
        context = self.photo_context(request, photo, str(LABELS[name])) | {
            "move": name,
            "used": used(photo),
            "shown": renditions.address(photo, 640),
            "back": reverse("admin:articles_photo_change", args=[photo.pk]),
            "taken": ".jpg,.jpeg,.png,.webp,.avif,.heic,.heif,.tif,.tiff,.gif",
        }
        return TemplateResponse(request, "admin/articles/photo/move.html", context | said)
