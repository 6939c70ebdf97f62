"""Corrections: what readers are told that a story had wrong, wherever they read it."""

import json
import re

import pytest

from articles.desk import corrections, siblings, stories
from articles.desk.errors import NotAllowed, Refused
from articles.models import AuditLine, Correction
from tests.views.pages import cost, get, read

WORDS = "An earlier version gave the level as 4.16 m. It was 4.61 m."


@pytest.fixture
def story(make):
    return make.live_story("The bridge opens", at=make.moment())


def structured(page):
    found = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[1])
    return next(one for one in found["@graph"] if one["@type"] == "NewsArticle")


def test_a_correction_stands_wherever_its_story_is_read(make, story):
    corrections.add(story, WORDS, by=make.publisher())
    for address in (story.path, f"/text{story.path}", "/en/feed.xml", "/en/atom.xml", "/en/corrections/"):
        assert WORDS in read(address), address
    assert '<p class="note" id="correction">' in read(story.path)
    assert f'href="{story.path}#correction">The bridge opens</a>' in read("/en/corrections/")


def test_machines_are_told_of_it_too(make, story):
    assert "correction" not in structured(read(story.path))
    words = f'{WORDS} "Salt & <piano>", كتبنا'
    correction = corrections.add(story, words, by=None)
    (said,) = structured(read(story.path))["correction"]
    assert (said["@type"], said["text"]) == ("CorrectionComment", words)
    assert said["datePublished"] == make.publication().local(correction.at).isoformat(timespec="seconds")


def test_an_edition_may_come_with_a_correction(make, story):
    stories.save(story, by=None, summary="The level was 4.61 m.")
    edition = stories.publish(story, by=make.publisher(), correction=f"  {WORDS}\r\n")
    correction = Correction.objects.get()
    assert (correction.edition, correction.text) == (edition, WORDS)
    assert WORDS in read(story.path)


def test_what_is_refused_leaves_no_correction_and_no_edition(make, story):
    stories.save(story, by=None, headline="")
    with pytest.raises(Refused):
        stories.publish(story, by=None, correction=WORDS)
    assert not Correction.objects.exists()
    stories.save(story, by=None, headline="The bridge is open")
    with pytest.raises(Refused, match="at most 1000"):
        stories.publish(story, by=None, correction="x" * 1001)
    story.refresh_from_db()
    assert story.live_edition.number == 1


@pytest.mark.parametrize("words", ["", "  \n "])
def test_a_correction_says_something(story, words):
    with pytest.raises(Refused, match="Say what was wrong"):
        corrections.add(story, words, by=None)


def test_what_nobody_has_read_needs_no_correction(make):
    draft = make.story()
    with pytest.raises(NotAllowed, match="not live"):
        corrections.add(draft, WORDS, by=None)
    with pytest.raises(Refused, match="Nothing has been published"):
        stories.publish(draft, by=None, correction=WORDS)


@pytest.mark.parametrize("role", ["reporter", "photo", "editor"])
def test_who_may_not_publish_corrects_nothing(make, story, role):
    with pytest.raises(NotAllowed):
        corrections.add(story, WORDS, by=make.person(role))


def test_a_story_of_signs_is_told_as_signs(make, story):
    corrections.add(story, '<script>alert("x")</script> & more', by=None)
    for address in (story.path, f"/text{story.path}", "/en/corrections/"):
        page = read(address)
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


def test_siblings_do_not_share_corrections(make, story):
    arabic = make.live_story("الجسر يُفتح", language="ar", sibling_key=story.sibling_key, at=make.moment())
    corrections.add(story, WORDS, by=None)
    assert story in siblings.Story.objects.filter(sibling_key=arabic.sibling_key)
    assert WORDS not in read(arabic.path)
    assert WORDS not in read("/ar/corrections/")


def test_a_withdrawn_story_takes_its_corrections_along_and_brings_them_back(make, story):
    corrections.add(story, WORDS, by=None)
    stories.withdraw(story, by=None, reason="legal")
    for address in ("/en/corrections/", "/en/feed.xml"):
        assert WORDS not in read(address)
    assert WORDS not in get(story.path).content.decode()
    stories.take_up(story, by=None)
    stories.publish(story, by=None)
    assert WORDS in read("/en/corrections/")


def test_a_correction_taken_back_is_nowhere_but_on_record(make, story):
    correction = corrections.add(story, WORDS, by=None)
    with pytest.raises(NotAllowed):
        corrections.take_back(correction, by=make.front_editor())
    corrections.take_back(correction, by=make.publisher())
    assert WORDS not in read(story.path) + read("/en/corrections/")
    assert AuditLine.objects.get(kind="take_back").details["text"] == WORDS


def test_old_corrections_stand_by_months_at_the_same_cost_however_many(make, story):
    for month in range(1, 6):
        row = corrections.add(story, f"Month {month}", by=None)
        Correction.objects.filter(pk=row.pk).update(at=row.at.replace(year=2024, month=month, day=10))
    assert "Month 3" in read("/en/corrections/2024/03/")
    assert "Month 4" not in read("/en/corrections/2024/03/")
    assert get("/en/corrections/2024/09/").status_code == 404
    assert get("/en/corrections/2024/13/").status_code == 404
    few = cost("/en/corrections/")
    for number in range(50):
        corrections.add(story, f"Number {number}", by=None)
    assert cost("/en/corrections/") == few <= 8
    page = read("/en/corrections/")
    assert page.count('class="note"') == 30
    assert "/en/corrections/2024/03/" in page


def test_without_corrections_the_page_says_so_and_every_page_leads_there(make, story):
    assert "Nothing has been corrected here yet." in read("/en/corrections/")
    assert 'href="/en/corrections/"' in read(story.path)


def test_a_feed_tells_its_programs_that_the_story_changed(make, story):
    before = re.search("<updated>(.*?)</updated>", read("/en/atom.xml").partition("<entry>")[2])[1]
    corrections.add(story, WORDS, by=None)
    assert re.search("<updated>(.*?)</updated>", read("/en/atom.xml").partition("<entry>")[2])[1] > before
