"""Pasting in a browser: what Word, Docs, LibreOffice, pages and mail put on the clipboard becomes blocks of a story."""

import base64
from pathlib import Path

import pytest
from playwright.sync_api import expect

from .test_uploads import carried, figures, kinds, names, picture, ready, small_pieces  # noqa: F401
from .test_writing import desk, put_cursor, room, written  # noqa: F401  `desk` is a fixture

pytestmark = pytest.mark.browser
CLIPBOARD = Path(__file__).parent.parent / "data" / "clipboard"
SIGNS = {"bold": "*", "italic": "_", "strike": "--", "superscript": "^", "subscript": "~"}


def paste(page, html="", text="", files=()):
    """Paste as a browser does it, with whatever lies on the clipboard. Gives the seconds until the text stood there."""
    return page.evaluate(
        """([html, text, files]) => {
            const data = new DataTransfer();
            if (html) data.setData("text/html", html);
            if (text) data.setData("text/plain", text);
            for (const { name, type, bytes } of files) {
                data.items.add(new File([Uint8Array.from(atob(bytes), one => one.charCodeAt(0))], name, { type }));
            }
            const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
            const began = performance.now();
            document.querySelector(".tiptap").dispatchEvent(event);
            document.querySelector(".tiptap").getBoundingClientRect();
            return (performance.now() - began) / 1000;
        }""",
        [html, text, [carried(file) for file in files]],
    )


def words(node):
    """The words in a block, with signs for what they are: *bold*, _italic_, [words](address), | for a line's end."""
    said = ""
    for run in node.get("content", ()):
        piece = run.get("text", "|" if run["type"] == "hard_break" else "")
        for mark in run.get("marks", ()):
            sign = SIGNS.get(mark["type"], "")
            piece = f"[{piece}]({mark['attrs']['href']})" if mark["type"] == "link" else f"{sign}{piece}{sign}"
        said += piece
    return said


def outline(page):
    """The story's blocks, a line each; items of lists by their depth, rows of tables by their cells."""
    return [line for block in written(page) for line in lines(block)]


def lines(block, depth=1):
    kind, content = block["type"], block.get("content", ())
    if kind == "list":
        sign = "1." if block["attrs"]["ordered"] else "-"
        for item in content:
            first, *rest = item["content"]
            yield f"{sign * depth if sign == '-' else '  ' * (depth - 1) + sign} {words(first)}"
            for part in rest:
                yield from lines(part, depth + 1) if part["type"] == "list" else [f"  {words(part)}"]
    elif kind in ("quote", "pull_quote"):
        yield from (f"> {words(one)}" for one in content)
    elif kind == "table":
        for row in content:
            cells = [("#" if cell["type"] == "header" else "") + words(cell) for cell in row["content"]]
            yield "| " + " | ".join(cells)
    else:
        yield {"crosshead": "## ", "divider": "***", "figure": "(picture)"}.get(kind, "") + words(block)


@pytest.fixture
def sheet(desk, make):  # noqa: F811
    """A story with nothing in it but a first line; the cursor is on an empty one beneath."""
    page = ready(desk(room(make.story(paragraphs=["First."]))))
    put_cursor(page, "First.")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelectorAll('.tiptap > *').length === 2")
    yield page
    page.locator("#story-form[data-saving=saved]").wait_for()  # nothing is under way when the database goes


def test_a_text_from_word_arrives_as_it_was_meant(sheet):
    paste(sheet, (CLIPBOARD / "word.html").read_text("utf-8"))
    assert outline(sheet)[1:] == [
        "## The ferry comes back",
        "The *harbour board* voted on _Tuesday_ to bring the ferry back. It had stopped in spring^[1]^.",
        "## What it will cost",
        "- Two boats",
        "-- one for cars",
        "-- one for people on foot",
        "- A new pier",
        "The order of the work:",
        "1. Dredge the channel",
        "1. Build the pier",
        "> “We have waited long enough,” said the harbour master.",
        "| #Boat | #Seats",
        "| Both are second-hand | ",
        "| Nour | 240",
        "See [the timetable](https://www.example.org/ferry?line=4) and the plan.",
        "قال المجلس إن شركة Blue Line ستشغّل العبّارة.",
        "^[1]^ After the storm of 3 April.",
    ]
    expect(sheet.locator(".came")).to_contain_text("A picture of the text could not be read from the clipboard.")


