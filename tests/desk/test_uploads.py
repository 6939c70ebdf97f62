"""Uploads: a picture comes in pieces, over a line that drops, and is whole or is not taken."""

import errno
import os
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.desk import uploads
from articles.desk.errors import NotAllowed, Refused
from articles.imaging import intake
from articles.models import AuditLine, Photo, Upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def photographer(make):
    return make.photo_editor()


def begun(by, content, name="DSC_0001.JPG"):
    return uploads.begin(uuid4(), name=name, size=len(content), by=by)


def sent(by, content, step=1000, name="DSC_0001.JPG"):
    """An upload all of whose pieces have arrived."""
    upload = begun(by, content, name)
    for at in range(0, len(content), step):
        uploads.receive(upload.uuid, at, content[at : at + step], by=by)
    return upload


def stored(upload):
    """The original in the library, as it lies there."""
    with Photo.objects.get(pk=upload.photo_id).original.open() as original:
        return original.read()


def parts(own_media):
    return list((own_media / "uploads").glob("*"))


def test_a_picture_that_came_in_pieces_is_in_the_library(make, photographer, own_media):
    content = make.picture_file().read()
    upload = uploads.finish(sent(photographer, content).uuid, by=photographer)
    assert stored(upload) == content
    assert (upload.photo.original_name, upload.photo.uploaded_by) == ("DSC_0001.JPG", photographer)
    assert not upload.was_known
    assert parts(own_media) == [], "nothing of it stays on the way"


def test_finishing_twice_gives_the_first_answer(make, photographer):
    upload = sent(photographer, make.picture_file().read())
    first = uploads.finish(upload.uuid, by=photographer)
    lines = AuditLine.objects.count()
    again = uploads.finish(upload.uuid, by=photographer)
    assert (again.photo, again.was_known) == (first.photo, False)
    assert (Photo.objects.count(), AuditLine.objects.count()) == (1, lines)


def test_the_same_file_again_is_the_picture_that_is_here(make, photographer):
    content = make.picture_file().read()
    first = uploads.finish(sent(photographer, content).uuid, by=photographer)
    again = uploads.finish(sent(photographer, content).uuid, by=photographer)
    assert (again.photo, again.was_known) == (first.photo, True)


def test_what_is_no_picture_is_refused_with_its_sentence_each_time(photographer, own_media):
    upload = sent(photographer, b"%PDF-1.4 an invoice", name="invoice.pdf")
    for _time in range(2):
        finished = uploads.finish(upload.uuid, by=photographer)
        assert finished.photo is None
        assert "invoice.pdf" in finished.refused
        assert "PDF" in finished.refused
    assert parts(own_media) == []


def test_a_piece_sent_twice_counts_once_and_a_wrong_place_is_told_the_right_one(photographer):
    upload = begun(photographer, b"0123456789")
    uploads.receive(upload.uuid, 0, b"0123", by=photographer)
    for offset, piece in ((0, b"0123"), (2, b"23"), (7, b"789")):
        with pytest.raises(uploads.OutOfPlace) as told:
            uploads.receive(upload.uuid, offset, piece, by=photographer)
        assert told.value.offset == 4
    with pytest.raises(uploads.OutOfPlace) as told:
        uploads.finish(upload.uuid, by=photographer)
    assert told.value.offset == 4
    assert Upload.objects.get().finished_at is None


def test_begun_again_it_goes_on_from_where_it_stands(photographer):
    upload = begun(photographer, b"0123456789")
    uploads.receive(upload.uuid, 0, b"0123", by=photographer)
    again = uploads.begin(upload.uuid, name="other.jpg", size=10, by=photographer)
    assert (again.received, Upload.objects.count()) == (4, 1)


def test_more_bytes_than_were_said_are_refused(photographer, own_media):
    upload = begun(photographer, b"0123456789")
    for piece in (b"01234567890", b""):
        with pytest.raises(Refused, match="as long as was said"):
            uploads.receive(upload.uuid, 0, piece, by=photographer)
    assert Upload.objects.get().received == 0


def test_a_file_over_the_limit_is_refused_before_its_first_byte(photographer, settings):
    settings.PICTURE_BYTES = 1_000_000
    with pytest.raises(intake.TooManyBytes, match=r"“huge\.jpg” has 1\.1 MB"):
        uploads.begin(uuid4(), name="../huge.jpg", size=1_000_001, by=photographer)
    with pytest.raises(Refused, match="empty"):
        uploads.begin(uuid4(), name="none.jpg", size=0, by=photographer)
    assert Upload.objects.count() == 0


def test_one_person_has_only_so_much_on_the_way(make, photographer, settings, monkeypatch):
    settings.UPLOADS_BYTES = 100
    begun(photographer, b"x" * 60)
    with pytest.raises(Refused, match=r"“DSC_0001\.JPG” when they have arrived"):
        begun(photographer, b"x" * 41)
    begun(make.photo_editor(), b"x" * 41)
    settings.UPLOADS_BYTES = 1000
    monkeypatch.setattr(uploads, "MOST_AT_ONCE", 1)
    with pytest.raises(Refused, match="as may be at once"):
        begun(photographer, b"x")


