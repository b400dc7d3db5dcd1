# Robotics Learning Platform. `make` lists what there is.
SHELL := /bin/sh
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
PYPROJECTS := $(wildcard packages/*/pyproject.toml services/*/pyproject.toml)

# Where the demo keeps its data, what it loads and where it listens.
DATA ?= .data
CURRICULUM ?= curriculum
PORT ?= 8000

.PHONY: help
help: ## List the targets
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} \
	/^[a-z0-9-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

##@ Use
.PHONY: demo
demo: $(VENV)/.product ## Run everything on this machine: CURRICULUM=path, PORT=8000, DATA=.data
	@$(BIN)/robolearn demo --data "$(DATA)" --curriculum "$(CURRICULUM)" --port "$(PORT)"

##@ Develop
.PHONY: setup
setup: $(VENV)/.developer ## Make .venv with everything that development needs

.PHONY: test
test: $(VENV)/.developer ## Run all tests on real PostgreSQL, Redis, Qdrant's engine and Chromium
	@scripts/browser.sh
	@$(BIN)/robolearn model prepare --quiet
	@$(BIN)/pytest

.PHONY: lint
lint: $(VENV)/.developer ## Check style, types and the rules of the layers
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

.PHONY: format
format: $(VENV)/.developer ## Put the code into shape
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

.PHONY: bench
bench: $(VENV)/.developer ## Measure speed and memory as ratios against raw baselines
	@$(BIN)/robolearn model prepare --quiet
	@$(BIN)/python -m tests.bench

##@ Maintain
.PHONY: lock
lock: $(VENV)/.developer ## Lock the requirements of every service anew
	@scripts/lock.sh

.PHONY: audit
audit: $(VENV)/.developer ## Look the locked requirements up among known vulnerabilities
	@$(BIN)/pip-audit --require-hashes -r requirements/dev.txt

.PHONY: clean
clean: ## Remove the virtual environment and all caches; data stay
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

include $(wildcard make/*.mk)

$(VENV)/.product: packages/cli/requirements.txt requirements/build.txt $(PYPROJECTS)
	@echo "Setting up $(VENV) ..."
	@scripts/environment.sh packages/cli/requirements.txt $@

$(VENV)/.developer: requirements/dev.txt requirements/build.txt $(PYPROJECTS)
	@echo "Setting up $(VENV) for development ..."
	@scripts/environment.sh requirements/dev.txt $@
