"""`manage.py import_photos`: folders of pictures into the library."""

import json
import os
import subprocess
import sys
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from articles import tasks
from articles.desk import captions, photos
from articles.models import AuditLine, Photo
from tests.imaging import pictures


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


# -- What a line says


def test_every_kind_of_picture_and_of_rubbish_is_one_line(make, tmp_path, own_media):
    folder = tmp_path / "card"
    (folder / "a folder.jpg").mkdir(parents=True)
    for format, file in pictures.every_format().items():
        (folder / f"good.{format}").write_bytes(file.getvalue())
    good = pictures.every_format()["png"].getvalue()
    bad = {
        "empty.jpg": b"",
        "cut.png": good[:-30],
        "letter.jpg": b"%PDF-1.4",
        "bomb.png": pictures.png_bomb(60_000, 60_000).getvalue(),
        "صورة.jpg": b"no picture",
        "two\nlines.jpg": b"no picture",
        f"{'long' * 60}.jpg": b"no picture",
    }
    for name, content in bad.items():
        (folder / name).write_bytes(content)
    (folder / "renamed.txt").write_bytes(good + b"tail")
    os.mkfifo(folder / "pipe.jpg")
    found = {line["file"].rpartition("/")[2]: line for line in lines(folder, folder / "pipe.jpg")}
    keys = ["file", "status", "photo", "reason", "warnings", "metadata", "renditions"]
    assert all(list(line) == keys for line in found.values())
    refused = {name for name, line in found.items() if line["status"] == "refused"}
    assert refused == {*bad, "pipe.jpg"}
    for name, line in found.items():
        if name in refused:
            assert (line["photo"], line["metadata"], line["renditions"]) == (None, {}, [])
            assert "\n" not in line["reason"]
            assert line["reason"].endswith(".")
        else:
            assert line["status"] == "taken"
            assert {part.rpartition(".")[2] for part in line["renditions"]} == {"jpg", "webp", "avif"}
            assert all((own_media / part).is_file() for part in line["renditions"])
    assert found["good.heic"]["metadata"]["caption"] == "HEIC caption"


def test_a_second_run_names_the_same_pictures_and_renditions(folder):
    first = {line["file"]: line for line in lines(folder)}
    for line in lines(folder):
        known = first[line["file"]]
        assert (line["photo"], line["renditions"], line["metadata"]) == (
            known["photo"], known["renditions"], known["metadata"]
        )  # fmt: skip
        assert line["status"] == ("refused" if known["status"] == "refused" else "duplicate")


def test_renditions_that_are_missing_or_stale_are_made_by_the_run(make, folder):
    run(folder)
    photo = Photo.objects.get(width=800)
    assert set(photo.made()) == {"jpeg"}
    photos.describe(photo, by=None, credit="Somebody else")
    assert Photo.objects.get(pk=photo.pk).needs_renditions
    (found,) = lines(folder / "a.jpg")
    photo.refresh_from_db()
    assert set(photo.made()) == {"jpeg", "webp", "avif"}
    assert found["renditions"] == [f"desk/{name}" for name in sorted(tasks.names_in("desk", photo.token))]


def test_a_worker_that_made_them_meanwhile_leaves_no_second_copy(make, own_media, monkeypatch):
    photo = make.photo()
    names = sorted(tasks.names_in("desk", photo.token))
    Photo.objects.update(formats={})
    photo.refresh_from_db()
    with monkeypatch.context() as at_first:  # not there when it looks: the worker writes them a moment later
        at_first.setattr(tasks, "names_in", lambda *_place: [])
        tasks.encode(photo, ["jpeg"])
    assert sorted(tasks.names_in("desk", photo.token)) == names


def test_an_earlier_picture_it_looks_like_is_a_warning(make, tmp_path):
    old = photos.take(pictures.saved(pictures.scene(), "JPEG"), name="old.jpg", by=None, taken_at="2024-03-14")
    captions.caption(old, "en", by=None, text="The bridge before the flood.", alt="A bridge")
    make.live_story("The bridge closes", pictures=[old])
    (tmp_path / "new.jpg").write_bytes(pictures.saved(pictures.scene(), "JPEG", quality=60).getvalue())
    (line,) = lines(tmp_path / "new.jpg")
    (warning,) = line["warnings"]
    assert line["status"] == "taken"
    for words in ("14 March 2024, in 1 story", str(old.uuid), "before the flood", "“The bridge closes”"):
        assert words in warning


