"""The line is cut, the server is killed, ten people write at once: every word typed is in the story, or shown."""

import pytest
from django.conf import settings
from django.test import Client

from articles.body import document
from articles.models import Clash, Story
from tests.real_server import RealServer

from .test_saving import KEPT, of_three, ready, second, state, text_of
from .test_writing import desk, put_cursor, room, sign_in  # noqa: F401  `desk` is a fixture
from .waiting import until

pytestmark = pytest.mark.browser
EDITORS, WORDS = 10, 15

# The story as the server holds it, with the clashes that are shown, once all of the `words` are in one of them.
ARRIVED = """async ({address, words}) => {
    const answer = await fetch(address).catch(() => null);
    if (!answer?.ok) return false;
    const { state, clashes } = await answer.json();
    const held = JSON.stringify([state.blocks, state.fields, clashes.map((clash) => [clash.mine, clash.theirs])]);
    return words.every((word) => held.includes(word));
}"""


def all_arrived(page, number, words):
    """Wait until every one of `words` is in the story on the server, or in a clash."""
    where = {"address": f"/admin/articles/story/{number}/state/", "words": words}
    until(page, ARRIVED, where)


@pytest.fixture
def server(tmp_path, request):
    """A newsroom that really runs, for a test that kills it."""
    request.getfixturevalue("transactional_db")  # for the tests' own settings of the database
    made = RealServer(tmp_path)
    made.start()
    yield made
    made.end()


def test_a_server_killed_in_the_middle_of_saves_takes_no_word_with_it(server, new_context):
    page = new_context().new_page()
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": server.session}
    page.context.add_cookies([cookie | {"url": f"{server.address}{settings.SESSION_COOKIE_PATH}"}])
    page.goto(f"{server.address}/admin/articles/story/{server.story}/change/")
    ready(page)
    typed = []

    def write(words, block):
        put_cursor(page, block)
        for word in words:
            page.keyboard.type(f" {word}")
            typed.append(word)

    def kill_at_a_save(asked):
        if asked.url.endswith("/save/") and server.process:
            server.kill()

    for life in range(1, 3):
        page.on("request", kill_at_a_save)
        with page.expect_event("requestfailed", lambda asked: asked.url.endswith("/save/")):
            write([f"before{life}x{number}" for number in range(8)], f"Paragraph {life}.")
        page.remove_listener("request", kill_at_a_save)
        write([f"dead{life}x{number}" for number in range(8)], "Paragraph 3.")
        state(page, "offline")
        server.start()
        write([f"after{life}x{number}" for number in range(4)], f"Paragraph {life}.")
        all_arrived(page, server.story, typed)
    assert page.locator(".clash").count() == 0
    page.reload()
    for word in typed:
        assert page.locator(".tiptap", has_text=word).count() == 1


def test_a_long_cut_of_the_line_while_one_types_on_costs_no_word(desk, make):  # noqa: F811
    story = of_three(make)
    page = ready(desk(room(story)))
    page.context.set_offline(True)
    typed = []
    for tries in range(4):  # the browser waits longer after each
        with page.expect_event("requestfailed", lambda asked: asked.url.endswith("/save/")):
            for number, block in enumerate(("One is here.", "Two is here.", "Three.")):
                put_cursor(page, block)
                page.keyboard.type(f" cut{tries}x{number}")
                typed.append(f"cut{tries}x{number}")
    page.get_by_label("Kicker").fill("Typed without a line")
    state(page, "offline")
    assert text_of(story) == ["One is here.", "Two is here.", "Three."]
    page.context.set_offline(False)
    all_arrived(page, story.pk, [*typed, "Typed without a line"])
    page.locator("[data-saved]", has_text="nothing lost").wait_for()
    for number, words in enumerate(text_of(story)):
        assert words.split()[-4:] == [f"cut{tries}x{number}" for tries in range(4)]


def test_ten_editors_write_in_one_story_and_every_word_is_there_or_shown(make, live_server, new_context):
    paragraphs = [document.paragraph(f"Paragraph {number} of five.") for number in range(5)]
    story = make.story(body=document.document(paragraphs))
    pages = []
    for number in range(EDITORS):
        context = new_context(viewport={"width": 900, "height": 700})
        sign_in(context, Client(), make.publisher(first_name=f"Editor{number}"), live_server.url)
        pages.append(second(None, story, live_server.url, context))
    for number, page in enumerate(pages):
        put_cursor(page, f"Paragraph {number % 5} of five.")
        if number >= 8:  # two write paragraphs of their own
            page.keyboard.press("Enter")
    typed = []
    for place in range(WORDS):
        for number, page in enumerate(pages):
            word = f"{'abcdefghij'[number]}{place}q"
            page.keyboard.type(f" {word}")
            typed.append(word)
            if number >= 8 and place % 5 == 4:
                page.keyboard.press("Enter")
    all_arrived(pages[0], story.pk, typed)
    text = document.text_of(Story.objects.get(pk=story.pk).body)
    clashes = list(Clash.objects.filter(story=story).open())
    shown = " ".join(document.text_of(clash.mine) for clash in clashes if clash.mine)
    assert not [word for word in typed if word not in f"{text} {shown}"]
    for page in pages:
        until(page, "count => document.querySelectorAll('.clash').length === count", len(clashes))
        for words in text.split("\n"):
            page.locator(".tiptap > *", has_text=words.strip()).first.wait_for()


