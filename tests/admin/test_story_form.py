"""The writing room as a form: it posts and works without any script, and loses nothing that was typed."""

import json
import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.body import document
from articles.desk import stories
from articles.models import Attachment, Photo, PhotoStatus, Story

ADD = "/admin/articles/story/add/"


def room(story):
    return reverse("admin:articles_story_change", args=[story.pk])


def posted(client, address):
    """What a browser without a script would post from the form at `address`, as lists by name."""
    page = client.get(address)
    assert page.status_code == 200
    form = page.context["form"]
    data = {"csrfmiddlewaretoken": [""], "do": ["save"]}
    many = {"authors", "tags", "related", "siblings", "subheads"}
    for field in form:
        value = field.value()
        if field.name in many:
            data[field.name] = [str(one) for one in value or []]
        elif field.name == "body":
            data["body"] = [field.field.prepare_value(value)] if value else [""]
        else:
            data[field.name] = ["" if value is None else str(value)]
    data["pictures"] = [row.uuid for row in page.context["rows"]]
    for row in page.context["rows"]:
        for field in row:
            value = field.value()
            if value is not False and value is not None:
                data[field.html_name] = [str(value)]
            if field.field.show_hidden_initial and value not in (False, None):
                data[field.html_initial_name] = [str(value)]
    return data


@pytest.fixture
def editor(make, client):
    user = make.editor(first_name="Rana")
    client.force_login(user)
    return user


def test_a_story_begun_by_hand_is_a_draft_with_all_that_was_typed(make, client, editor):
    section, author = make.section(), make.author()
    data = posted(client, ADD) | {
        "headline": "The bridge\nopens",
        "subheads": ["First", "", "Second"],
        "kicker": "Roads",
        "dateline": "Marsana",
        "section": section.pk,
        "authors": [author.pk],
        "tags": ["Bridges"],
        "tags_typed": "River، Steel",
        "body": json.dumps(document.document([document.paragraph("It opens.")])),
    }
    answer = client.post(ADD, data)
    story = Story.objects.get()
    assert answer.url == room(story)
    assert (story.headline, story.subheads, story.section) == ("The bridge opens", ["First", "Second"], section)
    assert story.signed_by() == [author]
    assert [tag.name for tag in story.tags.order_by("story_tags__id")] == ["Bridges", "River", "Steel"]
    assert document.text_of(story.body) == "It opens."
    assert story.started_by == editor


def test_saving_what_is_on_the_screen_unchanged_changes_nothing(make, client, editor):
    photo = make.photo()
    story = make.live_story(pictures=[photo])
    attachment = story.attachments.get()
    body = document.document([document.figure(attachment.uuid), document.quote("So.", "Farid")])
    stories.save(story, by=editor, body=body, related=[make.story("Another", pictures=[])])
    version = story.version
    client.post(room(story), posted(client, room(story)))
    story.refresh_from_db()
    attachment.refresh_from_db()
    assert story.version == version
    assert (attachment.caption, attachment.alt) == ("", "")
    assert photo.captions.count() == 1


def test_the_order_of_authors_and_related_stories_is_the_order_on_the_form(make, client, editor):
    one, two = make.author("Leila Haddow"), make.author("Samir Daher")
    first, second = make.story("First"), make.story("Second")
    story = make.story(authors=[one])
    data = posted(client, room(story)) | {"authors": [two.pk, one.pk], "related": [second.pk, first.pk]}
    client.post(room(story), data)
    assert story.signed_by() == [two, one]
    assert [row.other for row in story.related_from.all()] == [second, first]


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("authors_typed", "Nobody Known", "There is no author “Nobody Known”"),
        ("related_typed", "No such story", "There is no story with the headline"),
        ("headline", "x" * 301, "300"),
        ("body", '{"type": "doc", "content": [{"type": "script"}]}', "is not a kind of block"),
        ("body", '{"type": "doc", "content": [{"type": "figure", "attrs": {}}]}', "no picture in it"),
        ("body", "{broken", "did not arrive whole"),
    ],
)
def test_what_cannot_be_kept_is_said_and_everything_typed_stays(make, client, editor, field, typed, sentence):
    story = make.story()
    data = posted(client, room(story)) | {"kicker": "A new kicker", field: typed}
    page = client.post(room(story), data)
    assert page.status_code == 200
    text = page.content.decode()
    assert sentence in text
    assert 'value="A new kicker"' in text
    assert page.context["form"][field].value() == typed
    story.refresh_from_db()
    assert story.kicker == "Roads"


