"""The readers' pages in a browser: nothing for axe to find, nothing to scroll sideways, light and dark as chosen."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from articles.body import document

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture
def addresses(make):
    """One page of each kind, in both languages."""
    photo = make.photo(width=960, height=640)
    facts = document.fact_box("In figures", [document.bullet_list(["Level: 4.61 m", "People: 1,140"])])
    paragraphs = ["It rained.", document.quote("We counted.", "Mina Orlow"), document.crosshead("Turns"), facts]
    first = make.live_story("First", pictures=[photo], paragraphs=paragraphs, at=make.moment())
    second = make.live_story("Second", related=[first], kind="long_read", pictures=[photo], at=make.moment(1))
    arabic = make.live_story(language="ar", sibling_key=first.sibling_key, at=make.moment())
    for number in range(9):
        make.live_story(f"Headline {number}", kind="opinion" if number % 4 == 0 else "news", at=make.moment(number))
    lists = [f"/{language}/{beneath}" for language in ("en", "ar") for beneath in ("", "section/world/", "archive/")]
    return [first.path, second.path, arabic.path, *lists, "/en/section/world/2024/11/", "/en/nothing/", "/ar/nothing/"]


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_axe_finds_nothing_on_any_page(live_server, page, addresses, width, scheme):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    for address in addresses:
        page.goto(live_server.url + address)
        found = Axe().run(page, options={"runOnly": RULES}).response
        assert found["passes"], address
        assert not found["violations"], (address, [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]])


def test_no_page_scrolls_sideways_on_the_smallest_phone(live_server, page, addresses):
    page.set_viewport_size({"width": 320, "height": 800})
    for address in addresses:
        page.goto(live_server.url + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address


def test_the_choice_of_dark_holds_on_the_next_page_and_as_my_device_ends_it(live_server, page, addresses):
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    page.emulate_media(color_scheme="light")
    page.goto(live_server.url + "/en/")
    light = page.evaluate(paper)
    page.check("#theme-dark")
    dark = page.evaluate(paper)
    page.goto(live_server.url + addresses[0])
    page.wait_for_function(f"{paper} === '{dark}'")
    assert dark != light
    assert page.is_checked("#theme-dark")
    page.check("#theme-auto")
    page.goto(live_server.url + "/en/")
    assert page.evaluate(paper) == light
    assert not page.context.cookies()


def test_a_keyboard_reader_skips_to_the_content_first(live_server, page, addresses):
    page.goto(live_server.url + addresses[0])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
