"""A story's fields as a save carries them: read and cleaned, made ready for the merge, put back into what `put` takes.

As they travel, relations are what the form holds: numbers of rows, names of tags (docs/saving.md). The merge knows rows
by uuids; so a number becomes a uuid that says it, and so does a tag's name.
"""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _

from articles.body.changes import InvalidChange
from articles.body.characters import clean_text, fit
from articles.body.links import is_uuid, shown
from articles.body.slug import slug as make_slug
from articles.models import Attachment, Author, Photo, PhotoStatus, Publication, Role, Section, Story
from articles.models.snapshots import FIELDS

from .errors import NotAllowed, Refused

User = AbstractBaseUser | None
MOST_ROWS = 200  # authors, tags, related stories, pictures
TEXTS = tuple(name for name in FIELDS if name not in ("subheads", "body"))
PICTURE = {"role": Role.TEXT.value, "caption": "", "alt": "", "decorative": False, "crop": None}


def held(story: Story) -> dict[str, Any]:
    """The fields of `story` as it is stored."""
    return {name: getattr(story, name) for name in (*TEXTS, "subheads")} | {
        "section": story.section_id,
        "authors": list(story.authors.order_by("byline__order", "byline__id").values_list("pk", flat=True)),
        "tags": list(story.tags.order_by("story_tags__id").values_list("name", flat=True)),
        "related": list(story.related_from.values_list("other_id", flat=True)),
        "attachments": [
            {"uuid": str(row.uuid), "photo": str(row.photo.uuid)} | {name: getattr(row, name) for name in PICTURE}
            for row in story.attachments.select_related("photo")
        ],
    }


# -- Reading


def read(name: str, value: object) -> Any:
    """`value` of the field `name` as it would be stored; None is an empty one. Raises InvalidChange."""
    if name not in READERS:
        raise InvalidChange(_("A story has no “%(name)s”.") % {"name": shown(name)})
    return READERS[name](value)


def _wrong(value: object) -> InvalidChange:
    return InvalidChange(
        _("The save did not arrive whole: “%(value)s” stands in the wrong place.") % {"value": shown(value)}
    )


def _text(value: object) -> str:
    if not isinstance(value, str | None):
        raise _wrong(value)
    return clean_text(value or "").strip()


def one_line(value: object) -> str:
    """`value`, a string or None, as one line that can be stored. Raises InvalidChange."""
    return clean_text(fit(_text(value))).strip()


def _slug(value: object) -> str:
    line = one_line(value)
    return make_slug(line) if line else ""


def _list(one: Callable[[object], Any]) -> Callable[[object], list]:
    def read_list(value: object) -> list:
        if value is None:
            return []
        if not isinstance(value, list):
            raise _wrong(value)
        if len(value) > MOST_ROWS:
            raise InvalidChange(_("At most %(most)d are kept in one list.") % {"most": MOST_ROWS})
        return [item for item in map(one, value) if item]

    return read_list


def _once(one: Callable[[object], Any]) -> Callable[[object], list]:
    return lambda value: list(dict.fromkeys(_list(one)(value)))


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < 2**63:
        raise _wrong(value)
    return value


def _number_or_none(value: object) -> int | None:
    return None if value is None else _number(value)


def _uuid(value: object) -> str:
    if not is_uuid(value):
        raise _wrong(value)
    return str(UUID(value))


def _picture(value: object) -> dict:
    if not isinstance(value, dict) or value.keys() - PICTURE.keys() - {"uuid", "photo"}:
        raise _wrong(value)
    given = PICTURE | value
    if given["role"] not in Role.values or not isinstance(given["decorative"], bool):
        raise _wrong(given["role"])
    return {
        "uuid": _uuid(given.get("uuid")),
        "photo": _uuid(given.get("photo")),
        "role": given["role"],
        "caption": _text(given["caption"]),
        "alt": _text(given["alt"]),
        "decorative": given["decorative"],
        "crop": _crop(given["crop"]),
    }


def _pictures(value: object) -> list[dict]:
    rows = _list(_picture)(value)
    if len({row["uuid"] for row in rows}) != len(rows):
        raise InvalidChange(_("The save has one picture in two places."))
    return rows


