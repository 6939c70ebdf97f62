"""Snapshots put back: a whole version of a story, or one block of it, as a new change to the working copy."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.body import document
from articles.body.characters import clean_text
from articles.models import Author, Photo, Revision, Role, Section, Story, Tag
from articles.models.snapshots import FIELDS

from . import attachments, revisions, stories
from .changing import changing
from .content import FIXED
from .errors import NotAllowed, Refused

User = AbstractBaseUser | None
_WORDS = ("role", "caption", "alt", "decorative", "crop")


def keep_version(story: Story, name: str, *, by: User) -> Revision:
    """Keep the working copy as it is now under `name`, for good. Raises Refused for a version without a name."""
    name = " ".join(clean_text(name).split())
    most = Revision._meta.get_field("name").max_length
    if not name:
        raise Refused(_("Give the version a name: by it you will find it again."))
    if len(name) > most:
        raise Refused(
            _("“%(field)s” has %(length)d characters; at most %(most)d are kept.")
            % {"field": Revision._meta.get_field("name").verbose_name, "length": len(name), "most": most}
        )
    with changing(story, "keep_version", by=by) as details:
        stories.check_kept(story)
        if by and not story.changeable_by(by):
            raise NotAllowed(_("You may not change “%(story)s”: it is another's story.") % {"story": story})
        details["name"] = name
        return revisions.keep(story, by=by, reason="keep", name=name)


def restore(story: Story, snapshot: Mapping[str, Any], *, by: User, version: int | None = None) -> list[str]:
    """Put a whole version back: fields, text, section, byline, tags, related stories, pictures under their own uuids.

    The state before is kept as a revision, so that putting back can be put back. `version` is the story's as the
    editor saw it. Gives a sentence for each gap: what the newsroom no longer has. Raises what `stories.save` raises,
    and InvalidDocument for a text that today's rules do not take.
    """
    gaps: list[str] = []
    with _as_it_is_now(story):
        content = {name: snapshot[name] for name in FIELDS if name in snapshot}
        for name in FIXED:
            if story.first_published_at or (name == "language" and _taken(story, content.get(name, story.language))):
                content.pop(name, None)
        content |= {
            "section": _section(snapshot.get("section"), gaps),
            "authors": _authors(snapshot.get("authors") or [], gaps),
            "tags": _tags(snapshot.get("tags") or [], content.get("language", story.language)),
            "related": _related(snapshot.get("related") or [], gaps),
            "attachments": _pictures(snapshot.get("attachments") or [], gaps),
        }
        _put_back(story, content, by, version)
    return gaps


def restore_block(
    story: Story, snapshot: Mapping[str, Any], block_id: str, *, by: User, version: int | None = None
) -> list[str]:
    """Put one block of a version back, with its pictures: in the place of what became of it, else behind the block it
    stood behind. Gives and raises what `restore` does, and Refused where that version has no such block."""
    then = (snapshot.get("body") or {}).get("content") or []
    block = next((one for one in then if one["attrs"]["id"] == block_id), None)
    if block is None:
        raise Refused(_("There is no such block in that version."))
    gaps: list[str] = []
    with _as_it_is_now(story):
        now = list((story.body or {}).get("content") or [])
        places = {one["attrs"]["id"]: place for place, one in enumerate(now)}
        if block_id in places:
            now[places[block_id]] = block
        else:
            now.insert(_place(then, block_id, places), block)
        content: dict[str, Any] = {"body": {"type": "doc", "content": now}}
        shown = set(document.attachments({"type": "doc", "content": [block]}))
        rows = [row for row in snapshot.get("attachments") or [] if row["uuid"] in shown]
        if rows:
            content["attachments"] = _among(attachments.current(story), _pictures(rows, gaps))
        _put_back(story, content, by, version)
    return gaps


def restore_place(
    story: Story, snapshot: Mapping[str, Any], block_id: str, *, by: User, version: int | None = None
) -> list[str]:
    """Move one block back to where it stood in a version, its words as they are now. Gives and raises what
    `restore_block` does."""
    then = (snapshot.get("body") or {}).get("content") or []
    with _as_it_is_now(story):
        now, block = _without(story, block_id)
        if block_id not in {one["attrs"]["id"] for one in then}:
            raise Refused(_("There is no such block in that version."))
        places = {one["attrs"]["id"]: place for place, one in enumerate(now)}
        now.insert(_place(then, block_id, places), block)
        _put_back(story, {"body": {"type": "doc", "content": now}}, by, version)
    return []


def take_out(
    story: Story, snapshot: Mapping[str, Any], block_id: str, *, by: User, version: int | None = None
) -> list[str]:
    """Take out one block that has come since a version. Its pictures stay with the story. Raises what `restore_block`
    does, and Refused for a block which that version has."""
    then = (snapshot.get("body") or {}).get("content") or []
    if block_id in {one["attrs"]["id"] for one in then}:
        raise Refused(_("That version has this block too: nothing was added."))
    with _as_it_is_now(story):
        now, _block = _without(story, block_id)
        _put_back(story, {"body": {"type": "doc", "content": now}}, by, version)
    return []


def _without(story: Story, block_id: str) -> tuple[list[dict], dict]:
    """The story's blocks but one, and that one. Raises Refused where it is gone."""
    now = list((story.body or {}).get("content") or [])
    block = next((one for one in now if one["attrs"]["id"] == block_id), None)
    if block is None:
        raise Refused(_("The story has no such block any more."))
    return [one for one in now if one is not block], block


