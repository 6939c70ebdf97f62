"""The list of stories: everybody sees all of them, finds what they look for, and hands on what is theirs."""

import pytest
from django.urls import reverse

from articles.desk import stories
from articles.models import Status, Story

LIST = "/admin/articles/story/"


@pytest.fixture
def listed(client):
    """What the list answers to `user` for a query, as text."""

    def page(user, query=""):
        client.force_login(user)
        answer = client.get(f"{LIST}?{query}")
        assert answer.status_code == 200, query
        return answer.content.decode()

    return page


def test_a_row_says_how_the_story_stands_and_what_readers_see(listed, make):
    editor = make.editor(first_name="Yusuf")
    story = make.live_story("Roof holds", by=editor, pictures=[make.photo()])
    page = listed(editor)
    assert 'data-is="published"' in page
    assert "/admin/renditions/" in page
    assert f'href="{story.path}"' in page
    stories.save(story, by=editor, kicker="Roofs")
    page = listed(editor)
    assert 'data-is="draft"' in page
    assert "edition 1 is live" in page
    assert "Yusuf" in page


def test_a_row_names_the_languages_of_its_siblings(listed, make):
    story = make.story()
    make.story(language="ar", sibling_key=story.sibling_key)
    page = listed(make.editor())
    assert 'EN<span class="quiet"> · AR</span>' in page
    assert 'AR<span class="quiet"> · EN</span>' in page


@pytest.mark.parametrize(
    ("query", "found", "not_found"),
    [
        ("whose=mine", "Mine", "Arabic"),
        ("whose=waiting", "Handed in", "Mine"),
        ("status=review", "Handed in", "Mine"),
        ("section=city", "Mine", "Handed in"),
        ("section=-", "Handed in", "Mine"),
        ("in=ar", "Arabic", "Mine"),
        ("needs=picture", "Mine", "Pictured"),
        ("needs=section", "Handed in", "Mine"),
        ("needs=sibling", "Mine", "Pictured"),
        ("q=rivers", "Pictured", "Mine"),
        ("q=Omar", "Pictured", "Mine"),
    ],
)
def test_it_is_narrowed_by_a_facet_or_by_words(listed, make, query, found, not_found):
    editor = make.editor()
    make.story("Mine", by=editor, section=make.section("city"))
    handed_in = make.story("Handed in", by=make.reporter(), section=None)
    stories.submit(handed_in, by=None)
    pictured = make.story("Pictured", pictures=[make.photo()], kicker="Rivers", authors=[make.author("Omar Said")])
    make.story("Arabic", language="ar", sibling_key=pictured.sibling_key)
    page = listed(editor, query)
    rows = page[page.index("result_list") :]
    assert f">{found}<" in rows
    assert f">{not_found}<" not in rows


@pytest.mark.parametrize(
    "query", ["whose=x", "status=nonsense", "section=nowhere", "in=xx", "needs=x", "p=99", "p=x", "e=1", "nonsense=1"]
)
def test_an_address_somebody_mistyped_never_breaks_the_list(client, make, query):
    make.story()
    client.force_login(make.editor())
    assert client.get(f"{LIST}?{query}", follow=True).status_code == 200


def test_counts_stand_beside_the_facets_and_go_when_they_would_be_wrong(listed, make):
    reporter = make.reporter()
    make.story(by=reporter)
    make.story(by=make.editor(), authors=[make.author("Rana", user=reporter)])
    stories.submit(make.story(by=make.editor()), by=None)
    page = listed(reporter)
    assert 'Mine <span class="count">2</span>' in page
    assert 'In review <span class="count">1</span>' in page
    assert '<span class="count">' not in listed(reporter, "status=draft")


@pytest.mark.parametrize("query", ["", "status=draft&q=bridge"])
def test_the_number_of_queries_is_the_same_for_one_row_and_for_many(
    client, make, django_assert_max_num_queries, django_assert_num_queries, query
):
    client.force_login(make.editor())

    def fill(number):
        for _place in range(number):
            story = make.story(pictures=[make.photo()], authors=[make.author(f"Author {next(make.numbers)}")])
            make.story(language="ar", sibling_key=story.sibling_key)
            make.live_story()

    fill(1)
    client.get(LIST)
    with django_assert_max_num_queries(24) as few:
        client.get(f"{LIST}?{query}")
    fill(5)
    with django_assert_num_queries(len(few)):
        client.get(f"{LIST}?{query}")


def test_a_reporter_reads_every_story_and_changes_their_own(client, make):
    reporter = make.reporter()
    own, other = make.story(by=reporter), make.story("Another's", by=make.editor())
    client.force_login(reporter)
    for story in (own, other):
        assert client.get(reverse("admin:articles_story_change", args=[story.pk])).status_code == 200
    change = reverse("admin:articles_story_change", args=[other.pk])
    data = {"language": "en", "headline": "Changed", "version": other.version, "body": "{}", "kind": "news"}
    assert client.post(change, data).status_code == 403
    other.refresh_from_db()
    assert other.headline == "Another's"


def test_the_screen_and_the_question_agree_on_what_is_changeable(rf, make):
    reporter = make.reporter()
    make.story(by=reporter)
    make.story(by=make.editor())
    make.story(by=make.editor(), authors=[make.author("Rana", user=reporter)])
    for user in (reporter, make.editor(), make.photo_editor()):
        changeable = set(Story.objects.changeable_by(user))
        assert {story for story in Story.objects.all() if story.changeable_by(user)} == changeable


