"""What a browser is told with every page: policies, languages, cookies."""

import pytest

READERS_PAGE = "/en/no/such/page/"
ADMINS_PAGE = "/admin/login/"

pytestmark = pytest.mark.django_db


def directives(response) -> dict[str, str]:
    """The content security policy of a response, by directive."""
    parts = (part.strip().partition(" ") for part in response["Content-Security-Policy"].split(";"))
    return {name: sources for name, _space, sources in parts}


@pytest.mark.parametrize("address", [READERS_PAGE, ADMINS_PAGE])
def test_a_page_runs_no_code_but_our_own(client, address):
    policy = directives(client.get(address))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == policy["form-action"] == "'self'"
    assert policy["base-uri"] == policy["frame-ancestors"] == "'none'"


def test_only_the_admin_shows_a_picture_from_the_browsers_memory(client):
    assert directives(client.get(READERS_PAGE))["img-src"] == "'self'"
    assert directives(client.get(ADMINS_PAGE))["img-src"] == "'self' data: blob:"


@pytest.mark.parametrize("address", [READERS_PAGE, ADMINS_PAGE])
def test_every_page_carries_the_other_headers(client, address):
    response = client.get(address)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]


@pytest.mark.parametrize(("address", "language"), [("/en/x/", "en"), ("/ar/x/", "ar"), ("/x/", "en"), ("/fr/x/", "en")])
def test_a_readers_page_takes_its_language_from_its_address_alone(client, address, language):
    client.cookies["django_language"] = "ar"
    response = client.get(address, headers={"accept-language": "ar"})
    assert response["Content-Language"] == language
    assert not response.has_header("Vary")
    assert not response.cookies


def test_the_admin_speaks_the_language_of_the_cookie_or_the_browser(client):
    assert client.get(ADMINS_PAGE)["Content-Language"] == "en"
    assert client.get(ADMINS_PAGE, headers={"accept-language": "ar"})["Content-Language"] == "ar"
    client.cookies["django_language"] = "ar"
    assert client.get(ADMINS_PAGE, headers={"accept-language": "en"})["Content-Language"] == "ar"


def test_the_admin_is_kept_in_no_cache_and_its_cookies_are_its_own(client):
    response = client.get(ADMINS_PAGE)
    assert "no-store" in response["Cache-Control"]
    assert {cookie["path"] for cookie in response.cookies.values()} == {"/admin/"}


def test_a_reader_who_is_signed_in_gets_the_page_that_everybody_gets(client, admin_client):
    signed_in, passer_by = admin_client.get(READERS_PAGE), client.get(READERS_PAGE)
    assert signed_in.content == passer_by.content
    assert signed_in.headers == passer_by.headers
