"""A real nginx before the real Django: what a file says is what Django says, and private pictures stay private."""

import base64
import hashlib
import re
import socket
import subprocess
from pathlib import Path

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.middleware.security import SecurityMiddleware
from django.test import Client, RequestFactory
from django.urls import reverse

from articles.admin import renditions
from articles.desk import sharing
from articles.management import nginx as configuration
from articles.management.processes import free_port
from articles.pages import show
from newsroom.environment import VARIABLES

from .conftest import ask

# Of the connection, of the file, and what only a cache in front of Django reads.
NOT_COMPARED = {
    *("date", "server", "connection", "content-length", "accept-ranges", "etag", "last-modified", "vary"),
    *("surrogate-control", "surrogate-key", "xkey", "cache-tag"),
}


def said(answer) -> dict:
    """The headers that must not differ; a policy by its directives, which are in no order."""
    headers = {name.lower(): value for name, value in answer.headers.items() if name.lower() not in NOT_COMPARED}
    headers["content-security-policy"] = set(headers["content-security-policy"].split("; "))
    return headers


@pytest.fixture
def django(live_server):
    """The port of the real thing."""
    return live_server.thread.port


@pytest.mark.django_db(transaction=True)
def test_a_file_says_to_the_browser_what_django_says_with_the_same_page(make, nginx, django):
    stories = [make.live_story(), make.live_story(language="ar")]
    nginx.start(django)
    fronts = ["/", "/en/", "/ar/", "/ar/feed.xml", "/en/atom.xml", "/en/archive/"]
    fronts += ["/robots.txt", "/sitemap.xml", "/sitemap/ar/lists.xml", "/sitemap/en/2024/11.xml", "/news-sitemap.xml"]
    fronts = ["/", "/en/", "/ar/", "/ar/feed.xml", "/en/atom.xml", "/en/archive/", "/ar/api/"]
    fronts += [f"{story.path}ninjs.json" for story in stories]
    for path in [*fronts, *(story.path for story in stories), *(f"/text{story.path}" for story in stories)]:
        by_django = ask(django, path)
        assert by_django.status == 200, path
        passed_on = nginx.ask(path)
        assert said(passed_on) == said(by_django), path
        nginx.press(path, by_django.body)
        from_file = nginx.ask(path)
        assert (from_file["Accept-Ranges"], from_file.body) == ("bytes", by_django.body), "it is a file"
        expected, found = said(by_django), said(from_file)
        # How long a browser may keep a page: Django's to say; until it does, the file's word stands alone.
        expected.setdefault("cache-control", found["cache-control"])
        assert found == expected, path


@pytest.mark.django_db(transaction=True)
def test_a_private_picture_is_sent_by_nginx_to_who_may_see_it_and_to_nobody_else(make, nginx, django, settings):
    nginx.media = settings.MEDIA_ROOT
    nginx.start(django)
    photo = make.photo()
    address = renditions.address(photo)
    client = Client()
    client.force_login(make.editor())
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    read = nginx.ask(address, Cookie=cookie)
    settings.ACCEL = True
    named = ask(django, address, Cookie=cookie)
    assert (named.body, named["X-Accel-Redirect"][:15]) == (b"", "/.private/desk/")
    sent = nginx.ask(address, Cookie=cookie)
    assert (read.status, sent.status, sent["Content-Type"]) == (200, 200, "image/jpeg")
    assert sent.body == read.body == (settings.MEDIA_ROOT / "desk" / photo.token / "320.jpg").read_bytes()
    assert said(sent) == said(read)
    assert sent["X-Accel-Redirect"] is None
    for path, cookies in ((address, ""), (named["X-Accel-Redirect"], cookie)):
        refused = nginx.ask(path, Cookie=cookies)
        assert refused.status in {302, 403, 404}, (path, cookies)
        assert read.body not in refused.body


@pytest.mark.django_db(transaction=True)
def test_a_picture_behind_a_share_link_goes_the_same_way(make, nginx, django, settings):
    nginx.media = settings.MEDIA_ROOT
    nginx.start(django)
    photo = make.photo()
    _link, token = sharing.make(make.story(pictures=[photo]), by=make.editor(), days=1)
    address = reverse("share-rendition", args=[token, photo.token, "320.jpg"])
    read = nginx.ask(address)
    settings.ACCEL = True
    sent = nginx.ask(address)
    assert (sent.status, sent.body, said(sent)) == (200, read.body, said(read))
    assert (sent["Referrer-Policy"], sent["Cache-Control"]) == ("no-referrer", "no-store, private")


