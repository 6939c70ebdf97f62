"""Feeds, read as readers' programs read them, held against the editions they carry."""

import re
import unicodedata
from datetime import datetime, timedelta
from html.parser import HTMLParser
from xml.etree import ElementTree

import feedparser
import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.encoding import iri_to_uri

from articles.body import document
from articles.desk import stories
from articles.desk.changing import changing
from articles.models import Author, AuthorWords, PhotoStatus, Publication, Section, SectionWords, Tag
from articles.wire import feeds

SITE = settings.SITE_ADDRESS
TYPES = {"rss": "application/rss+xml; charset=utf-8", "atom": "application/atom+xml; charset=utf-8"}
FILES = {"rss": "feed.xml", "atom": "atom.xml"}
BOTH = pytest.mark.parametrize("format", ["rss", "atom"])
ADDRESS_ATTRIBUTES = {"href", "src", "srcset", "poster", "data", "cite", "action"}


@pytest.fixture
def feed(client):
    """The feed under a page, as feedparser understands it; whatever it complains of fails the test."""

    def read(page, format="rss"):
        response = client.get(f"{page}{FILES[format]}")
        assert response.status_code == 200, response
        assert response["Content-Type"] == TYPES[format]
        read = feedparser.parse(response.content, response_headers={"content-type": response["Content-Type"]})
        assert not read.bozo, read.get("bozo_exception")
        assert read.version == {"rss": "rss20", "atom": "atom10"}[format]
        return read

    return read


@pytest.fixture
def story(make):
    """A story with everything a feed can carry: two people, tags, a lead picture and one in the text."""
    lead = make.photo(width=320, height=200)
    story = make.live_story(
        "Ten & one <gates> hold",
        authors=[make.author(ar="ليلى حدّو"), make.author("Tomas Arran")],
        tags=["Bridges", "Zarn & coast"],
        pictures=[lead, make.photo(width=160, height=120, caption="The old pier.", credit="Ana Brandt")],
    )
    figure = document.figure(story.attachments.get(role="text").uuid)
    link = document.text("the minutes", link="/en/section/world/")
    body = document.document([document.paragraph([document.text("The council’s words: "), link]), figure])
    stories.save(story, by=None, body=body)
    stories.publish(story, by=None)
    story.refresh_from_db()
    return story


def moment(parsed):
    """The moment a feed says, as feedparser gives it (in UTC, to the second)."""
    return tuple(parsed[:6])


def to_the_second(at):
    return tuple(at.utctimetuple()[:6])


# -- What a story is in a feed


@BOTH
def test_an_entry_says_what_the_edition_says(feed, story, format):
    [entry] = feed("/en/", format).entries
    edition = story.live_edition
    assert entry.link == f"{SITE}{iri_to_uri(edition.path)}"
    assert entry.id == f"urn:uuid:{story.uuid}"
    assert entry.summary == edition.summary
    assert moment(entry.published_parsed) == to_the_second(edition.first_published_at)
    assert moment(entry.updated_parsed) == to_the_second(edition.modified_at)
    assert {tag.term for tag in entry.tags} == {"World", "Bridges", "Zarn & coast"}
    assert [author.name for author in entry.authors] == ["Leila Haddow", "Tomas Arran"]


@BOTH
def test_a_headline_with_signs_of_markup_arrives_as_it_is(client, story, format):
    tree = ElementTree.fromstring(client.get(f"/en/{FILES[format]}").content)
    titles = [element.text for element in tree.iter() if element.tag.endswith("title")]
    assert story.headline in titles


@BOTH
def test_an_update_is_the_same_entry_with_a_later_date(feed, story, format):
    [before] = feed("/en/", format).entries
    stories.save(story, by=None, headline="Eleven gates hold", slug=story.slug)
    stories.publish(story, by=None)
    [after] = feed("/en/", format).entries
    assert after.title == "Eleven gates hold"
    assert (after.id, after.link, after.published) == (before.id, before.link, before.published)
    assert moment(after.updated_parsed) == to_the_second(story.live_edition.modified_at)


@BOTH
def test_an_entry_carries_the_whole_story(feed, story, format):
    [entry] = feed("/en/", format).entries
    text = entry.content[0].value
    for words in (*story.subheads, "The council’s words:", "The bridge at noon.", "The old pier.", "Ana Brandt"):
        assert words in text
    assert text.count("<img") == 2
    assert "Marsana <span>—</span> " in text


