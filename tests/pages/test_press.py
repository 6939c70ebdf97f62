"""No page is ever left stale, and none is pressed for nothing."""

from statistics import median

import pytest

from articles.pages import touches

from .site import DEEDS, TABLES, Site, short_lists  # noqa: F401


@pytest.fixture
def site(make, page_store, short_lists, django_capture_on_commit_callbacks):  # noqa: F811
    return Site(make, django_capture_on_commit_callbacks).build()


def test_every_page_that_something_changes_is_marked_and_every_line_of_touches_is_needed(site):
    for deed in DEEDS:
        site.do(deed)
    assert not site.needless
    ratios = [marked / changed for marked, changed in site.ratios if changed]
    assert median(ratios) < 1.5
    assert max(ratios) < 4


def test_each_line_of_touches_is_taken_out_by_a_deed():
    lines = {f"{table}.{getattr(one, '__name__', one)}" for table in TABLES for one in getattr(touches, table)}
    assert {line for deed in DEEDS for line in deed.reveals.split()} == lines
