# Sets up govtext from its lock file and runs it. Needs python3 (3.11 or later) with pip, and make.
# Every target only calls Python: `python -m tools study` does the same where there is no make.

PYTHON ?= python3
UV_VERSION := 0.13.9
UV := .tools/bin/uv
BIN := .venv/bin
RUN := $(BIN)/python

# The certificates of the machine are trusted, and no other Python is ever fetched.
export UV_SYSTEM_CERTS := 1
export UV_PYTHON_DOWNLOADS := never
# Compiled modules are kept: the notebooks and the tests start processes by the hundred, each of
# which would else compile its libraries anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup study test fuzz check accuracy docs paper bench wheel-test cluster-demo lab keep lock environment clean
.DELETE_ON_ERROR:

help:
	@echo "make study        the whole study: data/raw -> data/processed, notebooks, figures"
	@echo "make test         the tests"
	@echo "make fuzz         the tests, with every generated example"
	@echo "make check        lint, types, arrows, lock, notebooks, committed data and figures"
	@echo "make accuracy     scores the tables just built against the gold"
	@echo "make docs         the documentation as pages, in build/docs"
	@echo "make bench        benchmarks against the named baselines, some minutes (SIZE=full: an hour)"
	@echo "make paper        the executed study as one PDF, in build/paper"
	@echo "make wheel-test   wheel and sdist built, and the wheel used where no clone is"
	@echo "make cluster-demo data/raw through a scheduler and two workers of this machine"
	@echo "make lab          JupyterLab on working copies of the notebooks, in build/lab"
	@echo "make keep         brings cells changed there back into notebooks"
	@echo "make lock         rewrites requirements.lock (UPGRADE=--upgrade takes newer versions)"
	@echo "make environment  rewrites environment.yml from pyproject.toml"
	@echo "make clean        removes what was installed and built, but not results and build/lab"
	@echo "Each sets itself up first, where that is still to do."

setup: .venv/ready

study: .venv/ready
	@$(RUN) -m tools study

test: .venv/ready
	@$(RUN) -m pytest -n auto --dist worksteal

fuzz: .venv/ready
	@GOVTEXT_FUZZ=1 $(RUN) -m pytest -n auto --dist worksteal

check: .venv/ready
	@$(RUN) -m tools check

accuracy: .venv/ready
	@$(RUN) -m tests.accuracy
	@$(RUN) -m tools readme

docs: .venv/ready
	@$(RUN) -m tools docs

bench: .venv/ready
	@$(RUN) -m benchmarks $(SIZE)
	@$(RUN) -m tools performance
	@$(RUN) -m tools readme

paper: .venv/ready
	@test -d build/notebooks || $(RUN) -m tools study
	@$(RUN) -m tools paper

wheel-test: .venv/ready
	@$(RUN) -m tools wheel-test

cluster-demo: .venv/ready
	@$(RUN) -m tools cluster-demo

lab: .venv/ready
	@$(RUN) -m tools lab

keep: .venv/ready
	@$(RUN) -m tools keep

# Needs no environment, so that a lock that cannot be installed can still be replaced.
lock: .tools/uv-$(UV_VERSION)
	@$(UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url \
		--no-annotate --all-extras --custom-compile-command "make lock" $(UPGRADE) \
		--output-file requirements.lock pyproject.toml
	@$(PYTHON) -m tools stamp-lock

environment:
	@$(PYTHON) -m tools environment

clean:
	@rm -rf .venv .tools build/notebooks build/draft .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@rm -rf govtext.egg-info .coverage
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamp is younger than both files when what they ask for is installed.
.venv/ready: requirements.lock pyproject.toml .tools/uv-$(UV_VERSION)
	@test -x $(RUN) || $(UV) venv --quiet --clear --python "$$(command -v $(PYTHON))" .venv
	@echo "Set-up 2 of 3: $$(grep -c '^[a-z]' requirements.lock) packages from requirements.lock"
	@$(UV) pip sync --quiet --require-hashes --build-constraints requirements.lock \
		--python $(RUN) requirements.lock
	@echo "Set-up 3 of 3: govtext itself"
	@$(UV) pip install --quiet --no-deps --no-build-isolation --python $(RUN) --editable .
	@touch $@

.tools/uv-$(UV_VERSION):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "govtext needs Python 3.11 or later: make PYTHON=python3.11"; exit 1; }
	@$(PYTHON) -m pip --version > /dev/null 2>&1 \
		|| { echo "$(PYTHON) has no pip: install it (on Debian and Ubuntu: apt install python3-pip)"; exit 1; }
	@echo "Set-up 1 of 3: uv $(UV_VERSION), which installs the rest"
	@$(PYTHON) -m pip install --quiet --upgrade --disable-pip-version-check \
		--root-user-action ignore --target .tools uv==$(UV_VERSION)
	@touch $@
