"""The newsroom as an ASGI application, for servers that speak nothing else; the views are synchronous."""

import os

from django.core.asgi import get_asgi_application
from django.db import connections

from newsroom.start import refuse_unsafe_start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

application = get_asgi_application()
refuse_unsafe_start()
connections.close_all()  # the look into the database was this thread's; requests have threads of their own
