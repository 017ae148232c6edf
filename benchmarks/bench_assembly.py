"""How long the assembler takes and how little its forms overlap, beside two ways to draw without a solver.

    make bench-assembly
    python benchmarks/bench_assembly.py --sizes 1000 10000 --sittings 5

One candidate sits several exams of 65 items (10 domains, 3 types, a difficulty mix, a window of expected time, enemies,
families). Between the sittings other people are given items, so that how often an item was used and whether this
candidate met it are two things. Three ways to draw get the same bank, blueprint and past:

random      a sequential draw in random order that takes what still fits, drawn again until the blueprint is met
greedy      the same draw, least used first, chance among equals
assembler   proven: least overlap, then least exposure

Times are of one form: seconds on the wall, and of the processor (the machine may be busy). The first import of the
solver is not counted.
"""

import argparse
import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from examengine.bank.bank import Bank, BankManifest
from examengine.bank.blueprint import Blueprint
from examengine.forms.assemble import assemble
from examengine.forms.form import Form
from examengine.forms.history import History
from examengine.itemtypes.item import Difficulty, Item
from examengine.itemtypes.registry import read_item

DOMAINS = tuple(f"d{n}" for n in range(10))
TYPES = {"multiple_choice": 43, "multiple_response": 15, "numeric": 7}
MIX = {"foundational": (16, 20), "intermediate": (28, 34), "advanced": (13, 17)}
MINUTES = (117, 120)
SCORED, PRETEST = 60, 5
TARGET_SECONDS = {10_000: 2.0, 100_000: 20.0}
_TRIES = 200
_OTHERS = 30
"""Sittings of other people between two of the candidate's."""


