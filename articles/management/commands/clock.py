"""Keep time for the newsroom: expiries, embargoes and what is to be tidied up. `serve` runs it beside the worker."""

import signal
import threading

from django.db import DatabaseError, close_old_connections

from articles.desk import clock
from articles.management.sentences import SentenceCommand

SECONDS = 15.0


class Command(SentenceCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="do what is due now, and end")
        parser.add_argument("--seconds", type=float, default=SECONDS, help="between two beats (%(default)s)")

    def handle(self, *, once, seconds, **options):
        if once:
            self.stdout.write(f"{clock.beat()} things were due.")
            return
        stopping = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stopping.set())
        while True:
            try:
                clock.beat()
            except DatabaseError as error:  # the database is down: the next beat finds what this one could not do
                self.stderr.write(f"The clock could not ask the database: {error}")
            close_old_connections()
            if stopping.wait(max(1.0, seconds)):
                return