def test_the_whole_text_stands_behind_the_description(client, story):
    xml = client.get("/en/feed.xml").content.decode()
    item = xml[xml.index("<item>") :]
    assert 0 < item.index("<description>") < item.index("<content:encoded>")


@BOTH
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_story_with_everything_in_it_is_read_whole_and_names_no_address_by_halves(
    client, feed, make, language, format
):
    """In a feed there is no style sheet, no script and no page around: each block says what it has to say in HTML."""
    pictures = [make.photo(language=language, caption=f"Picture {number}") for number in range(4)]
    story = make.live_story(language=language, pictures=pictures)
    other = make.live_story("The other <story>", language=language)
    second, third, fourth = (story.attachments.get(photo=photo).uuid for photo in pictures[1:])
    link = document.text("as told before", link=f"story:{other.uuid}")
    stories.save(
        story,
        by=None,
        body=document.document(
            [
                document.paragraph([document.text("الجسر & "), document.text("The “gate”", bold=True), link]),
                document.paragraph([document.text("our list", link=f"/{language}/section/world/?page=2#top")]),
                document.crosshead("What <now>?"),
                document.quote(["One line", "and another"], "A ferryman"),
                document.pull_quote("Said large", "The same"),
                document.bullet_list(["One", "Two"], ordered=True),
                document.figure(second),
                document.gallery([third, fourth], "the night at the weir"),
                document.fact_box("In figures", ["Gates: 11", "A sentence."]),
                document.table([["Day", "Metres"], ["Monday", "4]]>"]], "How high"),
                document.divider(),
                document.embed("https://www.example.org/film?a=1&b=2", "The film"),
            ]
        ),
    )
    stories.publish(story, by=None)
    entry = next(one for one in feed(f"/{language}/", format).entries if one.id == story.uuid.urn)
    text = entry.content[0].value
    for words in ("The film", "In figures", "How high", "the night at the weir", "A ferryman", "4]]&gt;", "Picture 3"):
        assert words in text, words
    assert text.count("<img") == 4
    assert "<script" not in text
    assert "style=" not in text
    addresses = Addresses()
    addresses.feed(text)
    assert f"{SITE}{iri_to_uri(other.path)}" in addresses.addresses
    assert f"{SITE}/{language}/section/world/?page=2#top" in addresses.addresses
    assert all(address.startswith(("http://", "https://")) for address in addresses.addresses)
    ElementTree.fromstring(client.get(f"/{language}/{FILES[format]}").content)


@BOTH
def test_a_story_goes_on_being_the_same_entry_whatever_is_renamed(feed, story, format):
    """Its section, its tags, its author, the outlet itself: no reader's program shows it as new."""
    [before] = feed("/en/", format).entries
    SectionWords.objects.update(name="Wide World")
    AuthorWords.objects.update(name="L. Haddow")
    Publication.objects.update(names={"en": "The Nightbook"})
    stories.withdraw(story, by=None, reason="a mistake")
    stories.take_up(story, by=None)
    stories.publish(story, by=None)
    [after] = feed("/en/", format).entries
    assert (after.id, after.published) == (before.id, before.published)


def test_a_feed_goes_on_being_the_same_feed_whatever_is_renamed(client, make, story):
    """RFC 4287, 4.2.6: a feed's id never changes, though its addresses do. Each language's is a feed of its own."""

    def ids():
        author = story.signed_by()[0]
        pages = ["/en/", "/ar/", *(f"/{one}/section/{Section.objects.get().slug}/" for one in ("en", "ar"))]
        pages += [f"/en/tag/{Tag.objects.get(name='Bridges').slug}/"]
        pages += [f"/{one}/author/{Author.objects.get(pk=author.pk).slug}/" for one in ("en", "ar")]
        atom = "{http://www.w3.org/2005/Atom}"
        return [ElementTree.fromstring(client.get(f"{page}atom.xml").content).findtext(f"{atom}id") for page in pages]

    before = ids()
    for noun in (Section.objects.get(), Tag.objects.get(name="Bridges"), story.signed_by()[0]):
        with changing(noun, "change", by=None):
            noun.slug += "-renamed"
    Publication.objects.update(names={"en": "The Nightbook"})
    assert ids() == before
    assert len(set(before)) == len(before)
    assert all(one.startswith("urn:uuid:") for one in before)


