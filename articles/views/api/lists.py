"""Lists: the live editions a question of the API means, and what is said of each, in as few queries as it takes."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from articles.models import (
    Author,
    Edition,
    EditionAuthor,
    EditionPhoto,
    EditionTag,
    Photo,
    Section,
    SectionWords,
    Tag,
)
from articles.pages.addresses import has_jpeg, jpeg_of, whole
from articles.pages.paths import address, ninjs_addresses

from . import shapes
from .questions import Filed, OfPhotos, OfStories, place_of

PICTURE_WIDTH = 1280
# Of a lead picture, what says whether and how it is shown.
LEAD = (
    *("uuid", "token", "formats", "width", "height", "status", "sensitivity"),
    *("crops", "focal_x", "focal_y"),
)
COLUMNS = (
    *("uuid", "story", "story__uuid", "number", "language", "path", "section", "kind", "headline", "short_headline"),
    *("kicker", "summary", "words", "lead_photo", "lead_alt", "lead_crop", "first_published_at", "modified_at"),
    *(f"lead_photo__{name}" for name in LEAD),
)


def editions(asked: OfStories) -> list[Edition]:
    """The live editions that `asked` means, one more than it wants. Four queries."""
    keys = filed_under(asked)
    if None in keys.values():
        return []
    # The rows of an author or a tag lie in the order of its list: they are walked, and the editions looked up.
    through = "edition_authors__" if "author" in keys else "edition_tags__" if "tag" in keys else ""
    wanted = [Q(is_live=True, language=asked.language)]
    if "section" in keys:
        wanted.append(Q(section=keys["section"]))
    if through:
        name = "author" if "author" in keys else "tag"
        wanted.append(Q(**{f"{through}{name}": keys[name], f"{through}is_live": True}))
    if "tag" in keys and "author" in keys:
        rows = EditionTag.objects.filter(edition=OuterRef("pk"), tag=keys["tag"], is_live=True)
        wanted.append(Q(Exists(rows)))
    order, number = f"{through}first_published_at", f"{through}edition_id" if through else "pk"
    wanted += between(asked.since, asked.until, order)
    if asked.modified_since:
        order, number = "modified_at", "pk"
        wanted.append(Q(modified_at__gte=asked.modified_since))
    if asked.cursor:
        at, pk, _row = place_of(asked.cursor)
        # The first condition is the index's, the second parts those of one moment.
        wanted.append(Q(**{f"{order}__lte": at}) & (Q(**{f"{order}__lt": at}) | Q(**{f"{number}__lt": pk})))
    # In one filter: what another says is about any of the edition's rows, and a story would stand there twice.
    found = Edition.objects.filter(*wanted).order_by(f"-{order}", f"-{number}")
    return list(found.select_related("story", "lead_photo").only(*COLUMNS)[: asked.limit + 1])


def filed_under(asked: Filed) -> dict[str, int | None]:
    """The ids of the section, author and tag that `asked` names; None for one that is not there."""
    named = {
        "section": (Section, {"slug": asked.section}),
        "author": (Author, {"slug": asked.author}),
        "tag": (Tag, {"language": asked.language, "slug": asked.tag}),
    }
    return {
        name: model.objects.filter(**given).values_list("pk", flat=True).first()
        for name, (model, given) in named.items()
        if given["slug"]
    }


def between(since: datetime | None, until: datetime | None, at: str = "first_published_at") -> list[Q]:
    """First published at `since` or later and before `until`, as far as these say so."""
    found = [Q(**{f"{at}__gte": since})] if since else []
    return [*found, Q(**{f"{at}__lt": until})] if until else found


def stories(found: Sequence[Edition], language: str) -> list[shapes.StoryInList]:
    """What lists say of `found`. Three queries."""
    keys = [edition.pk for edition in found]
    wanted = {edition.section_id for edition in found if edition.section_id}
    words = SectionWords.objects.filter(section__in=wanted, language=language)
    sections = {
        key: _named("section", language, slug, name)
        for key, slug, name in words.values_list("section_id", "section__slug", "name")
    }
    people, tags = _people(keys, language), _tags(keys)
    return [
        shapes.StoryInList(
            uuid=edition.story.uuid,
            language=language,
            url=whole(edition.path),
            headline=edition.headline,
            short_headline=edition.short_headline,
            kicker=edition.kicker,
            summary=edition.summary,
            kind=edition.kind,
            edition=edition.number,
            words=edition.words,
            section=sections.get(edition.section_id),
            authors=people.get(edition.pk, []),
            tags=tags.get(edition.pk, []),
            lead_photo=lead_photo(edition),
            first_published_at=edition.first_published_at,
            modified_at=max(edition.modified_at, edition.first_published_at),
            ninjs={version: whole(path) for version, path in ninjs_addresses(edition.path).items()},
        )
        for edition in found
    ]


def lead_photo(edition: Edition) -> shapes.LeadPhoto | None:
    """The picture of a story in lists: one that other sites may show, or none."""
    photo = edition.lead_photo
    if not has_jpeg(photo):
        return None
    href, recipe = jpeg_of(photo, PICTURE_WIDTH, photo.own_frame(edition.lead_crop))
    file = shapes.File(url=href, type=recipe.mime_type, width=recipe.width, height=recipe.height)
    return shapes.LeadPhoto(uuid=photo.uuid, alt=edition.lead_alt, file=file)


def _people(keys: Sequence[int], language: str) -> dict[int, list[shapes.Named]]:
    """Who signs each edition, named in `language`, else as there is a name."""
    rows = EditionAuthor.objects.filter(edition__in=keys).order_by("order", "id", "author__words__id")
    names: dict[tuple[int, str], str] = {}
    for edition, slug, row_language, name in rows.values_list(
        "edition_id", "author__slug", "author__words__language", "author__words__name"
    ):
        if row_language == language or (edition, slug) not in names:
            names[edition, slug] = name or slug
    found: dict[int, list[shapes.Named]] = {}
    for (edition, slug), name in names.items():
        found.setdefault(edition, []).append(_named("author", language, slug, name))
    return found


def _tags(keys: Sequence[int]) -> dict[int, list[shapes.Named]]:
    rows = EditionTag.objects.filter(edition__in=keys).order_by("order", "id")
    found: dict[int, list[shapes.Named]] = {}
    for edition, language, slug, name in rows.values_list("edition_id", "tag__language", "tag__slug", "tag__name"):
        found.setdefault(edition, []).append(_named("tag", language, slug, name))
    return found


def _named(kind: str, language: str, slug: str, name: str) -> shapes.Named:
    return shapes.Named(slug=slug, name=name, url=whole(address(kind, language, slug)))


def pictures(asked: OfPhotos) -> list[EditionPhoto]:
    """The pictures that live stories show, in the order of the stories, one more than `asked` wants. Two queries.

    First the stories that have any, along their index; then their pictures: so no join of all with all is sorted.
    """
    rows = EditionPhoto.objects.shown().filter(photo__sensitivity="")
    found = Edition.objects.live().in_language(asked.language)
    found = found.filter(*between(asked.since, asked.until)).filter(Exists(rows.filter(edition=OuterRef("pk"))))
    at, pk, place = place_of(asked.cursor) if asked.cursor else (None, None, None)
    if at:
        found = found.filter(first_published_at__lte=at)
        found = found.filter(Q(first_published_at__lt=at) | Q(pk__lte=pk))
    keys = list(found.newest().values_list("pk", flat=True)[: asked.limit + 2])
    rows = rows.filter(edition__in=keys).select_related("edition__story", "photo").defer("photo__metadata")
    in_order = {key: number for number, key in enumerate(keys)}
    shown = sorted(rows, key=lambda row: (in_order[row.edition_id], row.pk))
    behind = [row for row in shown if place is None or row.edition_id != pk or row.pk > place]
    return behind[: asked.limit + 1]


def photos_with(number: int, language: str) -> QuerySet[EditionPhoto]:
    """Where live stories in `language` show a photo, the newest first."""
    rows = EditionPhoto.objects.shown().filter(photo=number, edition__is_live=True, edition__language=language)
    return rows.order_by("-edition__first_published_at", "-edition_id", "order", "id")


def photo(uuid) -> Photo | None:
    """The photo of that uuid, if other sites may show it."""
    found = Photo.objects.filter(uuid=uuid).defer("metadata").first()
    return found if has_jpeg(found) else None
