"""What a story's page tells search engines, held against the edition it shows."""

import json
from dataclasses import dataclass, fields
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from articles.imaging.cards import SHAPES
from articles.pages import show, structured
from articles.pages.stories import StoryPage

from .head import SITE, rendition, whole


def test_structured_data_says_what_the_edition_says(head, story):
    [article] = head(story.path).data("NewsArticle")
    edition = story.live_edition
    assert article["headline"] == edition.headline
    assert article["description"] == edition.summary
    assert article["inLanguage"] == "en"
    assert article["wordCount"] == edition.words
    assert article["isAccessibleForFree"] is True
    assert article["articleSection"] == story.section.name_in("en")
    assert article["keywords"] == ["Bridges", "Zarn & coast"]
    assert article["mainEntityOfPage"] == {"@type": "WebPage", "@id": whole(story.path)}
    assert (article["publisher"]["name"], article["publisher"]["url"]) == ("The Daybook", f"{SITE}/en/")
    assert article["author"] == [
        {"@type": "Person", "name": author.name_in("en"), "url": f"{SITE}/en/author/{author.slug}/"}
        for author in story.signed_by()
    ]


def test_structured_data_dates_the_story_in_the_outlets_zone(head, story):
    [article] = head(story.path).data("NewsArticle")
    edition = story.live_edition
    published, modified = (datetime.fromisoformat(article[name]) for name in ("datePublished", "dateModified"))
    assert published == edition.first_published_at
    assert modified == edition.modified_at.replace(microsecond=0)
    assert published.utcoffset().total_seconds() == 3 * 60 * 60
    assert modified >= published


def test_structured_data_has_the_picture_in_three_shapes_of_files_that_exist(head, story, own_media):
    [article] = head(story.path).data("NewsArticle")
    assert len(article["image"]) == 3
    for address, (wide, high) in zip(article["image"], SHAPES, strict=True):
        with Image.open(rendition(own_media, address)) as picture:
            assert picture.width / picture.height == pytest.approx(wide / high, rel=0.01)
            assert picture.width * picture.height >= 50_000


def test_a_picture_too_small_for_search_engines_is_not_offered(head, make):
    story = make.live_story(pictures=[make.photo(width=240, height=180)])
    assert "image" not in head(story.path).data("NewsArticle")[0]


def test_structured_data_credits_every_picture(head, story, own_media):
    first, second = head(story.path).data("ImageObject")
    rows = story.live_edition.edition_photos.all()
    for data, row in zip((first, second), rows, strict=True):
        assert data["creditText"] == row.credit
        assert data["caption"] == row.caption
        with Image.open(rendition(own_media, data["contentUrl"])) as picture:
            assert picture.size == (data["width"], data["height"])
    assert first["creator"] == {"@type": "Person", "name": "Yusuf Tell"}
    assert first["copyrightNotice"] == "© The Daybook"
    assert "creator" not in second


@pytest.mark.parametrize(
    ("licence", "facts", "told"),
    [
        ("https://creativecommons.org/licenses/by/4.0/", {}, "https://creativecommons.org/licenses/by/4.0/"),
        ("https://creativecommons.org/licenses/by/4.0/", {"hide_source": True}, None),
        ("Once, in print, € 80", {}, None),
        ("see https://example.org/", {}, None),
        ("javascript:alert(1)", {}, None),
    ],
)
def test_structured_data_name_a_licence_that_has_an_address_and_no_agreement_between_two(
    head, make, licence, facts, told
):
    story = make.live_story(pictures=[make.photo(licence=licence, **facts)])
    (data,) = head(story.path).data("ImageObject")
    assert data.get("license") == told


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"rights": "staff"}, True),
        ({"rights": "agency"}, False),
        ({"rights": "staff", "hide_source": True}, False),
    ],
)
def test_who_wants_to_show_a_picture_of_ours_is_led_to_where_that_is_said(head, make, facts, told):
    make.publication(licence_page="https://licence.example/")
    story = make.live_story(pictures=[make.photo(**facts)])
    (data,) = head(story.path).data("ImageObject")
    assert data.get("acquireLicensePage") == ("https://licence.example/" if told else None)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia", True),
        ("http://cv.iptc.org/newscodes/digitalsourcetype/Aleppo", False),
        ("", False),
    ],
)
def test_structured_data_say_how_a_picture_was_made_in_words_of_the_trade_only(head, make, said, told):
    story = make.live_story(pictures=[make.photo(digital_source_type=said)])
    (data,) = head(story.path).data("ImageObject")
    assert data.get("digitalSourceType") == (said if told else None)


