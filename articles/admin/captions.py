"""The captions screen: one template for many pictures, and a table one types in. It works as a plain form; scripts
show what would change, save as one types, and walk the cells by keys."""

import json
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from js_asset import ImportMap, Media, Script

from articles.body import variables
from articles.desk import batches, cells, shown_words
from articles.desk.errors import Refused
from articles.models import Batch, CaptionTemplate, Photo

from . import caption_choice, caption_words, captions_csv, captions_doors, captions_stories
from .caption_advice import Adviser
from .caption_fields import ALT_AIM, ALT_MOST, ALWAYS, COLUMNS, FIRST, columns_of, fields_for
from .caption_filling import Filling, kept_from
from .caption_rows import put_advice, put_preview, rows_of
from .site import publication_of

# Named in the import map one by one, so that the manifest storage gives each its immutable address.
MODULES = ("line", "words", "cell_store", "caption_cells", "caption_keys", "caption_template")
USUAL_COLUMNS = ("credit",)
NAMED = 8  # pictures left alone that a message names; the rest are counted


def urls(model_admin) -> list:
    """The addresses of the captions screen, for the urls of the photos' admin."""
    site = model_admin.admin_site

    def view(request):
        return screen(request, model_admin)

    def stories(request):
        check_may(request.user)
        return captions_stories.screen(request, model_admin)

    return [
        path("captions/", site.admin_view(view), name="articles_photo_captions"),
        path("captions/stories/", site.admin_view(stories), name="articles_photo_captions_stories"),
        path("captions/csv/", site.admin_view(captions_csv.out), name="articles_photo_captions_csv"),
        *captions_doors.urls(site),
    ]


def check_may(user) -> None:
    """Raises PermissionDenied for who may neither write captions nor say anything of photos."""
    may_write = user.has_perm("articles.caption_photo") or user.has_perm("articles.change_photo")
    if not (may_write and user.has_perm("articles.view_photo")):
        raise PermissionDenied


def screen(request: HttpRequest, model_admin) -> HttpResponse:
    """The table and the template for the pictures that the address names. Filters lead to the pictures they leave."""
    check_may(request.user)
    keys = caption_choice.keys_in(request.GET.getlist("photos"))
    if not keys:
        found, wall = caption_choice.asked_otherwise(request, model_admin)
        if found and request.method == "GET":
            return HttpResponseRedirect(_address(request, found, wall))
        keys = [str(pk) for pk in found]
    page = Page(request, model_admin, caption_choice.named(keys))
    if request.method == "POST":
        deed = DEEDS.get(request.POST.get("do", ""))
        answer = deed(page) if deed else None
        if answer:
            return answer
    return page.shown()


def _address(request: HttpRequest, found: list[int], wall: str) -> str:
    """The screen's address with its pictures named by their numbers: 500 uuids would be too long for an address."""
    asked = QueryDict(mutable=True)
    for name in ("columns", "template"):
        asked.setlistdefault(name, request.GET.getlist(name))
    if wall:
        asked["wall"] = wall
    query = asked.urlencode()
    return f"{request.path}?photos={','.join(map(str, found))}{'&' + query if query else ''}"


