# The newsroom's commands. `make run` is all a newcomer needs; `make help` lists the rest.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SILENT:

PORT ?= 8000
TESTS ?= tests
ONLY ?=

BIN := .venv/bin
PYTHON := $(BIN)/python
MANAGE := $(PYTHON) manage.py
PIP := $(PYTHON) -m pip install --quiet --disable-pip-version-check --no-input
# Throw-away values: enough for Django to check what production would be.
AS_PRODUCTION := NEWSROOM_MODE=production NEWSROOM_ALLOWED_HOSTS=news.example.org \
	NEWSROOM_SITE_ADDRESS=https://news.example.org NEWSROOM_DATABASE=sqlite:///var/check.sqlite3 \
	NEWSROOM_SECRET_KEY=only-for-make-check-abcdefghijklmnopqrstuvwxyz-0123456789

.PHONY: help setup run run-nginx test check bench lock messages clean

help: ## List the targets, one line each.
	sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

setup: .venv/installed ## Make .venv, prepare the database, load the sample newsroom if there are no stories.
	$(MANAGE) catalogues --compile
	$(MANAGE) migrate --no-input --verbosity 0
	$(MANAGE) make_demo --if-empty

run: setup ## Set up, then serve the newsroom with its background worker on http://127.0.0.1:8000/ (PORT= changes it).
	exec $(MANAGE) serve --port $(PORT)

run-nginx: setup ## The same as in production: nginx in front, with deploy/nginx.conf, the web server behind it.
	exec $(MANAGE) serve --nginx --port $(PORT)

# The browser is driven once: its tests take longer than all others, and the doors behind it are tested on both databases
# without a browser (docs/decisions.md, Tests).
test: .venv/installed-test ## Run all tests, on SQLite and on PostgreSQL, once where no database is asked (TESTS= picks a folder or file).
	echo "On SQLite:"
	env -u NEWSROOM_DATABASE $(BIN)/pytest -n logical --dist worksteal $(TESTS)
	echo "On PostgreSQL:"
	$(PYTHON) -m tests.postgres -- $(BIN)/pytest -n logical --dist worksteal -m "not browser and not once" $(TESTS)

check: .venv/installed-test ## Check format, lint, templates, imports, production settings, migrations and Arabic messages.
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	find templates -name '*.html' -exec $(BIN)/djade --check --target-version 5.2 {} +
	$(BIN)/lint-imports --no-logo
	$(AS_PRODUCTION) $(MANAGE) check --deploy --fail-level WARNING
	$(MANAGE) makemigrations --check --dry-run
	$(MANAGE) catalogues --check

bench: .venv/installed-test ## Measure, print a table, and write var/bench.json (ONLY= picks a part).
	ONLY=$(ONLY) $(PYTHON) -m tests.bench

messages: .venv/installed ## Bring the Arabic catalogue up to date with the messages in the files.
	$(MANAGE) catalogues

lock: .venv/installed ## Work out the locked requirements again, after a change of pyproject.toml.
	$(PYTHON) -m venv var/lock
	var/lock/bin/pip install --quiet --disable-pip-version-check uv
	$(LOCK) --output-file deploy/requirements.txt
	$(LOCK) --extra provenance --output-file deploy/requirements-provenance.txt
	$(LOCK) --extra s3 --output-file deploy/requirements-s3.txt
	$(LOCK) --extra brotli --output-file deploy/requirements-brotli.txt
	$(LOCK) --extra test --extra check --extra provenance --extra s3 --extra brotli --output-file deploy/requirements-test.txt

LOCK := var/lock/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-annotate \
	--no-header --python-version 3.11 pyproject.toml

clean: ## Remove .venv and what can be made again; the database, media and secret key stay.
	rm -rf .venv .pytest_cache .ruff_cache .import_linter_cache .hypothesis var/lock var/static
	find articles newsroom tests -name __pycache__ -type d -exec rm -rf {} +
	find articles -name '*.mo' -delete

# -- What stands behind them. A stamp says what is installed, so that a second start takes no time. ---------------------

.venv/installed: deploy/requirements.txt .venv/bin/python
	echo "Installing what the newsroom needs ..."
	$(PIP) --require-hashes --requirement deploy/requirements.txt
	touch $@

.venv/installed-test: deploy/requirements-test.txt .venv/installed
	echo "Installing what tests and checks need ..."
	$(PIP) --require-hashes --requirement deploy/requirements-test.txt
	touch $@

# The first Python of 3.11 or newer that really runs (a name on the path may be an empty shim) and can make a .venv.
.venv/bin/python:
	none="There is no Python 3.11 or newer here: install one (https://www.python.org), then try again."; \
	for python in python3 python3.15 python3.14 python3.13 python3.12 python3.11 python; do \
		"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
		none="$$python cannot make a .venv: install its venv module (on Debian and Ubuntu: apt install python3-venv)."; \
		"$$python" -c 'import ensurepip, venv' 2>/dev/null || continue; \
		echo "Making .venv with $$("$$python" --version) ..."; \
		"$$python" -m venv --clear .venv && exit 0; \
	done; \
	echo "$$none" >&2; exit 1
