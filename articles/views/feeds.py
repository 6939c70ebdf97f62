"""Feeds: the newest stories of a front, section, tag or author, whole, as RSS and as Atom."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Prefetch, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, override
from django.views.decorators.http import require_safe

from articles.body import document, html, links
from articles.models import (
    AuthorWords,
    Correction,
    Edition,
    EditionAuthor,
    EditionPhoto,
    EditionTag,
    Publication,
    SectionWords,
    Tag,
)
from articles.pages import kept, keys
from articles.pages.addresses import has_jpeg, jpeg_of, whole
from articles.pages.dates import Dates
from articles.pages.frame import direction
from articles.pages.kept import depends_on
from articles.pages.paths import address
from articles.pages.pictures import Figure, figures
from articles.pages.spans import River
from articles.wire import feeds

from . import answers

# How many stories a feed holds: as many as the page it belongs to.
NEWEST = 30
# The width of the pictures in it, in pixels at most. Readers' programs have one picture for every screen.
PICTURE_WIDTH = 1280


@require_safe
def front_feed(request: HttpRequest, language: str, format: str) -> HttpResponse:
    """The newest stories in a language."""
    return answer(request, language, format, River(language), "front")


@require_safe
def section_feed(request: HttpRequest, language: str, slug: str, format: str) -> HttpResponse:
    """The newest stories of a section that has words in the language."""
    if moved := answers.other_form(request, slug):
        return moved
    words = get_object_or_404(SectionWords, section__slug=slug, language=language)
    river = River(language, section=words.section_id)
    return answer(request, language, format, river, "section", slug, words.name, words.description)


@require_safe
def tag_feed(request: HttpRequest, language: str, slug: str, format: str) -> HttpResponse:
    """The newest stories with a tag."""
    if moved := answers.other_form(request, slug):
        return moved
    tag = get_object_or_404(Tag, language=language, slug=slug)
    depends_on(keys.tag(tag.pk))
    return answer(request, language, format, River(language, tag=tag.pk), "tag", slug, tag.name)


@require_safe
def author_feed(request: HttpRequest, language: str, slug: str, format: str) -> HttpResponse:
    """The newest stories somebody signs."""
    if moved := answers.other_form(request, slug):
        return moved
    known = list(AuthorWords.objects.filter(author__slug=slug).order_by("id"))
    words = next((row for row in known if row.language == language), known[0] if known else None)
    if words is None:
        raise Http404
    depends_on(keys.author(words.author_id))
    river = River(language, author=words.author_id)
    return answer(request, language, format, river, "author", slug, words.name, words.biography)


def answer(
    request: HttpRequest,
    language: str,
    format: str,
    river: River,
    page: str,
    slug: str = "",
    title: str = "",
    description: str = "",
) -> HttpResponse:
    """The feed of the newest stories of `river`. `page` is the name of the page it belongs to in the URLconf."""
    publication = Publication.objects.current()
    if language not in publication.languages:
        raise Http404
    name = publication.name(language)
    channel = feeds.Channel(
        title=f"{title} – {name}" if title else name,
        description=description or publication.tagline(language) or name,
        page=whole(address(page, language, *filter(None, [slug]))),
        address=whole(request.path),
        language=language,
        publisher=name,
    )
    xml, content_type = feeds.write(format, channel, entries(river, publication))
    return HttpResponse(xml, content_type=content_type)


@dataclass(frozen=True, slots=True)
class Known:
    """The entries of a river as they were at a moment of the state, and the keys of what they say."""

    moment: tuple
    entries: list[feeds.Entry]
    keys: frozenset[str]


_known: dict[River, Known] = {}  # RSS and Atom are pressed one soon after the other
MOST_KNOWN = 20


def entries(river: River, publication: Publication) -> list[feeds.Entry]:
    """The newest stories of `river` as entries; worked out once for both formats, while nothing has changed."""
    moment, known = kept.moment(), _known.get(river)
    if known and known.moment == moment:
        depends_on(*known.keys)
        return known.entries
    with kept.noting() as keys:
        shown = newest(river)
        depends_on(river.name)
        for edition in shown:
            depends_on(*shown_of(edition))
        addresses = story_addresses(shown)
        found = [entry(edition, addresses, publication) for edition in shown]
    depends_on(*keys)
    if moment:
        while len(_known) >= MOST_KNOWN:
            _known.pop(next(iter(_known)), None)
        _known[river] = Known(moment, found, frozenset(keys))
    return found


def newest(river: River) -> list[Edition]:
    """The newest live editions of `river`, with all that an entry says; five queries, and one where any
    was corrected."""
    section_words = SectionWords.objects.filter(section=OuterRef("section"), language=river.language)
    found = river.editions().annotate(story_uuid=F("story__uuid"), section_name=Subquery(section_words.values("name")))
    found = found.annotate(is_corrected=Exists(Correction.objects.filter(story=OuterRef("story"))))
    shown = list(
        found.prefetch_related(
            Prefetch("edition_authors", EditionAuthor.objects.select_related("author")),
            "edition_authors__author__words",
            Prefetch("edition_tags", EditionTag.objects.select_related("tag")),
            Prefetch("edition_photos", EditionPhoto.objects.select_related("photo").defer("photo__metadata")),
        )[:NEWEST]
    )
    put_right = defaultdict(list)
    corrected = [edition.story_id for edition in shown if edition.is_corrected]
    for one in Correction.objects.filter(story__in=corrected).order_by("at", "id") if corrected else ():
        put_right[one.story_id].append(one)
    for edition in shown:
        edition.put_right = put_right[edition.story_id]
    return shown


def shown_of(edition: Edition) -> Iterator[str]:
    """The keys of what an entry says; links to other stories have their own (`story_addresses`)."""
    yield keys.story(edition.story_id)
    yield from (keys.photo(row.photo_id) for row in edition.edition_photos.all())
    yield from (keys.author(row.author_id) for row in edition.edition_authors.all())
    yield from (keys.tag(row.tag_id) for row in edition.edition_tags.all())


def story_addresses(editions: Iterable[Edition]) -> dict[str, str]:
    """The whole address of each live story that a text links to by its uuid."""
    hrefs = {href for edition in editions for href in document.links(edition.snapshot["body"])}
    wanted = [href.removeprefix(links.STORY) for href in hrefs if href.startswith(links.STORY)]
    if not wanted:
        return {}
    depends_on(*map(keys.address, wanted))
    found = Edition.objects.live().filter(story__uuid__in=wanted).values_list("story__uuid", "path")
    return {str(uuid): whole(path) for uuid, path in found}


def entry(edition: Edition, addresses: Mapping[str, str], publication: Publication) -> feeds.Entry:
    """A story as it stands in a feed."""
    language = edition.language
    photos = {str(row.photo.uuid): row.photo for row in edition.edition_photos.all()}
    shown = figures(edition.snapshot, photos, whole(settings.RENDITIONS_ADDRESS), without_shielded=True)
    lead = next((figure for figure in shown.values() if figure.photo.pk == edition.lead_photo_id), None)
    authors = [row.author for row in edition.edition_authors.all()]
    tags = [edition.section_name, *(row.tag.name for row in edition.edition_tags.all())]
    modified = max(edition.modified_at, edition.first_published_at, *(one.at for one in edition.put_right))
    return feeds.Entry(
        uuid=edition.story_uuid,
        title=edition.headline,
        address=whole(edition.path),
        summary=edition.summary,
        html=text_of(edition, shown, lead, addresses) + put_right_of(edition, publication),
        authors=tuple(
            (author.name_in(language), whole(address("author", language, author.slug))) for author in authors
        ),
        published=publication.local(edition.first_published_at).replace(microsecond=0),
        modified=publication.local(modified).replace(microsecond=0),
        tags=tuple(dict.fromkeys(filter(None, tags))),
        picture=beside(lead) if lead and has_jpeg(lead.photo) else None,
    )


def put_right_of(edition: Edition, publication: Publication) -> SafeString:
    """What readers are told that the story had wrong, beneath its text."""
    language, dates = edition.language, Dates(publication, edition.language)
    line = '<p lang="{}" dir="{}"><strong>{}</strong> {}</p>'
    with override(language):
        said = gettext("Correction, %(day)s.")
        days = [said % {"day": dates.moment(one.at).date} for one in edition.put_right]
    rows = ((language, direction(language), day, one.text) for day, one in zip(days, edition.put_right, strict=True))
    return format_html_join("", line, rows)


def text_of(
    edition: Edition, shown: Mapping[str, Figure], lead: Figure | None, addresses: Mapping[str, str]
) -> SafeString:
    """The story as HTML that stands on its own: sub-heads, lead picture, text; every address in it whole.

    An edition's words never change; so of thirty stories in a feed one is new, and the others are known.
    """
    seen = tuple((uuid, one.picture, one.caption, one.credit) for uuid, one in shown.items())
    key = (edition.pk, edition.digest, seen, lead and lead.attachment, tuple(addresses.items()))
    if key not in _texts:
        while len(_texts) >= MOST_TEXTS:
            _texts.pop(next(iter(_texts)), None)
        _texts[key] = _text_of(edition, shown, lead, addresses)
    return _texts[key]


_texts: dict[tuple, SafeString] = {}
MOST_TEXTS = 500  # of some 5 KB


def _text_of(
    edition: Edition, shown: Mapping[str, Figure], lead: Figure | None, addresses: Mapping[str, str]
) -> SafeString:
    state, language = edition.snapshot, edition.language
    body = with_whole_links(state["body"])
    opening = [document.bullet_list(state["subheads"])] if state["subheads"] else []
    if lead and lead.attachment not in document.attachments(body):
        opening.append(document.figure(lead.attachment))
    text = html.render(
        body | {"content": [*opening, *body.get("content", ())]},
        figures=shown,
        language=language,
        dateline=state["dateline"],
        story_addresses=addresses,
    )
    return format_html('<div lang="{}" dir="{}">{}</div>', language, direction(language), text)


def with_whole_links(node: Any) -> Any:
    """A body whose links to pages of ours name the site too: a feed is read elsewhere."""
    if isinstance(node, list):
        return [with_whole_links(part) for part in node]
    if not isinstance(node, dict):
        return node
    return {
        name: whole(value) if name == "href" and value.startswith("/") else with_whole_links(value)
        for name, value in node.items()
    }


def beside(figure: Figure) -> feeds.FeedPicture:
    """A picture as a feed's own element, for programs that show no HTML."""
    file, recipe = jpeg_of(figure.photo, PICTURE_WIDTH, figure.frame)
    return feeds.FeedPicture(file, recipe.mime_type, recipe.width, recipe.height, figure.caption, figure.credit)
