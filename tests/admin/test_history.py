"""The history: who did what when, what changed between two versions, and the way back."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from articles.body import document
from articles.desk import revisions, snapshots, stories
from articles.models import Story


def history(story, **query):
    address = reverse("admin:articles_story_history", args=[story.pk])
    return address + ("?" + "&".join(f"{name}={value}" for name, value in query.items()) if query else "")


def words(answer):
    """The page without its tags, and without what only a screen reader says."""
    page = re.sub(r'<span class="vh"[^>]*>.*?</span>', "", answer.content.decode())
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def marked(answer, tag):
    """The words in all <ins> or <del> of the sheet."""
    sheet = answer.content.decode().partition('<article class="sheet"')[2]
    sheet = re.sub(r'<span class="vh"[^>]*>.*?</span>', "", sheet)
    return [re.sub(r"<[^>]+>", "", one).strip() for one in re.findall(rf"<{tag}>(.*?)</{tag}>", sheet, re.S)]


@pytest.fixture
def editor(make, client):
    user = make.editor(first_name="Yusuf", last_name="Tell")
    client.force_login(user)
    return user


def told(make, editor):
    """A story that was published, changed and kept under a name."""
    body = document.document([document.paragraph(one) for one in ("A loaf weighs four hundred grams.", "Gone soon.")])
    story = make.live_story("The bakery bakes again", body=body, tags=["bread"])
    content = story.body["content"]
    changed = document.paragraph("A loaf weighs five hundred grams.") | {"attrs": content[0]["attrs"]}
    new = {"type": "doc", "content": [changed, document.paragraph("New here.")]}
    stories.save(story, by=editor, body=document.clean(new), tags=["bread", "ovens"], kicker="Bread")
    snapshots.keep_version(story, "Before the cuts", by=editor)
    return story


def test_versions_are_listed_with_who_and_why_and_which_is_live(make, client, editor):
    story = told(make, editor)
    page = words(client.get(history(story)))
    assert "Working copy" in page
    assert "Edition 1 live" in page
    assert "“Before the cuts” Yusuf Tell" in page


def test_autosaves_are_folded_away(make, client, editor):
    story = told(make, editor)
    revisions.keep_autosave(story, by=editor)
    page = client.get(history(story)).content.decode()
    assert "1 autosave, folded away" in page
    assert page.index("<details") < page.index("Autosave<")


def test_it_opens_with_what_readers_do_not_see_yet(make, client, editor):
    page = client.get(history(told(make, editor)))
    assert "between Edition 1 and Working copy" in words(page)
    assert "four" in marked(page, "del")
    assert "five" in marked(page, "ins")
    assert "Gone soon." in marked(page, "del")
    assert "New here." in marked(page, "ins")
    assert "ovens" in marked(page, "ins")


def test_any_two_versions_are_compared(make, client, editor):
    story = told(make, editor)
    stories.publish(story, by=None)
    kept = story.revisions.get(name="Before the cuts")
    assert "say the same" in words(client.get(history(story, **{"from": f"r{kept.pk}", "to": "e2"})))
    assert "five" in marked(client.get(history(story, **{"from": "e1", "to": "e2"})), "ins")
    assert "five" in marked(client.get(history(story, **{"from": "e2", "to": "e1"})), "del")


def test_a_published_story_opens_with_what_its_last_edition_changed(make, client, editor):
    story = told(make, editor)
    stories.publish(story, by=None)
    assert "between Edition 1 and Edition 2" in words(client.get(history(story)))


def test_a_mark_is_said_to_who_listens(make, client, editor):
    page = client.get(history(told(make, editor))).content.decode()
    assert re.search(r'<ins><span class="vh" lang="en"> added: </span>', page)
    assert re.search(r'<span class="vh" lang="en"> end of taken out </span></del>', page)


def test_words_that_look_like_markup_stay_words(make, client, editor):
    story = make.story("<script>alert(1)</script>")
    stories.save(story, by=None, kicker="<b>bold</b>", tags=["<i>tag</i>"])
    revisions.keep(story, by=None, reason="submit")
    stories.save(story, by=None, headline="<img src=x>", kicker="", tags=[])
    page = client.get(history(story)).content.decode()
    assert "<script>alert" not in page
    assert "<b>bold" not in page
    assert "<i>tag" not in page
    assert "<img src=x" not in page


def test_a_changed_picture_is_shown_as_pictures(make, client, editor):
    first, second, uuid = make.photo(), make.photo(), uuid4()
    row = {"uuid": uuid, "photo": first, "role": "text", "caption": "The old market."}
    story = make.story(body=document.document([document.figure(uuid)]), attachments=[row])
    revisions.keep(story, by=None, reason="submit")
    stories.save(story, by=None, attachments=[row | {"photo": second, "caption": "The new market."}])
    page = client.get(history(story))
    for photo in (first, second):
        assert f"/admin/renditions/{photo.token}/" in page.content.decode()
    assert "Picture changed, words changed" in words(page)
    assert ("old" in marked(page, "del"), "new" in marked(page, "ins")) == (True, True)


def test_a_version_of_another_story_is_not_found(make, client, editor):
    one, other = told(make, editor), make.story()
    revision = revisions.keep(other, by=None)
    for key in (f"r{revision.pk}", "e9", "x1", "r", "e" + "9" * 30, "r١"):
        assert client.get(history(one, **{"from": key, "to": "now"})).status_code == 404


def test_a_story_without_versions_has_a_history(make, client, editor):
    assert client.get(history(stories.start(language="ar", by=None))).status_code == 200


def test_many_versions_cost_no_more_queries(make, client, editor, django_assert_max_num_queries):
    story = told(make, editor)
    for number in range(12):
        snapshots.keep_version(story, f"Version {number}", by=editor)
    with django_assert_max_num_queries(25):
        client.get(history(story))


# -- Back


def test_a_version_is_put_back_from_its_screen(make, client, editor):
    story = told(make, editor)
    answer = client.post(history(story), {"from": "e1", "version": story.version, "whole": "1"}, follow=True)
    assert "The story is again as it was: Edition 1." in words(answer)
    assert story_now(story) == ["A loaf weighs four hundred grams.", "Gone soon."]


def test_one_block_is_put_back_from_the_screen(make, client, editor):
    story = told(make, editor)
    page = client.get(history(story)).content.decode()
    block = re.search(r'name="block" value="(\w+)">Put back as it was', page)[1]
    client.post(history(story), {"from": "e1", "version": story.version, "block": block})
    assert story_now(story) == ["A loaf weighs four hundred grams.", "New here."]


def test_who_was_overtaken_puts_nothing_back(make, client, editor):
    story = told(make, editor)
    seen = story.version
    stories.save(story, by=None, headline="Meanwhile")
    answer = client.post(history(story), {"from": "e1", "version": seen, "whole": "1"}, follow=True)
    assert 'role="alert"' in answer.content.decode()
    assert Story.objects.get(pk=story.pk).headline == "Meanwhile"


def test_who_may_not_change_the_story_reads_its_history_and_puts_nothing_back(make, client, editor):
    story = told(make, editor)
    client.force_login(make.reporter())
    page = client.get(history(story)).content.decode()
    assert "Put back" not in page
    assert "Keep the working copy" not in page
    assert client.post(history(story), {"from": "e1", "version": story.version, "whole": "1"}).status_code == 403


def test_the_working_copy_is_kept_under_a_name_from_the_screen(make, client, editor):
    story = make.story()
    client.post(history(story), {"keep": "1", "name": "Before the lawyer"})
    assert story.revisions.get().name == "Before the lawyer"
    assert 'role="alert"' in client.post(history(story), {"keep": "1", "name": " "}, follow=True).content.decode()


def test_the_writing_room_leads_to_the_history(make, client, editor):
    story = told(make, editor)
    page = client.get(reverse("admin:articles_story_change", args=[story.pk])).content.decode()
    assert f'href="{history(story)}"' in page
    assert "“Before the cuts”" in page


def story_now(story):
    return [document.text_of(block) for block in Story.objects.get(pk=story.pk).body["content"]]


def of_four(make, editor):
    """A story kept under a name with four paragraphs, then moved about: Four stands first, One is gone, Five is new."""
    body = document.document([document.paragraph(one) for one in ("One.", "Two.", "Three.", "Four.")])
    story = make.story(body=body)
    snapshots.keep_version(story, "As it was", by=editor)
    _one, two, three, four = story.body["content"]
    stories.save(story, by=editor, body=document.document([four, two, document.paragraph("Five."), three]))
    return story, f"r{story.revisions.get().pk}"


def button(page, words):
    """Name and value of the button that says `words`."""
    return re.search(rf'name="(\w+)" value="(\w+)">{words}', page).groups()


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("Take it out again", ["Four.", "Two.", "Three."]),
        ("Move it back", ["Two.", "Five.", "Three.", "Four."]),
        ("Put it back", ["Four.", "One.", "Two.", "Five.", "Three."]),
    ],
)
def test_what_was_added_moved_or_taken_out_is_undone_block_by_block(make, client, editor, words, left):
    story, key = of_four(make, editor)
    name, block = button(client.get(history(story, **{"from": key, "to": "now"})).content.decode(), words)
    answer = client.post(history(story), {"from": key, "version": story.version, name: block}, follow=True)
    assert 'role="alert"' not in answer.content.decode()
    assert sorted(story_now(story)) == sorted(left)
    if words != "Put it back":
        assert story_now(story) == left
    # What stood before is kept, so that this can be undone too.
    assert story.revisions.filter(reason="restore").count() == 1


def test_a_block_that_is_gone_meanwhile_is_said_to_be(make, client, editor):
    story, key = of_four(make, editor)
    page = client.get(history(story, **{"from": key, "to": "now"})).content.decode()
    orders = [button(page, words) for words in ("Take it out again", "Move it back")]
    stories.save(story, by=editor, body=document.document([document.paragraph("Only this.")]))
    for name, block in orders:
        answer = client.post(history(story), {"from": key, "version": story.version, name: block}, follow=True)
        assert "no such block any more" in words(answer)
    for made_up in ({"out": story.body["content"][0]["attrs"]["id"]}, {"place": "x"}, {"block": "x"}, {"out": "\\0"}):
        assert client.post(history(story), {"from": key, "version": "x"} | made_up, follow=True).status_code == 200
    assert story_now(story) == ["Only this."]


def test_editions_are_walked_one_by_one(make, client, editor):
    story = make.live_story("First")
    for headline in ("Second", "Third"):
        stories.save(story, by=None, headline=headline)
        stories.publish(story, by=None)
    page = client.get(history(story, **{"from": "e2", "to": "e3"}))
    assert 'href="?from=e1&amp;to=e2"' in page.content.decode()
    assert "From Edition 1 to Edition 2" in words(page)
    assert "From Edition 2 to Edition 3" in words(client.get(history(story, **{"from": "e1", "to": "e2"})))
    assert "Edition by edition" not in client.get(history(story, **{"from": "e1", "to": "e3"})).content.decode()
