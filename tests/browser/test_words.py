"""The words one types, in a browser: quotation marks, finding and replacing, signs nobody sees, only the paper."""

import json
import re

import pytest
from playwright.sync_api import expect

from articles.body import document
from articles.models import Story

from .test_saving import ready, state, text_of
from .test_writing import desk, of_three, paste, put_cursor, room, written  # noqa: F401  `desk` is a fixture

pytestmark = pytest.mark.browser


def words_of(page):
    """The text of each block, as the form would post it."""
    return [document.text_of(block) for block in written(page)]


def story_of(make, *paragraphs, **content):
    return make.story(body=document.document([document.paragraph(one) for one in paragraphs]), **content)


def at_work(desk, story):  # noqa: F811
    """The writing room of `story` with the cursor at the end of its last block."""
    page = ready(desk(room(story)))
    page.locator(".tiptap > *").last.click()
    page.keyboard.press("End")
    page.locator(".tiptap > .here:last-child").wait_for()
    return page


def open_find(page, key="f"):
    page.keyboard.press(f"Control+{key}")
    expect(page.get_by_role("textbox", name="Find", exact=True)).to_be_focused()
    return page.locator(".find-strip")


# -- Quotation marks, dashes, dots


@pytest.mark.parametrize(
    ("language", "before", "typed", "becomes"),
    [
        ("en", "Start.", ' "Yes," she said.', " “Yes,” she said."),
        ("en", "Start.", " It's the dogs' bowl: 'no'", " It’s the dogs’ bowl: ‘no’"),
        ("en", "Start.", " 1990--95... and 5'10\"", " 1990–95… and 5'10\""),
        ("en", "Start.", ' https://example.org/a--b?c="d"', ' https://example.org/a--b?c="d"'),
        ("ar", "البداية.", ' قال "نعم" ثم', " قال «نعم» ثم"),
        ("ar", "البداية.", ' قال "كتاب "الجسر" هنا"', " قال «كتاب “الجسر” هنا»"),
        ("ar", "البداية.", ' و"الجسر"', " و«الجسر»"),
        ("ar", "The bridge opens.", ' "Yes," she said.', " “Yes,” she said."),
        ("en", "البداية.", ' "نعم"', " «نعم»"),
    ],
)
def test_straight_signs_become_those_of_the_language(desk, make, language, before, typed, becomes):  # noqa: F811
    page = at_work(desk, story_of(make, before, language=language))
    page.keyboard.type(typed)
    assert words_of(page) == [before + becomes]


@pytest.mark.parametrize("key", ["Control+z", "Backspace"])
def test_a_quotation_mark_is_taken_back_to_the_straight_sign(desk, make, key):  # noqa: F811
    page = at_work(desk, story_of(make, "Start."))
    page.keyboard.type(' He said "')
    assert words_of(page) == ["Start. He said “"]
    page.keyboard.press(key)
    assert words_of(page) == ['Start. He said "']
    page.keyboard.type("x")
    assert words_of(page) == ['Start. He said "x']


def test_quotation_marks_stay_straight_where_the_editor_switched_them_off(desk, make):  # noqa: F811
    page = at_work(desk, story_of(make, "Start."))
    page.keyboard.press("Control+/")
    page.get_by_label("Quotation marks, dashes and dots as they are printed").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    ready(page)
    put_cursor(page, "Start.")
    page.keyboard.type(' "a"--...')
    assert words_of(page) == ['Start. "a"--...']


def test_the_headline_gets_its_quotation_marks_too(desk, make):  # noqa: F811
    page = ready(desk(room(story_of(make, "Start.", headline=""))))
    headline = page.get_by_label("Headline", exact=True)
    headline.click()
    page.keyboard.type('It\'s "open"')
    expect(headline).to_have_value("It’s “open”")
    page.keyboard.press("Control+z")
    expect(headline).to_have_value('It’s “open"')


# -- Find and replace


def test_words_are_found_whatever_their_case_their_signs_and_their_marks(desk, make):  # noqa: F811
    story = story_of(
        make,
        [document.text("The bri"), document.text("dge", bold=True), document.text(" is a BRIDGE.")],
        "قال: الجِسْرُ «مفتوح»، وإلى الأمام.",
    )
    page = at_work(desk, story)
    strip = open_find(page)
    count = strip.locator(".find-count")
    for sought, found in (
        ("bridge", "1 of 2"),
        ("الجسر", "1 of 1"),
        ('"مفتوح"', "1 of 1"),
        ("الى الامام", "1 of 1"),
        ("boat", "Nothing found"),
    ):
        strip.get_by_label("Find", exact=True).fill(sought)
        expect(count).to_have_text(found)
    strip.get_by_label("Find", exact=True).fill("bridge")
    strip.get_by_role("button", name="Exactly as typed").click()
    expect(count).to_have_text("1 of 1")
    strip.get_by_label("Find", exact=True).fill("bri")
    expect(count).to_have_text("1 of 1")
    strip.get_by_role("button", name="Whole words only").click()
    expect(count).to_have_text("Nothing found")
    assert page.locator("#story-form[data-saving=fresh]").is_visible()  # looking changes nothing


