"""The front, sections, tags, authors and the archive, as a reader meets them."""

from datetime import UTC, datetime, timedelta

import pytest

from articles.desk import stories
from articles.models import Kind

from .pages import cost, get, read

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def test_a_story_stands_on_the_front_in_its_section_tag_author_and_archive(make):
    author = make.author("Leila Haddow", slug="leila-haddow")
    at = datetime(2016, 7, 28, 9, tzinfo=UTC)
    story = make.live_story("Leave the city", tags=["Aleppo"], authors=[author], at=at)
    addresses = (
        "/",
        "/en/",
        "/en/section/world/",
        "/en/tag/aleppo/",
        "/en/author/leila-haddow/",
        "/en/archive/2016/07/",
    )
    for address in addresses:
        assert f'href="{story.path}"' in read(address), address


def test_the_sites_own_address_is_the_front_of_the_first_language(make):
    make.live_story("First language")
    make.publication(languages=["ar", "en"])
    make.live_story("بالعربية", language="ar")
    answer = get("/")
    assert '<html lang="ar" dir="rtl">' in answer.content.decode()
    assert answer.headers["Content-Language"] == "ar"
    assert "بالعربية" in answer.content.decode()


def test_a_language_the_outlet_does_not_publish_in_is_not_found(make):
    make.publication(languages=["en"])
    assert get("/ar/").status_code == 404
    assert get("/ar/archive/").status_code == 404


def test_a_front_without_stories_says_so_calmly(make):
    assert "Nothing has been published here yet" in read("/en/")
    assert "Nothing has been published here yet" in read("/en/archive/")
    make.section("city")
    assert "Nothing has been published here yet" in read("/en/section/city/")


@pytest.mark.parametrize("number", [1, 2, 3, 5, 6, 7, 13, 24])
def test_every_story_of_a_short_front_stands_on_it_once_with_a_headline(make, number):
    kinds = [Kind.NEWS, Kind.OPINION, Kind.NEWS, Kind.LONG_READ, Kind.EDITORIAL, Kind.NEWS, Kind.NEWS]
    photo = make.photo() if number > 2 else None
    sections = [make.section(slug) for slug in ("world", "city", "culture")]
    for place in range(number):
        make.live_story(
            f"Story number {place}.",
            kind=kinds[place % len(kinds)],
            section=sections[place % 3],
            pictures=[photo] if photo and place % 2 else (),
        )
    page = read("/en/")
    for place in range(number):
        assert page.count(f">Story number {place}.</a></h") == 1


def test_the_newest_story_with_a_picture_leads_the_front(make):
    photo = make.photo()
    make.live_story("An older picture", pictures=[photo])
    make.live_story("The newer picture", pictures=[photo])
    make.live_story("The newest, without one")
    lead = read("/en/").partition('class="card lead"')[2].partition("</article>")[0]
    assert "The newer picture" in lead
    assert 'fetchpriority="high"' in lead


def test_pages_show_no_moment_that_passes(make):
    story = make.live_story("Of that day", at=datetime(2016, 7, 28, 9, tzinfo=UTC))
    for address in ("/en/", story.path, "/en/section/world/", "/en/archive/2016/07/"):
        page = read(address)
        assert "28 July 2016" in page
        assert "oday" not in page
        assert "ago<" not in page


def test_lists_show_the_newest_thirty_and_months_hold_the_rest(make):
    tag, author = make.tag("Roads"), make.author("Leila Haddow", slug="leila")
    editions = make.many(50, tag=tag, author=author, first=datetime(2024, 11, 22, tzinfo=UTC), apart=DAY)
    for top in ("/en/section/world/", "/en/tag/roads/", "/en/author/leila/"):
        page = read(top)
        shown = [edition for edition in editions if f'href="{edition.path}"' in page]
        assert shown == editions[:30]
        assert f'href="{top}2024/10/"' in page
        months = read(f"{top}2024/10/") + read(f"{top}2024/11/")
        assert all(f'href="{edition.path}"' in months for edition in editions)
        assert get(f"{top}2024/09/").status_code == 404
        assert get(f"{top}2025/10/").status_code == 404


def test_a_list_leads_to_the_years_before(make):
    make.many(1, first=datetime(2016, 7, 28, tzinfo=UTC))
    make.many(1, first=datetime(2024, 11, 22, tzinfo=UTC))
    page = read("/en/section/world/")
    assert 'href="/en/section/world/2016/07/">2016</a>' in page
    assert "2020" not in page.partition("</main>")[0].partition('class="pages"')[2]


def test_a_long_month_stands_by_days(make):
    editions = make.many(200, first=datetime(2024, 10, 31, 12, tzinfo=UTC), apart=timedelta(hours=2))
    page = read("/en/section/world/2024/10/")
    assert page.count("<h3>") <= 120
    assert 'href="/en/section/world/2024/10/20/"' in page
    days = "".join(
        read(f"/en/section/world/2024/10/{day:02}/")
        for day in sorted({edition.first_published_at.day for edition in editions[:-12]})
    )
    assert all(f'href="{edition.path}"' in days for edition in editions[:150])


def test_a_month_turns_at_midnight_in_the_publications_zone(make):
    edition = make.many(1, first=datetime(2024, 10, 31, 22, tzinfo=UTC))[0]  # the first of November in Damascus
    assert edition.path in read("/en/section/world/2024/11/")
    assert get("/en/section/world/2024/10/").status_code == 404
    assert edition.path in read("/en/archive/2024/11/01/")


