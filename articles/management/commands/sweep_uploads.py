"""Delete the pictures that did not arrive whole and that nobody went on with for two days."""

from django.utils.translation import ngettext

from articles.desk import uploads
from articles.management.sentences import SentenceCommand


class Command(SentenceCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument(
            "--days", type=int, default=uploads.DAYS, metavar="N", help="what has waited for N days (%(default)s)"
        )

    def handle(self, *, days, **options):
        swept = uploads.sweep(days=max(0, days))
        said = ngettext("%(count)d upload was deleted.", "%(count)d uploads were deleted.", swept)
        self.stdout.write(said % {"count": swept})