@pytest.mark.django_db
def test_a_page_that_needs_the_database_while_it_is_away_says_so_for_a_while(monkeypatch):
    def away(language):
        raise OperationalError("could not connect to server")

    monkeypatch.setattr(show, "front", away)
    answer = Client(raise_request_exception=False).get("/en/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "connect" not in answer.content.decode()


def test_the_pages_for_when_nothing_goes_have_no_style_but_the_one_the_policy_names():
    text = configuration.SITE.read_text(encoding="utf-8")
    pages = list(Path(configuration.SITE.parent, "errors").glob("*.html"))
    assert {f"/.errors/{page.name}" for page in pages} == set(re.findall(r"/\.errors/[\w-]+\.html", text))
    for page in pages:
        words = page.read_text(encoding="utf-8")
        [style] = re.findall("<style>(.*?)</style>", words, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        assert f"style-src 'sha256-{digest}'" in text
        assert not re.search(r"<script|<img|<link|style=|(left|right):", words)
        assert 'lang="en" dir="ltr"' in words
        assert 'lang="ar" dir="rtl"' in words


def test_nginx_knows_every_language_of_the_site(settings):
    text = configuration.SITE.read_text(encoding="utf-8")
    codes = [code for code, _name in settings.LANGUAGES]
    assert text.count(f"(?<page_code>{'|'.join(codes)})/") == 2
    assert settings.LANGUAGE_CODE == "en", "nginx says so of every address that names no language"
    assert all(re.search(rf"^    {code} {code};$", text, re.MULTILINE) for code in codes if code != "en")


# -- As in production: HTTPS -------------------------------------------------------------------------------------------


@pytest.fixture
def certificate(tmp_path):
    """A key and a certificate that nobody signed but itself."""
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
    files = ["-keyout", tmp_path / "privkey.pem", "-out", tmp_path / "fullchain.pem"]
    try:
        subprocess.run([*command.split(), *files], check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("openssl is not installed")
    return tmp_path


def test_the_whole_file_runs_with_https_and_http2(nginx, receiver, certificate, unverified, settings):
    """The file as it is, but for its ports, folders and certificate."""
    folder = nginx.folder / "nginx"
    command = configuration.prepare(folder, nginx.places(receiver.port, names="news.example.org"))
    plain, secure, for_caches = free_port(), nginx.port, free_port()
    text = configuration.site(nginx.places(receiver.port, names="news.example.org", listen=()))
    for old, new in {
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "    listen [::]:80;\n": "",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{secure} ssl http2;",
        "    listen [::]:443 ssl http2;\n": "",
        "127.0.0.1:8081": f"127.0.0.1:{for_caches}",
        "    8081 ": f"    {for_caches} ",
        "/etc/letsencrypt/live/news.example.org": str(certificate),
    }.items():
        assert old in text
        text = text.replace(old, new)
    (folder / "site.conf").write_text(text, encoding="utf-8")
    nginx.press("/en/", b"pressed")
    receiver.usual = (200, b"from behind", {})
    nginx.run(command)

    page = ask(secure, "/en/", over=unverified)
    settings.SECURE_HSTS_SECONDS = int(VARIABLES["NEWSROOM_HSTS_SECONDS"])
    by_django = SecurityMiddleware(lambda request: HttpResponse())(RequestFactory().get("/", secure=True))
    assert page.body == b"pressed"
    assert page["Strict-Transport-Security"] == by_django["Strict-Transport-Security"]

    elsewhere = ask(plain, "/en/?a=b", Host="evil.example")
    assert (elsewhere.status, elsewhere["Location"]) == (301, "https://news.example.org/en/?a=b")

    assert not receiver.heard
    ask(secure, "/en/nowhere/", over=unverified)
    assert receiver.heard[-1][2]["X-Forwarded-Proto"] == "https"
    # For a cache on this machine, Django answers, with the keys to purge by; readers' HTTPS ends before it.
    assert ask(for_caches, "/en/").body == b"from behind"
    assert receiver.heard[-1][2]["X-Forwarded-Proto"] == "https"

    unverified.set_alpn_protocols(["h2"])
    with (
        socket.create_connection(("127.0.0.1", secure)) as line,
        unverified.wrap_socket(line, server_hostname="news.example.org") as spoken,
    ):
        assert spoken.selected_alpn_protocol() == "h2"
