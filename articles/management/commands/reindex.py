"""Index all stories and pictures for search anew, after an upgrade that says so. The newsroom works on meanwhile."""

import time
from itertools import chain

from tqdm import tqdm

from articles.desk import findable
from articles.management.sentences import SentenceCommand
from articles.models import Photo, Story
from articles.search import index

EVERY = 10  # seconds between two lines, where no bar can be drawn


class Command(SentenceCommand):
    help = __doc__

    def handle(self, **options):
        stories, pictures = Story.objects.count(), Photo.objects.count()
        passes = chain(index.keep_anew(), findable.keep_anew())
        done, said_at = 0, time.monotonic()
        with tqdm(total=stories + pictures, unit=" stories and pictures", disable=None) as bar:
            for number in passes:
                done += number
                bar.update(number)
                if bar.disable and time.monotonic() - said_at >= EVERY:
                    said_at = time.monotonic()
                    self.stdout.write(f"{done} of {stories + pictures} stories and pictures are indexed.")
        self.stdout.write(f"{done} stories and pictures are indexed.")
