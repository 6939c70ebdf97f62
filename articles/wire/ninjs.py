"""ninjs: a story or a picture as IPTC's JSON for news, in versions 3.1 and 2.2, as other newsrooms' systems take it in.

What is said here is what readers see, and no more: who fills in a `Story` or a `Picture` decides that. Nothing under
embargo is ever handed to it, so "withheld" is a status we never send.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

VERSIONS = ("3.1", "2.2")
CONTENT_TYPE = "application/json"
SCHEMA = "http://www.iptc.org/std/ninjs/ninjs-schema_{version}.json#"
# IPTC's genres (NewsCodes) for our kinds of story, where they have one that means the same.
GENRES = {
    "analysis": "Analysis",
    "opinion": "Opinion",
    "interview": "Interview",
    "feature": "Feature",
    "obituary": "Obituary",
    "review": "Review",
}
GENRE = "http://cv.iptc.org/newscodes/genre/{}"

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Named:
    """A person, a section or a tag: its name, and the absolute address of its page."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class File:
    """A rendition of a picture: absolute address, MIME type, size in pixels."""

    address: str
    type: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as a story shows it. `role` is lead, text or gallery; `creator` is "" where it is not said.

    `source_type` says how it was made (IPTC's digital source types, an address); `published` and `modified` are those
    of the edition whose words these are.
    """

    uuid: UUID
    language: str
    caption: str
    alt: str
    credit: str
    creator: str
    copyright: str
    source_type: str
    files: tuple[File, ...]
    role: str = ""
    published: datetime | None = None
    modified: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sibling:
    """The same story in another language."""

    uuid: UUID
    language: str
    address: str


@dataclass(frozen=True, slots=True)
class Story:
    """A live edition. Addresses are absolute, moments aware; `kind` is its code and `kind_name` its name in words.

    `corrections` are the public notes of what was put right, newest first.
    """

    uuid: UUID
    address: str
    language: str
    number: int
    headline: str
    published: datetime
    issued: datetime
    modified: datetime
    publisher: str
    short_headline: str = ""
    subheads: tuple[str, ...] = ()
    kicker: str = ""
    summary: str = ""
    html: str = ""
    text: str = ""
    words: int = 0
    dateline: str = ""
    agency: str = ""
    kind: str = "news"
    kind_name: str = ""
    section: Named | None = None
    authors: tuple[Named, ...] = ()
    tags: tuple[Named, ...] = ()
    pictures: tuple[Picture, ...] = ()
    siblings: tuple[Sibling, ...] = ()
    corrections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A story that was taken off every page: that it was, when, and the public reason, if one was given."""

    uuid: UUID
    language: str
    number: int
    at: datetime
    note: str = ""


def write(version: str, noun: Story | Picture | Withdrawn) -> Data:
    """`noun` as ninjs of `version`, one of VERSIONS, as plain values for JSON. Nothing empty is in it."""
    rule = {Story: _story, Picture: _picture, Withdrawn: _withdrawn}[type(noun)]
    said = _filled({"standard": _standard(version)} | rule(noun))
    return said if version == "3.1" else _as_of_2_2(said)


def _standard(version: str) -> Data:
    return {"name": "ninjs", "version": version, "schema": SCHEMA.format(version=version)}


def _story(story: Story) -> Data:
    return {
        "uri": story.uuid.urn,
        "type": "text",
        "representationType": "full",
        "profile": "text-photo" if story.pictures else "text-only",
        "version": str(story.number),
        "firstCreated": _moment(story.published),
        "versionCreated": _moment(story.issued),
        "contentCreated": _moment(max(story.modified, story.published)),
        "pubStatus": "usable",
        "language": story.language,
        "title": story.headline,
        "headlines": [
            *_texts("main", story.headline),
            *_texts("short", story.short_headline),
            *_texts("kicker", story.kicker),
            *(one for line in story.subheads for one in _texts("subhead", line)),
        ],
        "descriptions": _texts("summary", story.summary),
        "bodies": _bodies(story),
        "by": ", ".join(author.name for author in story.authors) or story.agency,
        "people": [_named(author) | {"rel": "author"} for author in story.authors],
        "infoSources": [{"name": story.agency, "role": "agency"}] if story.agency else [],
        "located": story.dateline,
        "subjects": [
            *([_named(story.section) | {"rel": "section"}] if story.section else []),
            *(_named(tag) | {"rel": "tag"} for tag in story.tags),
        ],
        "genres": [_genre(story)],
        "copyrightHolder": story.publisher,
        "edNote": "\n".join(story.corrections),
        "renditions": [{"name": "web", "href": story.address, "contentType": "text/html"}],
        "altIds": [{"role": "address", "value": story.address}],
        "associations": [*_pictures(story.pictures), *map(_sibling, story.siblings)],
    }


def _bodies(story: Story) -> list[Data]:
    """The text twice: as HTML, and in plain words, which the counts are of."""
    found = []
    if story.html:
        found.append({"role": "main", "contentType": "text/html", "value": story.html})
    if story.text:
        counts = {"charCount": len(story.text), "wordCount": story.words}
        found.append({"role": "main", "contentType": "text/plain", **counts, "value": story.text})
    return found


def _pictures(pictures: Sequence[Picture]) -> list[Data]:
    """The pictures, each under a name of its own: lead, text-1, text-2, gallery-1."""
    found, numbers = [], dict.fromkeys(("lead", "text", "gallery"), 0)
    for picture in pictures:
        role = picture.role or "text"
        numbers[role] = numbers.get(role, 0) + 1
        name = role if role == "lead" and numbers[role] == 1 else f"{role}-{numbers[role]}"
        found.append(_filled({"name": name, "rel": role} | _picture(picture)))
    return found


def _picture(picture: Picture) -> Data:
    return {
        "uri": picture.uuid.urn,
        "type": "picture",
        "representationType": "full",
        "firstCreated": _moment(picture.published) if picture.published else "",
        "versionCreated": _moment(picture.modified) if picture.modified else "",
        "pubStatus": "usable",
        "language": picture.language,
        "descriptions": [*_texts("caption", picture.caption), *_texts("altText", picture.alt)],
        "by": picture.creator,
        "people": [{"name": picture.creator, "rel": "creator"}] if picture.creator else [],
        "infoSources": [{"name": picture.credit, "role": "credit"}] if picture.credit else [],
        "copyrightNotice": picture.copyright,
        "digitalSourceType": {"uri": picture.source_type} if picture.source_type else {},
        "renditions": [
            {
                "name": f"{file.type.rpartition('/')[2]}-{file.width}",
                "href": file.address,
                "contentType": file.type,
                "width": file.width,
                "height": file.height,
            }
            for file in picture.files
        ],
    }


def _sibling(sibling: Sibling) -> Data:
    return {
        "name": f"translation-{sibling.language}",
        "rel": "translation",
        "uri": sibling.uuid.urn,
        "type": "text",
        "representationType": "partial",
        "language": sibling.language,
        "renditions": [{"name": "web", "href": sibling.address, "contentType": "text/html"}],
    }


def _withdrawn(story: Withdrawn) -> Data:
    """That it is canceled. Nothing of what it said: that may be why."""
    return {
        "uri": story.uuid.urn,
        "type": "text",
        "representationType": "partial",
        "version": str(story.number),
        "versionCreated": _moment(story.at),
        "pubStatus": "canceled",
        "language": story.language,
        "edNote": story.note,
    }


def _genre(story: Story) -> Data:
    genre = GENRES.get(story.kind)
    return _filled(
        {"name": story.kind_name, "uri": GENRE.format(genre) if genre else "", "literal": story.kind},
    )


def _named(one: Named) -> Data:
    return {"name": one.name, "uri": one.address}


def _texts(role: str, words: str) -> list[Data]:
    return [{"role": role, "contentType": "text/plain", "value": words}] if words else []


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


def _filled(data: Data) -> Data:
    """`data` without what is empty: an empty value would say that there is one."""
    return {name: value for name, value in data.items() if value not in ("", [], {}, None)}


def _as_of_2_2(value: Any) -> Any:
    """What 3.1 says, as 2.2 says it: names in lower case, and an association's relation left out."""
    if isinstance(value, list):
        return [_as_of_2_2(one) for one in value]
    if not isinstance(value, dict):
        return value
    said = {name.lower(): _as_of_2_2(one) for name, one in value.items()}
    if "associations" in said:
        said["associations"] = [
            {name: one for name, one in part.items() if name != "rel"} for part in said["associations"]
        ]
    return said
