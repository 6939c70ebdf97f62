"""The search page: what a reader reads there, in both languages, and what the address may hold."""

import re

import pytest

from articles.models import Page

SEARCH = "/en/search/"


@pytest.fixture
def asked(client):
    """The page for a query, as text; in English unless `language` says otherwise."""

    def page(language="en", **query):
        answer = client.get(f"/{language}/search/", query)
        assert answer.status_code == 200
        return answer.content.decode()

    return page


def test_nothing_asked_yet(asked, make):
    page = asked()
    assert re.search(r'<input type="search" id="q" name="q" value=""[^>]* autofocus>', page)
    assert "Type what you are looking for" in page
    assert '<meta name="robots" content="noindex">' in page
    assert "autofocus" not in asked(q="gate")
    assert "Type what you are looking for" in asked(q="?!")


def test_stories_are_found_with_their_words_marked(asked, make):
    leila = make.author("Leila Haddow", ar="ليلى")
    story = make.live_story(
        "Gates <hold>", summary="The weir stood.", authors=[leila], pictures=[make.photo()], kicker="Floods"
    )
    page = asked(q="gate weir")
    assert "<strong>1 story</strong> for “<bdi>gate weir</bdi>”, best first" in page
    assert f'<h2><a href="{story.path}"><mark>Gates</mark> &lt;hold&gt;</a></h2>' in page
    assert '<p class="standfirst">The <mark>weir</mark> stood.</p>' in page
    assert "By <strong>Leila Haddow</strong>" in page
    assert '<time class="hung"' in page
    assert "Floods" in page
    assert "<picture" in page or "<img" in page
    assert "“gate weir”: search – " in page
    assert 'hreflang="ar"' in page
    assert "/ar/search/?q=gate+weir" in page


def test_in_arabic_too(asked, make):
    story = make.live_story("والمدينة تصوّت", language="ar", section=make.section())
    page = asked("ar", q="مدينة")
    assert f'<a href="{story.path}"><mark>والمدينة</mark> تصوّت</a>' in page
    assert "<strong>مادة واحدة</strong> عن" in page
    assert 'dir="rtl"' in page
    assert "لم نجد شيئاً" in asked("ar", q="قطار")


def test_what_was_meant_and_what_is_not_there(asked, make):
    make.live_story("The harbour")
    page = asked(q="harbuor")
    assert "Nothing was found for “<bdi>harbuor</bdi>”." in page
    assert '<a href="/en/search/?q=harbour"><bdi>harbour</bdi></a>' in page
    page = asked(q="zzyzx", section="world")
    assert "Did you mean" not in page
    assert "Nothing was found" in page
    assert "Search all sections and dates" in asked(q="zzyzx", **{"from": "2020-01-01"})


def test_filters_order_and_pages_stay_in_the_addresses(asked, make):
    city = make.section("city")
    for number in range(23):
        make.live_story(f"Gate {number}", section=city)
    make.live_story("Gate elsewhere", section=make.section("courts"))
    page = asked(q="gate", section="city", order="newest")
    assert page.count("<h2>") - page.count("<h2 aria-hidden") - page.count("<h2>The paper") >= 20
    assert "Gate elsewhere" not in page
    assert re.search(r'value="city" checked', page)
    following = re.search(r'href="([^"]*)" rel="next"', page)[1].replace("&amp;", "&")
    assert "section=city" in following
    assert "order=newest" in following
    rest = asked_at(asked, following)
    assert "<mark>Gate</mark> 0<" in rest
    assert "<mark>Gate</mark> 22<" not in rest
    assert 'rel="next"' not in rest
    assert "First page" in rest


def asked_at(asked, address):
    query = dict(pair.split("=") for pair in address.split("?")[1].split("&"))
    return asked(**query)


def test_a_day_is_a_day_of_the_publications_zone(asked, make):
    # 22:30 UTC of the 22nd is the 23rd in Damascus.
    make.live_story("Gate at night", at=make.moment(13 * 60 + 30))
    assert "at night" in asked(q="gate", **{"from": "2024-11-23", "to": "2024-11-23"})
    assert "at night" not in asked(q="gate", to="2024-11-22")
    assert "at night" not in asked(q="gate", when="week")


