# What people run; CI runs the same. `make help` lists the targets.
.DEFAULT_GOAL := help
SHELL := bash
ENV := .venv
PYTHON := $(ENV)/bin/python
GONGYOU := $(ENV)/bin/gongyou

.PHONY: help run test check bench lock clean

help: ## List the targets.
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: $(ENV)/run ## Serve at http://127.0.0.1:8080/ with demonstration settings (the environment's settings win).
	WECHAT_TOKEN="$${WECHAT_TOKEN:-gongyou-demo}" $(GONGYOU) serve

test: $(ENV)/dev ## Run the whole test suite; trains the model first where it is needed.
	$(PYTHON) -m pytest

check: $(ENV)/dev ## Check format, lint, types, import rules, dependencies, content and the quality of understanding.
	$(ENV)/bin/ruff format --check .
	$(ENV)/bin/ruff check .
	$(PYTHON) -m mypy
	$(ENV)/bin/lint-imports
	$(PYTHON) deploy/audit
	$(GONGYOU) kb check
	$(GONGYOU) nlu test --no-robustness --floors tests/questions/floors.yml

bench: $(ENV)/dev ## Compare speed, accuracy and memory with Rasa's LogisticRegression and DIET in one run (half an hour).
	$(PYTHON) -m tests.benchmarks

lock: $(ENV)/dev ## Resolve the dependencies anew and write the locked, hashed lists.
	deploy/lock

clean: ## Remove the environment; models and conversations in var/ stay.
	rm -rf $(ENV)

$(ENV)/run: deploy/requirements.txt pyproject.toml deploy/make-env
	deploy/make-env $(ENV) deploy/requirements.txt
	touch $@

$(ENV)/dev: $(ENV)/run deploy/requirements-dev.txt
	deploy/make-env $(ENV) deploy/requirements-dev.txt
	touch $@
