"""The picture library: many files go up at once, and each picture says what it lacks until it lacks nothing."""

import json
from datetime import UTC, datetime

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from articles import tasks
from articles.admin import renditions
from articles.desk import captions
from articles.models import AuditLine, Caption, Photo, Publication, Rights

LIST = "/admin/articles/photo/"
UPLOAD = "/admin/articles/photo/upload/"


def uploaded(make, name="DSC_0001.JPG"):
    return SimpleUploadedFile(name, make.picture_file().read(), "image/jpeg")


def not_a_picture(name="invoice.pdf"):
    return SimpleUploadedFile(name, b"%PDF-1.4 an invoice", "application/pdf")


# -- The wall


def test_a_tile_names_what_is_lacking_and_is_silent_otherwise(client, make, photo_editor):
    make.photo(headline="Whole")
    assert "lacks" not in tiles(client)
    make.photo(caption="", alt="", credit="", rights=Rights.UNKNOWN)
    assert "No caption. No alt text. No credit. Rights not set" in tiles(client)


def test_decorative_pictures_lack_no_alt_text(client, make, photo_editor):
    photo = make.photo(alt="")
    assert "No alt text" in tiles(client)
    captions.caption(photo, "en", by=None, text="A line", decorative=True)
    assert "No alt text" not in tiles(client)


@pytest.mark.parametrize(
    "query", ["needs=caption", "needs=alt", "needs=credit", "needs=rights", "which=mine", "which=unused", "q=lonely"]
)
def test_what_is_lacking_is_found_with_one_click(client, make, photo_editor, query):
    used = make.photo(headline="Whole")
    make.story(pictures=[used])
    make.photo(headline="Lonely", caption="", alt="", credit="", rights=Rights.UNKNOWN, by=photo_editor)
    page = tiles(client, query)
    assert "Lonely" in page
    assert "Whole" not in page


def test_today_begins_when_it_does_in_the_newsroom(client, make, photo_editor):
    with time_machine.travel(datetime(2026, 11, 22, 20, 59, tzinfo=UTC), tick=False):
        make.photo(headline="Of Sunday")
    with time_machine.travel(datetime(2026, 11, 22, 21, 1, tzinfo=UTC), tick=False):  # a minute past in Damascus
        make.photo(headline="Of Monday")
        page = tiles(client, "which=today")
    assert "Of Monday" in page
    assert "Of Sunday" not in page


def test_the_wall_costs_the_same_however_many_pictures(
    client, make, photo_editor, django_assert_max_num_queries, django_assert_num_queries
):
    make.photo()
    client.get(LIST)
    with django_assert_max_num_queries(14) as few:
        client.get(LIST)
    for _place in range(5):
        make.photo()
    with django_assert_num_queries(len(few)):
        client.get(LIST)


def tiles(client, query=""):
    page = client.get(f"{LIST}?{query}").content.decode()
    return page[page.index('<ul class="grid">') : page.index("</photo-upload>")]


# -- Uploading


def test_several_files_go_up_at_once_without_any_script(client, make, photo_editor):
    page = client.post(UPLOAD, {"files": [uploaded(make), uploaded(make)]}, follow=True).content.decode()
    assert Photo.objects.filter(uploaded_by=photo_editor).count() == 2
    assert "2 pictures are in the library." in page


def test_a_refused_file_is_named_and_the_rest_go_on(client, make, photo_editor):
    files = [uploaded(make), not_a_picture(), uploaded(make)]
    page = client.post(UPLOAD, {"files": files}, follow=True).content.decode()
    assert Photo.objects.count() == 2
    assert "“invoice.pdf” is not a picture" in page


def test_a_script_is_told_the_same_as_data(client, make, photo_editor):
    file = make.picture_file().read()

    def send(*files):
        answer = client.post(UPLOAD, {"files": files}, headers={"accept": "application/json"})
        return json.loads(answer.content)

    first = send(SimpleUploadedFile("a.jpg", file), not_a_picture())
    assert [row["name"] for row in first["refused"]] == ["invoice.pdf"]
    assert 'class="tile"' in first["taken"][0]
    assert "No caption" in first["taken"][0]
    again = send(SimpleUploadedFile("b.jpg", file))
    assert again["known"] == ["“a.jpg” is in the library already."]
    assert Photo.objects.count() == 1


def test_a_file_name_cannot_break_out_of_its_tile(client, make, photo_editor):
    page = client.post(
        UPLOAD, {"files": uploaded(make, "<img src=x onerror=a>.jpg")}, headers={"accept": "application/json"}
    )
    assert "<img src=x" not in json.loads(page.content)["taken"][0]


def test_sending_nothing_is_said(client, photo_editor):
    assert "No file was chosen." in client.post(UPLOAD, follow=True).content.decode()


def test_the_way_to_add_one_leads_to_the_upload(client, photo_editor):
    assert client.get(reverse("admin:articles_photo_add")).url == f"{LIST}#upload"


# -- A picture's page


def page_of(client, photo):
    return client.get(reverse("admin:articles_photo_change", args=[photo.pk])).content.decode()


def save(client, photo, **changed):
    """Post the picture's form as it stands, with some of it changed."""
    data = as_it_stands(client, photo)
    return client.post(reverse("admin:articles_photo_change", args=[photo.pk]), data | changed, follow=True)


