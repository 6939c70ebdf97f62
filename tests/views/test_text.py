"""The text edition: a story in words alone, for a slow line."""

import re
import unicodedata
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.utils.translation import get_language_info

from articles.body import document
from articles.desk import stories

from .pages import cost, get, read

pytestmark = pytest.mark.django_db


def text_of(story):
    return f"/text{story.path}"


def a_full_story(make, **content):
    """A story with a lead picture, one in the text, a gallery, a table, a box and a quote."""
    places = [uuid4() for _number in range(4)]
    rows = [
        {"uuid": place, "photo": make.photo(caption=f"Caption {number}.", alt=f"Alt {number}"), "role": role}
        for number, (place, role) in enumerate(zip(places, ("lead", "text", "gallery", "gallery"), strict=True))
    ]
    blocks = [
        document.paragraph("It rained all night."),
        document.figure(places[1]),
        document.quote("We counted turns.", "Ruben Castellane"),
        document.pull_quote("We counted turns."),
        document.table([["Hour", "Level"], ["9.20", "4.61 m"]], caption="By the hour"),
        document.fact_box("The night", [document.bullet_list(["Turns: 2,700"])]),
        document.gallery(places[2:], "The weir"),
        document.embed("https://example.org/film", "The gate"),
    ]
    return make.live_story(paragraphs=blocks, attachments=rows, **content)


def test_the_text_edition_has_every_word_of_the_story_and_no_picture(make):
    page = read(text_of(a_full_story(make)))
    for words in (
        *("The bridge opens on Monday", "It was closed for a year", "Leila Haddow", "Marsana", "It rained all night."),
        *("Ruben Castellane", "By the hour", "4.61 m", "2,700", "The weir", "Yusuf Tell", "https://example.org/film"),
        *(f"Caption {number}." for number in range(4)),
    ):
        assert words in page, words
    assert page.count("We counted turns.") == 1
    assert not re.search("<(img|picture|script|iframe|style)|style=", page)
    assert len(re.findall(r'<a href="/media/renditions/[^"]+">Picture</a>', page)) == 4


def test_a_long_read_with_many_pictures_stays_under_50_kilobytes_all_told(make):
    pictures = [make.photo() for _number in range(6)]
    paragraphs = [" ".join(["word"] * 75) + "." for _number in range(80)]
    page = get(text_of(make.live_story(paragraphs=paragraphs, pictures=pictures))).content
    sheets = re.findall(rf'(?:href|src)="{settings.STATIC_URL}([^"]+)"', page.decode())
    weights = [Path(finders.find(name)).stat().st_size for name in sheets]
    assert sheets == ["articles/css/text.css", "articles/img/favicon.svg"]
    assert len(page) + sum(weights) < 50_000
    assert sum(weights) < 3_000


def test_a_story_longer_than_that_is_whole_all_the_same(make):
    paragraphs = [f"Paragraph {number}. " + "word " * 100 for number in range(200)]
    page = read(text_of(make.live_story(paragraphs=paragraphs)))
    assert "Paragraph 0." in page
    assert "Paragraph 199." in page


def test_the_story_leads_to_its_text_edition_and_back(make):
    story = make.live_story()
    page, text = read(story.path), read(text_of(story))
    assert f'<a href="/text{story.path}">Text only</a>' in page
    assert (
        f'rel="alternate" type="text/html" title="Text edition" href="{settings.SITE_ADDRESS}/text{story.path}"' in page
    )
    assert f'<link rel="canonical" href="{settings.SITE_ADDRESS}{story.path}">' in text
    assert f'<a href="{story.path}">This story with pictures</a>' in text


def test_who_reads_words_alone_is_led_on_to_words_alone(make):
    other = make.live_story("The other")
    link = document.paragraph([document.text("as we wrote", link=f"story:{other.uuid}")])
    story = make.live_story("This", paragraphs=[link], related=[other])
    sibling = make.live_story(language="ar", sibling_key=story.sibling_key)
    page, name = read(text_of(story)), get_language_info("ar")["name_local"]
    assert f'<a href="/text{other.path}">as we wrote</a>' in page
    assert f'<a href="/text{other.path}">The other</a>' in page
    assert f'<a href="/text{sibling.path}" hreflang="ar" lang="ar">{name}</a>' in page


def test_the_text_edition_reads_the_live_edition_only(make):
    story = make.live_story("As published")
    stories.save(story, by=None, headline="Half a thought")
    assert "As published" in read(text_of(story))
    assert "Half a thought" not in read(text_of(story))
    assert get("/text/en/2024/11/22/never/").status_code == 404
    assert get(f"/text/en/2024/11/22/{make.story('A secret').slug or 'a-secret'}/").status_code == 404


def test_the_text_edition_of_a_withdrawn_story_is_gone_too(make):
    story = make.live_story()
    stories.withdraw(story, by=None, reason="an error", public_reason="The wrong man.")
    answer = get(text_of(story))
    assert answer.status_code == 410
    assert "The wrong man." in answer.content.decode()


def test_the_text_edition_costs_no_more_than_the_story(make):
    full = a_full_story(make, related=[make.live_story("Related")])
    make.many(50)
    assert cost(text_of(full)) <= 6


def test_an_arabic_text_edition_is_arabic_throughout(make):
    story = make.live_story("الجسر يُفتح", language="ar", at=make.moment())
    page = read(text_of(story))
    assert '<html lang="ar" dir="rtl">' in page
    assert "text edition" not in page
    assert "الجسر يُفتح" in page
    typed = unicodedata.normalize(
        "NFD", text_of(make.live_story("أخبار", slug="أخبار", language="ar", at=make.moment()))
    )
    assert get(typed).status_code == 301
