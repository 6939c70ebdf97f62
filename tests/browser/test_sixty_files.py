"""A folder of sixty mixed files dropped on the photo desk of a real server, with the line cut in the middle of it."""

import base64
from io import BytesIO

import pytest
from django.conf import settings
from PIL import Image
from playwright.sync_api import expect

from tests.imaging import pictures
from tests.real_server import RealServer

pytestmark = pytest.mark.browser
WAIT = 240_000  # milliseconds: the ceiling for sixty pictures on a machine that is busy with other things
GOOD = 44
LARGEST = 200_000  # bytes, the limit that this server is given

# A drop of files, as the browser tells of it: one event on the wall, with everything in it.
DROP = """files => {
    const data = new DataTransfer();
    for (const { name, bytes } of files) {
        data.items.add(new File([Uint8Array.from(atob(bytes), one => one.charCodeAt(0))], name));
    }
    const place = { dataTransfer: data, bubbles: true, cancelable: true };
    document.querySelector("photo-upload").dispatchEvent(new DragEvent("drop", place));
}"""


@pytest.fixture
def server(tmp_path, request, monkeypatch):
    """A newsroom that really runs, and takes files of at most LARGEST bytes."""
    request.getfixturevalue("transactional_db")  # for the tests' own settings of the database
    monkeypatch.setenv("NEWSROOM_PICTURE_BYTES", str(LARGEST))
    made = RealServer(tmp_path)
    made.start()
    yield made
    made.end()


def sixty() -> tuple[list[tuple[str, bytes]], dict[str, str]]:
    """Sixty files in mixed order, as (name, content), and by the name of each bad one what its refusal says."""
    kinds = list(pictures.every_format().items())
    good = [(f"{format}.{format}", file.getvalue()) for format, file in kinds]
    for number in range(GOOD - len(good)):
        good.append((f"IMG_{number:04}.jpg", photograph(number)))
    again = [(f"again {number}.jpg", good[number][1]) for number in range(4)]
    large = BytesIO()
    Image.effect_noise((500, 500), 90).save(large, "PNG", compress_level=0)
    bad = {
        "letter.jpg": (b"%PDF-1.4 dear editor", "a PDF document"),
        "empty.jpg": (b"", "is empty"),
        "notes.png": (b"call back", "it is text"),
        "cut.png": (good[1][1][:-20], "is cut off"),
        "half.jpg": (photograph(99)[:900], "is cut off"),
        "huge.png": (large.getvalue(), "takes files of up to 0.2 MB"),
        "bomb.png": (pictures.png_bomb(60_000, 60_000).getvalue(), "megapixels"),
        "film.heic": (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "it is a video"),
        "logo.svg": (b"<svg/>", "an SVG drawing"),
        "page.webp": (b"<!DOCTYPE html>", "a web page"),
        "صورة.jpg": (b"\0\1\2", "is not a picture"),
        "raw.cr2": (b"II*\0\x10\0\0\0CR\x02\0", "raw file"),
    }
    mixed = [*good, *again, *((name, content) for name, (content, _said) in bad.items())]
    order = sorted(range(len(mixed)), key=lambda place: place * 37 % len(mixed))
    return [mixed[place] for place in order], {name: said for name, (_content, said) in bad.items()}


def photograph(number: int) -> bytes:
    """A small picture like no other."""
    picture = pictures.scene((240, 160), seed=number % 9 + 1).rotate(number * 11)
    picture.putpixel((0, 0), (number, 7, 7))
    return pictures.saved(picture, "JPEG", quality=80).getvalue()


def test_sixty_mixed_files_are_all_in_or_named_though_the_line_was_cut(server, new_context):
    files, bad = sixty()
    page = new_context().new_page()
    page.set_default_timeout(WAIT)
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": server.session}
    page.context.add_cookies([cookie | {"url": f"{server.address}{settings.SESSION_COOKIE_PATH}"}])
    page.goto(f"{server.address}/admin/articles/photo/")
    page.locator("photo-upload .all-uploads").wait_for(state="attached")
    page.evaluate(DROP, [{"name": name, "bytes": base64.b64encode(content).decode()} for name, content in files])
    page.locator(".tile a").nth(4).wait_for()
    page.context.set_offline(True)
    expect(page.locator(".all-uploads")).to_contain_text("The line is gone.", timeout=WAIT)
    page.context.set_offline(False)
    expect(page.locator(".all-uploads")).to_be_hidden(timeout=WAIT)
    expect(page.locator(".tile.arriving .bad")).to_have_count(len(bad), timeout=WAIT)
    expect(page.locator(".tile:not(.arriving)")).to_have_count(GOOD, timeout=WAIT)
    refusals = page.locator(".refusals > [data-is=bad]")
    expect(refusals).to_have_count(len(bad), timeout=WAIT)
    said = refusals.all_inner_texts()
    for name, reason in bad.items():
        (sentence,) = [one for one in said if f"“{name}”" in one]
        assert reason in sentence
    known = [
        one for one in page.locator(".refusals > [data-is=warn]").all_inner_texts() if "in the library already" in one
    ]
    assert len(known) == 4, "each file that came twice is named"
    page.reload()
    expect(page.locator(".tile")).to_have_count(GOOD, timeout=WAIT)
