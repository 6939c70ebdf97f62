"""`manage.py import_photos`: folders of pictures into the library."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from articles.models import Photo


@pytest.fixture
def folder(make, tmp_path):
    """Two pictures, one of them twice, one file that is none, and a hidden one."""
    place = tmp_path / "card"
    (place / "day 1").mkdir(parents=True)
    first = make.picture_file(800, 500).read()
    (place / "a.jpg").write_bytes(first)
    (place / "day 1" / "b.png").write_bytes(make.picture_file(500, 400, format="PNG").read())
    (place / "day 1" / "a again.jpg").write_bytes(first)
    (place / "notes.pdf").write_bytes(b"%PDF-1.7 notes")
    (place / ".DS_Store").write_bytes(b"junk")
    return place


def run(*arguments):
    out = StringIO()
    call_command("import_photos", *map(str, arguments), stdout=out)
    return out.getvalue()


def lines(*arguments):
    return [json.loads(line) for line in run("--json", *arguments).splitlines()]


def test_a_folder_is_taken_in_with_all_beneath_it(folder):
    assert run(folder) == "2 pictures were taken in. 1 was there already. 1 was refused.\n"
    assert Photo.objects.count() == 2


def test_each_file_is_one_line_with_what_came_of_it(folder, own_media):
    found = {line["file"].rpartition("/")[2]: line for line in lines(folder)}
    assert {name: line["status"] for name, line in found.items()} == {
        "a.jpg": "taken", "a again.jpg": "duplicate", "b.png": "taken", "notes.pdf": "refused"
    }  # fmt: skip
    assert found["a again.jpg"]["photo"] == found["a.jpg"]["photo"] == str(Photo.objects.get(width=800).uuid)
    assert "PDF" in found["notes.pdf"]["reason"]
    assert found["notes.pdf"]["photo"] is None
    names = found["a.jpg"]["renditions"]
    assert {name.rpartition(".")[2] for name in names} == {"jpg", "webp", "avif"}
    assert not [name for name in names if not (own_media / name).is_file()]


def test_a_second_run_takes_nothing_twice(folder):
    run(folder)
    assert {line["status"] for line in lines(folder)} == {"duplicate", "refused"}
    assert Photo.objects.count() == 2


def test_what_is_not_there_is_one_sentence(tmp_path):
    with pytest.raises(CommandError, match="no file or folder"):
        run(tmp_path / "nowhere")


def test_nothing_taken_in_is_a_failure(folder):
    with pytest.raises(CommandError, match="None of the files"):
        run(folder / "notes.pdf")
