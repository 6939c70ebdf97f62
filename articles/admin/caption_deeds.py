"""What the buttons of the captions screen do. Each takes the page as it was posted and gives an answer, or None where
the page is shown again with what was typed and why it was not kept."""

import json
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.desk import batches, cells
from articles.desk.errors import Refused
from articles.models import Batch, Photo

from . import caption_choice, captions_csv
from .caption_page import Page

NAMED = 8  # pictures left alone that a message names; the rest are counted


def apply(page: Page) -> HttpResponse | None:
    """Write the ticked fields into the ticked pictures: one batch."""
    if not page.ticked:
        page.errors.append(_("No field is ticked: tick what is to be written."))
        return None
    filling, left = page.filling(), []
    if filling.problems:
        page.errors += filling.problems
        return None
    numbers = {photo.pk: number for number, photo in enumerate(page.found, 1)}

    def values(photo: Photo, _number: int) -> Mapping[str, Any]:
        filled = filling.of(photo, numbers[photo.pk])
        if filled.left:
            left.append(filled.left)
        return filled.values

    try:
        batch = batches.apply(page.chosen, values, by=page.request.user)
    except Refused as error:
        page.errors.append(str(error))
        return None
    say_applied(page.request, batch, left)
    return page.again()


def say_applied(request: HttpRequest, batch: Batch, left: list[str]) -> None:
    """Say what `batch` did, and which pictures were left alone."""
    count = len(batch.changes)
    if count:
        said = ngettext("%(count)d picture changed.", "%(count)d pictures changed.", count) % {"count": count}
        messages.success(request, said)
    else:
        messages.warning(request, _("Nothing was changed: the pictures say that already."))
    say_left(request, left)


def say_left(request: HttpRequest, left: list[str]) -> None:
    if not left:
        return
    named = format_html_join(" ", "{}", ((sentence,) for sentence in left[:NAMED]))
    more = len(left) - NAMED
    rest = ngettext("And %(count)d more.", "And %(count)d more.", more) % {"count": more} if more > 0 else ""
    messages.warning(request, format_html("{} {}", named, rest))


def undo(page: Page) -> HttpResponse:
    """Take a whole batch back, but for what was changed again since."""
    batch = Batch.objects.filter(uuid=page.request.POST.get("batch")).first() if _is_uuid(page) else None
    if batch is None:
        messages.error(page.request, _("There is no such batch."))
        return page.again()
    try:
        kept = batches.undo(batch, by=page.request.user)
    except Refused as error:
        messages.error(page.request, str(error))
        return page.again()
    count = len(batch.changes)
    said = ngettext("%(count)d picture is as it was before.", "%(count)d pictures are as they were before.", count)
    messages.success(page.request, said % {"count": count})
    say_left(page.request, kept)
    return page.again()


def _is_uuid(page: Page) -> bool:
    return bool(caption_choice.is_uuid(page.request.POST.get("batch", "")))


def preview(page: Page) -> None:
    """Show in the table what the template would write."""
    page.previewed = True


def table(page: Page) -> HttpResponse | None:
    """Save the table as a plain form sends it: each cell that was typed in, for itself."""
    posted = page.request.POST
    try:
        began = json.loads(posted.get("shown", ""))
    except (ValueError, RecursionError):
        began = None
    if not isinstance(began, dict):
        page.errors.append(_("The save did not arrive whole."))
        return None
    saved = 0
    for photo in page.found:
        for name, field in page.fields.items():
            id = f"cell:{photo.pk}:{name}"
            was = began.get(id)
            if not isinstance(was, str) or (id not in posted and field.kind != "tick"):
                continue
            typed = posted.get(id, "").replace("\r\n", "\n")
            if typed.strip() == was.strip():
                continue
            try:
                cells.put(photo, name, field.value(typed), was=field.value(was), by=page.request.user)
                saved += 1
            except cells.Changed as error:
                theirs = field.shown(error.theirs) or _("nothing")
                page.cell_errors[id] = (
                    typed,
                    _("%(sentence)s It says now: %(words)s") % {"sentence": error, "words": theirs},
                )
            except Refused as error:
                page.cell_errors[id] = (typed, str(error))
    if page.cell_errors:
        page.errors.append(_("Some cells could not be saved: each says why. The others are saved."))
        page.found = caption_choice.named([str(photo.pk) for photo in page.found])
        return None
    said = ngettext("%(count)d cell is saved.", "%(count)d cells are saved.", saved) % {"count": saved}
    messages.success(page.request, said if saved else _("Nothing was changed in the table."))
    return page.again()


def save_template(page: Page) -> HttpResponse | None:
    """Keep the ticked fields under a name."""
    values = {name: page.texts[name] for name in page.ticked}
    if not values:
        page.errors.append(_("No field is ticked: a template keeps the fields that are."))
        return None
    try:
        template = batches.save_template(page.template_name, values, by=page.request.user)
    except Refused as error:
        page.errors.append(str(error))
        return None
    messages.success(page.request, _("The template “%(name)s” is saved.") % {"name": template})
    return _with_template(page, str(template.uuid))


def delete_template(page: Page) -> HttpResponse | None:
    """Delete the saved template that is chosen."""
    chosen = next((one for one in page.templates if str(one.uuid) == page.request.POST.get("template")), None)
    if chosen is None:
        page.errors.append(_("Choose the template that is to be deleted."))
        return None
    try:
        batches.delete_template(chosen, by=page.request.user)
    except Refused as error:
        page.errors.append(str(error))
        return None
    messages.success(page.request, _("The template “%(name)s” is deleted.") % {"name": chosen.name})
    return _with_template(page, "")


def use_template(page: Page) -> HttpResponse:
    """Put a saved template into the form."""
    return _with_template(page, page.request.POST.get("template", ""))


def _with_template(page: Page, uuid: str) -> HttpResponse:
    asked = page.request.GET.copy()
    asked.pop("template", None)
    if uuid:
        asked["template"] = uuid
    return HttpResponseRedirect(f"{page.request.path}?{asked.urlencode(safe=',')}")


def read_csv(page: Page) -> HttpResponse | None:
    """Show what an uploaded file would change."""
    return captions_csv.preview(page)


def put_csv(page: Page) -> HttpResponse | None:
    """Write what the preview of a file showed: one batch."""
    done = captions_csv.put(page)
    if done is None:
        return None
    say_applied(page.request, *done)
    return page.again()


DEEDS = {
    deed.__name__: deed
    for deed in (apply, undo, preview, table, save_template, delete_template, use_template, read_csv, put_csv)
}
