"""All settings of the newsroom: one file for every place it runs, told apart by environment variables alone.

The variables and their defaults are in `newsroom/environment.py`, what each is for in `docs/operators.md`. In
production (`NEWSROOM_MODE=production`) one that is missing or wrong stops the start with a sentence that names it.
"""

import os
import re
import secrets
import sys
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote, urlsplit

from newsroom.environment import as_list, cdn, database, read, read_number, read_switch, refuse
from newsroom.security import ADMIN_ADDRESS, READERS_POLICY

BASE_DIR = Path(__file__).resolve().parent.parent


def required(name: str, in_development: str, meaning: str) -> str:
    """The text of a variable that production must be given; `meaning` ends the sentence when it is not."""
    value = read(name)
    if PRODUCTION and not value:
        raise refuse(name, f"is not set: production needs {meaning}.")
    return value or in_development


# -- Where this is -----------------------------------------------------------------------------------------------------

if read("NEWSROOM_MODE") not in {"development", "production"}:
    raise refuse("NEWSROOM_MODE", f"must be “development” or “production”, and is “{read('NEWSROOM_MODE')}”.")
PRODUCTION = read("NEWSROOM_MODE") == "production"

# Off in development too, so that a reader's "not found" looks as it will; on, Django shows code and settings.
DEBUG = read_switch("NEWSROOM_DEBUG")
if DEBUG and PRODUCTION:
    raise refuse("NEWSROOM_DEBUG", "must not be 1 in production: error pages would show code and settings to anybody.")

VAR = BASE_DIR / Path(read("NEWSROOM_VAR")).expanduser()
MEDIA_ROOT = BASE_DIR / Path(read("NEWSROOM_MEDIA")).expanduser()
MEDIA_URL = "/media/"


def development_secret_key() -> str:
    """The key of this checkout, made once into `var/secret-key`; of several processes that start together one wins."""
    path = VAR / "secret-key"
    if not path.exists():
        VAR.mkdir(parents=True, exist_ok=True)
        written = VAR / f"secret-key.{os.getpid()}.{secrets.token_hex(4)}"
        written.write_text(secrets.token_urlsafe(64), encoding="utf-8")
        written.chmod(0o600)
        try:
            os.link(written, path)
        except FileExistsError:
            pass  # another process was quicker: its key counts
        finally:
            written.unlink()
    return path.read_text(encoding="utf-8").strip()


SECRET_KEY = required("NEWSROOM_SECRET_KEY", "", "a random text of 50 characters or more that nobody else knows")
if PRODUCTION and (len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5):
    raise refuse("NEWSROOM_SECRET_KEY", "is too easy to guess: give 50 random characters or more.")
SECRET_KEY = SECRET_KEY or development_secret_key()

ALLOWED_HOSTS = as_list(
    required("NEWSROOM_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]", "the host names of the site, separated by commas")
)
if PRODUCTION and "*" in ALLOWED_HOSTS:
    raise refuse("NEWSROOM_ALLOWED_HOSTS", "must name the hosts, for “*” lets anybody choose the host in our links.")

SITE_ADDRESS = required(
    "NEWSROOM_SITE_ADDRESS", "http://127.0.0.1:8000", "the public address of the site, such as https://news.example.org"
).rstrip("/")
if urlsplit(SITE_ADDRESS).scheme not in ({"https"} if PRODUCTION else {"https", "http"}):
    raise refuse("NEWSROOM_SITE_ADDRESS", f"must begin with https://, and is “{SITE_ADDRESS}”.")
if not urlsplit(SITE_ADDRESS).hostname or urlsplit(SITE_ADDRESS).path:
    raise refuse("NEWSROOM_SITE_ADDRESS", f"must be a scheme and a host and no more, and is “{SITE_ADDRESS}”.")

# -- The database ------------------------------------------------------------------------------------------------------

DATABASES = {
    "default": database(
        required(
            "NEWSROOM_DATABASE",
            f"sqlite:///{quote(str(VAR / 'newsroom.sqlite3'))}",
            "a database, such as postgres://user:password@host:5432/name",
        ),
        BASE_DIR,
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -- What it is made of ------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "articles.apps.ArticlesConfig",
    "articles.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "taggit",
    "csp",
    "django_prose_editor",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "newsroom.security.HeadersMiddleware",
    "newsroom.security.PolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "articles.views.api.door.ApiMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "newsroom.languages.LanguageMiddleware",
    "newsroom.addresses.AddressMiddleware",
    "articles.views.pressed.PressedMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"
ASGI_APPLICATION = "newsroom.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
            ],
        },
    },
]
# Templates of form fields are looked for in templates/ first, as all others are.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TASKS = {
    "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "pictures", "pages"]},
}

# -- Languages and time ------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ar", "العربية")]
LOCALE_PATHS = [BASE_DIR / "articles" / "locale"]
# The zone that a person reads and types in is the publication's; this one is for logs.
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

# -- Files -------------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
# In development static files are found where they lie; in production `collectstatic` gives them immutable names.
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = not PRODUCTION
WHITENOISE_ALLOW_ALL_ORIGINS = False


def folder_storage(name: str, **options) -> dict:
    """Settings of a storage in a folder beneath the media folder; without a `base_url` it is private."""
    options |= {"location": MEDIA_ROOT / name}
    return {"BACKEND": "newsroom.storage.WholeFileStorage", "OPTIONS": options}


