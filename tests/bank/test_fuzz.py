"""Malformed banks end in a bank, a form, a clear error or a refusal: no traceback, no hang, no memory above 1 GiB.

`make fuzz-banks` runs thousands of inputs; FUZZ_BANKS says how many.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bank.bank_folder import FILES, write_bank
from bank.fuzz_run import MEMORY, WAITING, read_and_use
from bank.seed_banks import made_banks, seed_bank
from examengine.bank.problem import Problem
from examengine.bank.read import read_bank

TESTS = Path(__file__).parents[1]
INPUTS = int(os.environ.get("FUZZ_BANKS", "100"))
BATCH = 250
ENVIRONMENT = {
    **os.environ,
    "OPENBLAS_NUM_THREADS": "1",
    "PYTHONPATH": os.pathsep.join(filter(None, (str(TESTS), os.environ.get("PYTHONPATH", "")))),
}
OUTCOMES = {"errors", "a bank", "a form", "a drill", "a refusal"}

ANYTHING: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["no", "1/3", "{{1/0}}", "$\\frac", "demo.alpha.sky", "2026-11-21", "![x](figures/none.png)"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def run(arguments: list[str], timeout: float) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        check=False,
        env=ENVIRONMENT,
        cwd=TESTS,
        capture_output=True,
        text=True,
        timeout=timeout,
    )


@pytest.mark.timeout(60 * WAITING)
@pytest.mark.parametrize("first", range(0, INPUTS, BATCH))
def test_a_malformed_bank_ends_in_a_bank_a_form_a_clear_error_or_a_refusal(first: int) -> None:
    count = min(BATCH, INPUTS - first)
    done = run(["-m", "bank.fuzz_run", str(first), str(count)], timeout=50 * WAITING)
    assert done.returncode == 0, done.stderr[-4000:]
    told = json.loads(done.stdout)
    assert told["peak_bytes"] < MEMORY
    # Accidents that all break a bank, or all leave it whole, would test little.
    assert count < 100 or set(told["outcomes"]) >= OUTCOMES
    sys.stdout.write(f"inputs {first} to {first + count - 1}: {done.stdout}")


def test_what_the_accidents_happen_to_is_sound_before(tmp_path: Path) -> None:
    for place, files in enumerate(made_banks()):
        folder = tmp_path / str(place)
        for name, content in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
        assert errors(read_bank(folder).problems) == []
        assert read_and_use(folder, None) >= {"a bank", "a form", "a drill"}
    assert {name.rpartition(".")[2] for name in made_banks()[0]} >= {"yaml", "csv", "png", "jpg", "ipynb", "md", "py"}
    assert seed_bank(Random(3)) == seed_bank(Random(3))


def errors(problems: tuple[Problem, ...]) -> list[str]:
    return [str(problem) for problem in problems if problem.severity == "error"]


@pytest.mark.parametrize(
    ("deed", "told"),
    [
        ("[0] * 10**9", "MemoryError"),
        ("[n for n in iter(int, 1)]", "TookTooLong"),
        ("__import__('time').sleep(99)", "Timeout"),
        ("1 / 0", "ZeroDivisionError"),
    ],
)
@pytest.mark.skipif(sys.platform != "linux", reason="the limit of memory holds on Linux alone")
def test_a_run_fails_where_an_input_takes_too_much_or_raises(deed: str, told: str) -> None:
    patched = f"fuzz_run.use = lambda *_: {deed}; fuzz_run.SECONDS = 1; fuzz_run.WAITING = 2"
    code = f"import sys; from bank import fuzz_run; {patched}; sys.argv = ['', '7', '1']; fuzz_run.main()"
    done = run(["-c", code], timeout=WAITING)
    assert done.returncode != 0
    assert told in done.stderr
    assert told == "Timeout" or "input 7:" in done.stderr


def read_changed(changes: dict[str, str | bytes | None]) -> set[str]:
    with tempfile.TemporaryDirectory() as folder:
        return read_and_use(write_bank(Path(folder), changes), None)


@settings(max_examples=60)
@given(st.sampled_from([name for name in FILES if name.endswith(".yaml")]), ANYTHING)
def test_a_file_may_hold_anything(name: str, content: Any) -> None:
    text = yaml.safe_dump(content, allow_unicode=True)
    assert read_changed({name: text.encode("utf-8", "surrogatepass")}) & {"errors", "a bank"}


@settings(max_examples=60)
@given(st.data())
def test_any_value_of_a_file_may_be_anything(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from([name for name in FILES if name.endswith(".yaml")]))
    tree = yaml.safe_load(FILES[name])
    holder, key = tree, data.draw(st.sampled_from(range(len(tree)) if isinstance(tree, list) else sorted(tree)))
    while isinstance(holder[key], list | dict) and holder[key] and data.draw(st.booleans()):
        holder = holder[key]
        key = data.draw(st.sampled_from(range(len(holder)) if isinstance(holder, list) else sorted(holder)))
    holder[key] = data.draw(ANYTHING)
    text = yaml.safe_dump(tree, allow_unicode=True)
    assert read_changed({name: text.encode("utf-8", "surrogatepass")}) & {"errors", "a bank"}


@settings(max_examples=40)
@given(st.sampled_from(sorted(FILES)), st.binary(max_size=400))
def test_any_file_may_be_bytes(name: str, content: bytes) -> None:
    assert read_changed({name: content}) & {"errors", "a bank"}
