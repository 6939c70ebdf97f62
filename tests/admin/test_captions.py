"""The captions screen: the same words put to many pictures, a table one types in, and the table as a file."""

import json
from itertools import pairwise
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.desk import batches, captions, photos, stories
from articles.models import AuditLine, Batch, Caption, CaptionTemplate, Collection, CollectionPhoto, Photo, Story
from articles.wire import captions_csv

SCREEN = "/admin/articles/photo/captions/"
CELL, PREVIEW, CSV = f"{SCREEN}cell/", f"{SCREEN}preview/", f"{SCREEN}csv/"


@pytest.fixture
def photo_editor(client, make):
    user = make.photo_editor(first_name="Lina", last_name="Aboud")
    client.force_login(user)
    return user


def address(found):
    return f"{SCREEN}?photos={','.join(str(photo.pk) for photo in found)}"


def opened(client, found, more=""):
    answer = client.get(address(found) + more)
    assert answer.status_code == 200
    return answer.content.decode()


def post(client, found, do, ticked=(), chosen=None, **values):
    """Post the template as a plain form does."""
    data = {"do": do, "tick": list(ticked), "photos": [photo.pk for photo in (found if chosen is None else chosen)]}
    data |= {f"value:{name.replace('__', ':')}": value for name, value in values.items()}
    return client.post(address(found), data, follow=True).content.decode()


def send(client, photo, field, was, to):
    body = {"photo": str(photo.pk), "field": field, "from": was, "to": to}
    answer = client.post(CELL, json.dumps(body), content_type="application/json")
    return answer.status_code, json.loads(answer.content)


def said(photo, language="en"):
    row = photo.captions.filter(language=language, is_current=True).first()
    return (row.text, row.alt, row.decorative) if row else None


# -- Which pictures


def test_filters_of_the_wall_lead_to_the_pictures_they_leave(client, make, photo_editor):
    bare, whole = make.photo(caption="", alt=""), make.photo()
    answer = client.get(f"{SCREEN}?needs=caption")
    assert answer.url == f"{SCREEN}?photos={bare.pk}&wall=needs%3Dcaption"
    page = client.get(answer.url).content.decode()
    assert f'data-photo="{bare.pk}"' in page
    assert f'data-photo="{whole.pk}"' not in page
    assert client.get(SCREEN).url == answer.url, "nothing asked: those that lack a caption"


def test_pictures_are_named_by_number_or_by_uuid_in_their_order(client, make, photo_editor):
    one, two, three = make.photo(), make.photo(), make.photo()
    page = client.get(f"{SCREEN}?photos={three.uuid},{one.pk}&photos={two.uuid},{one.pk}").content.decode()
    assert [page.index(f'data-photo="{photo.pk}"') for photo in (three, one, two)] == sorted(
        page.index(f'data-photo="{photo.pk}"') for photo in (three, one, two)
    )
    assert page.count("data-photo=") == 3


def test_a_collection_is_captioned_in_its_own_order(client, make, photo_editor):
    one, two = make.photo(), make.photo()
    held = Collection.objects.create(name="The bridge")
    for order, photo in enumerate((two, one)):
        CollectionPhoto.objects.create(collection=held, photo=photo, order=order)
    assert f"photos={two.pk},{one.pk}" in client.get(f"{SCREEN}?collection={held.uuid}").url


@pytest.mark.parametrize(
    "query", ["photos=,,x,-1,99999999999999999999999", "collection=x", "needs=nothing", "photos=77"]
)
def test_an_address_that_names_no_picture_says_so(client, photo_editor, query):
    answer = client.get(f"{SCREEN}?{query}")
    assert answer.status_code == 200
    assert "No picture is like that." in answer.content.decode()


@pytest.mark.parametrize("number", [50, 200])
def test_the_screen_costs_the_same_however_many_pictures(
    client, make, photo_editor, django_assert_max_num_queries, number
):
    found = many(make, number)
    with django_assert_max_num_queries(14):
        opened(client, found)
    body = {"photos": [str(photo.pk) for photo in found], "ticked": [str(photo.pk) for photo in found]}
    body["values"] = {"caption:en": "{city}, {date:long}.", "credit": "{creator}"}
    with django_assert_max_num_queries(10):
        answer = client.post(PREVIEW, json.dumps(body), content_type="application/json")
    assert len(json.loads(answer.content)["rows"]) == number
    with django_assert_max_num_queries(8):
        assert client.get(f"{CSV}?photos={','.join(body['photos'])}").content.count(b"\r\n") == number + 1


