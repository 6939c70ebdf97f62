"""Operations: what the API can be asked. Each finds, and says what it found in one of `shapes`."""

from uuid import UUID

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest
from django.utils import translation
from django.utils.translation import gettext_noop as _
from ninja import Query, Router

from articles.body.text import plain
from articles.imaging.manifest import SOURCE_TYPES
from articles.models import (
    Author,
    AuthorWords,
    Edition,
    EditionAuthor,
    EditionPhoto,
    EditionTag,
    Publication,
    SectionWords,
    Tag,
    Withdrawal,
)
from articles.pages import editions
from articles.pages import stories as pages
from articles.pages.addresses import has_jpeg, whole
from articles.pages.frame import frame
from articles.pages.paths import address, ninjs_addresses
from articles.pages.stories import StoryPage
from articles.views import outgoing

from . import lists, shapes
from .problems import Problem, Refused
from .questions import OfLanguage, OfNames, OfPhotos, OfStories, cursor, next_address, refuse_unknown

router = Router()
PROBLEMS = dict.fromkeys((400, 404, 429), Problem)


def published_in(language: str) -> None:
    """Raise Refused where the outlet does not publish in that language."""
    if language not in Publication.objects.current().languages:
        raise Refused(404, f"Nothing is published here in the language “{language}”.")


# -- Stories -----------------------------------------------------------------------------------------------------------


@router.get(
    "/stories",
    response={200: shapes.Stories, **PROBLEMS},
    summary=_("Stories"),
    tags=[_("Stories")],
    operation_id="stories",
    description=_("The live stories of a language, newest first; with `modified_since` the last changed first."),
)
def stories(request: HttpRequest, asked: Query[OfStories]):
    """The live stories of a language, newest first; with `modified_since` the last changed first."""
    published_in(asked.language)
    found = lists.editions(asked)
    shown, more = found[: asked.limit], len(found) > asked.limit
    where = None
    if more:
        last = shown[-1]
        at = last.modified_at if asked.modified_since else last.first_published_at
        where = next_address(request, cursor=cursor(at, last.pk))
    return {"stories": lists.stories(shown, asked.language), "next": where}


@router.get(
    "/stories/{uuid:uuid}",
    response={200: shapes.Story, 410: Problem, **PROBLEMS},
    summary=_("A story"),
    tags=[_("Stories")],
    operation_id="story",
    description=_("A whole live story. 410 once it is withdrawn: take it down too."),
)
def story(request: HttpRequest, uuid: UUID):
    """A whole live story. 410 once it is withdrawn: take it down too."""
    refuse_unknown(request, set())
    edition = editions.of(uuid)
    if edition is None:
        withdrawal = Withdrawal.objects.standing().filter(edition__story__uuid=uuid).first()
        if withdrawal is None:
            raise Http404
        raise Refused(410, withdrawal.public_reason or "This story has been withdrawn.")
    with translation.override(edition.language):
        return _whole(pages.published(edition, frame(edition.language)))


def _whole(page: StoryPage) -> shapes.Story:
    edition, told = page.edition, outgoing.story(page)
    lead = next((one.photo for one in page.figures.values() if one.photo.pk == edition.lead_photo_id), None)
    edition.lead_photo = lead
    return shapes.Story(
        uuid=page.uuid,
        language=page.language,
        url=told.address,
        headline=edition.headline,
        short_headline=edition.short_headline,
        kicker=edition.kicker,
        summary=edition.summary,
        kind=edition.kind,
        edition=edition.number,
        words=edition.words,
        section=_place(page.section) if page.section else None,
        authors=[shapes.Named(slug=one.slug, name=one.name, url=whole(one.path)) for one in page.authors],
        tags=[_place(tag) for tag in page.tags],
        lead_photo=lists.lead_photo(edition),
        first_published_at=edition.first_published_at,
        modified_at=max(edition.modified_at, edition.first_published_at),
        ninjs={version: whole(path) for version, path in ninjs_addresses(page.path).items()},
        subheads=edition.snapshot["subheads"],
        dateline=page.dateline,
        source_agency=page.source_agency,
        body_html=told.html,
        body_text=plain(edition.snapshot["body"]),
        photos=[
            shapes.PhotoInStory(
                uuid=one.uuid,
                role=one.role,
                caption=one.caption,
                alt=one.alt,
                credit=one.credit,
                creator=one.creator,
                copyright=one.copyright,
                digital_source_type=one.source_type,
                files=[_file(file) for file in one.files],
            )
            for one in told.pictures
        ],
        siblings=[shapes.Sibling(uuid=one.uuid, language=one.language, url=one.address) for one in told.siblings],
    )


def _place(place) -> shapes.Named:
    return shapes.Named(slug=place.slug, name=place.name, url=whole(place.path))


def _file(file) -> shapes.File:
    return shapes.File(url=file.address, type=file.type, width=file.width, height=file.height)


# -- Pictures ----------------------------------------------------------------------------------------------------------


