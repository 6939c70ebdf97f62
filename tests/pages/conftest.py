"""A story with everything that a page tells of it, and the heads of pages."""

import pytest

from articles.body import document
from articles.desk import stories

from .head import Head


@pytest.fixture
def head(client):
    """The head of the page at an address."""

    def read(address):
        response = client.get(address)
        assert response.status_code == 200, response
        return Head(response.content.decode())

    return read


@pytest.fixture
def story(make):
    """An English story with a lead picture and one in the text, and its Arabic sibling."""
    lead = make.photo(creator="Yusuf Tell", policy="creator", copyright="© The Daybook", focal_x=0.2)
    second = make.photo(width=160, height=120, caption="The old pier.", credit="Ana Brandt / Coast Agency")
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


@pytest.fixture
def page_store(settings, tmp_path):
    """The page store, on, in a folder of this test's own."""
    settings.PAGES = tmp_path / "pages"
    return settings.PAGES
