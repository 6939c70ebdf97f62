"""The real nginx, and the real Varnish, in front of a server of the test's own."""

import http.client
import os
import shutil
import socket
import ssl
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import quote

import pytest

from articles.management import nginx as site
from articles.management.processes import free_port

START_SECONDS = 30
VCL = site.SITE.parent / "varnish.vcl"


@dataclass
class Answer:
    """What a server said."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    def __getitem__(self, name):
        return self.headers[name]


def ask(port, path, *, method="GET", body=None, over=None, **headers):
    """The answer of 127.0.0.1 at `port`; `over` is a TLS context. Nothing is followed, unpacked or kept."""
    if over:
        line = http.client.HTTPSConnection("127.0.0.1", port, timeout=20, context=over)
    else:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        line.request(method, quote(path, safe="/%?=&.:"), body=body, headers=named)
        answer = line.getresponse()
        return Answer(answer.status, answer.headers, answer.read())
    finally:
        line.close()


def until_open(port, process):
    """Return when somebody listens on `port`; fails the test if `process` ends before that."""
    late = time.monotonic() + START_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            assert process.poll() is None, f"It ended (exit code {process.returncode}) before it listened."
            assert time.monotonic() < late, "It does not listen."
            time.sleep(0.02)


def end(process):
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def varnish_before(behind, port, folder, more=""):
    """Varnish on `port` as deploy/varnish.vcl has it, with `more` of VCL, before whoever is at the port `behind`."""
    program = shutil.which("varnishd") or shutil.which("varnishd", path="/usr/sbin:/usr/local/sbin")
    if program is None:
        pytest.skip("Varnish is not installed")
    text = VCL.read_text(encoding="utf-8")
    assert '.port = "8081"' in text
    text = text.replace('.port = "8081"', f'.port = "{behind}"')
    (folder / "site.vcl").write_text(f"{text}\n{more}", encoding="utf-8")
    # As root it would become somebody else, who may not read a test's folder.
    jail = ["-j", "none"] if os.geteuid() == 0 else []
    where = ["-a", f"127.0.0.1:{port}", "-f", str(folder / "site.vcl"), "-n", str(folder / "work")]
    # It asks again at once who has just refused it: these tests do not wait for a quarter of a second.
    less = ["-s", "malloc,16m", "-T", "none", "-p", "backend_remote_error_holddown=0"]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [program, *jail, "-F", *where, *less], stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
        try:
            try:
                until_open(port, process)
            except AssertionError:
                if "xkey" in (folder / "log").read_text(encoding="utf-8", errors="replace"):
                    pytest.skip("Varnish's module xkey is not installed")
                raise
            yield
        finally:
            end(process)


class Nginx:
    """nginx as deploy/nginx.conf has it, over folders in `folder`."""

    def __init__(self, folder):
        self.folder, self.port, self.process = folder, free_port(), None
        self.pages, self.static, self.media = folder / "pages", folder / "static", folder / "media"
        for one in (self.pages, self.static, self.media / "renditions", self.media / "desk"):
            one.mkdir(parents=True, exist_ok=True)

    def places(self, behind, **different):
        given = {
            "pages": self.pages,
            "static": self.static,
            "media": self.media,
            "deploy": site.SITE.parent,
            "behind": f"127.0.0.1:{behind}",
            "names": "_",
            "language": "en",
            "listen": (f"127.0.0.1:{self.port}",),
        }
        return site.Places(**given | different)

    def start(self, behind, **different):
        command = site.prepare(self.folder / "nginx", self.places(behind, **different))
        self.run(command)
        return self

    def run(self, command):
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
        until_open(self.port, self.process)

    def press(self, path, content, **beside):
        """Put a page in place, as its file."""
        file = self.pages / path.strip("/")
        if path.endswith("/"):
            file /= "index.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        for ending, packed in beside.items():
            file.with_name(f"{file.name}.{ending}").write_bytes(packed)
        return file

    def ask(self, path, **asked):
        return ask(self.port, path, **asked)

    def end(self):
        if self.process:
            end(self.process)


@pytest.fixture
def nginx(tmp_path):
    """nginx, not started yet."""
    try:
        site.program()
    except site.NotUsable as reason:
        pytest.skip(str(reason))
    one = Nginx(tmp_path)
    yield one
    one.end()


@pytest.fixture
def unverified():
    """TLS without asking who signs: the test's certificate is its own."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_alpn_protocols(["http/1.1"])
    return context