def test_enter_and_f3_walk_through_what_is_found_and_escape_goes_there(desk, make):  # noqa: F811
    page = at_work(desk, story_of(make, "One cat.", "Two cats.", "Three cats."))
    page.keyboard.press("Control+Home")
    page.locator(".tiptap > .here:first-child").wait_for()
    strip = open_find(page)
    count = strip.locator(".find-count")
    page.keyboard.type("cat")
    expect(count).to_have_text("1 of 3")
    for key, told in (
        ("Enter", "2 of 3"),
        ("F3", "3 of 3"),
        ("Enter", "1 of 3"),
        ("Shift+Enter", "3 of 3"),
        ("Shift+F3", "2 of 3"),
    ):
        page.keyboard.press(key)
        expect(count).to_have_text(told)
    expect(page.locator(".hit")).to_have_count(3)
    assert page.locator(".tiptap > p").nth(1).locator(".hit.now").inner_text() == "cat"
    page.keyboard.press("Escape")
    expect(strip).to_be_hidden()
    expect(page.locator(".hit")).to_have_count(0)
    page.keyboard.type("dog")
    assert words_of(page) == ["One cat.", "Two dogs.", "Three cats."]


def test_replacing_all_is_one_step_to_undo_and_keeps_marks_and_ids(desk, make):  # noqa: F811
    story = story_of(
        make,
        [document.text("A "), document.text("bridge", bold=True), document.text(" and a bridge.")],
        "No more.",
        "The Bridge.",
    )
    page = at_work(desk, story)
    before = written(page)
    page.keyboard.type(" Typed.")
    page.keyboard.press("Control+h")
    strip = page.locator(".find-strip")
    strip.get_by_label("Find", exact=True).fill("bridge")
    expect(strip.locator(".find-count")).to_have_text("1 of 3")
    strip.get_by_label("Replace with").fill("tunnel")
    strip.get_by_role("button", name="Replace all").click()
    expect(strip.locator(".find-count")).to_have_text("3 replaced. Ctrl Z takes it back")
    after = written(page)
    assert words_of(page) == ["A tunnel and a tunnel.", "No more.", "The tunnel. Typed."]
    assert [block["attrs"]["id"] for block in after] == [block["attrs"]["id"] for block in before]
    assert after[0]["content"][1] == {"type": "text", "text": "tunnel", "marks": [{"type": "bold"}]}
    page.keyboard.press("Escape")
    page.locator(".tiptap.ProseMirror-focused").wait_for()
    page.keyboard.press("Control+z")
    assert words_of(page) == ["A bridge and a bridge.", "No more.", "The Bridge. Typed."]
    assert written(page)[0] == before[0]


def test_a_link_and_its_address_stay_when_its_words_are_replaced(desk, make):  # noqa: F811
    link = document.text("bridge", link="https://example.org/plan")
    page = at_work(desk, story_of(make, [document.text("The "), link, document.text(" opens.")]))
    # While the keyboard writes Arabic, the key of F is another letter.
    page.locator(".tiptap").dispatch_event("keydown", {"key": "ب", "code": "KeyF", "ctrlKey": True})
    strip = page.locator(".find-strip")
    expect(strip.get_by_label("Find", exact=True)).to_be_focused()
    page.keyboard.press("Control+h")
    strip.get_by_label("Find", exact=True).fill("bridge")
    strip.get_by_label("Replace with").fill("new tunnel")
    strip.get_by_role("button", name="Replace all").click()
    expect(strip.locator(".find-count")).to_have_text("1 replaced. Ctrl Z takes it back")
    (replaced,) = [run for run in written(page)[0]["content"] if run["text"] == "new tunnel"]
    assert replaced["marks"] == [{"type": "link", "attrs": {"href": "https://example.org/plan"}}]


def test_one_place_after_the_other_is_replaced_also_by_words_that_hold_the_question(desk, make):  # noqa: F811
    page = at_work(desk, story_of(make, "A cat.", "A cat and a cat."))
    page.keyboard.press("Control+h")
    strip = page.locator(".find-strip")
    strip.get_by_label("Find", exact=True).fill("cat")
    expect(strip.locator(".find-count")).to_have_text(re.compile(r"of 3"))
    page.keyboard.press("F3")
    strip.get_by_label("Replace with").fill("big cat")
    for _time in range(2):
        page.keyboard.press("Enter")
    expect(strip.locator(".find-count")).to_have_text(re.compile(r"of 3"))
    assert " ".join(words_of(page)).count("big cat") == 2
    assert "big big" not in " ".join(words_of(page))