def test_an_upload_is_its_owners_alone(make, photographer):
    upload, other = begun(photographer, b"0123456789"), make.editor()
    with pytest.raises(uploads.Gone):
        uploads.receive(upload.uuid, 0, b"0123", by=other)
    with pytest.raises(uploads.Gone):
        uploads.finish(upload.uuid, by=other)
    with pytest.raises(uploads.Gone):
        uploads.let_go(upload.uuid, by=other)
    with pytest.raises(Refused, match="a name that is taken"):
        uploads.begin(upload.uuid, name="mine.jpg", size=10, by=other)
    assert Upload.objects.get().received == 0


def test_who_may_not_upload_begins_none_and_goes_on_with_none(make, photographer):
    with pytest.raises(NotAllowed):
        begun(make.person(""), b"0123")
    upload = begun(photographer, b"0123456789")
    photographer.groups.clear()
    photographer = type(photographer).objects.get(pk=photographer.pk)
    with pytest.raises(NotAllowed):
        uploads.receive(upload.uuid, 0, b"0123", by=photographer)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Pictures\\DSC 1.JPG", "DSC 1.JPG"),
        ("a\x00b\u202egpj.exe", "abgpj.exe"),
        ("جسر.jpg", "جسر.jpg"),
        ("\ud800", "?"),
        ("x" * 400, "x" * 255),
    ],
)
def test_a_name_is_only_shown_and_never_trusted(photographer, own_media, name, kept):
    upload = begun(photographer, b"0123456789", name)
    uploads.receive(upload.uuid, 0, b"0123", by=photographer)
    assert Upload.objects.get().name == kept
    assert [path.name for path in parts(own_media)] == [f"{upload.uuid}.part"]


def test_a_full_disk_loses_nothing_and_the_upload_goes_on_when_there_is_room(make, photographer, monkeypatch):
    content = make.picture_file().read()
    upload, half = begun(photographer, content), len(content) // 2
    uploads.receive(upload.uuid, 0, content[:half], by=photographer)
    room, real = [10], os.pwrite

    def no_room(file, piece, at):
        if not room:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(file, piece[: room.pop()], at)

    with monkeypatch.context() as patched:
        patched.setattr(os, "pwrite", no_room)
        with pytest.raises(uploads.NoRoom):
            uploads.receive(upload.uuid, half, content[half:], by=photographer)
    assert uploads.find(upload.uuid, by=photographer).received == half
    uploads.receive(upload.uuid, half, content[half:], by=photographer)
    assert stored(uploads.finish(upload.uuid, by=photographer)) == content


def test_a_file_that_was_lost_on_the_server_is_sent_again(make, photographer, own_media):
    content = make.picture_file().read()
    upload = sent(photographer, content)
    (own_media / "uploads" / f"{upload.uuid}.part").unlink()
    with pytest.raises(uploads.OutOfPlace) as told:
        uploads.finish(upload.uuid, by=photographer)
    assert told.value.offset == 0
    uploads.receive(upload.uuid, 0, content, by=photographer)
    assert stored(uploads.finish(upload.uuid, by=photographer)) == content


def test_letting_go_leaves_neither_row_nor_file(photographer, own_media):
    upload = sent(photographer, b"0123456789")
    uploads.let_go(upload.uuid, by=photographer)
    assert (Upload.objects.count(), parts(own_media)) == (0, [])


def test_what_nobody_goes_on_with_is_swept_after_two_days(make, photographer, own_media, capsys):
    stale, fresh, done = (sent(photographer, make.picture_file().read()) for _each in range(3))
    photo = uploads.finish(done.uuid, by=photographer).photo
    long_ago = timezone.now() - timedelta(days=2, minutes=1)
    Upload.objects.exclude(pk=fresh.pk).update(heard_at=long_ago)
    orphan = own_media / "uploads" / f"{uuid4()}.part"
    orphan.write_bytes(b"left")
    os.utime(orphan, (long_ago.timestamp(),) * 2)
    call_command("sweep_uploads")
    assert capsys.readouterr().out == "2 uploads were deleted.\n"
    assert list(Upload.objects.all()) == [fresh]
    assert [path.stem for path in parts(own_media)] == [str(fresh.uuid)]
    assert Photo.objects.get() == photo
    Upload.objects.update(heard_at=long_ago)
    begun(photographer, b"0123")
    assert stale.uuid not in Upload.objects.values_list("uuid", flat=True)
    assert Upload.objects.count() == 1, "the next upload sweeps too"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_pieces_of_any_size_in_any_order_and_number_give_the_file(photographer, own_media, data):
    """Whatever is cut, repeated, sent too early or in part: what is taken in is the file, byte for byte."""
    content = data.draw(st.binary(min_size=1, max_size=300), label="file")
    upload = begun(photographer, content)
    told = 0
    while told < len(content):
        offset = data.draw(st.one_of(st.just(told), st.integers(0, len(content) - 1)), label="offset")
        length = data.draw(st.integers(1, len(content)), label="length")
        piece = content[offset : offset + length]
        if offset == told:
            told = uploads.receive(upload.uuid, offset, piece, by=photographer).received
            continue
        with pytest.raises(uploads.OutOfPlace) as answer:
            uploads.receive(upload.uuid, offset, piece, by=photographer)
        assert answer.value.offset == told
    assert (own_media / "uploads" / f"{upload.uuid}.part").read_bytes() == content
    uploads.let_go(upload.uuid, by=photographer)
