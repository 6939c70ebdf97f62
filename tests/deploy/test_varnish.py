"""deploy/varnish.vcl in a real Varnish with xkey: kept once for all, forgotten by key, there when Django is not."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count

import pytest

from articles.management.processes import free_port
from articles.models import Purge
from articles.pages import purge
from tests.receiver import Receiver

from .conftest import ask, varnish_before

pytestmark = pytest.mark.django_db
NUMBERS = count(1)


@dataclass
class Behind:
    """The newsroom behind Varnish: each of its pages says how often it was made, and carries its keys."""

    port: int
    keys: dict = field(default_factory=dict)
    headers: dict = field(default_factory=dict)
    status: int = 200
    receiver: Receiver | None = None

    def start(self):
        self.receiver = Receiver(self.port)
        self.receiver.usual = self.page

    def page(self, path):
        made = sum(path == heard[1] for heard in self.receiver.heard)
        headers = {
            "Content-Type": "text/html; charset=utf-8",
            "Cache-Control": "public, max-age=0, must-revalidate",
            "Surrogate-Control": "max-age=86400, stale-if-error=86400",
            "Surrogate-Key": self.keys.get(path, ""),
            "xkey": self.keys.get(path, ""),
            "Cache-Tag": self.keys.get(path, "").replace(" ", ","),
        }
        headers = {name: said for name, said in (headers | self.headers).items() if said}
        return self.status, f"{path} made {made}".encode(), headers

    def end(self):
        if self.receiver:
            self.receiver.end()
            self.receiver = None


@pytest.fixture(scope="module")
def ports(tmp_path_factory):
    """Where Varnish listens, and where it looks for the newsroom: one Varnish, for each test's own pages."""
    here, behind = free_port(), free_port()
    with varnish_before(behind, here, tmp_path_factory.mktemp("varnish")):
        yield here, behind


@pytest.fixture
def behind(ports):
    newsroom = Behind(ports[1])
    newsroom.start()
    yield newsroom
    newsroom.end()


@pytest.fixture
def varnish(ports, settings):
    """Varnish's port; our purges go there."""
    address = f"http://127.0.0.1:{ports[0]}"
    settings.CDN = {"kind": "varnish", "addresses": (address,), "service": "", "token": ""}
    return ports[0]


@pytest.fixture
def address():
    """An address that no other test has."""
    return f"/en/page-{next(NUMBERS)}/"


def read(port, path, **asked):
    answer = ask(port, path, **asked)
    return answer.body.decode().rpartition(" made ")[2] if answer.status == 200 else answer.status


def test_a_page_is_made_once_for_all_readers_whatever_query_or_cookie_they_bring(varnish, behind, address):
    assert read(varnish, address) == "1"
    assert read(varnish, f"{address}?fbclid=1&utm_source=2", Cookie="a=b", Authorization="Basic eDp5") == "1"
    assert read(varnish, address, Host="another.example") == "1"
    [(_method, path, headers, _body)] = behind.receiver.heard
    assert path == address
    assert headers["Cookie"] is None


def test_what_is_for_caches_alone_is_not_shown_to_readers(varnish, behind, address):
    behind.keys[address] = "story:1"
    answer = ask(varnish, address)
    assert answer["Cache-Control"] == "public, max-age=0, must-revalidate"
    for name in ("Surrogate-Control", "Surrogate-Key", "xkey", "Cache-Tag", "X-Varnish", "Via"):
        assert answer[name] is None


@pytest.mark.parametrize("gone", [False, True])
def test_a_purge_by_key_makes_every_page_with_it_anew_and_no_other(gone, varnish, behind, address):
    front, story, other = f"{address}front/", f"{address}story/", f"{address}other/"
    behind.keys = {front: f"front{address} story:{address}", story: f"story:{address}", other: f"other:{address}"}
    assert [read(varnish, path) for path in (front, story, other)] == ["1", "1", "1"]
    purge.ask([f"story:{address}", f"nothing:{address}"], gone=gone)
    assert purge.send_due() == 2
    assert not Purge.objects.exists()
    assert [read(varnish, path) for path in (front, story, other)] == ["2", "2", "1"]
    assert [read(varnish, path) for path in (front, story, other)] == ["2", "2", "1"]


