"""Sitemaps by the rules of their formats, at their boundaries."""

from xml.etree import ElementTree

import pytest

from articles.wire import sitemaps
from articles.wire.sitemaps import NAMESPACE, NEWS_NAMESPACE, NewsStory

STORY = NewsStory("https://news.example/en/a/", "Bread & <salt>", "The Daybook", "en", "2024-11-22T12:00:00+03:00")


def addresses(number, long=""):
    return ((f"https://news.example/{place}/{long}", "") for place in range(number))


def test_a_file_names_its_addresses_and_when_they_changed():
    said = sitemaps.pages(
        [("https://news.example/?a=1&b=2", "2024-11-22T12:00:00+03:00"), ("https://news.example/", "")]
    )
    first, second = ElementTree.fromstring(said)
    assert first.tag == f"{{{NAMESPACE}}}url"
    assert first.findtext(f"{{{NAMESPACE}}}loc") == "https://news.example/?a=1&b=2"
    assert first.findtext(f"{{{NAMESPACE}}}lastmod") == "2024-11-22T12:00:00+03:00"
    assert second.find(f"{{{NAMESPACE}}}lastmod") is None


@pytest.mark.parametrize("write", [sitemaps.pages, sitemaps.index])
def test_fifty_thousand_addresses_are_a_file_and_one_more_is_none(write):
    assert write(addresses(50_000)).count("<loc>") == 50_000
    with pytest.raises(sitemaps.TooLarge):
        write(addresses(50_001))


def test_fifty_megabytes_are_a_file_and_a_byte_more_is_none(monkeypatch):
    assert sitemaps.MOST_BYTES == 50 * 1024 * 1024
    said = sitemaps.pages(addresses(3, "ب"))
    monkeypatch.setattr(sitemaps, "MOST_BYTES", len(said.encode()) - 1)  # without the last line's end
    assert sitemaps.pages(addresses(3, "ب")) == said
    monkeypatch.setattr(sitemaps, "MOST_BYTES", len(said.encode()) - 2)
    with pytest.raises(sitemaps.TooLarge):
        sitemaps.pages(addresses(3, "ب"))


def test_the_longest_address_has_2047_characters():
    base = "https://news.example/"
    assert sitemaps.pages([(base + "a" * (2047 - len(base)), "")])
    with pytest.raises(sitemaps.TooLarge):
        sitemaps.pages([(base + "a" * (2048 - len(base)), "")])


def test_a_thousand_stories_are_a_news_file_and_one_more_is_none():
    assert sitemaps.news([STORY] * 1_000).count("<news:news>") == 1_000
    with pytest.raises(sitemaps.TooLarge):
        sitemaps.news([STORY] * 1_001)


def test_a_story_of_the_news_says_all_that_is_asked_of_it():
    [url] = ElementTree.fromstring(sitemaps.news([STORY]))
    news = url.find(f"{{{NEWS_NAMESPACE}}}news")
    assert [part.tag.partition("}")[2] for part in news] == ["publication", "publication_date", "title"]
    assert {part.tag.partition("}")[2]: part.text for part in news.iter() if part.text} == {
        "name": "The Daybook",
        "language": "en",
        "publication_date": "2024-11-22T12:00:00+03:00",
        "title": "Bread & <salt>",
    }


def test_no_news_are_a_whole_file():
    assert len(ElementTree.fromstring(sitemaps.news([]))) == 0


def test_control_characters_in_a_name_never_break_the_file():
    story = NewsStory(STORY.address, "Wor\x1bds", "The Day\x08book\ufffe", "en", STORY.published)
    [url] = ElementTree.fromstring(sitemaps.news([story]))
    assert "Words" in "".join(url.itertext())