def test_languages_keep_apart_in_every_list(make):
    author = make.author("Leila Haddow", slug="leila", ar="ليلى حدّو")
    english = make.live_story("In English", authors=[author])
    arabic = make.live_story("بالعربية", language="ar", authors=[author])
    for beneath in ("", "section/world/", "author/leila/", "archive/"):
        page = read(f"/en/{beneath}")
        assert english.path in page
        assert f'href="{arabic.path}"' not in page
    assert "ليلى حدّو" in read("/ar/author/leila/")


def test_an_author_page_says_who_they_are(make):
    author = make.author("Leila Haddow", slug="leila", role="Courts", biography="Has read every file.")
    make.live_story(authors=[author])
    page = read("/en/author/leila/")
    assert "Courts" in page
    assert "Has read every file." in page


def test_a_section_leads_to_itself_in_the_other_language(make):
    make.section("world")
    assert '<a class="sibling" href="/ar/section/world/"' in read("/en/section/world/")
    make.section("local", names={"en": "Local"})
    assert '<a class="sibling" href="/ar/"' in read("/en/section/local/")
    assert get("/ar/section/local/").status_code == 404


def test_the_section_a_page_belongs_to_is_marked_in_the_navigation(make):
    story = make.live_story()
    assert '<a href="/en/section/world/" aria-current="true">World</a>' in read(story.path)
    assert '<a href="/en/section/world/" aria-current="page">World</a>' in read("/en/section/world/")


def test_a_withdrawn_story_leaves_every_list(make):
    author = make.author("Leila Haddow", slug="leila")
    story = make.live_story("Wrong", tags=["Roads"], authors=[author])
    stories.withdraw(story, by=None, reason="legal")
    for address in ("/en/", "/en/section/world/", "/en/tag/roads/", "/en/author/leila/", "/en/archive/"):
        assert story.path not in read(address)


def test_the_archive_counts_its_months_and_days(make):
    make.many(3, first=datetime(2024, 11, 20, 12, tzinfo=UTC))
    make.many(2, first=datetime(2024, 10, 5, 12, tzinfo=UTC))
    make.many(1, first=datetime(2024, 11, 21, 12, tzinfo=UTC))
    page = read("/en/archive/")
    assert "since 5 October 2024" in page
    assert '<a href="/en/archive/2024/11/20/">20<small>3<span class="hidden"> stories' in page
    assert '<a href="/en/archive/2024/10/"><abbr title="October">Oct</abbr><small>2</small></a>' in page
    # The newest day and month may get more: a count there would make every page of the year stale with each publish.
    assert '<a href="/en/archive/2024/11/21/">21</a>' in page
    assert '<abbr title="November">Nov</abbr></b>' in page
    day = read("/en/archive/2024/11/20/")
    assert 'aria-current="date"' in day
    assert day.count("<h3>") == 3
    for nothing in (
        "/en/archive/2024/11/22/",
        "/en/archive/2024/02/31/",
        "/en/archive/2024/09/",
        "/en/archive/2015/01/",
    ):
        assert get(nothing).status_code == 404


@pytest.mark.parametrize("number", [24, 300])
def test_lists_take_eight_queries_at_most_however_long_they_are(make, number):
    photo, tag, author = make.photo(), make.tag("Roads"), make.author("Leila Haddow", slug="leila", ar="ليلى")
    make.many(number, photo=photo, tag=tag, author=author, apart=timedelta(minutes=7))
    day = make.many(1, tag=tag, author=author)[0].first_published_at
    for beneath in ("section/world/", "tag/roads/", "author/leila/"):
        for months in ("", f"{day:%Y/%m}/", f"{day:%Y/%m/%d}/"):
            assert cost(f"/en/{beneath}{months}") <= 8, (beneath, months)
    for address in ("/en/", f"/en/archive/{day:%Y/%m}/", "/en/archive/", f"/en/archive/{day:%Y/%m/%d}/"):
        assert cost(address) <= 6, address


def test_a_long_month_asks_as_often_as_a_short_one_and_leads_to_its_days(make):
    first = datetime(2024, 11, 20, 12, tzinfo=UTC)
    make.many(30, first=first, apart=timedelta(minutes=1))
    short = cost("/en/section/world/2024/11/")
    assert "/en/section/world/2024/11/20/" not in read("/en/section/world/2024/11/")
    make.many(31, first=first - DAY, apart=timedelta(minutes=1))
    page = read("/en/section/world/2024/11/")
    assert cost("/en/section/world/2024/11/") == short
    assert page.count("<h3>") == 30  # the days that are whole, and no more than LONG_MONTH stories
    assert 'href="/en/section/world/2024/11/19/"' in page
    assert read("/en/section/world/2024/11/19/").count("<h3>") == 31


def test_a_story_with_three_tags_and_two_people_stands_once_in_the_months_of_each(make):
    people = [make.author("Leila Haddow", slug="leila"), make.author("Tomas Arran", slug="tomas")]
    at = datetime(2024, 11, 20, 12, tzinfo=UTC)
    story = make.live_story("Once", tags=["Roads", "Rails", "Rivers"], authors=people, at=at)
    for address in ("/en/tag/roads/2024/11/", "/en/author/leila/2024/11/", "/en/author/tomas/2024/11/20/"):
        assert read(address).count(f'<h3><a href="{story.path}">') == 1
