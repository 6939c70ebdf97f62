"""The databases' own indexes over what is searched (`articles/search/sqlite.py`, `postgres.py`)."""

from django.db import migrations

from articles.search import postgres, sqlite


def _backend(editor):
    return postgres if editor.connection.vendor == "postgresql" else sqlite


def install(apps, editor):
    with editor.connection.cursor() as cursor:
        _backend(editor).install(cursor)


def remove(apps, editor):
    with editor.connection.cursor() as cursor:
        _backend(editor).remove(cursor)


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
