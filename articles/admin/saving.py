"""Saving while one writes: change sets, polls, clashes, kept versions, as JSON. The contract is docs/saving.md."""

from uuid import UUID

from django.http import Http404, HttpRequest, JsonResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from articles.desk import editing, fields, siblings, sittings, snapshots, stories
from articles.desk.changing import together
from articles.desk.editing import Edited
from articles.desk.errors import NotAllowed, Overtaken, Refused
from articles.models import Clash, Story

from . import saved, story_moves
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
        path("<int:number>/siblings/", door(put_siblings), name="articles_story_put_siblings"),
        path("<int:number>/move/", door(move), name="articles_story_move"),
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
    return saved.answer(request, story, edited, {"number": story.pk, "address": address}, status=201 if made else 200)


def save(request: HttpRequest, number: int) -> JsonResponse:
    """A change set, laid on the story as it is now."""
    story, given = _story(request, number), read_json(request)
    token, block = _presence(given)
    edited = editing.edit(
        story, given.get("change"), by=request.user, save=_uuid(given, "save"), version=_version(given, "version")
    )
    said = {"repeated": True} if edited.repeated else {}
    said |= saved.bar(request, story, given)
    return saved.answer(request, story, edited, said, present=saved.people(request, story, token, block))


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
    said = saved.bar(request, story, given)
    return saved.answer(request, story, edited, said, present=saved.people(request, story, token, block))


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
    return saved.answer(request, story, edited)


def keep(request: HttpRequest, number: int) -> JsonResponse:
    """ "Keep this version", with its name."""
    story, given = _story(request, number), read_json(request)
    name = given.get("name")
    if not isinstance(name, str):
        raise _not_whole()
    revision = snapshots.keep_version(story, name, by=request.user)
    edited = Edited(story.version, editing.fresh(story, _version(given, "version")))
    said = {"revision": {"number": revision.number, "name": revision.name}}
    return saved.answer(request, story, edited, said, status=201)


def put_siblings(request: HttpRequest, number: int) -> JsonResponse:
    """The story's siblings, by their numbers: they are no part of a save."""
    story, given = _story(request, number), read_json(request)
    wanted = fields.read("related", given.get("siblings"))
    found = Story.objects.kept().in_bulk(wanted)
    if len(found) != len(wanted):
        raise Refused(_("There is no such story any more."))
    siblings.put(story, found.values(), by=request.user)
    edited = Edited(story.version, editing.fresh(story, _version(given, "version")))
    return saved.answer(request, story, edited, saved.bar(request, story, given))


def move(request: HttpRequest, number: int) -> JsonResponse:
    """What a button of the screen says, once all on the screen is saved. Refused where somebody saved meanwhile: the
    browser takes that in first, and nobody publishes what they have not seen."""
    story, given = _story(request, number), read_json(request)
    name, answers = given.get("do"), given.get("answers", {})
    if not isinstance(name, str) or not isinstance(answers, dict):
        raise _not_whole()
    answers = {str(key): value for key, value in answers.items() if isinstance(value, str)}
    with together():
        story = Story.objects.select_for_update().get(pk=story.pk)
        if story.version != _version(given, "version"):
            raise Overtaken(_("Somebody saved at this moment: their words come in first."))
        address = story_moves.follow(request, story, name, answers)
    return JsonResponse({"address": address})


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
