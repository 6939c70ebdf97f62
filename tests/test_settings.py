"""The settings: what each environment variable does, and what production refuses to start without."""

import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as running
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured

from newsroom.environment import VARIABLES
from newsroom.start import refuse_unsafe_start

SETTINGS = running.BASE_DIR / "newsroom" / "settings.py"
ENVIRONMENT = running.BASE_DIR / "newsroom" / "environment.py"
OPERATORS = running.BASE_DIR / "docs" / "operators.md"
IN_PRODUCTION = {
    "NEWSROOM_MODE": "production",
    "NEWSROOM_SECRET_KEY": "".join(chr(33 + number) for number in range(64)),
    "NEWSROOM_ALLOWED_HOSTS": "news.example.org",
    "NEWSROOM_SITE_ADDRESS": "https://news.example.org",
    "NEWSROOM_DATABASE": "postgres://newsroom:secret@db.example.org:5433/desk",
}


@pytest.fixture
def settings_with(monkeypatch, tmp_path):
    """The settings as they are with these environment variables and no others of ours."""
    for name in [name for name in os.environ if name.startswith("NEWSROOM_")]:
        monkeypatch.delenv(name)

    def load(**variables: str) -> dict:
        for name, value in ({"NEWSROOM_VAR": str(tmp_path / "var")} | variables).items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(SETTINGS))

    return load


def test_nothing_needs_to_be_set_in_development(settings_with, tmp_path):
    settings = settings_with()
    assert not settings["PRODUCTION"]
    assert not settings["DEBUG"]
    assert settings["DATABASES"]["default"]["NAME"] == tmp_path / "var" / "newsroom.sqlite3"
    assert settings["SITE_ADDRESS"] == "http://127.0.0.1:8000"


def test_the_secret_key_of_development_is_made_once_and_is_nobody_elses(settings_with, tmp_path):
    first, second = settings_with()["SECRET_KEY"], settings_with()["SECRET_KEY"]
    assert first == second
    assert len(first) >= 50
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["secret-key"]
    assert (tmp_path / "var" / "secret-key").stat().st_mode & 0o077 == 0


def test_production_starts_when_all_it_needs_is_set(settings_with):
    settings = settings_with(**IN_PRODUCTION)
    assert settings["PRODUCTION"]
    assert settings["SESSION_COOKIE_SECURE"]
    assert settings["SECURE_SSL_REDIRECT"]
    assert settings["ALLOWED_HOSTS"] == ["news.example.org"]


@pytest.mark.parametrize(
    "name", ["NEWSROOM_SECRET_KEY", "NEWSROOM_ALLOWED_HOSTS", "NEWSROOM_SITE_ADDRESS", "NEWSROOM_DATABASE"]
)
@pytest.mark.parametrize("missing", ["", "  "])
def test_production_refuses_to_start_without(name, missing, settings_with):
    with pytest.raises(ImproperlyConfigured, match=f"^{name} is not set: production needs .+\\.$"):
        settings_with(**IN_PRODUCTION | {name: missing})


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("NEWSROOM_SECRET_KEY", "short", "too easy to guess"),
        ("NEWSROOM_SECRET_KEY", "a" * 80, "too easy to guess"),
        ("NEWSROOM_DEBUG", "1", "must not be 1 in production"),
        ("NEWSROOM_DEBUG", "yes", "must be 1 or 0"),
        ("NEWSROOM_MODE", "prod", "must be “development” or “production”"),
        ("NEWSROOM_ALLOWED_HOSTS", "news.example.org,*", "must name the hosts"),
        ("NEWSROOM_SITE_ADDRESS", "http://news.example.org", "must begin with https://"),
        ("NEWSROOM_SITE_ADDRESS", "https://news.example.org/en", "a scheme and a host and no more"),
        ("NEWSROOM_SITE_ADDRESS", "https://", "a scheme and a host and no more"),
        ("NEWSROOM_DATABASE", "mysql://user@host/name", "must begin with postgres:// or sqlite:///"),
        ("NEWSROOM_DATABASE", "postgres://user@host:port/name", "its port must be a number"),
        ("NEWSROOM_DATABASE", "postgres://user@host", "names no database"),
        ("NEWSROOM_DATABASE_SECONDS", "ten", "must be a whole number"),
        ("NEWSROOM_HSTS_SECONDS", "-1", "must be a whole number"),
        ("NEWSROOM_LOG_LEVEL", "loud", "must be DEBUG, INFO"),
        ("NEWSROOM_PICTURE_WIDTHS", "wide", "must be whole numbers of pixels"),
        ("NEWSROOM_ACCEL", "on", "must be 1 or 0"),
        ("NEWSROOM_PAGE_STORE", "gs://news-pages", "must be a folder, a bucket"),
        ("NEWSROOM_PAGE_STORE", "s3://News Pages", "must be a folder, a bucket"),
        ("NEWSROOM_CDN", "squid", "must be varnish, fastly or cloudflare"),
    ],
)
def test_a_wrong_value_is_a_sentence_that_begins_with_the_variable(name, value, why, settings_with):
    with pytest.raises(ImproperlyConfigured) as refusal:
        settings_with(**IN_PRODUCTION | {name: value})
    assert str(refusal.value).startswith(f"{name} ")
    assert why in str(refusal.value)
    assert "\n" not in str(refusal.value)


