"""The wall in a browser: walked, chosen and sorted by keys alone, from either side of the page, and by finger."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from articles.models import Collection, Photo

from .test_writing import AXE, sign_in
from .waiting import until

pytestmark = pytest.mark.browser
WALL = "/admin/articles/photo/"
expect.set_options(timeout=30_000)  # the ceiling of every wait: a machine may be busy with other things


@pytest.fixture
def four(make):
    """Four pictures; the wall shows the newest first: A, B, C, D."""
    return [make.photo(headline=name, caption="" if name == "C" else None) for name in "DCBA"][::-1]


@pytest.fixture
def desk(make, live_server, new_context, client):
    """Opens the wall as photo staff."""
    user = make.photo_editor()

    def open_(language="en", query="", **options):
        page = new_context(**options).new_page()
        sign_in(page.context, client, user, live_server.url, language)
        page.goto(f"{live_server.url}{WALL}{query}")
        page.locator("photo-wall[data-works]").wait_for()
        return page

    return open_


def stands_on(page, photo):
    expect(page.locator(".tile[data-on]")).to_have_attribute("data-photo", str(photo.pk))
    expect(page.locator(f'.tile[data-photo="{photo.pk}"] a')).to_be_focused()


def rated(photo, rating):
    """The function that says whether the database holds that rating: what the bar says is said after it is kept."""
    return Photo.objects.get(pk=photo.pk).rating == rating


@pytest.mark.parametrize("language", ["en", "ar"])
def test_pictures_are_walked_chosen_and_sorted_by_keys_alone(desk, four, language):
    page = desk(language)
    ahead, back = ("ArrowRight", "ArrowLeft") if language == "en" else ("ArrowLeft", "ArrowRight")
    first, second, third, last = four
    page.keyboard.press(ahead)
    stands_on(page, first)
    expect(page.locator(".look article")).to_have_attribute("data-photo", str(first.pk))
    page.keyboard.press(ahead)
    stands_on(page, second)
    page.keyboard.press(back)
    stands_on(page, first)
    page.keyboard.press("End")
    stands_on(page, last)
    expect(page.locator(".look article")).to_have_attribute("data-photo", str(last.pk))
    page.keyboard.press("Home")
    stands_on(page, first)
    # Without a choice a key is about the picture one stands on; the tile that comes back has the focus.
    page.keyboard.press("p")
    expect(page.locator(f'.tile[data-photo="{first.pk}"]')).to_have_attribute("data-rated", "picked")
    assert rated(first, 1)
    stands_on(page, first)
    # The next without a caption, on to the end, and all of them rejected.
    page.keyboard.press("n")
    stands_on(page, third)
    page.keyboard.press("Space")
    page.keyboard.press(f"Shift+{ahead}")
    stands_on(page, last)
    expect(page.locator(".tile :checked")).to_have_count(2)
    page.keyboard.press("r")
    expect(page.locator('.tile[data-rated="rejected"]')).to_have_count(2)
    assert [rated(photo, -1) for photo in four] == [False, False, True, True]
    page.keyboard.press("Escape")
    expect(page.locator(".tile :checked")).to_have_count(0)
    expect(page.locator("#acts")).to_be_hidden()
    # In the list a line is a step down; a turn to the right is one in either direction of reading.
    page.keyboard.press("l")
    expect(page.locator("[name=view][value=list]")).to_be_checked()
    page.keyboard.press("ArrowUp")
    stands_on(page, third)
    # What is shown is loaded before it is turned: a picture's old address is gone then.
    expect(page.locator(".look article")).to_have_attribute("data-photo", str(third.pk))
    until(page, "() => [...document.images].every((one) => one.complete)")
    token = third.token
    page.keyboard.press("]")
    until(page, "token => !document.querySelector(`.tile img[src*='${token}']`)", token)
    assert Photo.objects.get(pk=third.pk).rotation == 90
    page.keyboard.press("Shift+/")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    page.keyboard.press("e")
    page.wait_for_url(f"**/captions/?photos={third.pk}")


def test_a_choice_outlives_the_page_and_goes_to_the_captions_and_into_a_collection(desk, four, monkeypatch):
    monkeypatch.setattr("articles.admin.photos.PhotoAdmin.list_per_page", 2)
    page = desk()
    first, second, third, _last = four
    page.keyboard.press("ArrowRight")
    stands_on(page, first)
    page.keyboard.press("Space")
    expect(page.locator("[data-chosen]")).to_have_text("1 chosen")
    page.keyboard.press("ArrowRight")
    stands_on(page, second)
    page.keyboard.press("ArrowRight")  # over the edge: the next page, at its beginning
    stands_on(page, third)
    expect(page.locator("[data-chosen]")).to_have_text("1 chosen, on another page")
    page.keyboard.press("x")
    expect(page.locator("[data-chosen]")).to_have_text("2 chosen, 1 of them on other pages")
    page.keyboard.press("k")
    page.get_by_label("Name of a collection").fill("The bridge")
    page.keyboard.press("Enter")
    expect(page.locator("[data-done]")).to_have_text("2 pictures are now in “The bridge”.")
    assert set(Collection.objects.get().photos.all()) == {first, third}
    page.locator("#acts").get_by_role("link", name="Captions").click()
    page.wait_for_url(f"**/captions/?photos={first.pk},{third.pk}*")
    page.go_back()
    page.locator("photo-wall[data-works]").wait_for()
    expect(page.locator("[data-chosen]")).to_have_text("2 chosen, 1 of them on other pages")
    page.get_by_role("button", name="Clear").click()
    expect(page.locator("[data-chosen]")).to_have_text("")
    page.reload()
    page.locator("photo-wall[data-works]").wait_for()
    expect(page.locator(".tile :checked")).to_have_count(0)


def test_chosen_pictures_go_into_a_story_by_keys_alone(desk, four, make):
    story, _other = make.story("The bridge opens"), make.story("A ferry sinks")
    page = desk()
    first, second, *_rest = four
    for photo in (first, second):
        page.keyboard.press("ArrowRight")
        stands_on(page, photo)
        page.keyboard.press("Space")
    expect(page.locator("[data-chosen]")).to_have_text("2 chosen")
    page.keyboard.press("s")
    sheet = page.locator("#into-story")
    expect(sheet.get_by_role("combobox")).to_be_focused()
    expect(sheet.get_by_role("option")).to_have_count(2)
    sheet.get_by_role("combobox").fill("bridge")
    expect(sheet.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("[data-done]")).to_have_text("2 pictures are now in “The bridge opens”. Open it")
    assert [row.photo for row in story.attachments.all()] == [first, second]
    stands_on(page, second)
    page.locator("[data-done] a").click()
    page.wait_for_url(f"**/story/{story.pk}/change/")


def test_a_lost_line_is_said_and_leaves_the_choice(desk, four):
    page = desk()
    page.locator(".tile .choose").first.click()
    page.context.set_offline(True)
    page.locator("#acts").get_by_role("button", name="Pick").click()
    expect(page.locator("[data-done]")).to_contain_text("Not done: there is no line to the server.")
    expect(page.locator("[data-chosen]")).to_have_text("1 chosen")
    page.context.set_offline(False)
    page.locator("#acts").get_by_role("button", name="Pick").click()
    expect(page.locator("[data-done]")).to_have_text("1 picture picked")
    assert rated(four[0], 1)


@pytest.mark.parametrize(("language", "scheme"), [("en", "light"), ("ar", "dark")])
def test_the_wall_works_by_finger_and_anybody_can_read_it(desk, four, language, scheme):
    page = desk(language, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, color_scheme=scheme)
    page.locator(".tile .choose").nth(1).tap()
    page.locator(".tile .choose").nth(2).tap()
    expect(page.locator(".tile :checked")).to_have_count(2)
    page.locator("#acts [value=pick]").tap()
    expect(page.locator('.tile[data-rated="picked"]')).to_have_count(2)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.context.new_cdp_session(page).send("Page.setBypassCSP", {"enabled": True})
    page.reload()
    page.locator("photo-wall[data-works]").wait_for()
    expect(page.locator(".tile :checked")).to_have_count(2)
    found = Axe().run(page, options=AXE)
    assert found.violations_count == 0, found.generate_report()
    page.set_viewport_size({"width": 1440, "height": 900})
    page.locator(".tile a").first.click()
    page.locator(".look article").wait_for()
    page.locator("label:has([value=list])").click()
    expect(page.locator("[name=view][value=list]")).to_be_checked()
    found = Axe().run(page, options=AXE)
    assert found.violations_count == 0, found.generate_report()
