"""A story's page, as a reader meets it."""

import re
import unicodedata
from urllib.parse import quote
from uuid import uuid4

import pytest

from articles.body import document
from articles.desk import stories
from articles.models import Kind, PhotoStatus

from .pages import cost, get, read

pytestmark = pytest.mark.django_db


def test_a_published_story_is_read_at_its_address_with_all_it_says(make):
    story = make.live_story("The bridge opens", subheads=["A year late", "Buses first"], at=make.moment())
    page = read("/en/2024/11/22/the-bridge-opens/")
    assert story.path == "/en/2024/11/22/the-bridge-opens/"
    for words in ("The bridge opens", "A year late", "Buses first", "Leila Haddow", "Marsana", "Bridges", "World"):
        assert words in page
    assert "<title>The bridge opens – The Daybook</title>" in page
    assert page.count("<h1") == 1


def test_each_picture_has_its_caption_its_credit_and_its_alt_text(make):
    lead = make.photo(caption="The gate at dusk.", alt="A lit weir", credit="Yusuf Tell")
    second = make.photo(caption="Boats in the harbour.", alt="Six boats", credit="Ana Brandt")
    lead_place, text_place = uuid4(), uuid4()
    story = make.live_story(
        attachments=[
            {"uuid": lead_place, "photo": lead, "role": "lead"},
            {"uuid": text_place, "photo": second, "role": "text"},
        ],
        paragraphs=["It rained.", document.figure(text_place)],
    )
    page = read(story.path)
    for words in ("The gate at dusk.", "Boats in the harbour.", "Yusuf Tell", "Ana Brandt"):
        assert page.count(f">{words}<") == 1
    assert 'alt="A lit weir"' in page
    assert 'alt="Six boats"' in page
    pictures = re.findall(r"<img [^>]*>", page)
    assert len(pictures) == 2
    assert all(re.search(r'width="\d+" height="\d+"', picture) for picture in pictures)
    assert ["fetchpriority" in picture for picture in pictures] == [True, False]
    assert 'loading="lazy"' in pictures[1]


def test_a_picture_without_a_place_in_the_text_is_shown_all_the_same(make):
    pictures = [make.photo(caption=words) for words in ("The first.", "The second.", "The third.")]
    page = read(make.live_story(pictures=pictures).path)
    assert all(words in page for words in ("The first.", "The second.", "The third."))


def test_a_page_names_only_renditions_that_exist(make, own_media):
    photo = make.photo(width=1000, height=600)
    page = read(make.live_story(pictures=[photo]).path)
    named = set(re.findall(rf"/media/renditions/({photo.token}/[0-9a-z.]+)", page))
    photo.refresh_from_db()
    whole = {f"{photo.token}/{width}.jpg" for width in photo.formats["jpeg"]}
    assert whole <= named
    assert not any(name.endswith((".avif", ".webp")) for name in named)


def test_a_withdrawn_photo_leaves_every_page_at_once(make):
    photo = make.photo(caption="The wrong street.")
    story = make.live_story(pictures=[photo])
    photo.status = PhotoStatus.WITHDRAWN
    photo.save()
    for address in (story.path, "/en/", "/en/section/world/"):
        assert photo.token not in read(address)
    assert "The wrong street." not in read(story.path)


def test_readers_go_on_seeing_the_edition_while_the_working_copy_changes(make):
    story = make.live_story("As published")
    stories.save(story, by=None, headline="Half a thought")
    assert "As published" in read(story.path)
    assert "Half a thought" not in read(story.path)
    assert "Half a thought" not in read("/en/")


def test_a_story_published_again_says_when_it_was_updated(make):
    story = make.live_story("As published")
    assert "Updated" not in read(story.path)
    stories.save(story, by=None, headline="Put right")
    stories.publish(story, by=None)
    assert "Updated" in read(story.path)


def test_a_story_says_what_kind_of_piece_it_is_where_it_is_no_plain_news(make):
    assert "Opinion · Roads" in read(make.live_story(kind=Kind.OPINION).path)
    assert "News" not in re.search('<p class="kicker">.*?</p>', read(make.live_story("Another").path))[0]


def test_one_author_stands_with_their_role_and_two_are_joined(make):
    first, second = make.author("Leila Haddow", role="Courts correspondent"), make.author("Tomas Arran")
    assert "Courts correspondent" in read(make.live_story(authors=[first]).path)
    page = read(make.live_story("Another", authors=[first, second]).path)
    assert "Leila Haddow</a> and <a" in page
    assert "Courts correspondent" not in page


