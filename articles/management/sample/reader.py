"""The sample's words: TOML files beside this one, read into plain rows with a body that the desk can take as it is.

A text in a file may hold *italic*, **bold**, [a link](https://…) and {weekday}, {weekday-1}, {weekday+2}: the name of
the day the story came out on, or of one before or after it. Paragraphs are parted by empty lines; one that begins
with "## " is a crosshead.
"""

import re
import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from babel.dates import format_date

from articles.body import document

FOLDER = Path(__file__).parent
NAMESPACE = uuid5(NAMESPACE_URL, "https://daybook.example/sample/")
MARKUP = re.compile(r"\*\*(?P<bold>.+?)\*\*|\*(?P<italic>.+?)\*|\[(?P<words>.+?)\]\((?P<link>https?://[^)\s]+)\)")
WEEKDAY = re.compile(r"\{weekday([+-]\d+)?\}")
# The columns of a story that its file gives as they are, and what stands where it gives nothing.
FIELDS = {
    "headline": "",
    "short_headline": "",
    "subheads": [],
    "kicker": "",
    "dateline": "",
    "summary": "",
    "kind": "news",
}


@dataclass(frozen=True)
class SamplePhoto:
    """A picture: its scene, its facts, its focal point if that is not the middle, its words by language."""

    name: str
    facts: dict[str, str]
    focal: dict[str, float]
    words: dict[str, dict[str, str]]

    @property
    def uuid(self) -> UUID:
        return identity(f"photo/{self.name}")


@dataclass(frozen=True)
class SamplePicture:
    """A photo's place in a story: the uuid its attachment gets, its role, and a caption of its own, if any."""

    uuid: UUID
    photo: str
    role: str
    caption: str = ""


@dataclass(frozen=True)
class SampleStory:
    """A story in one language; `key` is the same for its siblings. `fate` says what becomes of it (see FATES)."""

    key: str
    language: str
    fields: dict[str, Any]
    body: dict
    section: str
    authors: list[str]
    tags: list[str]
    related: list[str]
    pictures: list[SamplePicture]
    published_at: datetime
    fate: str
    note: str
    reason: str
    public_reason: str
    ahead: dict[str, str]

    @property
    def uuid(self) -> UUID:
        return identity(f"story/{self.key}.{self.language}")

    @property
    def sibling_key(self) -> UUID:
        return identity(f"story/{self.key}")


# "ahead" is published and then changed, so that its working copy is ahead of what readers see.
FATES = ("published", "ahead", "withdrawn", "review", "draft")


def identity(name: str) -> UUID:
    """The same uuid for the same name, on every machine."""
    return uuid5(NAMESPACE, name)


def read_newsroom() -> dict[str, Any]:
    """The outlet, its sections and its authors, as newsroom.toml has them."""
    return _read(FOLDER / "newsroom.toml")


def read_photos() -> list[SamplePhoto]:
    """The pictures, in the order of their file."""
    photos = []
    for name, row in _read(FOLDER / "photos.toml").items():
        words = {language: row.pop(language) for language in ("en", "ar")}
        focal = dict(zip(("focal_x", "focal_y"), row.pop("focal", ()), strict=False))
        photos.append(SamplePhoto(name, focal=focal, words=words, facts=row))
    return photos


def read_stories(reference: datetime) -> list[SampleStory]:
    """Every story, the oldest first. `reference` is "now" in the outlet's zone; a story's age in hours counts back."""
    stories = [_story(path, reference) for path in sorted((FOLDER / "stories").glob("*.toml"))]
    return sorted(stories, key=lambda story: (story.published_at, story.key))


def story_uuids() -> set[UUID]:
    """The uuids of the sample's stories, without reading them."""
    return {identity(f"story/{path.stem}") for path in (FOLDER / "stories").glob("*.toml")}


def _read(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)


