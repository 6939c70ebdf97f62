"""Have the worker sign all pictures anew: after a certificate was set up or renewed."""

from django.conf import settings
from django.core.management import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.desk import provenance
from articles.imaging import signing
from articles.management.sentences import SentenceCommand


class Command(SentenceCommand):
    help = __doc__

    def handle(self, **options):
        if not settings.C2PA_CERTIFICATE:
            raise CommandError(
                _("No certificate is set up: NEWSROOM_C2PA_CERTIFICATE and NEWSROOM_C2PA_KEY are empty.")
            )
        try:
            signing.house(settings.C2PA_CERTIFICATE, settings.C2PA_KEY)
        except signing.NotSigned as error:
            raise CommandError(str(error)) from error
        asked = provenance.sign_anew()
        said = ngettext(
            "%(count)d picture is signed anew by the worker.",
            "%(count)d pictures are signed anew by the worker.",
            asked,
        )
        self.stdout.write(said % {"count": asked})
