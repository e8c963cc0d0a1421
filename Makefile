# Everything a fresh machine needs is Python 3.11 or newer, git and make.
#   make demo   check the example office and write its audit report
#   make test   lint, type check and all tests
# Both install exactly what locks/ names. For those who work on it:
#   make quick      the tests that start no process, in under a minute
#   make lowest     those that rest on other packages, with the lowest versions that pyproject.toml allows; make newest: with the newest
#   make explore    the property tests with new random inputs, two thousand where a test names no number
#   make growth     whether time grows in proportion to the size of what is read, with four times as much as make test
#   make mutants    how many faults put into rules, sign-offs and gates the tests notice (a quarter of an hour); MODULES='target_*' in some modules, MUTANTS=core/lifecycle elsewhere
#   make fuzz       half a minute of hostile bytes for everything that is read from strangers, a target; FUZZ_SECONDS=3600 longer
#   make endurance  commands killed, calls and gits that fail, crowds: at length; ENDURANCE='--kills 100' and so on for less
#   make engines    all metrics on DuckDB, Spark and PostgreSQL, row by row; needs Java 17 and PostgreSQL (apt-get install postgresql)
#   make axe        what axe-core has against the reports and portals of the example office, in the Chromium that is there; needs npm
#   make coverage   the share of lines that the tests run
#   make catalogue  add what is missing to the translations, and compile them
#   make lock       renew locks/

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
OFFICE := example-repo
TODAY := 2026-11-20

export PIP_DISABLE_PIP_VERSION_CHECK := 1
# The tests start the program hundreds of times: what is compiled once is kept, whatever the shell says.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: demo test quick explore lowest newest growth mutants fuzz endurance engines axe coverage lint catalogue lock clean

PIP_INSTALL := python -m pip install --quiet
LOCKED := --require-hashes -r
PACKAGE := --no-deps --no-build-isolation -e .
INSTALL := $(BIN)/$(PIP_INSTALL)
QUICK := -m pytest -q -m "not process" --ignore=tests/growth
ON_PACKAGES := tests/cli tests/store tests/reports/test_pages.py tests/reports/test_texts.py tests/web tests/core/test_yaml_reader.py tests/core/test_plain_yaml.py tests/core/test_front_end.py
COMPILE := pip compile --quiet --no-header --no-annotate --no-emit-index-url --no-emit-find-links
UNIVERSAL := --upgrade --universal --python-version 3.11 --generate-hashes

demo: $(VENV)/prepared
	$(BIN)/qmsctl --today $(TODAY) -C $(OFFICE) check
	@mkdir -p build
	@$(BIN)/qmsctl --today $(TODAY) -C $(OFFICE) report audit --with-documents -o $(CURDIR)/build/audit.html

# In memory where there is room: the tests write many small files, and keep those of a test that failed.
IN_MEMORY := $(shell df -k --output=avail /dev/shm 2>/dev/null | awk 'NR == 2 && $$1 > 4000000 {print "TMPDIR=/dev/shm"}')

test: $(VENV)/installed-test lint
	$(IN_MEMORY) $(BIN)/python -m pytest -n auto --dist worksteal

quick: $(VENV)/installed-test
	$(BIN)/python $(QUICK) -n auto

explore: $(VENV)/installed-test
	QMSCTL_HYPOTHESIS=explore $(BIN)/python $(QUICK) -n auto $(shell grep -rl "^from hypothesis" tests)

growth: $(VENV)/installed-test
	QMSCTL_GROWTH=4 $(BIN)/python -m pytest -q -n auto tests/growth benchmarks/test_growth.py

# The rooms whose faults are tried; MODULES='target_* review_overdue' some of their modules.
MUTANTS ?= rules core/signoffs core/gates
MODULES ?=

mutants: $(VENV)/bin/mutmut
	@mkdir -p build
	@for room in $(MUTANTS); do $(IN_MEMORY) $(BIN)/python -m tests.mutants $$room $(MODULES) 2>build/mutants.log || exit 1; done

$(VENV)/bin/mutmut: $(VENV)/installed-test
	$(BIN)/$(PIP_INSTALL) mutmut==3.8.1
	@touch $@

FUZZ_SECONDS ?= 30
FUZZ_TARGETS := reading,checking,splicing,signing_off,verifying,counting_cases,configuring

