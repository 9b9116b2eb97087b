# Everything that a fresh machine with Python 3.11+, make and the package registries needs. `make help` lists the targets.
.DEFAULT_GOAL := help
.PHONY: help setup demo demo-kubernetes demo-release test containers servers test-servers lint bench docs lock clean
SHELL := /bin/bash

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# The newest OPA of the tested range: the tests run against it and the pinned one.
NEWEST_OPA := 1.22.0
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/.dev $(VENV)/.engine ## Make the virtual environment with all development tools, and get OPA

$(VENV)/.run: pyproject.toml requirements/run.lock
	@echo "setup: virtual environment in $(VENV), with the locked dependencies (about half a minute)"
	@$(PYTHON) -m venv $(VENV)
	@$(INSTALL) --require-hashes -r requirements/run.lock
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.lock
	@echo "setup: development tools"
	@$(INSTALL) --require-hashes -r requirements/dev.lock
	@touch $@

# Not remembered by a file alone: `engine status` says whether an OPA is really there.
.PHONY: $(VENV)/.engine
$(VENV)/.engine: $(VENV)/.run
	@$(BIN)/policyctl engine status >/dev/null 2>&1 || { echo "setup: OPA"; $(BIN)/policyctl engine install; }

demo: $(VENV)/.engine ## Judge the real files in examples/, record the decisions, and verify the record
	@BIN=$(BIN) bash examples/demo.sh

demo-kubernetes: setup ## Install the webhook in a real API server (built by Go the first time) and have it judge every manifest of the tests
	@$(BIN)/python -m tests.admission.demo

demo-release: setup build/mlflow/.ready ## Train a model, register it in a real MLflow, and mend it until it is released
	@$(BIN)/python -m tests.release_story

.PHONY: $(VENV)/.newest
$(VENV)/.newest: $(VENV)/.run
	@$(BIN)/policyctl engine install --version $(NEWEST_OPA) >/dev/null

test: setup lint $(VENV)/.newest ## Lint, types, Rego checks and every test that needs nothing but OPA
	@echo "test: pytest"
	@$(BIN)/python -m pytest -m "not servers" --numprocesses 2 --dist loadfile

containers: ## Get podman, runc and mmdebstrap, which the container tests need (by apt-get, as root), where they are missing
	@bash tests/engines/container/install.sh

servers: build/mlflow/.ready ## Get MLflow, PostgreSQL, docker-registry and Chromium, which tests need (all but the first by apt-get, as root)
	@bash tests/servers/install.sh postgresql pg_ctl
	@bash tests/servers/install.sh docker-registry docker-registry
	@bash tests/servers/install.sh chromium chromium

# An environment of its own: MLflow brings ninety packages, which are none of policyctl's.
build/mlflow/.ready: requirements/mlflow.lock
	@echo "servers: MLflow and scikit-learn in build/mlflow (about a minute)"
	@$(PYTHON) -m venv build/mlflow
	@build/mlflow/bin/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes -r $<
	@touch $@

test-servers: setup containers servers $(VENV)/.newest ## Tests that need servers or long runs
	@echo "test: servers and long runs"
	@$(BIN)/python -m pytest -m servers --numprocesses 2 --dist loadfile

lint: setup ## ruff, mypy --strict, and control lint (opa check --strict with schemas among it)
	@echo "lint: ruff, mypy"
	@$(BIN)/ruff check -q . && $(BIN)/ruff format -q --check .
	@$(BIN)/mypy --no-error-summary
	@echo "lint: controls, mappings and rules"
	@$(BIN)/policyctl control lint

bench: setup ## Measure speed
	@PYTHONPATH=. $(BIN)/python benchmarks/run.py

docs: setup ## Write the references from the program itself, and the site of all controls, with their mutation scores, to build/site
	@$(BIN)/python docs/generate.py
	@mkdir -p build
	@$(BIN)/policyctl control mutate --output json >build/scores.json
	@$(BIN)/python docs/coverage.py build/scores.json
	@$(BIN)/policyctl control docs build/site --scores build/scores.json

lock: $(VENV)/.dev ## Resolve the dependencies again
	@for kind in run postgres admission dev; do \
	  extras=$$(case $$kind in postgres) echo --extra postgres ;; admission) echo --extra admission --extra postgres ;; \
	    dev) echo --extra dev --extra postgres --extra admission ;; esac); \
	  $(BIN)/uv pip compile pyproject.toml requirements/build.in $$extras --universal \
	    --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" --upgrade --quiet \
	    --output-file requirements/$$kind.lock; done
	@$(BIN)/uv pip compile requirements/mlflow.in --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --custom-compile-command "make lock" --upgrade --quiet --output-file requirements/mlflow.lock

clean: ## Remove everything that was built
	rm -rf $(VENV) build dist bundles/dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
