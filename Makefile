# The two commands: `make contract` proves the contract, `make test` runs the tests. Both install what they need.
PYTHON ?= python3.11
VENV := .venv
PY := $(VENV)/bin/python
INSTALLED := $(VENV)/.installed

.PHONY: contract test exhaustive serve bench check diff fuzz generate golden corpus coverage release lock lint clean

contract: $(INSTALLED)
	$(PY) -m tools check --fuzz

test: $(INSTALLED)
	$(PY) -m pytest -n 2 --dist worksteal
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy

# The tests that take more than a second or two each: many cases, many processes, whole runs of the tools.
exhaustive: $(INSTALLED)
	$(PY) -m pytest -n 2 --dist worksteal -m exhaustive

serve: $(INSTALLED)
	$(PY) -m tools serve

bench: $(INSTALLED)
	$(PY) -m tools bench

check diff generate golden corpus coverage fuzz release: $(INSTALLED)
	$(PY) -m tools $@

lint: $(INSTALLED)
	$(PY) -m ruff check . && $(PY) -m ruff format --check . && $(PY) -m mypy

lock:
	uv pip compile --universal --generate-hashes --no-header --no-annotate --group dev pyproject.toml -o requirements.lock

$(INSTALLED): requirements.lock
	$(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	touch $@

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
