"""A day at the photo desk of a real server: a folder of sixty mixed files with the line cut in the middle of it, fifty
pictures captioned, corrected, exported, imported; one cropped, one replaced, one withdrawn; readers see each at once.
"""

import base64
import json
import subprocess
import sys
from io import BytesIO

import pytest
from django.conf import settings
from PIL import Image
from playwright.sync_api import expect

from articles.wire import captions_csv
from tests.imaging import pictures
from tests.real_server import RealServer

from .test_captions import all_saved

pytestmark = pytest.mark.browser
WAIT = 120_000  # milliseconds: the ceiling of each wait on a machine that is busy with other things
GOOD = 50
LARGEST = 200_000  # bytes, the limit that this server is given
WALL = "/admin/articles/photo/"

# A drop of files, as the browser tells of it: one event on the wall, with everything in it.
DROP = """files => {
    const data = new DataTransfer();
    for (const { name, bytes } of files) {
        data.items.add(new File([Uint8Array.from(atob(bytes), one => one.charCodeAt(0))], name));
    }
    const place = { dataTransfer: data, bubbles: true, cancelable: true };
    document.querySelector("photo-upload").dispatchEvent(new DragEvent("drop", place));
}"""
# What readers are shown: the sources of a page's pictures, once all of them have come.
SHOWN = """async () => {
    const all = [...document.querySelectorAll("main img")];
    for (const one of all) {
        one.loading = "eager";
        await one.decode();
    }
    return all.map((one) => one.currentSrc);
}"""
# What the newsroom of the server holds, which is another than that of the tests.
ASK = """
import json, sys
import django
django.setup()
from articles.models import *
print(json.dumps(eval(sys.argv[1])))
"""


@pytest.fixture
def server(tmp_path, request, monkeypatch):
    """A newsroom that really runs, and takes files of at most LARGEST bytes."""
    request.getfixturevalue("transactional_db")  # for the tests' own settings of the database
    monkeypatch.setenv("NEWSROOM_PICTURE_BYTES", str(LARGEST))
    made = RealServer(tmp_path)
    made.start()
    yield made
    made.end()


@pytest.fixture
def page(server, new_context):
    """A tab in which somebody of that newsroom is signed in."""
    page = new_context().new_page()
    page.set_default_timeout(WAIT)
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": server.session}
    page.context.add_cookies([cookie | {"url": f"{server.address}{settings.SESSION_COOKIE_PATH}"}])
    return page


@pytest.fixture(autouse=True)
def patience():
    """What is expected may take as long as a busy machine needs; what is broken never comes."""
    expect.set_options(timeout=WAIT)
    yield
    expect.set_options(timeout=30_000)  # as the other tests have it


def sixty() -> tuple[list[tuple[str, bytes]], dict[str, str]]:
    """Sixty files in mixed order, as (name, content), and by the name of each bad one what its refusal says."""
    kinds = list(pictures.every_format().items())
    good = [(f"{format}.{format}", file.getvalue()) for format, file in kinds]
    for number in range(GOOD - len(good)):
        good.append((f"IMG_{number:04}.jpg", photograph(number)))
    again = [(f"again {number}.jpg", good[number][1]) for number in range(2)]
    large = BytesIO()
    Image.effect_noise((500, 500), 90).save(large, "PNG", compress_level=0)
    bad = {
        "letter.jpg": (b"%PDF-1.4 dear editor", "a PDF document"),
        "empty.jpg": (b"", "is empty"),
        "cut.png": (good[1][1][:-20], "is cut off"),
        "huge.png": (large.getvalue(), "takes files of up to 0.2 MB"),
        "bomb.png": (pictures.png_bomb(60_000, 60_000).getvalue(), "megapixels"),
        "film.heic": (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "it is a video"),
        "صورة.jpg": (b"\0\1\2", "is not a picture"),
        "raw.cr2": (b"II*\0\x10\0\0\0CR\x02\0", "raw file"),
    }
    mixed = [*good, *again, *((name, content) for name, (content, _said) in bad.items())]
    assert len(mixed) == 60
    order = sorted(range(len(mixed)), key=lambda place: place * 37 % len(mixed))
    return [mixed[place] for place in order], {name: said for name, (_content, said) in bad.items()}


