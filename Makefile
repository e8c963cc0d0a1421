# Everything a fresh machine needs is Python 3.11 or newer, git and make.
#   make demo   check the example office and write its audit report
#   make test   lint, type check and all tests

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
OFFICE := example-repo
TODAY := 2026-11-20

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test lint catalogue clean

demo: $(VENV)/installed
	$(BIN)/qmsctl --today $(TODAY) -C $(OFFICE) check
	@mkdir -p build
	@$(BIN)/qmsctl --today $(TODAY) -C $(OFFICE) report audit --with-documents -o $(CURDIR)/build/audit.html

test: $(VENV)/installed-test lint
	$(BIN)/python -m pytest -n auto

lint: $(VENV)/installed-test
	$(BIN)/ruff check .
	$(BIN)/mypy

catalogue: $(VENV)/installed-test
	$(BIN)/python build_catalog.py

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "qmsctl needs Python 3.11 or newer; name one with: make PYTHON=python3.11 ...")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: $(VENV)/bin/python pyproject.toml build_catalog.py $(wildcard src/qmsctl/locale/*/*.po)
	$(BIN)/pip install --quiet -e .
	@touch $@

$(VENV)/installed-test: $(VENV)/installed
	$(BIN)/pip install --quiet -e '.[test]'
	@touch $@

clean:
	rm -rf $(VENV) build dist
