"""The blocks of a story in a browser: each put in, written in, moved, taken out, taken back, and carried elsewhere."""

# ruff: noqa: F811  `desk` is a fixture of test_writing, and the first word of nearly every test here

import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from articles.body import document
from articles.desk import stories
from articles.models import Story

from .test_writing import AXE, desk, ids, of_three, paste, put_cursor, room, save, sign_in, written  # noqa: F401

pytestmark = pytest.mark.browser

COPY = """() => {
    const data = new DataTransfer();
    const event = new ClipboardEvent("copy", { clipboardData: data, bubbles: true, cancelable: true });
    document.querySelector(".tiptap").dispatchEvent(event);
    return data.getData("text/html");
}"""


def settled(page):
    """Wait until the browser has told the editor where the cursor went: it does so before its next frame."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)
        settled(page)


def opened(desk, story):
    """The story's room, ready to be written in."""
    page = desk(room(story))
    page.locator("#story-form[data-saving]").wait_for()
    return page


def from_menu(page, name):
    """Put a block in behind the last paragraph, by the menu."""
    put_cursor(page, "Three.")
    press(page, "Enter", "/")
    page.get_by_role("menuitem", name=name, exact=True).click()


def kinds(page):
    return [block["type"] for block in written(page)]


def cells(block):
    """The words of a table's cells, row by row."""
    return [[document.inline_text(cell) for cell in row["content"]] for row in block["content"]]


def table_of(page):
    return next(block for block in written(page) if block["type"] == "table")


def stored(story):
    return Story.objects.get(pk=story.pk).body["content"]


# -- Tables


def test_a_table_is_put_in_and_filled_by_keys_alone(desk, make):
    story = of_three(make)
    page = opened(desk, story)
    from_menu(page, "Table")
    keys = page.keyboard
    for words in ("Year", "Bridges", "Ferries", "2024", "3"):
        keys.type(words)
        press(page, "Tab")
    keys.type("12")
    press(page, "Tab")  # behind the last cell there is a new row
    keys.type("2025")
    press(page, "Shift+Tab")
    keys.type("11")
    press(page, "Enter")  # the cell beneath
    keys.type("9")
    expected = [["Year", "Bridges", "Ferries"], ["2024", "3", "11"], ["2025", "", "9"]]
    assert cells(table_of(page)) == expected
    save(page)
    table = next(block for block in stored(story) if block["type"] == "table")
    assert cells(table) == expected
    assert [cell["type"] for cell in table["content"][0]["content"]] == ["header"] * 3
    press(page, "Enter", "Enter")  # an empty last row is taken away again, and left
    keys.type("Behind the table.")
    assert kinds(page)[-2:] == ["table", "paragraph"]
    assert cells(table_of(page)) == expected


def test_a_new_table_is_saved_before_a_word_stands_in_it(desk, make):
    story = of_three(make)
    page = opened(desk, story)
    from_menu(page, "Table")
    save(page)
    assert [block["type"] for block in stored(story)] == ["paragraph"] * 3 + ["table", "paragraph"]
    put_cursor(page, "Three.")
    page.keyboard.press("Control+z")
    expect(page.locator(".table-block")).to_have_count(0)


def test_rows_and_columns_come_go_move_and_become_headings(desk, make):
    body = [document.paragraph("Before."), document.table([["Year", "Bridges"], ["2024", "3"]], header=False)]
    story = make.story(body=document.document(body))
    page = opened(desk, story)
    page.locator(".tiptap td", has_text="2024").click()

    def choose(menu, name):
        page.get_by_role("toolbar", name="Rows and columns").get_by_role("button", name=menu, exact=True).click()
        page.get_by_role("menu", name=menu, exact=True).get_by_text(name, exact=True).click()

    page.get_by_role("button", name="Row beneath").click()
    assert cells(table_of(page)) == [["Year", "Bridges"], ["2024", "3"], ["", ""]]
    choose("Row", "Move the row up")
    assert cells(table_of(page)) == [["2024", "3"], ["Year", "Bridges"], ["", ""]]
    choose("Row", "Move the row down")
    choose("Row", "First row is headings")
    choose("Column", "First column is headings")
    types = [[cell["type"] for cell in row["content"]] for row in table_of(page)["content"]]
    assert types == [["header", "header"], ["header", "cell"], ["header", "cell"]]
    choose("Row", "First row is headings")
    assert [cell["type"] for cell in table_of(page)["content"][0]["content"]] == ["header", "cell"]
    page.get_by_role("button", name="Column after").click()
    choose("Column", "Add a column before it")
    assert cells(table_of(page))[1] == ["", "2024", "", "3"]
    choose("Column", "Take the column out")
    choose("Row", "Take the row out")
    save(page)
    assert kinds(page)[0] == "paragraph"
    table = next(block for block in stored(story) if block["type"] == "table")
    assert len({len(row["content"]) for row in table["content"]}) == 1