def test_a_text_from_docs_arrives_as_it_was_meant(sheet):
    paste(sheet, (CLIPBOARD / "docs.html").read_text("utf-8"))
    assert outline(sheet)[1:] == [
        "## Schools open late",
        "Forty schools open *a week late*, the ministry says in [a letter](https://example.org/letter?id=7).",
        "- In the north",
        "-- _twelve without a roof_",
        "- In the city",
        "وتقول منظمة Open Door إن العدد أكبر.",
        "| City | 31",
        "| North | 9",
    ]
    strip = sheet.locator(".came")
    expect(strip).to_contain_text("Not fetched, for they lie on other people's servers:")
    expect(strip).to_contain_text("https://lh7-rt.example.com/docsz/AD_4nXpicture?key=abc")


def test_a_text_from_libreoffice_arrives_as_it_was_meant(sheet):
    paste(sheet, (CLIPBOARD / "libreoffice.html").read_text("utf-8"))
    assert outline(sheet)[1:] == [
        "## Bread gets dearer",
        "A loaf costs *12\u00a0000* lira since _Sunday_, bakers say.",
        "1. Flour",
        "  1. from the north",
        "1. Fuel",
        "قال الخبّاز أحمد: “We bake at night” منذ شهر.",
        "> Nobody told us before.",
        "| #Week | #Price",
        "| First | 9\u00a0000",
        "|  | 12\u00a0000",
        "^1^ H~2~O is free.",
    ]


def test_a_page_of_the_web_arrives_as_it_was_meant(sheet):
    paste(sheet, (CLIPBOARD / "page.html").read_text("utf-8"))
    assert outline(sheet)[1:] == [
        "## Rain at last",
        "By Somebody · 2 hours ago",
        "It rained for three days.",
        "The river rose by a metre.|Nobody was hurt.",
        "Read more, [the report](https://example.org/rain#top), this or [write](mailto:desk@example.org).",
        "## The dam",
        "> It holds.",
        "> For now.",
        "The river on Monday.",
        "Set beside it.",
        "***",
        "- Umbrellas",
        "- Boots",
        "-- rubber",
        "--- green",
        "--- dark",
        "onehyphen zerowidth code --old--",
    ]
    expect(sheet.locator(".came li")).to_have_text(["https://img.example.org/river.jpg"])


def test_plain_text_becomes_paragraphs_lists_and_lines(sheet):
    paste(sheet, text=(CLIPBOARD / "mail.txt").read_text("utf-8").replace("\n", "\r\n"))
    assert outline(sheet)[1:] == [
        "The council met on Monday evening and decided after a long debate that the old market will be repaired before "
        "winter, the mayor said in a letter.",
        "Three stalls stay open:|- fish|- bread",
        "Their names:",
        "1. Salma",
        "1. Karim",
        "الأسعار لن ترتفع، بحسب Market Union.",
    ]


def test_lines_without_blank_ones_between_are_paragraphs(sheet):
    paste(sheet, text="One.\nTwo <b>is</b> & so on.\n  Three.")
    assert outline(sheet)[1:] == ["One.", "Two <b>is</b> & so on.", "Three."]


def test_a_few_words_are_pasted_into_the_line(sheet):
    put_cursor(sheet, "First.")
    sheet.keyboard.type(" ")
    paste(sheet, "<meta charset='utf-8'><span style='color:red'>And <b>more</b>&nbsp;of\nit</span>")
    sheet.keyboard.type("!")
    assert outline(sheet)[0] == "First. And *more* of it!"


def test_bold_throughout_means_nothing(sheet):
    paste(sheet, "<p><b>All of it.</b></p><p><b>And this too.</b></p>")
    assert outline(sheet)[1:] == ["All of it.", "And this too."]


def test_a_paste_is_one_step_to_undo(sheet):
    sheet.keyboard.type("Typed at once.")
    paste(sheet, (CLIPBOARD / "word.html").read_text("utf-8"))
    sheet.keyboard.type("And on.")
    for _step in range(2):
        sheet.keyboard.press("Control+z")
    assert outline(sheet) == ["First.", "Typed at once."]


