# The two commands: `make run` and `make test`. Each sets up all that it needs.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
SETUP := PYTHON="$(PYTHON)" VENV="$(VENV)" TORCH_INDEX="$(TORCH_INDEX)" .ci/setup
OFFSCREEN := QT_QPA_PLATFORM=offscreen

.PHONY: run test test-long bench translations clean

run: $(VENV)/.program  ## set up, then open the demo project (without a screen: do the same job headless)
	$(BIN)/annotator demo

test: $(VENV)/.tests  ## set up, then run the tests, linters and type checker
	$(OFFSCREEN) $(BIN)/pytest -n 2 -m "not long" --ignore=tests/benchmarks

test-long: $(VENV)/.tests  ## the property, fuzz and kill runs that take long
	$(OFFSCREEN) $(BIN)/pytest -m long --ignore=tests/benchmarks

bench: $(VENV)/.tests  ## the benchmarks
	$(OFFSCREEN) $(BIN)/pytest tests/benchmarks --benchmark-only

translations: $(VENV)/.tests  ## take new texts of the interface into the .ts files and compile them
	$(BIN)/python -m annotator.ui.translations

clean:  ## remove what the other targets made
	rm -rf $(VENV) build dist demo-output .mypy_cache .ruff_cache .hypothesis .benchmarks

$(VENV)/.program: pyproject.toml .ci/setup
	$(SETUP) program
	touch $@

$(VENV)/.tests: pyproject.toml .ci/setup
	$(SETUP) tests
	touch $@ $(VENV)/.program