def test_the_tools_of_a_table_and_its_caption_are_reached_by_keys(desk, make):
    story = make.story(body=document.document([document.table([["Year", "Bridges"], ["2024", "3"]])]))
    page = opened(desk, story)
    page.locator(".tiptap td", has_text="3").click()
    press(page, "Alt+F10")
    expect(page.get_by_role("button", name="Row beneath")).to_be_focused()
    press(page, "Enter", "Alt+F10", "ArrowRight", "ArrowRight")
    expect(page.get_by_role("toolbar").get_by_role("button", name="Row", exact=True)).to_be_focused()
    press(page, "Escape")
    page.keyboard.type("!")
    assert cells(table_of(page)) == [["Year", "Bridges"], ["2024", "3!"], ["", ""]]
    page.get_by_placeholder("Caption of the table").fill("Bridges by year")
    press(page, "Enter")
    page.keyboard.type("The ")
    save(page)
    table = stored(story)[0]
    assert (table["attrs"]["caption"], cells(table)[0][0]) == ("Bridges by year", "The Year")


def test_a_table_pasted_with_joined_cells_is_taken_apart(desk, make):
    story = of_three(make)
    page = opened(desk, story)
    put_cursor(page, "Three.")
    press(page, "Enter")
    paste(
        page,
        '<table class="MsoTableGrid"><caption>By year</caption>'
        '<thead><tr><th colspan="2"><p>Year</p></th><th>All</th></tr></thead>'
        '<tr><td rowspan="2"><p>2024</p><p><b>half</b></p></td><td>north</td><td>3</td></tr>'
        "<tr><td>south</td></tr></table>",
    )
    table = table_of(page)
    assert cells(table) == [["Year", "", "All"], ["2024\nhalf", "north", "3"], ["", "south", ""]]
    assert table["attrs"]["caption"] == "By year"
    save(page)
    assert next(block for block in stored(story) if block["type"] == "table")["attrs"]["caption"] == "By year"


def test_paragraphs_pasted_into_a_cell_stay_in_it(desk, make):
    page = opened(desk, make.story(body=document.document([document.table([["Year", "Bridges"], ["2024", ""]])])))
    page.locator(".tiptap td").last.click()
    paste(page, "<p>One.</p><p>Two with <b>force</b>.</p>")
    assert kinds(page) == ["table"]
    assert cells(table_of(page)) == [["Year", "Bridges"], ["2024", "One.\nTwo with force."]]


def test_marks_and_blocks_in_a_cell_leave_the_table_whole(desk, make):
    page = opened(desk, make.story(body=document.document([document.table([["Year", "Bridges"], ["2024", "3"]])])))
    before = [[cell["type"] for cell in row["content"]] for row in table_of(page)["content"]]
    for name in ("Crosshead", "Quote", "List"):
        page.locator(".tiptap td", has_text="3").click()
        page.get_by_role("button", name=name, exact=True).click()
    page.keyboard.type("## > -")
    assert [[cell["type"] for cell in row["content"]] for row in table_of(page)["content"]] == before
    assert kinds(page) == ["table"]


def test_an_arabic_table_runs_from_right_to_left(desk, make):
    rows = [["السنة", "الجسور"], ["٢٠٢٤", "٣"]]
    page = opened(desk, make.story(language="ar", body=document.document([document.table(rows)])))
    first, second = (page.locator(".tiptap th", has_text=words).bounding_box() for words in rows[0])
    assert first["x"] > second["x"]


# -- Galleries


def gallery_story(make, count=3):
    names = ("Quay", "Crane", "Ferry", "Gate")[:count]
    story = make.story(pictures=[make.photo(headline=name, caption=f"The {name}.") for name in names])
    uuids = [str(row.uuid) for row in story.attachments.all()]
    body = document.document([document.paragraph("Three."), document.gallery(uuids, "Along the river")])
    stories.save(story, by=None, body=body)
    return story, uuids


