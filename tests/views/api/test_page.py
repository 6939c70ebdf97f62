"""The page to try the API: it works without a script, in both languages, and asks nobody else for anything."""

import re

import pytest
from playwright.sync_api import expect

from articles.pages import press, store
from articles.views.api.api import document
from tests.pages.conftest import page_store  # noqa: F401


@pytest.mark.parametrize(("language", "title"), [("en", "Take our stories along"), ("ar", "خذوا موادّنا معكم")])
def test_every_operation_stands_there_with_a_form_in_the_readers_language(make, client, language, title):
    page = client.get(f"/{language}/api/").content.decode()
    assert title in page
    for path in document()["paths"]:
        assert f'action="{path}"' in page
    assert page.count("<form") == len(document()["paths"])
    assert "http" not in re.sub(r"http://127\.0\.0\.1:8000", "", page)
    assert " style=" not in page
    assert client.get(f"/{language}/").content.decode().count(f'href="/{language}/api/"') == 1


def test_a_form_without_a_script_asks_what_the_api_understands(make, client):
    make.live_story()
    page = client.get("/en/api/").content.decode()
    for form in re.findall(r'<form class="asking"[^>]*>.*?</form>', page, re.DOTALL):
        action = re.search('action="([^"]*)"', form)[1]
        if " hidden" in form.partition(">")[0]:
            assert "{" in action  # a form without a script cannot fill in an address
            continue
        fields = re.findall('name="([^"]*)"', form)
        needed = re.findall('name="([^"]*)"[^>]* required', form)
        # A browser sends empty fields, too, but for those it asks to be filled in.
        answer = client.get(action, dict.fromkeys(fields, "") | dict.fromkeys(needed, "ferry") | {"language": "en"})
        assert answer.status_code == 200, answer.content


def test_the_page_is_pressed_as_any_other(make, page_store):  # noqa: F811
    assert press.press("/ar/api/") is press.Outcome.PRESSED
    assert store.read("/ar/api/")
    assert press.render("/en/api/openapi.json") is None


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_an_answer_is_shown_beneath_its_form(make, live_server, page, settings):
    settings.API_RATE = 0
    story = make.live_story()
    page.goto(f"{live_server.url}/en/api/")
    section = page.locator("section", has=page.locator("#story"))
    section.locator("input[name=uuid]").fill(str(story.uuid))
    section.locator("button").click()
    expect(section.locator(".status")).to_have_text("200 OK")
    expect(section.locator("pre")).to_contain_text(story.headline)
    expect(section.locator(".asked-for")).to_contain_text(f"/api/v1/stories/{story.uuid}")
