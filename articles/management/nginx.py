"""nginx on this machine, from the very file that production uses (`deploy/nginx.conf`), with its places filled in."""

import grp
import os
import pwd
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

SITE = settings.BASE_DIR / "deploy" / "nginx.conf"
NOT_INSTALLED = (
    "nginx is not installed here: on Debian and Ubuntu, apt install nginx-light; on Fedora, dnf install nginx; "
    "on macOS, brew install nginx. Without it, make run does."
)
# What stands in the file only for HTTPS, from one mark to the other; where the site listens is in one of them.
_ONLY_HTTPS = re.compile(r"^ *#\[ https\n(.*?)^ *#\]\n", re.MULTILINE | re.DOTALL)
_FOLDER = re.compile(r"/srv/newsroom/[^;\s]*")
_MAIN = """\
# Written at each start of `make run-nginx`, from deploy/nginx.conf.
{user}daemon off;
pcre_jit on;
worker_processes 2;
pid nginx.pid;
error_log stderr warn;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    include site.conf;
}}
"""


class NotUsable(Exception):
    """nginx cannot be run here; the message is the sentence for the operator."""


@dataclass(frozen=True)
class Places:
    """What `deploy/nginx.conf` is filled in with. Without `listen` the file keeps its own ports, and HTTPS."""

    pages: Path
    static: Path
    media: Path
    deploy: Path
    behind: str  # host and port of the web server
    names: str  # the site's host names, separated by spaces
    language: str  # the outlet's first
    listen: tuple[str, ...] = ()


def site(places: Places) -> str:
    """`deploy/nginx.conf` with `places` in place of its examples. Raises NotUsable."""
    text = SITE.read_text(encoding="utf-8")
    if places.listen:
        here = "".join(f"    listen {address};\n" for address in places.listen)
        text = _ONLY_HTTPS.sub(lambda found: here if "ssl_certificate" in found[1] else "", text)
    folders = {
        "/srv/newsroom/var/pages": places.pages,
        "/srv/newsroom/var/static": places.static,
        "/srv/newsroom/media": places.media,
        "/srv/newsroom/deploy": places.deploy,
    }
    text = _FOLDER.sub(lambda found: _quoted(_moved(found[0], folders)), text)
    for example, value in {
        "server 127.0.0.1:8000;": f"server {places.behind};",
        "server_name news.example.org;": f"server_name {places.names};",
        "set $page_code en;": f"set $page_code {places.language};",
    }.items():
        if example not in text:
            raise NotUsable(f"deploy/nginx.conf says nowhere “{example.strip()}”: it cannot be filled in.")
        text = text.replace(example, value)
    return text


def _moved(path: str, folders: Mapping[str, Path]) -> str:
    for example, folder in folders.items():
        if path == example or path.startswith(f"{example}/"):
            return f"{folder}{path.removeprefix(example)}"
    raise NotUsable(f"deploy/nginx.conf names {path}, which is none of the newsroom's folders.")


def _quoted(path: str) -> str:
    if re.search(r'["$\\\n]', path):
        raise NotUsable(f"nginx cannot be told of a folder with such signs in its name: {path}")
    return f'"{path}"'


def program() -> str:
    """Where nginx is. Raises NotUsable. Debian keeps it where only root's shell looks."""
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/opt/homebrew/bin")
    if not found:
        raise NotUsable(NOT_INSTALLED)
    return found


def prepare(folder: Path, places: Places) -> tuple[str, ...]:
    """Write what nginx needs to run from `folder`, and give the command that starts it. Raises NotUsable."""
    command = (program(), "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", "stderr")
    folder.mkdir(parents=True, exist_ok=True)
    user = f"user {_name_of_root()};\n" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(_MAIN.format(user=user), encoding="utf-8")
    (folder / "site.conf").write_text(site(places), encoding="utf-8")
    return command


def _name_of_root() -> str:
    """Who the workers are where root starts them: root too, for the pages here are this run's own."""
    return f"{pwd.getpwuid(0).pw_name} {grp.getgrgid(0).gr_name}"


def here(host: str, port: int, behind: int, language: str) -> Places:
    """The places of a newsroom on this machine."""
    return Places(
        # Without a store there is an empty folder: files of before would be shown for ever.
        # Pages that lie elsewhere come from Django.
        pages=settings.PAGES if isinstance(settings.PAGES, Path) else settings.VAR / "nginx" / "no-pages",
        static=settings.STATIC_ROOT,
        media=settings.MEDIA_ROOT,
        deploy=SITE.parent,
        behind=f"127.0.0.1:{behind}",
        names="_",
        language=language,
        listen=(f"[{host}]:{port}" if ":" in host else f"{host}:{port}",),
    )
