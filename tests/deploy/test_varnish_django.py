"""A newsroom that really runs, behind a Varnish that really keeps: what changes is seen, what is withdrawn is gone."""

import subprocess
import sys

import pytest

from articles.management.processes import free_port
from tests.real_server import RealServer

from .conftest import ask, varnish_before
from .test_run import until

# Publishes a story with the first line as its headline; each other line is its headline from then on, an empty one
# withdraws it. Says its address each time.
DESK = """
import sys
import django
django.setup()
from articles.body import document
from articles.desk import stories
body = document.document([document.paragraph("The council says so.")])
story = None
for line in sys.stdin:
    headline = line.strip()
    if story is None:
        story = stories.start(language="en", by=None, headline=headline, body=body, subheads=["One"], summary="Said.",
                              dateline="Marsana")
    elif headline:
        stories.save(story, by=None, headline=headline)
    if headline:
        stories.publish(story, by=None)
    else:
        stories.withdraw(story, by=None, reason="wrong")
    story.refresh_from_db()
    print(story.path, flush=True)
"""
HITS = "sub vcl_deliver { set resp.http.X-Hits = obj.hits; }"


@pytest.fixture
def varnish(tmp_path):
    """Varnish's port; it purges as the newsroom behind it says, which runs."""
    port, folder = free_port(), tmp_path / "varnish"
    folder.mkdir()
    newsroom = RealServer(tmp_path, presses=True)
    newsroom.environment |= {"NEWSROOM_CDN": "varnish", "NEWSROOM_CDN_ADDRESSES": f"http://127.0.0.1:{port}"}
    try:
        with varnish_before(newsroom.port, port, folder, HITS):
            newsroom.start()
            desk = subprocess.Popen(
                [sys.executable, "-c", DESK], stdin=subprocess.PIPE, stdout=subprocess.PIPE, **newsroom.place
            )

            def publish(line):
                print(line, file=desk.stdin, flush=True)
                return desk.stdout.readline().strip()

            try:
                yield port, publish
            finally:
                desk.stdin.close()
                desk.wait(60)
                desk.stdout.close()
    finally:
        newsroom.end()


@pytest.mark.django_db(transaction=True)
def test_readers_behind_varnish_see_what_is_published_corrected_and_withdrawn(varnish):
    port, publish = varnish

    def is_kept(path):
        """From now on it is given from Varnish's memory; at its start the newsroom has all of it forgotten twice."""
        until(lambda: int(ask(port, path)["X-Hits"] or 0) > 0, f"Varnish does not keep {path}.")

    def shows(path, words):
        until(lambda: words in ask(port, path).body.decode(), f"{path} does not say “{words}”.")

    is_kept("/en/")
    story = publish("The harbour opens")
    shows("/en/", "The harbour opens")
    for path in (story, "/en/", "/robots.txt"):
        is_kept(path)
    assert publish("The harbour is shut") == story
    for path in (story, "/en/"):
        shows(path, "The harbour is shut")
        is_kept(path)
    publish("")
    until(lambda: ask(port, story).status == 410, "It is withdrawn, and yet there.")
    until(lambda: "The harbour" not in ask(port, "/en/").body.decode(), "It is withdrawn, and yet on the front.")
    assert ask(port, "/en/")["xkey"] is None
