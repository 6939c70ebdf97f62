"""What every test of the newsroom stands on: a database and a media folder of its own, quick passwords, a browser.

`NEWSROOM_NOTHING_SKIPPED=1` (set in `.ci/run`) turns every skipped test into a failed one.
"""

import os
import re
import shutil
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.storage import storages
from django.db import connections
from django.db.models import FileField
from playwright.sync_api import sync_playwright

from articles.management.catalogues import compile_catalogues

from .make import make  # noqa: F401  the factories, for every test
from .receiver import receiver  # noqa: F401  a web server to be asked, for those that need one

NOTHING_SKIPPED = os.environ.get("NEWSROOM_NOTHING_SKIPPED") == "1"
TESTS = Path(__file__).parent
CRAFTS = {"body", "imaging", "wire"}  # they may import no model (pyproject.toml): most of their tests ask no database
DATABASE = {"db", "transactional_db", "_django_db_helper"}
# The one without windows needs two thirds of the time of the others (docs/decisions.md).
CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, CHROMIUMS)), None)
NO_CHROMIUM = "Browser tests left out: no Chromium found"
# As root Chromium has no sandbox; without the other flags it looks for its maker's servers at every start.
CHROMIUM_FLAGS = [
    *(["--no-sandbox"] if os.geteuid() == 0 else []),
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


# -- Nothing left out unseen -------------------------------------------------------------------------------------------


def pytest_configure(config):
    """Compile the newsroom's Arabic before the first test; with several workers only the one that steers does it."""
    if not hasattr(config, "workerinput"):
        compile_catalogues()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Leave browser tests out where there is no Chromium; else give each two more tries (docs/decisions.md)."""
    for item in items:
        if item.path.relative_to(TESTS).parts[0] in CRAFTS and not DATABASE & set(item.fixturenames):
            item.add_marker(pytest.mark.once)
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason=NO_CHROMIUM) if CHROMIUM is None else pytest.mark.flaky(reruns=2))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    return skip_is_failure(report)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    report = yield
    return skip_is_failure(report)


def skip_is_failure(report):
    """`report`, failed if it is of a skipped test (or a skipped file of tests) and nothing may be skipped."""
    if NOTHING_SKIPPED and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"Nothing may be skipped here (NEWSROOM_NOTHING_SKIPPED=1). {reason}"
    return report


def pytest_terminal_summary(terminalreporter):
    if CHROMIUM is None:
        terminalreporter.write_line(NO_CHROMIUM)


# -- A database and a media folder of its own --------------------------------------------------------------------------


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, tmp_path_factory):
    """On SQLite a test run has a database file in its own temporary folder: runs side by side never meet."""
    settings = connections["default"].settings_dict
    if settings["ENGINE"].endswith("sqlite3"):
        settings["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "newsroom.sqlite3")


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    """Every test has a media folder of its own, `tmp_path / "media"`, in all storages and all fields with a file."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.UPLOADS_ROOT = settings.MEDIA_ROOT / "uploads"
    settings.STORAGES = {
        name: storage | {"OPTIONS": storage["OPTIONS"] | {"location": settings.MEDIA_ROOT / name}}
        if "location" in storage.get("OPTIONS", {})
        else storage
        for name, storage in settings.STORAGES.items()
    }
    # A field asks for its storage once, when its model is made.
    fields = [
        field for model in apps.get_models() for field in model._meta.local_fields if isinstance(field, FileField)
    ]
    before = [(field, field.storage) for field in fields]
    for field in fields:
        field.storage = getattr(field, "_storage_callable", lambda: storages["default"])()
    yield settings.MEDIA_ROOT
    for field, storage in before:
        field.storage = storage


@pytest.fixture(autouse=True)
def no_page_store(settings, tmp_path):
    """Pages are made by Django, unless a test is about the store (`tests/pages/conftest.py`: `page_store`)."""
    settings.PAGES, settings.PAGES_TO_GO = None, tmp_path / "pages-to-go"


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """Signing in costs a test nothing: what makes passwords slow to guess is Django's to test."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


# -- A browser ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser():
    """The system's Chromium, started once for a run (or for each of its workers), without a window."""
    # Playwright keeps an event loop running in this thread, so Django would refuse every query of a test.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


# What a browser says of an answer that docs/saving.md has a row for, and of a cut line: tests do both on purpose.
ON_PURPOSE = re.compile(
    r"Failed to load resource: (net::|the server responded with a status of (401|403|409|413|422|503))"
)


@pytest.fixture
def new_context(browser):
    """Makes browsers without history or cookies; what goes wrong in a script or its policy fails the test."""
    made, wrong = [], []

    def heard(said):
        where = said.location.get("url", "")
        if said.type == "error" and not ON_PURPOSE.match(said.text) and not where.endswith("/nothing/"):
            wrong.append(f"console: {said.text} {where}")

    def new(**options):
        context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, "locale": "en-GB"} | options)
        context.set_default_timeout(30_000)
        context.on("weberror", lambda error: wrong.append(f"script: {error.error}"))
        context.on("console", heard)
        made.append(context)
        return context

    yield new
    for context in made:
        context.close()
    assert not wrong, wrong


@pytest.fixture
def page(new_context):
    """A tab in a browser of its own."""
    return new_context().new_page()