def test_who_was_quicker_is_named_and_my_words_stay_until_i_decide(make, client, editor):
    story = make.story()
    mine = posted(client, room(story)) | {"headline": "My headline"}
    other = make.editor(username="yusuf")
    stories.save(story, by=other, headline="Their headline")
    page = client.post(room(story), mine)
    text = page.content.decode()
    assert "yusuf saved" in text
    assert ">\nMy headline</textarea>" in text
    assert re.search(r'name="over" value="(\d+)"', text)[1] == str(story.version)
    story.refresh_from_db()
    assert story.headline == "Their headline"
    client.post(room(story), mine | {"over": story.version})
    story.refresh_from_db()
    assert story.headline == "My headline"


def test_saving_over_a_version_one_was_told_of_does_not_bury_a_third(make, client, editor):
    story = make.story()
    mine = posted(client, room(story)) | {"headline": "My headline"}
    stories.save(story, by=make.editor(), headline="Second")
    told = story.version
    stories.save(story, by=make.editor(username="third"), headline="Third")
    page = client.post(room(story), mine | {"over": told})
    assert "third saved" in page.content.decode()
    story.refresh_from_db()
    assert story.headline == "Third"


def test_language_and_address_stay_after_the_first_publication(make, client, editor):
    story = make.live_story()
    data = posted(client, room(story)) | {"language": "ar", "slug": "another", "kicker": "New"}
    client.post(room(story), data)
    story.refresh_from_db()
    assert (story.language, story.slug, story.kicker) == ("en", "the-bridge-opens-on-monday", "New")


def test_who_may_not_change_a_story_reads_it(make, client):
    story = make.story(by=make.reporter())
    client.force_login(make.reporter())
    page = client.get(room(story))
    text = page.content.decode()
    assert page.status_code == 200
    assert "You may read this story, not change it." in text
    assert 'value="save"' not in text
    assert client.post(room(story), {"headline": "Mine now"}).status_code == 403
    story.refresh_from_db()
    assert story.headline == "The bridge opens on Monday"


def test_photo_staff_begin_no_story(make, client):
    client.force_login(make.photo_editor())
    assert client.get(ADD).status_code == 403
    assert client.post(ADD, {"headline": "x"}).status_code == 403


# -- Pictures


def test_words_typed_for_a_new_picture_become_the_librarys_and_later_ones_the_storys_own(make, client, editor):
    photo = make.photo(caption="", alt="")
    story = make.story(pictures=[photo])
    row = f"picture-{story.attachments.get().uuid}"
    client.post(room(story), posted(client, room(story)) | {f"{row}-caption": "At dawn.", f"{row}-alt": "A bridge"})
    attachment = story.attachments.get()
    library = Photo.objects.get(pk=photo.pk).caption_in("en")
    assert (library.text, library.alt, attachment.caption, attachment.alt) == ("At dawn.", "A bridge", "", "")
    client.post(room(story), posted(client, room(story)) | {f"{row}-caption": "At dawn, on Friday."})
    attachment.refresh_from_db()
    library = Photo.objects.get(pk=photo.pk).caption_in("en")
    assert (library.text, attachment.caption, attachment.alt) == ("At dawn.", "At dawn, on Friday.", "")
    client.post(room(story), posted(client, room(story)) | {f"{row}-caption": "At dawn."})
    attachment.refresh_from_db()
    assert attachment.caption == ""


def test_a_library_caption_changed_meanwhile_is_not_frozen_by_a_save(make, client, editor):
    photo = make.photo(caption="Old.")
    story = make.story(pictures=[photo])
    before = posted(client, room(story))
    from_desk = photo.captions.get()
    from_desk.text = "New."
    from_desk.save()
    client.post(room(story), before | {"kicker": "Something else"})
    assert story.attachments.get().shown_words("en").caption == "New."


def test_pictures_are_ordered_given_roles_and_taken_out(make, client, editor):
    photos = [make.photo(), make.photo(), make.photo()]
    story = make.story(pictures=photos)
    first, second, third = [str(row.uuid) for row in story.attachments.all()]
    data = posted(client, room(story)) | {
        f"picture-{first}-place": "3",
        f"picture-{second}-place": "1",
        f"picture-{first}-role": "gallery",
        f"picture-{second}-role": "lead",
        f"picture-{third}-out": "on",
    }
    client.post(room(story), data)
    assert [(str(row.uuid), row.role) for row in story.attachments.all()] == [(second, "lead"), (first, "gallery")]


def test_two_lead_pictures_are_refused_in_words(make, client, editor):
    story = make.story(pictures=[make.photo(), make.photo()])
    second = story.attachments.last().uuid
    page = client.post(room(story), posted(client, room(story)) | {f"picture-{second}-role": "lead"})
    assert "Two pictures are marked as the lead picture" in page.content.decode()


