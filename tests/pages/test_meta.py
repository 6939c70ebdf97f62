"""What a page says of itself to machines, held against the edition it shows."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from PIL import Image

from articles import tasks
from articles.desk import photos, stories
from articles.imaging.cards import card
from articles.models import Edition, PhotoStatus
from articles.pages import meta, press, show, store

from .head import SITE, Head, rendition, whole

OUTLETS_CARD = f"{SITE}{settings.STATIC_URL}{meta.OUTLET}"

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


def test_a_sibling_that_comes_later_is_named_from_then_on(head, make, page_store):
    """The page that lay in the store is marked, and pressed with the way to it."""
    english = make.live_story()
    press.press(english.path)
    assert Head(store.read(english.path)[0].decode()).versions().keys() == {"en", "x-default"}
    arabic = make.story(language="ar", sibling_key=english.sibling_key)
    assert press.press_stale() == 0, "a draft is nobody's other language"
    stories.publish(arabic, by=None)
    while press.press_stale():
        pass
    versions = Head(store.read(english.path)[0].decode()).versions()
    assert versions == {"en": whole(english.path), "ar": whole(arabic.path), "x-default": whole(english.path)}


def test_a_page_names_its_versions_once_and_one_default(head, story):
    links = [link["hreflang"] for link in head(story.path).links if "hreflang" in link]
    assert sorted(links) == ["ar", "en", "x-default"]


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
    assert width == edition.lead_photo.width
    assert width / height == pytest.approx(1200 / 630, rel=0.01)
    assert page["og:image:type"] == "image/jpeg"
    assert page["og:image:alt"] == page["twitter:image:alt"] == edition.lead_alt
    assert rendition(own_media, page["og:image"]).is_file()


def test_a_card_of_a_large_picture_has_1200_by_630_pixels_and_is_small_as_a_file(head, make, own_media):
    story = make.live_story(pictures=[make.photo(width=1600, height=1400, focal_y=0.1)])
    page = head(story.path)
    assert (page["og:image:width"], page["og:image:height"]) == ("1200", "630")
    file = rendition(own_media, page["og:image"])
    assert file.stat().st_size < 5_000_000
    with Image.open(file) as picture:
        assert (picture.format, picture.size) == ("JPEG", (1200, 630))


def test_a_photo_whose_link_card_is_not_made_yet_shows_one_that_is_and_the_worker_makes_it(head, make, own_media):
    photo = make.photo()
    story = make.live_story(pictures=[photo])
    made = head(story.path)["og:image"]
    photo.refresh_from_db()
    photo.formats = {name: widths for name, widths in photo.formats.items() if not name.startswith("card")}
    photo.save(update_fields=["formats"])
    rendition(own_media, made).unlink()
    page = head(story.path)
    assert int(page["og:image:width"]) / int(page["og:image:height"]) == pytest.approx(16 / 9, rel=0.01)
    assert rendition(own_media, page["og:image"]).is_file()
    for folder in ("desk", "renditions"):
        (own_media / folder / made.partition(settings.RENDITIONS_ADDRESS)[2]).unlink(missing_ok=True)
    tasks.work(photo.pk)
    assert head(story.path)["og:image"] == made
    assert rendition(own_media, made).is_file()


@pytest.mark.parametrize(
    ("width", "height", "card", "shown"),
    [
        (640, 400, "summary_large_image", (640, 336)),
        (382, 382, "summary_large_image", (382, 201)),
        (370, 370, "summary", (370, 370)),
        (144, 300, "summary", (144, 144)),
        (143, 300, "summary_large_image", None),
    ],
)
def test_a_picture_is_shown_as_large_as_other_sites_take_it(head, make, own_media, width, height, card, shown):
    page = head(make.live_story(pictures=[make.photo(width=width, height=height)]).path)
    assert page["twitter:card"] == card
    if shown is None:
        assert page["og:image"] == OUTLETS_CARD
    else:
        assert (int(page["og:image:width"]), int(page["og:image:height"])) == pytest.approx(shown, abs=1)
        assert rendition(own_media, page["og:image"]).is_file()


@pytest.mark.parametrize(("characters", "shown"), [(420, 420), (421, 420)])
def test_an_alt_text_on_a_card_has_420_characters_at_most(make, characters, shown):
    card = meta.Card("One", "Two", make.photo(), "a" * characters)
    said = dict(meta._card(card))["twitter:image:alt"]
    assert len(said) == shown
    assert said.endswith("…") == (characters > shown)


def test_what_is_said_of_a_picture_stands_right_behind_it(head, story):
    names = [name for name, _content in head(story.path).metas]
    place = names.index("og:image")
    assert names[place : place + 5] == [
        "og:image",
        *(f"og:image:{fact}" for fact in ("type", "width", "height", "alt")),
    ]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_page_without_a_picture_has_the_outlets_own_card(head, make, language):
    story = make.live_story(language=language)
    for address in (story.path, f"/{language}/", f"/{language}/section/world/", f"/{language}/archive/"):
        page = head(address)
        assert page["twitter:card"] == "summary_large_image"
        assert page["og:image"] == page["twitter:image"] == OUTLETS_CARD
        assert [page[f"og:image:{fact}"] for fact in ("type", "width", "height")] == ["image/png", "1200", "630"]
        assert page["og:image:alt"] == page["og:site_name"]
        assert all("image" not in article for article in page.data("NewsArticle"))


def test_the_outlets_card_is_a_small_file_of_the_size_it_says():
    file = Path(finders.find(meta.OUTLET))
    assert file.stat().st_size < 40_000
    with Image.open(file) as picture:
        assert (picture.format, picture.size) == ("PNG", meta.OUTLET_SIZE)


def test_a_story_whose_lead_may_not_be_shown_elsewhere_shows_the_next_picture_that_may(head, make, own_media):
    lead, shielded, third = make.photo(), make.photo(sensitivity="death"), make.photo(alt="The old pier at low tide.")
    story = make.live_story(pictures=[lead, shielded, third])
    assert lead.token in head(story.path)["og:image"]
    photos.describe(lead, by=None, sensitivity="violence")
    page = head(story.path)
    assert third.token in page["og:image"]
    assert rendition(own_media, page["og:image"]).is_file()
    assert page["og:image:alt"] == page["twitter:image:alt"] == "The old pier at low tide."


def test_the_card_of_a_list_shows_its_first_picture_that_is_large_enough(head, make):
    large = make.photo()
    make.live_story(pictures=[large])
    make.live_story(pictures=[make.photo(width=140, height=140)])
    make.live_story(pictures=[make.photo(sensitivity="death")])
    assert large.token in head("/en/section/world/")["og:image"]


def test_a_withdrawn_picture_is_on_no_card(head, story):
    photo = story.live_edition.lead_photo
    photo.status = PhotoStatus.WITHDRAWN
    photo.save()
    page = head(story.path)
    assert photo.token not in page["og:image"]
    assert "image" not in page.data("NewsArticle")[0]
    assert photo.token not in str(page.scripts)


def test_a_story_without_a_summary_is_described_by_how_it_begins(head, make):
    long = "Water came over the dyke at four. " * 20
    page = head(make.live_story(summary="", paragraphs=[long]).path)
    assert page["description"].startswith("Water came over the dyke at four. Water")
    assert len(page["description"]) <= 160


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


def test_a_month_of_a_list_stands_beneath_it(head, story):
    page = head("/en/section/world/2024/11/")
    assert page.hrefs(rel="canonical") == [f"{SITE}/en/section/world/2024/11/"]
    [crumbs] = page.data("BreadcrumbList")
    assert [step["item"].removeprefix(SITE) for step in crumbs["itemListElement"]] == [
        "/en/",
        "/en/section/world/",
        "/en/section/world/2024/11/",
    ]


def test_the_archive_is_the_same_page_in_every_language_and_a_month_of_it_is_not(head, story):
    archive, month = head("/en/archive/"), head("/en/archive/2024/11/")
    assert archive.hrefs(rel="canonical") == [f"{SITE}/en/archive/"]
    assert archive.versions()["ar"] == f"{SITE}/ar/archive/"
    assert month.hrefs(rel="canonical") == [f"{SITE}/en/archive/2024/11/"]
    assert set(month.versions()) == {"en", "x-default"}
    assert month["og:title"] == "Archive: November 2024"


def test_a_section_is_linked_only_to_languages_it_has_words_in(head, make):
    section = make.section("letters", names={"en": "Letters"})
    make.live_story(section=section)
    assert set(head("/en/section/letters/").versions()) == {"en", "x-default"}


# -- What it costs


def test_meta_asks_the_database_nothing(story, django_assert_num_queries):
    pages = show.story(*at(story.path)), show.front("en"), show.section("en", story.section.slug), show.archive("en")
    with django_assert_num_queries(0):
        for page, tell in zip(pages, (meta.for_story, meta.for_front, meta.for_listing, meta.for_archive), strict=True):
            tell(page)


def at(path):
    language, *day, slug = path.strip("/").split("/")
    return language, *map(int, day), slug


def test_a_picture_that_has_a_cards_shape_is_stored_once(make, own_media):
    photo = make.photo(width=640, height=480)
    names = sorted(file.name for file in (own_media / "desk" / photo.token).iterdir() if file.suffix == ".jpg")
    assert [name for name in names if "_" in name] == []
    assert card(640, 480, (4, 3)).name in names


# -- In a browser


@pytest.mark.browser
def test_the_policy_of_the_page_lets_structured_data_stand(live_server, page, make):
    """The `page` fixture fails this test on any report of the content security policy."""
    story = make.live_story()
    page.goto(f"{live_server.url}{story.path}")
    data = json.loads(page.locator('script[type="application/ld+json"]').text_content())
    assert data["@graph"][0]["headline"] == story.headline
