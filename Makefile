# Two commands do everything on a fresh machine: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO_CLIP ?= sample_videos/free_walk.mp4
INSTALLED := $(VENV)/.installed
BROWSER := $(VENV)/.browser

.PHONY: demo test check docs format clean

demo: $(INSTALLED) ## set up, then find the independent steps of a sample clip
	$(BIN)/gaitcheck $(DEMO_CLIP)

test: check $(BROWSER) ## set up, then pass every check and test
	$(BIN)/python -m pytest

check: $(INSTALLED) ## style and types
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/ruff format --check src tests benchmarks
	$(BIN)/mypy

docs: $(INSTALLED) ## the site, docs/_build/html; a warning is an error
	$(BIN)/python -m sphinx -W --keep-going -q -b html docs docs/_build/html

format: $(INSTALLED) ## mend what ruff can mend
	$(BIN)/ruff check --fix src tests benchmarks
	$(BIN)/ruff format src tests benchmarks

$(INSTALLED): pyproject.toml setup-machine.sh
	PYTHON=$(PYTHON) VENV=$(VENV) sh setup-machine.sh
	touch $@

$(BROWSER): $(INSTALLED) ## a browser for the tests of the report page, where one can be had
	sh setup-browser.sh
	touch $@

clean:
	rm -rf $(VENV) docs/_build .pytest_cache .mypy_cache .ruff_cache
