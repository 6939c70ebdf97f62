"""The wall of the photo desk: narrowed by one click, turned page by page without counting, pictures sorted on it."""

import json
from datetime import timedelta
from html import unescape
from urllib.parse import quote, unquote

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.admin import bounded, photo_list
from articles.desk import collections, photos, stories
from articles.models import AuditLine, Collection, Photo, Rights

WALL = "/admin/articles/photo/"
DEEDS = "/admin/articles/photo/wall/"


def page_of(client, query=""):
    answer = client.get(f"{WALL}?{query}")
    assert answer.status_code == 200, (query, answer.get("Location"))
    return answer.content.decode()


def names(client, query=""):
    """The titles of the pictures that the wall shows, in their order."""
    return [str(photo) for photo in client.get(f"{WALL}?{query}").context_data["cl"].result_list]


def ways(client, query=""):
    """The wall's links to other pages, by their words: the queries."""
    pager = client.get(f"{WALL}?{query}").context_data["wall_pager"] or {}
    return {name: pager[name].removeprefix("?") for name in ("newest", "newer", "older") if name in pager}


def do(client, deed, *chosen, **more):
    """Press a button of the bar as the script does: the status, and what it answers."""
    numbers = ",".join(str(getattr(one, "pk", one)) for one in chosen)
    answer = client.post(DEEDS, {"do": deed, "photos": numbers} | more, headers={"accept": "application/json"})
    return answer.status_code, json.loads(answer.content)


# -- Narrowed with one click


@pytest.mark.parametrize(
    "query",
    [
        *("which=today", "which=mine", "which=unused", "needs=caption", "needs=alt", "needs=credit", "needs=rights"),
        *("needs=expiring", "rated=picked", "q=lonely", "which=mine&needs=caption&rated=picked&q=lonely"),
    ],
)
def test_a_click_leaves_what_it_says_and_nothing_else(client, make, photo_editor, query):
    used = make.photo(headline="Whole")
    make.story(pictures=[used])
    Photo.objects.filter(pk=used.pk).update(created_at=timezone.now() - timedelta(days=3))
    soon = timezone.now() + timedelta(days=2)
    lonely = make.photo(
        headline="Lonely", caption="", alt="", credit="", rights=Rights.UNKNOWN, by=photo_editor, usable_until=soon
    )
    collections.rate(lonely, 1, by=None)
    assert names(client, query) == ["Lonely"]
    page = page_of(client)
    if "&" not in query and "q=" not in query:
        assert f'href="?{query}"' in page


def test_a_rejected_picture_and_one_under_embargo_are_found(client, make, photo_editor):
    make.photo(headline="Whole")
    collections.rate(make.photo(headline="Blurred"), -1, by=None)
    make.photo(headline="Later", usable_from=timezone.now() + timedelta(days=1))
    assert names(client, "rated=rejected") == ["Blurred"]
    assert names(client, "needs=embargo") == ["Later"]
    page = page_of(client)
    assert "Embargo ends in " in page
    assert 'data-rated="rejected"' in page


def test_a_picture_that_only_an_edition_of_before_showed_was_used(client, make, photo_editor):
    photo = make.photo(headline="Shown once")
    story = make.live_story(pictures=[photo])
    stories.save(story, by=None, attachments=[])
    assert names(client, "which=unused") == []


def test_pictures_are_found_by_the_section_author_and_tag_of_their_stories(client, make, photo_editor):
    bridge, bread = make.photo(headline="Bridge"), make.photo(headline="Bread")
    make.story("One", pictures=[bridge], section=make.section("city"), authors=[make.author("Leila")], tags=["Roads"])
    make.story("Two", pictures=[bread], section=make.section("world"), authors=[make.author("Omar")], tags=["Food"])
    leila = make.author("Leila")
    for query in ("section=city", f"author={leila.slug}", "author=Leila", "author=leila", "tag=Roads", "tag=roads"):
        assert names(client, query) == ["Bridge"], query
    page = page_of(client)
    for query in ("section=city", f"author={leila.slug}", "tag=Roads"):
        assert f'href="?{query}"' in page
    assert names(client, "section=city&tag=Food") == []