def make_bank(size: int, seed: int) -> Bank:
    """Return a bank of made items: a fiftieth of them enemies of another, as many in families of about five."""
    source = random.Random(seed)
    shared = {
        "difficulty": "intermediate",
        "cognitive": "apply",
        "stem": "A stem.",
        "rationale": "A reason.",
        "references": [{"title": "A page"}],
        "verified": "2026-11-21",
        "seconds": 60,
        "id": "made.d0.x",
        "objective": "d0.basics",
    }
    options = [{"id": name, "text": f"Text {name}", "rationale": "Why."} for name in "abcd"]
    kinds = {
        "multiple_choice": {"options": options, "key": "b"},
        "multiple_response": {"options": options, "keys": ["a", "c"], "choose": 2},
        "numeric": {"answer": "1/2", "tolerance": [{"absolute": "0.01"}]},
    }
    models = {kind: read_item(shared | fields | {"type": kind}) for kind, fields in kinds.items()}
    rows = [
        (
            f"made.{(domain := source.choice(DOMAINS))}.i{n:06}",
            domain,
            source.choices(list(TYPES), weights=list(TYPES.values()))[0],
            source.choices(list(Difficulty), weights=[28, 48, 24])[0],
            source.randrange(60, 181, 5),
        )
        for n in range(size)
    ]
    tied = {n: source.randrange(size) for n in source.sample(range(size), size // 50)}
    families = {n: f"family-{n % max(1, size // 250)}" for n in source.sample(range(size), size // 50)}
    items = tuple(
        models[kind].model_copy(
            update={
                "id": name,
                "objective": f"{domain}.basics",
                "difficulty": level,
                "seconds": seconds,
                "enemies": (rows[tied[n]][0],) if n in tied and tied[n] != n else (),
                "family": families.get(n),
            }
        )
        for n, (name, domain, kind, level, seconds) in enumerate(rows)
    )
    manifest = {
        "format": 1,
        "id": "made",
        "title": "Made bank",
        "version": "1.0.0",
        "licence": "CC0-1.0",
        "domains": [
            {"id": name, "title": name, "objectives": [{"id": f"{name}.basics", "title": "Basics"}]} for name in DOMAINS
        ],
    }
    return Bank(manifest=BankManifest.model_validate(manifest), items=items, folder="made", digest=f"{size} {seed}")


def make_blueprint() -> Blueprint:
    """Return the exam of all rows."""
    section = {
        "id": "a",
        "title": "A",
        "minutes": 120,
        "items": SCORED,
        "pretest": PRETEST,
        "types": TYPES,
        "difficulty": {name: {"at_least": low, "at_most": high} for name, (low, high) in MIX.items()},
        "expected_minutes": {"at_least": MINUTES[0], "at_most": MINUTES[1]},
    }
    return Blueprint.model_validate(
        {
            "id": "made.mock",
            "title": "Made exam",
            "duration_minutes": 130,
            "sections": [section],
            "domains": [{"id": name, "items": SCORED // len(DOMAINS)} for name in DOMAINS],
            "scoring": {"kind": "percent", "cut": 70, "cut_raw_percent": Fraction(70), "basis": "assumed"},
            "status": {"state": "proposed", "as_of": "2026-11-21"},
        }
    )


@dataclass
class Past:
    """What the candidate met, and how often anybody was given an item."""

    earlier: list[frozenset[str]] = field(default_factory=list)
    uses: Counter[str] = field(default_factory=Counter)


Draw = Callable[[Past, int], list[str] | None]


def draw_in_turn(bank: Bank, past: Past, seed: int, *, by_use: bool) -> list[str] | None:
    """Return items of a draw that takes what still fits; None where no try met the blueprint."""
    for attempt in range(_TRIES):
        source = random.Random(f"{seed} {attempt}")
        order = list(bank.items)
        source.shuffle(order)
        if by_use:
            order.sort(key=lambda item: past.uses[item.id])
        taken = _take_what_fits(order)
        if taken is not None:
            return taken
    return None


def _take_what_fits(order: Sequence[Item]) -> list[str] | None:
    left_types, left_domains = dict(TYPES), dict.fromkeys(DOMAINS, SCORED // len(DOMAINS))
    left_levels = {name: high for name, (_, high) in MIX.items()}
    pretest, seconds = PRETEST, 0
    taken: dict[str, Item] = {}
    shut: set[str] = set()
    families: set[str] = set()
    for item in order:
        domain = item.objective.split(".")[0]
        is_open = left_types[item.type] and left_levels[item.difficulty] and (left_domains[domain] or pretest)
        if not is_open or item.id in shut or item.family in families or any(e in taken for e in item.enemies):
            continue
        taken[item.id] = item
        shut.update(item.enemies)
        families.update([item.family] if item.family else [])
        left_types[item.type] -= 1
        left_levels[item.difficulty] -= 1
        seconds += item.seconds
        if left_domains[domain]:
            left_domains[domain] -= 1
        else:
            pretest -= 1
        if len(taken) == SCORED + PRETEST:
            break
    counts = Counter(item.difficulty.value for item in taken.values())
    is_met = (
        len(taken) == SCORED + PRETEST
        and all(counts[name] >= low for name, (low, _) in MIX.items())
        and 60 * MINUTES[0] <= seconds <= 60 * MINUTES[1]
    )
    return list(taken) if is_met else None


def draw_exactly(bank: Bank, blueprint: Blueprint, past: Past, seed: int) -> list[str] | None:
    """Return the items of an assembled form, once its certificate was looked at."""
    form = assemble(blueprint, {"made": bank}, seed, History(tuple(past.earlier), dict(past.uses)))
    if not isinstance(form, Form) or form.certificate is None:
        return None
    if not all(one.is_met for one in form.certificate.constraints):
        raise SystemExit("a form misses its blueprint")
    if form.certificate.overlap != form.certificate.least_overlap:
        raise SystemExit("a form overlaps more than it must")
    return [entry.item.id for entry in form.entries]


@dataclass
class Row:
    """One way to draw from one bank."""

    wall: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    overlap: list[int] = field(default_factory=list)
    exposure: list[int] = field(default_factory=list)
    failed: int = 0


def run(draw: Draw, bank: Bank, sittings: int, seed: int) -> Row:
    """Let the candidate sit several forms of one way to draw."""
    row, past = Row(), Past()
    names = [item.id for item in bank.items]
    others = random.Random(seed)
    for sitting in range(sittings):
        for _ in range(_OTHERS):
            past.uses.update(others.sample(names, SCORED + PRETEST))
        wall, processor = time.perf_counter(), time.process_time()
        taken = draw(past, seed + sitting)
        row.wall.append(time.perf_counter() - wall)
        row.processor.append(time.process_time() - processor)
        if taken is None:
            row.failed += 1
            continue
        seen = frozenset().union(*past.earlier)
        if past.earlier:
            row.overlap.append(len(seen & set(taken)))
        row.exposure.append(sum(past.uses[name] for name in taken))
        past.earlier.append(frozenset(taken))
        past.uses.update(taken)
    return row


def main() -> int:
    """Run all ways on all banks and print a table; 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--sittings", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    blueprint = make_blueprint()
    assemble(blueprint, {"made": make_bank(1_000, 0)}, 0)  # loads the solver
    print(f"{asked.sittings} sittings of {SCORED + PRETEST} items each; overlap is of a sitting with all before it")
    print(
        f"{'items':>7} {'draw':<10} {'wall s':>7} {'worst':>7} {'cpu s':>7} {'worst':>7}"
        f" {'overlap':>8} {'worst':>6} {'uses':>7} {'failed':>7}"
    )
    missed = []
    for size in asked.sizes:
        bank = make_bank(size, asked.seed)
        ways: Mapping[str, Draw] = {
            "random": lambda past, seed, bank=bank: draw_in_turn(bank, past, seed, by_use=False),
            "greedy": lambda past, seed, bank=bank: draw_in_turn(bank, past, seed, by_use=True),
            "assembler": lambda past, seed, bank=bank: draw_exactly(bank, blueprint, past, seed),
        }
        for name, draw in ways.items():
            row = run(draw, bank, asked.sittings, asked.seed)
            overlap = (
                f"{statistics.mean(row.overlap):8.1f} {max(row.overlap):6}" if row.overlap else f"{'-':>8} {'-':>6}"
            )
            uses = f"{statistics.mean(row.exposure):7.1f}" if row.exposure else f"{'-':>7}"
            print(
                f"{size:>7} {name:<10} {statistics.median(row.wall):7.2f} {max(row.wall):7.2f}"
                f" {statistics.median(row.processor):7.2f} {max(row.processor):7.2f}"
                f" {overlap} {uses} {row.failed:>4}/{asked.sittings}",
                flush=True,
            )
            target = TARGET_SECONDS.get(size)
            if name == "assembler" and target is not None and statistics.median(row.wall) > target:
                missed.append(f"{size} items: {statistics.median(row.wall):.2f} s on the wall, target {target} s")
    for line in missed:
        print(f"target missed: {line}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
