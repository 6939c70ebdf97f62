"""deploy/nginx.conf in a real nginx: pages from the disk, everything else from the server behind."""

import gzip
import os
from pathlib import Path

import pytest

from articles.management import nginx as configuration
from articles.management.processes import free_port
from articles.pages import packing

pytestmark = pytest.mark.once  # asks no database

PAGE = b"<!doctype html><title>The harbour opens</title>" + b"It opened at six. " * 50
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")  # where Debian puts it
YES = (200, b"from behind", {"Content-Type": "text/html; charset=utf-8", "X-Said": "by Django"})


@pytest.fixture
def site(nginx, receiver):
    """nginx with a few pages, before a server that writes down what reaches it."""
    receiver.usual = YES
    nginx.press("/", PAGE)
    nginx.press("/en/", PAGE, gz=gzip.compress(PAGE))
    nginx.press("/en/feed.xml", b"<rss/>")
    return nginx.start(receiver.port)


@pytest.mark.parametrize("path", ["/", "/en/", "/en/?fbclid=x&utm_source=y", "/en/?"])
def test_a_page_comes_from_its_file_whatever_query_or_cookie_comes_along(path, site, receiver):
    answer = site.ask(path, Cookie="sessionid=abc; csrftoken=def", Authorization="Basic eDp5")
    assert (answer.status, answer.body) == (200, PAGE)
    assert not receiver.heard
    assert answer["Set-Cookie"] is None