def shown_in_gallery(page):
    return next(block for block in written(page) if block["type"] == "gallery")["attrs"]["attachments"]


def test_a_gallery_begins_with_pictures_of_the_story_and_of_the_library(desk, make):
    make.photo(headline="Ferry", caption="The ferry.", alt="")
    story = make.story(paragraphs=["Three."], pictures=[make.photo(headline="Bridge")])
    page = opened(desk, story)
    from_menu(page, "Gallery")
    sheet = page.get_by_role("dialog", name="Choose pictures")
    sheet.locator(".tile", has_text="Bridge").click()
    sheet.locator(".tile", has_text="Ferry").click()
    sheet.get_by_role("button", name="Put in 2 pictures").click()
    card = page.locator(".tiptap .gallery-card")
    card.locator("li", has_text="No alt text").wait_for()
    card.get_by_placeholder("Title of the gallery").fill("Two views")
    save(page)
    block = next(block for block in stored(story) if block["type"] == "gallery")
    rows = list(story.attachments.select_related("photo"))
    assert block["attrs"]["attachments"] == [str(row.uuid) for row in rows]
    assert block["attrs"]["title"] == "Two views"
    assert [(row.photo.headline, row.role) for row in rows] == [("Bridge", "lead"), ("Ferry", "gallery")]


def test_a_gallery_nothing_is_chosen_for_is_none(desk, make):
    page = opened(desk, of_three(make))
    from_menu(page, "Gallery")
    page.get_by_role("dialog", name="Choose pictures").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("dialog", name="Choose pictures").wait_for(state="detached")
    page.keyboard.type("Nothing.")
    assert kinds(page) == ["paragraph"] * 4


def test_a_gallery_is_ordered_by_keys_buttons_and_dragging(desk, make):
    story, (one, two, three) = gallery_story(make)
    page = opened(desk, story)
    items = page.locator(".gallery-pictures > li")
    items.nth(0).get_by_role("button", name="Move Quay down").click()
    assert shown_in_gallery(page) == [two, one, three]
    page.keyboard.press("Alt+ArrowDown")
    assert shown_in_gallery(page) == [two, three, one]
    page.keyboard.press("Alt+ArrowUp")
    assert shown_in_gallery(page) == [two, one, three]
    items.nth(2).scroll_into_view_if_needed()
    start, end = items.nth(2).locator("img").bounding_box(), items.nth(0).bounding_box()
    page.mouse.move(start["x"] + 20, start["y"] + 20)
    page.mouse.down()
    page.mouse.move(start["x"] + 20, end["y"] + 30, steps=4)
    page.locator(".drop-line").wait_for()
    page.mouse.move(start["x"] + 20, end["y"] + 4, steps=2)
    page.mouse.up()
    assert shown_in_gallery(page) == [three, two, one]
    save(page)
    assert stored(story)[1]["attrs"]["attachments"] == [three, two, one]
    put_cursor(page, "Three.")
    page.keyboard.press("Control+z")
    assert shown_in_gallery(page) == [two, one, three]


def test_a_gallery_goes_with_its_last_picture_and_comes_back(desk, make):
    story, (one, _two) = gallery_story(make, 2)
    page = opened(desk, story)
    page.get_by_role("button", name="Take out Crane").locator("visible=true").first.click()
    assert shown_in_gallery(page) == [one]
    page.locator(".gallery-pictures").get_by_role("button", name="Take out Quay").click()
    assert "gallery" not in kinds(page)
    save(page)
    assert [block["type"] for block in stored(story)] == ["paragraph"]
    page.keyboard.press("Control+z")
    assert shown_in_gallery(page) == [one]


# -- Embeds


