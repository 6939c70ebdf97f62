"""Files of the media folder, put in place whole."""

import os
import signal
import subprocess
import sys
import threading

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from articles import tasks
from newsroom.storage import BESIDE

# Writes half of a rendition to where readers fetch them, and then waits for its death.
WRITER = """
import sys, time
import django
django.setup()
from django.core.files.base import ContentFile
from articles import tasks

class Slow(ContentFile):
    def chunks(self, chunk_size=None):
        yield b"half a pict"
        print("half", flush=True)
        time.sleep(600)

tasks.store("renditions", "abc/640.jpg", Slow(b""))
"""


def test_a_worker_killed_while_it_writes_leaves_nothing_at_the_public_address(own_media):
    place = os.environ | {"DJANGO_SETTINGS_MODULE": "newsroom.settings", "NEWSROOM_MEDIA": str(own_media)}
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER], env=place, cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout.readline() == "half\n"
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    writer.stdout.close()
    renditions = storages["renditions"]
    assert not renditions.exists("abc/640.jpg")
    assert tasks.names_in("renditions", "abc") == []
    (left,) = (own_media / "renditions" / BESIDE).iterdir()
    assert left.read_bytes() != b"a whole picture"

    tasks.store("renditions", "abc/640.jpg", b"a whole picture")
    assert (own_media / "renditions/abc/640.jpg").read_bytes() == b"a whole picture"
    assert renditions.sweep() == 0  # it might still be at it
    assert renditions.sweep(seconds=-1) == 1
    assert not left.exists()


def test_two_who_write_one_name_at_the_same_moment_leave_one_file(own_media):
    storage, together, names = storages["desk"], threading.Barrier(8), []

    def write():
        together.wait()
        names.append(tasks.store("desk", "abc/640.jpg", b"the same picture" * 10_000))

    writers = [threading.Thread(target=write) for _each in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert names == ["abc/640.jpg"] * 8
    assert storage.listdir("abc")[1] == ["640.jpg"]
    assert not list((own_media / "desk" / BESIDE).iterdir())


def test_a_disk_without_links_takes_files_all_the_same(own_media, monkeypatch):
    def no_links(*_names):
        raise PermissionError("Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    storage = storages["originals"]
    first, second = (storage.save("a/b.jpg", ContentFile(words)) for words in (b"one", b"two"))
    assert first == "a/b.jpg" != second
    assert [(own_media / "originals" / name).read_bytes() for name in (first, second)] == [b"one", b"two"]
    assert (own_media / "originals" / first).stat().st_mode & 0o777 == settings.FILE_UPLOAD_PERMISSIONS


def test_a_full_disk_leaves_no_half_file(own_media):
    class Full(ContentFile):
        def chunks(self, chunk_size=None):
            yield b"half"
            raise OSError("No space left on device")

    with pytest.raises(OSError, match="No space"):
        storages["originals"].save("a/b.jpg", Full(b""))
    assert not [path for path in own_media.rglob("*") if path.is_file()]
