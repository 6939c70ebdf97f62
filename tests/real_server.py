"""A newsroom that really runs, with a database of its own: `manage.py serve`, to be killed and started again."""

import json
import os
import socket
import subprocess
import sys
from contextlib import suppress
from uuid import uuid4

import psutil
import psycopg2
from django.conf import settings
from django.db import connections

MANAGE = [sys.executable, "manage.py"]
LAST_WORDS_OF_WELCOME = "Ctrl-C stops everything."
BEGINNING = """
import json
import django
django.setup()
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from articles.body import document
from articles.desk import stories
call_command("migrate", verbosity=0)
user = get_user_model().objects.create_superuser("rana", password=None)
body = document.document([document.paragraph(f"Paragraph {number}.") for number in range(1, 4)])
story = stories.start(language="en", by=user, headline="A harbour is dredged", body=body)
client = Client()
client.force_login(user)
print(json.dumps({"story": story.pk, "session": client.cookies[settings.SESSION_COOKIE_NAME].value}))
"""


class RealServer:
    """`address` of a newsroom with one story of three paragraphs (`story`, its number) and one editor's `session`.

    It has a page store if it `presses`, stands behind nginx with `nginx`, and in the database at `database`; without
    that, in one of the kind the tests run on.
    """

    def __init__(self, folder, *, presses=False, nginx=False, database=""):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.address, self.process, self.database = f"http://127.0.0.1:{self.port}", None, ""
        self.command = [*MANAGE, "serve", "--port", str(self.port), *(["--nginx"] if nginx else [])]
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "newsroom.settings",
            "NEWSROOM_DATABASE": database or self.new_database(folder),
            "NEWSROOM_SITE_ADDRESS": self.address,  # the same for commands beside it
            "NEWSROOM_VAR": str(folder / "var"),
            "NEWSROOM_PAGE_STORE": "pages" if presses else "off",  # one process less to start
            "NEWSROOM_MEDIA": str(folder / "media"),
        }
        begun = subprocess.run([sys.executable, "-c", BEGINNING], check=True, stdout=subprocess.PIPE, **self.place)
        self.story, self.session = json.loads(begun.stdout).values()

    @property
    def place(self):
        return {"env": self.environment, "cwd": settings.BASE_DIR, "text": True}

    def new_database(self, folder) -> str:
        """The address of an empty database of the kind the tests run on."""
        if connections["default"].vendor == "sqlite":
            return f"sqlite:///{folder}/newsroom.sqlite3"
        self.database = f"newsroom_real_{uuid4().hex}"
        self.ask_postgres(f'CREATE DATABASE "{self.database}"')
        return f"{os.environ['NEWSROOM_DATABASE'].rpartition('/')[0]}/{self.database}"

    def ask_postgres(self, words: str) -> None:
        known = connections["default"].settings_dict
        named = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
        said = {name: known[key] for name, key in named.items() if known[key]}
        connection = psycopg2.connect(dbname="postgres", **said)
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(words)
        connection.close()

    def start(self) -> None:
        """Return when it answers."""
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, **self.place)
        if not any(LAST_WORDS_OF_WELCOME in line for line in self.process.stdout):
            self.kill()
            raise AssertionError("The newsroom ended before it answered.")

    def kill(self) -> None:
        """As when the machine loses its power: no process of it gets to say a word."""
        if self.process:
            # Web server and worker are sessions of their own: a signal to one group would leave the others alive. Where
            # one of them was killed by itself, what it had started is nobody's child now.
            family = [one for one in psutil.process_iter() if self.is_ours(one)]
            self.process.kill()
            for child in family:
                with suppress(psutil.NoSuchProcess):
                    child.kill()
            psutil.wait_procs(family)
            self.process.wait()
            self.process.stdout.close()
            self.process = None

    def is_ours(self, process) -> bool:
        with suppress(psutil.Error):
            return process.environ().get("NEWSROOM_VAR") == self.environment["NEWSROOM_VAR"]
        return False

    def end(self) -> None:
        self.kill()
        if self.database:
            self.ask_postgres(f'DROP DATABASE "{self.database}" WITH (FORCE)')