def test_an_embed_is_put_in_by_its_address_and_shown_as_a_card(desk, make, live_server):
    story = of_three(make)
    page = opened(desk, story)
    from_menu(page, "Embed")
    field = page.get_by_role("dialog", name="Embed").locator("input")
    field.fill("not an address")
    field.press("Enter")
    page.get_by_text("This is no web address: it begins with https://.").wait_for()
    field.fill("youtu.be/abc123")
    field.press("Enter")
    card = page.locator(".tiptap .embed-card")
    expect(card.get_by_placeholder("Title: what readers see there")).to_be_focused()
    page.keyboard.type("The opening, filmed from the quay")
    page.keyboard.press("Enter")
    page.keyboard.type("Behind it.")
    assert "YouTube" in card.inner_text()
    save(page)
    assert [block["type"] for block in stored(story)][-2:] == ["embed", "paragraph"]
    stories.publish(Story.objects.get(), by=None)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{live_server.url}{Story.objects.get().path}")
    link = page.get_by_role("link", name="The opening, filmed from the quay")
    assert "Film on YouTube" in link.inner_text()
    assert link.get_attribute("href") == "https://youtu.be/abc123"
    assert all(url.startswith(live_server.url) for url in asked)


def test_an_address_that_is_none_stays_in_its_field_and_the_story_keeps_the_one_before(desk, make):
    embed = document.embed("https://t.me/courier/12", "The minister")
    story = make.story(body=document.document([document.paragraph("Three."), embed]))
    page = opened(desk, story)
    field = page.locator(".embed-card input[type=url]")
    field.fill("https://")
    page.get_by_text("This is no web address yet").wait_for()
    assert written(page)[1]["attrs"]["url"] == "https://t.me/courier/12"
    field.fill("https://t.me/courier/13")
    save(page)
    assert stored(story)[1]["attrs"] | {"id": ""} == {
        "id": "",
        "url": "https://t.me/courier/13",
        "title": "The minister",
    }


@pytest.mark.parametrize(
    "address",
    [
        "https://www.youtube.com/watch?v=abc123",
        "https://x.com/courier/status/12",
        "https://twitter.com/courier/status/12",
        "https://t.me/courier/12",
        "https://www.instagram.com/p/abc/",
    ],
)
def test_a_bare_address_pasted_on_an_empty_line_is_an_embed_and_a_link_again_when_undone(desk, make, address):
    page = opened(desk, of_three(make))
    put_cursor(page, "Three.")
    press(page, "Enter")
    paste_text(page, address)
    assert kinds(page) == ["paragraph"] * 3 + ["embed", "paragraph"]
    page.keyboard.press("Control+z")
    last = written(page)[3]
    assert (last["type"], last["content"][0]["text"]) == ("paragraph", address)
    assert last["content"][0]["marks"][0]["attrs"]["href"] == address


def test_an_address_pasted_among_words_or_of_an_unknown_site_is_no_embed(desk, make):
    page = opened(desk, of_three(make))
    put_cursor(page, "Three.")
    paste_text(page, "https://youtu.be/abc123")
    press(page, "Enter")
    paste_text(page, "https://example.org/film")
    assert kinds(page) == ["paragraph"] * 4


def paste_text(page, words):
    page.evaluate(
        """words => {
            const data = new DataTransfer();
            data.setData("text/plain", words);
            const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
            document.querySelector(".tiptap").dispatchEvent(event);
        }""",
        words,
    )


# -- Figures


def figure_story(make, **own):
    photo = make.photo(headline="Quay", caption="The quay at noon.", alt="A quay")
    story = make.story(pictures=[photo])
    uuid = story.attachments.get().uuid
    stories.save(story, by=None, attachments=[{"uuid": uuid, "photo": photo, "role": "text"} | own])
    blocks = [document.paragraph("Three."), document.figure(uuid), document.paragraph("After it.")]
    stories.save(story, by=None, body=document.document(blocks))
    return story, str(uuid)


def test_a_caption_typed_under_the_picture_is_this_storys_and_the_librarys_is_one_click_away(desk, make):
    story, _uuid = figure_story(make)
    page = opened(desk, story)
    figure = page.locator(".tiptap figure")
    caption = figure.get_by_label("Caption", exact=True)
    assert caption.input_value() == "The quay at noon."
    caption.fill("The quay, an hour before the fire.")
    figure.get_by_text("The library’s words:").first.wait_for()
    page.locator("label", has_text="Pictures").first.click()
    row = page.locator(".pic")
    assert row.get_by_label("Caption").input_value() == "The quay, an hour before the fire."
    save(page)
    assert story.attachments.get().caption == "The quay, an hour before the fire."
    row.get_by_label("Caption").fill("Typed in the panel.")
    assert caption.input_value() == "Typed in the panel."
    save(page)
    figure.get_by_role("button", name="Use the library’s").first.click()
    assert caption.input_value() == "The quay at noon."
    save(page)
    assert story.attachments.get().caption == ""


