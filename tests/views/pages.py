"""What tests of readers' pages share: asking for a page, and counting what it cost."""

from urllib.parse import quote

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def get(address, **headers):
    """The answer to a reader who has neither cookie nor account."""
    return Client().get(quote(address, safe="/%?=&"), **headers)


def read(address):
    """The page at an address that must be there, as text."""
    answer = get(address)
    assert answer.status_code == 200, (answer.status_code, address)
    return answer.content.decode()


def cost(address):
    """How many queries a page takes, asked for a second time."""
    get(address)
    with CaptureQueriesContext(connection) as queries:
        assert get(address).status_code == 200, address
    return len(queries)