def test_an_alt_text_of_250_characters_is_kept_and_one_more_is_not(make, client, editor):
    story = make.story(pictures=[make.photo(alt="")])
    row = f"picture-{story.attachments.get().uuid}"
    page = client.post(room(story), posted(client, room(story)) | {f"{row}-alt": "x" * 251})
    assert page.status_code == 200
    assert "x" * 251 in page.content.decode()
    client.post(room(story), posted(client, room(story)) | {f"{row}-alt": "x" * 250})
    assert len(story.attachments.get().shown_words("en").alt) == 250


def test_without_a_script_several_files_come_with_the_save_and_a_bad_one_is_named(make, client, editor):
    story = make.story()
    files = [
        SimpleUploadedFile("one.jpg", make.picture_file().read()),
        SimpleUploadedFile("letter.jpg", b"Dear editor"),
        SimpleUploadedFile("two.jpg", make.picture_file().read()),
    ]
    page = client.post(room(story), posted(client, room(story)) | {"files": files}, follow=True)
    assert [row.photo.original_name for row in story.attachments.all()] == ["one.jpg", "two.jpg"]
    assert [row.role for row in story.attachments.all()] == ["lead", "text"]
    assert "letter.jpg" in page.content.decode()


def test_files_sent_with_a_save_that_is_refused_stand_on_the_form(make, client, editor):
    story = make.story()
    file = SimpleUploadedFile("one.jpg", make.picture_file().read())
    page = client.post(room(story), posted(client, room(story)) | {"files": [file], "authors_typed": "Nobody"})
    assert [str(row.picture) for row in page.context["rows"]] == ["one.jpg"]
    assert story.attachments.count() == 0


def test_a_picture_sent_by_the_script_answers_with_its_row(make, client, editor):
    address = reverse("admin:articles_story_pictures")
    file = SimpleUploadedFile("one.jpg", make.picture_file().read())
    answer = client.post(address, {"file": file, "language": "en", "lead": "1"})
    assert answer.status_code == 200
    row = answer.json()
    assert f'value="{row["uuid"]}"' in row["html"]
    refused = client.post(address, {"file": SimpleUploadedFile("letter.txt", b"Dear editor"), "language": "en"})
    assert refused.status_code == 422
    assert "letter.txt" in refused.json()["refused"]
    assert client.post(address, {"photo": str(uuid4())}).status_code == 422
    assert client.get(address).status_code == 405


def test_a_picture_copied_here_goes_by_the_name_the_text_gave_it(make, client, editor):
    address, uuid = reverse("admin:articles_story_pictures"), str(uuid4())
    photo = make.photo()
    said = client.post(address, {"photo": photo.uuid, "language": "en", "uuid": uuid}).json()
    assert said["uuid"] == uuid
    assert f'data-uuid="{uuid}"' in said["html"]
    taken = str(make.story(pictures=[photo]).attachments.get().uuid)
    for other in (taken, "no uuid", ""):
        assert client.post(address, {"photo": photo.uuid, "language": "en", "uuid": other}).json()["uuid"] != other


def test_a_withdrawn_picture_comes_into_no_story(make, client, editor):
    photo = make.photo()
    Photo.objects.filter(pk=photo.pk).update(status=PhotoStatus.WITHDRAWN)
    answer = client.post(reverse("admin:articles_story_pictures"), {"photo": photo.uuid, "language": "en"})
    assert (answer.status_code, answer.json()["refused"]) == (422, "There is no such picture in the library.")


def test_a_picture_of_another_story_is_not_carried_off(make, client, editor):
    other = make.story(pictures=[make.photo()]).attachments.get()
    story = make.story()
    data = posted(client, room(story)) | {
        "pictures": [str(other.uuid)],
        f"picture-{other.uuid}-photo": str(other.photo.uuid),
        f"picture-{other.uuid}-role": "text",
    }
    client.post(room(story), data)
    assert Attachment.objects.get(pk=other.pk).story != story
    assert story.attachments.count() == 0


# -- Siblings


def test_the_arabic_sibling_is_begun_beside_the_story(make, client, editor):
    story = make.story(pictures=[make.photo()])
    answer = client.post(room(story), posted(client, room(story)) | {"do": "begin:ar"})
    sibling = story.siblings().get()
    assert answer.url == room(sibling)
    assert (sibling.language, sibling.headline, sibling.section) == ("ar", "", story.section)
    assert sibling.attachments.get().photo == story.attachments.get().photo
    assert 'dir="rtl"' in client.get(room(sibling)).content.decode()