def test_what_was_copied_in_a_story_keeps_its_blocks(sheet):
    html = (
        '<blockquote class="block pull" data-pm-slice="0 0 []"><p dir="auto">Out loud.</p></blockquote>'
        '<p><a href="story:0b7e6a52-5c1f-4c55-9f0e-6d1f2a3b4c5d">another story</a></p>'
    )
    paste(sheet, html)
    assert [block["type"] for block in written(sheet)][1:] == ["pull_quote", "paragraph"]
    assert "](story:0b7e" in outline(sheet)[-1]


# -- What would do harm


def test_ten_megabytes_are_refused_in_a_sentence(sheet):
    assert paste(sheet, text="A long line of words. " * 480_000) < 5
    expect(sheet.locator(".came")).to_contain_text("That is more than a story can hold. Paste it in parts.")
    assert outline(sheet)[0] == "First."
    assert kinds(sheet) == ["paragraph", "paragraph"]


def test_five_thousand_quotes_in_each_other_are_one(sheet):
    paste(sheet, "<blockquote>" * 5000 + "Deep." + "</blockquote>" * 5000)
    assert outline(sheet)[1:] == ["> Deep."]


def test_hidden_characters_are_left_out(sheet):
    paste(sheet, "<p>a\u0001b\u202ec\u200bd\ufeffe \u2067نص\u2069 \u200ff</p><p>\ue0000\ue001 next</p>")
    assert outline(sheet)[1:] == ["abcde \u2067نص\u2069 \u200ff", "0 next"]
    sheet.evaluate(
        """() => {
            const data = new DataTransfer();
            data.setData("text/plain", "half \\ud800 of a letter \\u0000");
            document.querySelector(".tiptap").dispatchEvent(
                new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }"""
    )
    sheet.locator("#story-form[data-saving=saved]").wait_for()
    assert "half" in outline(sheet)[-1]


def test_twenty_thousand_words_are_pasted_while_one_waits(sheet):
    paragraph = "<p class=MsoNormal><span style='font-size:11pt'>" + "word another <b>third</b> " * 25 + "</span></p>"
    took = paste(sheet, paragraph * 270)
    print(f"20,000 words pasted in {took:.2f} s")
    assert took < 10
    assert len(kinds(sheet)) == 271


# -- Pictures


def data_uri(file):
    return f"data:{file['mimeType']};base64,{base64.b64encode(file['buffer']).decode()}"


def test_a_picture_alone_goes_up_at_once(sheet, small_pieces):  # noqa: F811
    paste(sheet, '<meta charset="utf-8"><img src="https://example.org/a.png">', files=[picture("image.png")])
    figures(sheet, 1)
    assert kinds(sheet) == ["paragraph", "figure"], "it stands on the empty line"
    assert sheet.locator(".came").count() == 0


def test_pictures_that_came_with_a_text_are_taken_when_one_says_so(sheet, small_pieces):  # noqa: F811
    one, two = data_uri(picture("a.png", 1)), data_uri(picture("b.png", 2))
    paste(sheet, f'<p>Before.</p><p><img src="{one}"></p><p>Between <img src="{two}"> the words.</p><p>After.</p>')
    assert outline(sheet)[1:] == ["Before.", "Between the words.", "After."]
    strip = sheet.locator(".came")
    expect(strip).to_contain_text("2 pictures came with the text.")
    expect(sheet.locator(".tiptap .arriving img")).to_have_count(2)
    strip.get_by_role("button", name="Take them into the library").click()
    figures(sheet, 2)
    assert outline(sheet)[1:] == ["Before.", "(picture)", "Between the words.", "(picture)", "After."]
    assert names(sheet) == ["picture-1.png", "picture-2.png"]


def test_pictures_that_came_with_a_text_are_left_out_when_one_says_so(sheet):
    paste(sheet, f'<p>Before.</p><img src="{data_uri(picture())}"><p>After.</p>')
    strip = sheet.locator(".came")
    expect(strip).to_contain_text("A picture came with the text.")
    strip.get_by_role("button", name="Leave it out").click()
    expect(sheet.locator(".tiptap .arriving")).to_have_count(0)
    assert outline(sheet)[1:] == ["Before.", "After."]


def test_pictures_beside_a_text_of_word_stand_where_it_has_them(sheet, small_pieces):  # noqa: F811
    paste(sheet, (CLIPBOARD / "word.html").read_text("utf-8"), files=[picture("image.png")])
    sheet.locator(".came").get_by_role("button", name="Take it into the library").click()
    figures(sheet, 1)
    found = outline(sheet)
    assert found[found.index("(picture)") - 1].startswith("See [the timetable]")
