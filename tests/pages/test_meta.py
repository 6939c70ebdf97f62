"""What a page says of itself to machines, held against the edition it shows."""

import json
from datetime import datetime
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.utils.encoding import iri_to_uri
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from articles.body import document
from articles.desk import stories
from articles.imaging.cards import SHAPES
from articles.models import Edition, PhotoStatus
from articles.pages import structured

SITE = settings.SITE_ADDRESS


class Head(HTMLParser):
    """The meta elements, links and structured data of a page, as a program reads them."""

    def __init__(self, page):
        super().__init__()
        self.metas, self.links, self.scripts, self.inside = [], [], [], None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "meta":
            self.metas.append((attrs.get("property") or attrs.get("name"), attrs.get("content")))
        elif tag == "link":
            self.links.append(attrs)
        elif tag == "script" and attrs.get("type") == "application/ld+json":
            self.inside = ""

    def handle_data(self, data):
        if self.inside is not None:
            self.inside += data

    def handle_endtag(self, tag):
        if tag == "script" and self.inside is not None:
            self.scripts.append(json.loads(self.inside))
            self.inside = None

    def __getitem__(self, name):
        found = self.all(name)
        assert len(found) == 1, f"{name}: {found}"
        return found[0]

    def all(self, name):
        return [content for property, content in self.metas if property == name]

    def hrefs(self, **wanted):
        return [link["href"] for link in self.links if all(link.get(name) == value for name, value in wanted.items())]

    def versions(self):
        return {link["hreflang"]: link["href"] for link in self.links if "hreflang" in link}

    def data(self, kind):
        assert len(self.scripts) == 1
        return [thing for thing in self.scripts[0]["@graph"] if thing["@type"] == kind]


@pytest.fixture
def head(client):
    """The head of the page at an address."""

    def read(address):
        response = client.get(address)
        assert response.status_code == 200, response
        return Head(response.content.decode())

    return read


def whole(path):
    return SITE + iri_to_uri(path)


@pytest.fixture
def story(make):
    """An English story with a lead picture and one in the text, and its Arabic sibling."""
    lead = make.photo(width=1600, height=1000, creator="Yusuf Tell", copyright="© The Daybook", focal_x=0.2)
    second = make.photo(width=900, height=600, caption="The old pier.", credit="Ana Brandt / Coast Agency")
    english = make.live_story(
        section=make.section(),
        authors=[make.author(ar="ليلى حدّو"), make.author("Tomas Arran")],
        tags=["Bridges", "Zarn & coast"],
        pictures=[lead, second],
    )
    second_figure = english.attachments.get(photo=second).uuid
    words = "The bridge opens on Monday at six in the morning, the council says."
    body = document.document([document.paragraph(words), document.figure(second_figure)])
    stories.save(english, by=None, body=body)
    stories.publish(english, by=None)
    make.live_story(language="ar", sibling_key=english.sibling_key)
    english.refresh_from_db()
    return english


# -- Where the page is, and in which languages


def test_a_story_names_its_address_and_every_living_sibling(head, story):
    sibling = Edition.objects.live().get(language="ar")
    here, there = whole(story.path), whole(sibling.path)
    for path in (story.path, sibling.path):
        page = head(path)
        assert page.hrefs(rel="canonical") == [whole(path)]
        assert page["og:url"] == whole(path)
        assert page.versions() == {"en": here, "ar": there, "x-default": here}


def test_a_withdrawn_sibling_is_named_no_more(head, story):
    sibling = story.siblings().get()
    stories.withdraw(sibling, by=None, reason="legal")
    assert head(story.path).versions() == {"en": whole(story.path), "x-default": whole(story.path)}


def test_a_story_without_the_first_language_is_its_own_default(head, make):
    story = make.live_story(language="ar")
    assert head(story.path).versions() == {"ar": whole(story.path), "x-default": whole(story.path)}


def test_a_story_names_its_language_and_the_others_as_places(head, story):
    english, arabic = head(story.path), head(story.siblings().get().path)
    assert (english["og:locale"], english["og:locale:alternate"]) == ("en_GB", "ar_SY")
    assert (arabic["og:locale"], arabic["og:locale:alternate"]) == ("ar_SY", "en_GB")


def test_a_story_names_the_feeds_of_the_front_and_of_its_section(head, story):
    page = head(story.path)
    rss, atom = (page.hrefs(rel="alternate", type=f"application/{kind}+xml") for kind in ("rss", "atom"))
    assert rss == [f"{SITE}/en/feed.xml", f"{SITE}/en/section/{story.section.slug}/feed.xml"]
    assert atom == [f"{SITE}/en/atom.xml", f"{SITE}/en/section/{story.section.slug}/atom.xml"]


# -- Link cards


def test_a_card_says_what_the_edition_says(head, story):
    page, edition = head(story.path), story.live_edition
    assert page["description"] == page["og:description"] == page["twitter:description"] == edition.summary
    assert page["og:title"] == page["twitter:title"] == edition.headline
    assert page["og:type"] == "article"
    assert page["og:site_name"] == "The Daybook"
    assert datetime.fromisoformat(page["article:published_time"]) == edition.first_published_at.replace(microsecond=0)
    assert datetime.fromisoformat(page["article:modified_time"]) == edition.modified_at.replace(microsecond=0)
    assert page.all("article:author") == [f"{SITE}/en/author/{author.slug}/" for author in story.signed_by()]
    assert page["article:section"] == story.section.name_in("en")
    assert page.all("article:tag") == ["Bridges", "Zarn & coast"]