def test_an_address_is_no_guid_and_says_so(client, story):
    guid = ElementTree.fromstring(client.get("/en/feed.xml").content).find("channel/item/guid")
    assert (guid.text, guid.get("isPermaLink")) == (story.uuid.urn, "false")


def test_rss_has_what_its_rules_ask_for(client, story):
    root = ElementTree.fromstring(client.get("/en/feed.xml").content)
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    channel = root.find("channel")
    assert all(channel.findtext(name) for name in ("title", "link", "description"))
    link = channel.find("{http://www.w3.org/2005/Atom}link")
    assert (link.get("rel"), link.get("href")) == ("self", f"{SITE}/en/feed.xml")
    rfc_822 = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}")
    assert all(rfc_822.fullmatch(date.text) for name in ("pubDate", "lastBuildDate") for date in channel.iter(name))
    for item in channel.iter("item"):
        assert item.findtext("title")
        assert len(item.findall("enclosure")) <= 1
        assert len(item.findall("guid")) == len(item.findall("pubDate")) == 1


@pytest.mark.parametrize("page", ["/en/", "/ar/"])
def test_atom_has_what_its_rules_ask_for(client, story, page):
    """RFC 4287: each feed and entry has an id, a title and a date; an author stands in the feed or in every entry."""
    root = ElementTree.fromstring(client.get(f"{page}atom.xml").content)
    atom = "{http://www.w3.org/2005/Atom}"
    rfc_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
    assert root.tag == f"{atom}feed"
    for one in (root, *root.iter(f"{atom}entry")):
        assert one.findtext(f"{atom}title")
        assert re.match("https?://|urn:uuid:", one.findtext(f"{atom}id"))
        assert rfc_3339.fullmatch(one.findtext(f"{atom}updated"))
    assert root.find(f"{atom}author") is not None or all(
        entry.find(f"{atom}author") is not None for entry in root.iter(f"{atom}entry")
    )
    ids = [one.findtext(f"{atom}id") for one in (root, *root.iter(f"{atom}entry"))]
    assert len(set(ids)) == len(ids)


@BOTH
def test_a_lead_picture_that_stands_in_the_text_stands_there_once(feed, make, format):
    story = make.live_story(pictures=[make.photo()])
    body = document.document([document.paragraph("Look:"), document.figure(story.attachments.get().uuid)])
    stories.save(story, by=None, body=body)
    stories.publish(story, by=None)
    assert feed("/en/", format).entries[0].content[0].value.count("<img") == 1


@BOTH
def test_the_picture_beside_an_entry_has_its_size_caption_and_credit(feed, story, own_media, format):
    [entry] = feed("/en/", format).entries
    [picture] = entry.media_content
    assert picture["type"] == "image/jpeg"
    assert (picture["width"], picture["height"]) == ("320", "200")
    assert picture["url"].startswith(f"{SITE}{settings.RENDITIONS_ADDRESS}{story.live_edition.lead_photo.token}/")
    assert (own_media / "renditions" / picture["url"].partition(settings.RENDITIONS_ADDRESS)[2]).is_file()
    assert entry.media_credit[0]["content"] == "Yusuf Tell"
    assert "enclosures" not in entry or not entry.enclosures


@BOTH
def test_a_large_picture_beside_an_entry_is_a_tablets(feed, make, format):
    make.live_story(pictures=[make.photo(width=1600, height=1000)])
    [picture] = feed("/en/", format).entries[0].media_content
    assert (picture["width"], picture["height"]) == ("1280", "800")


@BOTH
def test_a_withdrawn_picture_is_in_no_feed(client, story, format):
    photo = story.live_edition.lead_photo
    photo.status = PhotoStatus.WITHDRAWN
    photo.save()
    assert photo.token not in client.get(f"/en/{FILES[format]}").content.decode()


