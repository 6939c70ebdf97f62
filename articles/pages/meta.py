"""Meta: what a page says of itself to machines: canonical address, languages, feeds, link cards, structured data."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.templatetags.static import static
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext

from articles.body.text import plain
from articles.imaging.cards import LINK, SQUARE
from articles.imaging.crop import Crop
from articles.imaging.recipes import Recipe
from articles.models import Edition, Photo

from . import structured
from .addresses import card_of, has_jpeg, whole
from .archive import ArchivePage
from .cards import Card as StoryCard
from .corrections import CorrectionsPage
from .frame import Frame
from .listings import ListPage
from .paths import address, ninjs_addresses
from .show import FrontPage
from .stories import StoryPage

# Characters of the story that stand in for a summary where there is none.
DESCRIPTION_LENGTH = 160
# The most characters of an alt text that a card takes (X's documentation of summary_large_image).
CARD_ALT_LENGTH = 420
# Pixels of the shorter side. Below the first a picture is shown small, below the second another takes its place.
LEAST_LARGE, LEAST_SMALL = 200, 144

# What stands for a page without a picture: a paper's mark, without words, so that it holds for every outlet.
OUTLET, OUTLET_TYPE, OUTLET_SIZE = "articles/img/card.png", "image/png", (1200, 630)

RSS, ATOM = "application/rss+xml", "application/atom+xml"


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed that belongs to a page: its title, its type, and its absolute address."""

    title: str
    type: str
    address: str


@dataclass(frozen=True, slots=True)
class Meta:
    """What `templates/parts/meta.html` writes into a page's head; every address is absolute.

    `versions` are (language, address) of the page in every language it is live in, itself too; `properties` are Open
    Graph's, in their order; `names` those of the card; `structured_data` is JSON-LD, safe inside a script element;
    `text` is where the page's text edition stands, if it has one; `ninjs` are
    (name, address) of it for other newsrooms.
    """

    description: str
    canonical: str
    versions: tuple[tuple[str, str], ...]
    default_version: str
    feeds: tuple[FeedLink, ...]
    properties: tuple[tuple[str, str], ...]
    names: tuple[tuple[str, str], ...]
    structured_data: SafeString
    text: str = ""
    ninjs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """What another site shows when somebody passes the page on; without a `photo` the outlet's own card."""

    title: str
    description: str
    photo: Photo | None = None
    alt: str = ""
    frame: Crop | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """The picture of a card: its absolute address, its type, and its size in pixels."""

    address: str
    type: str
    width: int
    height: int


def for_story(page: StoryPage) -> Meta:
    """The meta of the page of a live edition, from what the page has gathered: nothing is looked up."""
    edition, frame, section = page.edition, page.frame, page.section
    figures = [figure for figure in page.figures.values() if has_jpeg(figure.photo)]
    lead = next((figure for figure in figures if figure.photo.pk == edition.lead_photo_id), None)
    # The lead; where other sites may not show it, the first that they may.
    ranked = [lead, *(figure for figure in figures if figure is not lead)] if lead else figures
    pictures = ((one.photo, edition.lead_alt if one is lead else one.picture.alt, one.frame) for one in ranked)
    card = _card_with(frame, edition.headline, description_of(edition), pictures)
    article = [
        ("article:published_time", structured.moment(frame.publication, edition.first_published_at)),
        ("article:modified_time", structured.modified(frame.publication, edition)),
        *(("article:author", whole(author.path)) for author in page.authors),
        *([("article:section", section.name)] if section else []),
        *(("article:tag", tag.name) for tag in page.tags),
    ]
    feeds = feeds_of("front", frame.language, frame.name)
    if section:
        feeds += feeds_of("section", frame.language, section.name, section.slug)
    found = _meta(frame, page.path, card, "article", article, feeds, structured.story(page, figures, ranked))
    ninjs = tuple((f"ninjs {version}", whole(path)) for version, path in ninjs_addresses(page.path).items())
    return replace(found, text=whole(page.text_path), ninjs=ninjs)


def for_front(page: FrontPage) -> Meta:
    """The meta of a language's front; its title and description are the outlet's."""
    frame = page.frame
    feeds = feeds_of("front", frame.language, frame.name)
    return _list(frame, page.path, frame.name, "", feeds, (), page.cards, [structured.site(frame)])


def for_listing(page: ListPage) -> Meta:
    """The meta of a section's, a tag's or an author's list, or of a month of it."""
    frame = page.frame
    above = [(frame.name, frame.home), *([(page.title, page.top)] if page.path != page.top else [])]
    feeds = feeds_of(page.kind, frame.language, page.title, page.slug)
    return _list(frame, page.path, page.whole_title, page.description, feeds, above, page.cards)


def for_archive(page: ArchivePage) -> Meta:
    """The meta of the archive, of a month or a day of it."""
    frame, title = page.frame, gettext("Archive")
    # The archive's own address shows its newest month, and alone is the same page in other languages.
    path = page.top if any(switch.is_same for switch in frame.switches) else page.path
    above = [(frame.name, frame.home)]
    if path != page.top:
        above.append((title, page.top))
        title = f"{title}: {page.day or page.month}"
    cards = [card for day in page.days for card in day.cards]
    return _list(frame, path, title, "", feeds_of("front", frame.language, frame.name), above, cards)


