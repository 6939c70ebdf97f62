"""Outgoing: a story and its pictures as other houses take them, gathered from the page that readers see.

Nothing is in here that the page does not show, and less: what stands behind a shield, or may not be seen any more, is
left out, as it is in feeds.
"""

from collections.abc import Iterable

from django.conf import settings
from django.utils import translation

from articles.body import html
from articles.body.text import plain
from articles.imaging.crop import Crop
from articles.imaging.manifest import SOURCE_TYPES
from articles.imaging.recipes import MIME_TYPES, recipes
from articles.imaging.srcset import address as rendition
from articles.models import Edition, Kind, Photo, Publication, Withdrawal
from articles.pages.addresses import has_jpeg, whole
from articles.pages.feeds import with_whole_links
from articles.pages.pictures import Figure, figures
from articles.pages.stories import StoryPage
from articles.wire import ninjs


def story(page: StoryPage) -> ninjs.Story:
    """The live edition that `page` shows."""
    edition, publication, language = page.edition, page.frame.publication, page.language
    shown = shown_figures(edition, (figure.photo for figure in page.figures.values()))
    state = edition.snapshot
    with translation.override(language):
        kind_name = str(Kind(edition.kind).label) if edition.kind in Kind.values else ""
    return ninjs.Story(
        uuid=page.uuid,
        address=whole(page.path),
        language=language,
        number=edition.number,
        headline=edition.headline,
        short_headline=edition.short_headline,
        subheads=tuple(state["subheads"]),
        kicker=edition.kicker,
        summary=edition.summary,
        html=body_html(page, shown),
        text=plain(state["body"]),
        words=edition.words,
        dateline=page.dateline,
        agency=page.source_agency,
        kind=edition.kind,
        kind_name=kind_name,
        published=publication.local(edition.first_published_at),
        issued=publication.local(edition.issued_at),
        modified=publication.local(max(edition.modified_at, edition.first_published_at)),
        publisher=page.frame.name,
        section=ninjs.Named(page.section.name, whole(page.section.path)) if page.section else None,
        authors=tuple(ninjs.Named(one.name, whole(one.path)) for one in page.authors),
        tags=tuple(ninjs.Named(one.name, whole(one.path)) for one in page.tags),
        corrections=tuple(one.text for one in reversed(page.corrections)),
        pictures=tuple(picture(figure, language) for figure in shown.values() if has_jpeg(figure.photo)),
        siblings=tuple(
            ninjs.Sibling(other.story_uuid, other.language, whole(other.path)) for other in page.sibling_editions
        ),
    )


def withdrawn(withdrawal: Withdrawal, publication: Publication) -> ninjs.Withdrawn:
    """A story that was taken off every page."""
    edition = withdrawal.edition
    return ninjs.Withdrawn(
        uuid=edition.story.uuid,
        language=edition.language,
        number=edition.number,
        at=publication.local(withdrawal.at),
        note=withdrawal.public_reason,
    )


def shown_figures(edition: Edition, photos: Iterable[Photo]) -> dict[str, Figure]:
    """The pictures of an edition that other houses may show, by attachment; their addresses are absolute."""
    by_uuid = {str(photo.uuid): photo for photo in photos}
    return figures(edition.snapshot, by_uuid, whole(settings.RENDITIONS_ADDRESS), without_shielded=True)


def body_html(page: StoryPage, shown: dict[str, Figure]) -> str:
    """The text as HTML that stands on its own: every address in it is absolute."""
    return html.render(
        with_whole_links(page.body),
        figures=shown,
        language=page.language,
        dateline=page.dateline,
        story_addresses={uuid: whole(path) for uuid, path in page.story_addresses.items()},
    )


def picture(figure: Figure, language: str, edition: Edition | None = None) -> ninjs.Picture:
    """A picture as a story shows it: its words as published, its facts as they are now."""
    photo, source_type = figure.photo, figure.photo.digital_source_type
    return ninjs.Picture(
        uuid=photo.uuid,
        language=language,
        caption=figure.caption,
        alt=figure.picture.alt,
        credit=figure.credit,
        creator=photo.named_creator,
        copyright=photo.copyright,
        source_type=source_type if source_type in SOURCE_TYPES else "",
        files=files(photo, figure.frame),
        role=figure.role,
        published=edition.first_published_at if edition else None,
        modified=max(edition.modified_at, edition.first_published_at) if edition else None,
    )


def files(photo: Photo, frame: Crop | None) -> tuple[ninjs.File, ...]:
    """The renditions of a picture as a story shows it: of `frame`, its own crop, if it has one."""
    made = photo.made(frame)
    found = recipes(photo.width, photo.height, crop=frame, formats=list(made), widths=made)
    return tuple(
        ninjs.File(
            whole(rendition(settings.RENDITIONS_ADDRESS, photo.token, recipe.name)),
            MIME_TYPES[recipe.format],
            recipe.width,
            recipe.height,
        )
        for recipe in found
    )
