"""The addresses readers use. What each answers is in `articles.views`."""

from collections.abc import Callable, Iterator
from urllib.parse import quote

from django.conf import settings
from django.urls import URLPattern, include, path, register_converter
from django.urls.converters import StringConverter

from articles.views import feeds, fronts, listings, media, ninjs, search, sitemaps, stories
from articles.views.api import api
from articles.views.api import page as api_page


class Language:
    """A language the site is built in; in which of them the outlet publishes is for the page to find out."""

    regex = "|".join(code for code, _name in settings.LANGUAGES)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class Digits:
    """A number of so many figures, with noughts before it."""

    size = 2
    regex = "(?!00)[0-9]{2}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:0{self.size}}"


class Month(Digits):
    regex = "0[1-9]|1[0-2]"


class Year(Digits):
    size = 4
    regex = "[12][0-9]{3}"


class Part:
    """Which of several files."""

    regex = "[1-9][0-9]{0,4}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class Slug(StringConverter):
    """One part of an address, in any script. The view sends other forms of it (NFD) to the one it has."""

    def to_url(self, value: str) -> str:
        return quote(value, safe="") if "/" in value else value


converters = {"language": Language, "yyyy": Year, "mm": Month, "dd": Digits, "part": Part, "words": Slug}
for name, converter in converters.items():
    register_converter(converter, name)


def listing(name: str, view: Callable, rss_and_atom: Callable) -> Iterator[URLPattern]:
    """The addresses of a list: its newest, its months, their days, its feeds."""
    base = f"<language:language>/{name}/<words:slug>/"
    yield path(base, view, name=name)
    yield path(f"{base}<yyyy:year>/<mm:month>/", view, name=f"{name}-month")
    yield path(f"{base}<yyyy:year>/<mm:month>/<dd:day>/", view, name=f"{name}-day")
    yield path(f"{base}feed.xml", rss_and_atom, {"format": "rss"}, name=f"{name}-feed")
    yield path(f"{base}atom.xml", rss_and_atom, {"format": "atom"}, name=f"{name}-atom")


def in_ninjs(version: str, name: str) -> Iterator[URLPattern]:
    """The addresses of a story and of a picture for other newsrooms' systems, in a version of ninjs."""
    story = "<language:language>/<yyyy:year>/<mm:month>/<dd:day>/<words:slug>/"
    yield path(f"{story}{name}.json", ninjs.of_story(version), name=f"{name}-story")
    photo = "<language:language>/photos/<uuid:uuid>/"
    yield path(f"{photo}{name}.json", ninjs.photo, {"version": version}, name=f"{name}-photo")


urlpatterns = [
    path("", fronts.first, name="first-front"),
    path("<language:language>/", fronts.front, name="front"),
    path("<language:language>/feed.xml", feeds.front_feed, {"format": "rss"}, name="front-feed"),
    path("<language:language>/atom.xml", feeds.front_feed, {"format": "atom"}, name="front-atom"),
    *listing("section", listings.section, feeds.section_feed),
    *listing("tag", listings.tag, feeds.tag_feed),
    *listing("author", listings.author, feeds.author_feed),
    path("search/", search.first, name="first-search"),
    path("<language:language>/search/", search.search, name="search"),
    path("<language:language>/archive/", listings.archive, name="archive"),
    path("<language:language>/archive/<yyyy:year>/<mm:month>/", listings.archive, name="archive-month"),
    path("<language:language>/archive/<yyyy:year>/<mm:month>/<dd:day>/", listings.archive, name="archive-day"),
    path("<language:language>/corrections/", listings.corrections, name="corrections"),
    path("<language:language>/corrections/<yyyy:year>/<mm:month>/", listings.corrections, name="corrections-month"),
    path("<language:language>/<yyyy:year>/<mm:month>/<dd:day>/<words:slug>/", stories.story, name="story"),
    path("text/<language:language>/<yyyy:year>/<mm:month>/<dd:day>/<words:slug>/", stories.text, name="text-story"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap/<language:language>/<yyyy:year>/<mm:month>.xml", sitemaps.month, name="sitemap-month"),
    path(
        "sitemap/<language:language>/<yyyy:year>/<mm:month>-<part:part>.xml", sitemaps.month, name="sitemap-month-part"
    ),
    path("sitemap/<language:language>/lists.xml", sitemaps.lists, name="sitemap-lists"),
    path("sitemap/<language:language>/lists-<part:part>.xml", sitemaps.lists, name="sitemap-lists-part"),
    path("news-sitemap.xml", sitemaps.news, name="news-sitemap"),
    path("news-sitemap-<part:part>.xml", sitemaps.news, name="news-sitemap-part"),
    *in_ninjs("3.1", "ninjs"),
    *in_ninjs("2.2", "ninjs-2.2"),
    path("<language:language>/api/", api_page.page, name="api"),
    path("api/v1/", include(api.urlpatterns)),
    path("media/renditions/<str:token>/<str:name>", media.rendition, name="rendition"),
]
