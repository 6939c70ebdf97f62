"""A web server of a test's own: it writes down what it is asked, and answers as it is told."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


class Receiver(ThreadingHTTPServer):
    """`heard` holds what was asked: method, path, headers and body of each request.

    `answers` are given in turn (status, what is said as JSON or bytes, headers), then `usual`: one of these, or what
    makes one of a path.
    """

    def __init__(self, port=0):
        self.heard, self.answers, self.while_asked = [], [], lambda: None
        self.usual = (200, {"success": True}, {})
        super().__init__(("127.0.0.1", port), Handler)
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    @property
    def port(self):
        return self.server_address[1]

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}"

    def end(self):
        self.shutdown()
        self.server_close()


class Handler(BaseHTTPRequestHandler):
    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.heard.append((self.command, self.path, self.headers, body))
        self.server.while_asked()
        usual = self.server.usual(self.path) if callable(self.server.usual) else self.server.usual
        status, said, headers = self.server.answers.pop(0) if self.server.answers else usual
        said = said if isinstance(said, bytes) else json.dumps(said).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(said)

    do_GET = do_HEAD = do_POST = do_PURGE = answer

    def log_message(self, *words):
        pass


@pytest.fixture
def receiver():
    server = Receiver()
    yield server
    server.end()
