"""A story's page: what stands on it, whether it is an edition that readers see or a working copy in preview."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import CharField, F, QuerySet, Value
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info

from articles.body import document, links
from articles.body.scripts import both_scripts
from articles.models import Byline, Edition, EditionAuthor, EditionTag, Kind, Photo, Role, Story
from articles.models.snapshots import snapshot

from . import keys, rows
from .asking import ask
from .cards import COLUMNS, Card, byline, cards, edition_of, label, minutes
from .corrections import Note, corrections_of
from .dates import Moment
from .frame import Frame, Place, direction, frame, in_language
from .kept import depends_on
from .paths import address, text_address
from .pictures import Figure, figures

# Where a picture lies that no reader may see yet: the admin hands it to those who may.
DESK_ADDRESS = "/admin/renditions/"


@dataclass(slots=True)
class Person:
    """Somebody in the byline, named and described as now."""

    name: str
    path: str
    role: str = ""
    slug: str = ""

    # A row of the database answers the same two questions, so `pages.meta` takes either.
    def name_in(self, language: str) -> str:
        return self.name

    def get_absolute_url(self, language: str = "") -> str:
        return self.path


@dataclass(slots=True)
class Sibling:
    """The same story in another language; `words` is “Read it in English”, said in that language."""

    language: str
    direction: str
    path: str
    words: str
    name: str  # of the language, in that language

    @property
    def text_path(self) -> str:
        return text_address(self.path)


@dataclass(slots=True)
class StoryPage:
    """Everything a story's page shows. `edition` is None in a preview; so is `at` before the first publication."""

    frame: Frame
    edition: Edition | None
    path: str
    uuid: UUID | None
    language: str
    headline: str
    label: str
    section: Place | None
    kind: str
    subheads: list[str]
    summary: str
    dateline: str
    source_agency: str
    body: dict
    figures: dict[str, Figure]
    lead: Figure | None
    strip: list[Figure]
    authors: list[Person]
    tags: list[Place]
    at: Moment | None
    updated: Moment | None
    minutes: str
    siblings: list[Sibling] = field(default_factory=list)
    sibling_editions: list[Edition] = field(default_factory=list)
    related: list[Card] = field(default_factory=list)
    corrections: list[Note] = field(default_factory=list)
    story_addresses: dict[str, str] = field(default_factory=dict)

    @property
    def text_path(self) -> str:
        """Where its text edition stands; "" for what readers do not see yet."""
        return text_address(self.path) if self.edition else ""

    @property
    def text_addresses(self) -> dict[str, str]:
        """Of the stories its text links to, their text editions: who reads one on a slow line goes on reading so."""
        return {uuid: text_address(path) for uuid, path in self.story_addresses.items()}

    @property
    def is_long(self) -> bool:
        """Laid out as a long read: it says it is one, and has a picture to open with."""
        return self.kind == Kind.LONG_READ and self.lead is not None

    @property
    def opening(self) -> str:
        """The dateline the text opens with. A long read opens with a large letter, and has it in the margin."""
        return "" if self.is_long else self.dateline

    @property
    def title(self) -> str:
        return self.headline

    @property
    def marked_headline(self) -> SafeString:
        return both_scripts(self.headline, self.language)

    @property
    def byline(self) -> SafeString:
        people = [format_html('<a href="{}" rel="author">{}</a>', one.path, one.name) for one in self.authors]
        return byline(people, self.frame)

    @property
    def corrected(self) -> str:
        """When it was last corrected: the time, on its day of publication; else the day."""
        if not self.corrections:
            return ""
        last = self.corrections[-1].moment
        return last.time if self.at and last.day == self.at.day else last.date

    @property
    def roles(self) -> list[str]:
        """The byline's roles where one person signs; several people's would take more room than they are worth."""
        return [one.role for one in self.authors if one.role] if len(self.authors) == 1 else []


def published(edition: Edition, around: Frame) -> StoryPage:
    """The page of a live edition. Three queries: its photos, its people and tags, and the stories it points to; one
    more where it was corrected."""
    photos = [rows.instance(Photo, PHOTO, row) for row in ask(_photos, edition.pk)]
    depends_on(keys.story(edition.story_id), *(keys.photo(photo.pk) for photo in photos))
    page = _page(edition.snapshot, around, photos, settings.RENDITIONS_ADDRESS, edition.words)
    page.edition, page.path, page.uuid = edition, edition.path, edition.story_uuid
    page.section = next((place for place in around.sections if place.id == edition.section_id), None)
    page.label = label(edition.kind, edition.kicker, page.section.name if page.section else "")
    page.at = around.dates.moment(edition.first_published_at)
    if edition.modified_at > edition.first_published_at:
        page.updated = around.dates.moment(edition.modified_at)
    if getattr(edition, "is_corrected", True):  # where nobody has looked, it is asked
        page.corrections = corrections_of(edition.story_id, around)
    page.authors, page.tags = _people_and_tags(edition, around)
    _point(page, edition.story_id, edition.sibling_key, edition.snapshot.get("related", ()))
    around.day, around.current_section = page.at.day, edition.section_id
    return page


