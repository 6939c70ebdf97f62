"""The history in a browser: compared, put back, shared, without an error of script or policy."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import expect

from articles.body import document
from articles.desk import stories

from .test_writing import AXE, sign_in

pytestmark = pytest.mark.browser


@pytest.fixture
def told(make):
    """Gives a story in a language that was published, then changed."""

    def tell(language="en"):
        story = make.live_story(language=language, pictures=[make.photo(language=language)])
        body = {"type": "doc", "content": [*story.body["content"], document.paragraph("A new end.")]}
        stories.save(story, by=None, body=body, headline=f"{story.headline} 2")
        return story

    return tell


@pytest.fixture
def desk(make, live_server, page, client):
    """Opens an address of the admin as a publisher, in a language."""
    user = make.publisher()

    def open_(name, story, language="en", **said):
        sign_in(page.context, client, user, live_server.url, language)
        page.goto(live_server.url + reverse(f"admin:articles_story_{name}", args=[story.pk, *said.values()]))
        return page

    return open_


def test_two_versions_are_compared_and_one_is_put_back_without_a_script(desk, told, live_server, browser, page):
    story = told()
    desk("history", story)
    plain = browser.new_context(java_script_enabled=False)
    plain.add_cookies(page.context.cookies())
    tab = plain.new_page()
    tab.goto(live_server.url + reverse("admin:articles_story_history", args=[story.pk]))
    assert tab.locator("ins", has_text="A new end.").count() == 1
    tab.get_by_label("Edition 1 as the newer one").check()
    tab.get_by_role("button", name="Compare", exact=True).click()
    assert "Choose two versions" in tab.content()
    tab.get_by_role("link", name="with the working copy").first.click()
    tab.get_by_role("button", name="Put back: Edition 1").click()
    assert "The story is again as it was" in tab.content()
    plain.close()
    story.refresh_from_db()
    assert "A new end." not in document.text_of(story.body)


def test_a_link_is_made_in_the_panel_and_read_without_an_account(desk, told, browser):
    story = told()
    page = desk("change", story)
    page.locator("#t-history").check()
    page.get_by_role("button", name="Make a link").click()
    address = page.get_by_label("Here is the link").input_value()
    stranger = browser.new_context()
    tab = stranger.new_page()
    tab.goto(address)
    assert "This is a draft" in tab.content()
    assert tab.evaluate("[...document.images].every(one => one.src.includes('/admin/share/'))")
    stranger.close()


def test_a_phone_shows_the_page_in_a_frame(desk, told):
    story = told("ar")
    page = desk("preview_width", story, width="phone")
    frame = page.frame_locator("iframe")
    frame.locator("h1").wait_for()
    assert frame.locator("html").get_attribute("dir") == "rtl"
    assert page.locator("iframe").bounding_box()["width"] == 390


def test_the_changes_are_walked_by_keys_and_the_one_before_is_found_again(desk, told):
    page = desk("history", told())
    walk = page.locator("change-walk [role=status]")
    count = page.locator(".diff .change, .diff .sheet > .fieldrow, .diff .sheet > .head:has(ins, del)").count()
    assert count > 1
    page.keyboard.press("n")
    expect(walk).to_have_text(f"1 of {count}")
    expect(page.locator(".diff .head")).to_be_focused()
    page.keyboard.press("n")
    expect(walk).to_have_text(f"2 of {count}")
    page.keyboard.press("b")
    expect(walk).to_have_text(f"1 of {count}")
    page.keyboard.press("b")
    expect(walk).to_have_text(f"{count} of {count}")
    expect(page.locator(".change").last).to_be_focused()
    # Its buttons come next, and letters typed in a field stay letters.
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Take it out again")).to_be_focused()
    page.get_by_label("Keep the working copy").fill("")
    page.keyboard.type("nb")
    expect(page.get_by_label("Keep the working copy")).to_have_value("nb")
    expect(walk).to_have_text(f"{count} of {count}")


def test_what_was_added_is_taken_out_again_from_the_page(desk, told):
    story = told()
    page = desk("history", story)
    page.get_by_role("button", name="Take it out again").click()
    page.get_by_text("The block is taken out again.").wait_for()
    story.refresh_from_db()
    assert "A new end." not in document.text_of(story.body)


@pytest.mark.parametrize("name", ["history", "share", "bin", "card"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_screen_is_open_to_everybody(desk, told, browser, name, language):
    page = desk(name, told(language), language)
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    # axe brings a style sheet of its own, which the policy of the admin blocks.
    page.context.new_cdp_session(page).send("Page.setBypassCSP", {"enabled": True})
    page.reload()
    found = Axe().run(page, options=AXE)
    assert found.violations_count == 0, found.generate_report()
