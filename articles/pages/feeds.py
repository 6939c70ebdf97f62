"""Feeds: the newest stories of a river as a feed carries them, whole. What was worked out before is known still."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.db.models import CharField, Exists, F, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, override

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
)
from articles.wire import feeds

from . import keys
from .addresses import has_jpeg, jpeg_of, whole
from .dates import Dates
from .frame import direction
from .kept import depends_on, noting
from .known import Known
from .paths import address
from .pictures import Figure, figures
from .spans import River

# How many stories a feed holds: as many as the page it belongs to.
NEWEST = 30
# The width of the pictures in it, in pixels at most. Readers' programs have one picture for every screen.
PICTURE_WIDTH = 1280
MOST_KNOWN = 600  # entries, of some 5 KB in each format

known: Known[feeds.Item] = Known(MOST_KNOWN)


def items(river: River, publication: Publication) -> list[feeds.Item]:
    """The newest stories of `river`, newest first. Up to seven queries, two where all of them are known."""
    depends_on(river.name)

    def make(numbers: list[int]) -> dict[int, tuple[feeds.Item, frozenset[str]]]:
        editions, made = _editions(numbers), {}
        addresses = story_addresses(set().union(*map(linked, editions)))
        for edition in editions:
            with noting() as noted:
                depends_on(*shown_of(edition))
                item = feeds.Item(entry(edition, addresses, publication))
            made[edition.pk] = item, frozenset(noted)
        return made

    return known.parts(river.numbers(NEWEST), make)


# What `Author.name_in` gives, without a query of its own.
_WORDS = AuthorWords.objects.filter(author=OuterRef("author")).order_by("pk").values("name")
_NAME = Coalesce(
    Subquery(_WORDS.filter(language=OuterRef("edition__language"))[:1]),
    Subquery(_WORDS[:1]),
    "author__slug",
    output_field=CharField(),
)


def _editions(numbers: list[int]) -> list[Edition]:
    """With all that an entry says; four queries, and one where any was corrected."""
    words = SectionWords.objects.filter(section=OuterRef("section"), language=OuterRef("language"))
    found = Edition.objects.filter(pk__in=numbers)
    found = found.annotate(story_uuid=F("story__uuid"), section_name=Subquery(words.values("name")))
    found = found.annotate(is_corrected=Exists(Correction.objects.filter(story=OuterRef("story"))))
    editions = list(
        found.prefetch_related(
            Prefetch("edition_authors", EditionAuthor.objects.select_related("author").annotate(name=_NAME)),
            Prefetch("edition_tags", EditionTag.objects.select_related("tag")),
            Prefetch("edition_photos", EditionPhoto.objects.select_related("photo").defer("photo__metadata")),
        )
    )
    corrected, put_right = [edition.story_id for edition in editions if edition.is_corrected], defaultdict(list)
    for one in Correction.objects.filter(story__in=corrected).order_by("at", "id") if corrected else ():
        put_right[one.story_id].append(one)
    for edition in editions:
        edition.put_right = put_right[edition.story_id]
    return editions


def shown_of(edition: Edition) -> Iterator[str]:
    """The keys of what an entry says."""
    yield keys.story(edition.story_id)
    yield from map(keys.address, linked(edition))
    yield from (keys.photo(row.photo_id) for row in edition.edition_photos.all())
    yield from (keys.author(row.author_id) for row in edition.edition_authors.all())
    yield from (keys.tag(row.tag_id) for row in edition.edition_tags.all())


def linked(edition: Edition) -> set[str]:
    """The uuids of the stories that its text links to."""
    hrefs = document.links(edition.snapshot["body"])
    return {href.removeprefix(links.STORY) for href in hrefs if href.startswith(links.STORY)}


def story_addresses(wanted: set[str]) -> dict[str, str]:
    """The whole address of each of these stories that is live."""
    if not wanted:
        return {}
    found = Edition.objects.live().filter(story__uuid__in=wanted).values_list("story__uuid", "path")
    return {str(uuid): whole(path) for uuid, path in found}


def entry(edition: Edition, addresses: Mapping[str, str], publication: Publication) -> feeds.Entry:
    """A story as it stands in a feed."""
    language = edition.language
    photos = {str(row.photo.uuid): row.photo for row in edition.edition_photos.all()}
    shown = figures(edition.snapshot, photos, whole(settings.RENDITIONS_ADDRESS), without_shielded=True)
    lead = next((figure for figure in shown.values() if figure.photo.pk == edition.lead_photo_id), None)
    tags = [edition.section_name, *(row.tag.name for row in edition.edition_tags.all())]
    modified = max(edition.modified_at, edition.first_published_at, *(one.at for one in edition.put_right))
    return feeds.Entry(
        uuid=edition.story_uuid,
        title=edition.headline,
        address=whole(edition.path),
        summary=edition.summary,
        html=text_of(edition, shown, lead, addresses) + put_right_of(edition, publication),
        authors=tuple(
            (row.name, whole(address("author", language, row.author.slug))) for row in edition.edition_authors.all()
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
    """The story as HTML that stands on its own: sub-heads, lead picture, text; every address in it whole."""
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
