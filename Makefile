# Every target makes the environment first where it is missing; PYTHON picks the interpreter.
PYTHON ?= python3
# Screens wait more than they work: one more than a small machine has cores.
WORKERS ?= 3
# What the tests of a file share is made once, by one worker.
PARALLEL := -n $(WORKERS) --dist loadfile
# How often test-flips grades everything.
FLIPS ?= 200
# How many malformed banks fuzz-banks reads and uses.
INPUTS ?= 5000
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# Without compiled modules every start costs a second; some systems switch them off.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test test-slow fuzz-wire fuzz-banks test-flips check format demo torture bench bench-start bench-grading bench-loading bench-assembly bench-screens screenshots snapshots wheel clean

run: $(READY)
	$(BIN)/examengine

test: $(READY)
	$(BIN)/python -m pytest -q $(PARALLEL)

test-slow: $(READY)
	HYPOTHESIS_PROFILE=explore $(BIN)/python -m pytest -q $(PARALLEL) -m slow

test-flips: $(READY)
	EXAMENGINE_FLIPS=$(FLIPS) EXAMENGINE_FLIPS_LOG=flips.log $(BIN)/python -m pytest -q -m "slow or not slow" tests/grading/test_flips.py

fuzz-wire: $(READY)
	WIRE_FUZZ=200000 $(BIN)/python -m pytest -q --timeout 3600 tests/grading/wire/test_hostile_bytes.py

fuzz-banks: $(READY)
	FUZZ_BANKS=$(INPUTS) $(BIN)/python -m pytest -q -n $(WORKERS) -rP --no-header --timeout 7200 tests/bank/test_fuzz.py

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q $(PARALLEL)
	$(BIN)/examengine bank check foundations cmla

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

demo: $(READY)
	$(BIN)/examengine demo --folder demo-report

torture: $(READY)
	$(BIN)/python benchmarks/torture.py

bench: bench-start bench-screens bench-grading

bench-start: $(READY)
	$(BIN)/python benchmarks/bench_start.py

bench-grading: $(READY)
	$(BIN)/python benchmarks/bench_grading.py $(if $(PEERS),--peers $(PEERS))

bench-screens: $(READY)
	$(BIN)/python benchmarks/bench_screens.py

bench-loading: $(READY)
	$(BIN)/python benchmarks/bench_loading.py

bench-assembly: $(READY)
	$(BIN)/python benchmarks/bench_assembly.py

screenshots: $(READY)
	$(BIN)/python docs/make_screenshots.py

# Takes over how the screens look now: look at what git then shows.
snapshots: $(READY)
	EXAMENGINE_SNAPSHOTS=update $(BIN)/python -m pytest -q tests/tui/test_snapshots.py

wheel: $(READY)
	$(BIN)/python -m pip wheel --no-deps -w dist .

clean:
	rm -rf $(VENV) build dist demo-report .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(READY): pyproject.toml constraints.txt
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or later is needed (Debian: apt install python3-venv; macOS: brew install python)"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON) is too old: Python 3.11 or later is needed; try make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo "Python's venv is missing (Debian and Ubuntu: apt install python3-venv)"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[ml,cluster,web,dev]'
	@touch $(READY)