fuzz: $(VENV)/installed-fuzz
	$(BIN)/python -m tests.fuzz $(FUZZ_TARGETS) build/fuzz -max_total_time=$(FUZZ_SECONDS) -max_len=4096 -verbosity=0

$(VENV)/installed-fuzz: $(VENV)/installed-test
	$(BIN)/$(PIP_INSTALL) atheris==3.0.0
	@touch $@

endurance: $(VENV)/installed-test
	$(BIN)/python -m tests.endurance $(ENDURANCE)

AXE := 4.14.1
AXE_SHA256 := 29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c

axe: build/axe-$(AXE)/axe.min.js $(VENV)/installed-test
	QMSCTL_AXE=$(CURDIR)/$< $(BIN)/python -m pytest -q tests/reports/test_accessibility.py

build/axe-$(AXE)/axe.min.js:
	@mkdir -p $(@D)
	cd $(@D) && npm pack --silent axe-core@$(AXE) && tar xzf axe-core-$(AXE).tgz --strip-components=1 package/axe.min.js
	@echo "$(AXE_SHA256)  $@" | sha256sum -c --quiet || { rm -f $@; false; }

coverage: $(VENV)/installed-test
	$(BIN)/python -m pytest -n auto -q --cov=qmsctl --cov-report=
	@$(BIN)/coverage report --format=total

lint: $(VENV)/installed-test
	$(BIN)/ruff check .
	$(BIN)/mypy

catalogue: $(VENV)/installed-test
	$(BIN)/python collect_words.py

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "qmsctl needs Python 3.11 or newer; name one with: make PYTHON=python3.11 ...")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/locked-demo: locks/demo.txt $(VENV)/bin/python
	$(INSTALL) $(LOCKED) $<
	@touch $@

$(VENV)/locked-test: locks/test.txt $(VENV)/locked-demo
	$(INSTALL) $(LOCKED) $<
	@touch $@

$(VENV)/installed: $(VENV)/locked-demo pyproject.toml build_catalog.py $(wildcard src/qmsctl/locale/*/*.po)
	$(INSTALL) $(PACKAGE)
	@touch $@

$(VENV)/prepared: $(VENV)/installed $(shell find src -name '*.py')
	$(BIN)/python build_catalog.py
	@touch $@

$(VENV)/installed-test: $(VENV)/locked-test $(VENV)/prepared
	@touch $@

# The two ends of the ranges in pyproject.toml, each in an environment of its own.

lowest: build/lowest/installed
	build/lowest/bin/python $(QUICK) $(ON_PACKAGES)

newest: build/newest/installed
	build/newest/bin/python $(QUICK) $(ON_PACKAGES)

build/lowest.txt: pyproject.toml $(VENV)/bin/uv
	@mkdir -p build
	$(BIN)/uv $(COMPILE) --resolution lowest-direct --python $(BIN)/python --extra test pyproject.toml -o $@

engines: build/engines/installed
	QMSCTL_ENGINES=1 build/engines/bin/python -m pytest -q -n 0 tests/engines

build/engines.txt: pyproject.toml locks/test.txt $(VENV)/bin/uv
	@mkdir -p build
	$(BIN)/uv $(COMPILE) --python $(BIN)/python -c locks/test.txt --extra test --extra spark --extra postgres pyproject.toml -o $@

build/newest.txt: pyproject.toml $(VENV)/bin/uv
	@mkdir -p build
	$(BIN)/uv $(COMPILE) --upgrade --python $(BIN)/python --extra test pyproject.toml -o $@

build/%/installed: build/%.txt
	$(BIN)/uv venv --quiet --clear --python $(BIN)/python build/$*
	$(BIN)/uv pip install --quiet --python build/$* -r $<
	$(BIN)/uv pip install --quiet --python build/$* $(PACKAGE)
	@touch $@

lock: $(VENV)/bin/uv
	@mkdir -p build
	@$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], sep="\n")' >build/backend.in
	$(BIN)/uv $(COMPILE) $(UNIVERSAL) pyproject.toml build/backend.in --extra test -o locks/test.txt
	$(BIN)/uv $(COMPILE) $(UNIVERSAL) pyproject.toml build/backend.in -c locks/test.txt -o locks/demo.txt

$(VENV)/bin/uv: $(VENV)/bin/python
	$(BIN)/$(PIP_INSTALL) 'uv>=0.9'
	@touch $@

clean:
	rm -rf $(VENV) build dist
