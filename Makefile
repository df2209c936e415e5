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

clean:  ## remove the virtual environment and everything that was made
	rm -rf $(VENV) demo site .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