def test_hundreds_of_keys_reach_varnish_whole(varnish, behind, address):
    keys = [f"tag:{address}:{number:03}" for number in range(300)]
    behind.keys = {f"{address}{number}/": key for number, key in enumerate(keys)}
    paths = list(behind.keys)[::50]
    assert [read(varnish, path) for path in paths] == ["1"] * 6
    purge.ask(keys)
    assert purge.send_due() == 300
    assert [read(varnish, path) for path in paths] == ["2"] * 6


def test_search_and_the_api_keep_their_queries_and_the_desk_goes_past(varnish, behind):
    for path in ("/search/?q=harbour", "/en/search/?q=quay", "/api/stories?page=2"):
        read(varnish, path)
        assert behind.receiver.heard[-1][1] == path
    for made in ("1", "2"):
        assert read(varnish, "/admin/", Cookie="sessionid=x") == made
        assert behind.receiver.heard[-1][2]["Cookie"] == "sessionid=x"
    ask(varnish, "/en/", method="POST", body=b"a=b")
    assert behind.receiver.heard[-1][0] == "POST"


def test_an_answer_that_names_no_time_is_not_kept(varnish, behind, address):
    behind.headers = {"Surrogate-Control": "", "Cache-Control": ""}
    assert [read(varnish, address), read(varnish, address)] == ["1", "2"]
    behind.headers = {"Surrogate-Control": "no-store"}
    assert [read(varnish, address), read(varnish, address)] == ["3", "4"]


def test_readers_of_what_is_not_kept_do_not_wait_for_each_other(varnish, behind, address):
    behind.headers = {"Surrogate-Control": "no-store"}
    read(varnish, address)
    both = threading.Barrier(2)
    behind.receiver.while_asked = lambda: both.wait(20)
    with ThreadPoolExecutor(2) as readers:
        found = list(readers.map(lambda _reader: ask(varnish, address).status, range(2)))
    assert found == [200, 200]
    behind.receiver.while_asked = lambda: None
    behind.headers = {}
    kept = read(varnish, address)
    assert read(varnish, address) == kept, "it may be kept at once when that is said"


@pytest.mark.parametrize("ailment", ["away", 503])
def test_while_the_newsroom_cannot_answer_readers_get_the_page_of_before(ailment, varnish, behind, address):
    behind.keys[address] = f"story:{address}"
    read(varnish, address)
    purge.ask([f"story:{address}"])
    purge.send_due()
    if ailment == "away":
        behind.end()
    else:
        behind.status = ailment
    assert [read(varnish, f"{address}?x=y") for _reader in range(3)] == ["1"] * 3
    missed = ask(varnish, f"{address}never-asked-for/")
    assert missed.status == 503
    if ailment == "away":
        behind.start()
    behind.status = 200
    behind.receiver.heard.clear()
    behind.receiver.heard += [("GET", address, {}, b"")] * 5
    assert read(varnish, address) == "6", "made anew"


def test_what_is_gone_is_not_shown_even_while_the_newsroom_cannot_answer(varnish, behind, address):
    behind.keys[address] = f"story:{address}"
    read(varnish, address)
    purge.ask([f"story:{address}"], gone=True)
    purge.send_due()
    behind.end()
    assert read(varnish, address) == 503


def test_nobody_purges_through_the_server_before_it(varnish, behind, address):
    behind.keys[address] = f"story:{address}"
    read(varnish, address)
    refused = ask(varnish, "/", method="PURGE", X_Forwarded_For="6.6.6.6", xkey_purge=f"story:{address}")
    assert refused.status == 403
    assert ask(varnish, "/", method="PURGE").status == 400
    assert read(varnish, address) == "1"