def photograph(number: int) -> bytes:
    """A small picture like no other."""
    picture = pictures.scene((240, 160), seed=number % 9 + 1).rotate(number * 11)
    picture.putpixel((0, 0), (number, 7, 7))
    return pictures.saved(picture, "JPEG", quality=80).getvalue()


def ask(server, question: str):
    """What an expression over the server's own newsroom gives."""
    command = [sys.executable, "-c", ASK, question]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, **server.place).stdout)


def test_a_day_at_the_photo_desk(server, page, tmp_path):
    take_sixty_in_with_the_line_cut(server, page)
    caption_fifty_with_one_template(page)
    correct_five_in_the_table(page)
    export_change_and_import(page, tmp_path)
    lead, other = put_two_into_the_story_and_publish(server, page)
    path = server.address + ask(server, "Story.objects.get().path")
    assert all(token_of(server, photo) in " ".join(shown(page, path)) for photo in (lead, other))
    crop(server, page, lead, path)
    replace(server, page, lead, path, tmp_path)
    withdraw(server, page, other, path)


def take_sixty_in_with_the_line_cut(server, page):
    files, bad = sixty()
    page.goto(f"{server.address}{WALL}")
    page.locator("photo-upload .all-uploads").wait_for(state="attached")
    page.evaluate(DROP, [{"name": name, "bytes": base64.b64encode(content).decode()} for name, content in files])
    page.locator(".tile a").nth(4).wait_for()
    page.context.set_offline(True)
    expect(page.locator(".all-uploads")).to_contain_text("The line is gone.")
    page.context.set_offline(False)
    expect(page.locator(".all-uploads")).to_be_hidden()
    expect(page.locator(".tile.arriving .bad")).to_have_count(len(bad))
    expect(page.locator(".tile:not(.arriving)")).to_have_count(GOOD)
    refusals = page.locator(".refusals > [data-is=bad]")
    expect(refusals).to_have_count(len(bad))
    said = refusals.all_inner_texts()
    for name, reason in bad.items():
        (sentence,) = [one for one in said if f"“{name}”" in one]
        assert reason in sentence
    known = page.locator(".refusals > [data-is=warn]", has_text="in the library already")
    expect(known).to_have_count(2)  # each file that came twice is named
    page.reload()
    expect(page.locator(".tile")).to_have_count(GOOD)


def caption_fifty_with_one_template(page):
    page.locator("photo-wall[data-works]").wait_for()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".tile[data-on]")).to_have_count(1)
    page.keyboard.press("Control+a")
    expect(page.locator("[data-chosen]")).to_have_text(f"{GOOD} chosen")
    page.keyboard.press("t")
    page.wait_for_url("**/captions/?photos=*")
    page.locator("caption-cells[data-works]").wait_for()
    page.locator("[id='value:caption:en']").fill("Picture {n} of the day.")
    expect(page.locator("tr td[data-new]")).to_have_count(GOOD)
    page.locator("[id='value:alt:en']").fill("A scene, the {n}th")
    expect(page.locator("tr td[data-new]")).to_have_count(2 * GOOD)
    page.get_by_role("button", name=f"Apply 2 fields to {GOOD} pictures").click()
    page.get_by_text(f"{GOOD} pictures changed.").wait_for()
    page.locator("caption-cells[data-works]").wait_for()


def cells(page, field):
    return page.locator(f'tr[data-photo] textarea[data-field="{field}"]')


def correct_five_in_the_table(page):
    for place in range(5):
        cells(page, "caption:en").nth(place).fill(f"Corrected, picture {place + 1}.")
    all_saved(page)


def export_change_and_import(page, tmp_path):
    with page.expect_download() as out:
        page.get_by_role("link", name="CSV out").click()
    rows = captions_csv.read(out.value.path().read_bytes(), ["en", "ar"]).rows
    said = [row.values["caption_en"] for row in rows]
    assert said[:6] == [f"Corrected, picture {place}." for place in range(1, 6)] + ["Picture 6 of the day."]
    assert len(said) == GOOD
    for row in rows[:3]:
        row.values["alt_en"] = "A bridge over a river"
    changed = tmp_path / "changed.csv"
    changed.write_bytes(captions_csv.write(rows, ["en", "ar"]))
    page.locator("summary", has_text="CSV in").click()
    page.locator("#csv").set_input_files(changed)
    page.get_by_role("button", name="Show what it would change").click()
    expect(page.locator("ins", has_text="A bridge over a river")).to_have_count(3)
    page.get_by_role("button", name="Write this into 3 pictures").click()
    page.get_by_text("3 pictures changed.").wait_for()
    page.locator("caption-cells[data-works]").wait_for()
    for place, alt in enumerate(["A bridge over a river"] * 3 + ["A scene, the 4th"]):
        expect(cells(page, "alt:en").nth(place)).to_have_value(alt)


