"""Looking at a story while writing it: links to other stories, and the preview that follows the typing."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import expect

from articles.body import document
from articles.models import Story

from .test_writing import AXE, desk, put_cursor, room, save, sign_in, written  # noqa: F401

pytestmark = pytest.mark.browser
BESIDE = ".beside iframe:not([data-next])"


@pytest.fixture
def clean(page):
    """Fails the test where the page reports an error of script or policy."""
    said = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield
    assert said == []


def of_two(make, **content):
    body = document.document([document.paragraph("It opens on Monday."), document.paragraph("Buses go first.")])
    return make.story(body=body, **content)


def choose(page, words):
    """Choose the last word of the block that holds `words`, and ask for a link."""
    # The page beside the text may move it just when the mouse is on its way: who misses the words, tries again.
    for _try in range(20):
        put_cursor(page, words)
        page.keyboard.press("Control+Shift+ArrowLeft")
        page.keyboard.press("Control+Shift+ArrowLeft")
        if len(page.evaluate("getSelection().toString()")) > 2:
            break
    page.keyboard.press("Control+k")
    page.locator(".link-strip input").wait_for()


def links_in(page):
    return [
        mark["attrs"]["href"]
        for block in written(page)
        for run in block.get("content", ())
        for mark in run.get("marks", ())
        if mark["type"] == "link"
    ]


def test_a_link_to_a_story_is_found_by_its_headline_with_the_keys_alone(desk, make, clean):  # noqa: F811
    other = make.live_story("A ferry returns")
    story = of_two(make)
    page = desk(room(story))
    page.locator("#story-form[data-saving]").wait_for()
    choose(page, "Buses go first.")
    page.keyboard.type("ferry")
    field = page.get_by_role("combobox", name="Headline of a story, or an address")
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    option = page.get_by_role("option", name="A ferry returns")
    expect(option).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == option.get_attribute("id")
    page.keyboard.press("Enter")
    expect(page.locator(".link-strip")).to_have_count(0)
    assert links_in(page) == [f"story:{other.uuid}"]
    page.keyboard.press("End")
    page.keyboard.type(" More.")
    save(page)
    assert f"story:{other.uuid}" in str(Story.objects.get(pk=story.pk).body)


def test_an_address_of_our_own_is_kept_as_the_story_that_stands_there(desk, make, live_server, clean):  # noqa: F811
    other = make.live_story("الجسر يُفتح", language="ar")
    page = desk(room(of_two(make)))
    page.locator("#story-form[data-saving]").wait_for()
    choose(page, "Buses go first.")
    page.keyboard.insert_text(f"{live_server.url}{other.path}")
    page.keyboard.press("Enter")
    expect(page.locator(".link-strip")).to_have_count(0)
    assert links_in(page) == [f"story:{other.uuid}"]


def test_a_link_there_is_says_where_it_leads_and_is_taken_away(desk, make, clean):  # noqa: F811
    other = make.story("Not out yet")
    body = document.document([document.paragraph([document.text("as told before", link=f"story:{other.uuid}")])])
    page = desk(room(make.story(body=body)))
    page.locator("#story-form[data-saving]").wait_for()
    choose(page, "as told before")
    field = page.locator(".link-strip input")
    expect(field).to_have_value("Not out yet")
    expect(page.locator(".link-strip")).to_contain_text(
        "Readers see the words without a link until this story is live."
    )
    way = page.get_by_role("link", name="Open it")
    assert way.get_attribute("href") == reverse("admin:articles_story_change", args=[other.pk])
    page.keyboard.press("Enter")  # nothing was changed, so nothing changes
    expect(page.locator(".link-strip")).to_have_count(0)
    assert links_in(page) == [f"story:{other.uuid}"]
    page.keyboard.press("Control+k")
    page.get_by_role("button", name="Take the link away").click()
    expect(page.locator(".link-strip")).to_have_count(0)
    assert links_in(page) == []


def test_an_address_elsewhere_stays_as_it_is_typed(desk, make, clean):  # noqa: F811
    page = desk(room(of_two(make)))
    page.locator("#story-form[data-saving]").wait_for()
    choose(page, "Buses go first.")
    page.keyboard.type("example.org/plan")
    page.keyboard.press("Enter")
    expect(page.locator(".link-strip")).to_have_count(0)
    assert links_in(page) == ["https://example.org/plan"]
    choose(page, "It opens on Monday.")
    page.keyboard.type("no such story at all")
    page.keyboard.press("Enter")
    expect(page.locator(".link-strip [role=alert]")).to_contain_text("A link begins with")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator(".link-strip")).to_have_count(0)
    expect(page.locator(".tiptap")).to_be_focused()


def test_the_preview_beside_the_text_follows_what_is_typed_and_keeps_its_place(desk, make, clean):  # noqa: F811
    words = [f"Paragraph {number}. " + "Words that fill a line. " * 20 for number in range(30)]
    body = document.document([document.paragraph(one) for one in words])
    page = desk("/admin/")
    page.set_viewport_size({"width": 1440, "height": 900})
    page = desk(room(make.story(body=body, pictures=[make.photo()])))
    page.locator("#story-form[data-saving]").wait_for()
    page.keyboard.press("Shift+F9")
    frame = page.frame_locator(BESIDE)
    expect(frame.locator("h1")).to_contain_text("The bridge opens")
    frame.locator("html").evaluate("() => scrollTo({ top: 1500, behavior: 'instant' })")
    put_cursor(page, "Paragraph 0.")
    page.keyboard.type(" Typed just now.")
    expect(frame.locator(".body")).to_contain_text("Typed just now.", timeout=15_000)
    assert frame.locator("html").evaluate("() => scrollY") == 1500
    expect(page.locator(".tiptap")).to_be_focused()
    # This browser remembers it.
    page.reload()
    expect(page.frame_locator(BESIDE).locator(".body")).to_contain_text("Typed just now.")
    page.get_by_role("button", name="Preview beside the text").click()
    expect(page.locator(".beside")).to_be_hidden()
    expect(page.locator(".side")).to_be_visible()
    page.reload()
    page.locator("#story-form[data-saving]").wait_for()
    expect(page.locator(".beside")).to_be_hidden()


def test_the_preview_beside_a_new_story_waits_for_its_first_words(desk, make, clean):  # noqa: F811
    page = desk("/admin/")
    page.set_viewport_size({"width": 1440, "height": 900})
    page = desk(reverse("admin:articles_story_add"))
    page.locator("#story-form[data-saving]").wait_for()
    page.keyboard.press("Shift+F9")
    expect(page.locator(".beside")).to_contain_text("The page stands here as soon as something is written.")
    page.get_by_label("Headline", exact=True).fill("A first headline")
    expect(page.frame_locator(BESIDE).locator("h1")).to_contain_text("A first headline", timeout=15_000)


def test_a_narrow_screen_has_no_preview_beside_the_text(desk, make, clean):  # noqa: F811
    page = desk("/admin/")
    page.set_viewport_size({"width": 1000, "height": 800})
    page = desk(room(of_two(make)))
    page.locator("#story-form[data-saving]").wait_for()
    expect(page.get_by_role("button", name="Preview beside the text")).to_be_hidden()
    page.keyboard.press("Shift+F9")
    expect(page.locator(".side")).to_be_visible()
    assert page.locator(".beside iframe").count() == 0


def test_duplicating_from_the_menu_takes_along_what_was_typed_last(desk, make, clean):  # noqa: F811
    story = of_two(make)
    page = desk(room(story))
    page.locator("#story-form[data-saving]").wait_for()
    put_cursor(page, "Buses go first.")
    page.keyboard.type(" Typed last.")
    page.get_by_role("button", name="More moves").click()
    page.get_by_role("button", name="Duplicate").click()
    page.get_by_text("This is the copy.").wait_for()
    expect(page.locator(".tiptap")).to_contain_text("Typed last.")
    copy = Story.objects.exclude(pk=story.pk).get()
    assert page.url.endswith(room(copy))
    story.refresh_from_db()
    assert document.text_of(story.body) == document.text_of(copy.body)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_strip_and_the_preview_are_within_reach_of_everybody(make, live_server, browser, client, language):
    make.live_story(language=language)
    body = document.document([document.paragraph("One two three.")])
    story = make.story(language=language, body=body)
    # axe brings a style sheet of its own, which the policy of the admin blocks.
    context = browser.new_context(viewport={"width": 1440, "height": 900}, bypass_csp=True)
    sign_in(context, client, make.publisher(), live_server.url, language)
    page = context.new_page()
    page.goto(f"{live_server.url}{room(story)}")
    page.locator("#story-form[data-saving]").wait_for()
    page.keyboard.press("Shift+F9")
    page.frame_locator(BESIDE).locator("h1").wait_for()
    choose(page, "One two three.")
    page.keyboard.type("The bridge" if language == "en" else "الجسر")
    page.locator(".link-strip [role=option]").first.wait_for()
    page.keyboard.press("ArrowDown")
    results = Axe().run(page, options=AXE)
    assert results.violations_count == 0, results.generate_report()
    context.close()