def test_breadcrumbs_lead_from_the_front_to_the_story(head, story):
    [crumbs] = head(story.path).data("BreadcrumbList")
    assert [(step["position"], step["name"], step["item"]) for step in crumbs["itemListElement"]] == [
        (1, "The Daybook", f"{SITE}/en/"),
        (2, story.section.name_in("en"), f"{SITE}/en/section/{story.section.slug}/"),
        (3, story.headline, whole(story.path)),
    ]


@dataclass
class Correction:
    text: str
    at: datetime


class Corrected(StoryPage):
    """A story's page with what was put right in it."""

    corrections = ()


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("news", "NewsArticle"),
        ("review", "NewsArticle"),
        ("analysis", ["NewsArticle", "AnalysisNewsArticle"]),
        ("opinion", ["NewsArticle", "OpinionNewsArticle"]),
        ("editorial", ["NewsArticle", "OpinionNewsArticle"]),
    ],
)
def test_what_kind_of_story_it_is_is_said_besides_its_being_news(head, make, kind, told):
    [graph] = head(make.live_story(kind=kind).path).scripts
    assert graph["@graph"][0]["@type"] == told


def test_corrections_are_told_with_the_story(make):
    story = make.live_story()
    page = show.story("en", 2024, 11, 22, story.slug)
    assert "correction" not in structured.story(page, [], [])[0]
    at = datetime(2024, 11, 23, 9, tzinfo=UTC)
    corrected = Corrected(**{field.name: getattr(page, field.name) for field in fields(page)})
    corrected.corrections = [Correction("It was Tuesday.", at)]
    assert structured.story(corrected, [], [])[0]["correction"] == [
        {"@type": "CorrectionComment", "text": "It was Tuesday.", "datePublished": "2024-11-23T12:00:00+03:00"}
    ]


def test_a_front_says_how_the_site_is_searched(head, make):
    make.live_story()
    for language, name in (("en", "The Daybook"), ("ar", "الدفتر")):
        [site] = head(f"/{language}/").data("WebSite")
        assert (site["name"], site["url"], site["inLanguage"]) == (name, f"{SITE}/{language}/", language)
        action = site["potentialAction"]
        assert action["target"]["urlTemplate"] == f"{SITE}/{language}/search/?q={{search_term_string}}"
        assert action["query-input"] == "required name=search_term_string"
    assert head("/en/archive/").data("WebSite") == []


@pytest.mark.parametrize("agency", ["", "Coast Agency"])
def test_a_story_nobody_signs_is_the_outlets_and_every_author_has_an_address(head, make, agency):
    story = make.live_story(authors=[], source_agency=agency)
    [article] = head(story.path).data("NewsArticle")
    [author] = article["author"]
    assert (author["name"], author["url"]) == ("The Daybook", f"{SITE}/en/")


def test_the_agency_a_story_came_from_is_told_whoever_signs_it(head, make):
    agency = {"@type": "Organization", "name": "Coast Agency"}
    for authors in ([], [make.author()]):
        story = make.live_story(authors=authors, source_agency="Coast Agency")
        assert head(story.path).data("NewsArticle")[0]["sourceOrganization"] == agency
    assert "sourceOrganization" not in head(make.live_story().path).data("NewsArticle")[0]


def test_a_story_whose_lead_may_hurt_offers_search_engines_its_next_picture(head, make):
    lead, second = make.photo(sensitivity="violence"), make.photo()
    [article] = head(make.live_story(pictures=[lead, second]).path).data("NewsArticle")
    assert len(article["image"]) == 3
    assert all(second.token in address for address in article["image"])


def test_an_arabic_story_is_told_in_arabic(head, make):
    story = make.live_story(language="ar", pictures=[make.photo(language="ar")])
    page = head(story.path)
    [article] = page.data("NewsArticle")
    assert article["headline"] == page["og:title"] == story.headline
    assert article["publisher"]["name"] == "الدفتر"
    assert article["mainEntityOfPage"]["@id"].isascii()


def test_a_headline_cannot_break_out_of_the_page(head, make):
    headline = "</script><script>alert(1)</script> <!-- \"quoted\" & 'so' \u2028"
    page = head(make.live_story(headline, summary='"><b>bold</b>').path)
    assert page.data("NewsArticle")[0]["headline"] == page["og:title"] == headline.strip()
    assert page["description"] == '"><b>bold</b>'


@given(st.text())
def test_no_text_ends_the_script_it_stands_in(text):
    script = structured.script([{"headline": text}])
    assert not set("<>&\u2028\u2029") & set(script)
    assert json.loads(script)["@graph"] == [{"headline": text}]
