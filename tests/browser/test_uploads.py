"""Pictures on their way, in a browser: progress on each and on all; neither line nor browser must hold."""

import base64
import json
from io import BytesIO

import pytest
from django.test import Client
from PIL import Image
from playwright.sync_api import expect

from articles.admin import uploads
from articles.desk import photos
from articles.models import Photo, Upload
from tests.conftest import CHROMIUM, CHROMIUM_FLAGS
from tests.imaging import pictures

from .test_writing import desk, put_cursor, room, save, sign_in, written  # noqa: F401  `desk` is a fixture

pytestmark = pytest.mark.browser
WALL = "/admin/articles/photo/"
expect.set_options(timeout=30_000)  # the ceiling of every wait: a machine may be busy with other things


@pytest.fixture
def small_pieces(monkeypatch):
    """Pictures of a test are small: browsers are asked to cut them smaller still."""
    monkeypatch.setattr(uploads, "PIECE_BYTES", 20_000)


def picture(name="bridge.png", seed=1, side=160):
    """A file as Playwright hands it over: noise, so that it stays about 77 KB whatever the format does."""
    noise = Image.effect_noise((side, side), 50 + seed).convert("RGB")
    noise.putpixel((0, 0), (seed % 256, seed // 256, 7))
    file = BytesIO()
    noise.save(file, "PNG", compress_level=0)
    return {"name": name, "mimeType": "image/png", "buffer": file.getvalue()}


def choose(page, *files):
    page.locator("input[type=file][name=files]").set_input_files(list(files))


# Whether the browser's own storage holds that many pictures.
WAITING = """count => new Promise(done => {
    const opening = indexedDB.open("newsroom-uploads", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("waiting", { keyPath: "uuid" });
    opening.onsuccess = () => {
        const asked = opening.result.transaction("waiting").objectStore("waiting").count();
        asked.onsuccess = () => { opening.result.close(); done(asked.result === count); };
    };
})"""


def wall(desk):  # noqa: F811
    page = desk(WALL)
    page.locator("photo-upload .all-uploads").wait_for(state="attached")
    return page


def test_pictures_go_up_to_the_wall_with_a_bar_for_all_and_the_refused_is_named(desk, small_pieces):  # noqa: F811
    page = wall(desk)
    letter = {"name": "letter.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 dear editor"}
    choose(page, picture("one.png", 1), letter, picture("two.png", 2), picture("three.png", 3))
    page.get_by_role("button", name="Upload", exact=True).click()
    page.locator(".tile.arriving").first.wait_for()
    expect(page.locator(".tile a")).to_have_count(3)
    expect(page.locator(".refusals")).to_contain_text("“letter.pdf” is not a picture: it is a PDF document.")
    expect(page.locator(".all-uploads")).to_be_hidden()
    assert Photo.objects.count() == 3
    assert page.evaluate(WAITING, 0)


def test_a_line_that_is_cut_in_the_middle_costs_one_piece(desk, small_pieces):  # noqa: F811
    page = wall(desk)
    sent = []

    def cut(route):
        sent.append(int(route.request.headers["upload-offset"]))
        if len(sent) == 2:
            route.abort()
        else:
            route.continue_()

    page.route("**/piece/", cut)
    file = picture()
    choose(page, file)
    page.get_by_role("button", name="Upload", exact=True).click()
    expect(page.locator(".tile a")).to_have_count(1)
    assert sent[:3] == [0, 20_000, 20_000], "what had arrived is not sent again"
    with Photo.objects.get().original.open() as original:
        assert original.read() == file["buffer"]


def test_without_a_line_all_wait_and_go_on_by_themselves(desk, small_pieces):  # noqa: F811
    page = wall(desk)
    page.context.set_offline(True)
    choose(page, picture("one.png", 1), picture("two.png", 2))
    page.get_by_role("button", name="Upload", exact=True).click()
    expect(page.locator(".all-uploads")).to_contain_text("0 of 2")
    expect(page.locator(".all-uploads")).to_contain_text("The line is gone.")
    page.context.set_offline(False)
    expect(page.locator(".tile a")).to_have_count(2)


def test_what_the_camera_takes_goes_up_at_once_and_the_older_picture_is_shown(desk, make):  # noqa: F811
    scene = pictures.scene()
    old = photos.take(pictures.saved(scene, "JPEG"), name="old.jpg", by=None, headline="The ferry bridge")
    page = wall(desk)
    expect(page.locator(".camera")).to_be_hidden()  # a mouse has no camera
    taken = pictures.saved(scene, "JPEG", quality=60).getvalue()
    page.locator("[capture=environment]").set_input_files(
        [{"name": "image.jpg", "mimeType": "image/jpeg", "buffer": taken}]
    )
    expect(page.locator(".tile a")).to_have_count(2)
    warning = page.locator(".refusals .older")
    expect(warning).to_contain_text("Looks like an older picture")
    expect(warning.get_by_role("link", name="The ferry bridge")).to_have_attribute(
        "href", f"/admin/articles/photo/{old.pk}/change/"
    )


def test_one_is_called_back_and_the_other_goes_on(desk, small_pieces):  # noqa: F811
    page = wall(desk)
    held = []
    page.route("**/piece/", lambda route: held.append(route) if len(held) < 2 else route.continue_())
    choose(page, picture("one.png", 1), picture("two.png", 2))
    with page.expect_request(lambda request: request.url.endswith("/piece/") and len(held) == 1):
        page.get_by_role("button", name="Upload", exact=True).click()
    with page.expect_request("**/let-go/") as let_go:
        page.get_by_role("button", name="Do not send one.png").click()
    gone = let_go.value.url.removesuffix("let-go/")
    expect(page.locator(".tile")).to_have_count(1)
    for route in held:
        if not route.request.url.startswith(gone):
            route.continue_()
    expect(page.locator(".tile a")).to_have_count(1)
    assert Photo.objects.get().original_name == "two.png"


def test_a_reload_goes_on_where_it_was(desk, small_pieces):  # noqa: F811
    page = wall(desk)
    page.route("**/piece/", lambda route: route.abort() if offset(route) else route.continue_())
    choose(page, picture("one.png", 1), picture("two.png", 2))
    page.get_by_role("button", name="Upload", exact=True).click()
    page.wait_for_function(WAITING, arg=2)
    expect(page.locator(".all-uploads")).to_contain_text("The line is gone.")
    expect(page.locator(".tile.arriving .none", has_text="The line is gone.")).to_have_count(2)
    sent = []
    page.on("request", lambda request: sent.append(request) if request.url.endswith("/piece/") else None)
    page.reload()
    page.get_by_text("2 pictures had not arrived: they go on now.").wait_for()
    page.unroute("**/piece/")
    expect(page.locator(".tile a")).to_have_count(2)
    assert 0 not in {int(request.headers["upload-offset"]) for request in sent}, "no first piece is sent again"
    page.wait_for_function(WAITING, arg=0)
    assert {photo.original_name for photo in Photo.objects.all()} == {"one.png", "two.png"}


def test_a_browser_that_was_closed_goes_on_when_it_opens_again(make, live_server, browser, tmp_path, small_pieces):
    user = make.photo_editor()
    place = {"executable_path": CHROMIUM, "args": CHROMIUM_FLAGS, "user_data_dir": tmp_path / "browser"}
    context = browser.browser_type.launch_persistent_context(**place)
    sign_in(context, Client(), user, live_server.url)
    page = context.new_page()
    page.goto(live_server.url + WALL)
    page.route("**/piece/", lambda route: route.abort())
    choose(page, picture("one.png"))
    page.get_by_role("button", name="Upload", exact=True).click()
    page.wait_for_function(WAITING, arg=1)
    context.close()
    assert Photo.objects.count() == 0
    context = browser.browser_type.launch_persistent_context(**place)
    sign_in(context, Client(), user, live_server.url)
    page = context.new_page()
    page.goto(live_server.url + WALL)
    page.get_by_text("A picture had not arrived: it goes on now.").wait_for()
    expect(page.locator(".tile a")).to_have_count(1)
    context.close()
    assert Photo.objects.get().original_name == "one.png"


def offset(route):
    return int(route.request.headers["upload-offset"])


# -- In a story


def ready(page):
    page.locator("#story-form[data-saving]").wait_for()
    return page


def drop(page, words, files, *, upper=False):
    """Drop `files` on the block that holds `words`: on its lower half, or its upper one."""
    page.evaluate(
        """([words, files, upper]) => {
            const block = [...document.querySelectorAll(".tiptap > *")].find(one => one.textContent.includes(words));
            block.scrollIntoView({ block: "center" });
            const box = block.getBoundingClientRect();
            const data = new DataTransfer();
            for (const { name, type, bytes } of files) {
                data.items.add(new File([Uint8Array.from(atob(bytes), one => one.charCodeAt(0))], name, { type }));
            }
            const y = upper ? box.top + 2 : box.bottom - 2;
            const place = { clientX: box.left + 8, clientY: y, dataTransfer: data, bubbles: true, cancelable: true };
            for (const name of ["dragenter", "dragover", "drop"]) block.dispatchEvent(new DragEvent(name, place));
        }""",
        [words, [carried(file) for file in files], upper],
    )


def carried(file):
    return {
        "name": file["name"],
        "type": file["mimeType"],
        "bytes": base64.b64encode(file["buffer"]).decode(),
    }


def kinds(page):
    return [block["type"] for block in written(page)]


def names(page):
    """The pictures of the text in order, by the names of their files."""
    uuids = [block["attrs"]["attachment"] for block in written(page) if block["type"] == "figure"]
    rows = {row.get_attribute("data-uuid"): row.get_attribute("data-name") for row in page.locator(".pic").all()}
    return [rows[uuid] for uuid in uuids]


def figures(page, count):
    expect(page.locator(".tiptap figure.fig img")).to_have_count(count)


def of_two(make):
    return make.story(paragraphs=["One is here.", "Two is here."])


def test_pictures_dropped_on_the_text_stand_there_in_their_order(desk, make, small_pieces):  # noqa: F811
    story = of_two(make)
    page = ready(desk(room(story)))
    drop(page, "One is here.", [picture("one.png", 1), picture("two.png", 2, 200), picture("three.png", 3, 60)])
    page.locator(".tiptap .arriving progress").first.wait_for()
    put_cursor(page, "One is here.")
    page.keyboard.type(" More of it.")
    figures(page, 3)
    expect(page.locator(".tiptap .arriving")).to_have_count(0)
    assert kinds(page) == ["paragraph", "figure", "figure", "figure", "paragraph"]
    assert names(page) == ["one.png", "two.png", "three.png"]
    page.locator("#story-form[data-saving=saved]").wait_for()
    story.refresh_from_db()
    assert [block["type"] for block in story.body["content"]] == kinds(page)
    assert "More of it." in json.dumps(story.body)
    assert {row.role for row in story.attachments.all()} == {"text"}


def test_a_dropped_picture_is_one_step_to_undo(desk, make, small_pieces):  # noqa: F811
    page = ready(desk(room(of_two(make))))
    put_cursor(page, "Two is here.")
    page.keyboard.type(" Typed.")
    drop(page, "Two is here.", [picture()], upper=True)
    figures(page, 1)
    assert kinds(page) == ["paragraph", "figure", "paragraph"]
    page.locator(".tiptap").focus()
    page.keyboard.press("Control+z")
    expect(page.locator(".tiptap figure.fig")).to_have_count(0)
    assert kinds(page) == ["paragraph", "paragraph"]
    assert "Typed." in page.locator(".tiptap").inner_text()
    assert page.locator(".pic").count() == 1, "it stays among the story's pictures"


def test_a_picture_that_is_refused_says_so_at_its_place(desk, make, small_pieces):  # noqa: F811
    page = ready(desk(room(of_two(make))))
    broken = {"name": "broken.png", "mimeType": "image/png", "buffer": picture()["buffer"][:3000]}
    drop(page, "One is here.", [broken, picture("good.png", 2)])
    place = page.locator(".tiptap .arriving", has_text="broken.png")
    expect(place).to_contain_text("cut off")
    figures(page, 1)
    assert names(page) == ["good.png"]
    place.get_by_role("button", name="Try again").click()
    expect(place.locator(".note")).to_have_count(0)
    expect(place).to_contain_text("cut off")
    place.get_by_role("button", name="Take out broken.png").click()
    expect(page.locator(".tiptap .arriving")).to_have_count(0)


def test_what_is_no_picture_is_not_taken_and_the_page_stays(desk, make):  # noqa: F811
    page = ready(desk(room(of_two(make))))
    letter = {"name": "letter.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 dear editor"}
    drop(page, "One is here.", [letter])
    expect(page.locator(".came")).to_contain_text("“letter.pdf” is no picture.")
    page.locator(".came").get_by_role("button", name="Close").click()
    expect(page.locator(".came")).to_have_count(0)
    assert kinds(page) == ["paragraph", "paragraph"]
    assert Upload.objects.count() == 0


def test_after_a_reload_pictures_for_the_text_are_among_the_storys(desk, make, small_pieces):  # noqa: F811
    story = of_two(make)
    page = ready(desk(room(story)))
    page.route("**/piece/", lambda route: route.abort() if offset(route) else route.continue_())
    drop(page, "One is here.", [picture("one.png", 1), picture("two.png", 2)])
    page.wait_for_function(WAITING, arg=2)
    expect(page.locator(".tiptap .arriving").first).to_contain_text("The line is gone.")
    page.reload()
    ready(page)
    page.get_by_text("2 pictures had not arrived: they go on now. What was meant for the text").wait_for()
    page.unroute("**/piece/")
    expect(page.locator(".pic")).to_have_count(2)
    page.locator("#story-form[data-saving=saved]").wait_for()
    page.wait_for_function(WAITING, arg=0)
    assert sorted(row.photo.original_name for row in story.attachments.all()) == ["one.png", "two.png"]
    assert [row.get_attribute("data-name") for row in page.locator(".pic").all()] == ["one.png", "two.png"]
