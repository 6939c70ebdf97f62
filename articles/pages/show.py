"""Show: what every readers' page needs, gathered in one place, for views and for previews alike.

Each function gives the page that its template reads, or raises Http404; `story` raises Gone for a withdrawn one.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.http import Http404
from django.utils import timezone

from articles.models import Story, Withdrawal

from . import archive as archives
from . import corrections as put_right
from . import editions, listings, stories
from .cards import Card, cards
from .frame import Frame, frame
from .front import Front, compose
from .kept import depends_on
from .listings import NEWEST, ListPage
from .spans import River
from .stories import StoryPage


class Gone(Exception):
    """The story that stood at this address has been withdrawn."""

    def __init__(self, withdrawal: Withdrawal, frame: Frame):
        super().__init__(withdrawal.path)
        self.withdrawal, self.frame = withdrawal, frame


@dataclass(slots=True)
class FrontPage:
    """The front of a language. `cards` are all its stories, newest first; `front` is how they are laid out."""

    frame: Frame
    path: str
    cards: list[Card] = field(default_factory=list)
    front: Front = field(default_factory=Front)


def front(language: str) -> FrontPage:
    """The front: the newest thirty stories. Four queries."""
    around = frame(language)
    around.same_in({switch.language: switch.path for switch in around.switches})
    river = River(language)
    depends_on(river.name)
    found = cards(river.newest(NEWEST), around)
    if found:
        around.day = found[0].at.day
    return FrontPage(around, around.home, found, compose(found, around))


def story(language: str, year: int, month: int, day: int, slug: str) -> StoryPage:
    """The live story at an address. Six queries. Raises Gone or Http404."""
    path = f"/{language}/{year:04}/{month:02}/{day:02}/{slug}/"
    around = frame(language)
    edition = editions.at(path)
    if edition is None:
        withdrawal = Withdrawal.objects.standing().filter(path=path).first()
        raise Gone(withdrawal, around) if withdrawal else Http404
    return stories.published(edition, around)


def preview(story: Story, now: datetime | None = None, base: str = stories.DESK_ADDRESS) -> StoryPage:
    """The page of a working copy as readers would see it, were it published now; its pictures beneath `base`."""
    return stories.preview(story, now or timezone.now(), base)


def section(language: str, slug: str, year: int = 0, month: int = 0, day: int = 0) -> ListPage:
    """A section: its newest thirty, or a month, or a day of a long month."""
    return _filled(listings.of_section(frame(language), slug), year, month, day)


def tag(language: str, slug: str, year: int = 0, month: int = 0, day: int = 0) -> ListPage:
    """A tag: its newest thirty, or a month, or a day of a long month."""
    return _filled(listings.of_tag(frame(language), slug), year, month, day)


def author(language: str, slug: str, year: int = 0, month: int = 0, day: int = 0) -> ListPage:
    """An author: the newest thirty, or a month, or a day of a long month."""
    return _filled(listings.of_author(frame(language), slug), year, month, day)


def archive(language: str, year: int = 0, month: int = 0, day: int = 0) -> archives.ArchivePage:
    """The archive by date: the newest month, or that one, or a day. Six queries."""
    return archives.archive(frame(language), year, month, day)


def corrections(language: str, year: int = 0, month: int = 0) -> put_right.CorrectionsPage:
    """What was put right: the newest, or in a month. Four queries."""
    return put_right.page(frame(language), year, month)


def _filled(page: ListPage, year: int, month: int, day: int) -> ListPage:
    return listings.fill_month(page, year, month, day) if year else listings.fill_newest(page)