@pytest.mark.parametrize("deleted_first", [True, False])
def test_what_one_deletes_while_another_edits_it_is_shown_and_nothing_is_lost(
    desk,  # noqa: F811
    make,
    live_server,
    new_context,
    deleted_first,
):
    story = of_three(make)
    page = ready(desk(room(story)))
    context = new_context()
    sign_in(context, Client(), make.publisher(first_name="Omar", last_name="Said"), live_server.url)
    other = second(None, story, live_server.url, context)

    def edit():
        put_cursor(other, "Two is here.")
        other.keyboard.type(" And Omar wrote this.")

    def delete():
        page.locator(".tiptap > p", has_text="Two is here.").click(click_count=3)
        page.keyboard.press("Delete")
        page.keyboard.press("Delete")

    (first, first_tab), (later, later_tab) = ((delete, page), (edit, other))[:: 1 if deleted_first else -1]
    later_tab.context.set_offline(True)
    later()
    state(later_tab, "offline")
    with first_tab.expect_response("**/save/"):
        first()
    later_tab.context.set_offline(False)
    clash = later_tab.locator(".clash")
    clash.wait_for()
    assert "And Omar wrote this." in clash.inner_text()
    clash.get_by_role("button", name="Keep mine" if deleted_first else "Keep theirs").click()
    clash.wait_for(state="detached")
    for tab in (page, other):
        tab.locator(".tiptap > p", has_text="Two is here. And Omar wrote this.").wait_for()
    assert text_of(story) == ["One is here.", "Two is here. And Omar wrote this.", "Three."]


def test_words_of_who_was_here_first_are_not_sent_as_those_of_who_signed_in_since(desk, make, live_server, client):  # noqa: F811
    story = of_three(make)
    page = ready(desk(room(story)))
    sign_in(page.context, Client(), make.publisher(first_name="Omar"), live_server.url)
    put_cursor(page, "Three.")
    page.keyboard.type(" Typed by Rana.")
    state(page, "signed_out")
    assert "Somebody else is signed in" in page.locator("[data-saved]").inner_text()
    until(page, KEPT, "Typed by Rana.")
    assert text_of(story)[2] == "Three."
    page.get_by_role("button", name="Publish").click()
    page.get_by_text("This waits until all is saved.").wait_for()
    sign_in(page.context, client, desk.user, live_server.url)
    all_arrived(page, story.pk, ["Typed by Rana."])
    story.refresh_from_db()
    assert (story.status, story.changed_by) == ("draft", desk.user)


def test_a_story_of_three_megabytes_is_saved_in_parts(desk, make):  # noqa: F811
    story = of_three(make)
    page = ready(desk(room(story)))
    sizes = []
    page.on("request", lambda asked: sizes.append(len(asked.post_data or "")) if "/save/" in asked.url else None)
    put_cursor(page, "Three.")
    page.keyboard.press("Enter")
    page.evaluate(
        """() => {
            const data = new DataTransfer();
            const words = "The river rose again in the night and stood at the doors. ".repeat(12);
            data.setData("text/html", Array.from({length: 4500}, (_none, at) => `<p>Line${at}x ${words}</p>`).join(""));
            const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
            document.querySelector(".tiptap").dispatchEvent(event);
        }"""
    )
    all_arrived(page, story.pk, ["Line0x", "Line2000x", "Line4499x"])
    blocks = Story.objects.get(pk=story.pk).body["content"]
    order = [document.text_of(block).split()[0] for block in blocks]
    assert order == ["One", "Two", "Three.", *(f"Line{at}x" for at in range(4500))]
    assert len(sizes) > 1
    assert max(sizes) < 2_000_000 < sum(sizes)
    page.locator("#story-form[data-saving=saved]").wait_for()


def test_a_paragraph_too_long_for_one_save_is_said_and_the_rest_is_saved(desk, make):  # noqa: F811
    story = of_three(make)
    page = ready(desk(room(story)))
    put_cursor(page, "Three.")
    page.evaluate(
        """() => {
            const { editor } = document.querySelector("body-editor");
            editor.commands.insertContent({ type: "text", text: " " + "word ".repeat(420000) });
        }"""
    )
    state(page, "refused")
    assert "too long to be saved" in page.locator("[data-saved]").inner_text()
    page.get_by_label("Kicker").fill("Short and saved")
    all_arrived(page, story.pk, ["Short and saved"])
    state(page, "refused")
    assert text_of(story)[2] == "Three."
    until(page, KEPT, "word word word")
