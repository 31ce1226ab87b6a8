# vivavoce: two commands on a fresh machine are `make demo` and `make test`. Python 3.11 to 3.13 and a package index are
# all they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# In as many processes as there are cores. Each takes whole files, which share what they build.
PARALLEL := -n auto --dist loadfile --no-loadscope-reorder
ROOMS := articles voices audio feeds vivavoce

.PHONY: help install demo test test-fast coverage check licences release format lock bench fuzz clean reliability

help:  ## Show these targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 12

# First what installs the others: pip, because the one that Python 3.11 brings takes the newest coverage[toml], though
# coverage itself is locked; and setuptools, which packages that come as source alone are built with. Left to itself, pip
# would fetch the newest, which nobody has locked.
INSTALL := python -m pip install --quiet --require-hashes --no-build-isolation -r

$(VENV)/.ready: $(wildcard requirements/*.txt) pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/$(INSTALL) requirements/pip.txt
	$(BIN)/$(INSTALL) requirements/dev.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

install: $(VENV)/.ready  ## Make .venv with everything pinned

demo: install  ## Fetch the voices, build the example edition, and say how to hear it
	$(BIN)/vivavoce voices install -C examples
	$(BIN)/vivavoce build -C examples
	@echo
	@echo "To hear it, open examples/public/2026-11/index.html in a browser, or play one of the files above."
	@echo "For a podcast app: $(BIN)/vivavoce serve -C examples"
	@echo "and subscribe to http://localhost:8000/2026-11/feed.xml"

test: install  ## Install the default voices and run every test
	$(BIN)/vivavoce voices install
	$(BIN)/pytest $(PARALLEL)

coverage: install  ## Run every test, and say which lines none of them reaches; takes half as long again
	$(BIN)/vivavoce voices install
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

test-fast: install  ## Run the tests that need no neural voice and no minutes
	$(BIN)/pytest $(PARALLEL) -m "not slow"

check: install  ## Format, lint, types, the direction of imports, licences, known weaknesses
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m release.licences --check
	$(BIN)/python -m release.audit

licences: install  ## Write docs/licences.md from what is locked
	$(BIN)/python -m release.licences

release: install  ## Make dist/: wheel, source archive, bill of materials; the same bytes from the same commit
	@test -z "$$(git status --porcelain)" || { echo "make release: what is not committed would be released: git status"; exit 2; }
	rm -rf dist && mkdir dist
	SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) $(BIN)/hatchling build -d dist
	$(PYTHON) -m venv dist/.clean
	dist/.clean/bin/$(INSTALL) requirements/pip.txt
	dist/.clean/bin/$(INSTALL) requirements/extras.txt
	dist/.clean/bin/python -m pip install --quiet --no-deps dist/*.whl
	$(BIN)/python -m release.sbom dist/.clean/bin/python dist/vivavoce.cdx.json
	rm -rf dist/.clean

format: install  ## Put the code into its canonical form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

PIN = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
  --no-header --no-annotate
lock: install  ## Pin the newest versions that pyproject.toml allows
	$(PIN) --upgrade -o requirements/runtime.txt pyproject.toml
	$(PIN) -c requirements/runtime.txt -o requirements/dev.txt pyproject.toml --group dev
	$(PIN) -c requirements/dev.txt -o requirements/extras.txt pyproject.toml --all-extras
	printf 'pip\nsetuptools\n' | $(PIN) -c requirements/dev.txt -o requirements/pip.txt -

bench: install  ## Print speed and memory: text, a build beside other programs, mixing and levelling, listening, an archive
	$(BIN)/python benchmarks/text.py
	$(BIN)/vivavoce voices install
	$(BIN)/vivavoce bench --only example
	$(BIN)/python benchmarks/sound.py
	$(BIN)/python benchmarks/listening.py
	$(BIN)/python benchmarks/archive.py 300 1000

SECONDS ?= 900
TARGETS ?=
fuzz: install  ## Try new inputs on every reader, SECONDS=900 for each of TARGETS (all of them)
	$(BIN)/python -m tests.fuzz.run --seconds $(SECONDS) $(TARGETS)

reliability: install  ## Kill it, fill its disk, damage its files, load its preview: the figures stand at the end
	VIVAVOCE_KILLS=500 VIVAVOCE_FAULTS=500 $(BIN)/pytest $(PARALLEL) tests/faults tests/hostile tests/feeds/serve

clean:  ## Remove .venv and everything a build of the example made
	rm -rf $(VENV) examples/public examples/.vivavoce