def test_a_page_is_sent_small_to_who_takes_it_small(site):
    small, plain = site.ask("/en/", Accept_Encoding="gzip, br"), site.ask("/en/", Accept_Encoding="identity")
    assert small["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.body) == plain.body == PAGE
    assert small.body == (site.pages / "en" / "index.html.gz").read_bytes()
    assert "Accept-Encoding" in small["Vary"]
    assert small["ETag"] != plain["ETag"]


def test_with_its_module_a_page_is_sent_smaller_still(nginx, receiver, monkeypatch):
    """As docs/operators.md says: the extra `brotli`, Debian's module, one line of deploy/nginx.conf."""
    if not BROTLI.exists():
        pytest.skip("nginx's module for brotli is not installed")
    packed = packing.packed(PAGE)
    nginx.press("/en/", PAGE, gz=packed[".gz"], br=packed[".br"])
    shipped = configuration.site
    monkeypatch.setattr(
        configuration, "site", lambda places: shipped(places).replace("# brotli_static", "brotli_static")
    )
    monkeypatch.setattr(configuration, "_MAIN", f"load_module {BROTLI};\n{configuration._MAIN}")
    nginx.start(receiver.port)
    for taken, ending in (("gzip, br", ".br"), ("gzip", ".gz")):
        small = nginx.ask("/en/?fbclid=x", Accept_Encoding=taken)
        assert (small.status, small.body) == (200, packed[ending])
        assert small["Content-Encoding"] == {".br": "br", ".gz": "gzip"}[ending]
        assert "Accept-Encoding" in small["Vary"]
    assert nginx.ask("/en/", Accept_Encoding="identity").body == PAGE
    assert not receiver.heard


def test_who_has_the_page_already_is_told_so(site, receiver):
    first = site.ask("/en/")
    assert site.ask("/en/", If_None_Match=first["ETag"]).status == 304
    assert site.ask("/en/", If_Modified_Since=first["Last-Modified"]).status == 304
    assert site.ask("/en/", If_None_Match='"another"').status == 200
    assert "must-revalidate" in first["Cache-Control"]
    assert not receiver.heard


def test_a_head_request_gets_the_headers_of_the_page_alone(site, receiver):
    answer = site.ask("/en/", method="HEAD")
    assert (answer.status, answer.body, answer["Content-Length"]) == (200, b"", str(len(PAGE)))
    assert not receiver.heard


def test_an_address_in_arabic_is_a_file_in_arabic(site, receiver):
    path = "/ar/2026/07/14/المرفأ-يفتح-أبوابه/"
    site.press(path, PAGE)
    answer = site.ask(path)
    assert (answer.status, answer.body, answer["Content-Language"]) == (200, PAGE, "ar")
    assert not receiver.heard


@pytest.mark.parametrize(
    "path",
    [
        "/en/nowhere/",
        "/en",  # Django sends it to the address with a slash
        "/en/2026/07/",  # a folder without a page
        "/en/index.html",  # a page has one address
        "/en/index.html.gz",
        "/en/feed.xml.gz",
        "/en/index.html.br",
        "/en/feed.xml.br",
        "/en/feed.xml/",
        "/en/.hidden/",
        "/en/\n",
        "/.git/config",
        "/%2e%2e/secret.txt",
        "/en/..%2f..%2fsecret.txt",
        "/search/?q=harbour",
        "/media/",
        "/media/renditions/",
        "/media/originals/one.jpg",
        "/media/desk/one.jpg",
        "/static/",
        "/static/staticfiles.json",
        "/static/plain.css",
        "/" + "ا" * 150 + "/",
    ],
)
def test_what_is_no_page_is_asked_of_django(path, site, receiver):
    for place in (".git/config", "en/.hidden/index.html"):
        file = site.pages / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("secret")
    for file in (site.folder / "secret.txt", site.media / "desk" / "one.jpg", site.static / "staticfiles.json"):
        file.write_text("secret")
    (site.static / "plain.css").write_text("secret")
    (site.pages / "en" / "2026" / "07").mkdir(parents=True)
    (site.pages / "en" / "feed.xml.gz").write_text("secret")
    answer = site.ask(path)
    if ".." in path or "%2e" in path:
        assert b"secret" not in answer.body
    else:
        assert (answer.status, answer.body) == (200, b"from behind")
        assert len(receiver.heard) == 1


@pytest.mark.parametrize("method", ["POST", "PURGE"])
def test_who_sends_something_speaks_with_django(method, site, receiver):
    answer = site.ask("/en/", method=method, body=b"name=value")
    assert answer.body == b"from behind"
    assert receiver.heard[0][0] == method
    assert receiver.heard[0][3] == b"name=value"


def test_nothing_is_added_to_what_django_says(site):
    answer = site.ask("/en/nowhere/", Accept_Encoding="identity")
    assert {name.lower() for name in answer.headers} == {
        *("server", "date", "content-type", "content-length", "connection", "x-said"),
    }


def test_django_is_told_who_asks_and_how_by_nginx_alone(site, receiver):
    site.ask("/en/nowhere/", X_Forwarded_For="6.6.6.6", X_Forwarded_Proto="https", Host="news.example.org")
    headers = receiver.heard[0][2]
    assert headers["X-Forwarded-For"] == "127.0.0.1"
    assert headers["X-Forwarded-Proto"] == "http"
    assert headers["Host"] == "news.example.org"


def test_a_link_among_the_files_leads_nowhere(site, receiver):
    (site.folder / "secret.txt").write_text("secret")
    token = "0123456789abcdef" * 2
    (site.media / "renditions" / token).mkdir()
    os.symlink(site.folder / "secret.txt", site.media / "renditions" / token / "640.jpg")
    os.symlink(site.folder / "secret.txt", site.static / "site.0123456789ab.css")
    for path in (f"/media/renditions/{token}/640.jpg", "/static/site.0123456789ab.css"):
        assert b"secret" not in site.ask(path).body


@pytest.mark.parametrize(
    ("address", "place", "type"),
    [
        ("/media/renditions/", f"{'0123456789abcdef' * 2}/640.avif", "image/avif"),
        ("/media/renditions/", f"{'0123456789abcdef' * 2}/c0.120.1000.562-640.webp", "image/webp"),
        ("/static/", "articles/css/site.0123456789ab.css", "text/css; charset=utf-8"),
        ("/static/", "articles/js/desk/line.0123456789ab.js", "text/javascript; charset=utf-8"),
    ],
)
def test_what_never_changes_is_kept_for_ever(address, place, type, site, receiver):
    file = (site.static if address == "/static/" else site.media / "renditions") / place
    file.parent.mkdir(parents=True)
    file.write_bytes(b"pixels or words")
    answer = site.ask(f"{address}{place}?x=y")
    assert (answer.status, answer.body, answer["Content-Type"]) == (200, b"pixels or words", type)
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert not receiver.heard
    file.unlink()
    assert site.ask(f"{address}{place}").body == b"from behind"


def test_without_django_pages_go_on_and_the_rest_is_said_to_come_back(nginx):
    nginx.press("/en/", PAGE)
    nginx.start(free_port())
    assert nginx.ask("/en/?x=y", Cookie="a=b").body == PAGE
    for path, method in (("/ar/nowhere/", "GET"), ("/admin/", "GET"), ("/admin/login/", "POST")):
        answer = nginx.ask(path, method=method)
        assert answer.status == 503
        assert answer["Retry-After"] == "30"
        assert answer["Cache-Control"] == "no-store"
        assert answer["Content-Type"] == "text/html; charset=utf-8"
        assert "Back in a moment" in answer.body.decode()
        assert 'lang="ar" dir="rtl"' in answer.body.decode()


def test_what_is_too_large_is_said_in_words(site, receiver):
    answer = site.ask("/en/", method="POST", body=b"x" * 1_100_000)
    assert answer.status == 413
    assert "Nothing of it was kept." in answer.body.decode()
    assert site.ask("/admin/uploads/", method="POST", body=b"x" * 2_100_000).body == b"from behind"
    assert [len(request[3]) for request in receiver.heard] == [2_100_000]


def test_guessing_passwords_is_slow(site):
    answers = [site.ask("/admin/login/", method="POST", body=b"password=guess") for _guess in range(25)]
    assert [answer.status for answer in answers[:20]] == [200] * 20
    assert answers[-1].status == 429
    assert "Too many tries" in answers[-1].body.decode()
    assert site.ask("/admin/login/").status == site.ask("/en/").status == 200


@pytest.mark.parametrize("path", ["/.errors/down.html", "/.private/desk/one.jpg", "/.private/originals/one.jpg"])
def test_what_is_for_nginx_alone_has_no_address(path, site):
    (site.media / "desk" / "one.jpg").write_text("secret")
    answer = site.ask(path)
    assert answer.status == 404
    assert b"secret" not in answer.body
