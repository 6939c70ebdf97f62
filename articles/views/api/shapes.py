"""Shapes: what the API answers with. The OpenAPI document is made of these, so each field says what it is."""

from datetime import datetime
from uuid import UUID

from ninja import Schema
from pydantic import Field

Address = str


class Named(Schema):
    """A section, a tag or a person, by slug and name."""

    slug: str
    name: str
    url: Address = Field(description="Its page.")


class Section(Named):
    """A part of the paper."""

    description: str


class File(Schema):
    """A rendition of a picture."""

    url: Address
    type: str = Field(description="Its MIME type.")
    width: int
    height: int


class LeadPhoto(Schema):
    """The picture of a story in lists."""

    uuid: UUID
    alt: str
    file: File


class StoryInList(Schema):
    """A story as lists show it."""

    uuid: UUID = Field(description="The same for all editions of the story.")
    language: str
    url: Address
    headline: str
    short_headline: str
    kicker: str
    summary: str
    kind: str
    edition: int = Field(description="The number of the live edition.")
    words: int
    section: Named | None
    authors: list[Named]
    tags: list[Named]
    lead_photo: LeadPhoto | None
    first_published_at: datetime
    modified_at: datetime = Field(description="When its content last changed.")
    ninjs: dict[str, Address] = Field(description="The story as IPTC ninjs, by version: 3.1 and 2.2.")


class PhotoInStory(Schema):
    """A picture with its words as a story shows it."""

    uuid: UUID
    role: str = Field(description="lead, text or gallery")
    caption: str
    alt: str
    credit: str
    creator: str = Field(description="Empty where it is not said.")
    copyright: str
    digital_source_type: str = Field(description="How it was made (IPTC NewsCodes); empty where that is not said.")
    files: list[File]


class Sibling(Schema):
    """The same story in another language."""

    uuid: UUID
    language: str
    url: Address


class Story(StoryInList):
    """A whole story."""

    subheads: list[str]
    dateline: str
    source_agency: str
    body_html: str = Field(description="HTML that stands on its own: every address in it is absolute.")
    body_text: str = Field(description="The same in plain words.")
    photos: list[PhotoInStory]
    siblings: list[Sibling]


class StoryOfPhoto(Schema):
    """The story that shows a picture."""

    uuid: UUID
    url: Address
    headline: str
    first_published_at: datetime


class Photo(PhotoInStory):
    """A picture as a story shows it, and that story."""

    story: StoryOfPhoto
    ninjs: dict[str, Address] = Field(description="The picture as IPTC ninjs, by version: 3.1 and 2.2.")


class PhotoAlone(Schema):
    """A picture, in each language with the words of the newest story that shows it."""

    uuid: UUID
    shown: dict[str, Photo] = Field(description="By language.")


class Page(Schema):
    next: Address | None = Field(description="Where the list goes on; null where it ends.")


class Stories(Page):
    stories: list[StoryInList]


class Photos(Page):
    photos: list[Photo]


class Sections(Schema):
    sections: list[Section]


class Tags(Page):
    tags: list[Named]


class Authors(Page):
    authors: list[Named]
