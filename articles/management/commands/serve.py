"""`manage.py serve`: web server and background worker together, until Ctrl-C; with `--nginx` as in production."""

import os
import sys
from argparse import ArgumentTypeError

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand
from django.db import connections

from articles.management import nginx
from articles.management.processes import Processes, WebServerEnded, free_port, port_is_taken
from articles.management.sample.accounts import ACCOUNTS
from articles.models import Publication
from articles.roles import ROLES
from newsroom.security import ADMIN_ADDRESS
from newsroom.start import refuse_unsafe_start


class Command(BaseCommand):
    help = "Serves the newsroom and runs its background work, together, until Ctrl-C."

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (127.0.0.1)")
        parser.add_argument("--port", type=port_number, default=8000, help="the port to listen on (8000)")
        parser.add_argument("--nginx", action="store_true", help="put nginx in front, as deploy/nginx.conf does")

    def handle(self, *, host, port, **options):
        refuse_unsafe_start()
        if port_is_taken(host, port):
            sys.exit(f"Port {port} is taken by another program: choose another, for example make run PORT={port + 1}.")
        site = f"http://{host}:{port}"
        if settings.PRODUCTION:
            site = settings.SITE_ADDRESS
        else:
            # Addresses in feeds and for search engines name the port that is really used.
            os.environ.setdefault("NEWSROOM_SITE_ADDRESS", site)
        words = self.welcome(site)
        in_front = self.in_front(host, port) if options["nginx"] else {}
        connections.close_all()
        processes = Processes(host, port, say=self.say, **in_front)
        try:
            processes.run(when_ready=lambda: self.say(words))
        except WebServerEnded as ended:
            sys.exit(str(ended))
        self.say("The newsroom is stopped.")

    def in_front(self, host: str, port: int) -> dict:
        """What Processes is told where nginx answers at this address, and the web server behind it."""
        if settings.PRODUCTION:
            sys.exit("In production nginx runs by itself, with HTTPS: see deploy/nginx.conf.")
        behind = free_port()
        language = Publication.objects.current().default_language
        try:
            front = nginx.prepare(settings.VAR / "nginx", nginx.here(host, port, behind, language))
        except nginx.NotUsable as error:
            sys.exit(str(error))
        os.environ["NEWSROOM_ACCEL"] = "1"
        return {"front": front, "behind": behind}

    def say(self, words: str) -> None:
        """Write words at once, also where the output is a file or a pipe."""
        self.stdout.write(words)
        self.stdout.flush()

    def welcome(self, site: str) -> str:
        """The addresses, and the sample newsroom's sign-ins if its people are here."""
        lines = ["", f"  The site   {site}/", f"  The admin  {site}{ADMIN_ADDRESS}", ""]
        names = set(
            get_user_model()
            .objects.filter(username__in=[account.username for account in ACCOUNTS])
            .values_list("username", flat=True)
        )
        people = [account for account in ACCOUNTS if account.username in names and not settings.PRODUCTION]
        if people:
            lines += [
                "  Sign in as",
                *(f"    {account.username:<8}{account.password:<12}{ROLES[account.role][0]}" for account in people),
                "",
            ]
        return "\n".join([*lines, "  Ctrl-C stops everything."])


def port_number(text: str) -> int:
    """`text` as a port, 1 to 65535. Raises ArgumentTypeError with the sentence for whoever typed it."""
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:6]) <= 65535):
        raise ArgumentTypeError(f"“{text}” is no port: give a number from 1 to 65535.")
    return int(text)
