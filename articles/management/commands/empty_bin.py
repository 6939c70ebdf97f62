"""Delete for good the stories that have waited in the bin for 30 days, with their notes and revisions. Run it daily."""

from django.utils.translation import ngettext

from articles.desk import bin as the_bin
from articles.management.sentences import SentenceCommand


class Command(SentenceCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument(
            "--days", type=int, default=the_bin.DAYS, metavar="N", help="what has waited for N days (%(default)s)"
        )

    def handle(self, *, days, **options):
        emptied = the_bin.empty(door="empty_bin", days=max(0, days))
        said = ngettext("%(count)d story was deleted for good.", "%(count)d stories were deleted for good.", emptied)
        self.stdout.write(said % {"count": emptied})
