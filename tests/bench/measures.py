"""Measures: what every part of the bench measures with."""

import io
import itertools
import sys
import time
from urllib.parse import quote

from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Edition

RUNS = 9  # interleaved, so that a busy moment of the machine meets both sides
SECONDS = 0.7  # of asking, each run
SEED = 7


def figure(what: str, value: float, bar: float | None, *, most: bool = False, form: str = "{:.3f}") -> dict:
    """One line of the table. `most` says that the bar is a ceiling; without a bar the figure is for information."""
    reached = None if bar is None else (value <= bar if most else value >= bar)
    sign = "" if bar is None else ("≤ " if most else "≥ ") + form.format(bar)
    return {"what": what, "value": value, "figure": form.format(value), "bar": sign, "reached": reached}


def load(stories: int) -> float:
    """Bring the newsroom to `stories` stories; gives how many a second were made."""
    there = Edition.objects.count()
    began = time.perf_counter()
    call_command("make_load", stories=stories - there, seed=SEED + there, stdout=sys.stderr)
    return (stories - there) / (time.perf_counter() - began)


class Site:
    """The whole Django site as a server would call it, without the server."""

    def __init__(self):
        self.handler = WSGIHandler()

    def get(self, address: str) -> bytes:
        path, _mark, query = address.partition("?")
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path.encode().decode("latin-1"),
            "QUERY_STRING": query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
        }
        status = []
        response = self.handler(environ, lambda line, headers: status.append(line))
        content = b"".join(response)
        response.close()
        if not status[0].startswith("200"):
            raise SystemExit(f"{quote(path)} answered {status[0]}: nothing was measured.")
        return content

    def a_second(self, path: str) -> float:
        """How many times a second `path` is answered, over SECONDS."""
        began = time.perf_counter()
        for asked in itertools.count(1):
            self.get(path)
            passed = time.perf_counter() - began
            if passed > SECONDS:
                return asked / passed

    def queries(self, path: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            self.get(path)
        return len(captured)