def test_enter_in_a_caption_goes_on_behind_the_figure_and_undo_stays_in_its_field(desk, make):
    story, _uuid = figure_story(make)
    page = opened(desk, story)
    caption = page.locator(".tiptap figure").get_by_label("Caption", exact=True)
    caption.click()
    page.keyboard.press("End")
    page.keyboard.insert_text(" At noon.")
    page.keyboard.press("Control+z")
    expect(caption).to_have_value("The quay at noon.")
    assert kinds(page) == ["paragraph", "figure", "paragraph"]
    page.keyboard.press("Enter")
    page.keyboard.type("Here: ")
    assert document.inline_text(written(page)[2]) == "Here: After it."


def test_alt_text_role_and_decoration_are_said_at_the_figure(desk, make):
    story, _uuid = figure_story(make)
    page = opened(desk, story)
    figure = page.locator(".tiptap figure")
    figure.get_by_role("button", name="Alt text 6 of 125").click()
    alt = figure.get_by_label("Alt text", exact=True)
    expect(alt).to_be_focused()
    alt.fill("A stone quay with three boats")
    figure.get_by_label("Role").select_option("lead")
    save(page)
    row = story.attachments.get()
    assert (row.alt, row.role) == ("A stone quay with three boats", "lead")
    figure.get_by_label("Decoration only").check()
    figure.get_by_role("button", name="Decoration: needs no alt text").wait_for()
    save(page)
    assert story.attachments.get().decorative


def test_a_figure_shows_another_picture_and_its_own_again(desk, make):
    story, uuid = figure_story(make)
    make.photo(headline="Crane", caption="The crane.")
    page = opened(desk, story)
    page.locator(".tiptap figure").get_by_role("button", name="Swap the picture").click()
    page.get_by_role("dialog").locator(".tile", has_text="Crane").click()
    page.locator(".tiptap figure img[alt]").wait_for()
    expect(page.locator(".tiptap .caption")).to_have_value("The crane.")
    other = written(page)[1]["attrs"]["attachment"]
    assert other != uuid
    save(page)
    assert stored(story)[1]["attrs"]["attachment"] == other
    assert {str(row.uuid) for row in story.attachments.all()} == {uuid, other}
    page.keyboard.press("Control+z")
    assert written(page)[1]["attrs"]["attachment"] == uuid


def test_a_chosen_figure_is_left_by_enter_entered_by_tab_and_removed_by_a_key(desk, make):
    story, _uuid = figure_story(make)
    page = opened(desk, story)
    page.locator(".tiptap figure img").click()
    page.locator(".tiptap figure[data-on]").wait_for()
    page.keyboard.press("Tab")
    expect(page.locator(".tiptap .caption")).to_be_focused()
    page.keyboard.press("Escape")
    page.locator(".tiptap figure[data-on]").wait_for()
    page.keyboard.press("Enter")
    page.keyboard.type("New.")
    assert kinds(page) == ["paragraph", "figure", "paragraph", "paragraph"]
    page.locator(".tiptap figure img").click()
    page.locator(".tiptap figure[data-on]").wait_for()
    page.keyboard.press("Delete")
    assert "figure" not in kinds(page)
    page.keyboard.press("Control+z")
    assert kinds(page)[1] == "figure"


def test_letters_typed_on_a_chosen_figure_go_behind_it(desk, make):
    story, _uuid = figure_story(make)
    page = opened(desk, story)
    page.locator(".tiptap figure img").click()
    page.locator(".tiptap figure[data-on]").wait_for()
    page.keyboard.type("Words.")
    assert kinds(page) == ["paragraph", "figure", "paragraph", "paragraph"]
    assert document.inline_text(written(page)[2]) == "Words."


def test_a_caption_written_by_a_colleague_comes_under_the_picture_but_never_under_ones_own_cursor(desk, make):
    story, uuid = figure_story(make)
    page = opened(desk, story)
    caption = page.locator(".tiptap .caption")
    row = {"uuid": uuid, "photo": story.attachments.get().photo, "role": "text"}
    stories.save(story, by=make.editor(), attachments=[row | {"caption": "A colleague wrote this."}])
    expect(caption).to_have_value("A colleague wrote this.", timeout=15_000)
    caption.focus()
    stories.save(story, by=make.editor(), attachments=[row | {"caption": "And then this."}])
    with page.expect_response(
        lambda response: response.url.endswith("/state/") and "And then this." in response.text()
    ):
        pass
    settled(page)
    assert caption.input_value() == "A colleague wrote this."
    put_cursor(page, "Three.")
    expect(caption).to_have_value("And then this.", timeout=15_000)