def preview(story: Story, now: datetime, base: str = DESK_ADDRESS) -> StoryPage:
    """The page of a working copy as it would be published `now`: the same function from the same kind of snapshot."""
    around = frame(story.language)
    state = snapshot(story, as_published=True)
    photos = Photo.objects.filter(attachments__story=story).defer("metadata")
    page = _page(state, around, photos, base, document.words(story.body))
    page.path = story.path
    page.section = next((place for place in around.sections if place.id == story.section_id), None)
    page.label = label(story.kind, story.kicker, page.section.name if page.section else "")
    page.at = around.dates.moment(story.first_published_at or now)
    page.corrections = corrections_of(story.pk, around)
    language = story.language
    for line in Byline.objects.filter(story=story).select_related("author").prefetch_related("author__words"):
        words = line.author.in_language(language)
        role = words.role if words and words.language == language else ""
        slug = line.author.slug
        page.authors.append(Person(line.author.name_in(language), address("author", language, slug), role, slug))
    for tag in story.tags.order_by("story_tags__id"):
        page.tags.append(Place(tag.name, address("tag", language, tag.slug), tag.slug))
    _point(page, story.pk, story.sibling_key, state["related"])
    around.day, around.current_section = page.at.day, story.section_id
    return page


def _page(state: Mapping, around: Frame, photos, base: str, words: int) -> StoryPage:
    """What the snapshot alone says."""
    shown = figures(state, {str(photo.uuid): photo for photo in photos}, base)
    placed = set(document.attachments(state["body"]))
    lead = next((figure for figure in shown.values() if figure.role == Role.LEAD), None)
    loose = [figure for uuid, figure in shown.items() if uuid not in placed and figure is not lead]
    if lead is None and len(loose) == 1:  # one picture, standing nowhere yet
        lead, loose = loose[0], []
    language = around.language
    return StoryPage(
        frame=around,
        edition=None,
        path="",
        uuid=None,
        language=language,
        headline=state["headline"],
        label="",
        section=None,
        kind=state.get("kind", Kind.NEWS),
        subheads=[both_scripts(line, language) for line in state["subheads"]],
        summary=state.get("summary", ""),
        dateline=state["dateline"],
        source_agency=state.get("source_agency", ""),
        body=state["body"],
        figures=shown,
        lead=lead,
        strip=loose,
        authors=[],
        tags=[],
        at=None,
        updated=None,
        minutes=minutes(words, around),
    )


def _people_and_tags(edition: Edition, around: Frame) -> tuple[list[Person], list[Place]]:
    """The byline and the tags of an edition, named as now, in one query."""
    language = around.language
    named: dict[str, Person] = {}
    places = []
    # By what it is and its order; of a person's names the page's language first, the others as they come.
    found = sorted(ask(_names, edition.pk), key=lambda row: (row[0], row[1], row[3] != language))
    for is_tag, _order, slug, row_language, name, role, key in found:
        depends_on(keys.tag(key) if is_tag else keys.author(key))
        if is_tag:
            places.append(Place(name, address("tag", row_language, slug), slug))
        elif slug not in named:
            own = row_language == language
            named[slug] = Person(name or slug, address("author", language, slug), role if own and role else "", slug)
    return list(named.values()), places


def _point(page: StoryPage, story: int, sibling_key, related: list[str]) -> None:
    """Find the live stories that `page` points to: its siblings, the related, those its text links to. One query."""
    hrefs = document.links(page.body)
    linked = [href.removeprefix(links.STORY) for href in hrefs if href.startswith(links.STORY)]
    pointed = list(dict.fromkeys([*related, *linked]))
    depends_on(keys.siblings(sibling_key), *map(keys.address, pointed))
    found = ask(_pointed, story, sibling_key, tuple(map(UUID, pointed)))
    by_uuid = {str(row[0]): edition_of(row[1:]) for row in found}
    for uuid, edition in by_uuid.items():
        edition.story_uuid = UUID(uuid)
    page.related = cards([by_uuid[uuid] for uuid in related if uuid in by_uuid], page.frame, signed=False)
    page.story_addresses = {uuid: by_uuid[uuid].path for uuid in linked if uuid in by_uuid}
    page.sibling_editions = [edition for edition in by_uuid.values() if edition.sibling_key == sibling_key]
    for edition in page.sibling_editions:
        words = in_language(edition.language)[1]
        name = get_language_info(edition.language)["name_local"]
        page.siblings.append(Sibling(edition.language, direction(edition.language), edition.path, words, name))
    page.frame.same_in({edition.language: edition.path for edition in page.sibling_editions})


# Everything of a photo but what its file said of itself, which is long.
PHOTO = rows.all_but(Photo, "metadata")


def _photos(edition: int) -> QuerySet:
    return Photo.objects.filter(edition_photos__edition=edition).order_by().values_list(*PHOTO)


def _names(edition: int) -> QuerySet:
    """(is a tag, order, slug, language, name, role, id) of people and tags together."""
    words = (F("author__words__language"), F("author__words__name"), F("author__words__role"))
    people = EditionAuthor.objects.filter(edition=edition).order_by()
    people = people.values_list(Value(0), F("order"), F("author__slug"), *words, F("author_id"))
    tags = EditionTag.objects.filter(edition=edition).order_by()
    nothing = Value("", output_field=CharField())
    tags = tags.values_list(
        Value(1), F("order"), F("tag__slug"), F("tag__language"), F("tag__name"), nothing, F("tag_id")
    )
    return people.union(tags, all=True)


def _pointed(story: int, sibling_key: UUID, uuids: tuple[UUID, ...]) -> QuerySet:
    """The live siblings of a story, and the live stories of `uuids`, each with its story's uuid first."""
    live = Edition.objects.live().order_by()
    siblings = live.filter(sibling_key=sibling_key).exclude(story=story).values_list("story__uuid", *COLUMNS)
    if not uuids:
        return siblings
    named = live.filter(story__uuid__in=uuids).exclude(sibling_key=sibling_key)
    return siblings.union(named.values_list("story__uuid", *COLUMNS), all=True)
