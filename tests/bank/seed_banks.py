"""Small sound banks to be mutated: made ones that hold every kind of file, and slices of the real ones."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random

from bank.bank_folder import FILES

Files = dict[str, bytes]
"""Names relative to the bank's folder, with slashes."""

_TESTS = Path(__file__).parents[1]
_REAL = _TESTS.parent / "question_banks"
_TYPES = _TESTS / "corpora" / "sound_banks" / "types"
_MEASURED = _TESTS / "corpora" / "exercises" / "pump-failures"
_NOTEBOOK = _TESTS / "corpora" / "notebooks" / "temperatures"
_FIGURES = _TESTS / "corpora" / "figures"
_MOST_ITEMS = 3
"""Of a real file: the check of a template tries hundreds of draws."""

_CASE = """- id: demo.case
  title: A case with everything
  sections: [{id: goal, title: Goal, text: 'Some text. ![A curve that rises.](figures/roc.png)'}]
  exhibits:
    - {id: table, title: Table, data: data/table.csv, alt: Two columns.}
    - {id: curve, title: Curve, data: figures/roc.jpg, alt: A curve that rises.}
"""
_TEMPLATES = """- id: demo.alpha.precision
  type: multiple_choice
  objective: alpha.basics
  difficulty: intermediate
  cognitive: apply
  stimulus: demo.case
  parameters:
    tp: {range: [20, 60], step: 5}
    fp: {choice: [10, 15, 25]}
    who: {choice: ['A clinic', 'A shop']}
    precision: {value: "tp / (tp + fp)"}
  require: ["tp > fp"]
  stem: "{{who}} counts {{tp}} true and {{fp}} false positives. How large is the precision, to two places?"
  options:
    - {id: a, text: "{{precision:.2f}}", rationale: "{{tp}} / ({{tp}} + {{fp}})."}
    - {id: b, text: "{{fp / (tp + fp) + 1:.2f}}", rationale: The share of the false ones and one.}
    - {id: c, text: "{{tp / fp + 2:.2f}}", rationale: The odds and two.}
  key: a
  rationale: Precision looks at what was called positive.
  references: [{title: A page}]
  verified: 2026-11-21
  seconds: 60
- id: demo.beta.root
  type: numeric
  objective: beta.basics
  difficulty: advanced
  cognitive: apply
  parameters:
    n: {range: [2, 9]}
    root: {value: "sqrt(n)"}
  stem: "How large is the square root of {{n}}? ![A curve that rises.](figures/roc.png)"
  answer: "{{root}}"
  tolerance: [{absolute: 0.01}]
  slips: [{value: "{{n * n}}", rationale: That is the square.}]
  rationale: Its square is {{n}}.
  references: [{title: A page}]
  verified: 2026-11-21
  seconds: 60
"""


def _read(folder: Path, prefix: str = "") -> Files:
    return {
        prefix + path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


@cache
def _demo() -> Files:
    """Return a bank with templates, a case with table and pictures, a measured exercise and a notebook."""
    made = {name: text.encode() for name, text in FILES.items()}
    made["stimuli/case.yaml"] = _CASE.encode()
    made["items/alpha/templates.yaml"] = _TEMPLATES.encode()
    made["data/table.csv"] = b"day,count\n1,20\n2,35\n"
    for name in ("roc.png", "roc.jpg"):
        made[f"figures/{name}"] = (_FIGURES / name).read_bytes()
    made |= _read(_MEASURED, "exercises/pump-failures/")
    made |= _read(_NOTEBOOK, "exercises/temperatures/")
    head = made["exercises/temperatures/exercise.yaml"].decode()
    for theirs, ours in (("id: short.", "id: demo."), ("code.basics", "beta.basics"), ("domain: code", "domain: beta")):
        head = head.replace(theirs, ours)
    made["exercises/temperatures/exercise.yaml"] = head.encode()
    return made


@cache
def _types() -> Files:
    return _read(_TYPES)


@cache
def _real_banks() -> dict[str, Files]:
    """Return the real banks by id, without what takes no part in reading them."""
    return {
        folder.name: {name: content for name, content in _read(folder).items() if not name.endswith("make_data.py")}
        for folder in sorted(_REAL.iterdir())
        if (folder / "bank.yaml").is_file()
    }


def _slice(random: Random) -> Files:
    """Return a real bank with a few items of one file, at most one exercise, and everything else."""
    banks = _real_banks()
    files = banks[random.choice(["cmla", "foundations", "foundations", *banks])]
    items = [name for name in files if name.startswith("items/")]
    exercises = sorted({name.split("/")[1] for name in files if name.startswith("exercises/")})
    kept = random.choice(items) if items else ""
    exercise = random.choice(exercises) if exercises and random.random() < 0.4 else ""
    found: Files = {}
    for name, content in files.items():
        if name.startswith("items/"):
            if name == kept:
                found[name] = b"".join(_some(list(_items(content)), random))
        elif not name.startswith("exercises/") or name.startswith(f"exercises/{exercise}/"):
            found[name] = content
    return found


def _items(content: bytes) -> Iterator[bytes]:
    parts = re.split(rb"(?m)^(?=- id:)", content)
    # Enemies of other files are not there.
    yield from (re.sub(rb"(?m)^  (enemies|stimulus):.*\n", b"", part) for part in parts if part.startswith(b"- id:"))


def _some(items: list[bytes], random: Random) -> list[bytes]:
    return random.sample(items, min(len(items), random.randint(1, _MOST_ITEMS)))


def made_banks() -> tuple[Files, ...]:
    """Return the banks that are not of the real ones; the first holds every kind of file."""
    return dict(_demo()), dict(_types())


def seed_bank(random: Random) -> Files:
    """Return a sound bank."""
    pick = random.random()
    if pick < 0.4:
        return dict(_demo())
    return dict(_types()) if pick < 0.55 else _slice(random)


def likely_victim(files: Files, random: Random) -> str:
    """Return the name of a file: each kind is as likely as another, whatever their numbers."""
    kinds: dict[str, list[str]] = {}
    for name in files:
        head, _, rest = name.partition("/")
        suffix = name.rpartition(".")[2]
        kinds.setdefault(f"{head if rest else ''}.{suffix}", []).append(name)
    weights = [6 if kind.startswith(("items", "exams")) else 3 if kind.endswith("yaml") else 1 for kind in kinds]
    (kind,) = random.choices(list(kinds), weights)
    return random.choice(kinds[kind])
