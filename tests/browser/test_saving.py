"""Saving while one writes, in a browser: no word is lost to a cut line, a closed browser or a colleague."""

import pytest
from django.test import Client

from articles.body import document
from articles.models import Story
from tests.conftest import CHROMIUM, CHROMIUM_FLAGS

from .test_writing import desk, put_cursor, room, sign_in  # noqa: F401  `desk` is a fixture
from .waiting import until

pytestmark = pytest.mark.browser


def of_three(make, **content):
    blocks = [document.paragraph("One is here."), document.paragraph("Two is here."), document.paragraph("Three.")]
    return make.story(body=document.document(blocks), **content)


def state(page, name):
    """Wait until the writing room says this of saving."""
    page.locator(f"#story-form[data-saving={name}]").wait_for()


def ready(page):
    page.locator("#story-form[data-saving]").wait_for()
    return page


def text_of(story):
    return [document.text_of(block) for block in Story.objects.get(pk=story.pk).body["content"]]


def second(page, story, site, context=None):
    """A further tab with the same story."""
    tab = (context or page.context).new_page()
    tab.goto(f"{site}{room(story)}")
    return ready(tab)


def test_what_is_typed_is_saved_by_itself(desk, make):  # noqa: F811
    story = of_three(make)
    page = ready(desk(room(story)))
    put_cursor(page, "Two is here.")
    with page.expect_response(lambda answer: answer.url.endswith("/save/")):
        page.keyboard.type(" And more.")
    state(page, "saved")
    assert text_of(story) == ["One is here.", "Two is here. And more.", "Three."]
    page.get_by_label("Headline", exact=True).fill("Another headline")
    state(page, "open")
    state(page, "saved")
    assert Story.objects.get(pk=story.pk).headline == "Another headline"
    assert page.locator("[data-saved]").inner_text().startswith("Saved ")


def test_typing_goes_on_while_the_line_is_cut_and_all_of_it_arrives(desk, make):  # noqa: F811
    story = of_three(make)
    page = ready(desk(room(story)))
    page.context.set_offline(True)
    put_cursor(page, "One is here.")
    page.keyboard.type(" First cut.")
    state(page, "offline")
    put_cursor(page, "Three.")
    page.keyboard.type(" Second cut.")
    assert page.locator("[data-saved]").inner_text() == "Offline: kept in this browser"
    page.context.set_offline(False)
    state(page, "back")
    assert "nothing lost" in page.locator("[data-saved]").inner_text()
    assert text_of(story) == ["One is here. First cut.", "Two is here.", "Three. Second cut."]


def test_a_save_whose_answer_was_lost_counts_once(desk, make):  # noqa: F811
    story = of_three(make)
    page = ready(desk(room(story)))
    seen = []

    def lose_the_answer(route):
        seen.append(route.request.post_data_json["save"])
        if len(seen) == 1:
            route.fetch()  # it arrives, and its answer does not come back
            route.abort()
        else:
            route.continue_()

    page.route("**/save/", lose_the_answer)
    put_cursor(page, "Three.")
    page.keyboard.type(" Once.")
    state(page, "back")
    assert seen[0] == seen[1]
    assert text_of(story)[2] == "Three. Once."
    assert story.saves.count() == 1


def test_text_left_in_a_closed_tab_is_sent_by_the_next_one(desk, make, live_server):  # noqa: F811
    story = of_three(make)
    page = ready(desk(room(story)))
    page.route("**/save/", lambda route: route.abort())
    put_cursor(page, "Two is here.")
    page.keyboard.type(" Left behind.")
    state(page, "offline")
    until(page, KEPT, "Left behind.")
    context = page.context
    page.close(run_before_unload=False)
    assert text_of(story)[1] == "Two is here."
    again = context.new_page()
    again.goto(f"{live_server.url}{room(story)}")
    again.get_by_text("had stayed in this browser").wait_for()
    assert "Left behind." in again.locator(".tiptap").inner_text()
    assert text_of(story)[1] == "Two is here. Left behind."


