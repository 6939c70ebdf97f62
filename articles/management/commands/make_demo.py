"""Load the sample newsroom: an invented outlet with its people, pictures and stories, to see everything at work."""

from datetime import datetime

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from tqdm import tqdm

from articles.management.sample import reader
from articles.management.sample.loading import load, steps
from articles.management.sentences import SentenceCommand
from articles.models import Photo, Publication, Story


class Command(SentenceCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--if-empty", action="store_true", help="do nothing if there is any story, without fuss")
        parser.add_argument("--as-of", metavar="ISO", help="the moment the stories' ages count from (now)")

    def handle(self, *, if_empty, as_of, **options):
        if settings.PRODUCTION:
            raise CommandError(_("The sample newsroom is for development: its passwords are known to everybody."))
        sample = reader.story_uuids()
        if Story.objects.filter(uuid__in=sample).exists():
            self.stdout.write(_("The sample newsroom is here already: there is nothing to do."))
            return
        if Story.objects.exists():
            if not if_empty:
                raise CommandError(_("This database holds stories of its own: the sample newsroom is not put among them."))
            self.stdout.write(_("There are stories here: the sample newsroom was left out."))
            return
        with tqdm(total=steps(), desc=_("Sample newsroom"), unit="", disable=None, leave=False) as progress:
            load(moment(as_of), lambda name: progress.update())
        self.stdout.write(
            _("The sample newsroom is here: %(stories)d stories, %(photos)d pictures.")
            % {"stories": Story.objects.count(), "photos": Photo.objects.count()}
        )


def moment(text):
    """The moment that ages count from, in the outlet's time zone: the one given, or the last full hour."""
    named = Publication.objects.current()
    zone = (named if named.names else Publication(**reader.read_newsroom()["outlet"])).zone
    now = timezone.now()
    if not text:
        return now.astimezone(zone).replace(minute=0, second=0, microsecond=0)
    try:
        given = datetime.fromisoformat(text)
    except ValueError:
        raise CommandError(_("“%(text)s” is no date. Write it like 2016-07-28.") % {"text": text}) from None
    given = given.astimezone(zone) if given.tzinfo else given.replace(tzinfo=zone)
    if given > now:
        raise CommandError(_("“%(text)s” lies in the future: nothing can have been published then.") % {"text": text})
    return given
