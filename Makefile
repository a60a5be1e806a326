# The words everyone uses; .ci/run calls the same. `make check` changes nothing, `make fix` changes files.
PORT ?= 8000
PYTHON ?= python3
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
TEMPLATES := site/*/templates directory/templates campaigns/templates stories/templates benchmarks/stock/templates
export PYTHONWARNINGS ?=

.PHONY: run setup catalogues test survey check fix messages screenshots bench

## run: set up, migrate, load the demo content, serve on http://localhost:$(PORT)
run: setup catalogues
	@mkdir -p var/static
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) createcachetable
	@$(MANAGE) demo
	@$(MANAGE) error_pages
	@printf '\n  The site    http://localhost:%s/\n  The editor  http://localhost:%s/admin/\n\n' $(PORT) $(PORT)
	@$(MANAGE) attend_search --with-parent $$$$ & $(MANAGE) runserver --verbosity 0 127.0.0.1:$(PORT)

## setup: the virtual environment with the locked dependencies; seconds when nothing changed
setup: .venv/.locked

.venv/.locked: pyproject.toml uv.lock
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet "$$(sed -n 's/^  "\(uv[^"]*\)".*/\1/p' pyproject.toml)"
	@$(BIN)/uv sync --frozen --quiet
	@touch $@

## catalogues: compile the messages, without gettext
catalogues: setup
	@$(MANAGE) messages --compile

## test: everything; gets Chromium and the search engine where there are none
test: setup catalogues
	@mkdir -p var/test
	@$(BIN)/python tests/browser/chromium.py
	@$(BIN)/python -m tests.search.node.prepare
	@$(BIN)/python -m pytest --numprocesses auto --dist worksteal

## survey: axe and layout on every page in every language; `make test` sees some of them by turns
survey: setup catalogues
	@mkdir -p var/test
	@$(BIN)/python tests/browser/chromium.py
	@EVERY_PAGE=yes $(BIN)/python -m pytest --numprocesses auto --dist worksteal \
	  tests/browser/test_accessibility.py tests/browser/test_layout.py

## check: changes nothing
check: setup
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/djlint --quiet --lint $(TEMPLATES)
	@$(BIN)/mypy
	@$(BIN)/hadolint Dockerfile
	@mkdir -p var/static
	@$(MANAGE) makemigrations --check --dry-run
	@$(MANAGE) messages --check
	@SECRET_KEY=$$($(BIN)/python -c "import secrets; print(secrets.token_urlsafe(60))") \
	  ALLOWED_HOSTS=example.org SITE_URL=https://example.org DATABASE_URL=sqlite:////tmp/none.sqlite3 \
	  DJANGO_SETTINGS_MODULE=config.settings.production $(MANAGE) check --deploy --fail-level WARNING

## fix: format and mend what a tool can mend
fix: setup
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

## messages: collect new strings into locale/, keep what is translated
messages: setup
	@$(MANAGE) messages --update

## screenshots: var/screenshots/index.html, every page type in every language, width and scheme
screenshots: setup catalogues
	@mkdir -p var/test
	@$(BIN)/python tests/browser/chromium.py
	@$(BIN)/python -m tests.browser.contact_sheet

## bench: weights, queries, leaving, requests per second as ratios in one run
bench: setup catalogues
	@$(BIN)/python tests/browser/chromium.py
	@$(BIN)/python -m benchmarks.run
