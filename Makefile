# The two commands of the README, and a few more for developers. `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: help run test lint bench lock format clean

PORT ?= 8000
VENV := .venv
PYTHON := $(VENV)/bin/python
# So many files of tests at a time; a file stays with one process, which prepares once what its tests share.
WORKERS ?= 2
PYTEST = $(PYTHON) -m pytest --numprocesses $(WORKERS) --dist loadfile $(if $(MARKS),-m "$(MARKS)")

help: ## this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

run: $(VENV)/.runtime ## the whole portal on http://127.0.0.1:8000 (PORT=… for another port)
	@PORT=$(PORT) $(PYTHON) manage.py demo

test: $(VENV)/.development ## the tests, in a real Chromium and on a real PostgreSQL (MARKS="slow or screens" for the longest)
	@sh .ci/install
	$(PYTEST)

lint: $(VENV)/.development ## style, templates, import contract, types, migrations, deployment checks
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/djlint --lint --quiet templates
	$(VENV)/bin/lint-imports
	@$(PRODUCTION) $(VENV)/bin/mypy common life_events errors_catalog simplification staff oups benchmarks
	@$(PRODUCTION) $(PYTHON) manage.py build_dsfr
	@$(PRODUCTION) $(PYTHON) manage.py makemigrations --check --dry-run
	@$(PRODUCTION) $(PYTHON) manage.py check --deploy --fail-level WARNING

bench: $(VENV)/.development ## how fast the portal answers, and how that grows at 10,000 entries; writes docs/bench.md
	$(PYTHON) -m benchmarks

# The variables of a production, for the checks that read the settings; no database is opened.
PRODUCTION = SECRET_KEY=a-long-secret-for-the-checks-1234567890-abcdefghijklmnop ALLOWED_HOSTS=oups.example.fr DEMO=false \
	SITE_URL=https://oups.example.fr DATABASE_URL=postgresql://nobody@localhost:1/none PUBLISHER=x HOSTING_PROVIDER=x \
	CONTACT_EMAIL=x@example.fr DOCUMENT_KEYS=b25seS1mb3ItdGVzdHMtb25seS1mb3ItdGVzdHMtb28= CLAMD_ADDRESS=127.0.0.1:3310 PYTHONWARNINGS=ignore

format: $(VENV)/.development ## puts the Python code in the project's format
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

# Locks carry hashes and name no index: any mirror may serve them.
LOCK = UV_CUSTOM_COMPILE_COMMAND="make lock" $(VENV)/bin/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes

lock: $(VENV)/.development ## compiles requirements.txt and requirements-dev.txt from pyproject.toml
	$(LOCK) --upgrade --output-file requirements.txt
	$(LOCK) --upgrade --group dev --constraint requirements.txt --output-file requirements-dev.txt

clean: ## removes what was installed and built, and the demonstration's data
	rm -rf $(VENV) .local build staticfiles

$(VENV)/bin/python:
	@sh .ci/create-venv $(VENV)

$(VENV)/.runtime: requirements.txt | $(VENV)/bin/python
	@echo "Installation des bibliothèques (une minute environ, la première fois)…"
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.txt
	@touch $@

$(VENV)/.development: requirements-dev.txt | $(VENV)/bin/python
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-dev.txt
	@touch $@
