"""The newsroom as a web server serves it, with the empty view beside it."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
settings.ROOT_URLCONF = "tests.bench.urls"
application = get_wsgi_application()