def test_a_story_leads_to_its_live_sibling_and_back(make):
    key = uuid4()
    english = make.live_story("The bridge", sibling_key=key)
    arabic = make.story("الجسر", language="ar", sibling_key=key)
    assert 'class="other"' not in read(english.path)
    assert '<a class="sibling" href="/ar/"' in read(english.path)
    stories.publish(arabic, by=None, at=make.moment())
    arabic.refresh_from_db()
    assert f'<a class="sibling" href="{arabic.path}"' in read(english.path)
    assert f'<a class="other" href="{english.path}" hreflang="en"' in read(arabic.path)


def test_related_stories_stand_in_the_desks_order_while_they_are_live(make):
    first, second, draft = make.live_story("First of them"), make.live_story("Second of them"), make.story("A draft")
    page = read(make.live_story("The story", related=[second, draft, first]).path)
    related = page.partition("More on this")[2]
    assert related.index("Second of them") < related.index("First of them")
    assert "A draft" not in page


def test_a_link_in_the_text_to_a_story_has_the_address_that_story_has_now(make):
    other = make.live_story("The other")
    link = document.paragraph([document.text("as we wrote", link=f"story:{other.uuid}")])
    assert f'<a href="{other.path}">as we wrote</a>' in read(make.live_story("This", paragraphs=[link]).path)


def test_a_story_page_takes_six_queries_however_much_stands_on_it(make):
    plain = make.live_story("Plain", tags=[], authors=[make.author()])
    pictures = [make.photo() for _number in range(3)]
    authors = [make.author(f"Author {number}", ar=f"كاتب {number}") for number in range(4)]
    full = make.live_story(
        "Full", pictures=pictures, authors=authors, related=[plain], tags=[f"Tag {number}" for number in range(9)]
    )
    make.many(300)
    assert cost(plain.path) <= 6
    assert cost(full.path) <= 6


def test_a_withdrawn_story_is_gone_with_the_public_reason_and_not_the_other(make):
    story = make.live_story()
    stories.withdraw(story, by=None, reason="a lawyer’s letter", public_reason="The story named the wrong man.")
    answer = get(story.path)
    assert answer.status_code == 410
    page = answer.content.decode()
    assert "The story named the wrong man." in page
    assert "lawyer" not in page
    assert story.headline not in page
    assert 'lang="ar" dir="rtl"' in page


def test_a_withdrawn_story_published_again_is_back_at_its_address(make):
    story = make.live_story()
    stories.withdraw(story, by=None, reason="an error")
    stories.publish(story, by=None)
    assert get(story.path).status_code == 200


@pytest.mark.parametrize(
    "address",
    ["/en/2024/11/22/never/", "/en/2024/02/31/never/", "/en/2024/13/01/x/", "/en/nothing/", "/zz/", "/en/tag/none/"],
)
def test_an_address_without_a_page_is_not_found_and_leads_on(make, address):
    answer = get(address)
    assert answer.status_code == 404
    page = answer.content.decode()
    assert "There is no page here" in page
    assert 'href="/en/"' in page
    assert 'lang="ar" dir="rtl"' in page


def test_not_found_speaks_the_language_of_the_address(make):
    assert '<html lang="ar" dir="rtl">' in get("/ar/2024/11/22/never/").content.decode()


def test_a_draft_has_no_address(make):
    story = make.story("A secret")
    assert get(f"/en/2024/11/22/{story.slug or 'a-secret'}/").status_code == 404


def test_an_arabic_address_is_found_as_it_is_and_percent_encoded(make):
    story = make.live_story("الجسر يُفتح", language="ar", at=make.moment())
    assert "الجسر" in story.path
    assert "الجسر يُفتح" in read(story.path)
    assert get(quote(story.path).lower()).status_code == 200


def test_an_address_in_another_unicode_form_leads_to_the_one_it_has(make):
    story = make.live_story("Café", slug="أخبار", language="ar", at=make.moment())
    typed = unicodedata.normalize("NFD", story.path)
    assert typed != story.path
    answer = get(typed)
    assert answer.status_code == 301
    assert answer.headers["Location"] == quote(story.path)


def test_an_arabic_page_reads_from_the_right_with_its_own_dates_and_figures(make):
    make.publication(locales={"ar": "ar_SY"})
    page = read(make.live_story(language="ar", at=make.moment()).path)
    assert '<html lang="ar" dir="rtl">' in page
    assert "٢٢ تشرين الثاني ٢٠٢٤" in page
    assert "١٢:٠٠" in page
    make.publication(arabic_digits="latn")
    assert "22 تشرين الثاني 2024" in read("/ar/")


def test_dates_are_those_of_the_publications_zone(make):
    at = make.moment(60 * 13)  # 22:00 in UTC, the next day in Damascus
    story = make.live_story("Late", at=at)
    assert story.path == "/en/2024/11/23/late/"
    page = read(story.path)
    assert "23 November 2024" in page
    assert 'datetime="2024-11-23T01:00+03:00"' in page
