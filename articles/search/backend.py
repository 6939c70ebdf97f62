"""The back end: which of the two modules speaks to the database there is."""

from types import ModuleType

from django.db import connection

from . import postgres, sqlite


def current() -> ModuleType:
    return postgres if connection.vendor == "postgresql" else sqlite
