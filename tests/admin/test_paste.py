"""Paste a story: text in, pieces to look at, a draft out."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.body import document
from articles.models import Story

PASTE = "/admin/articles/story/paste/"
OURS = Path(__file__).parent.parent / "data" / "quay.txt"
SEEDS = sorted((Path(__file__).parents[3] / "shared" / "seeds").glob("*.txt"))
TEXT = """The bridge opens

It was closed for a year

The bridge opens on Monday, the council says. Buses go first.

What the council says

It cost twelve million, and it is late.

The bridge at noon
"""


@pytest.fixture
def editor(make, client):
    user = make.editor()
    client.force_login(user)
    return user


def pieces(page):
    """The second form as it stands, ready to be posted."""
    found = page.context["pieces"]
    return {
        "pieces": "1",
        "language": page.context["form"]["language"].value(),
        "text": page.context["form"]["text"].value(),
        "kind": [piece["kind"] for piece in found],
        "words": [piece["words"] for piece in found],
        "alt": [piece.get("alt", "") for piece in found],
    }


def recognised(client, text, language="en"):
    page = client.post(PASTE, {"language": language, "text": text})
    assert page.status_code == 200
    return page


def test_a_pasted_text_is_shown_piece_by_piece_and_becomes_a_draft(make, client, editor):
    section = make.section()
    page = recognised(client, TEXT)
    assert [piece["kind"] for piece in page.context["pieces"]] == [
        "headline",
        "subhead",
        "paragraph",
        "crosshead",
        "paragraph",
        "caption",
    ]
    author = make.author()
    answer = client.post(PASTE, pieces(page) | {"section": section.pk, "authors": [author.pk]})
    story = Story.objects.get()
    assert answer.url == f"/admin/articles/story/{story.pk}/change/"
    assert (story.headline, story.subheads, story.section) == (
        "The bridge opens",
        ["It was closed for a year"],
        section,
    )
    assert story.signed_by() == [author]
    assert "The bridge at noon" in story.notes.get().text


@pytest.mark.parametrize("source", SEEDS or [OURS])
def test_a_real_story_goes_through_with_its_two_pictures(make, client, editor, source):
    page = recognised(client, source.read_text(encoding="utf-8"))
    data = pieces(page)
    places = [place for place, kind in enumerate(data["kind"]) if kind == "caption"]
    for place in places:
        data[f"picture-{place}"] = SimpleUploadedFile(f"{place}.jpg", make.picture_file().read())
        data["alt"][place] = f"Picture {place}"
    client.post(PASTE, data)
    story = Story.objects.get()
    shown = [row.shown_words("en") for row in story.attachments.all()]
    assert [words.caption for words in shown] == [data["words"][place] for place in places]
    assert [words.alt for words in shown] == [f"Picture {place}" for place in places]
    assert len(places) == 2


def test_what_was_recognised_can_be_changed(make, client, editor):
    data = pieces(recognised(client, TEXT))
    data["kind"] = ["headline", "out", "paragraph", "paragraph", "crosshead", "subhead"]
    data["words"][0] = "Another headline"
    client.post(PASTE, data)
    story = Story.objects.get()
    assert (story.headline, story.subheads) == ("Another headline", ["The bridge at noon"])
    assert [block["type"] for block in story.body["content"]] == ["paragraph", "paragraph", "crosshead"]
    assert document.text_of(story.body["content"][1]) == "What the council says"


def test_a_text_seen_before_leads_to_its_story(make, client, editor):
    client.post(PASTE, pieces(recognised(client, TEXT)))
    story = Story.objects.get()
    page = client.post(PASTE, {"language": "en", "text": TEXT.replace("\n", "\r\n")})
    assert f'href="/admin/articles/story/{story.pk}/change/"' in page.content.decode()
    assert Story.objects.count() == 1


def test_a_text_file_in_an_old_code_page_is_read(make, client, editor):
    text = "الجسر يُفتح\n\nيُفتح الجسر يوم الاثنين، بحسب المجلس.\n\nوقال المهندس إن العمل انتهى.\n"
    file = SimpleUploadedFile("story.txt", text.encode("cp1256"))
    page = client.post(PASTE, {"language": "ar", "file": file})
    assert page.context["pieces"][0]["words"] == "الجسر يُفتح"
    assert 'dir="rtl"' in page.content.decode()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"text": "  \n "}, "There is no text yet"),
        ({"text": "!!! ???"}, "no text in it"),
        ({"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7 ...")}, "not plain text"),
        ({"text": "x", "language": "xx"}, "xx"),
        ({"text": "A line.\n" * 300_000}, "too long to be kept"),
    ],
)
def test_what_is_no_story_is_refused_in_a_sentence(make, client, editor, given, sentence):
    page = client.post(PASTE, {"language": "en"} | given)
    assert page.status_code == 200
    assert sentence in page.content.decode()


def test_a_picture_that_is_none_keeps_the_pieces_as_they_were_changed(make, client, editor):
    data = pieces(recognised(client, TEXT))
    data["words"][0] = "As I changed it"
    data["picture-5"] = SimpleUploadedFile("letter.jpg", b"Dear editor")
    page = client.post(PASTE, data)
    assert "letter.jpg" in page.content.decode()
    assert page.context["pieces"][0]["words"] == "As I changed it"
    assert Story.objects.count() == 0


def test_a_reporter_signs_with_known_names_only(make, client):
    client.force_login(make.reporter())
    data = pieces(recognised(client, TEXT))
    page = client.post(PASTE, data | {"authors_typed": "Somebody New"})
    assert "There is no author “Somebody New”" in page.content.decode()
    make.author("Leila Haddow")
    client.post(PASTE, data | {"authors_typed": "leila haddow"})
    assert Story.objects.get().signed_by()[0].name_in("en") == "Leila Haddow"


def test_who_may_begin_no_story_pastes_none(make, client):
    client.force_login(make.photo_editor())
    assert client.get(PASTE).status_code == 403


def test_a_language_that_is_none_keeps_the_pieces(make, client, editor):
    data = {"pieces": "1", "language": "xx", "text": "Head", "kind": ["headline"], "words": ["Head"], "alt": [""]}
    answer = client.post(PASTE, data)
    assert answer.status_code == 200
    assert "Head" in answer.content.decode()