def _story(path: Path, reference: datetime) -> SampleStory:
    key, language = path.stem.split(".")
    row = _read(path)
    published_at = reference - timedelta(hours=row["age"])
    builder = _Body(path.stem, language, published_at)
    if row.get("lead"):
        builder.attach(row["lead"], "lead")
    fields = {name: row.get(name, default) for name, default in FIELDS.items()}
    # An English address is short and plain; an Arabic one is made of its headline, as the newsroom does it.
    return SampleStory(
        key=key,
        language=language,
        fields=fields | ({"slug": key} if language == "en" else {}),
        body=builder.document(row["block"]),
        section=row["section"],
        authors=row["authors"],
        tags=row["tags"],
        related=row.get("related", []),
        pictures=builder.pictures,
        published_at=published_at,
        fate=row.get("status", "published"),
        note=row.get("note", ""),
        reason=row.get("reason", ""),
        public_reason=row.get("public_reason", ""),
        ahead=row.get("ahead", {}),
    )


class _Body:
    """Makes one story's body, and gathers the pictures that its blocks show."""

    def __init__(self, name: str, language: str, published_at: datetime):
        self.name, self.language, self.published_at = name, language, published_at
        self.pictures: list[SamplePicture] = []

    def document(self, rows: list[dict[str, Any]]) -> dict:
        blocks = [block for row in rows for block in self.blocks(row)]
        self.name_blocks(blocks, "")
        return document.document(blocks)

    def blocks(self, row: dict[str, Any]) -> list[dict]:
        kind = row["type"]
        if kind == "text":
            pieces = [" ".join(piece.split()) for piece in row["text"].strip().split("\n\n")]
            return [
                document.crosshead(self.inline(piece[3:]))
                if piece.startswith("## ")
                else document.paragraph(self.inline(piece))
                for piece in pieces
            ]
        if kind in {"quote", "pull_quote"}:
            make = document.quote if kind == "quote" else document.pull_quote
            return [make([self.inline(row["text"])], row.get("attribution", ""))]
        if kind == "list":
            items = [self.inline(item) for item in row["items"]]
            return [document.bullet_list(items, ordered=row.get("ordered", False))]
        if kind == "fact_box":
            return [
                document.fact_box(row["title"], [document.bullet_list([self.inline(item) for item in row["items"]])])
            ]
        if kind == "table":
            cells = [[self.inline(cell) for cell in line] for line in row["rows"]]
            return [document.table(cells, self.days(row.get("caption", "")))]
        if kind == "figure":
            return [document.figure(self.attach(row["photo"], "text", row.get("caption", "")))]
        return [document.gallery([self.attach(photo, "gallery") for photo in row["photos"]], row.get("title", ""))]

    def attach(self, photo: str, role: str, caption: str = "") -> UUID:
        """Note a picture of the story, and give the uuid that its attachment is to have."""
        uuid = identity(f"attachment/{self.name}/{len(self.pictures)}")
        self.pictures.append(SamplePicture(uuid, photo, role, caption))
        return uuid

    def inline(self, words: str) -> list[dict]:
        """The runs of a text: plain, bold, italic or a link."""
        runs, place, words = [], 0, self.days(words)
        for found in MARKUP.finditer(words):
            if found.start() > place:
                runs.append(document.text(words[place : found.start()]))
            if found["bold"]:
                runs.append(document.text(found["bold"], bold=True))
            elif found["italic"]:
                runs.append(document.text(found["italic"], italic=True))
            else:
                runs.append(document.text(found["words"], link=found["link"]))
            place = found.end()
        if place < len(words):
            runs.append(document.text(words[place:]))
        return runs

    def days(self, words: str) -> str:
        """The words with the names of weekdays put in."""

        def name(found: re.Match) -> str:
            day = self.published_at.date() + timedelta(days=int(found[1] or 0))
            return format_date(day, "EEEE", locale=self.language)

        return WEEKDAY.sub(name, words)

    def name_blocks(self, nodes: list[dict], place: str) -> None:
        """Give every block an id that is the same each time, instead of one by chance."""
        for number, node in enumerate(nodes):
            here = f"{place}/{number}"
            if "id" in node.get("attrs", {}):
                node["attrs"]["id"] = identity(f"block/{self.name}{here}").hex[:12]
            self.name_blocks(node.get("content", []), here)