# -- Divider, fact box, pull quote, list


def test_a_divider_is_typed_or_chosen_selected_and_removed_by_keys(desk, make):
    page = opened(desk, of_three(make))
    put_cursor(page, "Three.")
    press(page, "Enter")
    page.keyboard.type("--- Below.")
    assert kinds(page) == ["paragraph"] * 3 + ["divider", "paragraph"]
    press(page, "Home", "ArrowUp")
    page.locator(".tiptap hr.ProseMirror-selectednode").wait_for()
    page.keyboard.press("Backspace")
    assert "divider" not in kinds(page)
    page.keyboard.press("Control+z")
    assert kinds(page)[3] == "divider"
    from_menu(page, "Divider")
    assert kinds(page).count("divider") == 2


def test_a_fact_box_is_filled_left_and_taken_back(desk, make):
    page = opened(desk, of_three(make))
    from_menu(page, "Fact box")
    page.keyboard.type("Length: 120 m")
    press(page, "Enter")
    page.keyboard.type("Steel: 40 t")
    press(page, "Enter", "Enter")
    page.keyboard.type("Outside.")
    page.get_by_placeholder("Title", exact=True).fill("The bridge")
    box, after = written(page)[3:]
    assert (box["type"], box["attrs"]["title"], len(box["content"])) == ("fact_box", "The bridge", 2)
    assert document.inline_text(after) == "Outside."
    put_cursor(page, "Outside.")
    page.keyboard.press("Control+z")
    assert written(page)[3]["attrs"]["title"] == ""


def test_an_empty_fact_box_goes_with_backspace(desk, make):
    page = opened(desk, of_three(make))
    from_menu(page, "Fact box")
    press(page, "Backspace")
    assert "fact_box" not in kinds(page)


@pytest.mark.parametrize(("name", "kind"), [("Pull quote", "pull_quote"), ("List", "list"), ("Quote", "quote")])
def test_quotes_and_lists_are_put_in_written_removed_and_taken_back(desk, make, name, kind):
    page = opened(desk, of_three(make))
    from_menu(page, name)
    page.keyboard.type("First words")
    assert kinds(page)[3] == kind
    press(page, "Alt+F10")
    page.get_by_role("menuitem", name="Take out").click()
    assert kind not in kinds(page)
    page.keyboard.press("Control+z")
    assert document.text_of(written(page)[3]) == "First words"


# -- The handle and its menu


def drag(page, words, above):
    """Carry the block with `words` above another one by its handle."""
    page.locator(".tiptap > *", has_text=words).first.hover()
    grip = page.locator(".grip")
    block = page.locator(".tiptap > *", has_text=words).first.bounding_box()
    page.wait_for_function(
        "top => Math.abs(document.querySelector('.grip').getBoundingClientRect().top - top) < 3", arg=block["y"]
    )
    start, end = grip.bounding_box(), page.locator(".tiptap > *", has_text=above).first.bounding_box()
    page.mouse.move(start["x"] + 8, start["y"] + 8)
    page.mouse.down()
    page.mouse.move(start["x"] + 8, start["y"] - 10, steps=2)
    page.locator(".drop-line").wait_for()
    page.mouse.move(end["x"] + 8, end["y"] + 2, steps=4)
    page.mouse.up()
    page.locator(".drop-line").wait_for(state="detached")


def test_a_block_is_carried_by_its_handle_in_one_step(desk, make):
    story = of_three(make)
    page = opened(desk, story)
    one, two, three = ids(page)
    drag(page, "Three.", above="One is here.")
    assert ids(page) == [three, one, two]
    save(page)
    assert [block["attrs"]["id"] for block in stored(story)] == [three, one, two]
    page.keyboard.press("Control+z")
    assert ids(page) == [one, two, three]


