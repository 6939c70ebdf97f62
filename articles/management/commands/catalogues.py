"""`manage.py catalogues`: bring the Arabic catalogue up to date with the messages in the files, or check that it is."""

import sys

from django.core.management.base import BaseCommand

from articles.management import catalogues


class Command(BaseCommand):
    help = "Brings the Arabic catalogue up to date with the files and compiles it; needs no gettext on the system."
    requires_system_checks = []

    def add_arguments(self, parser):
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument("--check", action="store_true", help="change nothing; fail if a message is not translated")
        choice.add_argument("--compile", action="store_true", help="only compile what is there")

    def handle(self, *, check, compile, **options):
        if compile:
            catalogues.compile_catalogues()
            return
        found = catalogues.extract()
        if check:
            self.check_against(found)
            return
        path = catalogues.catalogue_path()
        text = catalogues.as_text(catalogues.merge(catalogues.read_catalogue(), found))
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        catalogues.compile_catalogues()
        left = catalogues.findings(catalogues.read_catalogue(), found)
        self.stdout.write(f"{len(found)} messages, {len(left)} of them to be translated in {path.name}.")

    def check_against(self, found):
        """End with exit code 1 and one line for each message that is missing, not translated, or no longer used."""
        catalogue = catalogues.read_catalogue()
        wrong = catalogues.findings(catalogue, found)
        if wrong:
            lines = "\n".join(f"  {finding}" for finding in wrong)
            sys.exit(f"{len(wrong)} messages are not right in Arabic (make messages, then translate):\n{lines}")
        if catalogues.as_text(catalogues.merge(catalogue, found)) != catalogues.catalogue_path().read_text("utf-8"):
            sys.exit("The Arabic catalogue is not as `make messages` writes it: run that.")
        self.stdout.write(f"{len(found)} messages, all of them in Arabic.")
