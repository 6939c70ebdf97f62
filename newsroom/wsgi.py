"""The newsroom as a WSGI application: what granian or gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application
from django.db import connections

from newsroom.start import refuse_unsafe_start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

application = get_wsgi_application()
refuse_unsafe_start()
connections.close_all()  # the look into the database was this thread's; requests have threads of their own