@router.get(
    "/photos",
    response={200: shapes.Photos, **PROBLEMS},
    summary=_("Pictures"),
    tags=[_("Pictures")],
    operation_id="photos",
    description=_("The pictures that live stories of a language show, in the order of the stories."),
)
def photos(request: HttpRequest, asked: Query[OfPhotos]):
    """The pictures that live stories of a language show, in the order of the stories.

    One that several show is in the list with each of them."""
    published_in(asked.language)
    found = lists.pictures(asked)
    shown, more = found[: asked.limit], len(found) > asked.limit
    where = None
    if more:
        last = shown[-1]
        where = next_address(request, cursor=cursor(last.edition.first_published_at, last.edition_id, last.pk))
    return {"photos": [_photo(row) for row in shown if has_jpeg(row.photo)], "next": where}


@router.get(
    "/photos/{uuid:uuid}",
    response={200: shapes.PhotoAlone, **PROBLEMS},
    summary=_("A picture"),
    tags=[_("Pictures")],
    operation_id="photo",
    description=_("A picture that live stories show, with the words of the newest of them in each language."),
)
def photo(request: HttpRequest, uuid: UUID):
    """A picture that live stories show, with the words of the newest of them in each language."""
    refuse_unknown(request, set())
    found = lists.photo(uuid)
    shown = {}
    for language in Publication.objects.current().languages if found else ():
        rows = lists.photos_with(found.pk, language).select_related("edition__story")
        row = rows.defer("edition__snapshot", "edition__story__body").first()
        if row is not None:
            row.photo = found
            shown[language] = _photo(row)
    if not shown:
        raise Http404
    return {"uuid": uuid, "shown": shown}


def _photo(row: EditionPhoto) -> shapes.Photo:
    photo, edition = row.photo, row.edition
    ninjs = {
        version: whole(address(name, edition.language, photo.uuid))
        for version, name in (("3.1", "ninjs-photo"), ("2.2", "ninjs-2.2-photo"))
    }
    return shapes.Photo(
        uuid=photo.uuid,
        role=row.role,
        caption=row.caption,
        alt=row.alt,
        credit=row.credit,
        creator=photo.named_creator,
        copyright=photo.copyright,
        digital_source_type=photo.digital_source_type if photo.digital_source_type in SOURCE_TYPES else "",
        files=[_file(file) for file in outgoing.files(photo, photo.own_frame(row.crop))],
        story=_shown_in(edition),
        ninjs=ninjs,
    )


def _shown_in(edition: Edition) -> shapes.StoryOfPhoto:
    return shapes.StoryOfPhoto(
        uuid=edition.story.uuid,
        url=whole(edition.path),
        headline=edition.headline,
        first_published_at=edition.first_published_at,
    )


# -- What stories are filed under --------------------------------------------------------------------------------------


@router.get(
    "/sections",
    response={200: shapes.Sections, **PROBLEMS},
    summary=_("Sections"),
    tags=[_("Filed under")],
    operation_id="sections",
    description=_("The sections that have a name in a language, in the paper's order."),
)
def sections(request: HttpRequest, asked: Query[OfLanguage]):
    """The sections that have a name in a language, in the paper's order."""
    published_in(asked.language)
    words = SectionWords.objects.filter(language=asked.language).order_by("section__order", "section__slug")
    found = words.values_list("section__slug", "name", "description")
    return {
        "sections": [
            shapes.Section(
                slug=slug, name=name, url=whole(address("section", asked.language, slug)), description=description
            )
            for slug, name, description in found
        ]
    }


@router.get(
    "/tags",
    response={200: shapes.Tags, **PROBLEMS},
    summary=_("Tags"),
    tags=[_("Filed under")],
    operation_id="tags",
    description=_("The tags that live stories of a language have, by slug."),
)
def tags(request: HttpRequest, asked: Query[OfNames]):
    """The tags that live stories of a language have, by slug."""
    published_in(asked.language)
    rows = EditionTag.objects.filter(tag=OuterRef("pk"), is_live=True)
    found = Tag.objects.filter(Exists(rows), language=asked.language, slug__gt=asked.after).order_by("slug")
    named = list(found.values_list("slug", "name")[: asked.limit + 1])
    return _names("tags", "tag", request, asked, named)


@router.get(
    "/authors",
    response={200: shapes.Authors, **PROBLEMS},
    summary=_("Authors"),
    tags=[_("Filed under")],
    operation_id="authors",
    description=_("The people who sign live stories of a language, by slug."),
)
def authors(request: HttpRequest, asked: Query[OfNames]):
    """The people who sign live stories of a language, by slug."""
    published_in(asked.language)
    rows = EditionAuthor.objects.filter(author=OuterRef("pk"), is_live=True, edition__language=asked.language)
    found = Author.objects.filter(Exists(rows), slug__gt=asked.after).order_by("slug")
    slugs = dict(found.values_list("pk", "slug")[: asked.limit + 1])
    names: dict[int, str] = {}
    for key, language, name in (
        AuthorWords.objects.filter(author__in=list(slugs)).order_by("id").values_list("author_id", "language", "name")
    ):
        if language == asked.language or key not in names:
            names[key] = name
    named = [(slug, names.get(key) or slug) for key, slug in slugs.items()]
    return _names("authors", "author", request, asked, named)


def _names(name: str, kind: str, request: HttpRequest, asked: OfNames, found: list[tuple[str, str]]) -> dict:
    shown = found[: asked.limit]
    more = len(found) > asked.limit
    return {
        name: [
            shapes.Named(slug=slug, name=words, url=whole(address(kind, asked.language, slug))) for slug, words in shown
        ],
        "next": next_address(request, after=shown[-1][0]) if more else None,
    }
