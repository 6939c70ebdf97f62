"""The head of a page, read as programs read it."""

import json
from html.parser import HTMLParser

from django.conf import settings
from django.utils.encoding import iri_to_uri

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


def whole(path):
    return SITE + iri_to_uri(path)


def rendition(media, address):
    """The file that a rendition's address leads to."""
    path = address.removeprefix(SITE)
    assert path.startswith(settings.RENDITIONS_ADDRESS)
    return media / "renditions" / path.removeprefix(settings.RENDITIONS_ADDRESS)