def test_two_stories_that_exist_are_joined_and_parted(make, client, editor):
    story, arabic = make.story(), make.story(language="ar")
    client.post(room(story), posted(client, room(story)) | {"siblings": [arabic.pk]})
    assert story.siblings().count() == 0  # the instance of before
    story.refresh_from_db()
    assert list(story.siblings()) == [arabic]
    client.post(room(story), posted(client, room(story)) | {"siblings": []})
    assert list(story.siblings()) == []


def test_a_sibling_in_the_same_language_is_refused_in_words(make, client, editor):
    story, other = make.story(), make.story("Another")
    page = client.post(room(story), posted(client, room(story)) | {"siblings": [other.pk], "kicker": "Typed"})
    assert "has a sibling in that language already" in page.content.decode()
    story.refresh_from_db()
    assert story.kicker == "Roads"


# -- Suggestions


@pytest.mark.parametrize(
    ("what", "words", "found"),
    [
        ("authors", "leil", "Leila Haddow"),
        ("tags", "brid", "Bridges"),
        ("stories", "opens", "The bridge opens on Monday"),
    ],
)
def test_typing_finds_what_there_is(make, client, editor, what, words, found):
    make.story()
    results = client.get(reverse(f"admin:articles_story_{what}"), {"q": words, "language": "en"}).json()["results"]
    assert [row["text"] for row in results] == [found]


def test_who_is_called_as_one_types_stands_before_who_has_it_in_the_middle_of_a_name(make, client, editor):
    for name in ("Maya Ostrand", "Karim Rand", "Rana Sabbagh"):
        make.author(name)
    results = client.get(reverse("admin:articles_story_authors"), {"q": "ran", "language": "en"}).json()["results"]
    assert [row["text"] for row in results] == ["Karim Rand", "Rana Sabbagh", "Maya Ostrand"]


def test_a_picture_is_found_in_the_library_by_its_caption(make, client, editor):
    photo = make.photo(caption="The old ferry leaves.")
    make.photo(caption="A market.")
    results = client.get(reverse("admin:articles_story_photos"), {"q": "ferry", "language": "en"}).json()["results"]
    assert [row["id"] for row in results] == [str(photo.uuid)]
    assert client.get(results[0]["thumbnail"]).content.startswith(b"\xff\xd8")


@pytest.mark.parametrize("what", ["authors", "tags", "stories", "photos"])
def test_suggestions_are_for_who_may_see_such_things(make, client, what):
    address = reverse(f"admin:articles_story_{what}")
    assert client.get(address).status_code == 302
    client.force_login(make.person(role=""))
    assert client.get(address).status_code == 403


def test_a_number_no_story_can_have_leads_nowhere(client, editor):
    assert client.get(f"/admin/articles/story/{'9' * 5000}/change/").status_code == 404


def test_what_no_browser_of_ours_posts_is_no_failure(make, client, editor):
    story = make.story(pictures=[make.photo()])
    row = story.attachments.get()
    data = posted(client, room(story)) | {"headline": "As typed"}
    for strange in (
        {"language": "xx"},
        {"version": "9" * 5000},
        {"over": "9" * 5000, "version": "0"},
        {f"picture-{row.uuid}-place": "9" * 5000},
    ):
        answer = client.post(room(story), data | strange)
        assert answer.status_code == 200, strange
        assert "As typed" in answer.content.decode()


def test_duplicating_saves_what_was_typed_and_opens_the_copy(make, client):
    user = make.editor()
    story = make.story("The bridge opens", by=user, pictures=[make.photo()])
    client.force_login(user)
    page = client.get(room(story)).content.decode()
    assert 'value="duplicate"' in page
    answer = client.post(room(story), posted(client, room(story)) | {"headline": ["Typed last"], "do": ["duplicate"]})
    story.refresh_from_db()
    copy = Story.objects.exclude(pk=story.pk).get()
    assert answer["Location"] == room(copy)
    assert story.headline == copy.headline == "Typed last"
    assert copy.attachments.get().uuid != story.attachments.get().uuid


def test_who_may_read_a_story_and_not_change_it_may_begin_from_a_copy_of_it(make, client):
    story = make.story(by=make.editor())
    reporter = make.reporter()
    client.force_login(reporter)
    assert 'value="duplicate"' in client.get(room(story)).content.decode()
    client.post(room(story), {"do": "duplicate"})
    assert Story.objects.exclude(pk=story.pk).get().changeable_by(reporter)
    client.force_login(make.photo_editor())
    assert 'value="duplicate"' not in client.get(room(story)).content.decode()
    client.post(room(story), {"do": "duplicate"})
    assert Story.objects.count() == 2