VARNISH = {"NEWSROOM_CDN": "varnish", "NEWSROOM_CDN_ADDRESSES": "http://127.0.0.1:6081"}
FASTLY = {"NEWSROOM_CDN": "fastly", "NEWSROOM_CDN_SERVICE": "SU1Z0isxPaozGVKXdv0eY", "NEWSROOM_CDN_TOKEN": "secret"}


@pytest.mark.parametrize(
    ("given", "name", "value"),
    [
        (VARNISH, "NEWSROOM_CDN_ADDRESSES", ""),
        (VARNISH, "NEWSROOM_CDN_ADDRESSES", "127.0.0.1:6081"),
        (VARNISH, "NEWSROOM_CDN_ADDRESSES", "http://127.0.0.1:6081,http://name:word@127.0.0.2"),
        (VARNISH, "NEWSROOM_CDN_ADDRESSES", "http://127.0.0.1:port"),
        (VARNISH, "NEWSROOM_CDN_ADDRESSES", "http://127.0.0.1/path"),
        (FASTLY, "NEWSROOM_CDN_ADDRESSES", "http://api.example.org"),
        (FASTLY, "NEWSROOM_CDN_ADDRESSES", "https://one.example.org,https://two.example.org"),
        (FASTLY, "NEWSROOM_CDN_SERVICE", ""),
        (FASTLY, "NEWSROOM_CDN_SERVICE", "../purge_all"),
        (FASTLY, "NEWSROOM_CDN_TOKEN", ""),
        (FASTLY, "NEWSROOM_CDN_TOKEN", "to\nken"),
    ],
)
def test_a_cache_in_front_that_could_not_be_purged_stops_the_start(given, name, value, settings_with):
    with pytest.raises(ImproperlyConfigured) as refusal:
        settings_with(**given | {name: value})
    assert str(refusal.value).startswith(f"{name} ")
    assert "secret" not in str(refusal.value)


def test_the_cache_in_front_is_what_was_said(settings_with):
    assert settings_with()["CDN"] is None
    varnish = settings_with(**VARNISH | {"NEWSROOM_CDN_ADDRESSES": "http://10.0.0.1:6081/, http://[::1]:6081"})["CDN"]
    assert varnish["addresses"] == ("http://10.0.0.1:6081", "http://[::1]:6081")
    fastly = settings_with(**FASTLY | {"NEWSROOM_CDN_ADDRESSES": ""})["CDN"]
    assert (fastly["addresses"], fastly["token"]) == (("https://api.fastly.com",), "secret")


