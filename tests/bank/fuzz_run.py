"""Reads and uses mutated banks in a process of its own, under limits: `python -m bank.fuzz_run FIRST COUNT`.

Prints one JSON object with how often each outcome was reached, the slowest input (in seconds of
computing) and the greatest memory; the number of
an input that broke the rules stands in what is written to stderr.
"""

import faulthandler
import json
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random
from types import FrameType

from bank.mutations import mutate
from bank.seed_banks import Files, likely_victim, seed_bank
from examengine.bank.bank import Bank
from examengine.bank.bank_cache import BankCache
from examengine.bank.cached_bank import read_bank_through
from examengine.bank.catalogue import BankPlace, open_bank_at
from examengine.bank.check import check_bank
from examengine.bank.problem import Problem
from examengine.bank.read import read_bank
from examengine.core.errors import BankError, UsageError
from examengine.forms.assemble import assemble
from examengine.forms.audit import audit
from examengine.forms.drill import DrillChoice, assemble_drill
from examengine.forms.figures import with_figures
from examengine.forms.form import Form
from examengine.forms.integer_programme import Undecided
from examengine.forms.practice_pool import pool_of_bank
from examengine.itemtypes.registry import spec_of

MEMORY = 2**30
"""Bytes: of address space, which bounds what is really used."""
SECONDS = 20
"""Of computing, for one input; the slowest takes a fraction of it."""
WAITING = 6 * SECONDS
"""Seconds by the clock, for one input, on a machine that does other things too."""


class TookTooLong(BaseException):
    """No handler of errors may hold it up."""


def main() -> None:
    """Run the inputs with the numbers that the arguments name."""
    first, count = int(sys.argv[1]), int(sys.argv[2])
    faulthandler.enable()
    signal.signal(signal.SIGPROF, _stop)
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    outcomes: Counter[str] = Counter()
    slowest = (0.0, first)
    with tempfile.TemporaryDirectory() as folder:
        for number in range(first, first + count):
            begun = time.process_time()
            signal.setitimer(signal.ITIMER_PROF, SECONDS)
            # Where it waits, or nothing but native code runs, no handler is called: then the process ends.
            faulthandler.dump_traceback_later(WAITING, exit=True)
            try:
                outcomes.update(use(number, Path(folder) / "bank", Path(folder) / "cache"))
            except BaseException:
                sys.stderr.write(f"input {number}:\n")
                raise
            signal.setitimer(signal.ITIMER_PROF, 0)
            slowest = max(slowest, (time.process_time() - begun, number))
    faulthandler.cancel_dump_traceback_later()
    unit = 1 if sys.platform == "darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    told = {"outcomes": dict(outcomes), "slowest": slowest, "peak_bytes": peak}
    sys.stdout.write(json.dumps(told) + "\n")


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise TookTooLong(f"more than {SECONDS} seconds")


def use(number: int, folder: Path, cache: Path) -> set[str]:
    """Make the bank of a number, read it, and do with it all that is done with banks; return what came of it."""
    random = Random(number)
    files = seed_bank(random)
    is_changed = number % 20 != 0
    if is_changed:
        for _ in range(random.choice((1, 1, 1, 2))):
            name = likely_victim(files, random)
            files[name] = mutate(name, files[name], random)
    shutil.rmtree(folder, ignore_errors=True)
    _write(folder, files)
    if is_changed and random.random() < 0.08:
        _disturb(folder, likely_victim(files, random), random)
    return read_and_use(folder, BankCache(cache, cache.with_name("key")) if random.random() < 0.1 else None)


def _write(folder: Path, files: Files) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _disturb(folder: Path, name: str, random: Random) -> None:
    """Do to a file what happens outside of its content."""
    path = folder / name
    match random.randrange(7):
        case 0:
            path.unlink()
        case 1:
            path.unlink()
            path.mkdir()
        case 2:
            path.unlink()
            path.symlink_to(random.choice(["/etc/passwd", path.name, "..", "/dev/zero", folder / "bank.yaml"]))
        case 3:
            path.rename(path.with_name(random.choice(["A B.yaml", "ä.yaml", "x" * 200, ".hidden", "-rf", "a\nb.yaml"])))
        case 4:
            path.write_bytes(b"# " + b"x" * 3_000_000)
        case 5:
            shutil.copyfile(path, path.with_name(f"copy-{path.name}"))
        case 6:
            path.unlink()
            os.mkfifo(path)


def read_and_use(folder: Path, cache: BankCache | None) -> set[str]:
    reading = read_bank(folder)
    _look_at(reading.problems)
    has_errors = any(problem.severity == "error" for problem in reading.problems)
    if (reading.bank is None) is not has_errors:
        raise AssertionError("a bank is there exactly where no error was told")
    place = BankPlace(id="fuzz", title="", version="", folder=folder, origin="path")
    if reading.bank is None:
        try:
            open_bank_at(place, cache)
        except BankError as error:
            if str(folder) not in str(error):
                raise AssertionError("the error names no file") from error
            return {"errors"}
        raise AssertionError("it opens although it has errors")
    if cache is not None:
        for _ in range(2):
            again = read_bank_through(cache, folder).bank
            if again != reading.bank:
                raise AssertionError("the cache gives another bank")
    return {"a bank"} | _use(reading.bank)


def _look_at(problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        if not (str(problem).isprintable() and problem.line >= 1 and problem.column >= 1 and problem.message):
            raise AssertionError(f"the problem cannot be shown: {problem!r}")
        str(problem).encode()


def _use(bank: Bank) -> set[str]:
    found: set[str] = set()
    problems = check_bank(bank)
    _look_at(problems)
    keys_are_sound = not any(problem.code == "key-not-full-marks" for problem in problems)
    for blueprint in bank.blueprints:
        try:
            made = assemble(blueprint, {bank.id: bank}, 1)
            audit(blueprint, {bank.id: bank})
        except UsageError:  # it draws on a bank that is not beside it
            found.add("a refusal")
            continue
        except BankError:  # a template without a sound instance
            found.add("errors")
            continue
        except Undecided:
            found.add("undecided")
            continue
        found.add("a form" if isinstance(made, Form) else "a refusal")
        if isinstance(made, Form):
            _sit(made, bank, keys_are_sound=keys_are_sound)
        elif not made.lines:
            raise AssertionError("no form, and no reason")
    try:
        pool = pool_of_bank(bank, {})
        drill = assemble_drill(
            pool, DrillChoice(count=None, types=tuple({one.item.type for one in pool.candidates})), 1
        )
    except (UsageError, BankError):
        return found
    if isinstance(drill, Form):
        found.add("a drill")
        _sit(drill, bank, keys_are_sound=keys_are_sound)
    return found


def _sit(form: Form, bank: Bank, *, keys_are_sound: bool) -> None:
    whole = with_figures(form, {bank.id: bank})
    if Form.model_validate_json(whole.model_dump_json()) != whole:
        raise AssertionError("the form is another one when it is read back")
    for entry in whole.entries:
        spec = spec_of(entry.item)
        empty = spec.empty_response()
        spec.score(entry.item, empty, None)
        spec.summarise(entry.item, empty, entry.order)
        spec.explain(entry.item, empty)
        if entry.item.type != "coding":
            right = spec.score(entry.item, spec.correct_response(entry.item), None)
            if keys_are_sound and right.earned != right.possible:
                raise AssertionError(f"the key of {entry.item.id} does not earn everything")


if __name__ == "__main__":
    main()