def many(make, number):
    """Photos in bulk, without the desk: rows alone, some with a hidden source."""
    one = make.photo()
    rows = Photo.objects.bulk_create(
        Photo(
            headline=f"Picture {place}",
            city="Marsana",
            format="jpeg",
            size=1,
            width=4,
            height=3,
            digest=f"{place:064}",
            hide_source=place % 2 == 0,
            formats=one.formats,
        )
        for place in range(number)
    )
    Caption.objects.bulk_create(Caption(photo=photo, language="en", text="Words.") for photo in rows[::2])
    return rows


# -- One template for many


def test_ticked_fields_are_written_and_the_others_stay(client, make, photo_editor):
    found = [make.photo(city="Marsana", caption="", alt="", headline=f"Bridge {place}") for place in (1, 2)]
    page = post(client, found, "apply", ["caption:en"], caption__en="{headline}, {city}. {n}", credit="Never")
    assert [said(photo)[0] for photo in found] == ["Bridge 1, Marsana. 1", "Bridge 2, Marsana. 2"]
    assert set(Photo.objects.values_list("credit", flat=True)) == {"Yusuf Tell"}
    assert "2 pictures changed." in page
    assert "Undo the last batch" in page


def test_a_batch_is_undone_whole_with_one_button(client, make, photo_editor):
    found = [make.photo(city="Marsana") for _ in range(3)]
    post(client, found, "apply", ["city", "caption:ar"], city="Tell", caption__ar="الجسر")
    batch = Batch.objects.get()
    page = client.post(address(found), {"do": "undo", "batch": str(batch.uuid)}, follow=True).content.decode()
    assert "3 pictures are as they were before." in page
    assert set(Photo.objects.values_list("city", flat=True)) == {"Marsana"}
    assert said(found[0], "ar")[0] == ""
    assert "Undo the last batch" not in page


def test_what_was_corrected_since_is_named_by_the_undo(client, make, photo_editor):
    found = [make.photo(headline="Corrected"), make.photo()]
    post(client, found, "apply", ["caption:en"], caption__en="The same for all.")
    send(client, found[0], "caption:en", "The same for all.", "Better words.")
    page = client.post(address(found), {"do": "undo", "batch": str(Batch.objects.get().uuid)}, follow=True)
    assert "“Corrected” was changed again since: that stays." in page.content.decode()
    assert said(found[0])[0] == "Better words."


def test_only_ticked_pictures_are_changed(client, make, photo_editor):
    one, other = make.photo(city="Marsana"), make.photo(city="Marsana")
    post(client, [one, other], "apply", ["city"], chosen=[other], city="Tell {n}")
    assert list(Photo.objects.order_by("pk").values_list("city", flat=True)) == ["Marsana", "Tell 2"]


def test_what_is_refused_is_said_and_what_was_typed_stays(client, make, photo_editor):
    found = [make.photo(city="Marsana"), make.photo(city="Marsana")]
    page = post(client, found, "apply", ["alt:en", "city"], alt__en="x" * 251, city="Tell")
    assert "251" in page
    assert "x" * 251 in page
    assert set(Photo.objects.values_list("city", flat=True)) == {"Marsana"}
    assert "No field is ticked" in post(client, found, "apply", [], city="Typed")


def test_what_would_change_is_shown_without_a_script(client, make, photo_editor):
    photo = make.photo(credit="Before", city="")
    page = post(client, [photo], "preview", ["credit", "rights"], credit="Photo: {city}", rights="agency")
    assert "was: Before" in page
    assert "{city} is empty here." in page
    assert "Rights: Agency, was: Staff" in page
    photo.refresh_from_db()
    assert photo.credit == "Before"