class Page:
    """One answer of the screen: the pictures, the fields this person may write, and what was typed."""

    def __init__(self, request: HttpRequest, model_admin, found: list[Photo]):
        self.request, self.model_admin, self.found = request, model_admin, found
        self.publication = publication_of(request)
        self.fields = fields_for(request.user, self.publication)
        self.kept = kept_from(request.user, found)
        asked = request.GET.getlist("columns") or list(USUAL_COLUMNS)
        self.columns = columns_of([name for one in asked for name in one.split(",")], self.fields)
        self.asked_columns = asked
        self.errors: list[str] = []
        self.cell_errors: dict[str, tuple[str, str]] = {}
        self.previewed = False
        self._read_template()

    def _read_template(self) -> None:
        """What stands in the template: as it was posted, as a saved one says, or nothing."""
        posted = self.request.POST
        self.templates = list(CaptionTemplate.objects.all())
        self.template_name = ""
        if "do" in posted:
            self.texts = {name: posted.get(f"value:{name}", "") for name in self.fields}
            self.ticked = [name for name in self.fields if name in set(posted.getlist("tick"))]
            self.template_name = posted.get("name", "")
            return
        chosen = next((one for one in self.templates if str(one.uuid) == self.request.GET.get("template")), None)
        said = chosen.fields if chosen else {}
        self.texts = {name: str(said.get(name, "")) for name in self.fields}
        self.ticked = [name for name in self.fields if name in said]
        self.template_name = chosen.name if chosen else ""

    @property
    def chosen(self) -> list[Photo]:
        """The pictures that are ticked in what was posted."""
        keys = set(caption_choice.keys_in(self.request.POST.getlist("photos")))
        return [photo for photo in self.found if str(photo.pk) in keys]

    def filling(self) -> Filling:
        texts = {name: self.texts[name] for name in self.ticked}
        return Filling(texts, self.fields, kept=self.kept, publication=self.publication)

    def again(self) -> HttpResponse:
        return HttpResponseRedirect(self.request.get_full_path())

    def shown(self) -> HttpResponse:
        request, table = self.request, [column.name for column in self.columns]
        rows = rows_of(self.found, self.columns, self.fields, self.kept)
        put_advice(rows, Adviser(self.found, self.kept))
        typed = self._put_typed(rows)
        will = put_preview(rows, self.filling())[0] if self.previewed else 0
        last = _last_batch(request.user)
        context = self.model_admin.admin_site.each_context(request) | {
            "title": _("Captions"),
            "opts": self.model_admin.opts,
            "rows": rows,
            "said": _("%(count)d pictures") % {"count": len(rows)} if len(rows) != 1 else _("1 picture"),
            "columns": self.columns,
            "more_columns": [(self.fields[name], name in table) for name in COLUMNS if name in self.fields],
            "first_fields": self._template_fields(_is_first),
            "more_fields": self._template_fields(lambda name: not _is_first(name)),
            "variables": [name.strip("{}") for name in variables.names()],
            "templates": self.templates,
            "template_name": self.template_name,
            "saved_fields": {str(one.uuid): {"name": one.name, "fields": one.fields} for one in self.templates},
            "batch": last,
            "older": len({one.story.pk for one in shown_words.older(self.found)}),
            "errors": self.errors,
            "previewed": self.previewed,
            "will": will,
            "typed": typed,
            "alt_aim": ALT_AIM,
            "alt_most": ALT_MOST,
            "wall": request.GET.get("wall", ""),
            "query": request.GET.urlencode(),
            "photos_asked": ",".join(str(photo.pk) for photo in self.found),
            "may_caption": request.user.has_perm("articles.caption_photo"),
            "shown_values": json.dumps(_values_of(rows), ensure_ascii=False),
            "media": media(request.csp_nonce),
            "script_words": caption_words.words(),
            "too_many": len(self.found) == caption_choice.MOST,
        }
        request.current_app = self.model_admin.admin_site.name
        return TemplateResponse(request, "admin/articles/photo/captions.html", context)

    def _template_fields(self, wanted) -> list[dict[str, Any]]:
        return [
            {"field": field, "text": self.texts[name], "is_ticked": name in self.ticked}
            for name, field in self.fields.items()
            if wanted(name)
        ]

    def _put_typed(self, rows) -> bool:
        """What was typed into cells and could not be kept stands there again, with its sentence."""
        found = [cell for row in rows for cell in row.cells if cell and cell.id in self.cell_errors]
        for cell in found:
            cell.value, cell.error = self.cell_errors[cell.id]
        return bool(found)


def _is_first(name: str) -> bool:
    """Whether a field of the template is shown before its "More fields" are opened."""
    return name in FIRST or name.partition(":")[0] in ALWAYS


def _values_of(rows) -> dict[str, str]:
    """What the cells hold as the page is made: where a plain form says what its typing began from."""
    said = {}
    for row in rows:
        for cell in filter(None, row.cells):
            said[cell.id] = cell.value
            if cell.decorative:
                said[cell.decorative["id"]] = "true" if cell.decorative["is_set"] else "false"
    return said


def _last_batch(user) -> Batch | None:
    """What this person could undo: their last batch of today, if it stands."""
    day = timezone.now() - timezone.timedelta(hours=24)
    last = Batch.objects.filter(by=user, at__gt=day).first()
    return last if last and not last.undone_at and last.changes else None


# -- What may be done here: each gives an answer, or None where the page is shown again with what was typed


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


def media(nonce) -> Media:
    """The scripts of this screen; `nonce` is the policy's, which an import map needs as an inline script."""
    imports = {f"desk/{name}": f"articles/js/desk/{name}.js" for name in MODULES}
    return Media(importmap=ImportMap(imports), js=[Script("articles/js/desk/captions.js", type="module")], nonce=nonce)


def address_of(keys) -> str:
    """The screen's address for pictures of these numbers."""
    return f"{reverse('admin:articles_photo_captions')}?photos={','.join(map(str, keys))}"