@BOTH
def test_no_address_in_a_feed_is_relative(client, make, story, format):
    other = make.live_story("The other story")
    link = document.text("as told before", link=f"story:{other.uuid}")
    make.live_story(paragraphs=[document.paragraph([link])])
    tree = ElementTree.fromstring(client.get(f"/en/{FILES[format]}").content)
    found = Addresses()
    for element in tree.iter():
        found.addresses += [value for name, value in element.attrib.items() if name in {"href", "url"}]
        name = element.tag.rpartition("}")[2]
        if name in {"link", "uri", "guid", "id", "icon", "logo"} and (element.text or "").strip():
            found.addresses.append(element.text)
        if name in {"encoded", "content"} and element.text:
            found.feed(element.text)
    assert f"{SITE}/en/section/world/" in found.addresses
    assert f"{SITE}{iri_to_uri(other.path)}" in found.addresses
    for address in found.addresses:
        assert re.match(r"https?://|urn:uuid:|mailto:", address), address
        assert address.isascii()


class Addresses(HTMLParser):
    """All addresses in HTML."""

    def __init__(self):
        super().__init__()
        self.addresses = []

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name == "srcset":
                self.addresses += [choice.split()[0] for choice in value.split(",")]
            elif name in ADDRESS_ATTRIBUTES:
                self.addresses.append(value)


# -- What stands in which feed


@BOTH
def test_a_feed_names_itself_its_page_its_language_and_its_newest_change(client, feed, story, format):
    read = feed("/en/section/world/", format).feed
    assert read.title == "World – The Daybook"
    assert read.language == "en"
    assert [link.href for link in read.links if link.rel == "self"] == [f"{SITE}/en/section/world/{FILES[format]}"]
    assert [link.href for link in read.links if link.rel == "alternate"] == [f"{SITE}/en/section/world/"]
    assert moment(read.updated_parsed) == to_the_second(story.live_edition.modified_at)


@BOTH
def test_a_story_is_in_the_feeds_of_its_front_section_tags_and_authors(feed, make, story, format):
    other = make.live_story(section=make.section("city"), tags=["Trams"], authors=[make.author("Mina Orlow")])
    tag, author = story.tags.first(), story.signed_by()[1]
    for page in (f"/en/section/{story.section.slug}/", f"/en/tag/{tag.slug}/", f"/en/author/{author.slug}/"):
        assert [entry.id for entry in feed(page, format).entries] == [f"urn:uuid:{story.uuid}"]
    assert [entry.id for entry in feed("/en/", format).entries] == [other.uuid.urn, story.uuid.urn]


@BOTH
def test_a_feed_holds_the_newest_thirty_newest_first(feed, make, format):
    make.many(35)
    entries = feed("/en/", format).entries
    assert len(entries) == 30
    dates = [entry.published_parsed for entry in entries]
    assert dates == sorted(dates, reverse=True)
    assert moment(dates[0]) == to_the_second(make.moment())
    assert moment(dates[-1]) == to_the_second(make.moment() - timedelta(hours=29))


@BOTH
def test_drafts_and_withdrawn_stories_are_in_no_feed(feed, make, story, format):
    make.story("Not published yet")
    stories.save(story, by=None, headline="Changed, not published")
    assert feed("/en/", format).entries[0].title != "Changed, not published"
    stories.withdraw(story, by=None, reason="legal")
    assert feed("/en/", format).entries == []


@BOTH
def test_an_empty_feed_is_whole_and_always_the_same(client, feed, make, format):
    make.section()
    assert feed("/en/section/world/", format).entries == []
    assert client.get(f"/en/{FILES[format]}").content == client.get(f"/en/{FILES[format]}").content


@BOTH
@pytest.mark.parametrize(
    "page", ["/fr/", "/en/section/nowhere/", "/en/tag/nothing/", "/en/author/nobody/", "/ar/tag/bridges/"]
)
def test_there_is_no_feed_of_what_there_is_not(client, make, story, page, format):
    assert client.get(f"{page}{FILES[format]}").status_code == 404


@BOTH
def test_a_section_without_words_in_a_language_has_no_feed_there(client, make, format):
    make.section("letters", names={"en": "Letters"})
    assert client.get(f"/ar/section/letters/{FILES[format]}").status_code == 404


