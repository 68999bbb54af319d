# `make run` and `make test` need nothing but Python 3.11 or later: they make .venv and install what they use.
# A second run installs nothing, unless pyproject.toml changed.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/sh

VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
OUTPUTS ?= outputs
MODERN := import sys; sys.exit(sys.version_info < (3, 11))

# The first of these that is Python 3.11 or later; `make PYTHON=...` to choose another.
ifeq ($(origin PYTHON), undefined)
PYTHON := $(shell for name in python3.11 python3 python3.13 python3.12 python; do \
	if $$name -c '$(MODERN)' >/dev/null 2>&1; then echo $$name; break; fi; done)
endif

.PHONY: help run test lint format score benchmark wheel clean

help: ## show this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

run: $(VENV)/.installed-run ## extract the articles of corpus/articles and show what was found
	$(BIN)/hamkor extract corpus/articles --output $(OUTPUTS)/records.jsonl
	$(BIN)/hamkor table $(OUTPUTS)/records.jsonl

test: $(VENV)/.installed-test ## install everything, spaCy and Stanza too, and run all tests
	$(BIN)/python -m pytest

lint: $(VENV)/.installed-lint ## check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.installed-lint ## put the code into its usual form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

score: $(VENV)/.installed-lint ## score the extraction against the gold of corpus/
	$(BIN)/hamkor evaluate corpus/dev --quiet --by language
	$(BIN)/hamkor evaluate corpus/test --quiet --by language

benchmark: $(VENV)/.installed-run ## measure the speed of every stage on one core
	$(BIN)/python benchmarks/throughput.py
	$(BIN)/python benchmarks/evaluation.py

wheel: $(VENV)/.installed-lint ## build dist/*.whl and dist/*.tar.gz
	rm -rf dist
	$(BIN)/python -m build

clean: ## remove the environment and all that was built
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find $(OUTPUTS) -mindepth 1 ! -name .gitignore -delete

$(BIN)/python:
	@if ! '$(PYTHON)' -c '$(MODERN)' >/dev/null 2>&1; then \
		echo "hamkor needs Python 3.11 or later: install it, or name it: make PYTHON=/path/to/python3.11" >&2; exit 1; fi
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed-run: pyproject.toml | $(BIN)/python
	$(PIP) install --editable '.[html,pdf,docx]'
	@touch $@

$(VENV)/.installed-lint: pyproject.toml | $(BIN)/python
	$(PIP) install --editable '.[dev]'
	@touch $@

$(VENV)/.installed-test: pyproject.toml | $(BIN)/python
	$(PIP) install torch==2.13.0
	$(PIP) install --editable '.[all,dev]'
	@touch $@