def test_all_that_a_closed_tab_left_is_sent_at_once(desk, make, live_server):  # noqa: F811
    story = of_three(make)
    page = ready(desk(room(story)))
    page.route("**/save/", lambda route: route.abort())
    put_cursor(page, "Two is here.")
    page.keyboard.type(" Sent and not answered.")
    state(page, "offline")
    put_cursor(page, "Three.")
    page.keyboard.type(" Not sent yet.")
    until(page, KEPT, "Not sent yet.")
    context = page.context
    page.close(run_before_unload=False)
    again = context.new_page()
    again.goto(f"{live_server.url}{room(story)}")
    again.get_by_text("had stayed in this browser").wait_for()
    assert text_of(story)[1:] == ["Two is here. Sent and not answered.", "Three. Not sent yet."]


def test_text_left_in_a_closed_browser_is_sent_when_it_opens_again(make, live_server, browser, tmp_path):
    story, user = of_three(make), make.publisher()
    place = {"executable_path": CHROMIUM, "args": CHROMIUM_FLAGS, "user_data_dir": tmp_path / "browser"}
    context = browser.browser_type.launch_persistent_context(**place)
    sign_in(context, Client(), user, live_server.url)
    page = second(None, story, live_server.url, context)
    page.route("**/save/", lambda route: route.abort())
    put_cursor(page, "Two is here.")
    page.keyboard.type(" Left behind.")
    state(page, "offline")
    until(page, KEPT, "Left behind.")
    context.close()
    assert text_of(story)[1] == "Two is here."
    context = browser.browser_type.launch_persistent_context(**place)
    sign_in(context, Client(), user, live_server.url)
    page = second(None, story, live_server.url, context)
    page.get_by_text("had stayed in this browser").wait_for()
    assert "Left behind." in page.locator(".tiptap").inner_text()
    context.close()
    assert text_of(story)[1] == "Two is here. Left behind."


# Whether the browser's own storage holds a text that is not answered for.
KEPT = """words => new Promise(done => {
    const opening = indexedDB.open("newsroom-desk", 1);
    opening.onsuccess = () => {
        const asked = opening.result.transaction("unsent").objectStore("unsent").getAll();
        asked.onsuccess = () => { opening.result.close(); done(JSON.stringify(asked.result).includes(words)); };
    };
})"""


def test_two_tabs_in_different_blocks_see_both(desk, make, live_server):  # noqa: F811
    story = of_three(make)
    page = ready(desk(room(story)))
    other = second(page, story, live_server.url)
    put_cursor(page, "One is here.")
    page.keyboard.type(" From the first tab")
    put_cursor(other, "Three.")
    other.keyboard.type(" From the second tab")
    other.keyboard.press("Enter")
    other.keyboard.type("A new block")
    for tab in (page, other):
        tab.locator(".tiptap", has_text="From the first tab").wait_for()
        tab.locator(".tiptap", has_text="From the second tab").wait_for()
        tab.locator(".tiptap > p", has_text="A new block").wait_for()
    # The cursor stayed where it was, and undoing takes back one's own words only.
    page.keyboard.type(", still")
    assert page.locator(".tiptap > p").first.inner_text() == "One is here. From the first tab, still"
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    assert "From the second tab" in page.locator(".tiptap").inner_text()
    state(page, "saved")
    assert text_of(story)[2:] == ["Three. From the second tab", "A new block"]


def test_two_in_the_same_words_choose_and_both_words_survive(desk, make, live_server, new_context):  # noqa: F811
    story = of_three(make)
    page = ready(desk(room(story)))
    context = new_context()
    sign_in(context, Client(), make.publisher(first_name="Omar", last_name="Said"), live_server.url)
    other = second(page, story, live_server.url, context)
    clash = both_write_over(page, other)
    assert "stands elsewhere" in clash.inner_text()
    assert "went away" in clash.inner_text()
    assert "1 place to decide" in other.locator("[data-saved]").inner_text()
    assert text_of(story)[1] == "Two went away."
    other.get_by_role("button", name="Show it").click()
    other.keyboard.press("3")
    clash.wait_for(state="detached")
    for words in ("stands", "elsewhere", "went", "away"):
        assert words in text_of(story)[1]
    page.locator(".tiptap", has_text="elsewhere").wait_for()
    context.close()


