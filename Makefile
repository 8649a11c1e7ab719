# LECEN's commands. `make help` lists them.
PORT ?= 8000
WORKERS ?= 2

# Side by side, threads of linear algebra only wait for each other, and last digits would hang on how many there are.
export OPENBLAS_NUM_THREADS := 1

python := .venv/bin/python
pytest := $(python) -m pytest -q -n $(WORKERS)
with_postgres := $(python) bin/with_postgres.py
# Async-unsafe only tells Django that Playwright's event loop in the same thread is no danger to its queries.
browser := CHROMIUM="$$($(python) bin/browser)" DJANGO_ALLOW_ASYNC_UNSAFE=1
uv_lock := $(python) -m uv pip compile pyproject.toml $(if $(UPGRADE),--upgrade) --quiet --universal \
	--python-version 3.11 --fork-strategy fewest --generate-hashes --no-header --no-annotate

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run demo code test test-fast check fix extract screenshots bench audit lock install look catalog
.PHONY: format lint types contracts translations sizes migrations tests-sqlite tests-postgres tests-browser

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

run: ## Open a demonstration network at http://localhost:8000 (or PORT=...)
	@python3 bin/install run
	@$(python) bin/run --port $(PORT)

demo: install ## Put this machine's demonstration aside (var/before/) and load it anew
	@$(python) bin/run --anew

test: check tests-sqlite tests-postgres tests-browser ## Check everything: style, types, contracts, tests on both databases, browser

test-fast: install look catalog ## The unit and service tests on SQLite alone
	$(pytest) -m "not browser"

check: format lint types contracts sizes translations migrations ## Style, types, contracts, sizes, translations, migrations

fix: install ## Format code and templates, mend what ruff can mend
	@$(python) -m ruff check --fix --quiet . || true
	@$(python) -m ruff format --quiet .
	@find lecen -name '*.html' -print0 | xargs -0 .venv/bin/djade --target-version 5.2

extract: install ## Collect new sentences into the Spanish catalog, for translators
	@$(python) bin/translations update

code: ## The second factor of the demonstration people, valid for half a minute
	@LECEN_DEMO=1 .venv/bin/lecen demo code

screenshots: install look catalog ## Keep pictures of the pages under docs/screenshots
	@CHROMIUM="$$($(python) bin/browser)" $(python) bin/screenshots

bench: ## Measure pages and methods, beside other people's work where there is some; ONLY=tests/bench/bench_panel.py
	@python3 bin/install bench
	@$(MAKE) --no-print-directory look catalog
	$(python) -m pytest -s -q -p pytest_benchmark.plugin -o python_files='bench_*.py' -o python_functions='bench_*' $(or $(ONLY),tests/bench)

audit: install ## Look for known weaknesses in what the locks name (needs the network)
	@$(python) bin/audit

lock: install ## Make the lock files again after pyproject.toml changed; UPGRADE=1 takes the newest versions
	$(uv_lock) --group build --group tools --group peers --output-file bench.lock
	$(uv_lock) --group build --group tools --constraint bench.lock --output-file all.lock
	$(uv_lock) --group build --constraint all.lock --output-file run.lock
	@! grep -nE '://|^--' run.lock all.lock bench.lock || { echo "A lock names a place packages come from; that is the installer's choice."; exit 1; }

install:
	@python3 bin/install all

look: install
	@$(python) bin/build-look

format: install
	@$(python) -m ruff format --quiet --check . || { echo "Run: make fix"; exit 1; }
	@find lecen -name '*.html' -print0 | xargs -0 --no-run-if-empty .venv/bin/djade --target-version 5.2 --check \
		|| { echo "Run: make fix"; exit 1; }

lint: install
	$(python) -m ruff check --quiet .

types: install
	$(python) -m mypy --no-error-summary

contracts: install
	$(python) -m pytest -q -m "not django_db" tests/architecture

sizes: install
	@$(python) bin/sizes

catalog: install
	@$(python) bin/translations compile

translations: install
	@$(python) bin/translations check

migrations: install look
	DATABASE_URL=sqlite://:memory: $(python) -m django makemigrations --check --dry-run --settings tests.settings

tests-sqlite: install look catalog
	env -u DATABASE_URL $(pytest) -m "not browser"

# Science asks no database: once is enough.
tests-postgres: install look catalog
	$(with_postgres) $(pytest) -m "not browser" --ignore tests/science

tests-browser: install look catalog
	$(browser) $(with_postgres) $(pytest) --dist loadscope -m browser
