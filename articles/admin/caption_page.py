"""One answer of the captions screen: the pictures, what this person may write of them, and what was typed."""

import json
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.body import variables
from articles.desk import shown_words
from articles.models import Batch, CaptionTemplate, Photo

from . import caption_choice, caption_words, widgets
from .caption_advice import Adviser
from .caption_fields import ALT_AIM, ALT_MOST, ALWAYS, COLUMNS, FIRST, columns_of, fields_for
from .caption_filling import Filling, kept_from
from .caption_rows import put_advice, put_preview, rows_of
from .site import publication_of

USUAL_COLUMNS = ("credit",)


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
            "media": widgets.media(request.csp_nonce, "captions"),
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
    day = timezone.now() - timedelta(hours=24)
    last = Batch.objects.filter(by=user, at__gt=day).first()
    return last if last and not last.undone_at and last.changes else None