def test_on_the_command_line_stdout_is_lines_of_json_and_nothing_else(tmp_path):
    folder = tmp_path / "card"
    folder.mkdir()
    (folder / "one.png").write_bytes(pictures.every_format()["png"].getvalue())
    (folder / "letter.jpg").write_bytes(b"%PDF-1.4")
    (folder / os.fsdecode(b"caf\xe9.jpg")).write_bytes(b"no picture")
    place = {
        "NEWSROOM_DATABASE": f"sqlite:///{tmp_path}/own.sqlite3",
        "NEWSROOM_VAR": str(tmp_path / "var"),
        "NEWSROOM_MEDIA": str(tmp_path / "media"),
        "PYTHONIOENCODING": "ascii",
    }
    how = {"env": os.environ | place, "cwd": settings.BASE_DIR, "capture_output": True, "text": True}
    manage = [sys.executable, "manage.py"]
    subprocess.run([*manage, "migrate", "--verbosity", "0"], check=True, **how)
    ran = subprocess.run([*manage, "import_photos", "--json", str(folder)], **how)
    assert ran.returncode == 0
    assert sorted(json.loads(line)["status"] for line in ran.stdout.splitlines()) == ["refused", "refused", "taken"]
    for wrong in (["--json", str(tmp_path / "nowhere")], [str(folder), "--captions", str(folder / "letter.jpg")]):
        ran = subprocess.run([*manage, "import_photos", *wrong], **how)
        assert (ran.returncode, ran.stdout) == (1, "")
        assert len(ran.stderr.splitlines()) == 1


# -- With a table of captions


def table(tmp_path, text):
    path = tmp_path / "captions.csv"
    path.write_text(text)
    return "--captions", path


def words(photo):
    row = photo.caption_in("en")
    return (row.text, row.alt) if row else ("", "")


def test_captions_of_a_table_come_in_with_their_pictures(folder, tmp_path, capsys):
    rows = "file,caption_en,alt_en,caption_ar,credit,keywords\n"
    rows += 'a.jpg,The bridge.,A bridge,الجسر.,Yusuf Tell,"bridge, river"\n'
    rows += "day 1/b.png,The square.,A square,,,\n"
    lines("--json", folder, *table(tmp_path, rows))
    first, second = Photo.objects.get(width=800), Photo.objects.get(width=500)
    assert (words(first), words(second)) == (("The bridge.", "A bridge"), ("The square.", "A square"))
    assert first.caption_in("ar").text == "الجسر."
    assert (first.credit, first.keywords) == ("Yusuf Tell", ["bridge", "river"])
    assert not first.needs_renditions
    assert set(first.made()) == {"jpeg", "webp", "avif"}
    assert capsys.readouterr().err == ""


def test_run_again_it_writes_nothing_and_leaves_no_trace(folder, tmp_path):
    given = table(tmp_path, "file,caption_en,credit\na.jpg,The bridge.,Yusuf Tell\n")
    run(folder, *given)
    audit = AuditLine.objects.count()
    run(folder, *given)
    assert AuditLine.objects.count() == audit
    assert Photo.objects.get(width=800).captions.count() == 1


def test_rows_of_photos_that_are_here_are_written_by_uuid_and_by_number(make, folder, tmp_path):
    one, two = make.photo(), make.photo()
    run(folder, *table(tmp_path, f"photo,caption_en\n{one.uuid},One.\n{two.pk},Two.\n"))
    assert (words(one)[0], words(two)[0]) == ("One.", "Two.")


def test_rows_from_another_newsroom_are_known_by_their_file_names(folder, tmp_path):
    run(folder, *table(tmp_path, "photo,file,caption_en\n0b0c5b0e-8f0a-4a43-9b6b-000000000001,a.jpg,The bridge.\n"))
    assert words(Photo.objects.get(width=800))[0] == "The bridge."


def test_what_cannot_be_placed_is_said_in_one_sentence_and_the_rest_is_written(folder, tmp_path, capsys):
    (folder / "day 1" / "a.jpg").write_bytes((folder / "day 1" / "b.png").read_bytes() + b"tail")
    rows = "file,caption_en,shoe size\n" + "".join(f"lost {number}.jpg,No.,1\n" for number in range(7))
    rows += "a.jpg,Which?,2\nb.png,The square.,3\n"
    assert "4 pictures" not in run(folder, *table(tmp_path, rows))
    said = capsys.readouterr().err.splitlines()
    assert any("Columns left out" in sentence and "shoe size" in sentence for sentence in said)
    (unknown,) = [sentence for sentence in said if "7 rows of the captions are of no picture here" in sentence]
    assert "“lost 0.jpg” (line 2)" in unknown
    assert unknown.endswith("and 2 more.")
    (unclear,) = [sentence for sentence in said if "several files" in sentence.lower()]
    assert "“a.jpg” (line 9)" in unclear
    assert "The square." in {words(photo)[0] for photo in Photo.objects.all()}


def test_a_row_that_breaks_a_rule_is_a_warning_and_its_picture_is_in(folder, tmp_path):
    given = table(tmp_path, f"file,alt_en\na.jpg,{'a' * 251}\n")
    found = {line["file"].rpartition("/")[2]: line for line in lines(folder, *given)}
    (warning,) = found["a.jpg"]["warnings"]
    assert (found["a.jpg"]["status"], "251 characters" in warning) == ("taken", True)


@pytest.mark.parametrize("content", [b"", b"hello", b"\xff\xd8\xff", b"name,words\na.jpg,b\n"])
def test_what_is_no_table_stops_it_before_anything_is_taken(folder, tmp_path, content):
    (tmp_path / "captions.csv").write_bytes(content)
    with pytest.raises(CommandError):
        run(folder, "--captions", tmp_path / "captions.csv")
    with pytest.raises(CommandError, match="cannot be read"):
        run(folder, "--captions", tmp_path / "nowhere.csv")
    assert Photo.objects.count() == 0