def test_a_script_is_shown_the_same(client, make, photo_editor):
    one, other = make.photo(credit="Before", creator="Lina"), make.photo(credit="Photo: Lina", creator="Lina")
    body = {"photos": [str(one.pk), str(other.pk)], "ticked": [str(one.pk), str(other.pk)]}
    body["values"] = {"credit": "Photo: {creator}", "size": "3"}
    answer = json.loads(client.post(PREVIEW, json.dumps(body), content_type="application/json").content)
    assert answer["rows"][str(one.pk)]["cells"] == {"credit": ["Photo: Lina", "Before"]}
    assert answer["rows"][str(other.pk)]["cells"] == {}
    assert (answer["count"], answer["label"]) == (1, "Apply 1 field to 2 pictures")


def test_dates_are_said_in_the_language_of_the_field(client, make, photo_editor):
    photo = make.photo(taken_at="2026-11-20T10:00:00", caption="", alt="")
    post(client, [photo], "apply", ["caption:en", "caption:ar"], caption__en="{date:long}", caption__ar="{date:long}")
    assert "20 November 2026" in said(photo)[0]
    assert "٢٠ تشرين الثاني ٢٠٢٦" in said(photo, "ar")[0]


def test_a_hidden_source_is_never_put_into_words(client, make, photo_editor):
    hidden = make.photo(city="Marsana", headline="Hidden", by=photo_editor)
    photos.describe(hidden, by=photo_editor, hide_source=True)
    other = make.photo(city="Marsana")
    page = post(client, [hidden, other], "apply", ["caption:en"], caption__en="In {city}.")
    assert said(hidden)[0] == "The bridge at noon."
    assert said(other)[0] == "In Marsana."
    assert "“Hidden” is left alone: its source is hidden" in page


def test_templates_are_saved_chosen_and_deleted(client, make, photo_editor):
    found = [make.photo()]
    data = {"do": "save_template", "tick": ["credit"], "value:credit": "Photo: {creator}", "name": "Staff"}
    answer = client.post(address(found), data)
    template = CaptionTemplate.objects.get()
    assert template.fields == {"credit": "Photo: {creator}"}
    page = client.get(answer.url).content.decode()
    assert f'<option value="{template.uuid}" selected>Staff</option>' in page
    assert "Photo: {creator}</textarea>" in page
    client.post(address(found), {"do": "delete_template", "template": str(template.uuid)})
    assert not CaptionTemplate.objects.exists()
    assert AuditLine.objects.filter(kind="delete_template").exists()


def test_anothers_template_is_not_deleted(client, make, photo_editor):
    template = batches.save_template("Hers", {"city": "Tell"}, by=make.photo_editor())
    data = {"do": "delete_template", "template": str(template.uuid)}
    assert "another&#x27;s template" in client.post(address([make.photo()]), data, follow=True).content.decode()
    assert CaptionTemplate.objects.exists()


@pytest.mark.parametrize("data", [{}, {"do": "nothing"}, {"do": "undo", "batch": "x"}, {"do": "undo"}, {"do": "table"}])
def test_a_form_that_came_back_broken_breaks_nothing(client, make, photo_editor, data):
    assert client.post(address([make.photo()]), data, follow=True).status_code == 200


# -- The table


def test_a_cell_is_saved_for_itself(client, make, photo_editor):
    photo = make.photo()
    status, answer = send(client, photo, "caption:en", "The bridge at noon.", " The bridge at one.\r\n")
    assert (status, answer["value"]) == (200, "The bridge at one.")
    assert said(photo) == ("The bridge at one.", "A stone bridge over a brown river", False)


def test_a_cell_sent_twice_counts_once(client, make, photo_editor):
    photo = make.photo()
    for _time in range(2):
        assert send(client, photo, "alt:en", "A stone bridge over a brown river", "A bridge")[0] == 200
    assert photo.captions.filter(language="en").count() == 2


def test_pauses_in_typing_make_no_versions(client, make, photo_editor):
    photo = make.photo(caption="", alt="")
    typed = ["", "The", "The bridge", "The bridge at noon."]
    for was, to in pairwise(typed):
        assert send(client, photo, "caption:en", was, to)[0] == 200
    assert [(row.version, row.text) for row in photo.captions.all()] == [(1, "The bridge at noon.")]
    assert AuditLine.objects.about(photo).filter(kind="caption").count() == 1
    captions.caption(photo, "en", by=None, text="Another's.")
    assert send(client, photo, "caption:en", "Another's.", "Mine again.")[0] == 200
    assert photo.captions.count() == 3, "what a colleague wrote is never written over"