def both_write_over(page, other):
    """Each writes over “Two is here.”, `other` while its line is cut. Gives the clash that `other` is shown."""
    other.context.set_offline(True)
    replace(other, "Two is here.", "Two stands elsewhere.")
    state(other, "offline")
    replace(page, "Two is here.", "Two went away.")
    state(page, "saved")
    other.context.set_offline(False)
    clash = other.locator(".clash")
    clash.wait_for()
    return clash


def replace(page, old, new):
    """Write `new` over the whole block that says `old`."""
    page.locator(".tiptap > *", has_text=old).first.click(click_count=3)
    page.keyboard.type(new)


def test_publishing_right_after_typing_publishes_what_is_on_the_screen(desk, make):  # noqa: F811
    story = make.live_story(pictures=[make.photo()])
    page = ready(desk(room(story)))
    page.get_by_label("Kicker").fill("The very last word")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    page.get_by_text("Edition 2 of").wait_for()
    story.refresh_from_db()
    assert (story.live_edition.number, story.live_edition.kicker) == (2, "The very last word")


def test_a_story_gets_its_number_with_its_first_letters(desk, make):  # noqa: F811
    page = ready(desk("/admin/articles/story/add/"))
    assert not Story.objects.exists()
    page.locator(".tiptap").click()
    page.keyboard.type("A first paragraph.")
    state(page, "saved")
    page.get_by_label("Headline", exact=True).fill("And a headline")
    state(page, "open")
    state(page, "saved")
    story = Story.objects.get()
    assert (story.headline, text_of(story)) == ("And a headline", ["A first paragraph."])
    assert page.url.endswith(room(story))
    page.reload()
    assert page.get_by_label("Headline", exact=True).input_value() == "And a headline"


def test_a_version_is_kept_under_a_name(desk, make):  # noqa: F811
    story = of_three(make)
    page = ready(desk(room(story)))
    assert page.get_by_role("button", name="Save", exact=True).count() == 0
    put_cursor(page, "Three.")
    page.keyboard.type(" And four.")
    page.keyboard.press("Control+s")
    page.get_by_label("Name of this version").fill("Before the lawyer")
    page.keyboard.press("Enter")
    state(page, "kept")
    revision = story.revisions.get(name="Before the lawyer")
    assert "And four." in str(revision.snapshot)


def test_who_is_signed_out_keeps_the_text_and_goes_on_after_signing_in(desk, make, client, live_server):  # noqa: F811
    story = of_three(make)
    page = ready(desk(room(story)))
    page.context.clear_cookies()
    put_cursor(page, "Three.")
    page.keyboard.type(" Kept.")
    state(page, "signed_out")
    assert page.get_by_role("link", name="Sign in again").get_attribute("target") == "_blank"
    assert text_of(story)[2] == "Three."
    sign_in(page.context, client, desk.user, live_server.url)
    token = client.get("/admin/articles/story/add/").cookies["csrftoken"].value
    page.context.add_cookies([{"name": "csrftoken", "value": token, "url": f"{live_server.url}/admin/"}])
    state(page, "back")
    assert text_of(story)[2] == "Three. Kept."


def test_what_cannot_be_kept_is_said_and_stays_on_the_screen(desk, make):  # noqa: F811
    story = of_three(make)
    page = ready(desk(room(story)))
    page.get_by_label("Kicker").fill("long " * 40)
    state(page, "refused")
    assert "at most 80" in page.locator("[data-saved]").inner_text()
    page.get_by_label("Kicker").fill("Short")
    state(page, "saved")
    assert Story.objects.get(pk=story.pk).kicker == "Short"


def test_who_is_where_stands_beside_the_text(desk, make, live_server, new_context):  # noqa: F811
    story = of_three(make)
    page = ready(desk(room(story)))
    context = new_context()
    sign_in(context, Client(), make.publisher(first_name="Omar", last_name="Said"), live_server.url)
    other = second(page, story, live_server.url, context)
    put_cursor(other, "Three.")
    page.locator('.tiptap > [data-who="Omar Said"]', has_text="Three.").wait_for()
    assert page.get_by_role("img", name="Here now: Omar Said").is_visible()
    other.goto("about:blank")
    page.locator(".tiptap > [data-who]").wait_for(state="detached", timeout=45_000)