@BOTH
def test_an_arabic_feed_is_arabic(feed, make, format):
    story = make.live_story(language="ar", pictures=[make.photo(language="ar")])
    make.live_story()
    read = feed("/ar/", format)
    [entry] = read.entries
    assert (read.feed.title, read.feed.language) == ("الدفتر", "ar")
    assert entry.title == story.headline
    assert entry.summary == story.summary
    assert entry.link == f"{SITE}{iri_to_uri(story.path)}"
    assert entry.author == "ليلى حدّو"
    text = entry.content[0].value
    assert text.startswith('<div dir="rtl"') or 'dir="rtl"' in text[:40]
    for words in (*story.subheads, "الجسر عند الظهر."):
        assert words in text


@BOTH
def test_a_feed_asked_for_in_another_unicode_form_is_found(client, make, format):
    tag = make.tag("أُفُق", language="ar")
    response = client.get(f"/ar/tag/{unicodedata.normalize('NFD', tag.slug)}/{FILES[format]}")
    assert response.status_code == 301
    assert client.get(response["Location"]).status_code == 200


@BOTH
def test_an_author_of_both_languages_is_named_in_each(feed, make, story, format):
    author = story.signed_by()[0]
    make.live_story(language="ar", authors=[author])
    assert feed(f"/en/author/{author.slug}/", format).feed.title == "Leila Haddow – The Daybook"
    assert feed(f"/ar/author/{author.slug}/", format).feed.title == "ليلى حدّو – الدفتر"


# -- How it is served


@BOTH
def test_control_characters_never_break_a_feed(feed, make, format):
    """The desk lets none in; names typed in the admin and rows of other programs may hold them all the same."""
    story = make.live_story(authors=[make.author("Mina\x0b \x1bOrlow")])
    Publication.objects.update(names={"en": "The Day\x08book"})
    SectionWords.objects.update(name="Wor\x1fld", description="\x01\x02\ufffe")
    AuthorWords.objects.update(biography="\x7f\x80")
    [entry] = feed("/en/", format).entries
    assert entry.id == story.uuid.urn
    assert feed("/en/section/world/", format).feed.title == "World – The Daybook"


@pytest.mark.parametrize("page", ["/en/", "/en/section/world/", "tag", "author"])
@BOTH
def test_a_feed_costs_eight_queries_or_fewer_however_many_stories_there_are(
    client, make, story, django_assert_max_num_queries, page, format
):
    tag, author = story.tags.first(), story.signed_by()[0]
    page = {"tag": f"/en/tag/{tag.slug}/", "author": f"/en/author/{author.slug}/"}.get(page, page)
    link = document.text("as told before", link=f"story:{story.uuid}")
    make.live_story(paragraphs=[document.paragraph([link])], tags=[tag.name], authors=[author])
    for number in (0, 40):
        make.many(number, tag=tag, author=author)
        with django_assert_max_num_queries(8):
            assert client.get(f"{page}{FILES[format]}").status_code == 200


@BOTH
def test_a_feed_sets_no_cookie_and_depends_on_none(client, story, format):
    response = client.get(f"/en/{FILES[format]}")
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_a_feed_is_for_reading_only(client, story):
    assert client.head("/en/feed.xml").status_code == 200
    assert client.post("/en/feed.xml").status_code in {403, 405}


def test_a_feeds_site_is_the_outlets_whatever_host_is_asked_for(client, story, settings):
    settings.ALLOWED_HOSTS = ["*"]
    body = client.get("/en/feed.xml", headers={"host": "evil.example"}).content.decode()
    assert "evil.example" not in body


@BOTH
def test_every_feed_has_its_address(format):
    names = {"rss": "feed", "atom": "atom"}
    assert reverse(f"front-{names[format]}", args=["en"]) == f"/en/{FILES[format]}"
    for kind in ("section", "tag", "author"):
        assert reverse(f"{kind}-{names[format]}", args=["en", "x"]) == f"/en/{kind}/x/{FILES[format]}"


def test_dates_in_a_feed_are_in_the_outlets_zone(client, story):
    item = ElementTree.fromstring(client.get("/en/feed.xml").content).find("channel/item")
    assert item.findtext("pubDate").endswith("+0300")
    updated = item.findtext("{http://www.w3.org/2005/Atom}updated")
    assert datetime.fromisoformat(updated).utcoffset() == timedelta(hours=3)


def test_the_formats_are_the_two_we_promise():
    assert list(feeds.FORMATS) == ["rss", "atom"]