def test_what_a_colleague_wrote_meanwhile_is_shown_and_kept(client, make, photo_editor):
    photo, colleague = make.photo(), make.photo_editor(first_name="Karim", last_name="Zein")
    captions.caption(photo, "en", by=colleague, text="Karim's words.")
    status, answer = send(client, photo, "caption:en", "The bridge at noon.", "Mine.")
    assert (status, answer["code"]) == (409, "changed")
    assert (answer["theirs"], answer["name"]) == ("Karim's words.", "Karim Zein")
    assert said(photo)[0] == "Karim's words."
    assert send(client, photo, "caption:en", "Karim's words.", "Mine.")[0] == 200


def test_alt_text_that_is_too_long_is_refused_in_a_sentence(client, make, photo_editor):
    photo = make.photo(alt="")
    status, answer = send(client, photo, "alt:en", "", "x" * 251)
    assert status == 422
    assert "251" in answer["refused"]


def test_decorative_is_an_explicit_choice_that_words_end(client, make, photo_editor):
    photo = make.photo(alt="")
    assert send(client, photo, "decorative:en", "false", "true")[0] == 200
    assert said(photo)[2] is True
    send(client, photo, "alt:en", "", "A bridge")
    assert said(photo) == ("The bridge at noon.", "A bridge", False)


def test_a_reporter_writes_captions_and_no_facts(client, make):
    photo = make.photo()
    client.force_login(make.reporter())
    assert send(client, photo, "caption:en", "The bridge at noon.", "Mine.")[0] == 200
    assert send(client, photo, "credit", "Yusuf Tell", "Forged")[0] == 403
    assert "value:credit" not in opened(client, [photo])
    assert "No field is ticked" in post(client, [photo], "apply", ["credit"], credit="Forged")


def test_whoever_may_not_write_captions_stays_outside(client, make):
    photo = make.photo()
    client.force_login(make.person(""))
    assert client.get(address([photo])).status_code == 403
    assert client.get(f"{CSV}?photos={photo.pk}").status_code == 403
    assert send(client, photo, "caption:en", "The bridge at noon.", "Mine.")[0] == 403
    assert client.post(PREVIEW, "{}", content_type="application/json").status_code == 403


@pytest.mark.parametrize(
    "body",
    ["", "[]", "{", '{"photo": "1"}', '{"photo": [], "field": {}, "from": 1, "to": null}', '{"field": "caption:en"}'],
)
def test_a_door_answers_what_is_broken_with_a_sentence(client, make, photo_editor, body):
    for door in (CELL, PREVIEW):
        answer = client.post(door, body, content_type="application/json")
        assert answer.status_code in (200, 403, 404, 422)
        json.loads(answer.content)


def test_the_table_is_saved_without_a_script_too(client, make, photo_editor):
    one, other = make.photo(), make.photo()
    page = client.get(address([one, other]))
    shown = page.context["shown_values"]
    captions.caption(other, "en", by=None, text="Another's.", alt="A")
    data = {"do": "table", "shown": shown}
    data |= {f"cell:{photo.pk}:caption:en": "Typed here." for photo in (one, other)}
    page = client.post(address([one, other]), data, follow=True).content.decode()
    assert said(one)[0] == "Typed here."
    assert said(other)[0] == "Another&#x27;s.".replace("&#x27;", "'")
    assert "It says now: Another&#x27;s." in page
    assert page.count("Typed here.</textarea>") == 2


def test_a_hidden_source_is_shown_to_nobody_else(client, make, photo_editor):
    hidden = make.photo(city="Secretville", creator="Nobody Known", by=make.photo_editor())
    photos.describe(hidden, by=None, hide_source=True)
    page = opened(client, [hidden], "&columns=city&columns=creator")
    assert "Secretville" not in page
    assert "Nobody Known" not in page
    assert "The source is hidden" in page
    assert send(client, hidden, "city", "", "Forged")[0] == 403
    body = {"photos": [str(hidden.pk)], "ticked": [str(hidden.pk)], "values": {"caption:en": "{city} {creator}"}}
    answer = client.post(PREVIEW, json.dumps(body), content_type="application/json").content.decode()
    assert "Secretville" not in answer
    out = client.get(f"{CSV}?photos={hidden.pk}").content.decode()
    assert "Secretville" not in out
    assert "Nobody Known" not in out
    assert hidden.original_name not in out