RENDITIONS_ADDRESS = "/media/renditions/"
STORAGES = {
    "default": folder_storage("desk"),
    "originals": folder_storage("originals", durable=True),
    "desk": folder_storage("desk"),
    "renditions": folder_storage("renditions", base_url=RENDITIONS_ADDRESS),
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

PICTURE_BYTES = read_number("NEWSROOM_PICTURE_BYTES")
PICTURE_PIXELS = read_number("NEWSROOM_PICTURE_PIXELS")
try:
    PICTURE_WIDTHS = tuple(sorted({int(width) for width in as_list(read("NEWSROOM_PICTURE_WIDTHS"))}))
except ValueError as error:
    raise refuse("NEWSROOM_PICTURE_WIDTHS", "must be whole numbers of pixels, separated by commas.") from error

# Public pages, pressed. A folder that nginx reads too; a bucket (s3://name/folder), or `off`: Django renders each page.
PAGE_STORE = read("NEWSROOM_PAGE_STORE")
PAGES = None if PAGE_STORE == "off" else PAGE_STORE if "://" in PAGE_STORE else VAR / Path(PAGE_STORE).expanduser()
PAGES_TO_GO = VAR / "pages-to-go"  # notes of those that had to go and could not be removed
if isinstance(PAGES, str) and not re.fullmatch(r"s3://[a-z0-9][a-z0-9.-]+(/[^?#]*)?", PAGES):
    raise refuse("NEWSROOM_PAGE_STORE", "must be a folder, a bucket such as s3://news-pages/en, or “off”.")
if isinstance(PAGES, str) and not find_spec("storages"):
    raise refuse("NEWSROOM_PAGE_STORE", "names a bucket; for that the extra “s3” is installed (docs/operators.md).")

# Content credentials, with the optional extra: whose word counts, and what our own are signed with. Paths of PEM files.
C2PA_TRUST = read("NEWSROOM_C2PA_TRUST")
C2PA_CERTIFICATE, C2PA_KEY = read("NEWSROOM_C2PA_CERTIFICATE"), read("NEWSROOM_C2PA_KEY")
if bool(C2PA_CERTIFICATE) != bool(C2PA_KEY):
    raise refuse(
        "NEWSROOM_C2PA_KEY" if C2PA_CERTIFICATE else "NEWSROOM_C2PA_CERTIFICATE",
        "is not set: a certificate and its key are given together, or neither.",
    )

# Pictures that are on their way, piece by piece; a folder, for pieces are appended, which no object storage does.
UPLOADS_ROOT = MEDIA_ROOT / Path(read("NEWSROOM_UPLOADS")).expanduser()
UPLOADS_BYTES = read_number("NEWSROOM_UPLOADS_BYTES")

# On: nginx hands out the private pictures that a view names (X-Accel-Redirect), instead of Django reading them.
ACCEL = read_switch("NEWSROOM_ACCEL")

# Beyond this an upload goes to a file instead of memory.
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640
# What is not a file: a story of 20,000 words as JSON is well under a megabyte.
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_NUMBER_FILES = 200

# -- In front of it ----------------------------------------------------------------------------------------------------

# A cache that is told by key what to forget; none where readers get their pages from nginx.
CDN = cdn()

# -- The API -----------------------------------------------------------------------------------------------------------

# Whose pages may read it in their readers' browsers, such as https://partner.example; “*” for everybody's.
API_ORIGINS = as_list(read("NEWSROOM_API_ORIGINS"))
for origin in API_ORIGINS:
    if origin != "*" and (urlsplit(origin).scheme not in {"https", "http"} or urlsplit(origin).path or "," in origin):
        raise refuse("NEWSROOM_API_ORIGINS", f"must be * or addresses as https://partner.example, and has “{origin}”.")
# Askings a minute that one client has; 0 for as many as it likes.
API_RATE = read_number("NEWSROOM_API_RATE")

# -- Doors -------------------------------------------------------------------------------------------------------------

LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"

# Cookies belong to the admin's address alone: a reader's page can neither see nor depend on who is signed in.
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = LANGUAGE_COOKIE_PATH = ADMIN_ADDRESS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = False  # scripts of the admin read it to save
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

CONTENT_SECURITY_POLICY = {"DIRECTIVES": READERS_POLICY}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"

SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = read_number("NEWSROOM_HSTS_SECONDS") if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = False
BEHIND_PROXY = PRODUCTION and read_switch("NEWSROOM_BEHIND_PROXY")
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_TRUSTED_ORIGINS = [SITE_ADDRESS]

# Names beneath ours (W005) and browsers' built-in lists (W021) are for the owner of the domain to promise, not for us.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

# -- What it says ------------------------------------------------------------------------------------------------------

LOG_LEVEL = read("NEWSROOM_LOG_LEVEL").upper()
if LOG_LEVEL not in {"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"}:
    raise refuse("NEWSROOM_LOG_LEVEL", "must be DEBUG, INFO, WARNING, ERROR or CRITICAL.")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line", "stream": sys.stderr},
        "errors": {"class": "logging.StreamHandler", "formatter": "line", "stream": sys.stderr, "level": "ERROR"},
    },
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        # Without this Django would say everything twice, and errors by e-mail.
        "django": {"handlers": [], "level": LOG_LEVEL, "propagate": True},
        # A reader at a wrong address is no news; nor is a task that ran, or a worker that was asked to stop.
        "django.request": {"level": "ERROR"},
        "botocore": {"level": "WARNING"},
        "django_tasks": {"handlers": ["errors"], "propagate": False},
        "django_tasks_db": {"handlers": ["errors"], "propagate": False},
    },
}
