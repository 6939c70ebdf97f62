"""The door of uploads: JSON and raw pieces, for who may add pictures, and every refusal a sentence with its status."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from articles.desk import uploads
from articles.models import Photo, Upload

BEGIN = "/admin/articles/photo/uploads/"


@pytest.fixture
def photographer(client, make):
    user = make.photo_editor()
    client.force_login(user)
    return user


def post(client, address, given, **headers):
    return client.post(address, given, content_type="application/json", headers=headers)


def begin(client, content, uuid=None, name="DSC_0001.JPG"):
    return post(client, BEGIN, {"upload": str(uuid or uuid4()), "name": name, "size": len(content)})


def put(client, uuid, offset, piece):
    return client.post(
        f"{BEGIN}{uuid}/piece/",
        piece,
        content_type="application/octet-stream",
        headers={"Upload-Offset": str(offset)},
    )


def sent(client, content, name="DSC_0001.JPG"):
    uuid = begin(client, content, name=name).json()["upload"]
    assert put(client, uuid, 0, content).json()["offset"] == len(content)
    return uuid


def test_a_picture_goes_up_in_pieces_and_becomes_a_tile(client, make, photographer):
    content = make.picture_file().read()
    begun = begin(client, content)
    uuid = begun.json()["upload"]
    assert begun.json() | {"upload": ""} == {
        "upload": "",
        "offset": 0,
        "size": len(content),
        "piece": 2_000_000,
        "finished": False,
    }
    half = len(content) // 2
    assert put(client, uuid, 0, content[:half]).json()["offset"] == half
    assert client.get(f"{BEGIN}{uuid}/").json()["offset"] == half
    assert put(client, uuid, half, content[half:]).json()["offset"] == len(content)
    answer = post(client, f"{BEGIN}{uuid}/finish/", {}).json()
    photo = Photo.objects.get()
    assert f"/admin/articles/photo/{photo.pk}/change/" in answer["html"]
    assert answer["known"] == ""
    assert post(client, f"{BEGIN}{uuid}/finish/", {}).json() == answer


def test_for_a_story_it_becomes_a_row_that_goes_by_the_uploads_name(client, make, photographer):
    uuid = sent(client, make.picture_file().read())
    for lead, role in ((True, "lead"), (False, "text")):
        html = post(client, f"{BEGIN}{uuid}/finish/", {"language": "ar", "lead": lead}).json()["html"]
        assert f'data-uuid="{uuid}"' in html
        assert f'<option value="{role}" selected' in html


def test_a_file_that_is_here_already_is_said(client, make, photographer):
    content = make.picture_file().read()
    post(client, f"{BEGIN}{sent(client, content)}/finish/", {})
    said = post(client, f"{BEGIN}{sent(client, content)}/finish/", {}).json()["known"]
    assert said == "“DSC_0001.JPG” is in the library already."


def test_a_wrong_place_is_answered_with_the_right_one(client, photographer):
    uuid = begin(client, b"0123456789").json()["upload"]
    put(client, uuid, 0, b"0123")
    for offset in (0, 3, 9):
        answer = put(client, uuid, offset, b"0")
        assert (answer.status_code, answer.json()["code"], answer.json()["offset"]) == (409, "offset", 4)
    answer = post(client, f"{BEGIN}{uuid}/finish/", {})
    assert (answer.status_code, answer.json()["offset"]) == (409, 4)


def test_what_is_no_picture_is_refused_by_name(client, photographer):
    uuid = sent(client, b"%PDF-1.4 an invoice", name="invoice.pdf")
    answer = post(client, f"{BEGIN}{uuid}/finish/", {})
    assert answer.status_code == 422
    assert "invoice.pdf" in answer.json()["refused"]


def test_it_is_let_go(client, photographer):
    uuid = begin(client, b"0123456789").json()["upload"]
    assert post(client, f"{BEGIN}{uuid}/let-go/", {}).status_code == 200
    assert client.get(f"{BEGIN}{uuid}/").status_code == 404


def test_no_disk_is_an_answer_and_no_error_page(client, photographer, own_media):
    uuid = begin(client, b"0123456789").json()["upload"]
    own_media.mkdir(exist_ok=True)
    (own_media / "uploads").write_text("a file where the folder should be")
    answer = put(client, uuid, 0, b"0123")
    assert (answer.status_code, answer.json()["code"]) == (507, "no_room")
    assert "What has arrived is kept" in answer.json()["refused"]


@pytest.mark.parametrize(
    "given",
    [
        {"upload": "no-uuid", "name": "a.jpg", "size": 1},
        {"upload": 7, "name": "a.jpg", "size": 1},
        {"name": "a.jpg", "size": 1},
        {"upload": str(uuid4()), "name": None, "size": 1},
        {"upload": str(uuid4()), "name": "a.jpg", "size": "1"},
        {"upload": str(uuid4()), "name": "a.jpg", "size": True},
        {"upload": str(uuid4()), "name": "a.jpg", "size": -1},
        {"upload": str(uuid4()), "name": "a.jpg", "size": 10**30},
        {"upload": str(uuid4()), "name": "a.jpg", "size": 1.5},
        [],
        "x",
    ],
)
def test_a_beginning_that_is_none_is_refused_in_a_sentence(client, photographer, given):
    answer = post(client, BEGIN, given)
    assert answer.status_code == 422
    assert answer.json()["refused"]
    assert Upload.objects.count() == 0


@pytest.mark.parametrize("name", ["../../x.jpg", "a\x00b.jpg", "\ud800.jpg", "x\u202egpj.exe", "", "x" * 9000])
def test_no_name_does_harm(client, make, photographer, name):
    content = make.picture_file().read()
    uuid = sent(client, content, name=name)
    answer = post(client, f"{BEGIN}{uuid}/finish/", {"language": "en"})
    assert answer.status_code == 200
    kept = Photo.objects.get().original_name
    assert not set(kept) & set("/\\\x00\u202e\ud800")


@pytest.mark.parametrize("offset", ["", "-1", "x", "٣", "1" * 30, "1.5"])
def test_an_offset_that_is_none_is_refused(client, photographer, offset):
    uuid = begin(client, b"0123456789").json()["upload"]
    assert put(client, uuid, offset, b"0123").status_code == 422


def test_a_piece_that_is_too_large_is_refused_unread(client, photographer):
    content = b"x" * (uploads.MOST_PIECE_BYTES + 1)
    uuid = begin(client, content).json()["upload"]
    assert put(client, uuid, 0, content).status_code == 413
    assert Upload.objects.get().received == 0


def test_a_language_the_outlet_has_not_is_refused(client, make, photographer):
    uuid = sent(client, make.picture_file().read())
    for language in ("xx", 7, ["en"], {}):
        assert post(client, f"{BEGIN}{uuid}/finish/", {"language": language}).status_code == 422


def test_nobody_else_comes_in(client, make, photographer):
    uuid = begin(client, b"0123456789").json()["upload"]
    doors = [BEGIN, *(f"{BEGIN}{uuid}/{name}/" for name in ("piece", "finish", "let-go"))]
    for who, status in ((None, {401}), (make.person(""), {403, 404}), (make.editor(is_staff=False), {403})):
        other = Client()
        if who:
            other.force_login(who)
        for address in doors:
            given = {"upload": str(uuid4()), "name": "a.jpg", "size": 1}
            assert post(other, address, given, **{"Upload-Offset": "0"}).status_code in status, address
        assert other.get(f"{BEGIN}{uuid}/").status_code in status
    guarded = Client(enforce_csrf_checks=True)
    guarded.force_login(photographer)
    for address in doors:
        answer = post(guarded, address, {}, **{"Upload-Offset": "0"})
        assert (answer.status_code, answer.json()["code"]) == (403, "csrf")
    assert client.get(BEGIN).status_code == 405
    assert Upload.objects.get().received == 0


@pytest.mark.django_db(transaction=True)
def test_the_same_pieces_sent_by_two_at_once_make_one_whole_file(make, own_media):
    user, content = make.photo_editor(), make.picture_file(1200, 900).read()
    step = len(content) // 7
    uuid = uuid4()

    def send(_number):
        browser = Client()
        browser.force_login(user)
        try:
            at = begin(browser, content, uuid).json()["offset"]
            while at < len(content):
                at = put(browser, uuid, at, content[at : at + step]).json()["offset"]
            return post(browser, f"{BEGIN}{uuid}/finish/", {}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(send, range(3))) == [200, 200, 200]
    with Photo.objects.get().original.open() as original:
        assert original.read() == content
    assert not list((own_media / "uploads").glob("*"))