def test_a_card_shows_the_lead_picture_and_that_file_exists(head, story, own_media):
    page, edition = head(story.path), story.live_edition
    assert page["twitter:card"] == "summary_large_image"
    assert page["og:image"] == page["twitter:image"]
    assert page["og:image"].startswith(f"{SITE}{settings.RENDITIONS_ADDRESS}{edition.lead_photo.token}/")
    width, height = int(page["og:image:width"]), int(page["og:image:height"])
    assert width == 1280
    assert width / height == pytest.approx(16 / 9, rel=0.01)
    assert page["og:image:type"] == "image/jpeg"
    assert page["og:image:alt"] == page["twitter:image:alt"] == edition.lead_alt
    assert rendition(own_media, page["og:image"]).is_file()


def test_what_is_said_of_a_picture_stands_right_behind_it(head, story):
    names = [name for name, _content in head(story.path).metas]
    place = names.index("og:image")
    assert names[place : place + 5] == [
        "og:image",
        *(f"og:image:{fact}" for fact in ("type", "width", "height", "alt")),
    ]


def test_a_story_without_pictures_has_a_small_card(head, make):
    page = head(make.live_story().path)
    assert page["twitter:card"] == "summary"
    assert page.all("og:image") == page.all("twitter:image") == []


def test_a_withdrawn_picture_is_on_no_card(head, story):
    photo = story.live_edition.lead_photo
    photo.status = PhotoStatus.WITHDRAWN
    photo.save()
    page = head(story.path)
    assert page.all("og:image") == []
    assert "image" not in page.data("NewsArticle")[0]
    assert photo.token not in str(page.scripts)


def test_a_story_without_a_summary_is_described_by_how_it_begins(head, make):
    long = "Water came over the dyke at four. " * 20
    page = head(make.live_story(summary="", paragraphs=[long]).path)
    assert page["description"].startswith("Water came over the dyke at four. Water")
    assert len(page["description"]) <= 160


# -- Structured data


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


def test_breadcrumbs_lead_from_the_front_to_the_story(head, story):
    [crumbs] = head(story.path).data("BreadcrumbList")
    assert [(step["position"], step["name"], step["item"]) for step in crumbs["itemListElement"]] == [
        (1, "The Daybook", f"{SITE}/en/"),
        (2, story.section.name_in("en"), f"{SITE}/en/section/{story.section.slug}/"),
        (3, story.headline, whole(story.path)),
    ]


def test_a_story_nobody_signs_is_its_agencys(head, make):
    story = make.live_story(authors=[], source_agency="Coast Agency")
    assert head(story.path).data("NewsArticle")[0]["author"] == [{"@type": "Organization", "name": "Coast Agency"}]


def test_a_story_nobody_signs_is_else_the_outlets(head, make):
    [author] = head(make.live_story(authors=[]).path).data("NewsArticle")[0]["author"]
    assert author["name"] == "The Daybook"


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


# -- Lists


def test_a_front_is_the_same_page_in_every_language(head, make, story):
    page = head("/ar/")
    assert page.hrefs(rel="canonical") == [f"{SITE}/ar/"]
    assert page.versions() == {"en": f"{SITE}/en/", "ar": f"{SITE}/ar/", "x-default": f"{SITE}/en/"}
    assert (page["og:type"], page["og:locale"], page["og:title"]) == ("website", "ar_SY", "الدفتر")
    assert page["description"] == "مرسانة يومًا بيوم"


def test_the_first_address_is_the_front_of_the_first_language(head, story):
    assert head("/").hrefs(rel="canonical") == [f"{SITE}/en/"]


def test_a_front_has_the_picture_of_its_newest_story(head, story):
    assert story.live_edition.lead_photo.token in head("/en/")["og:image"]


@pytest.mark.parametrize("list_of", ["section", "tag", "author"])
def test_a_list_names_its_address_its_feeds_and_the_way_to_it(head, story, list_of):
    noun = {"section": story.section, "tag": story.tags.first(), "author": story.signed_by()[0]}[list_of]
    name = noun.name if list_of == "tag" else noun.name_in("en")
    address = f"{SITE}/en/{list_of}/{noun.slug}/"
    page = head(f"/en/{list_of}/{noun.slug}/")
    assert page.hrefs(rel="canonical") == [address] == [page["og:url"]]
    assert page.versions()["en"] == page.versions()["x-default"] == address
    assert f"{address}feed.xml" in page.hrefs(rel="alternate", type="application/rss+xml")
    assert f"{address}atom.xml" in page.hrefs(rel="alternate", type="application/atom+xml")
    [crumbs] = page.data("BreadcrumbList")
    assert [step["item"] for step in crumbs["itemListElement"]] == [f"{SITE}/en/", address]
    assert page.data("CollectionPage")[0]["name"] == crumbs["itemListElement"][-1]["name"] == name


def test_a_section_is_linked_only_to_languages_it_has_words_in(head, make):
    section = make.section("letters", en="Letters")
    make.live_story(section=section)
    assert set(head("/en/section/letters/").versions()) == {"en", "x-default"}


# -- In a browser


@pytest.mark.browser
def test_the_policy_of_the_page_lets_structured_data_stand(live_server, page, make):
    """The `page` fixture fails this test on any report of the content security policy."""
    story = make.live_story()
    page.goto(f"{live_server.url}{story.path}")
    data = json.loads(page.locator('script[type="application/ld+json"]').text_content())
    assert data["@graph"][0]["headline"] == story.headline


def rendition(media, address):
    """The file that a rendition's address leads to."""
    path = address.removeprefix(SITE)
    assert path.startswith(settings.RENDITIONS_ADDRESS)
    return media / "renditions" / path.removeprefix(settings.RENDITIONS_ADDRESS)
