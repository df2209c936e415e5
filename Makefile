# The commands of this project. `make` alone lists them.
# Everything is set up inside the clone, in .venv; nothing else is touched.

PYTHON ?= $(shell command -v python3.13 >/dev/null 2>&1 && python3.13 -c '' 2>/dev/null && echo python3.13 || echo python3)
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --quiet --disable-pip-version-check
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := help
.PHONY: help demo test lint types contracts unit docs-test docs format generate bench prove clean

help:  ## list the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1@/' | column -t -s@

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "ulnlib needs Python 3.11 or later; say which one with: make PYTHON=python3.11 ...")'
	@echo "Setting up: a virtual environment in $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) install --upgrade 'pip>=25.1'

$(VENV)/.user: pyproject.toml | $(BIN)/python
	@echo "Setting up: installing ulnlib and its command line ..."
	@$(PIP) install -e '.[cli]'
	@touch $@

$(VENV)/.dev: pyproject.toml | $(BIN)/python
	@echo "Setting up: installing ulnlib and what its tests need ..."
	@$(PIP) install -e '.[cli,testing]' --group dev
	@touch $@ $(VENV)/.user

EXAMPLE := examples/LRB_10012345_211120260900.CSV

demo: $(VENV)/.user  ## run the main job: a college's enrolment file in, ULNs and exceptions out
	@mkdir -p demo
	@rm -f demo/*
	@echo "Making a register of 20,000 invented learners ..."
	@$(BIN)/ulnlib register build demo/register.db --synthetic 20000 --seed 2026 --replace
	@echo
	@$(BIN)/ulnlib batch run $(EXAMPLE) --register demo/register.db --job FUL --as-of 2026-11-21 -o demo

test: $(VENV)/.dev lint types contracts unit docs-test docs  ## everything that has to pass: lint, types, contracts, tests, docs

lint: $(VENV)/.dev  ## style and spelling
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/codespell

types: $(VENV)/.dev  ## mypy --strict over src and a consumer's file
	@$(BIN)/mypy

contracts: $(VENV)/.dev  ## who may import whom
	@$(BIN)/lint-imports --no-logo

unit: $(VENV)/.dev  ## unit, property, conformance and golden tests, with branch coverage
	@rm -f .coverage .coverage.*
	@HYPOTHESIS_PROFILE=ci $(BIN)/python -m coverage run -m pytest -m "not prove" -n auto --dist worksteal
	@$(BIN)/python -m coverage combine --quiet
	@$(BIN)/python -m coverage report

docs-test: $(VENV)/.dev  ## every example of the README and the documents
	@$(BIN)/python -m pytest -q -p no:randomly README.md docs

docs: $(VENV)/.dev  ## build the documents, strictly
	@$(BIN)/python tools/generate.py --check
	@$(BIN)/mkdocs build --strict --quiet

format: $(VENV)/.dev  ## put the code into its style
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

generate: $(VENV)/.dev  ## write the pages and examples that are made from tables
	@$(BIN)/python tools/generate.py

bench: $(VENV)/.dev  ## measure against the peers, and write docs/reference/benchmarks.md
	@$(BIN)/python -m benchmarks

prove: $(VENV)/.dev  ## the long proof: kills, fuzzing, oracles, mutants, large files
	@$(PIP) install --group prove
	@$(BIN)/python tools/prove.py

clean:  ## remove the virtual environment and everything that was made
	rm -rf $(VENV) demo site .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
