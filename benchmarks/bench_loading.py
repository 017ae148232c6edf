"""How long a bank of 10,000 items takes to open: cold, warm, and beside YAML parsers on the same files.

    make bench-loading
    python benchmarks/bench_loading.py --items 10000 --rounds 5 --pure 500

A bank is written to a temporary folder (items of six types, fifty in each file, of the size of real ones) and opened in
a new process each time, so that nothing is kept in memory but by the system's own cache of files. The clock runs in
that process from before the bank is looked for to after it is there; loading the program's code is left aside, for the
parsers too. `yaml.SafeLoader` alone would take minutes: it reads the first `--pure` items, and is printed for those.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

TARGET = 15.0
"""CSafeLoader's time over that of a warm open."""
_PER_FILE = 50
_DOMAINS = 10
_OBJECTIVES = 5

_OPEN = """
import json, sys, time
from pathlib import Path
from examengine.bank.bank_cache import BankCache
from examengine.bank.catalogue import open_bank_at, place_of
cache = BankCache(Path(sys.argv[2]), Path(sys.argv[3])) if sys.argv[2] else None
begun = time.perf_counter()
bank = open_bank_at(place_of(sys.argv[1]), cache)
if len(sys.argv) > 4:
    seconds = sum(item.seconds for item in bank.items)
spent = time.perf_counter() - begun
import resource
print(json.dumps({"seconds": spent, "items": len(bank.items), "digest": bank.digest,
                  "mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
"""
_PARSE = """
import json, sys, time, yaml
from pathlib import Path
loader = getattr(yaml, sys.argv[2])
begun = time.perf_counter()
count = 0
for file in sorted(Path(sys.argv[1]).glob("items/*/*.yaml"))[:int(sys.argv[3])]:
    count += len(yaml.load(file.read_bytes(), Loader=loader))
print(json.dumps({"seconds": time.perf_counter() - begun, "items": count}))
"""
_READ = """
import hashlib, json, sys, time
from pathlib import Path
begun = time.perf_counter()
count = 0
for file in sorted(Path(sys.argv[1]).rglob("*.yaml")):
    count += len(hashlib.sha256(file.read_bytes()).digest())
print(json.dumps({"seconds": time.perf_counter() - begun, "items": 0}))
"""


