"""What may be done with many photos at once: put the same words to them, and take that back.

Fields are the photo's FACTS, and for each language `caption:en`, `alt:en`, `decorative:en`.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import nullcontext
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.body.characters import clean_text
from articles.models import Batch, CaptionTemplate, Photo, Publication

from . import captions, photos
from .changing import changing, together
from .errors import NotAllowed, Refused
from .held import current_caption, holding, is_held

User = AbstractBaseUser | None
MOST = 500  # photos in one batch: it is one transaction
WORDS = {"caption": "text", "alt": "alt", "decorative": "decorative"}
# What is one photo's own affair, or has a screen of its own.
ALONE = {"hide_source", "focal_x", "focal_y"}
Values = Mapping[str, Any]


def fields() -> list[str]:
    """The fields that a batch may fill, those of captions for each language of the outlet."""
    languages = Publication.objects.current().languages
    return [name for name in photos.FACTS if name not in ALONE] + [
        f"{one}:{code}" for code in languages for one in WORDS
    ]


def apply(found: Iterable[Photo], values: Callable[[Photo, int], Values], *, by: User) -> Batch:
    """Give each of `found` the fields that `values(photo, number)` gives for it (the first is 1); all of it or nothing.

    Fields it leaves out stay as they are. Raises Refused or NotAllowed, its sentence naming the photo.
    """
    numbers = list(dict.fromkeys(photo.pk for photo in found))
    if not numbers:
        raise Refused(_("No picture is chosen."))
    if len(numbers) > MOST:
        raise Refused(_("At most %(most)d pictures are changed at once.") % {"most": MOST})
    batch = Batch(by=by)
    known = set(fields())
    with changing(batch, "batch", by=by) as details, holding(numbers) as held:
        for number, pk in enumerate(numbers, 1):
            photo = held.get(pk)  # none: it was deleted a moment ago
            if photo and (changed := put(photo, values(photo, number), by=by, known=known)):
                batch.changes[str(photo.uuid)] = changed
        details["photos"] = len(batch.changes)
    return batch


def undo(batch: Batch, *, by: User) -> list[str]:
    """Put back what `batch` changed, but for what was changed again since: gives a sentence for each of those."""
    kept = []
    with changing(batch, "undo_batch", by=by):
        if batch.undone_at:
            raise NotAllowed(_("That batch is undone already."))
        if by and batch.by_id != by.pk and not by.has_perm("articles.change_any_story"):
            raise NotAllowed(_("That batch is another's: only they or an editor can undo it."))
        numbers = dict(Photo.objects.filter(uuid__in=batch.changes).values_list("uuid", "pk"))
        known = set(fields())
        with holding(numbers.values()) as held:
            for uuid, changed in batch.changes.items():
                photo = held.get(numbers.get(UUID(uuid)))
                if photo is None:
                    continue
                now = {name: read(photo, name) for name in changed}
                back = {name: before for name, (before, after) in changed.items() if now[name] == after}
                put(photo, back, by=by, known=known)
                if len(back) < len(changed):
                    kept.append(_("“%(photo)s” was changed again since: that stays.") % {"photo": photo})
        batch.undone_at = timezone.now()
    return kept


def save_template(name: str, values: Values, *, by: User) -> CaptionTemplate:
    """Keep `values` (field to text, variables as typed) under `name`; one of that name is overwritten."""
    name = clean_text(name).strip()
    if not name:
        raise Refused(_("Give the template a name."))
    known = set(fields())
    template = CaptionTemplate.objects.filter(name=name).first() or CaptionTemplate(name=name[:120])
    with changing(template, "template", by=by):
        template.fields = {field: value for field, value in values.items() if field in known}
        template.by = by
    return template


def delete_template(template: CaptionTemplate, *, by: User) -> None:
    """Delete a saved template: its maker may, and who may change any story."""
    if by and template.by_id != by.pk and not by.has_perm("articles.change_any_story"):
        raise NotAllowed(
            _("“%(name)s” is another's template: only they or an editor can delete it.") % {"name": template}
        )
    with together():
        with changing(template, "delete_template", by=by) as details:
            details["name"] = template.name
        template.delete()


def read(photo: Photo, field: str) -> Any:
    """The value of `field` of `photo` now, as JSON can hold it."""
    kind, _colon, language = field.partition(":")
    if not language:
        value = getattr(photo, field)
        return value.isoformat() if hasattr(value, "isoformat") else value
    row = current_caption(photo, language)
    return getattr(row, WORDS[kind]) if row else (False if kind == "decorative" else "")


def put(
    photo: Photo, values: Values, *, by: User, door: str = "", known: Collection[str] | None = None
) -> dict[str, list]:
    """Change `photo` by its own verbs: all of `values` or nothing. Gives field to [before, after] of what changed.

    `known` are `fields()`, where who asks has them already. Raises Refused or NotAllowed; the sentence names the photo.
    """
    unknown = sorted(set(values) - set(fields() if known is None else known))
    if unknown:
        raise Refused(_("A photo has no field “%(name)s”.") % {"name": unknown[0]})
    before = {name: read(photo, name) for name in values}
    try:
        with nullcontext() if is_held(photo) else together():
            facts = {name: value for name, value in values.items() if ":" not in name}
            if facts:
                photos.describe(photo, by=by, door=door, **facts)
            for language in dict.fromkeys(name.partition(":")[2] for name in values if ":" in name):
                _put_words(photo, language, values, by, door)
    except (Refused, NotAllowed) as error:
        raise type(error)(f"{photo}: {error}") from error
    after = {name: read(photo, name) for name in values}
    return {name: [before[name], after[name]] for name in values if before[name] != after[name]}


def _put_words(photo: Photo, language: str, values: Values, by: User, door: str) -> None:
    """Write the caption of `photo` in `language` with what `values` says of it; the rest of it stays."""
    said = {WORDS[kind]: values.get(f"{kind}:{language}", read(photo, f"{kind}:{language}")) for kind in WORDS}
    if said["alt"] and f"alt:{language}" in values and f"decorative:{language}" not in values:
        said["decorative"] = False
    captions.caption(photo, language, by=by, door=door, **said)
