"""The rows of stories made for measuring: what publishing leaves behind, as text, for objects take longer."""

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING

from articles.models import (
    Attachment,
    Byline,
    Edition,
    EditionAuthor,
    EditionPhoto,
    EditionTag,
    Role,
    Status,
    Story,
    StoryTag,
)
from articles.models.snapshots import canonical

from .bulk import Row, Table, stored_moment

if TYPE_CHECKING:
    from .load import Load

CAPTION = "A picture made for measuring."
ALT = "A grey slope"
# Rows a story has, where it is not one.
EACH = {"edition_tags": 3, "story_tags": 3, "edition_authors": 2, "bylines": 2}
SHOWN = canonical({"caption": CAPTION, "alt": ALT, "decorative": False, "credit": ""})


class Tables:
    """What a story leaves behind, in the order in which it is written."""

    def __init__(self):
        listed = ("order", "first_published_at", "is_live")
        state = ("language", "sibling_key")
        self.stories = Table(
            Story,
            *("id", "uuid", *state, "slug", "headline", "subheads", "summary", "body"),
            *("section_id", "status", "live_edition_id", "first_published_at", "path"),
        )
        self.editions = Table(
            Edition,
            *("id", "uuid", "story_id", "number", "story_version", "is_live", "snapshot", *state, "path"),
            *("section_id", "kind", "headline", "summary", "words", "lead_photo_id", "lead_alt"),
            *("first_published_at", "issued_at", "modified_at", "digest"),
        )
        self.attachments = Table(Attachment, "id", "uuid", "story_id", "photo_id", "role")
        self.edition_photos = Table(
            EditionPhoto, "id", "edition_id", "photo_id", "attachment", "role", "caption", "alt"
        )
        self.edition_tags = Table(EditionTag, "id", "edition_id", "tag_id", *listed)
        self.edition_authors = Table(EditionAuthor, "id", "edition_id", "author_id", *listed)
        self.story_tags = Table(StoryTag, "id", "content_object_id", "tag_id")
        self.bylines = Table(Byline, "id", "story_id", "author_id", "order")

    def all(self) -> list[Table]:
        return list(vars(self).values())

    def go_to(self, place: int) -> None:
        """The next story is the one at `place` of this load, and its rows have the ids they have in any process."""
        for name, table in vars(self).items():
            table.next_id = table.first_id + place * EACH.get(name, 1)


Rows = dict[str, list[Row]]


def rows_of(load: "Load", moments: list[datetime]) -> Rows:
    """The rows of one story for each of `moments`, by the names of `Tables`. The words in them need no escapes."""
    tables = load.tables
    rows: Rows = {name: [] for name in vars(tables)}
    for story, edition, moment in zip(
        tables.stories.ids(len(moments)), tables.editions.ids(len(moments)), moments, strict=True
    ):
        _one(load, rows, story, edition, moment)
    return rows


def _one(load: "Load", rows: Rows, story: int, edition: int, moment: datetime) -> None:
    dice, tables = load.dice, load.tables
    language = "ar" if dice.random() < 0.4 else "en"
    tags, authors = dice.sample(load.tags[language], 3), dice.sample(load.authors, 2)
    photo, section = dice.choice(load.photos), dice.choice(load.sections)
    identity, siblings, attachment = load.uuid(), load.uuid(), load.uuid()
    words = load.chosen(language, dice.randint(5, 10))
    headline, slug = " ".join(words).capitalize(), f"{'-'.join(words)[:60].strip('-')}-{identity[:12]}"
    subhead, summary = load.words(language, 9), load.words(language, 20) + "."
    body, at = _body(load, language), stored_moment(moment)
    path = f"/{language}/{load.publication.local(moment):%Y/%m/%d}/{slug}/"
    # As `canonical` would write it, which a test holds it to.
    snapshot = (
        f'{{"attachments":[{{"alt":"","caption":"","crop":null,"decorative":false,"order":0,"photo":"{photo.uuid}",'
        f'"role":"lead","shown":{SHOWN},"uuid":"{_dashed(attachment)}"}}],"authors":['
        + ",".join(f'{{"name":"{author.slug}","uuid":"{author.uuid}"}}' for author in authors)
        + f'],"body":{body},"dateline":"","format":1,"headline":"{headline}","kicker":"","kind":"news",'
        f'"language":"{language}","related":[],"section":{{"slug":"{section.slug}","uuid":"{section.uuid}"}},'
        f'"short_headline":"","sibling_key":"{_dashed(siblings)}","slug":"{slug}","source_agency":"",'
        f'"subheads":["{subhead}"],"summary":"{summary}","tags":['
        + ",".join(f'{{"name":"{tag.name}","uuid":"{tag.uuid}"}}' for tag in tags)
        + "]}"
    )
    digest = hashlib.sha256(f"{snapshot}{_dashed(identity)}:1:".encode()).hexdigest()
    rows["stories"].append(
        (
            *(story, identity, language, siblings, slug, headline, f'["{subhead}"]', summary, body),
            *(section.pk, Status.PUBLISHED.value, edition, at, path),
        )
    )
    rows["editions"].append(
        (
            *(edition, load.uuid(), story, 1, 1, True, snapshot, language, siblings, path, section.pk),
            *("news", headline, summary, 360, photo.pk, ALT, at, at, at, digest),
        )
    )
    rows["attachments"].append((*tables.attachments.ids(1), attachment, story, photo.pk, Role.LEAD.value))
    rows["edition_photos"].append(
        (*tables.edition_photos.ids(1), edition, photo.pk, attachment, Role.LEAD.value, CAPTION, ALT)
    )
    three = zip(tags, tables.edition_tags.ids(3), tables.story_tags.ids(3), strict=True)
    for order, (tag, one, other) in enumerate(three):
        rows["edition_tags"].append((one, edition, tag.pk, order, at, True))
        rows["story_tags"].append((other, story, tag.pk))
    two = zip(authors, tables.edition_authors.ids(2), tables.bylines.ids(2), strict=True)
    for order, (author, one, other) in enumerate(two):
        rows["edition_authors"].append((one, edition, author.pk, order, at, True))
        rows["bylines"].append((other, story, author.pk, order))


def _body(load: "Load", language: str) -> str:
    """Eight paragraphs, as canonical JSON."""
    first = load.dice.getrandbits(48)
    paragraphs = [
        f'{{"attrs":{{"id":"{first + place:012x}"}},"content":[{{"text":"{text}","type":"text"}}],"type":"paragraph"}}'
        for place, text in enumerate(load.dice.choices(load.paragraphs[language], k=8))
    ]
    return f'{{"content":[{",".join(paragraphs)}],"type":"doc"}}'


def _dashed(digits: str) -> str:
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
