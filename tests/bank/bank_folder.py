"""Writes a small sound bank to a folder; tests change one file and see what is told."""

from pathlib import Path

from examengine.bank.problem import Problem
from examengine.bank.read import read_bank

MANIFEST = """format: 1
id: demo
title: Demo bank
version: 1.0.0
licence: CC-BY-4.0
domains:
  - id: alpha
    title: Alpha
    objectives:
      - {id: alpha.basics, title: Basics}
  - id: beta
    title: Beta
    objectives:
      - {id: beta.basics, title: Basics}
"""

CHOICE = """- id: demo.alpha.sky
  type: multiple_choice
  objective: alpha.basics
  difficulty: foundational
  cognitive: recall
  stem: Which colour does a clear sky have at noon in summer?
  options:
    - {id: a, text: Green, rationale: No air scatters so.}
    - {id: b, text: Blue, rationale: Short waves are scattered most.}
    - {id: c, text: Brown, rationale: Dust would.}
  key: b
  rationale: Short waves are scattered most.
  references: [{title: A page, url: https://example.org/sky}]
  verified: 2026-11-21
  seconds: 60
"""

OTHER_ITEMS = """- id: demo.alpha.primes
  type: multiple_response
  objective: alpha.basics
  difficulty: intermediate
  cognitive: apply
  stem: Which TWO of these numbers have exactly two divisors?
  options:
    - {id: a, text: 2, rationale: One and itself.}
    - {id: b, text: 9, rationale: Three times three.}
    - {id: c, text: 7, rationale: One and itself.}
  keys: [a, c]
  choose: 2
  rationale: A prime has two divisors.
  references: [{title: A page}]
  verified: 2026-11-21
  seconds: 60
- id: demo.beta.half
  type: numeric
  objective: beta.basics
  difficulty: advanced
  cognitive: apply
  stem: How much is a half, to one place?
  answer: 0.5
  tolerance: [{absolute: 0.01}]
  slips: [{value: 2, rationale: That is the inverse.}]
  rationale: One divided by two.
  references: [{title: A page}]
  verified: 2026-11-21
  seconds: 60
"""

EXERCISE = """id: demo.ex.double
title: Double a number
objective: beta.basics
difficulty: foundational
minutes: 5
parts:
  - {id: plain, title: Plain numbers, points: 3, domain: beta, tests: [test_three]}
  - {id: sign, title: Signs, points: 1, domain: alpha, tests: [test_negative]}
wrong:
  - {file: wrong/adds_two.py, mistake: Adds two., most: 0}
rationale: Doubling is adding a number to itself.
references: [{title: A page}]
verified: 2026-11-21
"""

BLUEPRINT = """id: demo.mock
title: Demo exam
duration_minutes: 20
sections:
  - id: a
    title: Items
    minutes: 10
    items: 2
    pretest: 1
    types: {multiple_choice: 1, multiple_response: 1, numeric: 1}
  - id: b
    title: Code
    minutes: 5
    slots: [{id: k1, title: Double, minutes: 5, points: {beta: 3, alpha: 1}}]
domains:
  - {id: alpha, weight: 50, items: 1}
  - {id: beta, weight: 50, items: 1}
scoring: {kind: percent, cut: 70, cut_raw_percent: 70, basis: assumed}
status: {state: proposed, as_of: 2026-11-21}
"""

FILES: dict[str, str] = {
    "bank.yaml": MANIFEST,
    "items/alpha/choice.yaml": CHOICE,
    "items/beta/others.yaml": OTHER_ITEMS,
    "exams/mock.yaml": BLUEPRINT,
    "exercises/double/exercise.yaml": EXERCISE,
    "exercises/double/statement.md": "Write `double(x)`.\n",
    "exercises/double/starter.py": "def double(x):\n    raise NotImplementedError\n",
    "exercises/double/reference.py": "def double(x):\n    return 2 * x\n",
    "exercises/double/test_sample.py": "from solution import double\n\n\ndef test_two():\n    assert double(2) == 4\n",
    "exercises/double/test_hidden.py": (
        "from solution import double\n\n\ndef test_three():\n    assert double(3) == 6\n"
        "\n\ndef test_negative():\n    assert double(-1) == -2\n"
    ),
    "exercises/double/wrong/adds_two.py": "def double(x):\n    return x + 2\n",
    "exercises/double/data/table.csv": "x\n1\n",
    "exercises/double/holdout/labels.csv": "y\n2\n",
    "exercises/double/make_data.py": "print('x')\n",
    "exercises/double/tables.py": "ROWS = [1]\n",
}


def write_bank(folder: Path, changes: dict[str, str | bytes | None] | None = None) -> Path:
    """Write the bank with files replaced, added or (None) left out; return its folder."""
    for name, text in {**FILES, **(changes or {})}.items():
        if text is None:
            continue
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def problems_of(folder: Path, changes: dict[str, str | bytes | None] | None = None) -> tuple[Problem, ...]:
    """Return what reading the changed bank tells."""
    return read_bank(write_bank(folder, changes)).problems


def only_problem(folder: Path, changes: dict[str, str | bytes | None]) -> Problem:
    """Return the one problem of the changed bank."""
    problems = problems_of(folder, changes)
    assert len(problems) == 1, [str(problem) for problem in problems]
    return problems[0]


def replaced(name: str, old: str, new: str) -> dict[str, str | bytes | None]:
    """Return the change of one text in one file; the text must stand there."""
    assert old in FILES[name]
    return {name: FILES[name].replace(old, new, 1)}


def place_in(text: str, part: str) -> tuple[int, int]:
    """Return line and column of a part of a text, from 1."""
    before = text[: text.index(part)]
    return before.count("\n") + 1, len(before) - before.rfind("\n")
