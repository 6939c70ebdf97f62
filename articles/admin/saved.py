"""What the writing room is answered: the story's state, whose changes came in, clashes, people. See docs/saving.md."""

from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from articles.desk import clashes as clashing
from articles.desk import sittings
from articles.desk.editing import Deed, Edited, Fresh
from articles.models import Clash, Kind, Photo, Publication, Section, Story

from . import moments, renditions, story_bar, story_moves


def bar(request: HttpRequest, story: Story, given: dict) -> dict:
    """The bar's buttons, where the browser shows other ones."""
    known = given.get("bar")
    made = story_bar.parts(request, story, known) if isinstance(known, str) else None
    return {"bar": made} if made else {}


def answer(
    request, story: Story, edited: Edited, said: dict | None = None, *, present=None, status=200
) -> JsonResponse:
    """A story as it stands after what was asked (docs/saving.md), and whatever else is `said`."""
    publication, fresh = Publication.objects.current(), edited.fresh
    changed = bool(fresh.fields or fresh.blocks or fresh.order is not None)
    found = {
        "version": edited.version,
        "changed": changed,
        "saved_at": story.changed_at.isoformat(),
        "saved": moments.said(story.changed_at, publication),
        "status": story.status,
        "standing": story_moves.standing(story),
        "state": _state(story, fresh),
        "by": sorted({name_of(deed.by) for deed in fresh.deeds}),
        "came": [_deed(deed, request.user, publication) for deed in fresh.deeds],
        "clashes": [_clash(clash, request.user) for clash in story.clashes.open().select_related("by")],
        "people": people(request, story, None, "") if present is None else present,
    }
    return JsonResponse(found | (said or {}), status=status)


def _deed(deed: Deed, user, publication: Publication) -> dict:
    return {
        "name": name_of(deed.by),
        "own": deed.by == user,
        "at": moments.said(deed.at, publication),
        "fields": deed.fields,
        "blocks": deed.blocks,
    }


def name_of(person) -> str:
    """A colleague as the desk calls them."""
    return person.get_full_name() or person.get_username()


def _state(story: Story, fresh: Fresh) -> dict:
    return {
        "whole": fresh.whole,
        "fields": fresh.fields,
        "blocks": fresh.blocks,
        "order": fresh.order,
        "pictures": _pictures(story, fresh.fields.get("attachments", ())),
    }


def _pictures(story: Story, rows) -> dict[str, dict]:
    """What the library says of the pictures in `rows`, by their attachments' uuids."""
    wanted = [row["photo"] for row in rows]
    photos = {str(photo.uuid): photo for photo in Photo.objects.filter(uuid__in=wanted).prefetch_related("captions")}
    found = {}
    for row in rows:
        photo = photos[row["photo"]]
        words = photo.caption_in(story.language)
        found[row["uuid"]] = {
            "thumbnail": renditions.address(photo),
            "caption": words.text if words else "",
            "alt": words.alt if words else "",
            "decorative": bool(words and words.decorative),
        }
    return found


def _clash(clash: Clash, user) -> dict:
    return {
        "uuid": str(clash.uuid),
        "kind": clash.kind,
        "name": clash.name,
        "item": clash.item,
        "base": clash.base,
        "mine": clash.mine,
        "theirs": clash.theirs,
        "both": clash.both,
        "choices": clashing.choices(clash),
        "shown": {side: _shown(clash.name, getattr(clash, side)) for side in ("mine", "theirs")},
        "by": name_of(clash.by) if clash.by else "",
        "own": clash.by_id == user.pk,
        "at": clash.at.isoformat(),
    }


def _shown(name: str, value) -> str:
    """Words for a value that is a key."""
    if name == "kind":
        return str(dict(Kind.choices).get(value, value))
    if name == "section":
        section = Section.objects.filter(pk=value).first()
        return section.name_in(get_language()) if section else _("No section")
    return value if name == "language" else ""


def people(request, story: Story, token: UUID | None, block: str) -> list[dict]:
    """Who else is in `story`, with the word of the tab called `token` that it is in `block`."""
    rows = sittings.sit(story, request.user, token, block) if token else sittings.here(story)
    return [
        {"name": name_of(row.user), "own": row.user == request.user, "block": row.block, "seconds": row.seconds}
        for row in rows
    ]