def test_the_command_line_says_it_without_a_traceback():
    environment = {"PATH": os.environ["PATH"], "NEWSROOM_MODE": "production"}
    command = [sys.executable, "manage.py", "migrate"]
    run = subprocess.run(command, env=environment, cwd=running.BASE_DIR, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert run.stderr.startswith("NEWSROOM_SECRET_KEY is not set")
    assert run.stderr.count("\n") == 1


def test_a_database_address_is_read_in_all_its_parts(settings_with):
    address = "postgres://desk%40work:p%2Fw%3A1@db.example.org:5433/the%20news"
    database = settings_with(NEWSROOM_DATABASE=address)["DATABASES"]["default"]
    assert [database[part] for part in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == [
        "desk@work",
        "p/w:1",
        "db.example.org",
        "5433",
        "the news",
    ]
    assert database["CONN_MAX_AGE"] == 600


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("postgres://desk@%2Frun%2FPostgres/news", "/run/Postgres"),
        ("postgres://desk@[::1]:5432/news", "::1"),
        ("postgresql:///news", ""),
    ],
)
def test_a_database_may_be_reached_by_a_socket_or_a_number(address, host, settings_with):
    assert settings_with(NEWSROOM_DATABASE=address)["DATABASES"]["default"]["HOST"] == host


def test_a_path_with_four_slashes_begins_at_the_root(settings_with, tmp_path):
    database = settings_with(NEWSROOM_DATABASE=f"sqlite:///{tmp_path}/deep/news.sqlite3")["DATABASES"]["default"]
    assert database["NAME"] == tmp_path / "deep" / "news.sqlite3"
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_only_the_renditions_have_an_address(settings_with):
    storages = settings_with()["STORAGES"]
    assert [name for name, storage in storages.items() if storage.get("OPTIONS", {}).get("base_url")] == ["renditions"]


def test_every_variable_is_documented_with_its_default():
    rows = re.findall(
        r"^\| `(NEWSROOM_\w+)` \| (?:`([^`]*)`)? ?\|", OPERATORS.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert dict(rows) == VARIABLES


def test_every_variable_in_the_table_is_read():
    text = SETTINGS.read_text(encoding="utf-8") + ENVIRONMENT.read_text(encoding="utf-8").partition("def refuse")[2]
    assert set(re.findall(r"\"(NEWSROOM_\w+)\"", text)) == set(VARIABLES)


@pytest.fixture
def in_production(settings, tmp_path):
    """The running settings, as those of a production whose static files are in place."""
    settings.PRODUCTION = True
    settings.SECRET_KEY = IN_PRODUCTION["NEWSROOM_SECRET_KEY"]
    settings.STATIC_ROOT = tmp_path
    Path(tmp_path, "staticfiles.json").write_text("{}", encoding="utf-8")
    return settings


def test_production_refuses_to_start_with_an_account_of_the_sample(db, in_production):
    person = get_user_model().objects.create_user("rana", email="rana@sample.invalid")
    with pytest.raises(SystemExit, match="“rana” of the sample newsroom"):
        refuse_unsafe_start()
    person.is_active = False
    person.save()
    refuse_unsafe_start()


def test_production_refuses_to_start_without_its_static_files(in_production, tmp_path):
    Path(tmp_path, "staticfiles.json").unlink()
    with pytest.raises(SystemExit, match=r"run manage\.py collectstatic"):
        refuse_unsafe_start()


def test_development_starts_with_the_sample(db):
    get_user_model().objects.create_user("rana", email="rana@sample.invalid")
    refuse_unsafe_start()


@pytest.mark.parametrize(("given", "missing"), [("CERTIFICATE", "KEY"), ("KEY", "CERTIFICATE")])
def test_a_certificate_and_its_key_are_given_together(given, missing, settings_with):
    with pytest.raises(ImproperlyConfigured, match=f"^NEWSROOM_C2PA_{missing} is not set: "):
        settings_with(**IN_PRODUCTION | {f"NEWSROOM_C2PA_{given}": "one.pem"})