def test_what_is_shown_whole_is_carried_too(desk, make):
    story, uuid = figure_story(make)
    page = opened(desk, story)
    before = ids(page)
    page.locator(".tiptap figure img").hover()
    block = page.locator(".tiptap figure").bounding_box()
    page.wait_for_function(
        "top => Math.abs(document.querySelector('.grip').getBoundingClientRect().top - top) < 3", arg=block["y"]
    )
    start, end = page.locator(".grip").bounding_box(), page.locator(".tiptap > p").first.bounding_box()
    page.mouse.move(start["x"] + 8, start["y"] + 8)
    page.mouse.down()
    page.mouse.move(start["x"] + 8, end["y"] + 1, steps=5)
    page.mouse.up()
    assert ids(page) == [before[1], before[0], before[2]]
    assert written(page)[0]["attrs"]["attachment"] == uuid


def test_escape_lets_go_of_a_block_where_it_was(desk, make):
    page = opened(desk, of_three(make))
    before = ids(page)
    page.locator(".tiptap > *", has_text="Three.").hover()
    start = page.locator(".grip").bounding_box()
    page.mouse.move(start["x"] + 8, start["y"] + 8)
    page.mouse.down()
    page.mouse.move(start["x"] + 8, start["y"] - 60, steps=3)
    page.locator(".drop-line").wait_for()
    page.keyboard.press("Escape")
    page.locator(".drop-line").wait_for(state="detached")
    page.mouse.up()
    assert ids(page) == before


def test_the_handles_menu_moves_doubles_turns_and_takes_out(desk, make):
    page = opened(desk, of_three(make))
    one, two, three = ids(page)

    def choose(words, name):
        page.locator(".tiptap > *", has_text=words).first.hover()
        page.locator(".grip").click()
        page.get_by_role("menu").get_by_text(name, exact=True).click()

    choose("Two is here.", "Move up")
    assert ids(page) == [two, one, three]
    choose("Two is here.", "Move down")
    assert ids(page) == [one, two, three]
    choose("Two is here.", "Duplicate")
    assert [block["content"] for block in written(page)][1:3] == [written(page)[1]["content"]] * 2
    assert ids(page)[:2] == [one, two]
    assert len(set(ids(page))) == 4
    choose("One is here.", "Fact box")
    assert (kinds(page)[0], ids(page)[0]) == ("fact_box", one)
    page.get_by_placeholder("Title", exact=True).fill("On the bridge")
    choose("One is here.", "Quote")
    page.get_by_placeholder("Who said it").fill("Huda Karam")
    choose("One is here.", "Paragraph")
    words = [document.inline_text(block) for block in written(page)]
    assert words == ["On the bridge", "One is here.", "— Huda Karam", "Two is here.", "Two is here.", "Three."]
    assert ids(page)[0] == one
    choose("Three.", "Take out")
    assert len(ids(page)) == 5
    page.keyboard.press("Control+z")
    assert ids(page)[-1] == three


def test_a_narrow_screen_has_the_same_menu_in_its_toolbar(desk, make):
    page = opened(desk, of_three(make))
    page.set_viewport_size({"width": 390, "height": 800})
    one, two, three = ids(page)
    put_cursor(page, "Two is here.")
    assert page.locator(".grip").is_hidden()
    page.get_by_role("button", name="This block").click()
    page.get_by_role("menuitem", name="Move up").click()
    assert ids(page) == [two, one, three]


# -- From one story into another


def copied(page, story):
    """The clipboard after everything in the story's text was copied."""
    page.locator(".tiptap p").first.click()
    page.keyboard.press("Control+a")
    settled(page)
    return page.evaluate(COPY)


def test_a_figure_copied_to_another_story_gets_an_attachment_of_its_own_there(desk, make):
    first, uuid = figure_story(make, caption="The quay, for this story.")
    second = of_three(make)
    html = copied(opened(desk, first), first)
    page = opened(desk, second)
    put_cursor(page, "Three.")
    press(page, "Enter")
    paste(page, html)
    expect(page.locator(".tiptap .caption")).to_have_value("The quay, for this story.")
    save(page)
    row = second.attachments.get()
    assert str(row.uuid) != uuid
    assert row.photo == first.attachments.get().photo
    assert row.caption == "The quay, for this story."
    figure = next(block for block in stored(second) if block["type"] == "figure")
    assert figure["attrs"]["attachment"] == str(row.uuid)
    assert first.attachments.get().uuid != row.uuid


