"""The writing room in a browser: typed by hand, with pictures, through to the public page."""

import json
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from articles.body import document
from articles.desk import stories
from articles.models import Story

pytestmark = pytest.mark.browser
AXE = {"preload": False, "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}}


def sign_in(context, client, user, site, language="en"):
    """Give a browser the session of `user`, and the admin's language."""
    client.force_login(user)
    cookies = {
        settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value,
        settings.LANGUAGE_COOKIE_NAME: language,
    }
    address = f"{site}{settings.SESSION_COOKIE_PATH}"
    context.add_cookies([{"name": name, "value": value, "url": address} for name, value in cookies.items()])


@pytest.fixture
def desk(make, live_server, page, client):
    """Opens an address of the admin as a publisher."""
    user = make.publisher(first_name="Rana", last_name="Haddad")
    sign_in(page.context, client, user, live_server.url)

    def open_(address):
        page.goto(f"{live_server.url}{address}")
        return page

    open_.user = user
    return open_


def room(story):
    return reverse("admin:articles_story_change", args=[story.pk])


def written(page):
    """The story's blocks as the form would post them."""
    return json.loads(page.evaluate("document.querySelector('body-editor textarea').value"))["content"]


def ids(page):
    return [block["attrs"]["id"] for block in written(page)]


def save(page):
    """Wait until all that was typed is on the server: nobody has to press anything."""
    page.locator("#story-form[data-saving=open], #story-form[data-saving=sending]").wait_for(state="attached")
    page.locator("#story-form[data-saving=saved]").wait_for()


def put_cursor(page, words, *, end=True):
    """Put the cursor at the end (else the start) of the first block that holds `words`."""
    page.locator(".tiptap > *", has_text=words).first.click()
    page.keyboard.press("End" if end else "Home")


def paste(page, html):
    """Paste `html` where the cursor is, as a browser does it."""
    page.evaluate(
        """html => {
            const data = new DataTransfer();
            data.setData("text/html", html);
            const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
            document.querySelector(".tiptap").dispatchEvent(event);
        }""",
        html,
    )


def of_three(make, **content):
    blocks = [document.paragraph("One is here."), document.paragraph("Two is here."), document.paragraph("Three.")]
    return make.story(body=document.document(blocks), **content)


def test_a_story_that_was_only_opened_has_no_change_to_save(desk, make):
    page = desk(room(make.story(body=document.document([]))))
    page.locator(".tiptap[contenteditable=true]").wait_for()
    assert page.locator("[data-saved]").inner_text().startswith("Saved")


def test_a_reason_to_withdraw_is_no_change_of_the_story(desk, make):
    page = desk(room(make.live_story()))
    page.get_by_role("button", name="More moves").click()
    page.locator("summary", has_text="Withdraw").click()
    page.get_by_label("Why, for the desk").fill("The wrong bridge.")
    assert page.locator("[data-saved]").inner_text().startswith("Saved")


def test_a_save_comes_back_to_the_place_one_was_writing_at(desk, make):
    body = document.document([document.paragraph(f"Paragraph {number} of many. " * 20) for number in range(30)])
    page = desk(room(make.story(body=body)))
    put_cursor(page, "Paragraph 25 of many.")
    page.keyboard.type(" One more.")
    save(page)
    page.locator(".tiptap.ProseMirror-focused").wait_for()
    page.keyboard.type(" And one.")
    assert "One more. And one." in page.locator(".tiptap > *").nth(25).inner_text()
    assert page.locator(".desk").evaluate("desk => desk.scrollTop") > 1000


def test_a_story_is_typed_by_hand_with_its_pictures_and_read_on_the_public_page(desk, make, live_server):
    make.section("city")
    make.author("Samir Daher")
    page = desk("/admin/articles/story/add/")
    keys = page.keyboard
    page.get_by_label("Headline", exact=True).fill("A harbour is dredged")
    page.get_by_role("button", name="Add a sub-headline").click()
    keys.type("For the first time since the war")
    keys.press("Enter")
    keys.type("Boats wait outside")
    page.locator(".tiptap").click()
    keys.type("The work began at six.")
    keys.press("Enter")
    keys.type("## Six metres deep")
    keys.press("Enter")
    keys.type("It will take ")
    keys.press("Control+b")
    keys.type("a month")
    keys.press("Control+b")
    keys.type(".")
    keys.press("Enter")
    keys.type("> We waited long.")
    page.get_by_placeholder("Who said it").fill("Huda Karam")
    page.get_by_placeholder("Who said it").press("Enter")
    keys.type("- one boat")
    keys.press("Enter")
    keys.type("two boats")
    keys.press("Enter")
    keys.press("Enter")
    keys.type("Read more in the plan")
    keys.press("Shift+Control+ArrowLeft")
    keys.press("Control+k")
    page.locator(".link-strip input").wait_for()
    keys.type("example.org/plan")
    keys.press("Enter")
    page.get_by_label("Add an author").fill("sam")
    page.get_by_role("option", name="Samir Daher").click()
    page.get_by_label("Add a tag").fill("Harbour,")
    page.get_by_label("Section").select_option(label="City")

    page.locator("label", has_text="Pictures").first.click()
    files = [make.picture_file().read(), b"Dear editor", make.picture_file().read()]
    names = ["quay.jpg", "letter.jpg", "crane.jpg"]
    page.locator("#id_files").set_input_files(
        [{"name": name, "mimeType": "image/jpeg", "buffer": data} for name, data in zip(names, files, strict=True)]
    )
    page.locator(".pic").nth(1).wait_for()
    page.get_by_role("alert").get_by_text("letter.jpg").wait_for()
    for place, name in enumerate(("quay", "crane")):
        row = page.locator(".pic", has_text=f"{name}.jpg")
        row.get_by_label("Caption").fill(f"The {name} at noon.")
        row.get_by_label(re.compile("^Alt text")).fill(f"A {name} in the sun")
        row.get_by_label("Role").select_option("text" if place else "lead")
    put_cursor(page, "It will take")
    page.get_by_role("button", name="Picture", exact=True).click()
    page.get_by_role("menuitem", name="crane.jpg").click()
    expect(page.locator(".tiptap figure .caption")).to_have_value("The crane at noon.")
    save(page)

    with page.expect_navigation():
        page.get_by_role("button", name="Publish").click()
    page.get_by_text("Edition 1 of “A harbour is dredged” is live.").wait_for()
    story = Story.objects.get()
    assert [block["type"] for block in story.body["content"]] == [
        "paragraph",
        "crosshead",
        "paragraph",
        "figure",
        "quote",
        "list",
        "paragraph",
    ]
    assert story.subheads == ["For the first time since the war", "Boats wait outside"]
    page = desk(story.path)
    assert page.locator("h1").inner_text() == "A harbour is dredged"
    assert page.get_by_alt_text("A quay in the sun").is_visible()
    assert page.get_by_text("The crane at noon.").is_visible()
    assert page.get_by_role("link", name="plan").get_attribute("href") == "https://example.org/plan"
    assert page.get_by_role("link", name="Samir Daher").is_visible()
    assert page.locator("strong", has_text="a month").is_visible()


def test_splitting_keeps_the_id_on_the_first_half_and_joining_the_firsts(desk, make):
    page = desk(room(of_three(make)))
    one, two, three = ids(page)
    put_cursor(page, "Two is here.")
    for _letter in "here.":
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    first, second, new, last = ids(page)
    assert (first, second, last) == (one, two, three)
    assert new not in {one, two, three}
    page.keyboard.press("Backspace")
    assert ids(page) == [one, two, three]


def test_a_block_turned_into_another_kind_and_back_keeps_its_id(desk, make):
    page = desk(room(of_three(make)))
    before = ids(page)
    for name in ("Quote", "Quote", "List", "List", "Crosshead", "Crosshead"):
        put_cursor(page, "Two is here.")
        page.get_by_role("button", name=name, exact=True).click()
        assert ids(page) == before
    assert [block["type"] for block in written(page)] == ["paragraph"] * 3
    put_cursor(page, "Two is here.")
    page.keyboard.press("Alt+ArrowUp")
    assert ids(page) == [before[1], before[0], before[2]]
    page.keyboard.press("Control+z")
    assert ids(page) == before


def test_what_is_pasted_gets_new_ids_and_comes_out_clean(desk, make):
    page = desk(room(of_three(make)))
    before = ids(page)
    put_cursor(page, "Three.")
    page.keyboard.press("Enter")
    paste(
        page,
        '<meta charset="utf-8"><b style="font-weight:normal"><p style="color:red" class="MsoNormal">From <b>Word</b>, '
        'with <a href="https://example.org/">a link</a> and <a href="java&#9;script:alert(1)">a trap</a>.</p>'
        "<h2>A heading</h2><ul><li><p>a point</p></li></ul></b><script>alert(1)</script>",
    )
    blocks = written(page)
    assert ids(page)[:3] == before
    assert len(set(ids(page))) == len(blocks)
    assert [block["type"] for block in blocks[3:]] == ["paragraph", "crosshead", "list"]
    marks = {run["text"]: [mark["type"] for mark in run.get("marks", [])] for run in blocks[3]["content"]}
    assert marks["Word"] == ["bold"]
    assert marks["a link"] == ["link"]
    assert "javascript" not in json.dumps(blocks)
    save(page)
    assert len(Story.objects.get().body["content"]) == len(blocks)


def test_a_copy_of_a_block_gets_an_id_of_its_own(desk, make):
    page = desk(room(of_three(make)))
    before = ids(page)
    page.locator(".tiptap").click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+c")
    page.keyboard.press("Control+End")
    # The browser reports where the cursor went before its next frame; no hand is quicker than that.
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+v")
    assert ids(page)[:3] == before
    assert len(set(ids(page))) == len(ids(page))


def test_blocks_that_are_not_edited_here_survive_untouched(desk, make):
    photo = make.photo()
    story = make.story(pictures=[photo])
    attachment = story.attachments.get().uuid
    kept = [
        document.table([["Year", "Bridges"], ["2024", "3"]], caption="By year"),
        document.gallery([attachment], "Two views"),
        document.embed("https://example.org/film", "The opening"),
        document.divider(),
        document.fact_box("The bridge", ["Length: 120 m", document.bullet_list(["Steel: 40 t"])]),
        document.pull_quote("It opens", "A reader"),
        document.bullet_list(["first", "second"], ordered=True),
        document.figure(attachment),
    ]
    stories.save(story, by=None, body=document.document([document.paragraph("At first."), *kept]))
    before = Story.objects.get().body["content"]
    page = desk(room(story))
    page.locator(".tiptap th", has_text="Bridges").wait_for()
    expect(page.get_by_placeholder("Caption of the table")).to_have_value("By year")
    expect(page.locator(".embed-title")).to_have_value("The opening")
    put_cursor(page, "At first.")
    page.keyboard.type(" More.")
    save(page)
    after = Story.objects.get().body["content"]
    assert after[1:] == before[1:]
    assert document.text_of(after[0]) == "At first. More."


def test_opening_a_published_story_and_keeping_a_version_leaves_it_published(desk, make):
    story = make.live_story(pictures=[make.photo()])
    page = desk(room(story))
    assert page.get_by_role("button", name="Publish the changes").is_hidden()
    page.locator("#story-form[data-saving]").wait_for()
    page.keyboard.press("Control+s")
    page.keyboard.press("Enter")
    page.locator("#story-form[data-saving=kept]").wait_for()
    story.refresh_from_db()
    assert (story.status, story.version) == ("published", 1)
    page.get_by_label("Kicker").fill("Changed")
    with page.expect_navigation():
        page.get_by_role("button", name="Publish the changes").click()
    story.refresh_from_db()
    assert (story.live_edition.number, story.live_edition.kicker) == (2, "Changed")


def test_a_picture_comes_from_the_library_and_is_ordered_by_keys(desk, make):
    make.photo(headline="Ferry", caption="The ferry.")
    story = make.story(pictures=[make.photo(headline="Bridge")])
    page = desk(room(story))
    page.locator("label", has_text="Pictures").first.click()
    page.get_by_role("button", name="From the library").click()
    page.get_by_placeholder("Words in title").fill("ferry")
    page.locator(".library-sheet .tile", has_text="Ferry").click()
    row = page.locator(".pic", has_text="Ferry")
    row.get_by_label("Caption").focus()
    page.keyboard.press("Alt+ArrowUp")
    save(page)
    assert [row.photo.headline for row in story.attachments.all()] == ["Ferry", "Bridge"]


def test_the_slash_menu_puts_in_a_block(desk, make):
    page = desk(room(of_three(make)))
    put_cursor(page, "Three.")
    page.keyboard.press("Enter")
    page.keyboard.press("/")
    page.get_by_role("menuitem", name="Pull quote").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.type("Pulled.")
    assert written(page)[-1]["type"] == "pull_quote"


def test_what_is_missing_leads_to_its_field(desk, make):
    story = make.story(headline="", pictures=[make.photo(alt="")])
    page = desk(room(story))
    page.keyboard.press("Shift+F8")
    assert page.evaluate("document.activeElement.id") == "id_headline"
    page.keyboard.press("Shift+F8")
    assert page.locator(".pic").is_visible()
    assert page.evaluate("document.activeElement.closest('.pic') !== null")


def test_leaving_right_after_typing_loses_nothing_and_asks_nothing(desk, make, live_server):
    story = of_three(make)
    page = desk(room(story))
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.locator("#story-form[data-saving]").wait_for()
    put_cursor(page, "Three.")
    page.keyboard.type(" And four.")
    page.goto(f"{live_server.url}/admin/")
    page.goto(f"{live_server.url}{room(story)}")
    page.locator(".tiptap", has_text="Three. And four.").wait_for()
    assert not asked


@pytest.mark.parametrize(
    ("width", "scheme", "language"),
    [(1440, "light", "en"), (390, "dark", "en"), (1440, "dark", "ar"), (390, "light", "ar")],
)
def test_the_writing_room_is_within_reach_of_everybody(make, live_server, browser, client, width, scheme, language):
    story = make.story(language=language, pictures=[make.photo(language=language, alt="")])
    # axe brings a style sheet of its own, which the policy of the admin blocks.
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    sign_in(context, client, make.publisher(), live_server.url, language)
    page = context.new_page()
    for address in (f"{room(story)}?tab=pictures", room(story), reverse("admin:articles_story_paste")):
        page.goto(f"{live_server.url}{address}")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
        results = Axe().run(page, options=AXE)
        assert results.violations_count == 0, results.generate_report()
    page.goto(f"{live_server.url}{room(story)}")
    assert page.locator(".sheet").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    context.close()