def test_a_story_in_the_bin_lends_its_pictures_no_section(client, make, photo_editor):
    photo = make.photo()
    story = make.story(pictures=[photo], section=make.section("city"))
    type(story).objects.filter(pk=story.pk).update(binned_at=timezone.now())
    assert names(client, "section=city") == []


def test_a_collection_is_a_click_away(client, make, photo_editor):
    make.photo(headline="Other")
    row = collections.make("The bridge", by=None)
    collections.put_in(row, [make.photo(headline="Span")], by=None)
    assert f'href="?in={row.uuid}"' in page_of(client)
    assert names(client, f"in={row.uuid}") == ["Span"]
    assert f"take_out:{row.uuid}" in page_of(client, f"in={row.uuid}")


def test_counts_stand_beside_the_clicks_while_nothing_narrows(client, make, photo_editor):
    for _place in range(3):
        make.photo(caption="")
    page = page_of(client)
    assert 'A caption <span class="count">3</span>' in page
    assert 'Today <span class="count">3</span>' in page
    assert 'class="count"' not in page_of(client, "needs=caption").split("</nav>")[1]


def test_nothing_is_counted_further_than_anybody_wants_to_know(client, make, photo_editor, monkeypatch):
    monkeypatch.setattr(bounded, "MOST", 2)
    for _place in range(4):
        make.photo(caption="")
    page = page_of(client)
    assert 'A caption <span class="count">2+</span>' in page
    assert 'A credit <span class="count">0</span>' in page


@pytest.mark.parametrize(
    "query",
    [
        *("which=nothing", "needs=%00", "rated=9", "in=x", "in=%00", "in=' OR 1", "section=%00", "section=' OR 1=1"),
        *(
            "author=%00%00",
            "author=%27%3B",
            "tag=%00",
            "tag=%25",
            "author=" + "x" * 3000,
            "q=%00",
            "q=%25%25",
            "q=%27%22",
        ),
        *("q=" + "x" * 5000, "q=" + quote("⁦\ufffd%_\\"), "older=x", "older=1", "older=9-9-9", "older=-1-1"),
        *("older=999999999999999999-1", "newer=999999999999999999-999999999999999999", "newer=0-0", "older=%00-%00"),
        *("older=" + quote("٣-٣"), "older=1-1&newer=1-1", "p=9999", "p=x", "o=1.2", "e=1", "all="),
    ],
)
def test_whatever_an_address_says_the_wall_answers(client, make, photo_editor, query):
    make.photo()
    answer = client.get(f"{WALL}?{query}", follow=True)
    assert answer.status_code == (404 if "%00" in query else 200)


@pytest.mark.parametrize(
    "lookup", ["words__told__contains=a", "words__kept__contains=a", "creator=x", "city__contains=x"]
)
def test_an_address_cannot_ask_for_what_tells_a_hidden_source(client, make, photo_editor, lookup):
    assert client.get(f"{WALL}?{lookup}").status_code == 400


# -- Page by page


@pytest.fixture
def small_pages(monkeypatch):
    monkeypatch.setattr("articles.admin.photos.PhotoAdmin.list_per_page", 3)


