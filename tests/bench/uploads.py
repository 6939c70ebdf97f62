"""Pictures going up: fifty photographs chosen in Chromium, until each can be captioned on the captions screen."""

import io
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from django.urls import reverse
from PIL import Image
from playwright.sync_api import sync_playwright

from tests.conftest import CHROMIUM, CHROMIUM_FLAGS

from .measures import figure
from .writing import server, session

PICTURES, SIZE = 50, (2400, 1600)
WAIT = 900_000  # milliseconds: the ceiling


def uploads(folder: Path) -> Iterator[dict]:
    """Seconds from the choice of the files until all are on the wall, and until the captions screen shows them all."""

    if CHROMIUM is None:
        sys.exit("There is no Chromium: uploads cannot be measured.")
    files = [str(photograph(folder, number)) for number in range(PICTURES)]
    size = sum(Path(file).stat().st_size for file in files) / 1e6
    cookie = session()
    with server() as site, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        context = chromium.new_context(viewport={"width": 1440, "height": 900})
        context.add_cookies([cookie | {"url": site}])
        page = context.new_page()
        page.set_default_timeout(WAIT)
        page.goto(site + reverse("admin:articles_photo_changelist"))
        page.locator("photo-upload .all-uploads").wait_for(state="attached")
        page.locator("#files").set_input_files(files)
        began = time.perf_counter()
        page.locator("#upload button").click()
        page.locator(".all-uploads").wait_for(state="visible")
        page.locator(".all-uploads").wait_for(state="hidden")
        on_the_wall = time.perf_counter() - began
        page.goto(site + reverse("admin:articles_photo_captions"))  # those that lack a caption: all of them
        page.locator("textarea[name^='cell:'][name*='caption:en']").nth(PICTURES - 1).wait_for()
        captionable = time.perf_counter() - began
        chromium.close()
    what = f"{PICTURES} pictures of {SIZE[0]} × {SIZE[1]} ({size:.0f} MB)"
    yield figure(f"{what} until all are on the wall, seconds", on_the_wall, None, form="{:.1f}")
    yield figure(f"{what} until all are captionable, seconds", captionable, None, form="{:.1f}")
    yield figure("seconds a picture, captionable", captionable / PICTURES, None, form="{:.2f}")


def photograph(folder: Path, number: int) -> Path:
    """A picture of some 1.5 MB, like no other."""
    picture = Image.effect_noise((600, 400), 40 + number).resize(SIZE).convert("RGB")
    picture.putpixel((0, 0), (number, 0, 0))
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=90)
    path = folder / f"upload-{number}.jpg"
    path.write_bytes(file.getvalue())
    return path
