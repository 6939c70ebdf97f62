"""Index all stories for search anew, after an upgrade that says so. The site and the newsroom work on meanwhile."""

from tqdm import tqdm

from articles.management.sentences import SentenceCommand
from articles.models import Story
from articles.search import index


class Command(SentenceCommand):
    help = __doc__

    def handle(self, **options):
        done = 0
        with tqdm(total=Story.objects.count(), unit=" stories", disable=None) as bar:
            for number in index.keep_anew():
                done += number
                bar.update(number)
        self.stdout.write(f"{done} stories are indexed.")
