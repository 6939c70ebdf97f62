"""JSON-LD, Open Graph and cards, read back by a program of others, every value held against the edition."""

from datetime import datetime

import extruct
import pytest
from django.conf import settings

from articles.body import document
from articles.desk import stories
from articles.models import PhotoStatus

from .head import SITE, rendition, whole

AI = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
ARABIC = {
    "headline": "الجسر يُفتح «الاثنين» & <بعد> عام",
    "summary": "بعد عام من الترميم يعود الجسر.",
    "tags": ["الجسور", "النهر"],
}


@pytest.fixture
def read(client):
    """What extruct finds in the page at an address: its JSON-LD by @id or @type, its Open Graph in order."""

    def read(path):
        html = client.get(path).content.decode()
        found = extruct.extract(html, base_url=whole(path), syntaxes=["json-ld", "opengraph"], uniform=False)
        ((graph,), (card,)) = found["json-ld"], found["opengraph"]
        return graph["@graph"], card["properties"]

    return read


@pytest.fixture
def story(make):
    """An Arabic story with everything a page tells of it, and its English sibling."""
    lead = make.photo(
        language="ar",
        width=1600,
        height=1200,
        creator="Yusuf Tell",
        policy="creator",
        copyright="© The Daybook",
        licence=LICENCE,
        digital_source_type=AI,
    )
    second = make.photo(language="ar", width=800, height=600, credit="Ana & Brandt / <Coast>")
    people = [make.author(ar="ليلى حدّو"), make.author("يوسف تل", language="ar")]
    arabic = make.live_story(
        language="ar", kind="analysis", pictures=[lead, second], authors=people, at=make.moment(), **ARABIC
    )
    figure = document.figure(arabic.attachments.get(photo=second).uuid)
    stories.save(arabic, by=None, body=document.document([document.paragraph("نصّ جديد للمادّة."), figure]))
    stories.publish(arabic, by=None)
    make.live_story(sibling_key=arabic.sibling_key)
    arabic.refresh_from_db()
    return arabic


def only(graph, kind):
    """The things of a kind in a graph; of something of two kinds too."""
    return [thing for thing in graph if thing["@type"] == kind or kind in thing["@type"]]


def moment(at):
    """As told to machines: in the outlet's zone, to the second."""
    return f"{at.astimezone(datetime.fromisoformat('2024-01-01T00:00:00+03:00').tzinfo):%Y-%m-%dT%H:%M:%S}+03:00"


def size(photo, across, high, widest):
    """The largest part of a photo in a shape, at most so wide; to a pixel."""
    width = min(widest, photo.width, round(photo.height * across / high))
    return width, round(width * high / across)


def test_every_value_of_json_ld_is_the_editions(read, story, own_media):
    edition, section = story.live_edition, story.section
    graph, _card = read(story.path)
    address, home = whole(story.path), f"{SITE}/ar/"
    authors = [
        {"@type": "Person", "name": author.name_in("ar"), "url": f"{SITE}/ar/author/{author.slug}/"}
        for author in story.signed_by()
    ]
    (article,) = only(graph, "NewsArticle")
    images = article.pop("image")
    assert article == {
        "@type": ["NewsArticle", "AnalysisNewsArticle"],
        "@id": f"{address}#article",
        "headline": edition.headline,
        "description": edition.summary,
        "datePublished": moment(edition.first_published_at),
        "dateModified": moment(edition.modified_at),
        "author": authors,
        "publisher": {"@type": "NewsMediaOrganization", "name": "الدفتر", "url": home},
        "inLanguage": "ar",
        "mainEntityOfPage": {"@type": "WebPage", "@id": address},
        "url": address,
        "isAccessibleForFree": True,
        "articleSection": section.name_in("ar"),
        "keywords": ARABIC["tags"],
        "wordCount": edition.words,
    }
    assert [author["name"] for author in authors] == ["ليلى حدّو", "يوسف تل"]
    assert datetime.fromisoformat(article["dateModified"]) > datetime.fromisoformat(article["datePublished"])
    assert len(images) == 3
    assert all(rendition(own_media, image).is_file() for image in images)
    (crumbs,) = only(graph, "BreadcrumbList")
    steps = [("الدفتر", home), (section.name_in("ar"), f"{home}section/world/"), (edition.headline, address)]
    assert crumbs["itemListElement"] == [
        {"@type": "ListItem", "position": place, "name": name, "item": item}
        for place, (name, item) in enumerate(steps, 1)
    ]
    assert {str(thing["@type"]) for thing in graph} == {str(article["@type"]), "BreadcrumbList", "ImageObject"}