def as_it_stands(client, photo):
    """What a browser posts of a picture's form that nobody has touched."""
    context = client.get(reverse("admin:articles_photo_change", args=[photo.pk])).context
    with timezone.override(Publication.objects.current().zone):
        data = {field.html_name: field.value() for field in context["form"]}
    data = {name: value for name, value in data.items() if value not in (None, False)}
    moments = {name: value.strftime("%Y-%m-%dT%H:%M") for name, value in data.items() if hasattr(value, "strftime")}
    return data | moments


def test_captions_of_both_languages_are_written_side_by_side(client, make, photo_editor):
    photo = make.photo(caption="", alt="")
    save(client, photo, caption_en="The bridge.", alt_en="A bridge", caption_ar="الجسر.", alt_ar="جسر")
    said = {row.language: (row.text, row.alt, row.by) for row in photo.captions.filter(is_current=True)}
    assert said == {"en": ("The bridge.", "A bridge", photo_editor), "ar": ("الجسر.", "جسر", photo_editor)}


def test_saving_what_was_not_changed_makes_no_version_and_no_line(client, make, photo_editor):
    photo = make.photo()
    lines, versions = AuditLine.objects.count(), Caption.objects.count()
    assert "Nothing was changed" in save(client, photo).content.decode()
    assert (AuditLine.objects.count(), Caption.objects.count()) == (lines, versions)


def test_facts_are_saved_by_the_verb_with_its_line(client, make, photo_editor):
    photo = make.photo()
    save(client, photo, headline="Bridge at noon", rights=Rights.AGENCY)
    photo.refresh_from_db()
    assert (photo.headline, photo.rights) == ("Bridge at noon", Rights.AGENCY)
    line = AuditLine.objects.about(photo).first()
    assert (line.kind, line.by, line.details["changed"]) == ("describe", photo_editor, ["headline", "rights"])


def test_a_new_credit_makes_the_renditions_anew(client, make, photo_editor):
    photo = make.photo()
    save(client, photo, credit="Another")
    assert Photo.objects.get(pk=photo.pk).needs_renditions
    tasks.finish_photo.func(photo.pk)  # the worker
    assert Photo.objects.get(pk=photo.pk).token != photo.token


def test_what_is_refused_is_said_beside_its_field_and_what_was_typed_stays(client, make, photo_editor):
    photo = make.photo(credit="Before")
    page = save(client, photo, credit="After", alt_ar="ج" * 251).content.decode()
    assert "251" in page
    assert "ج" * 251 in page
    assert 'value="After"' in page
    photo.refresh_from_db()
    assert photo.credit == "Before", "a refusal keeps nothing of the save"


def test_a_refused_save_leaves_no_file_behind(client, make, photo_editor, own_media):
    photo = make.photo()
    before = sorted(own_media.rglob("*.jpg"))
    save(client, photo, credit="After", alt_en="x" * 251)
    assert sorted(own_media.rglob("*.jpg")) == before


def test_a_line_that_is_too_long_is_said_with_its_number(client, make, photo_editor):
    photo = make.photo()
    page = save(client, photo, credit="x" * 201).content.decode()
    assert "201" in page
    assert "x" * 201 in page


def test_a_reporter_writes_captions_and_leaves_the_facts(client, make):
    reporter, photo = make.reporter(), make.photo(caption="", alt="", credit="Before")
    client.force_login(reporter)
    save(client, photo, caption_en="The bridge.", credit="Forged")
    photo.refresh_from_db()
    assert photo.caption_in("en").text == "The bridge."
    assert photo.credit == "Before"


def test_it_says_where_the_picture_is_used(client, make, photo_editor):
    photo = make.photo()
    assert "In no story yet." in page_of(client, photo)
    live = make.live_story("Roof holds", pictures=[photo])
    page = page_of(client, photo)
    assert reverse("admin:articles_story_change", args=[live.pk]) in page
    assert "edition 1 is live" in page


def test_it_counts_the_alt_text(client, make, photo_editor):
    assert "8 / 125" in page_of(client, make.photo(alt="A bridge"))


@pytest.mark.parametrize("number", ["0", "999999", "99999999999999999999999", "abc"])
def test_a_picture_that_is_not_there_is_not_found(client, make, photo_editor, number):
    assert client.get(f"{LIST}{number}/change/").status_code == 404


# -- Renditions before they are public


def test_a_rendition_is_served_before_and_after_it_is_public(client, make, photo_editor):
    photo = make.photo()
    address = renditions.address(photo)

    def read():
        answer = client.get(address)
        content = answer.getvalue()
        assert answer["Content-Type"] == "image/jpeg"
        assert answer["X-Robots-Tag"] == "noindex"
        assert answer["Cache-Control"].startswith("private")
        return content

    private = read()
    make.live_story(pictures=[photo])
    assert read() == private


@pytest.mark.parametrize("name", ["321.jpg", "320.png", "..%2F320.jpg", "9999.jpg", "c0.0.1.1-320.jpg", "original"])
def test_a_name_that_no_rendition_has_is_not_found(client, make, photo_editor, name):
    assert client.get(f"/admin/renditions/{make.photo().token}/{name}").status_code == 404


def test_an_unknown_token_is_not_found(client, make, photo_editor):
    assert client.get(f"/admin/renditions/{'0' * 32}/320.jpg").status_code == 404


def test_whoever_may_not_see_pictures_learns_nothing_of_which_there_are(client, make):
    client.force_login(make.person(""))
    known, unknown = f"/admin/renditions/{make.photo().token}/320.jpg", f"/admin/renditions/{'0' * 32}/320.jpg"
    assert client.get(known).status_code == client.get(unknown).status_code == 403
