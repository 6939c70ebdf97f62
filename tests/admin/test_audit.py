"""The audit log's screens: words for people, whatever the line."""

import ast
from pathlib import Path

import pytest
from django.urls import reverse

import articles
from articles.admin.deeds import DEEDS, DOORS
from articles.desk import photos, sharing, stories
from articles.models import AuditLine

FILES = [path for path in Path(articles.__file__).parent.rglob("*.py") if "migrations" not in path.parts]


def said(argument):
    """The words that stand for an argument of a call: itself, or either side of a choice."""
    return {node.value for node in ast.walk(argument) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def calls():
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
                yield getattr(node.func, "id", getattr(node.func, "attr", "")), node


def test_every_deed_the_desk_knows_has_words():
    kinds = set()
    for name, node in calls():
        if name == "changing" and len(node.args) > 1:
            kinds |= said(node.args[1])
    assert kinds
    assert kinds <= set(DEEDS)


def test_every_door_without_a_person_has_a_name():
    doors = {
        keyword.value.value
        for _name, node in calls()
        for keyword in node.keywords
        if keyword.arg == "door" and isinstance(keyword.value, ast.Constant)
    }
    assert doors <= set(DOORS)


@pytest.fixture
def log(client, make):
    client.force_login(make.publisher())
    return lambda **asked: client.get(reverse("admin:articles_auditline_changelist"), asked).content.decode()


def test_the_log_is_read_in_words_and_leads_to_what_it_is_about(log, make):
    story = make.story("The bridge is shut", by=make.editor(username="yusuf"))
    stories.save(story, by=make.editor(username="dima"), kicker="Roads again")
    page = log()
    assert reverse("admin:articles_story_change", args=[story.pk]) in page
    for words in ("The bridge is shut", "began", "saved", "yusuf", "Kicker"):
        assert words.casefold() in page.casefold(), words
    assert str(story.uuid) not in page


def test_an_opened_link_names_its_story(log, make):
    story = make.story("Not out yet")
    link, _token = sharing.make(story, by=make.editor())
    sharing.opened(link)
    page = log(q="open")
    assert "somebody with the link" in page
    assert "Not out yet" in page


def test_what_is_gone_is_named_by_its_kind(log, make):
    photo = make.photo()
    photos.delete(photo, by=make.administrator())
    assert "deleted for good" in log()


def test_the_log_of_a_hundred_things_costs_few_queries(log, make, django_assert_max_num_queries):
    for _number in range(12):
        make.story()
    with django_assert_max_num_queries(20):
        log()


def test_a_deleted_picture_whose_source_was_hidden_leaves_no_file_name_in_the_log(make):
    photo = make.photo(by=make.photo_editor())
    photos.describe(photo, by=make.administrator(), hide_source=True)
    uuid = photo.uuid
    photos.delete(photo, by=make.administrator())
    line = AuditLine.objects.get(what_uuid=uuid, kind="delete")
    assert photo.original_name not in str(line.details)


def test_what_stands_at_the_end_of_a_story_is_named_in_arabic_too(client, make, settings):
    story, other = make.story(), make.story("Another")
    stories.save(story, by=None, related=[other])
    client.force_login(make.publisher())
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ar"
    page = client.get(reverse("admin:articles_auditline_changelist")).content.decode()
    assert "موادّ ذات صلة" in page
    assert ">related<" not in page


def test_the_publications_form_writes_a_line_that_its_page_leads_to(client, make):
    row, person = make.publication(), make.administrator(username="noor")
    client.force_login(person)
    address = reverse("admin:articles_publication_change", args=[1])
    form = client.get(address).context_data["adminform"].form
    posted = {name: form[name].value() or "" for name in form.fields} | {"place": "Wadi Saf"}
    assert client.post(address, posted).status_code == 302
    line = AuditLine.objects.about(row).get()
    assert (line.kind, line.by, line.details) == ("change", person, {"changed": ["place"]})
    history = f"{reverse('admin:articles_auditline_changelist')}?q={row.uuid}"
    assert history in client.get(address).content.decode()
    page = client.get(history).content.decode()
    assert "noor" in page
    assert "place" in page.casefold()


def test_a_thing_without_lines_of_its_own_and_a_reader_of_none_see_no_history(client, make):
    section = make.section()
    client.force_login(make.editor())
    assert "historylink" not in client.get(reverse("admin:articles_section_change", args=[section.pk])).content.decode()
    person = make.administrator()
    client.force_login(person)
    assert "historylink" in client.get(reverse("admin:articles_section_change", args=[section.pk])).content.decode()
    assert "historylink" not in client.get(reverse("admin:auth_user_change", args=[person.pk])).content.decode()
