"""Saving while one writes: change sets, polls, clashes, kept versions, as JSON. The contract is docs/saving.md."""

from uuid import UUID

from django.http import Http404, HttpRequest, JsonResponse
from django.urls import path, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from articles.desk import clashes as clashing
from articles.desk import editing, fields, sittings, snapshots, stories
from articles.desk.editing import Edited, Fresh
from articles.desk.errors import NotAllowed, Refused
from articles.models import Clash, Kind, Photo, Publication, Section, Story

from . import moments, renditions, story_moves
from .json_door import json_door, read_json


def urls(site) -> list:
    """The addresses of saving, for the urls of the story's screens. `site` knows who may come in."""
    door = json_door(site)
    return [
        path("begin/", door(begin), name="articles_story_begin"),
        path("<int:number>/save/", door(save), name="articles_story_save"),
        path("<int:number>/state/", door(state, methods=("GET", "POST")), name="articles_story_state"),
        path("<int:number>/clashes/<uuid:uuid>/", door(settle), name="articles_story_clash"),
        path("<int:number>/keep/", door(keep), name="articles_story_keep"),
    ]


def begin(request: HttpRequest) -> JsonResponse:
    """An empty draft for a story that has no number yet. Its uuid is the save's, so that sent twice it is one."""
    given = read_json(request)
    uuid, by = _uuid(given, "save"), request.user
    language = given.get("language")
    if not isinstance(language, str):
        raise _not_whole()
    story = Story.objects.filter(uuid=uuid).first()
    if story and story.started_by_id != by.pk:
        raise Refused(_("A save goes by a name that is taken. Send it again under another."))
    made = story is None
    story = story or stories.start(language=language, by=by, uuid=uuid)
    address = reverse("admin:articles_story_change", args=[story.pk])
    edited = Edited(story.version, editing.fresh(story, 0))
    return _answer(request, story, edited, {"number": story.pk, "address": address}, status=201 if made else 200)


def save(request: HttpRequest, number: int) -> JsonResponse:
    """A change set, laid on the story as it is now."""
    story, given = _story(request, number), read_json(request)
    token, block = _presence(given)
    edited = editing.edit(
        story, given.get("change"), by=request.user, save=_uuid(given, "save"), version=_version(given, "version")
    )
    return _answer(request, story, edited, people=_people(request, story, token, block))


def state(request: HttpRequest, number: int) -> JsonResponse:
    """What changed since a version, and who else is here."""
    story = _story(request, number)
    if request.method == "GET":
        since = request.GET.get("since", "")
        given = {"since": int(since) if since.isdecimal() and since.isascii() and len(since) < 12 else 0}
    else:
        given = read_json(request)
    token, block = _presence(given)
    if token and given.get("leave") is True:
        sittings.leave(token, user=request.user)
        return JsonResponse({})
    edited = Edited(story.version, editing.fresh(story, _version(given, "since")))
    return _answer(request, story, edited, people=_people(request, story, token, block))


def settle(request: HttpRequest, number: int, uuid: UUID) -> JsonResponse:
    """A choice made in a clash."""
    story, given = _story(request, number), read_json(request)
    clash = Clash.objects.filter(story=story, uuid=uuid).first()
    if clash is None:
        raise Http404
    clash.story = story
    choice = given.get("choice")
    if not isinstance(choice, str):
        raise _not_whole()
    edited = editing.settle(clash, choice, by=request.user, version=_version(given, "version"))
    return _answer(request, story, edited)


def keep(request: HttpRequest, number: int) -> JsonResponse:
    """ "Keep this version", with its name."""
    story, given = _story(request, number), read_json(request)
    name = given.get("name")
    if not isinstance(name, str):
        raise _not_whole()
    revision = snapshots.keep_version(story, name, by=request.user)
    edited = Edited(story.version, editing.fresh(story, _version(given, "version")))
    said = {"revision": {"number": revision.number, "name": revision.name}}
    return _answer(request, story, edited, said, status=201)


# -- What comes in


def _story(request, number: int) -> Story:
    story = Story.objects.select_related("live_edition", "changed_by").filter(pk=number).first()
    if story is None:
        raise Http404
    if not (request.user.has_perm("articles.view_story") or story.changeable_by(request.user)):
        raise NotAllowed(_("You may not see this story."))
    return story


def _not_whole() -> Refused:
    return Refused(_("The save did not arrive whole."))


def _uuid(given: dict, name: str) -> UUID:
    value = given.get(name)
    try:
        return UUID(value)
    except (AttributeError, TypeError, ValueError) as error:
        raise _not_whole() from error


def _version(given: dict, name: str) -> int:
    value = given.get(name) or 0
    if not isinstance(value, int) or isinstance(value, bool):
        raise _not_whole()
    return value if 0 < value < 2**31 else 0


def _presence(given: dict) -> tuple[UUID | None, str]:
    block = given.get("block")
    token = None if given.get("token") in (None, "") else _uuid(given, "token")
    return token, fields.one_line(block)


# -- What goes out


def _answer(
    request, story: Story, edited: Edited, said: dict | None = None, *, people=None, status=200
) -> JsonResponse:
    publication, fresh = Publication.objects.current(), edited.fresh
    changed = bool(fresh.fields or fresh.blocks or fresh.order is not None)
    answer = {
        "version": edited.version,
        "changed": changed,
        "saved_at": story.changed_at.isoformat(),
        "saved": moments.said(story.changed_at, publication),
        "status": story.status,
        "standing": story_moves.standing(story),
        "state": _state(story, fresh),
        "by": sorted({name_of(person) for person in fresh.people}),
        "clashes": [_clash(clash, request.user) for clash in story.clashes.open().select_related("by")],
        "people": _people(request, story, None, "") if people is None else people,
    }
    return JsonResponse(answer | (said or {}), status=status)


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


def _people(request, story: Story, token: UUID | None, block: str) -> list[dict]:
    rows = sittings.sit(story, request.user, token, block) if token else sittings.here(story)
    return [
        {"name": name_of(row.user), "own": row.user == request.user, "block": row.block, "seconds": row.seconds}
        for row in rows
    ]