def test_what_stands_in_the_lines_over_the_text_is_named_and_one_click_away(desk, make):  # noqa: F811
    page = at_work(desk, story_of(make, "A harbour.", headline="The Harbour opens", summary="All about the harbour."))
    strip = open_find(page)
    page.keyboard.type("harbour")
    expect(strip.locator(".find-count")).to_have_text("1 of 1")
    strip.get_by_role("button", name="Headline", exact=True).click()
    expect(page.get_by_label("Headline", exact=True)).to_be_focused()
    assert page.evaluate("getSelection().toString()") == "Harbour"


# -- Signs nobody sees


def test_hidden_direction_marks_are_shown_and_taken_out_in_one_step(desk, make):  # noqa: F811
    story = story_of(
        make, "A \u200eline\u200f here\u200b.", "Family: \U0001f469\u200d\U0001f467.", headline="A\u200f line"
    )
    page = at_work(desk, story)
    expect(page.locator(".tiptap .sign")).to_have_count(3)
    assert "right-to-left mark (U+200F)" in page.locator(".tiptap .sign").nth(1).get_attribute("title")
    page.locator(".tiptap .sign").nth(1).click()
    assert words_of(page)[0] == "A \u200eline here\u200b."
    page.locator("label", has_text="Checks").click()
    note = page.locator("[data-signs]")
    expect(note).to_contain_text("3 hidden signs")
    note.get_by_role("button", name="Take them out").click()
    expect(note).to_be_hidden()
    assert words_of(page) == ["A line here.", "Family: \U0001f469\u200d\U0001f467."]
    state(page, "saved")
    assert Story.objects.get(pk=story.pk).headline == "A line"
    page.keyboard.press("Control+z")
    assert words_of(page)[0] == "A \u200eline here\u200b."


def test_what_the_server_would_let_go_is_not_on_the_page_either(desk, make):  # noqa: F811
    story = story_of(make, "Start.")
    page = at_work(desk, story)
    paste(page, "<p>one\u202etwo\ufeff three\u2067four\u2069</p>")
    assert words_of(page) == ["Start.onetwo three\u2067four\u2069"]
    state(page, "saved")
    assert text_of(story) == words_of(page)


# -- The menu of blocks


@pytest.mark.parametrize(("typed", "kind"), [("pull", "pull_quote"), ("h2", "crosshead"), ("قائمة", "list")])
def test_a_block_is_found_in_the_menu_by_its_name_in_either_language(desk, make, typed, kind):  # noqa: F811
    page = at_work(desk, of_three(make))
    page.keyboard.press("Enter")
    page.keyboard.press("/")
    page.get_by_role("menuitem", name="Crosshead").wait_for()
    page.keyboard.type(typed)
    page.keyboard.press("Enter")
    page.keyboard.type("Here.")
    assert written(page)[-1]["type"] == kind
    assert words_of(page)[-1] == "Here."


def test_a_slash_that_fits_no_block_is_text_after_all(desk, make):  # noqa: F811
    page = at_work(desk, of_three(make))
    for typed, left in (("/home is where", ""), ("/etc", "Escape"), ("//", "")):
        page.keyboard.press("Enter")
        page.keyboard.type(typed)
        if left:
            page.keyboard.press(left)
        assert words_of(page)[-1] == typed.replace("//", "/")


# -- Only the paper


def test_only_the_paper_stays_until_escape_and_trouble_brings_the_bar_back(desk, make):  # noqa: F811
    page = at_work(desk, of_three(make))
    form = page.locator("#story-form")
    page.keyboard.press("Control+\\")
    expect(page.locator(".side")).to_be_hidden()
    page.keyboard.type(" More.")
    state(page, "saved")
    page.reload()
    ready(page)
    expect(form).to_have_attribute("data-paper", "")
    page.keyboard.press("Escape")
    expect(page.locator(".side")).to_be_visible()
    page.get_by_role("button", name="Only the paper").click()
    expect(page.locator(".side")).to_be_hidden()
    page.context.set_offline(True)
    put_cursor(page, "More.")
    page.keyboard.type(" Offline.")
    expect(page.locator(".side")).to_be_visible()
    expect(page.locator("[data-saved]")).to_have_text("Offline: kept in this browser")
    page.context.set_offline(False)
    page.locator("#story-form[data-saving=back], #story-form[data-saving=saved]").wait_for()


# -- Nothing typed is lost


def test_what_was_typed_last_is_in_whatever_the_form_sends(desk, make):  # noqa: F811
    page = at_work(desk, of_three(make))
    page.keyboard.type(" Last")
    sent = page.evaluate("[...new FormData(document.querySelector('#story-form')).entries()]")
    assert document.text_of(json.loads(dict(sent)["body"])["content"][-1]) == "Three. Last"
    page.keyboard.type(" word")
    assert words_of(page)[-1] == "Three. Last word"
    state(page, "saved")
    assert text_of(Story.objects.get())[-1] == "Three. Last word"
    expect(page.locator("[data-words]")).to_have_text("9 words")
