"""Make published stories in bulk, to measure with. Never in production."""

import time

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone
from tqdm import tqdm

from articles.management.load import Load, make
from articles.management.sentences import SentenceCommand


class Command(SentenceCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--stories", type=int, required=True, metavar="N", help="how many stories")
        parser.add_argument("--seed", type=int, default=1, metavar="S", help="the same seed makes the same words (1)")

        parser.add_argument("--indexed", action="store_true", help="found by search, too; `reindex` does it afterwards")

    def handle(self, *, stories, seed, indexed, **options):
        if settings.PRODUCTION:
            raise CommandError("This is production: stories for measuring have no place among real ones.")
        if stories < 1:
            raise CommandError("Say how many stories: --stories takes a number of 1 or more.")
        began = time.perf_counter()
        load = Load(seed, timezone.now())
        with tqdm(total=stories, unit=" stories", disable=None) as bar:
            for made in make(stories, load, indexed=indexed):
                bar.update(made)
        tidy()
        seconds = time.perf_counter() - began
        self.stdout.write(f"{stories} stories in {seconds:.1f} s: {stories / seconds:.0f} a second.")


def tidy() -> None:
    """Let the planner know how many there are now, and leave PostgreSQL no clearing up to do while one measures."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA analysis_limit = 1000")  # rows of each index; all of them take minutes
            cursor.execute("ANALYZE")
        else:
            cursor.execute("ANALYZE" if connection.in_atomic_block else "VACUUM (ANALYZE)")