def test_ticked_stories_are_handed_in_and_what_cannot_be_is_said(client, make):
    reporter = make.reporter()
    own, other = make.story("Mine", by=reporter), make.story("Not mine", by=make.editor())
    client.force_login(reporter)
    chosen = {"action": "submit", "index": "0", "_selected_action": [own.pk, other.pk]}
    page = client.post(LIST, chosen, follow=True).content.decode()
    own.refresh_from_db()
    other.refresh_from_db()
    assert (own.status, other.status) == (Status.REVIEW, Status.DRAFT)
    assert "1 story is in review." in page
    assert "You may not move “Not mine”" in page


def test_photo_staff_have_nothing_to_tick(listed, make):
    make.story()
    assert "action-select" not in listed(make.photo_editor())


def test_a_headline_cannot_break_out_of_the_list(listed, make):
    make.story("<script>alert(1)</script>")
    assert "<script>alert" not in listed(make.editor())


def test_it_goes_on_to_older_stories(listed, make):
    make.many(51)
    page = listed(make.editor())
    assert "1 to 50 of 51" in page
    assert '?p=2"' in page
    assert "51 to 51 of 51" in listed(make.editor(), "p=2")


@pytest.mark.parametrize(
    "query", ["headline__regex=(a%2B)%2B$", "id__in=99999999999999999999", "changed_at__year=99999999999999999999"]
)
def test_a_list_is_not_asked_by_its_address_what_could_hold_the_server_up(client, make, query):
    make.story()
    client.force_login(make.administrator())
    for noun in ("articles/story", "articles/photo", "articles/section", "articles/edition", "auth/user"):
        assert client.get(f"/admin/{noun}/?{query}").status_code < 500
    assert client.get(f"{LIST}?{query}").status_code == 400


@pytest.mark.parametrize(
    "sent",
    [
        {"action": "submit", "index": "0", "_selected_action": ["abc"]},
        {"action": "submit", "index": "0", "_selected_action": ["9" * 30, "-1", "1.5", "٣", ""]},
        {"action": "explode", "index": "0", "_selected_action": ["1"]},
        {"action": "", "index": "-7", "_selected_action": ["1"]},
        {"action": "take_out", "index": "x", "_selected_action": ["1"]},
        {"index": "0"},
        {"_selected_action": ["1"]},
        {"action": "submit", "index": "0", "_selected_action": ["1"], "select_across": "yes"},
        {"action": "duplicate", "index": "0", "_selected_action": [str(number) for number in range(3000)]},
        {"action": "submit", "index": "0", "_selected_action": ["1"] * 6000},
    ],
)
def test_a_made_up_order_to_a_list_changes_nothing_and_breaks_nothing(client, make, sent):
    story = make.story()
    client.force_login(make.editor())
    answer = client.post(LIST, sent)
    assert answer.status_code < 500
    assert Story.objects.count() == 1
    if sent.get("_selected_action") != ["1"]:
        story.refresh_from_db()
        assert story.status == Status.DRAFT


@pytest.mark.parametrize("noun", ["articles/section", "articles/author", "articles/tag", "auth/user", "articles/photo"])
def test_no_other_list_breaks_by_a_made_up_order_either(client, make, noun):
    make.story(pictures=[make.photo()])
    client.force_login(make.administrator())
    for chosen in (["abc"], ["9" * 30], ["1"] * 3000, ["\0"]):
        answer = client.post(f"/admin/{noun}/", {"action": "delete_selected", "index": "0", "_selected_action": chosen})
        assert answer.status_code < 500, chosen


def test_too_many_rows_at_once_are_refused_with_a_sentence(client, make):
    make.many(201)
    client.force_login(make.editor())
    every = list(Story.objects.values_list("pk", flat=True))
    page = client.post(LIST, {"action": "duplicate", "index": "0", "_selected_action": every}, follow=True)
    assert "tick at most 200" in page.content.decode()
    across = {"action": "duplicate", "index": "0", "_selected_action": every[:1], "select_across": "1"}
    assert "tick at most 200" in client.post(LIST, across, follow=True).content.decode()
    assert Story.objects.count() == 201


def test_a_ticked_story_is_duplicated_and_the_copy_is_opened(client, make):
    user = make.reporter()
    stories_there = [make.story("One", by=make.editor()), make.story("Two")]
    client.force_login(user)
    answer = client.post(
        LIST, {"action": "duplicate", "index": "0", "_selected_action": [stories_there[0].pk]}, follow=True
    )
    copy = Story.objects.exclude(pk__in=[story.pk for story in stories_there]).get()
    assert answer.redirect_chain[-1][0] == reverse("admin:articles_story_change", args=[copy.pk])
    assert (copy.headline, copy.started_by) == ("One", user)
    both = [story.pk for story in stories_there]
    page = client.post(LIST, {"action": "duplicate", "index": "0", "_selected_action": both}, follow=True)
    assert "2 copies are made, as drafts." in page.content.decode()
    assert "Duplicate" not in client.get(f"{LIST}?bin=1").content.decode()