def _crop(value: object) -> list[int] | None:
    if value is None:
        return None
    whole = isinstance(value, list) and len(value) == 4 and all(type(one) is int and 0 <= one <= 1000 for one in value)
    if not whole or not value[2] or not value[3] or value[0] + value[2] > 1000 or value[1] + value[3] > 1000:
        raise InvalidChange(_("A crop lies outside its picture."))
    return value


READERS: dict[str, Callable[[object], Any]] = dict.fromkeys(TEXTS, one_line) | {
    "summary": _text,
    "slug": _slug,
    "subheads": _list(one_line),
    "section": _number_or_none,
    "authors": _once(_number),
    "related": _once(_number),
    "tags": _once(one_line),
    "attachments": _pictures,
}

# -- For the merge


def for_merge(name: str, value: Any) -> Any:
    """`value` of the field `name` as the merge takes it."""
    if name in ("authors", "related"):
        return [str(UUID(int=number)) for number in value]
    return [_tag(word) for word in value] if name == "tags" else value


def from_merge(name: str, value: Any, tags: Mapping[str, str]) -> Any:
    """The other way; `tags` are the names by what `for_merge` made of them."""
    if name in ("authors", "related"):
        return [UUID(uuid).int for uuid in value]
    return [tags[uuid] for uuid in value] if name == "tags" else value


def tags_by_uuid(*lists: list[str]) -> dict[str, str]:
    """The names in `lists` by what `for_merge` makes of them."""
    return {_tag(word): word for words in lists for word in words}


def _tag(name: str) -> str:
    return str(uuid5(NAMESPACE_OID, name))


# -- For storing


def content(story: Story, changed: Mapping[str, Any], before: Mapping[str, Any], *, by: User) -> dict[str, Any]:
    """What `content.put` takes, of the `changed` fields of `story` (`before`: all of them as stored).

    The language comes first, for tags are words of it. Raises Refused for what does not exist or is not this story's.
    """
    found: dict[str, Any] = {}
    if "language" in changed:
        found["language"] = _language(story, changed["language"])
        found["tags"] = before["tags"]
    for name, value in changed.items():
        if name == "section":
            found[name] = _section(value)
        elif name == "authors":
            found[name] = _rows(Author, value, _("There is no such author any more."))
        elif name == "related":
            found[name] = _rows(Story, value, _("There is no such story any more."))
        elif name == "attachments":
            found[name] = _attachments(story, value, before[name], by)
        else:
            found[name] = value
    return found


def _language(story: Story, language: str) -> str:
    if language not in Publication.objects.current().languages:
        raise Refused(_("The outlet does not publish in “%(language)s”.") % {"language": shown(language)})
    if story.siblings().filter(language=language).exists():
        raise Refused(_("The story has a sibling in this language already."))
    return language


def _section(number: int | None) -> Section | None:
    section = Section.objects.filter(pk=number).first()
    if number and section is None:
        raise Refused(_("There is no such section any more."))
    return section


def _rows(model, numbers: list[int], sentence: str) -> list:
    rows = model.objects.in_bulk(numbers)
    if len(rows) != len(numbers):
        raise Refused(sentence)
    return [rows[number] for number in numbers]


def _attachments(story: Story, rows: list[dict], before: list[dict], by: User) -> list[dict]:
    """The rows with their photos. What is new among them must be there, and be the person's to use."""
    known = {row["uuid"]: row["photo"] for row in before}
    new = [row for row in rows if known.get(row["uuid"]) != row["photo"]]
    if new and by and not by.has_perm("articles.view_photo"):
        raise NotAllowed(_("You may not use the pictures of the library."))
    refuse_others(story, [row["uuid"] for row in new])
    photos = {str(photo.uuid): photo for photo in Photo.objects.filter(uuid__in=[row["photo"] for row in rows])}
    for row in new:
        if row["photo"] not in photos or photos[row["photo"]].status == PhotoStatus.WITHDRAWN:
            raise Refused(_("There is no such picture in the library."))
    return [row | {"photo": photos[row["photo"]]} for row in rows]


def refuse_others(story: Story, uuids: list[str]) -> None:
    """Raise Refused if one of these attachments belongs to another story."""
    if Attachment.objects.filter(uuid__in=uuids).exclude(story=story).exists():
        raise Refused(_("That picture belongs to another story. Take it from the library instead."))