def test_an_author_or_a_tag_in_the_address_narrows_and_can_be_taken_back(asked, make):
    leila = make.author("Leila Haddow")
    make.live_story("Gate signed", authors=[leila], tags=["Floods"])
    make.live_story("Gate unsigned", authors=[], tags=[])
    for name, slug, words in (
        ("author", leila.slug, "By <strong>Leila Haddow</strong> only"),
        ("tag", "floods", "“Floods”"),
    ):
        page = asked(q="gate", **{name: slug})
        assert "unsigned" not in page
        assert words in page
        assert 'href="/en/search/?q=gate"' in page
        assert page.index(words) < page.index("Any time"), "what is in force stands before what may be chosen"
        assert "Search in these stories" in page
        assert "Search everything" not in page
        assert "Nothing was found" in asked(q="gate", **{name: "nobody"})


@pytest.mark.parametrize("kind", ["section", "tag", "author"])
def test_a_list_offers_to_search_in_its_own_stories(client, asked, make, kind):
    leila = make.author("Leila Haddow")
    one = make.live_story("Gate of hers", authors=[leila], tags=["Floods"], section=make.section("city"))
    make.live_story("Gate of others", authors=[], tags=[], section=make.section("courts"))
    slug = {"section": "city", "tag": "floods", "author": leila.slug}[kind]
    page = client.get(f"/en/{kind}/{slug}/").content.decode()
    form = re.search(r'<form class="ask[^>]*action="([^"]*)".*?</form>', page)
    assert form[1] == SEARCH
    given = dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form[0]))
    assert given == {kind: slug}
    assert '<label class="hidden" for="q">Search in these stories</label>' in form[0]
    found = asked(q="gate", **given)
    assert one.path in found
    assert "of others" not in found
    month = client.get(f"/en/{kind}/{slug}/2024/11/").content.decode()
    assert "Search in these stories" not in month, "it would promise to search that month"


def test_a_list_without_stories_offers_no_search_in_them(client, make):
    make.section("city")
    assert "Search in these stories" not in client.get("/en/section/city/").content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "q=%00", "q=a%00b", "q=%22", "q=%FF%FE", "q=gate&page=x", "q=gate&page=b9", "q=gate&from=2024-13-01",
        "q=gate&from=9999-12-31&to=0001-01-01", "q=gate&to=2200-12-31", "q=gate&when=x&order=x&language=xx&section=x",
        "q=gate&author=%00&tag=%00", "q=gate&section=%00", "q=" + "gate+" * 1000, "q=gate&q=weir", "page=b0ff", "q[]=1",
        "q=AND+OR+NOT+NEAR(+*", "q=" + "%F0%9F%98%80" * 50, "q=%27%29%3B--", "q=gate&author=" + "x" * 500,
    ],
)  # fmt: skip
def test_no_address_breaks_it(client, make, query):
    make.live_story("Gate")
    for language in ("en", "ar"):
        assert client.get(f"/{language}/search/?{query}").status_code == 200


def test_the_address_without_a_language_leads_to_the_first_one(client, make):
    answer = client.get("/search/?q=gate+weir&page=b0ff")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/en/search/?q=gate+weir&page=b0ff")
    assert client.get("/search/").headers["Location"] == "/en/search/"
    assert client.post(SEARCH).status_code == 405


def test_it_is_never_pressed_and_no_cache_between_keeps_it(client, make, settings, tmp_path):
    settings.PAGES = tmp_path / "pages"
    make.live_story("Gate")
    answer = client.get(SEARCH, {"q": "gate"})
    assert "private" in answer.headers["Cache-Control"]
    assert "Set-Cookie" not in answer.headers
    assert not Page.objects.filter(path=SEARCH).exists()
    assert not list(settings.PAGES.glob("**/search"))


def test_every_page_leads_to_it(client, make):
    make.live_story("Gate")
    assert f'<a href="{SEARCH}">Search</a>' in client.get("/en/").content.decode()


@pytest.mark.parametrize("query", ["q=gate+weir", "q=gate&order=newest", "q=%22gate+weir%22", "q=", "q=zzyzx+qqq"])
def test_eight_queries_at_most_however_many_there_are(client, make, django_assert_max_num_queries, query):
    photo = make.photo()
    for number in range(24):
        text = ["A gate.", "A weir, a gate weir."]
        make.live_story(
            f"Gate {number}", paragraphs=text, pictures=[photo], authors=[make.author(f"Author {number % 5}")]
        )
    with django_assert_max_num_queries(8):
        assert client.get(f"{SEARCH}?{query}").status_code == 200
