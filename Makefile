# Each target sets up what it needs. `make` alone makes the reports of the example project.
PYTHON ?= python3
VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
READY := $(VENV)/.ready

.PHONY: report setup test check lab bench train train-static train-proposals evaluate clean

report: $(READY)
	$(BIN)/kafe run

setup: $(READY)

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c "import sys; ok = (3, 11) <= sys.version_info < (3, 14); sys.exit(None if ok else 'kafe needs Python 3.11 to 3.13; this is ' + sys.version.split()[0] + '. Name another with: make PYTHON=python3.12')"
	@echo "Setting up $(VENV) (two to four minutes, once) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)

test: check
	$(BIN)/python -m pytest

check: $(READY)
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/ruff format --check src tests benchmarks
	$(BIN)/mypy

lab: $(READY)
	$(BIN)/kafe lab

# make bench BENCH="--only norm store", or BENCH=--quick: see benchmarks/bench.py
bench: $(READY)
	$(BIN)/python benchmarks/bench.py $(BENCH)

# make train TREEBANK=folder CORPUS=folder : see docs/dev/training.md; needs the package floret
train: $(READY)
	$(BIN)/kafe language train "$(TREEBANK)" "$(CORPUS)"

# make train-static SHARED=folder : the folder with corpus/, treebank/ and lexicon/; needs PyTorch
train-static: $(READY)
	$(BIN)/kafe language train-static "$(SHARED)"

# problem or proposal: docs/dev/proposals.md
train-proposals: $(READY)
	$(BIN)/kafe language train-proposals tests/data/proposals.tsv tests/data/proposals-held-out.tsv

evaluate: $(READY)
	$(BIN)/kafe language evaluate "$(TREEBANK)/ud-dev-nob.conllu"
	$(BIN)/kafe language evaluate "$(TREEBANK)/ud-dev-nno.conllu"

clean:
	rm -rf .kafe reports