@contextmanager
def _as_it_is_now(story: Story) -> Iterator[None]:
    """One transaction, the story's row locked and read again: what is put back is laid on nothing older."""
    with transaction.atomic():
        story.refresh_from_db(from_queryset=Story.objects.select_for_update())
        yield


def _put_back(story: Story, content: Mapping[str, Any], by: User, version: int | None) -> None:
    revisions.keep(story, by=by, reason="restore")
    stories.save(story, by=by, version=version, **content)


def _place(then: list[dict], block_id: str, places: Mapping[str, int]) -> int:
    """Behind the nearest block before it that is still there, else before the nearest one after it."""
    ids = [one["attrs"]["id"] for one in then]
    at = ids.index(block_id)
    for name in reversed(ids[:at]):
        if name in places:
            return places[name] + 1
    return next((places[name] for name in ids[at + 1 :] if name in places), len(places))


def _among(now: list[dict[str, Any]], back: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The story's pictures `now` with those brought `back` in their places. The story keeps the lead it has."""
    rows = {str(row["uuid"]): row for row in now}
    for row in back:
        held = rows.get(str(row["uuid"]))
        role = held["role"] if held else Role.TEXT if row["role"] == Role.LEAD else row["role"]
        rows[str(row["uuid"])] = row | {"role": role}
    return list(rows.values())


def _taken(story: Story, language: str) -> bool:
    """Whether a sibling has that language by now."""
    return story.language != language and story.siblings().filter(language=language).exists()


def _section(said: Mapping[str, str] | None, gaps: list[str]) -> Section | None:
    if not said:
        return None
    section = Section.objects.filter(uuid=said["uuid"]).first()
    if section is None:
        gaps.append(_("The section “%(section)s” is gone: the story is in none now.") % {"section": said["slug"]})
    return section


def _authors(said: list[Mapping[str, str]], gaps: list[str]) -> list[Author]:
    held = {str(row.uuid): row for row in Author.objects.filter(uuid__in=[one["uuid"] for one in said])}
    for one in said:
        if one["uuid"] not in held:
            gaps.append(
                _("“%(author)s” is no longer among the authors: the byline lacks them.") % {"author": one["name"]}
            )
    return [held[one["uuid"]] for one in said if one["uuid"] in held]


def _tags(said: list[Mapping[str, str]], language: str) -> list[str]:
    """The names of the tags as they are called now; one that is gone is made again."""
    named = dict(
        Tag.objects.filter(uuid__in=[one["uuid"] for one in said], language=language).values_list("uuid", "name")
    )
    named = {str(uuid): name for uuid, name in named.items()}
    return [named.get(one["uuid"], one["name"]) for one in said]


def _related(said: list[str], gaps: list[str]) -> list[Story]:
    held = {str(row.uuid): row for row in Story.objects.kept().filter(uuid__in=said)}
    gone = len([uuid for uuid in said if uuid not in held])
    if gone:
        gaps.append(
            ngettext(
                "%(count)d related story is gone: it is left out.",
                "%(count)d related stories are gone: they are left out.",
                gone,
            )
            % {"count": gone}
        )
    return [held[uuid] for uuid in said if uuid in held]


def _pictures(said: list[Mapping[str, Any]], gaps: list[str]) -> list[dict[str, Any]]:
    """Rows as `stories.save(attachments=...)` takes them, under their own uuids."""
    held = {str(photo.uuid): photo for photo in Photo.objects.filter(uuid__in=[row["photo"] for row in said])}
    gone = [row for row in said if row["photo"] not in held]
    if gone:
        gaps.append(
            ngettext(
                "%(count)d picture is gone from the library: its place in the text is empty.",
                "%(count)d pictures are gone from the library: their places in the text are empty.",
                len(gone),
            )
            % {"count": len(gone)}
        )
    return [
        {"uuid": row["uuid"], "photo": held[row["photo"]]} | {name: row[name] for name in _WORDS if name in row}
        for row in said
        if row["photo"] in held
    ]
