"""What every readers' page keeps to: no cookie, nothing of a visitor in it, and of a story its words alone."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from articles.body import document
from articles.desk import stories
from articles.models import SectionWords
from articles.pages import show

from .pages import get, read

pytestmark = pytest.mark.django_db

EVIL = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7|add:7 }}"


def every_page(make, **content):
    """A story's address, and those of all lists that show it."""
    author = make.author(content.pop("author", "Leila Haddow"), slug="leila")
    story = make.live_story(authors=[author], at=make.moment(), pictures=[make.photo()], **content)
    return [
        "/",
        "/en/",
        story.path,
        "/en/section/world/",
        "/en/section/world/2024/11/",
        story.tags.first().get_absolute_url(),
        "/en/author/leila/",
        "/en/archive/",
        "/en/archive/2024/11/22/",
    ]


def test_no_page_sets_a_cookie_or_depends_on_one(make):
    for address in [*every_page(make), "/en/nothing/"]:
        answer = get(address)
        assert not answer.cookies, address
        assert "Cookie" not in answer.headers.get("Vary", ""), address
        page = answer.content.decode()
        assert "csrf" not in page
        assert "nonce" not in page


def test_a_page_is_the_same_for_whoever_asks(make):
    editor = make.editor()
    signed_in = Client()
    signed_in.force_login(editor)
    for address in every_page(make):
        answer = signed_in.get(address, headers={"accept-language": "ar", "user-agent": "Somebody"})
        assert answer.content == get(address).content, address


def test_nothing_in_a_page_needs_what_the_policy_forbids(make):
    for address in [*every_page(make), "/en/nothing/"]:
        page = read(address) if "nothing" not in address else get(address).content.decode()
        assert not re.search(r"<[^>]+\son\w+=", page), address
        assert not re.search(r"<[^>]+\sstyle=", page), address
        assert "<style" not in page
        for script in re.findall(r"<script[^>]*>", page):
            assert "src=" in script or "application/ld+json" in script


def test_whatever_an_editor_types_stays_words(make):
    make.publication(place=EVIL, telephone=EVIL[:40], address=EVIL, taglines={"en": EVIL})
    make.section("world", description=EVIL)
    SectionWords.objects.update(name=EVIL[:100])
    photo_words = {"caption": EVIL, "alt": EVIL, "credit": EVIL}
    addresses = every_page(
        make,
        author=EVIL[:100],
        headline=EVIL,
        short_headline=EVIL,
        subheads=[EVIL],
        kicker=EVIL[:80],
        dateline=EVIL[:80],
        summary=EVIL,
        source_agency=EVIL,
        tags=[EVIL],
        kind="analysis",
        related=[make.live_story(EVIL, pictures=[make.photo(**photo_words)])],
        paragraphs=[EVIL, document.quote(EVIL, EVIL), document.crosshead(EVIL), document.fact_box(EVIL, [EVIL])],
    )
    for address in addresses:
        page = read(address)
        assert "<script>alert" not in page, address
        assert "<img src=x" not in page, address
        assert "&gt;14" not in page


def test_the_public_reason_of_a_withdrawal_stays_words_too(make):
    story = make.live_story()
    stories.withdraw(story, by=None, reason="x", public_reason=EVIL)
    assert "<script>alert" not in get(story.path).content.decode()


def test_only_reading_is_possible(make):
    for address in every_page(make):
        assert Client().post(address).status_code == 405, address


def test_a_rendition_is_served_for_ever_and_nothing_else_of_the_media_folder_is(make, own_media):
    story = make.live_story(pictures=[make.photo()])
    picture = re.search(r'src="(/media/renditions/[^"]+)"', read(story.path))[1]
    answer = get(picture)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.content.startswith(b"\xff\xd8")
    token = picture.split("/")[3]
    private = [path.relative_to(own_media) for path in Path(own_media).rglob("*") if path.is_file()]
    for path in private:
        if path.parts[0] != "renditions":
            assert get(f"/media/{path}").status_code == 404, path
    for name in (
        "..%2f..%2foriginals",
        "%2e%2e",
        f"{token}/../../desk",
        f"{token}/",
        f"{token}/640.svg",
        f"{token}/9.jpg",
    ):
        assert get(f"/media/renditions/{name}").status_code in (301, 404), name


def test_django_serves_no_picture_in_production(make, settings):
    story = make.live_story(pictures=[make.photo()])
    picture = re.search(r'src="(/media/renditions/[^"]+)"', read(story.path))[1]
    settings.PRODUCTION = True
    assert get(picture).status_code == 404


def test_a_failed_page_says_so_in_both_languages_without_asking_the_database(make, monkeypatch):
    def fail(language):
        raise RuntimeError

    monkeypatch.setattr(show, "front", fail)
    answer = Client(raise_request_exception=False).get("/en/")
    assert answer.status_code == 500
    assert 'lang="ar" dir="rtl"' in answer.content.decode()
    assert "RuntimeError" not in answer.content.decode()


def test_the_style_sheet_is_one_file_under_twelve_kilobytes_and_knows_no_left_or_right():
    sheet = Path(finders.find("articles/css/site.css")).read_text(encoding="utf-8")
    assert len(gzip.compress(sheet.encode())) < 12_000
    rules = re.sub(r"/\*.*?\*/", "", sheet, flags=re.S)
    assert not re.search(r"(margin|padding|border|inset)-(left|right|top|bottom)|\b(left|right)\s*:", rules)
    assert not re.search(r"float:\s*(left|right)|text-align:\s*(left|right|center\s*;\s*direction)", rules)
    assert "@import" not in rules
    assert "http" not in re.sub(r'\[href\^="http"\]', "", rules)


def test_a_page_is_one_style_sheet_one_small_script_and_words(make):
    page = read(make.live_story().path)
    assert page.count('rel="stylesheet"') == 1
    assert len(gzip.compress(page.encode())) < 8_000
    assert Path(finders.find("articles/js/theme.js")).stat().st_size < 2_000
    assert settings.STATIC_URL in page
