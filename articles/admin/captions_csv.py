"""The captions table as a file: out for a spreadsheet, and in again, showing first what it would change."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.desk import batches, photos
from articles.desk.errors import Refused
from articles.models import Photo
from articles.wire import captions_csv

from . import caption_choice
from .caption_fields import FALSE, TRUE, Field, fields_for, read
from .caption_filling import kept_from
from .site import publication_of

OTHERWISE = {"date_created": "taken_at"}  # columns of the file that a photo calls otherwise
SOURCE = photos.SOURCE


@dataclass(frozen=True)
class Change:
    """One cell that a file would change, as texts."""

    photo: Photo
    field: Field
    was: str
    will: str

    @property
    def shown(self) -> tuple[str, str]:
        kind = self.field
        return kind.shown(kind.value(self.was)), kind.shown(kind.value(self.will))


def out(request: HttpRequest) -> HttpResponse:
    """The chosen pictures as a file. What tells of a hidden source is left empty for those it is kept from."""
    if not request.user.has_perm("articles.view_photo"):
        raise PermissionDenied
    publication = publication_of(request)
    found = caption_choice.named(caption_choice.keys_in(request.GET.getlist("photos")))
    kept = kept_from(request.user, found)
    rows = [captions_csv.Row(str(photo.uuid), *_told(photo, photo.pk in kept, publication)) for photo in found]
    content = captions_csv.write(rows, publication.languages)
    name = f"captions-{publication.local(timezone.now()):%Y-%m-%d-%H%M}.csv"
    said = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=said)


def _told(photo: Photo, is_kept: bool, publication) -> tuple[str, dict[str, str]]:
    """The file's name (which may tell who took it: none where that is kept) and the cells by column."""
    values = {}
    for column in captions_csv.columns(publication.languages)[2:]:
        name = field_of(column, publication.languages)
        if is_kept and name in SOURCE:
            continue
        value = read(photo, name)
        if isinstance(value, bool):
            value = captions_csv.YES if value else captions_csv.NO
        values[column] = ", ".join(value) if isinstance(value, list) else value
    return "" if is_kept else photo.original_name, values


def field_of(column: str, languages: Iterable[str]) -> str:
    """The field of `desk.batches` that a column of the file is of: `caption:en` of "caption_en"."""
    for language in languages:
        for word in captions_csv.WORDS:
            if column == f"{word}_{language}":
                return f"{word}:{language}"
    return OTHERWISE.get(column, column)


# -- In


def preview(page: Any) -> HttpResponse | None:
    """What an uploaded file would change, cell by cell; nothing is written. None: `page` says what is wrong with it."""
    file = page.request.FILES.get("file")
    if file is None:
        page.errors.append(_("No file was chosen."))
        return None
    if file.size > captions_csv.LONGEST_FILE:
        page.errors.append(_("The file is too large for a table of captions."))
        return None
    table = captions_csv.read(file.read(), page.publication.languages)
    changes, said = _changes(page, table)
    context = page.model_admin.admin_site.each_context(page.request) | {
        "title": _("What the file would change"),
        "opts": page.model_admin.opts,
        "file_name": file.name,
        "changes": changes,
        "pictures": len({change.photo.pk for change in changes}),
        "sentences": [*table.sentences, *said],
        "payload": json.dumps(_payload(changes), ensure_ascii=False),
        "back": page.request.get_full_path(),
    }
    page.request.current_app = page.model_admin.admin_site.name
    return TemplateResponse(page.request, "admin/articles/photo/captions_csv.html", context)


def _changes(page: Any, table: captions_csv.Table) -> tuple[list[Change], list[str]]:
    found, said = _photos(page, table)
    kept = kept_from(page.request.user, [photo for _row, photo in found])
    changes, refused = [], set()
    for row, photo in found:
        for column, text in row.values.items():
            name = field_of(column, page.publication.languages)
            if name in SOURCE and photo.pk in kept:
                continue
            known = read(photo, name)
            field = page.fields.get(name)
            will = {captions_csv.YES: TRUE, captions_csv.NO: FALSE}.get(text, text) if isinstance(known, bool) else text
            shape = field or Field(name, column, "list" if isinstance(known, list) else "area")
            was = shape.text(known)
            if shape.value(was) == shape.value(will):
                continue
            if field is None:
                refused.add(column)
            else:
                changes.append(Change(photo, field, was, will))
    if refused:
        names = _(", ").join(sorted(refused))
        said.append(_("Left as they are, for you may not change them: %(names)s.") % {"names": names})
    return changes, said


def _photos(page: Any, table: captions_csv.Table) -> tuple[list[tuple[captions_csv.Row, Photo]], list[str]]:
    """The rows with their photos, by uuid, else by a file's name that only one of the shown pictures has."""
    rows, said = table.rows[: caption_choice.MOST], []
    if len(table.rows) > len(rows):
        said.append(_("At most %(most)d pictures are changed at once.") % {"most": caption_choice.MOST})
    by_uuid = {str(one.uuid): one for one in caption_choice.named(caption_choice.keys_in(row.photo for row in rows))}
    by_file: dict[str, list[Photo]] = {}
    kept = kept_from(page.request.user, page.found)
    for photo in page.found:
        if photo.pk in kept:  # a row that fits would tell what the file is called
            continue
        by_file.setdefault(photo.original_name, []).append(photo)
    found = []
    for row in rows:
        photo = by_uuid.get(row.photo)
        if photo is None and not row.photo:
            same = by_file.get(row.file, [])
            photo = same[0] if len(same) == 1 else None
        if photo is None:
            said.append(
                _("Line %(line)s: there is no picture “%(name)s” here.")
                % {"line": row.line, "name": row.file or row.photo}
            )
        elif any(photo == other for _row, other in found):
            said.append(_("Line %(line)s is about a picture that an earlier line tells of.") % {"line": row.line})
        else:
            found.append((row, photo))
    return found, said


def _payload(changes: Iterable[Change]) -> dict[str, dict[str, list[str]]]:
    said: dict[str, dict[str, list[str]]] = {}
    for change in changes:
        said.setdefault(str(change.photo.pk), {})[change.field.name] = [change.was, change.will]
    return said


def put(page: Any) -> tuple[Any, list[str]] | None:
    """Write what a preview showed, as one batch; a cell that somebody changed since stays as it is.

    Gives the batch and the sentences of what was left alone. None: `page` says why nothing was written.
    """
    payload = _read_payload(page.request.POST.get("changes", ""))
    if payload is None:
        page.errors.append(_("The save did not arrive whole."))
        return None
    fields = fields_for(page.request.user, page.publication)
    left: list[str] = []

    def values(photo: Photo, _number: int) -> dict[str, Any]:
        wanted = {}
        for name, (was, will) in payload.get(str(photo.pk), {}).items():
            field = fields.get(name)
            if field is None:
                continue
            if field.value(field.text(batches.read(photo, name))) == field.value(was):
                wanted[name] = field.value(will)
            else:
                left.append(
                    _("“%(photo)s” was changed meanwhile: its %(field)s stays.")
                    % {"photo": photo, "field": field.label}
                )
        return wanted

    try:
        return batches.apply(caption_choice.named(list(payload)), values, by=page.request.user), left
    except Refused as error:
        page.errors.append(str(error))
        return None


def _read_payload(text: str) -> dict[str, dict[str, list[str]]] | None:
    try:
        given = json.loads(text)
        return {
            str(int(key)): {str(name): [str(was), str(will)] for name, (was, will) in cells.items()}
            for key, cells in given.items()
        }
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None
