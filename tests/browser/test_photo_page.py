"""A picture's page in a browser: a crop dragged, a file replaced, one withdrawn; the public page right each time."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import expect

from articles.models import Photo

from .test_writing import AXE, sign_in

pytestmark = pytest.mark.browser


@pytest.fixture
def shown(make):
    """A picture that a live story leads with."""
    photo = make.photo(width=1200, height=800, headline="The bridge")
    photo.story = make.live_story(pictures=[photo])
    return photo


@pytest.fixture
def desk(make, live_server, page, client):
    """Opens a screen of a picture as photo staff, in a language."""
    user = make.photo_editor()

    def open_(name, photo, language="en"):
        sign_in(page.context, client, user, live_server.url, language)
        page.goto(live_server.url + reverse(f"admin:articles_photo_{name}", args=[photo.pk]))
        return page

    return open_


def public(page, live_server, photo):
    """The sources of the pictures on the story's public page, in a tab of their own, all of them loaded."""
    tab = page.context.new_page()
    tab.goto(live_server.url + photo.story.path)
    for picture in tab.locator("figure picture img").all():
        picture.scroll_into_view_if_needed()
        tab.wait_for_function("one => one.complete && one.naturalWidth > 0", arg=picture.element_handle())
    found = tab.evaluate("[...document.querySelectorAll('figure picture img')].map(one => one.currentSrc)")
    tab.close()
    return found


def test_a_crop_that_is_dragged_is_what_readers_see(desk, shown, live_server, page):
    desk("crop", shown)
    page.locator("crop-desk[data-script]").wait_for()
    corner = page.locator(".handles circle").nth(3).bounding_box()
    stage = page.locator(".stage svg image").bounding_box()
    page.mouse.move(corner["x"] + corner["width"] / 2, corner["y"] + corner["height"] / 2)
    page.mouse.down()
    page.mouse.move(stage["x"] + stage["width"] * 0.6, stage["y"] + stage["height"] * 0.6, steps=4)
    page.mouse.up()
    expect(page.locator("[name='3-2-own']")).to_be_checked()
    expect(page.locator("crop-desk .saved")).to_have_text("Not saved yet: 3:2 moved")
    width = float(page.locator("[name='3-2-width']").input_value())
    assert 58 < width < 62
    # By keyboard: the frame to the right by one hundredth, and ten with Shift.
    page.locator(".framing[data-on] rect.frame").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("[name='3-2-x']")).to_have_value("11")
    page.keyboard.press("Control+s")
    page.get_by_text("The crops are saved").wait_for()
    photo = Photo.objects.get()
    assert photo.crops["3:2"][0] == 110
    frame = ".".join(map(str, photo.crops["3:2"]))
    sources = public(page, live_server, shown)
    assert sources
    assert all(f"{photo.token}/c{frame}-" in source for source in sources)


def test_a_replaced_and_a_withdrawn_picture_are_right_on_the_public_page(
    desk, shown, make, live_server, page, tmp_path
):
    old = shown.token
    assert all(old in source for source in public(page, live_server, shown))
    file = tmp_path / "better.jpg"
    file.write_bytes(make.picture_file(1000, 700).read())
    desk("replace", shown)
    page.locator("#file").set_input_files(file)
    page.locator("file-beside .new img").wait_for()
    page.get_by_label("Why, for the desk").fill("Sharper")
    page.get_by_role("button", name="Replace it").click()
    page.get_by_text("has a new file, at new addresses").wait_for()
    new = Photo.objects.get().token
    sources = public(page, live_server, shown)
    assert sources
    assert all(new in source for source in sources)
    page.get_by_role("link", name="Withdraw").click()
    page.get_by_label("Why, for the desk").fill("The family asked")
    page.get_by_role("button", name="Take it off every page, now").click()
    page.get_by_text("Taken off every page at").wait_for()
    assert public(page, live_server, shown) == []
    assert page.request.get(f"{live_server.url}/media/renditions/{new}/640.jpg").status == 404


@pytest.mark.parametrize("name", ["change", "crop", "replace", "withdraw", "proof"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_screen_of_a_picture_is_open_to_everybody(desk, shown, name, language):
    page = desk(name, shown, language)
    page.set_viewport_size({"width": 390, "height": 800})
    page.wait_for_function("document.documentElement.scrollWidth <= innerWidth")
    # axe brings a style sheet of its own, which the policy of the admin blocks.
    page.context.new_cdp_session(page).send("Page.setBypassCSP", {"enabled": True})
    page.reload()
    found = Axe().run(page, options=AXE)
    assert found.violations_count == 0, found.generate_report()
