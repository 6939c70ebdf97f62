"""A story's pictures on its form: a row each, new ones uploaded or chosen from the library, and their words."""

from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST

from articles.desk import attachments, photos
from articles.desk.errors import Refused
from articles.imaging import intake
from articles.models import Attachment, Photo, PhotoStatus, Role, Story

from . import renditions

ALT_AIM, ALT_MOST = 125, 250  # characters (standards/requirements: IPTC alt text)


class PictureForm(forms.Form):
    """One picture of a story. The words are those a reader would see; what is not touched stays where it is."""

    photo = forms.UUIDField(widget=forms.HiddenInput)
    role = forms.ChoiceField(
        label=pgettext_lazy("of a picture", "Role"), choices=Role.choices, widget=forms.Select(attrs={"class": "in"})
    )
    caption = forms.CharField(
        label=gettext_lazy("Caption"),
        required=False,
        show_hidden_initial=True,
        widget=forms.Textarea(attrs={"class": "in", "rows": 2, "dir": "auto"}),
    )
    alt = forms.CharField(
        label=gettext_lazy("Alt text"),
        required=False,
        max_length=ALT_MOST,
        show_hidden_initial=True,
        widget=forms.Textarea(attrs={"class": "in", "rows": 2, "dir": "auto"}),
    )
    decorative = forms.BooleanField(
        label=gettext_lazy("Decoration only: needs no alt text"), required=False, show_hidden_initial=True
    )
    place = forms.IntegerField(
        label=pgettext_lazy("of a picture among others", "Place"),
        required=False,
        widget=forms.NumberInput(attrs={"class": "in", "min": 1}),
    )
    out = forms.BooleanField(label=gettext_lazy("Take it out of the story"), required=False)

    def __init__(self, data=None, *, uuid, photo, language, attachment=None, role=Role.TEXT, place=1, may_change=True):
        self.uuid, self.picture, self.language, self.attachment = str(uuid), photo, language, attachment
        row = attachment or Attachment(photo=photo, role=role)
        words = row.shown_words(language)
        initial = {
            "photo": photo.uuid,
            "role": row.role,
            "caption": words.caption,
            "alt": words.alt,
            "decorative": words.decorative,
            "place": place,
        }
        super().__init__(data, prefix=f"picture-{uuid}", initial=initial)
        self.fields["alt"].widget.attrs.pop("maxlength", None)  # a sentence says what is too long; nothing is cut off
        for field in self.fields.values():
            field.disabled = not may_change

    @property
    def thumbnail(self):
        return renditions.address(self.picture)

    @property
    def shown(self):
        return renditions.shown(self.picture)

    @property
    def has_own_words(self):
        return bool(self.attachment and (self.attachment.caption or self.attachment.alt))

    @property
    def library(self):
        return self.picture.caption_in(self.language)

    def typed(self):
        """The words that were changed here, by the names `attachments.put_words` knows; None for those left alone."""
        changed = self.changed_data
        return {
            name: self.cleaned_data[field] if field in changed else None
            for name, field in (("text", "caption"), ("alt", "alt"), ("decorative", "decorative"))
        }


def rows_of(story: Story | None, language: str, *, may_change: bool = True) -> list[PictureForm]:
    """The rows of a story as it is stored."""
    if story is None:
        return []
    held = story.attachments.select_related("photo").prefetch_related("photo__captions")
    return [
        PictureForm(
            uuid=row.uuid, photo=row.photo, language=language, attachment=row, place=place, may_change=may_change
        )
        for place, row in enumerate(held, 1)
    ]


def rows_in(data, story: Story | None, language: str) -> list[PictureForm]:
    """The rows as a form posted them, in their places. A row whose photo does not exist is left out."""
    held = {str(row.uuid): row for row in story.attachments.select_related("photo")} if story else {}
    asked = {uuid: data.get(f"picture-{uuid}-photo", "") for uuid in data.getlist("pictures") if _is_uuid(uuid)}
    elsewhere = set(
        map(str, Attachment.objects.filter(uuid__in=[*asked]).exclude(story=story).values_list("uuid", flat=True))
    )
    wanted = [uuid for uuid in asked.values() if _is_uuid(uuid)]
    found = {str(photo.uuid): photo for photo in Photo.objects.filter(uuid__in=wanted).prefetch_related("captions")}
    rows = []
    for uuid, photo in asked.items():
        if photo in found and uuid not in elsewhere:
            attachment = held.get(uuid)
            if attachment:
                attachment.photo = found[photo]
            rows.append(PictureForm(data, uuid=uuid, photo=found[photo], language=language, attachment=attachment))
    return sorted(rows, key=_place)


