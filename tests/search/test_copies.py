"""The desk's search: working copies by all their words, as they are at this moment, for those who may see them."""

from uuid import uuid4

import pytest

from articles.body import document
from articles.desk import attachments, captions, stories
from articles.desk import bin as the_bin
from articles.desk.changing import changing
from articles.desk.editing import edit
from articles.models import Story
from articles.search.copies import matching

LIST = "/admin/articles/story/"


def found(text):
    return set(matching(Story.objects.all(), text).values_list("headline", flat=True))


@pytest.mark.parametrize(
    "text",
    [
        "sluices",
        "sluice",
        "slu",
        "SLUICES gates",
        "heron",
        "haddow",
        "leila had",
        "floods",
        "flood",
        "zurna",
        "grey",
        "«hands»",
    ],
)
def test_a_story_is_found_by_its_text_its_captions_its_tags_and_its_people(make, text):
    make.story("Another", tags=[], authors=[])
    make.story(
        "Sluices fail",
        paragraphs=["The gates were turned by hand at Zürna."],
        pictures=[make.photo(caption="A heron.", alt="A grey bird")],
        tags=["Floods"],
        authors=[make.author("Leila Haddow")],
    )
    assert found(text) == {"Sluices fail"}


@pytest.mark.parametrize("text", ["مدينة", "المدينة", "والمدينة", "مَدينَة", "المد", "مدين"])
def test_arabic_stories_are_found_with_the_article_or_without(make, text):
    make.story("أخبار المدينة", language="ar")
    make.story("أخرى", language="ar")
    assert found(text) == {"أخبار المدينة"}


@pytest.mark.parametrize(
    "text", ["", '"', "* NOT (", "😀", "x" * 5000, "a' OR 1=1 --", "\\", "gate " * 500, "%", "AND"]
)
def test_any_string_is_only_a_question(make, text):
    make.story("Sluices fail")
    assert found(text) == set()


def test_it_follows_what_is_typed_pictures_captions_names_and_the_bin(make):
    editor = make.editor()
    story = make.story("Sluices fail", by=editor, tags=[], authors=[])
    block = story.body["content"][0]
    after = document.paragraph("A kingfisher was seen.") | {"attrs": block["attrs"]}
    order = [block["attrs"]["id"]]
    change = {"fields": {}, "blocks": {order[0]: {"from": block, "to": after}}, "order": {"from": order, "to": order}}
    edit(story, change, by=editor, save=uuid4())
    assert found("kingfisher") == {"Sluices fail"}
    photo = make.photo(caption="A heron.")
    attachments.attach(story, photo, by=editor)
    assert found("heron") == {"Sluices fail"}
    captions.caption(photo, "en", by=None, text="An egret.", alt="A bird")
    assert found("heron") == set()
    assert found("egret") == {"Sluices fail"}
    author = make.author("Omar Said")
    stories.save(story, by=editor, authors=[author])
    with changing(author, "change", by=None):
        author.words.update(name="Omar Noor")
    assert found("said") == set()
    assert found("noor") == {"Sluices fail"}
    the_bin.put_in(story, by=editor)
    assert found("egret") == {"Sluices fail"}


def test_the_list_searches_what_one_may_see_and_in_the_bin_what_lies_there(client, make):
    reporter = make.reporter()
    make.story("Sluices fail", by=reporter)
    binned = make.story("Sluices hold", by=reporter)
    the_bin.put_in(binned, by=reporter)
    client.force_login(reporter)
    page = client.get(LIST, {"q": "sluice"}).content.decode()
    assert "Sluices fail" in page
    assert "Sluices hold" not in page
    page = client.get(LIST, {"q": "sluice", "bin": "1"}).content.decode()
    assert "Sluices hold" in page
    assert "Sluices fail" not in page
    mine = client.get(LIST, {"q": "sluice", "whose": "mine"}).content.decode()
    assert "Sluices fail" in mine


def test_who_is_not_of_the_desk_searches_nothing(client, make):
    make.story("Sluices fail")
    answer = client.get(LIST, {"q": "sluice"})
    assert answer.status_code == 302
    nobody = make.person("reporter")
    nobody.groups.clear()
    client.force_login(nobody)
    assert client.get(LIST, {"q": "sluice"}).status_code == 403
