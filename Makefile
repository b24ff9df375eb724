# Everything runs in .venv, made here on first use from nothing but Python (3.11 or later) with pip.
# Another Python: make PYTHON=python3.13

PYTHON ?= python3
VENV ?= .venv
CONTACT ?= Callum Birtwhistle
# One worker for each core, each file's tests in one of them, because some share a browser. By hand: make test WORKERS=
WORKERS ?= -n auto --dist loadfile

PY := $(VENV)/bin/python
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help demo test check style types layers drift architecture cover format docs stories bench storm screenshots \
        hooks clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(READY) ## try it on a copy of the example vault: a draft, the index, the network
	@PATH="$$(cd $(VENV)/bin && pwd):$$PATH" sh examples/demo.sh "$(CONTACT)"

test: $(READY) ## run the tests, apart from the packaging test
	$(PY) -m pytest $(WORKERS) --ignore=tests/packaging

check: style types layers drift cover ## all that a change must pass: style, types, layers, every test, coverage

style: $(READY) ## format and lint, without changing a file
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .

drift: $(READY) ## the tables of the docs say what the code says
	$(PY) -m cogapp --check -P -I docs docs/*.md

types: $(READY) ## mypy --strict over package and tests
	$(PY) -m mypy

layers: $(READY) ## who may import whom
	$(VENV)/bin/lint-imports

architecture: $(READY) ## one clock, one writer, and the other rules of the house
	$(PY) -m pytest tests/architecture

cover: $(READY) ## every test, packaging too, with branch coverage
	$(PY) -m pytest $(WORKERS) --cov

format: $(READY) ## format, and mend what ruff can mend
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

docs: $(READY) ## write the tables of the docs anew, from the code
	$(PY) -m cogapp -r -P -I docs docs/*.md

stories: $(READY) ## write what the commands answer now into tests/stories
	STORIES=rewrite $(PY) -m pytest -q tests/stories || true

bench: $(READY) ## measure speed, against limits and peers
	$(PY) benchmarks/run.py

storm: $(READY) ## watch a vault in a storm of changes, ten times twenty seconds each way
	INFOVIEW_STORM_SECONDS=$${INFOVIEW_STORM_SECONDS:-20} INFOVIEW_STORM_ROUNDS=$${INFOVIEW_STORM_ROUNDS:-10} \
		$(PY) -m pytest tests/storm

screenshots: $(READY) ## take the pictures of README and docs anew, with the Chromium of this machine
	$(PY) docs/screenshots.py

hooks: $(READY) ## let git run the checks before each commit
	$(VENV)/bin/pre-commit install

clean: ## delete what make and the tools built, .venv too
	rm -rf $(VENV) build dist htmlcov .coverage .coverage.* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "infoview-md needs Python 3.11 or later; name one: make PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check --editable ".[dev]"
	@touch $@