def test_a_gallery_copied_to_another_story_keeps_its_order(desk, make):
    first, uuids = gallery_story(make)
    second = of_three(make)
    html = copied(opened(desk, first), first)
    page = opened(desk, second)
    put_cursor(page, "Three.")
    press(page, "Enter")
    paste(page, html)
    expect(page.locator(".gallery-pictures img")).to_have_count(3)
    save(page)
    rows = {str(row.uuid): row.photo for row in second.attachments.select_related("photo")}
    gallery = next(block for block in stored(second) if block["type"] == "gallery")
    names = [rows[one].headline for one in gallery["attrs"]["attachments"]]
    assert names == ["Quay", "Crane", "Ferry"]
    assert not rows.keys() & set(uuids)


def test_who_may_not_use_the_library_reads_so_and_gets_no_picture(desk, make, client, browser, live_server):
    first, _uuid = figure_story(make)
    html = copied(opened(desk, first), first)
    person = make.reporter(first_name="Omar")
    second = of_three(make, by=person)
    person.groups.first().permissions.filter(codename="view_photo").delete()
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    sign_in(context, client, person, live_server.url)
    page = context.new_page()
    page.goto(f"{live_server.url}{room(second)}")
    page.locator("#story-form[data-saving]").wait_for()
    put_cursor(page, "Three.")
    press(page, "Enter")
    paste(page, html)
    page.get_by_text("You may not use the pictures of the library.").wait_for()
    save(page)
    assert not second.attachments.exists()
    context.close()


def test_a_figure_copied_within_its_story_shows_the_same_attachment(desk, make):
    story, uuid = figure_story(make)
    page = opened(desk, story)
    html = copied(page, story)
    put_cursor(page, "After it.")
    press(page, "Enter")
    paste(page, html)
    figures = [block for block in written(page) if block["type"] == "figure"]
    assert [block["attrs"]["attachment"] for block in figures] == [uuid, uuid]
    save(page)
    assert story.attachments.count() == 1
    assert len([block for block in stored(story) if block["type"] == "figure"]) == 2


def test_a_clipboard_made_by_hand_brings_nothing_the_story_cannot_keep(desk, make):
    page = opened(desk, of_three(make))
    put_cursor(page, "Three.")
    press(page, "Enter")
    attrs = json.dumps({"attachment": {"a": 1}, "pictures": {"x": 1}}).replace('"', "&quot;")
    gallery = json.dumps({"attachments": [], "title": ""}).replace('"', "&quot;")
    embed = json.dumps({"url": "javascript:alert(1)", "title": ""}).replace('"', "&quot;")
    blocks = (("figure", attrs), ("gallery", gallery), ("embed", embed))
    paste(
        page, "".join(f'<div data-block="{kind}" data-attrs="{said}"></div>' for kind, said in blocks) + "<p>After.</p>"
    )
    assert set(kinds(page)) == {"paragraph"}
    assert "After." in page.locator(".tiptap").inner_text()


@pytest.mark.parametrize(
    ("width", "scheme", "language"),
    [(1440, "light", "en"), (390, "dark", "en"), (1440, "dark", "ar"), (390, "light", "ar")],
)
def test_every_block_is_within_reach_of_everybody(make, live_server, browser, client, width, scheme, language):
    story = make.story(
        language=language, pictures=[make.photo(language=language, alt=""), make.photo(language=language)]
    )
    one, two = (str(row.uuid) for row in story.attachments.all())
    blocks = [
        document.paragraph("Three."),
        document.figure(one),
        document.gallery([one, two], "Along the river"),
        document.table([["Year", "Bridges"], ["2024", "3"]], "By year"),
        document.embed("https://youtu.be/abc", "The opening"),
        document.fact_box("The bridge", ["Length: 120 m"]),
        document.pull_quote("It opens", "A reader"),
        document.divider(),
    ]
    stories.save(story, by=None, body=document.document(blocks))
    # axe brings a style sheet of its own, which the policy of the admin blocks.
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    sign_in(context, client, make.publisher(), live_server.url, language)
    page = context.new_page()
    page.goto(f"{live_server.url}{room(story)}")
    page.locator("#story-form[data-saving]").wait_for()
    page.locator(".tiptap figure .facts button").first.click()
    page.locator(".alt-box").wait_for()
    page.locator(".tiptap td").last.click()
    page.locator(".table-tools button").first.wait_for()
    results = Axe().run(page, options=AXE)
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    context.close()
