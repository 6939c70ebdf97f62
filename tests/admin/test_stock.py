"""Every screen of the admin: in both languages, light and dark, wide and narrow, under the policy it is served with."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from articles.models import AuditLine, Author, AuthorWords, Publication, Section, SectionWords, Tag

CSS = Path(__file__).parents[2] / "articles/static/articles/css/desk"


@pytest.fixture
def things(make):
    """One of each noun, and the addresses of their screens."""
    root = User.objects.create_superuser("root", password="newsroom", first_name="Root")
    photo = make.photo(headline="Bridge at noon")
    make.photo(headline="Without words", caption="", alt="", credit="")
    story = make.live_story(pictures=[photo], by=root)
    make.story(language="ar", sibling_key=story.sibling_key, by=root)
    make.story("A draft", by=root, section=None)
    rows = {
        "photo": photo,
        "section": story.section,
        "author": story.authors.first(),
        "tag": story.tags.first(),
        "edition": story.live_edition,
        "publication": Publication.objects.get(),
        "auditline": AuditLine.objects.first(),
    }
    addresses = [reverse("admin:index"), reverse("admin:articles_story_changelist")]
    addresses += [reverse("admin:password_change"), reverse("admin:app_list", args=["articles"])]
    for noun, row in rows.items():
        addresses.append(reverse(f"admin:articles_{noun}_changelist"))
        addresses.append(reverse(f"admin:articles_{noun}_change", args=[row.pk]))
    for noun in ("section", "author", "tag"):
        addresses.append(reverse(f"admin:articles_{noun}_add"))
        addresses.append(reverse(f"admin:articles_{noun}_delete", args=[rows[noun].pk]))
    addresses.append(reverse("admin:articles_section_history", args=[rows["section"].pk]))
    addresses += [reverse(f"admin:auth_user_{name}") for name in ("changelist", "add")]
    addresses.append(reverse("admin:auth_user_change", args=[root.pk]))
    addresses += [reverse("admin:auth_group_changelist"), reverse("admin:auth_group_change", args=[1])]
    addresses.append(reverse("admin:auth_user_password_change", args=[root.pk]))
    for name in ("crop", "replace", "withdraw", "delete", "proof"):
        addresses.append(reverse(f"admin:articles_photo_{name}", args=[photo.pk]))
    addresses.append(reverse("admin:articles_photo_captions") + f"?photos={photo.pk}")
    addresses.append(reverse("admin:articles_story_paste"))
    addresses += [reverse(f"admin:articles_story_{name}", args=[story.pk]) for name in ("history", "share", "card")]
    return root, addresses


def test_no_screen_carries_an_inline_style_or_script(client, things):
    root, addresses = things
    client.force_login(root)
    for address in addresses:
        answer = client.get(address, follow=True)
        assert answer.status_code == 200, address
        # What is no script (words for scripts) may stand in the page, and the import map, which has the policy's nonce.
        page = re.sub(
            r'<script [^>]*(type="application/json"|type="importmap" nonce="[^"]+")>', "", answer.content.decode()
        )
        assert not re.search(r"<style|\sstyle=|\son\w+=\"|<script(?![^>]*\ssrc=)[^>]*>\s*\S", page), address


def test_a_list_is_headed_by_what_it_lists(client, make):
    client.force_login(make.publisher())
    assert "<h1>Tags</h1>" in client.get(reverse("admin:articles_tag_changelist")).content.decode()


def test_a_door_that_is_shut_says_so_and_shows_the_way_back(client, make):
    client.force_login(make.reporter())
    answer = client.get(reverse("admin:auth_user_changelist"))
    assert answer.status_code == 403
    assert "Your role does not lead here." in answer.content.decode()
    assert f'href="{reverse("admin:index")}"' in answer.content.decode()


def test_a_form_from_before_one_signed_in_anew_says_that_nothing_was_stored(make):
    client = Client(enforce_csrf_checks=True)
    client.force_login(make.reporter())
    answer = client.post(reverse("admin:articles_story_add"), {"headline": "Late"})
    assert answer.status_code == 403
    assert "nothing was stored" in answer.content.decode()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("language", "scheme", "width"), [("en", "light", 1440), ("ar", "dark", 390)])
def test_every_screen_is_whole_and_can_be_used_by_everybody(page, live_server, things, language, scheme, width):
    _root, addresses = things
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    page.context.add_cookies([{"name": "django_language", "value": language, "url": f"{live_server.url}/admin/"}])
    sign_in(page, live_server)
    for address in addresses:
        page.goto(live_server.url + address)
        assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr"), address
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{address} is too wide"
        # Axe would read our style sheets into inline ones, which the policy forbids.
        options = {"preload": False, "rules": {"target-size": {"enabled": True}}}
        found = Axe().run(page, options=options).response["violations"]
        assert not [(one["id"], one["nodes"][0]["html"]) for one in found], address


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_keys_walk_the_list_select_and_open(page, live_server, things):
    sign_in(page, live_server)
    page.goto(live_server.url + reverse("admin:articles_story_changelist"))
    assert not page.locator(".acts").is_visible()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("x")
    assert page.locator("tbody tr").first.locator("input").is_checked()
    assert page.locator(".acts").is_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/change/")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_letters_typed_into_a_search_are_letters(page, live_server, things):
    sign_in(page, live_server)
    page.goto(live_server.url + reverse("admin:articles_story_changelist"))
    search = page.locator(".page-head input[name=q]")
    search.press_sequentially("jxk")
    assert search.input_value() == "jxk"
    assert page.locator("tr[data-on]").count() == 0


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_files_go_up_with_their_progress_and_the_refused_one_is_named(page, live_server, things, make, tmp_path):
    pictures = []
    for number in range(3):
        pictures.append(tmp_path / f"new-{number}.jpg")
        pictures[-1].write_bytes(make.picture_file().read())
    pictures.append(tmp_path / "invoice.pdf")
    pictures[-1].write_bytes(b"%PDF-1.4 an invoice")
    sign_in(page, live_server)
    page.goto(live_server.url + reverse("admin:articles_photo_changelist"))
    page.locator("#files").set_input_files(pictures)
    page.locator("#upload button").click()
    page.get_by_role("status").get_by_text("“invoice.pdf” is not a picture").wait_for()
    for number in range(3):
        page.locator(".tile a", has_text=f"new-{number}.jpg").wait_for()
    expect(page.locator(".tile:has(a) progress")).to_have_count(0)
    expect(page.locator(".tile", has_text="invoice.pdf").get_by_role("button", name="Try again")).to_be_visible()
    assert page.url.endswith("/photo/"), "the page was never left"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_files_are_dropped_anywhere_on_the_wall(page, live_server, things, make):
    sign_in(page, live_server)
    page.goto(live_server.url + reverse("admin:articles_photo_changelist"))
    drop = """async (bytes) => {
        const files = new DataTransfer();
        files.items.add(new File([new Uint8Array(bytes)], "dropped.jpg", {type: "image/jpeg"}));
        document.querySelector(".grid").dispatchEvent(new DragEvent("drop", {dataTransfer: files, bubbles: true}));
    }"""
    page.evaluate(drop, list(make.picture_file().read()))
    page.locator(".tile a", has_text="dropped.jpg").wait_for()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_alt_text_counts_while_it_is_typed(page, live_server, things):
    sign_in(page, live_server)
    page.goto(live_server.url + things[1][5])
    page.locator("#id_alt_en").fill("x" * 126)
    output = page.locator("text-count output").first
    assert output.inner_text() == "126 / 125"
    assert output.get_attribute("data-is") == "long"


def sign_in(page, live_server):
    page.goto(live_server.url + "/admin/login/")
    page.locator("#id_username").fill("root")
    page.locator("#id_password").fill("newsroom")
    page.locator("form button[data-kind=go]").click()
    page.wait_for_url("**/admin/")


# -- The style sheets


def test_only_the_tokens_name_a_colour():
    allowed = {"#fff", "#cfdcff", "#34457d"}  # on a picture, and of a selection: as the design has them
    for name in ("parts", "screens", "stock"):
        colours = set(re.findall(r"#[0-9a-f]{3,8}\b(?=[^{}]*})", (CSS / f"{name}.css").read_text()))
        assert colours <= allowed, name


@pytest.mark.parametrize("name", ["tokens", "parts", "screens"])
def test_our_own_sheets_know_no_left_and_no_right(name):
    said = re.sub(r"/\*.*?\*/", "", (CSS / f"{name}.css").read_text(), flags=re.DOTALL)
    assert not re.search(
        r"(margin|padding|border|inset)-(left|right)|text-align:\s*(left|right)|float:\s*(left|right)", said
    )


def test_djangos_own_sheets_lie_where_the_lowest_layer_looks_for_them():
    for address in re.findall(r'url\("([^"]+)"\)', (CSS / "layers.css").read_text()):
        assert finders.find((Path("articles/css/desk") / address).as_posix().replace("articles/css/desk/../../../", ""))


# -- The house: publication, sections, authors, tags


@pytest.fixture
def administrator(client, make):
    user = make.administrator()
    client.force_login(user)
    return user


def publication_form(**changed):
    return {
        "name_en": "The Daybook",
        "name_ar": "الدفتر",
        "tagline_en": "",
        "tagline_ar": "",
        "language_1": "en",
        "language_2": "ar",
        "time_zone": "Asia/Damascus",
        "locale_en": "",
        "locale_ar": "",
        "arabic_digits": "arab",
        "place": "",
        "email": "",
        "telephone": "",
        "address": "",
    } | changed


def save_publication(client, **changed):
    return client.post(reverse("admin:articles_publication_change", args=[1]), publication_form(**changed), follow=True)


def test_the_publication_is_one_form_and_its_list_leads_there(client, administrator):
    answer = client.get(reverse("admin:articles_publication_changelist"))
    assert answer.url == reverse("admin:articles_publication_change", args=[1])


def test_names_are_typed_by_language(client, administrator):
    save_publication(client, name_en="The Courier", tagline_ar="كل صباح", locale_ar="ar_LB", arabic_digits="latn")
    row = Publication.objects.get()
    assert row.names == {"en": "The Courier", "ar": "الدفتر"}
    assert (row.taglines, row.locales, row.arabic_digits) == ({"ar": "كل صباح"}, {"ar": "ar_LB"}, "latn")


def test_the_order_of_languages_is_chosen(client, administrator):
    save_publication(client, language_1="ar", language_2="en")
    assert Publication.objects.get().languages == ["ar", "en"]
    save_publication(client, language_1="ar", language_2="")
    assert Publication.objects.get().languages == ["ar"]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"language_2": "en"}, "This language is in the list twice."),
        ({"time_zone": "Damascus"}, "“Damascus” is no time zone. It is written like Asia/Damascus."),
        ({"locale_en": "../../etc"}, "“../../etc” is no locale."),
        ({"name_en": ""}, "This field is required."),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_kept(client, administrator, changed, sentence):
    assert sentence in save_publication(client, **changed, place="Elsewhere").content.decode()
    assert Publication.objects.get().place == ""


def test_the_publication_is_made_by_its_form_where_there_is_none_yet(client, administrator):
    Publication.objects.all().delete()
    save_publication(client, name_en="Founded")
    assert Publication.objects.get().names["en"] == "Founded"


def words_of(*rows, initial=0):
    data = {"words-TOTAL_FORMS": len(rows), "words-INITIAL_FORMS": initial}
    return data | {f"words-{place}-{name}": value for place, row in enumerate(rows) for name, value in row.items()}


def test_a_section_is_made_with_its_names_and_a_line_in_the_log(client, administrator):
    names = words_of({"language": "en", "name": "Sport"}, {"language": "ar", "name": "رياضة"})
    client.post(reverse("admin:articles_section_add"), {"slug": "sport", "order": 3} | names)
    section = Section.objects.get(slug="sport")
    assert {words.language: words.name for words in SectionWords.objects.filter(section=section)} == {
        "en": "Sport",
        "ar": "رياضة",
    }
    line = AuditLine.objects.about(section).first()
    assert (line.kind, line.by) == ("add", administrator)


def test_another_slug_of_a_section_is_told_in_the_log(client, make, administrator):
    section = make.section("world")
    client.post(
        reverse("admin:articles_section_change", args=[section.pk]), {"slug": "planet", "order": 7} | words_of()
    )
    section.refresh_from_db()
    assert (section.slug, section.order) == ("planet", 7)
    told = {"changed": ["order", "slug"], "old_slug": "world", "slug": "planet"}
    assert AuditLine.objects.about(section).first().details == told


def test_a_section_that_stories_stand_in_is_not_deleted(client, make, administrator):
    story = make.story()
    page = client.post(reverse("admin:articles_section_delete", args=[story.section.pk]), {"post": "yes"})
    assert Section.objects.filter(pk=story.section.pk).exists()
    assert "Cannot delete section" in page.content.decode()


def test_an_author_has_a_name_and_a_biography_in_each_language(client, administrator):
    names = words_of({"language": "ar", "name": "ليلى", "biography": "كاتبة", "role": ""})
    client.post(reverse("admin:articles_author_add"), {"slug": "leila", "email": "", "user": ""} | names)
    assert AuthorWords.objects.get(author=Author.objects.get(slug="leila")).biography == "كاتبة"


def test_a_tag_without_a_slug_gets_one(client, administrator):
    client.post(reverse("admin:articles_tag_add"), {"language": "ar", "name": "حلب", "slug": ""})
    assert Tag.objects.get(language="ar").slug == "حلب"
