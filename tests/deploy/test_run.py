"""`make run-nginx`: nginx, web server, worker and clock together, as in production, and gone together."""

import os
import shutil
import signal
import sqlite3
import subprocess
import time
from contextlib import closing

import psutil
import pytest
from django.conf import settings as running
from django.core.management import call_command
from django.db import connection

from articles.management import nginx
from articles.management.processes import free_port
from tests.management.test_serve import LAST_WORDS_OF_WELCOME, MANAGE, child, end_of, read_until

from .conftest import ask

pytestmark = pytest.mark.once  # its newsrooms have SQLite files of their own

SECONDS = 60


def until(true, what):
    """Return once `true()` is; fails the test if that takes too long."""
    late = time.monotonic() + SECONDS
    while not true():
        assert time.monotonic() < late, what
        time.sleep(0.05)


@pytest.fixture(scope="module")
def folder(tmp_path_factory, django_db_setup, django_db_blocker):
    """A folder with an empty newsroom in it, on SQLite."""
    try:
        nginx.program()
    except nginx.NotUsable as reason:
        pytest.skip(str(reason))
    folder = tmp_path_factory.mktemp("newsroom")
    if connection.vendor == "sqlite":  # the tests' own database, copied: all its tables take a while to make
        with django_db_blocker.unblock():
            connection.ensure_connection()
            with closing(sqlite3.connect(folder / "newsroom.sqlite3")) as copy:
                connection.connection.backup(copy)
            connection.close()
    else:
        subprocess.run([*MANAGE, "migrate", "--verbosity", "0"], check=True, **place(folder))
    return folder


def place(folder):
    """How its processes are started."""
    variables = {
        "NEWSROOM_DATABASE": f"sqlite:///{folder}/newsroom.sqlite3",
        "NEWSROOM_VAR": str(folder / "var"),
        "NEWSROOM_MEDIA": str(folder / "media"),
    }
    return {"env": os.environ | variables, "cwd": running.BASE_DIR, "text": True}


@pytest.fixture
def newsroom(folder):
    """A newsroom behind nginx that really runs: its port, its process, and all processes of it."""
    port = free_port()
    process = subprocess.Popen(
        [*MANAGE, "serve", "--nginx", "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **place(folder),
    )
    family = []
    try:
        read_until(process, LAST_WORDS_OF_WELCOME)
        family += psutil.Process(process.pid).children(recursive=True)
        yield port, process, family
    finally:
        process.kill()
        for one in family:
            if one.is_running():
                one.kill()
        process.communicate()


def test_pages_go_on_while_the_web_server_is_started_again_and_one_signal_ends_all(newsroom, folder):
    port, process, family = newsroom
    assert {"nginx", "granian", "db_worker", "clock", "press_pages"} <= {
        word
        for one in family
        for word in ("nginx", "granian", "db_worker", "clock", "press_pages")
        if word in " ".join(one.cmdline())
    }
    pages = folder / "var" / "pages"
    until((pages / ".newsroom").exists, "The presser does not begin.")  # it empties a folder that is another's
    page = pages / "en" / "pressed" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text("pressed", encoding="utf-8")
    assert ask(port, "/en/pressed/").body == b"pressed"
    assert ask(port, "/en/nowhere/").status == 404
    assert ask(port, "/admin/login/").status == 200
    # The whole family of the web server: its own worker would go on answering.
    server = child(family, "granian")
    for one in [*server.children(recursive=True), server]:
        one.kill()
    assert "ended by itself" in read_until(process, "web server")
    assert ask(port, "/en/pressed/?a=b").body == b"pressed"
    read_until(process, "web server runs again")
    until(lambda: ask(port, "/admin/login/").status == 200, "It does not come back.")
    family += [one for one in psutil.Process(process.pid).children(recursive=True) if one not in family]
    process.send_signal(signal.SIGINT)
    code, _said, left = end_of(process, family)
    assert (code, left) == (0, [])


def test_when_nginx_dies_the_run_ends_with_a_sentence(newsroom):
    _port, process, family = newsroom
    child(family, "nginx: master").kill()
    code, said, left = end_of(process, family)
    assert (code, left) == (1, [])
    assert "nginx ended by itself (exit code -9): the newsroom is stopped.\n" in said


def test_without_nginx_it_says_how_to_get_it(db, monkeypatch, settings, tmp_path):
    settings.VAR = tmp_path
    monkeypatch.setattr(shutil, "which", lambda *_words, **_more: None)
    with pytest.raises(SystemExit) as refusal:
        call_command("serve", nginx=True, port=free_port())
    assert str(refusal.value).startswith("nginx is not installed here: on Debian and Ubuntu, apt install nginx-light")


def test_in_production_nginx_is_no_child_of_ours(db, settings, monkeypatch):
    settings.PRODUCTION = True
    monkeypatch.setattr("articles.management.commands.serve.refuse_unsafe_start", lambda: None)
    with pytest.raises(SystemExit, match="In production nginx runs by itself"):
        call_command("serve", nginx=True, port=free_port())


@pytest.mark.parametrize("name", ['quo"ted', "dol$lar"])
def test_a_folder_that_nginx_cannot_be_told_of_is_said(name, tmp_path):
    folder = tmp_path / name
    places = nginx.Places(folder, folder, folder, folder, "127.0.0.1:1", "_", "en", ("127.0.0.1:2",))
    with pytest.raises(nginx.NotUsable, match="nginx cannot be told"):
        nginx.site(places)


def test_a_folder_with_a_space_or_in_arabic_is_fine(tmp_path):
    folder = tmp_path / "our غرفة"
    places = nginx.Places(folder, folder, folder, folder, "127.0.0.1:1", "_", "en", ("127.0.0.1:2",))
    assert f'root "{folder}/renditions"' in nginx.site(places)
    assert "/srv/newsroom" not in nginx.site(places).partition("upstream")[2]
