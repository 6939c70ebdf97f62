"""`manage.py serve`: web server and worker start together, stop together, and leave nothing behind."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request

import psutil
import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command

from articles.management.commands.serve import Command
from articles.management.sample.accounts import ACCOUNTS
from articles.roles import ROLES

pytestmark = pytest.mark.once  # its newsrooms have SQLite files of their own

MANAGE = [sys.executable, "manage.py"]
STOP_SECONDS = 20
LAST_WORDS_OF_WELCOME = "Ctrl-C stops everything."


@pytest.fixture
def port():
    """A port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """The environment of a newsroom of its own, with an empty SQLite database whichever database the tests are on."""
    folder = tmp_path_factory.mktemp("newsroom")
    variables = os.environ | {
        "NEWSROOM_DATABASE": f"sqlite:///{folder}/newsroom.sqlite3",
        "NEWSROOM_VAR": str(folder / "var"),
        "NEWSROOM_MEDIA": str(folder / "media"),
        "NEWSROOM_PAGE_STORE": "off",  # tests/deploy/test_run.py starts all there is
    }
    subprocess.run([*MANAGE, "migrate", "--verbosity", "0"], env=variables, cwd=settings.BASE_DIR, check=True)
    return variables


@pytest.fixture
def newsroom(port, environment):
    """A newsroom that really runs; whatever of it is left afterwards is ended."""
    process = subprocess.Popen(
        [*MANAGE, "serve", "--port", str(port)],
        env=environment,
        cwd=settings.BASE_DIR,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    family = []
    try:
        read_until(process, LAST_WORDS_OF_WELCOME)
        family += psutil.Process(process.pid).children(recursive=True)
        yield process, family
    finally:
        process.kill()
        for child in family:
            if child.is_running():
                child.kill()
        process.communicate()


def read_until(process: subprocess.Popen, words: str) -> str:
    """The line of the newsroom's output that holds `words`; waits for it."""
    for line in process.stdout:
        if words in line:
            return line
    raise AssertionError(f"It ended without saying “{words}”: {process.stderr.read()}")


def end_of(process: subprocess.Popen, family: list[psutil.Process]) -> tuple[int, str, list[psutil.Process]]:
    """Wait for the end: the exit code, what was said on stderr, and which of its processes are still there."""
    said = process.communicate(timeout=STOP_SECONDS)[1]
    psutil.wait_procs(running(family), timeout=2)
    return process.returncode, said, running(family)


def running(family: list[psutil.Process]) -> list[psutil.Process]:
    """Those that still run; one that has ended and waits to be noticed (by whoever adopts orphans) does not."""
    return [process for process in family if process.is_running() and process.status() != psutil.STATUS_ZOMBIE]


def child(family: list[psutil.Process], word: str) -> psutil.Process:
    """The first process of the family with `word` in its command."""
    return next(process for process in family if word in " ".join(process.cmdline()))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_one_signal_stops_the_web_server_and_the_worker_with_no_orphan(newsroom, number, port):
    process, family = newsroom
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/admin/login/") as page:
        assert page.status == 200
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/static/admin/css/base.css") as style:
        assert style.headers["Content-Type"].startswith("text/css")
    assert child(family, "granian")
    assert child(family, "db_worker")
    process.send_signal(number)
    assert end_of(process, family) == (0, "", [])


def test_a_worker_that_dies_is_started_again(newsroom):
    process, family = newsroom
    child(family, "db_worker").kill()
    assert "ended by itself" in read_until(process, "background worker")
    read_until(process, "background worker runs again")
    new = psutil.Process(process.pid).children(recursive=True)
    assert child([other for other in new if other not in family], "db_worker")
    process.send_signal(signal.SIGINT)
    assert end_of(process, family + new) == (0, "", [])


def test_when_the_web_server_dies_the_run_ends_with_a_sentence(newsroom):
    process, family = newsroom
    child(family, "granian").kill()
    code, said, left = end_of(process, family)
    assert code == 1
    assert said == "The web server ended by itself (exit code -9): the newsroom is stopped.\n"
    assert left == []


def test_a_port_that_is_taken_is_one_clear_sentence(capsys):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(SystemExit) as refusal:
            call_command("serve", port=port)
    assert refusal.value.code.startswith(f"Port {port} is taken by another program: ")
    assert "\n" not in refusal.value.code


def test_the_sample_sign_ins_are_shown_one_for_each_role(db):
    for account in ACCOUNTS:
        get_user_model().objects.create_user(account.username)
    welcome = Command().welcome("http://127.0.0.1:8000")
    assert "http://127.0.0.1:8000/admin/" in welcome
    assert sorted(account.role for account in ACCOUNTS) == sorted(ROLES)
    for account in ACCOUNTS:
        assert f"{account.username:<8}{account.password}" in welcome


def test_a_newsroom_without_the_sample_shows_no_sign_ins(db):
    get_user_model().objects.create_user("somebody")
    assert "Sign in" not in Command().welcome("http://127.0.0.1:8000")