def put_two_into_the_story_and_publish(server, page):
    """Gives the numbers of the two pictures, the lead first. They are JPEGs, whose files are ours to look like."""
    two = ask(server, "list(Photo.objects.filter(original_name__startswith='IMG_').values_list('pk', flat=True)[:2])")
    page.goto(f"{server.address}{WALL}")
    page.locator("photo-wall[data-works]").wait_for()
    page.get_by_role("button", name="Clear").click()
    expect(page.locator(".tile :checked")).to_have_count(0)
    for number in two:
        page.locator(f'.tile[data-photo="{number}"] .choose').click()
    expect(page.locator("[data-chosen]")).to_have_text("2 chosen")
    page.keyboard.press("s")
    page.get_by_role("combobox").fill("harbour")
    page.get_by_role("option", name="A harbour is dredged").wait_for()
    page.keyboard.press("Enter")
    expect(page.locator("[data-done]")).to_contain_text("2 pictures are now in “A harbour is dredged”.")
    page.locator("[data-done] a").click()
    page.wait_for_url(f"**/story/{server.story}/change/")
    page.locator("#story-form[data-saving]").wait_for()
    page.get_by_role("button", name="Publish", exact=True).click()
    page.get_by_text("Edition 1 of").wait_for()
    return two


def token_of(server, photo) -> str:
    return ask(server, f"Photo.objects.get(pk={photo}).token")


def shown(page, path) -> list[str]:
    """The sources of the pictures on a public page, all of them loaded, in a tab of their own."""
    tab = page.context.new_page()
    tab.goto(path)
    found = tab.evaluate(SHOWN)
    tab.close()
    return found


def crop(server, page, photo, path):
    page.goto(f"{server.address}{WALL}{photo}/crop/")
    page.locator("crop-desk[data-script]").wait_for()
    corner = page.locator(".handles circle").nth(3).bounding_box()
    stage = page.locator(".stage svg image").bounding_box()
    page.mouse.move(corner["x"] + corner["width"] / 2, corner["y"] + corner["height"] / 2)
    page.mouse.down()
    page.mouse.move(stage["x"] + stage["width"] * 0.6, stage["y"] + stage["height"] * 0.6, steps=4)
    page.mouse.up()
    expect(page.locator("crop-desk .saved")).to_have_text("Not saved yet: 3:2 moved")
    page.keyboard.press("Control+s")
    page.get_by_text("The crops are saved").wait_for()
    frame = ".".join(map(str, ask(server, f"Photo.objects.get(pk={photo}).crops['3:2']")))
    assert any(f"{token_of(server, photo)}/c{frame}-" in source for source in shown(page, path))


def replace(server, page, photo, path, tmp_path):
    old, file = token_of(server, photo), tmp_path / "better.jpg"
    file.write_bytes(photograph(98))
    page.goto(f"{server.address}{WALL}{photo}/replace/")
    page.locator("#file").set_input_files(file)
    page.locator("file-beside .new img").wait_for()
    page.get_by_label("Why, for the desk").fill("Sharper")
    page.get_by_role("button", name="Replace it").click()
    page.get_by_text("has a new file, at new addresses").wait_for()
    found = " ".join(shown(page, path))
    assert token_of(server, photo) in found
    assert old not in found


def withdraw(server, page, photo, path):
    token = token_of(server, photo)
    (source, *_more) = [source for source in shown(page, path) if token in source]
    page.goto(f"{server.address}{WALL}{photo}/withdraw/")
    page.get_by_label("Why, for the desk").fill("The family asked")
    page.get_by_role("button", name="Take it off every page, now").click()
    page.get_by_text("Taken off every page at").wait_for()
    assert token not in " ".join(shown(page, path))
    assert page.request.get(source).status == 404