@pytest.fixture
def twenty(make, photo_editor):
    """Ten pictures, two at each moment, newest first by their titles 9 to 0."""
    now = timezone.now()
    for number in range(10):
        photo = make.photo(headline=str(number))
        Photo.objects.filter(pk=photo.pk).update(created_at=now - timedelta(hours=10 - number // 2))


def test_every_picture_stands_on_exactly_one_page_there_and_back(client, twenty, small_pages):
    seen, query = [], ""
    while True:
        seen.append(names(client, query))
        found = ways(client, query)
        if "older" not in found:
            break
        query = found["older"]
    assert [len(page) for page in seen] == [3, 3, 3, 1]
    assert [name for page in seen for name in page] == [str(number) for number in range(9, -1, -1)]
    back = []
    while "newer" in (found := ways(client, query)):
        query = found["newer"]
        back.append(names(client, query))
    assert back == [["3", "2", "1"], ["6", "5", "4"], ["9", "8", "7"]]


def test_a_picture_that_comes_in_pushes_none_to_the_next_page(client, make, twenty, small_pages):
    older = ways(client)["older"]
    before = names(client, older)
    make.photo(headline="New")
    assert names(client, older) == before
    assert names(client, ways(client, older)["newer"]) == ["9", "8", "7"]
    assert names(client, ways(client, older)["newest"])[0] == "New"


def test_a_page_whose_first_picture_is_deleted_stands_where_it_stood(client, twenty, small_pages):
    older = ways(client)["older"]
    photos.delete(Photo.objects.get(headline="7"), by=None)
    assert names(client, older) == ["6", "5", "4"]


def test_a_filter_and_a_search_hold_on_every_page_and_a_new_filter_begins_anew(client, make, twenty, small_pages):
    assert ways(client, "needs=rights&q=jpg") == {}  # none lacks its rights
    older = ways(client, "which=unused&q=jpg")["older"]
    assert "which=unused" in older
    assert "q=jpg" in older
    page = page_of(client, older)
    facets = page[page.index('id="facets"') : page.index("</nav>", page.index('id="facets"'))]
    assert "older=" not in facets
    assert '<input type="hidden" name="older"' not in page


def test_the_wall_never_counts_everything(client, make, photo_editor, django_assert_max_num_queries):
    for _place in range(4):
        make.photo()
    client.get(WALL)
    for query in ("", "needs=caption", "q=jpg"):
        with django_assert_max_num_queries(22) as asked:
            client.get(f"{WALL}?{query}")
        for one in asked.captured_queries:
            if "COUNT(" in one["sql"] and '"articles_photo"' in one["sql"]:
                assert f"LIMIT {bounded.MOST + 1}" in one["sql"], one["sql"]


def test_the_wall_costs_the_same_queries_however_many_pictures_and_stories(
    client, make, photo_editor, django_assert_num_queries, django_assert_max_num_queries
):
    def add(number):
        for place in range(number):
            photo = make.photo(headline=f"{number} {place}", by=photo_editor)
            make.story(
                pictures=[photo], authors=[make.author(f"Author {number} {place}")], tags=[f"Tag {number} {place}"]
            )
            collections.put_in(collections.make(f"Day {number} {place}", by=None), [photo], by=None)

    add(1)
    client.get(WALL)
    with django_assert_max_num_queries(22) as few:
        client.get(WALL)
    add(5)
    with django_assert_num_queries(len(few)):
        client.get(WALL)


# -- Sorted


def test_pictures_are_picked_rejected_and_unmarked(client, make, photo_editor):
    one, two = make.photo(), make.photo()
    status, told = do(client, "pick", one, two)
    assert (status, told["said"], told["count"]) == (200, "2 pictures picked", 2)
    assert set(Photo.objects.values_list("rating", flat=True)) == {1}
    assert 'data-rated="picked"' in told["tiles"][str(one.pk)]
    assert do(client, "reject", one)[1]["said"] == "1 picture rejected"
    assert do(client, "unmark", two)[0] == 200
    assert list(Photo.objects.order_by("pk").values_list("rating", flat=True)) == [-1, 0]
    assert AuditLine.objects.about(one).filter(kind="rate", by=photo_editor).count() == 2


def test_what_is_picked_already_is_no_second_deed(client, make, photo_editor):
    photo = make.photo()
    do(client, "pick", photo)
    assert do(client, "pick", photo)[1]["said"] == "1 picture picked"
    assert AuditLine.objects.about(photo).filter(kind="rate").count() == 1


def test_a_turn_is_seen_at_once(client, make, photo_editor):
    photo = make.photo(width=640, height=400)
    _status, told = do(client, "right", photo)
    photo.refresh_from_db()
    assert (photo.rotation, photo.width, photo.height) == (90, 400, 640)
    assert photo.token in told["tiles"][str(photo.pk)]
    do(client, "left", photo)
    photo.refresh_from_db()
    assert (photo.rotation, photo.width) == (0, 640)


def test_the_last_portion_speaks_of_all_of_them(client, make, photo_editor):
    photo = make.photo(width=64, height=40)
    assert do(client, "right", photo, before="2")[1]["said"] == "3 pictures turned"
    assert do(client, "right", photo, before="٩" * 40)[1]["said"] == "1 picture turned"


def test_nobody_waits_for_a_hundred_turns(client, make, photo_editor):
    status, told = do(client, "left", *range(1, 22))
    assert status == 422
    assert "20" in told["refused"]


def test_pictures_go_into_a_collection_and_out(client, make, photo_editor):
    one, two = make.photo(), make.photo()
    assert do(client, "collect", one, two, name=" The bridge ")[1]["said"] == "2 pictures are now in “The bridge”."
    row = Collection.objects.get(name="The bridge")
    assert do(client, f"collect:{row.uuid}", two)[1]["said"] == "They were in “The bridge” already."
    assert list(row.rows.values_list("photo", flat=True)) == [one.pk, two.pk]
    assert do(client, f"take_out:{row.uuid}", one)[1]["said"] == "1 picture taken out of “The bridge”."
    assert list(row.rows.values_list("photo", flat=True)) == [two.pk]


@pytest.mark.parametrize(
    "deed",
    ["", "burn", "collect", "collect:x", "take_out", "take_out:", "take_out:00000000-0000-0000-0000-000000000000"],
)
def test_a_deed_that_cannot_be_is_refused_in_a_sentence(client, make, photo_editor, deed):
    status, told = do(client, deed, make.photo())
    assert status == 422
    assert told["refused"].endswith(".")


@pytest.mark.parametrize("chosen", ["", "x", ",,", "٣", "9" * 40])
def test_choosing_nothing_is_said(client, photo_editor, chosen):
    status, told = do(client, "pick", chosen)
    assert (status, told["refused"]) == (422, "No picture is chosen.")


def test_a_picture_that_went_meanwhile_holds_up_no_other(client, make, photo_editor):
    photo = make.photo()
    _status, told = do(client, "pick", 999999, photo)
    assert (told["count"], told["gone"]) == (1, ["999999"])


def test_the_bar_works_as_a_plain_form_and_leads_back_to_where_one_was(client, make, photo_editor):
    one, two = make.photo(caption=""), make.photo(caption="")
    said = {"do": "pick", "photos": [one.pk, two.pk], "back": "needs=caption&q=jpg"}
    answer = client.post(DEEDS, said)
    assert answer.url == f"{WALL}?needs=caption&q=jpg"
    assert "2 pictures picked" in client.get(answer.url).content.decode()


@pytest.mark.parametrize("back", ["//evil.example/", "https://evil.example", "\r\nLocation: x", "x" * 9000, "%00"])
def test_the_way_back_leads_nowhere_but_to_the_wall(client, make, photo_editor, back):
    answer = client.post(DEEDS, {"do": "pick", "photos": make.photo().pk, "back": back})
    assert answer.url.startswith(f"{WALL}?")


def test_the_form_without_a_choice_says_so_and_stays(client, photo_editor):
    assert "No picture is chosen." in client.post(DEEDS, {"do": "pick"}, follow=True).content.decode()


def test_who_only_writes_captions_sorts_nothing(client, make):
    client.force_login(make.reporter())
    photo = make.photo()
    assert do(client, "pick", photo)[0] == 403
    assert client.post(DEEDS, {"do": "pick", "photos": photo.pk}).status_code == 403
    page = page_of(client)
    assert 'value="pick"' not in page
    assert 'data-act="captions"' in page
    photo.refresh_from_db()
    assert photo.rating == 0


def test_who_is_signed_out_or_forges_is_let_nowhere(client, make, photo_editor):
    photo = make.photo()
    assert Client().post(DEEDS, {"do": "pick", "photos": photo.pk}).status_code == 302
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(photo_editor)
    assert strict.post(DEEDS, {"do": "pick", "photos": photo.pk}).status_code == 403
    assert client.get(DEEDS).status_code == 405
    photo.refresh_from_db()
    assert photo.rating == 0


def test_five_hundred_pictures_fit_into_the_address_of_the_captions_screen(client, make, photo_editor):
    photo = make.photo()
    numbers = [photo.pk, *range(1_000_000, 1_000_499)]
    address = f"{reverse('admin:articles_photo_captions')}?photos={','.join(map(str, numbers))}&wall=needs%3Dcaption"
    assert len(address) < 4096
    assert client.get(address).status_code == 200


def test_the_way_to_the_captions_names_the_page_or_the_filter(client, make, photo_editor):
    photo = make.photo(caption="")
    assert f"captions/?photos={photo.pk}" in page_of(client)
    assert 'captions/?needs=caption"' in page_of(client, "needs=caption")


# -- How it is looked at


def test_the_wall_comes_as_it_was_looked_at_last(client, make, photo_editor):
    make.photo()
    client.cookies["wall_view"], client.cookies["wall_size"] = "list", "large"
    page = page_of(client)
    assert 'value="list" checked' in page
    assert 'value="large" checked' in page
    client.cookies["wall_view"] = '"><script>'
    assert 'value="grid" checked' in page_of(client)


# -- The inspector


def look(client, photo):
    answer = client.get(reverse("admin:articles_photo_look", args=[photo.pk]))
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_the_inspector_shows_words_rights_and_stories(client, make, photo_editor):
    photo = make.photo(headline="Span", caption="A bridge.", alt="An arch", creator="Lina Aboud", city="Marsana")
    story = make.live_story("Roof holds", pictures=[photo])
    said = look(client, photo)
    for words in (
        "Span",
        "A bridge.",
        "An arch",
        "Yusuf Tell",
        "Lina Aboud",
        "Marsana",
        "Staff.",
        "Roof holds",
        "live",
    ):
        assert words in said, words
    assert reverse("admin:articles_story_change", args=[story.pk]) in said
    assert reverse("admin:articles_photo_change", args=[photo.pk]) in said


def test_the_inspector_keeps_a_hidden_source(client, make):
    keeper, other = make.photo_editor(first_name="Lina", last_name="Keeper"), make.editor()
    photo = make.photo(headline="", creator="Lina Aboud", city="Marsana", taken_at="2026-11-22", by=keeper)
    photos.describe(photo, by=keeper, hide_source=True)
    client.force_login(other)
    said = look(client, photo) + page_of(client)
    for telling in ("Aboud", "Marsana", "2026-11-22", "DSC_", "Keeper"):
        assert telling not in said, telling
    client.force_login(keeper)
    assert "Lina Aboud" in look(client, photo)


def test_the_inspector_costs_the_same_however_often_a_picture_is_used(
    client, make, photo_editor, django_assert_num_queries, django_assert_max_num_queries
):
    photo = make.photo()
    make.story("0", pictures=[photo])
    look(client, photo)
    with django_assert_max_num_queries(16) as few:
        look(client, photo)
    for number in range(8):
        make.story(f"Story {number}", pictures=[photo])
    with django_assert_num_queries(len(few)):
        said = look(client, photo)
    assert said.count("/admin/articles/story/") == 6
    assert "All of them" in said


def test_the_marks_of_a_page_are_plain_numbers():
    assert photo_list._mark("1700000000000000-12")[1] == 12
    assert photo_list._mark(unquote("%D9%A3-1")) is None
