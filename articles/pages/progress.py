"""Progress: how far the pressing of the whole site has come, for people who wait for it."""

from dataclasses import dataclass

from articles.models import Page

from . import stale, store

MANY = 500  # fewer are pressed in a minute: nobody needs to hear of them
MOST = 100_000  # are counted


@dataclass(frozen=True, slots=True)
class Progress:
    """`waiting` pages of `all` there are are to be pressed; of more than MOST it is MOST, and `all` is not counted."""

    waiting: int
    all: int

    @property
    def is_more(self) -> bool:
        return self.waiting >= MOST


def waiting() -> int:
    """How many pages wait to be pressed, each of them counted."""
    return Page.objects.stale_at(stale.state().generation).count()


def progress() -> Progress | None:
    """How many pages wait, while they are many; else None. Three queries of an index each, and one for all pages."""
    if not store.is_on():
        return None
    marked = Page.objects.marked().order_by()[:MOST].count()
    older = Page.objects.older_than(stale.state().generation).filter(stale_since=None)[:MOST].count()
    number = min(marked + older, MOST)
    if number < MANY:
        return None
    return Progress(number, Page.objects.count() if number < MOST else 0)