def _place(row: PictureForm) -> int:
    value = str(row["place"].value() or "")
    return int(value) if value.isdecimal() and len(value) < 19 else 10_000


def _is_uuid(value: str) -> bool:
    try:
        return str(UUID(value)) == value
    except ValueError:
        return False


def facts(rows: list[PictureForm], language: str, *, by) -> list[dict]:
    """The valid `rows` as `stories.save(attachments=...)` takes them. Writes what the library lacked."""
    kept = []
    for row in rows:
        if row.cleaned_data["out"]:
            continue
        own = attachments.put_words(row.picture, language, by=by, **row.typed())
        kept.append({"uuid": row.uuid, "photo": row.picture, "role": row.cleaned_data["role"], **own})
    return kept


def take_files(request: HttpRequest, data) -> list[str]:
    """Take the pictures of a plain form (no script) into the library, and add a row each to its `data`.

    Gives the sentences of those that were refused; the others go on.
    """
    refused = []
    has_lead = any(data.get(f"picture-{uuid}-role") == Role.LEAD for uuid in data.getlist("pictures"))
    for file in request.FILES.getlist("files"):
        try:
            photo = photos.take(file, name=file.name, by=request.user)
        except (Refused, intake.Refused) as error:
            refused.append(str(error))
            continue
        row = PictureForm(
            uuid=uuid4(), photo=photo, language=data.get("language", ""), role=Role.TEXT if has_lead else Role.LEAD
        )
        has_lead = True
        data.appendlist("pictures", row.uuid)
        for name, value in row.initial.items():
            if name == "decorative" and not value:
                continue
            data[f"{row.prefix}-{name}"] = "" if name == "place" else str(value)
            if row.fields[name].show_hidden_initial:
                data[f"initial-{row.prefix}-{name}"] = str(value)
    return refused


@require_POST
def take(request: HttpRequest) -> JsonResponse:
    """A picture for a story's form: a file that is uploaded now, or a `photo` of the library. Answers with its row.

    `uuid` is what the attachment will go by, where the form has named it already (a figure that was copied here).
    """
    if not request.user.has_perm("articles.view_photo"):
        raise PermissionDenied
    try:
        photo = _photo_of(request)
    except (Refused, intake.Refused) as error:
        return JsonResponse({"refused": str(error)}, status=422)
    photo = Photo.objects.prefetch_related("captions").get(pk=photo.pk)
    role = Role.LEAD if request.POST.get("lead") else Role.TEXT
    uuid = request.POST.get("uuid", "")
    if not _is_uuid(uuid) or Attachment.objects.filter(uuid=uuid).exists():
        uuid = str(uuid4())
    html = row_html(request, photo, uuid=uuid, language=request.POST.get("language", ""), role=role)
    return JsonResponse({"uuid": uuid, "html": html})


def row_html(request: HttpRequest, photo: Photo, *, uuid: UUID | str, language: str, role: str) -> str:
    """The row of a picture that is new to a story, whose attachment goes by `uuid`."""
    row = PictureForm(uuid=uuid, photo=photo, language=language, role=role)
    return render_to_string("admin/articles/story/picture.html", {"row": row, "may_change": True}, request)


def _photo_of(request: HttpRequest) -> Photo:
    uuid, file = request.POST.get("photo", ""), request.FILES.get("file")
    if file:
        return photos.take(file, name=file.name, by=request.user)
    photo = Photo.objects.filter(uuid=uuid).first() if _is_uuid(uuid) else None
    if photo is None or photo.status == PhotoStatus.WITHDRAWN:
        raise Refused(_("There is no such picture in the library."))
    return photo
