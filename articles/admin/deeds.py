"""Deeds: what the lines of the audit log say, in words: who did it, what it was, and to which thing."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.body.lists import listed
from articles.models import AuditLine

# By the name of the verb, as `changing()` notes it. A test holds that none is missing.
DEEDS: dict[str, str | Promise] = {
    "add": _("made"),
    "batch": _("wrote a batch"),
    "bin": _("put in the bin"),
    "bring_back": _("brought back"),
    "by_the_clock": _("kept to its dates"),
    "caption": _("captioned"),
    "change": _("changed"),
    "correct": _("corrected"),
    "delete": _("deleted for good"),
    "delete_template": _("deleted"),
    "describe": _("described"),
    "dismiss": _("found not worth sending on"),
    "duplicate": _("duplicated"),
    "edit": _("wrote"),
    "frame": _("cropped"),
    "hand_out": _("downloaded the original"),
    "illustrate": _("put pictures in"),
    "keep_version": _("kept a version"),
    "keep_words": _("kept the words it had"),
    "make_collection": _("made"),
    "name_keepers": _("named who may know the source"),
    "note": _("wrote a note"),
    "open": _("opened"),
    "publish": _("published"),
    "put_in_collection": _("put pictures in"),
    "rate": _("rated"),
    "readdress": _("changed the address of"),
    "redirect": _("sent on"),
    "replace": _("replaced the file"),
    "return": _("sent back"),
    "save": _("saved"),
    "settle": _("settled a clash"),
    "share": _("shared"),
    "siblings": _("changed its siblings"),
    "start": _("began"),
    "submit": _("handed in"),
    "take": _("took in"),
    "take_back": _("took back"),
    "take_out_of_bin": _("took out of the bin"),
    "take_out_of_collection": _("took pictures out"),
    "take_redirect_away": _("took away"),
    "take_up": _("took up again"),
    "template": _("saved"),
    "turn": _("turned"),
    "undo_batch": _("undid a batch"),
    "withdraw": _("withdrew"),
    "withdraw_link": _("withdrew the link"),
}
# Who is named where nobody is signed in.
DOORS = {
    "": _("the operator"),
    "clock": _("the clock"),
    "share link": _("somebody with the link"),
    **dict.fromkeys(("empty_bin", "import_photos", "import_story", "make_load"), _("the operator")),
}
# The details that are words, or a number people know.
TOLD = ("reason", "name", "headline", "text", "slug", "path", "leads_to", "format", "people", "language")

# Things with a screen of their own, and what of their rows is too large to read for a name.
WITH_A_SCREEN = {"story": ("body",), "photo": ("metadata",), "section": (), "author": (), "tag": ()}


def deed(line: AuditLine) -> str:
    """The deed of `line` in words; one that has none yet by its own name."""
    return str(DEEDS.get(line.kind, line.kind))


def person(line: AuditLine) -> str:
    """Who did it: the name they sign in with, or the door it came through."""
    return str(DOORS.get(line.by_name, line.by_name))


def noun(line: AuditLine) -> str:
    """What kind of thing it was done to."""
    model = _model(line.what)
    return str(model._meta.verbose_name) if model else line.what


def details(line: AuditLine) -> str:
    """What else the line says, as far as it is words: which fields, why, by what name."""
    said = line.details if isinstance(line.details, dict) else {}
    parts = [_label(line.what, name) for name in said.get("changed") or []]
    for name in TOLD:
        value = said.get(name)
        parts += [str(one) for one in (value if isinstance(value, list) else [value]) if one]
    return listed(parts)


def name(lines: Iterable[AuditLine]) -> None:
    """Put on each of `lines` the thing it is about: `about` (its name now, "" where it is gone) and `screen`, its
    address in the admin or "". One query for each kind of thing."""
    wanted: dict[str, dict[UUID, list[AuditLine]]] = {}
    for line in lines:
        line.about = line.screen = ""
        what, uuid = _subject(line)
        wanted.setdefault(what, {}).setdefault(uuid, []).append(line)
    for what, deferred in WITH_A_SCREEN.items():
        by_uuid = wanted.get(what, {})
        rows = _model(what)._default_manager.filter(uuid__in=by_uuid).defer(*deferred) if by_uuid else ()
        for row in rows.prefetch_related("words") if by_uuid and what in ("section", "author") else rows:
            for line in by_uuid[row.uuid]:
                line.about, line.screen = str(row), reverse(f"admin:articles_{what}_change", args=[row.pk])


def _subject(line: AuditLine) -> tuple[str, UUID]:
    """The thing that people know it by: of a share link its story, else the thing itself."""
    story = line.details.get("story") if line.what == "sharelink" and isinstance(line.details, dict) else None
    try:
        return ("story", UUID(story)) if story else (line.what, line.what_uuid)
    except (TypeError, ValueError, AttributeError):
        return line.what, line.what_uuid


def _model(what: str) -> type[Model] | None:
    try:
        return apps.get_model("articles", what)
    except LookupError:
        return None


def _label(what: str, field: Any) -> str:
    """What people call a field of a thing."""
    model = _model(what)
    try:
        known = model._meta.get_field(str(field)) if model else None
    except FieldDoesNotExist:
        known = None
    if known is None:
        return str(field)
    related = known.related_model._meta.verbose_name_plural if known.related_model else ""
    return str(getattr(known, "verbose_name", "") or related or field)
