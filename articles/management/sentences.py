"""A command that, when it fails, says one sentence on stderr and exits with 1; nothing else, and no traceback."""

import sys

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from articles.body.document import InvalidDocument
from articles.desk.errors import Refused
from articles.imaging import intake
from articles.wire.text import NotText

# What bad input raises: the text of each is the sentence for the person who gave it.
BAD_INPUT = (CommandError, Refused, intake.Refused, InvalidDocument, NotText)


class SentenceCommand(BaseCommand):
    def run_from_argv(self, argv):
        try:
            super().run_from_argv(argv)
        except KeyboardInterrupt:
            self.stderr.write("Stopped.")
            sys.exit(130)

    def execute(self, *args, **options):
        """Called from Python, a refusal is a CommandError; on the command line it is a sentence and exit code 1."""
        try:
            return super().execute(*args, **options)
        except BAD_INPUT as refusal:
            if not self._called_from_command_line:
                raise CommandError(str(refusal)) from refusal
            self.stderr.write(str(refusal))
            sys.exit(1)
        except DatabaseError as error:
            if not self._called_from_command_line:
                raise
            why = str(error).strip().splitlines()[0]
            self.stderr.write(f"The database cannot do this: {why}. Has “manage.py migrate” been run?")
            sys.exit(1)
