#!/usr/bin/env python
"""The newsroom's command line: every command of Django and of the newsroom starts here."""

import os
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line


def main() -> None:
    """Run the command named on the command line; a setting that is missing or wrong is one sentence, no traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    try:
        settings.INSTALLED_APPS  # noqa: B018  reading any setting loads the settings file
    except ImproperlyConfigured as refusal:
        sys.exit(str(refusal))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
