"""Load the sample newsroom: an invented outlet with its people, pictures and stories, to see everything at work."""

from django.conf import settings
from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from articles.management.sample import reader
from articles.management.sample.loading import load, moment_in, steps
from articles.management.sentences import SentenceCommand
from articles.models import Photo, Story


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
                raise CommandError(
                    _("This database holds stories of its own: the sample newsroom is not put among them.")
                )
            self.stdout.write(_("There are stories here: the sample newsroom was left out."))
            return
        reference = moment_in(as_of)
        with tqdm(total=steps(), desc=_("Sample newsroom"), unit="", disable=None, leave=False) as progress:
            load(reference, lambda name: progress.update())
        self.stdout.write(
            _("The sample newsroom is here: %(stories)d stories, %(photos)d pictures.")
            % {"stories": Story.objects.count(), "photos": Photo.objects.count()}
        )