# -- The table as a file


def rows_out(client, found):
    content = client.get(f"{CSV}?photos={','.join(str(photo.pk) for photo in found)}").content
    return captions_csv.read(content, ["en", "ar"]).rows


def upload(client, found, content, name="captions.csv"):
    data = {"do": "read_csv", "file": SimpleUploadedFile(name, content, "text/csv")}
    return client.post(address(found), data)


def test_a_file_taken_out_and_brought_back_changes_nothing(client, make, photo_editor):
    found = [make.photo(keywords=["bridge", "river"], city="=Marsana"), make.photo(language="ar")]
    content = client.get(f"{CSV}?photos={','.join(str(photo.pk) for photo in found)}").content
    assert "nothing would change" in upload(client, found, content).content.decode()


def test_a_changed_file_shows_what_it_would_change_and_then_does(client, make, photo_editor):
    found = [make.photo(), make.photo()]
    rows = rows_out(client, found)
    rows[0].values |= {"caption_en": "From the file.", "decorative_ar": "yes"}
    rows.append(captions_csv.Row("00000000-0000-4000-8000-000000000000", "", {"caption_en": "x"}))
    answer = upload(client, found, captions_csv.write(rows, ["en", "ar"]))
    page = answer.content.decode()
    assert "<del>The bridge at noon.</del>" in page
    assert "<ins>From the file.</ins>" in page
    assert "there is no picture “00000000-0000-4000-8000-000000000000” here" in page
    assert said(found[0])[0] == "The bridge at noon.", "nothing is written before it is seen"
    done = client.post(address(found), {"do": "put_csv", "changes": answer.context["payload"]}, follow=True)
    assert "1 picture changed." in done.content.decode()
    assert said(found[0])[0] == "From the file."
    assert said(found[0], "ar")[2] is True
    client.post(address(found), {"do": "undo", "batch": str(Batch.objects.get().uuid)})
    assert said(found[0])[0] == "The bridge at noon."


def test_what_was_changed_since_the_preview_of_a_file_stays(client, make, photo_editor):
    photo = make.photo(headline="Bridge")
    rows = rows_out(client, [photo])
    rows[0].values["caption_en"] = "From the file."
    payload = upload(client, [photo], captions_csv.write(rows, ["en", "ar"])).context["payload"]
    captions.caption(photo, "en", by=None, text="Meanwhile.")
    page = client.post(address([photo]), {"do": "put_csv", "changes": payload}, follow=True).content.decode()
    assert "“Bridge” was changed meanwhile" in page
    assert said(photo)[0] == "Meanwhile."


def test_a_file_brings_no_facts_in_for_who_may_not_write_them(client, make):
    photo = make.photo(credit="Before")
    client.force_login(make.reporter())
    rows = rows_out(client, [photo])
    rows[0].values |= {"credit": "Forged", "caption_en": "Mine."}
    page = upload(client, [photo], captions_csv.write(rows, ["en", "ar"])).content.decode()
    assert "Forged" not in page
    assert "you may not change them: credit" in page
    payload = json.dumps({str(photo.pk): {"credit": ["Before", "Forged"]}})
    client.post(address([photo]), {"do": "put_csv", "changes": payload})
    photo.refresh_from_db()
    assert photo.credit == "Before"


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"nothing,here\r\n1,2", b"\xff\xfe", b"photo\r\nx"])
def test_a_file_that_is_no_table_is_refused_in_a_sentence(client, make, photo_editor, content):
    assert upload(client, [make.photo()], content).status_code == 200


