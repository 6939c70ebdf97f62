"""The captions screen in a browser: fifty pictures with one template, a table one types in, nothing lost on the way."""

import pytest
from playwright.sync_api import expect

from articles.desk import captions
from articles.models import Caption, Photo
from articles.wire import captions_csv

from .test_writing import sign_in

pytestmark = pytest.mark.browser


@pytest.fixture
def table(make, live_server, page, client):
    """Opens the captions screen for these pictures as photo staff."""
    user = make.photo_editor(first_name="Lina", last_name="Aboud")
    sign_in(page.context, client, user, live_server.url)

    def open_(found, more=""):
        keys = ",".join(str(photo.pk) for photo in found)
        page.goto(f"{live_server.url}/admin/articles/photo/captions/?photos={keys}{more}")
        page.locator("caption-cells[data-works]").wait_for()
        return page

    open_.user = user
    return open_


def cell(page, photo, field="caption:en"):
    return page.locator(f'tr[data-photo="{photo.pk}"] textarea[data-field="{field}"]')


def all_saved(page):
    page.locator("[data-saved][data-is=saved]").wait_for(state="attached")


def small(make, number, **facts):
    given = {"width": 60, "height": 40, "caption": "", "alt": "", "city": "Marsana"} | facts
    return [make.photo(headline=f"Bridge {place}", **given) for place in range(1, number + 1)]


def words():
    rows = Caption.objects.filter(is_current=True, language="en").order_by("photo_id")
    return list(rows.values_list("text", flat=True))


def test_fifty_pictures_are_captioned_with_one_template_and_five_corrected(table, make, tmp_path):
    found = small(make, 50)
    page = table(found)
    page.locator("[id='value:caption:en']").fill("{headline}, {city}.")
    expect(page.locator("tr td[data-new]")).to_have_count(50)
    expect(page.locator(".will").first).to_have_text("Bridge 1, Marsana.")
    assert not Caption.objects.exists(), "nothing is written before it is asked for"
    page.get_by_role("button", name="Apply 1 field to 50 pictures").click()
    page.get_by_text("50 pictures changed.").wait_for(timeout=60_000)
    assert words() == [f"Bridge {place}, Marsana." for place in range(1, 51)]

    page.locator("caption-cells[data-works]").wait_for()
    for photo in found[:5]:
        cell(page, photo).fill(f"{photo.headline} at dusk, Marsana.")
    all_saved(page)
    assert words()[:6] == [f"Bridge {place} at dusk, Marsana." for place in range(1, 6)] + ["Bridge 6, Marsana."]

    with page.expect_download() as out:
        page.get_by_role("link", name="CSV out").click()
    rows = captions_csv.read(out.value.path().read_bytes(), ["en", "ar"]).rows
    assert len(rows) == 50
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
    assert Caption.objects.filter(is_current=True, alt="A bridge over a river").count() == 3

    page.locator("caption-cells[data-works]").wait_for()
    page.keyboard.press("Control+z")
    page.get_by_text("3 pictures are as they were before.").wait_for()
    assert not Caption.objects.filter(is_current=True).exclude(alt="").exists()
    assert words()[0] == "Bridge 1 at dusk, Marsana."


def test_a_whole_batch_is_undone_by_a_button(table, make):
    found = small(make, 3, caption="As it was.")
    page = table(found)
    page.locator("[id='value:caption:en']").fill("The same for all.")
    page.get_by_role("button", name="Apply 1 field to 3 pictures").click()
    page.get_by_role("button", name="Undo the last batch").click()
    page.get_by_text("3 pictures are as they were before.").wait_for()
    assert words() == ["As it was."] * 3


def test_what_is_typed_while_the_line_is_cut_arrives_later(table, make):
    found = small(make, 2)
    page = table(found)
    page.context.set_offline(True)
    cell(page, found[0]).fill("Typed without a line.")
    page.get_by_text("Offline: kept in this browser").first.wait_for()
    page.context.set_offline(False)
    all_saved(page)
    assert words() == ["Typed without a line."]


def test_what_was_typed_before_the_page_was_gone_is_sent_by_the_next_one(table, make):
    found = small(make, 2)
    page = table(found)
    page.route("**/captions/cell/", lambda route: route.abort())
    cell(page, found[1]).fill("Left behind.")
    page.locator("[data-saved][data-is=offline]").wait_for()
    address, context = page.url, page.context
    page.close(run_before_unload=False)
    other = context.new_page()
    other.goto(address)
    expect(cell(other, found[1])).to_have_value("Left behind.")
    all_saved(other)
    assert words() == ["Left behind."]


def test_two_people_in_one_cell_see_both_and_one_chooses(table, make):
    [photo] = small(make, 1)
    colleague = make.photo_editor(first_name="Karim", last_name="Zein")
    page = table([photo])
    captions.caption(photo, "en", by=colleague, text="Karim's words.")
    cell(page, photo).fill("My words.")
    page.get_by_text("It says now: ⁨Karim's words.⁩").wait_for()
    assert words() == ["Karim's words."]
    page.get_by_role("button", name="Keep mine").click()
    all_saved(page)
    assert words() == ["My words."]


def test_cells_are_walked_and_filled_by_keys(table, make):
    found = small(make, 3)
    page = table(found)
    cell(page, found[0]).fill("The first.")
    page.keyboard.press("Control+ArrowDown")
    expect(cell(page, found[1])).to_be_focused()
    page.keyboard.press("Control+d")
    expect(cell(page, found[1])).to_have_value("The first.")
    page.keyboard.press("Enter")
    expect(cell(page, found[2])).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    expect(cell(page, found[2], "caption:ar")).to_be_focused()
    all_saved(page)
    assert words() == ["The first."] * 2


def test_alt_texts_are_counted_and_too_long_ones_refused_beside_them(table, make):
    [photo] = small(make, 1)
    page = table([photo])
    alt = cell(page, photo, "alt:en")
    alt.fill("A bridge")
    place = page.locator("td:has([data-field='alt:en'])")
    expect(place.locator("[data-count]")).to_have_text("8 of 125")
    alt.fill("x" * 251)
    expect(place.locator(".say")).to_contain_text("at most 250")
    expect(alt).to_have_value("x" * 251)
    assert not Photo.objects.get().captions.exclude(alt__in=["", "A bridge"]).exists()