def main() -> int:
    """Write the bank, open it in every way, and print the times."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--pure", type=int, default=500, help="items that yaml.SafeLoader reads")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-loading-") as scratch:
        folder, cache, key = Path(scratch, "bank"), Path(scratch, "cache"), Path(scratch, "cache.key")
        size = write_bank(folder, given.items)
        whole = str(given.items)
        times: dict[str, list[dict[str, float]]] = {}
        for _ in range(given.rounds):
            for name, code, arguments in (
                ("cold, no cache", _OPEN, ("", "")),
                ("cold, the cache being written", _OPEN, (str(cache), str(key))),
                ("warm", _OPEN, (str(cache), str(key))),
                ("warm, and every item looked at", _OPEN, (str(cache), str(key), "items")),
                ("yaml.CSafeLoader alone", _PARSE, ("CSafeLoader", whole)),
                ("reading and hashing alone", _READ, ()),
            ):
                times.setdefault(name, []).append(_run(code, folder, *arguments))
            _empty(cache)
        pure = _run(_PARSE, folder, "SafeLoader", str(max(1, given.pure // _PER_FILE)))
        print(f"{given.items} items, {size / 1e6:.1f} MB, {given.rounds} rounds, medians; {_machine()}")
        medians = {name: statistics.median(row["seconds"] for row in rows) for name, rows in times.items()}
        c_loader = medians["yaml.CSafeLoader alone"]
        for name, rows in times.items():
            memory = f"  {max(row['mib'] for row in rows):6.0f} MiB" if "mib" in rows[0] else ""
            ratio = c_loader / medians[name]
            times_as = f"{ratio:7.1f} times as fast" if ratio >= 1 else f"{1 / ratio:7.1f} times as slow"
            own = "" if name.startswith("yaml") else f"  {times_as} as CSafeLoader"
            print(f"  {name:<32} {medians[name]:8.3f} s{own}{memory}")
        print(f"  {'yaml.SafeLoader alone':<32} {pure['seconds']:8.3f} s  for {pure['items']:.0f} of the items")
        reached = c_loader / medians["warm"]
        print(f"warm open: CSafeLoader's time / {reached:.1f}; target: / {TARGET:g}")
        return 0 if reached >= TARGET else 1


def write_bank(folder: Path, count: int) -> int:
    """Write a bank of `count` items; return its size in bytes."""
    folder.mkdir(parents=True)
    lines = ["format: 1", "id: large", "title: Large bank", "version: 1.0.0", "licence: CC0-1.0", "domains:"]
    for domain in range(_DOMAINS):
        lines += [f"  - id: d{domain}", f"    title: Domain {domain}", "    objectives:"]
        lines += [f"      - {{id: d{domain}.o{one}, title: Objective {one}}}" for one in range(_OBJECTIVES)]
    (folder / "bank.yaml").write_text("\n".join(lines) + "\n")
    size = 0
    for start in range(0, count, _PER_FILE):
        text = "".join(_item(number) for number in range(start, min(start + _PER_FILE, count)))
        file = folder / "items" / f"d{start // _PER_FILE % _DOMAINS}" / f"set-{start // _PER_FILE:04}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        size += len(text.encode())
    return size


def _item(number: int) -> str:
    domain, kind = number // _PER_FILE % _DOMAINS, number % 6
    types = ("multiple_choice", "multiple_response", "numeric", "yes_no_series", "ordering", "matching")
    head = f"""- id: large.d{domain}.item-{number}
  type: {types[kind]}
  objective: d{domain}.o{number % _OBJECTIVES}
  difficulty: {("foundational", "intermediate", "advanced")[number % 3]}
  cognitive: {("recall", "apply", "analyse")[number % 3]}
  stem: |
    A model was trained on {number + 100} rows and is looked at on {number % 97 + 10} rows that were held out.
    The loss on the training rows falls in every epoch, the loss on the others rises from epoch {number % 13 + 2} on.

    What holds for the learning rate {number % 7 + 1}e-4 and a batch of {2 ** (number % 9)}?
  rationale: |
    From epoch {number % 13 + 2} on the model fits what is particular to its {number + 100} training rows; stopping
    there keeps what carries over to others.
  references: [{{title: Early stopping in practice, url: https://example.org/early-stopping/{number}}}]
  verified: 2026-11-21
  seconds: {60 + number % 90}
"""
    letters = "abcde" if kind in (1, 4) else "abcd"
    options = "".join(
        f"    - {{id: {letter}, text: 'Option {letter}: the loss of item {number} is read off at {place + 2} places',"
        f" rationale: 'It would need {place + number} rows more than there are, so that the loss says little.'}}\n"
        for place, letter in enumerate(letters)
    )
    if kind == 0:
        return f"{head}  options:\n{options}  key: {'abcd'[number % 4]}\n"
    if kind == 1:
        return f"{head}  options:\n{options}  keys: [a, {'bcde'[number % 4]}]\n  choose: 2\n"
    if kind == 2:
        slips = "".join(
            f"    - {{value: {number + 3}.{slip}, rationale: Slip {slip} of {number}.}}\n" for slip in (1, 2)
        )
        return f"{head}  answer: {number}.25\n  tolerance: [{{absolute: 0.01}}]\n  slips:\n{slips}"
    if kind == 3:
        lines = "".join(
            f"    - {{id: s{place}, text: 'Statement {place} on item {number} holds for all held-out rows',"
            f" answer: {'yes' if place % 2 else 'no'}, rationale: 'Row {number + place} tells.'}}\n"
            for place in range(4)
        )
        return f"{head}  statements:\n{lines}"
    if kind == 4:
        return f"{head}  options:\n{options}  order: [c, a, e, b]\n"
    prompts = "".join(f"    - {{id: p{place}, text: 'Prompt {place} of item {number}'}}\n" for place in range(3))
    return f"{head}  prompts:\n{prompts}  options:\n{options}  key: {{p0: a, p1: c, p2: b}}\n"


def _run(code: str, folder: Path, *arguments: str) -> dict[str, float]:
    environment = {name: value for name, value in os.environ.items() if name != "EXAMENGINE_NO_CACHE"}
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder), *arguments],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    told: dict[str, float] = json.loads(done.stdout)
    return told


def _empty(cache: Path) -> None:
    for file in cache.iterdir():
        file.unlink()


def _machine() -> str:
    return f"Python {sys.version.split()[0]}, {os.cpu_count()} processors"


if __name__ == "__main__":
    sys.exit(main())