@pytest.mark.parametrize("payload", ["", "[]", "{", "null", '{"x": 1}', '{"1": {"credit": "ab"}}', '{"1": {"a": [1]}}'])
def test_a_broken_confirmation_writes_nothing(client, make, photo_editor, payload):
    photo = make.photo(credit="Before")
    answer = client.post(address([photo]), {"do": "put_csv", "changes": payload}, follow=True)
    assert answer.status_code == 200
    photo.refresh_from_db()
    assert photo.credit == "Before"


# -- Stories that show older words

OLDER = f"{SCREEN}stories/"


def older(client, photo):
    return client.get(f"{OLDER}?photos={photo.pk}").content.decode()


def decide(client, photo, story, do):
    return client.post(f"{OLDER}?photos={photo.pk}", {"story": story.pk, "do": do}, follow=True).content.decode()


def shown_words(story):
    row = Story.objects.get(pk=story.pk).live_edition.edition_photos.get()
    return row.caption


def test_live_stories_that_show_the_old_caption_are_listed_and_published_anew(client, make):
    photo = make.photo()
    story, own = make.live_story("Bridge opens", pictures=[photo]), make.photo()
    client.force_login(make.publisher())
    assert "Bridge opens" not in older(client, photo)
    captions.caption(photo, "en", by=None, text="The bridge at dusk.", alt="A stone bridge over a brown river")
    assert "1 live story shows older words" in opened(client, [photo, own])
    assert "<ins>The bridge at dusk.</ins>" in older(client, photo)
    assert "published anew, as edition 2" in decide(client, photo, story, "publish")
    assert shown_words(story) == "The bridge at dusk."
    assert "Every live story shows the words" in older(client, photo)


def test_a_story_may_keep_the_old_words_for_good(client, make):
    photo = make.photo()
    story = make.live_story("Bridge opens", pictures=[photo])
    client.force_login(make.publisher())
    captions.caption(photo, "en", by=None, text="The bridge at dusk.", alt="A stone bridge over a brown river")
    assert "keeps its words" in decide(client, photo, story, "keep")
    story.refresh_from_db()
    assert story.status == "published", "readers see what the copy says"
    assert story.attachments.get().caption == "The bridge at noon."
    assert "Bridge opens" not in older(client, photo)
    assert shown_words(story) == "The bridge at noon."


def test_a_story_with_words_of_its_own_is_not_listed(client, make, photo_editor):
    photo = make.photo()
    attachment = {
        "uuid": uuid4(),
        "photo": photo,
        "role": "lead",
        "caption": "Its own.",
        "alt": "Own",
        "decorative": False,
    }
    make.live_story("Bridge opens", attachments=[attachment])
    captions.caption(photo, "en", by=None, text="The bridge at dusk.", alt="A bridge")
    assert "Bridge opens" not in older(client, photo)


def test_changes_that_are_not_published_are_never_published_along(client, make):
    photo = make.photo()
    story = make.live_story("Bridge opens", pictures=[photo])
    stories.save(story, by=None, kicker="Half done")
    captions.caption(photo, "en", by=None, text="The bridge at dusk.", alt="A bridge")
    client.force_login(make.publisher())
    assert "takes the new words along" in older(client, photo)
    for do in ("publish", "keep"):
        assert "has changes that are not published" in decide(client, photo, story, do)
    assert shown_words(story) == "The bridge at noon."


def test_who_may_not_publish_publishes_nothing_anew(client, make, photo_editor):
    photo = make.photo()
    story = make.live_story("Bridge opens", pictures=[photo])
    captions.caption(photo, "en", by=None, text="The bridge at dusk.", alt="A bridge")
    assert "Publish anew with the new words" not in older(client, photo)
    assert "You may not publish" in decide(client, photo, story, "publish")
    assert "You may not change" in decide(client, photo, story, "keep")


def test_a_file_of_captions_does_not_tell_what_the_file_of_a_hidden_source_is_called(make, client, photo_editor):
    """A row that is matched by the file's name would say that the guess was right."""
    photo = make.photo(by=make.photo_editor())
    photos.describe(photo, by=make.publisher(), hide_source=True)
    rows = [captions_csv.Row("", photo.original_name, {"caption_en": "A guess"})]
    answer = upload(client, [photo], captions_csv.write(rows, ["en", "ar"]))
    assert not answer.context["changes"]
    assert any("there is no picture" in sentence for sentence in answer.context["sentences"])
