"""The proof on a picture's page, what its original says and what its renditions say; and the original handed out."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, SuspiciousFileOperation
from django.core.files.storage import storages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles import credentials, tasks
from articles.desk import sources
from articles.desk.errors import NotAllowed, Refused
from articles.imaging import intake
from articles.imaging.proof import Served, counted, held, served
from articles.models import Photo

from . import moments, photo_credentials
from .site import publication_of

GROUPS = {
    "location": gettext_lazy("Where it was taken"),
    "people": gettext_lazy("People"),
    "times": gettext_lazy("Times"),
    "device": gettext_lazy("Camera and programs"),
    "words": gettext_lazy("Words"),
    "other": gettext_lazy("How the file is made"),
}
FOLDERS = ("renditions", "desk")
# Renditions looked into anew while somebody waits; all of them were when they were made.
MOST_READ = 60


def panel(photo: Photo, publication, *, knows: bool) -> dict:
    """What the page says before anybody asks for more: by group how much is in the original, and when it was proven."""
    found = held(photo.metadata) if knows else {}
    counts = counted(photo.metadata)
    groups = [(label, counts[name], found.get(name, [])) for name, label in GROUPS.items() if counts.get(name)]
    made = photo.made()
    return {
        "groups": groups,
        "formats": [name.upper().replace("WEBP", "WebP") for name in made],
        "crops": len({key.partition(" ")[2] for key in photo.formats} - {""}),
        "address": reverse("admin:articles_photo_proof", args=[photo.pk]),
    }


def read_again(photo: Photo) -> list[Served]:
    """Every rendition of `photo`, read again from its bytes where it lies."""
    words = credentials.written(photo) | {"policy": tasks.encoding.Policy(photo.policy)}
    found, knows = {}, credentials.known_signer() if credentials.claimed(photo) else None
    for folder in FOLDERS:
        for name in sorted(tasks.names_in(folder, photo.token)):
            if name not in found and len(found) < MOST_READ:
                with storages[folder].open(name) as file:
                    found[name] = served(name.rpartition("/")[2], file.read(), words, knows=knows)
    return sorted(found.values(), key=lambda one: (one.format, one.size))


class ProofMixin:
    """The proof made anew, and the original handed out, for a photo's ModelAdmin."""

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("<int:number>/proof/", view(self.proof_view), name="articles_photo_proof"),
            path("<int:number>/download/", view(self.download_view), name="articles_photo_download"),
            *super().get_urls(),
        ]

    def proof_view(self, request, number):
        """Every rendition taken apart again, now."""
        photo, publication = self.found(request, number), publication_of(request)
        rows, written = read_again(photo), credentials.written(photo)
        leaking = [row for row in rows if row.leaks]
        said = ngettext(
            "%(count)d rendition read again, from its bytes: proven clean, %(when)s.",
            "%(count)d renditions read again, from their bytes: proven clean, %(when)s.",
            len(rows),
        ) % {"count": len(rows), "when": moments.whole(timezone.now(), publication)}
        if not rows:
            said = _("No rendition is made yet: nothing is served.")
        context = self.photo_context(request, photo, _("What is served")) | {
            "rows": rows,
            "leaking": leaking,
            "said": said,
            "credentials": photo_credentials.panel(photo, publication, knows=photo.source_known_to(request.user)),
            "words": [(Photo._meta.get_field(name).verbose_name, said) for name, said in written.items() if said],
            "back": reverse("admin:articles_photo_change", args=[photo.pk]),
        }
        return TemplateResponse(request, "admin/articles/photo/proof.html", context)

    def download_view(self, request, number):
        """The original with the words of the desk written in, as a file to be saved, kept by no cache."""
        photo = self.found(request, number)
        try:
            made = sources.hand_out(photo, by=request.user)
        except NotAllowed as error:
            raise PermissionDenied(str(error)) from error
        except (Refused, intake.Refused, FileNotFoundError) as error:
            said = str(error) if not isinstance(error, FileNotFoundError) else _("The original is not where it was.")
            self.message_user(request, said, messages.ERROR)
            return redirect("admin:articles_photo_change", photo.pk)
        answer = HttpResponse(made.data, content_type=made.mime_type)
        answer["Content-Disposition"] = content_disposition_header(True, file_name(photo, made.extension))
        answer["Cache-Control"] = "no-store, private"
        answer["X-Content-Type-Options"] = "nosniff"
        return answer


def file_name(photo: Photo, extension: str) -> str:
    """What the file is called where it is saved: its title, else the name it came with; none of a hidden source's."""
    came = "" if photo.hide_source else photo.original_name
    name = photo.headline or came.rpartition(".")[0] or came
    try:
        name = get_valid_filename(name.replace("/", "-"))[:80]
    except SuspiciousFileOperation:  # nothing is left of it
        name = ""
    return f"{name.strip('.') or photo.uuid.hex[:12]}.{extension}"