def for_corrections(page: CorrectionsPage) -> Meta:
    """The meta of the page of corrections, or of a month of it."""
    frame, title = page.frame, gettext("Corrections")
    above = [(frame.name, frame.home), *([(title, page.top)] if page.month else [])]
    title = f"{title}: {page.month}" if page.month else title
    return _list(frame, page.path, title, "", feeds_of("front", frame.language, frame.name), above, ())


def feeds_of(kind: str, language: str, title: str, *slug: str) -> tuple[FeedLink, ...]:
    """The two feeds of a front, section, tag or author: `feeds_of("section", "en", "World", "world")`."""
    return (
        FeedLink(f"{title} (RSS)", RSS, whole(address(f"{kind}-feed", language, *slug))),
        FeedLink(f"{title} (Atom)", ATOM, whole(address(f"{kind}-atom", language, *slug))),
    )


def description_of(edition: Edition) -> str:
    """What the story is about, in a sentence or two: its summary, else how it begins."""
    return edition.summary or Truncator(" ".join(plain(edition.snapshot["body"]).split())).chars(DESCRIPTION_LENGTH)


def _list(
    frame: Frame,
    path: str,
    title: str,
    description: str,
    feeds: Sequence[FeedLink],
    above: Sequence[tuple[str, str]],
    cards: Sequence[StoryCard],
    besides: Sequence[structured.Data] = (),
) -> Meta:
    """The meta of a list of stories. `above` are the names and paths of the pages over it, from the front down;
    `besides` is what it tells besides itself."""
    # The first picture of the list stands on its card.
    editions = (card.edition for card in cards if has_jpeg(card.edition.lead_photo))
    pictures = ((one.lead_photo, one.lead_alt, one.lead_photo.own_frame(one.lead_crop)) for one in editions)
    card = _card_with(frame, title, description or frame.tagline or frame.name, pictures)
    data = [*structured.listing(frame, path, card.title, card.description, above), *besides]
    return _meta(frame, path, card, "website", (), feeds, data)


def _meta(
    frame: Frame,
    path: str,
    card: Card,
    kind: str,
    article: Sequence[tuple[str, str]],
    feeds: Sequence[FeedLink],
    data: Sequence[structured.Data],
) -> Meta:
    publication, language = frame.publication, frame.language
    paths = {switch.language: switch.path for switch in frame.switches if switch.is_same} | {language: path}
    # In the outlet's order, so that every version of a page says the same.
    versions = {code: whole(paths[code]) for code in publication.languages if code in paths}
    properties = [
        ("og:title", card.title),
        ("og:type", kind),
        ("og:url", whole(path)),
        *_picture(card),
        ("og:description", card.description),
        ("og:site_name", frame.name),
        ("og:locale", str(publication.locale(language))),
        *(("og:locale:alternate", str(publication.locale(code))) for code in versions if code != language),
        *article,
    ]
    return Meta(
        description=card.description,
        canonical=whole(path),
        versions=tuple(versions.items()),
        default_version=versions.get(publication.default_language, whole(path)),
        feeds=tuple(feeds),
        properties=tuple((name, content) for name, content in properties if content),
        names=tuple((name, content) for name, content in _card(card) if content),
        structured_data=structured.script(data),
    )


def _card_with(frame: Frame, title: str, description: str, pictures: Iterable[tuple[Photo, str, Crop | None]]) -> Card:
    """The card with the first of `pictures` (photo, alt text, crop) that is large enough, else with the outlet's."""
    for photo, alt, crop in pictures:
        if _rendition(photo, crop):
            return Card(title, description, photo, alt, crop)
    return Card(title, description, alt=frame.name)


def _rendition(photo: Photo, frame: Crop | None) -> tuple[str, Recipe] | None:
    """The photo as cards show it: across them, or a small square beside the words; None where it is too small."""
    for shape, least in ((LINK, LEAST_LARGE), (SQUARE, LEAST_SMALL)):
        address, recipe = card_of(photo, shape, frame)
        if min(recipe.width, recipe.height) >= least:
            return address, recipe
    return None


def _shown(card: Card) -> Shown:
    found = _rendition(card.photo, card.frame) if card.photo else None
    if found is None:
        return Shown(whole(static(OUTLET)), OUTLET_TYPE, *OUTLET_SIZE)
    address, recipe = found
    return Shown(address, recipe.mime_type, recipe.width, recipe.height)


def _picture(card: Card) -> list[tuple[str, str]]:
    """The picture of the card, its sub-tags right behind it (The Open Graph protocol, "Structured Properties")."""
    shown = _shown(card)
    return [
        ("og:image", shown.address),
        ("og:image:type", shown.type),
        ("og:image:width", str(shown.width)),
        ("og:image:height", str(shown.height)),
        ("og:image:alt", card.alt),
    ]


def _card(card: Card) -> list[tuple[str, str]]:
    shown = _shown(card)
    return [
        ("twitter:card", "summary_large_image" if shown.width > shown.height else "summary"),
        ("twitter:title", card.title),
        ("twitter:description", card.description),
        ("twitter:image", shown.address),
        ("twitter:image:alt", Truncator(card.alt).chars(CARD_ALT_LENGTH)),
    ]