def test_every_value_of_the_pictures_is_the_editions(read, story, own_media):
    graph, _card = read(story.path)
    rows = list(story.live_edition.edition_photos.order_by("order"))
    for data, row in zip(only(graph, "ImageObject"), rows, strict=True):
        photo = row.photo
        assert rendition(own_media, data.pop("contentUrl")).is_file()
        expected = {
            "@type": "ImageObject",
            "encodingFormat": "image/jpeg",
            "width": max(photo.formats["jpeg"]),
            "height": max(photo.formats["jpeg"]) * photo.height // photo.width,
            "caption": row.caption,
            "creditText": row.credit,
            "creator": {"@type": "Person", "name": photo.creator} if photo.policy == "creator" else None,
            "copyrightNotice": photo.copyright,
            "license": photo.licence,
            "digitalSourceType": photo.digital_source_type,
        }
        assert data == {name: value for name, value in expected.items() if value}
    assert len(rows) == 2


def test_every_value_of_open_graph_is_the_editions(read, story):
    _graph, card = read(story.path)
    edition, photo = story.live_edition, story.live_edition.lead_photo
    width, height = size(photo, 1200, 630, 1200)
    (place,) = (place for place, (name, _content) in enumerate(card) if name == "og:image")
    (_name, image), *facts = card[place : place + 5]
    assert image.startswith(f"{SITE}{settings.RENDITIONS_ADDRESS}{photo.token}/")
    assert facts == [
        ("og:image:type", "image/jpeg"),
        ("og:image:width", str(width)),
        ("og:image:height", str(height)),
        ("og:image:alt", edition.lead_alt),
    ]
    assert [*card[:place], *card[place + 5 :]] == [
        ("og:title", edition.headline),
        ("og:type", "article"),
        ("og:url", whole(story.path)),
        ("og:description", edition.summary),
        ("og:site_name", "الدفتر"),
        ("og:locale", "ar_SY"),
        ("og:locale:alternate", "en_GB"),
        ("article:published_time", moment(edition.first_published_at)),
        ("article:modified_time", moment(edition.modified_at)),
        *(("article:author", f"{SITE}/ar/author/{author.slug}/") for author in story.signed_by()),
        ("article:section", story.section.name_in("ar")),
        *(("article:tag", tag) for tag in ARABIC["tags"]),
    ]


def test_what_is_no_longer_to_be_seen_is_in_neither(read, story):
    photo = story.live_edition.lead_photo
    photo.status = PhotoStatus.WITHDRAWN
    photo.save()
    graph, card = read(story.path)
    assert photo.token not in str(graph) + str(card)
    assert "Yusuf Tell" not in str(graph)
    assert len(only(graph, "ImageObject")) == 1


@pytest.mark.parametrize("path", ["/ar/", "/ar/section/world/", "/ar/archive/", "/ar/section/world/2024/11/"])
def test_lists_are_read_back_too(read, story, path):
    graph, card = read(path)
    (page,) = only(graph, "CollectionPage")
    said = dict(card)
    assert (page["url"], page["name"], page["description"]) == (whole(path), said["og:title"], said["og:description"])
    assert (said["og:type"], said["og:url"], said["og:locale"]) == ("website", whole(path), "ar_SY")
    assert story.live_edition.lead_photo.token in said["og:image"]
