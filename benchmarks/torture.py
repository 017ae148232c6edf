"""Kills a sitting at random moments, resumes it, and counts what was lost.

    make torture            100 kills
    python benchmarks/torture.py --kills 20 --seed 3

A child process sits the CMLA mock with a fast scripted candidate. It writes a line to a pipe before each command
and one after `perform` has returned: from then on the response counts as given. The parent sends SIGKILL at a random
moment, resumes, and compares what is on disk with the lines, and the exam's clock with an independent one.

Exit code 1: a response that was given is missing, or the clock is off by more than a second after one kill.
"""

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from examengine.core.digest import digest_json
from examengine.delivery.report_session import build_report
from examengine.delivery.score_session import score_session
from examengine.delivery.services import Services
from examengine.delivery.sitting import Busy, Sitting
from examengine.forms.form import Form, FormEntry
from examengine.itemtypes.coding.model import SOLUTION, Coding
from examengine.itemtypes.spec import FileEdit
from examengine.session import commands as cmd
from examengine.session.decide import decide
from examengine.session.events import Recorded
from examengine.session.state import SessionState, evolve, replay

ALLOWED_SECONDS = 1.0
LONGEST_RUN_SECONDS = 1.6
STARTING_SHARE = 0.15
"""Share of the kills that fall into the first moments of a run."""


def now() -> float:
    """Return seconds of a clock that the program does not use."""
    return time.clock_gettime(time.CLOCK_MONOTONIC_RAW)


@dataclass
class Run:
    """What one child said before it was killed; times in seconds of `now`."""

    opening: float | None = None
    opened: float | None = None
    killed: float = 0.0
    resumed_used: float | None = None
    given: dict[str, str] = field(default_factory=dict)
    """Place to digest of what was acknowledged last."""
    intended: dict[str, str] = field(default_factory=dict)
    """Place to digest of what was on its way."""
    acknowledged: int = 0


@dataclass
class Tally:
    """What all kills together came to."""

    kills: int = 0
    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)
    errors: list[float] = field(default_factory=list)
    """Seconds by which the exam's clock was off after each kill; above nothing: the candidate lost time."""


def main() -> int:
    """Run the kills and print what they cost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    dice = random.Random(options.seed)
    with tempfile.TemporaryDirectory(prefix="examengine-torture-") as folder:
        home = Path(folder)
        session = _start(home, options.seed)
        tally = Tally()
        given: dict[str, str] = {}
        used = 0.0
        for kill in range(options.kills):
            run = _run_and_kill(home, session, dice, section="a" if kill < options.kills // 2 else "b")
            used = _verify(home, session, run, given, used, tally)
            if kill % 20 == 19:
                print(f"{kill + 1} kills, {tally.acknowledged} responses given", file=sys.stderr, flush=True)
        items = _finish(home, session, given, tally)
    worst = max(tally.errors, key=abs)
    print(f"kills                      {tally.kills}")
    print(f"responses given            {tally.acknowledged} to {items} places")
    print(f"responses lost             {len(tally.lost)}")
    print(f"largest time error         {abs(worst):.3f} s ({'lost' if worst > 0 else 'granted'})")
    print(f"time error over all kills  {sum(tally.errors):+.3f} s in {used:.1f} s of active time")
    for line in tally.lost[:20]:
        print(line, file=sys.stderr)
    return int(bool(tally.lost) or abs(worst) > ALLOWED_SECONDS)


def _start(home: Path, seed: int) -> str:
    """Assemble and store the exam in a process of its own, so that none of its threads lives when we fork."""
    with _child(lambda write: write(_assemble(home, seed))) as (child, lines):
        session = next(lines)
        os.waitpid(child, 0)
    return session


def _assemble(home: Path, seed: int) -> str:
    from examengine.delivery.start_session import start_exam

    services = Services(home=home)
    try:
        return start_exam(services, "cmla.mock", seed)
    finally:
        services.close()


def _run_and_kill(home: Path, session: str, dice: random.Random, section: str) -> Run:
    run = Run()
    script_seed = dice.randrange(2**31)
    starts = dice.random() < STARTING_SHARE
    seconds = dice.uniform(0.0, 0.05 if starts else LONGEST_RUN_SECONDS)
    with _child(lambda write: _sit(home, session, section, script_seed, write)) as (child, lines):
        if not starts:
            # Wait until it sits; what was said is read again below.
            for line in lines:
                _hear(line, run)
                if run.opened is not None:
                    break
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
        run.killed = now()
        os.waitpid(child, 0)
        for line in lines:
            _hear(line, run)
    return run


def _hear(line: str, run: Run) -> None:
    word, *rest = json.loads(line)
    if word == "opening":
        run.opening = rest[0]
    elif word == "opened":
        run.opened, run.resumed_used = rest
    elif word == "intend":
        run.intended[rest[0]] = rest[1]
    elif word == "given":
        run.given[rest[0]] = rest[1]
        run.acknowledged += 1


@contextmanager
def _child(work) -> Iterator[tuple[int, Iterator[str]]]:
    """Fork a child that says lines through a pipe; its end closes the iterator of lines."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.close(reading)
            work(lambda text: os.write(writing, text.encode() + b"\n"))
            status = 0
        finally:
            os._exit(status)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as stream:
        yield child, (line.rstrip("\n") for line in stream)


def _sit(home: Path, session: str, section: str, seed: int, write) -> None:
    """Respond, edit and flag without a pause, until killed."""
    dice = random.Random(seed)
    services = Services(home=home)

    def say(*words: object) -> None:
        write(json.dumps(words))

    say("opening", now())
    sitting = Sitting.open(services, session)
    if isinstance(sitting, Busy):
        raise SystemExit("the killed process still holds the session")
    say("opened", now(), sitting.state.used)
    if sitting.state.section not in (None, section):
        sitting.perform(cmd.LeaveSection())
    if sitting.state.section is None:
        sitting.perform(cmd.OpenSection())
    while True:
        _act(sitting, dice, sitting.form.entries_of(section), say)


def _act(sitting: Sitting, dice: random.Random, entries: tuple[FormEntry, ...], say) -> None:
    entry = dice.choice(entries)
    number = entry.number
    if dice.random() < 0.1:
        flagged = number not in sitting.state.flagged
        place, after, command = f"flag {number}", digest_json(flagged), cmd.Flag(number, flagged)
    elif isinstance(entry.item, Coding):
        text = sitting.state.responses.get(number, {}).get("files", entry.item.starter)[SOLUTION]
        at = dice.randrange(len(text) + 1)
        edit = FileEdit(
            file=SOLUTION,
            at=at,
            removed=min(len(text) - at, dice.choice((0, 0, 0, 1, 7))),
            inserted=dice.choice("abcdefgh \n") * dice.choice((1, 1, 1, 40)),
        )
        after = digest_json({"files": {**entry.item.starter, SOLUTION: edit.apply(text)}})
        place, command = f"item {number}", cmd.EditFile(number, edit)
    else:
        response = _response(entry, dice)
        place, after, command = f"item {number}", digest_json(response), cmd.Respond(number, response)
    say("intend", place, after)
    refusal = sitting.perform(command).refusal
    if refusal is not None:
        raise SystemExit(refusal.message)
    say("given", place, after)


def _response(entry: FormEntry, dice: random.Random) -> dict[str, object]:
    match entry.item.type:
        case "multiple_choice":
            return {"option": dice.choice(entry.order)}
        case "multiple_response":
            return {"options": sorted(dice.sample(entry.order, dice.randint(1, len(entry.order))))}
        case _:
            return {"text": str(dice.randrange(10_000) / 100)}


def _verify(home: Path, session: str, run: Run, given: dict[str, str], used: float, tally: Tally) -> float:
    """Compare disk and lines after one kill; return the exam's used seconds as a resume would find them."""
    services = Services(home=home)
    try:
        form = services.store.read_form(services.store.read_session(session).form_digest)
        state = replay(form, services.store.read_journal(session))
        # The very decision that a resume makes, without its being written.
        reading = services.clock.read()
        decision = decide(form, state, cmd.OpenRun(last_alive=services.store.read_pulse(session)), reading)
        for event in decision.events:
            state = evolve(form, state, Recorded(at=reading, event=event))
    finally:
        services.close()
    _compare(form, state, run, given, tally)
    if run.resumed_used is not None and abs(run.resumed_used - used) > 0.01:
        tally.lost.append(f"kill {tally.kills + 1}: resumed at {run.resumed_used:.3f} s instead of {used:.3f} s")
    # The run began somewhere between the two lines, if it began at all.
    least = run.killed - run.opened if run.opened is not None else 0.0
    most = run.killed - run.opening if run.opening is not None else 0.0
    counted = state.used - used
    tally.errors.append(counted - min(max(counted, least), most))
    tally.kills += 1
    tally.acknowledged += run.acknowledged
    return state.used


def _compare(form: Form, state: SessionState, run: Run, given: dict[str, str], tally: Tally) -> None:
    given |= run.given
    found = _on_disk(form, state)
    for place, digest in run.intended.items():
        # A response that was on its way may be there: it is then what the candidate sees.
        if found.get(place) == digest:
            given[place] = digest
    for place, digest in given.items():
        if found.get(place) != digest:
            tally.lost.append(f"kill {tally.kills + 1}: {place} is not what was given last")


def _on_disk(form: Form, state: SessionState) -> dict[str, str]:
    found = {f"flag {entry.number}": digest_json(entry.number in state.flagged) for entry in form.entries}
    for number, response in state.responses.items():
        held = dict(response)
        if "options" in held:
            held["options"] = sorted(held["options"])
        found[f"item {number}"] = digest_json(held)
    return found


def _finish(home: Path, session: str, given: dict[str, str], tally: Tally) -> int:
    """Submit and read the report: the session is whole to its end. Return the number of places that were given."""
    services = Services(home=home)
    try:
        sitting = Sitting.open(services, session)
        if isinstance(sitting, Busy):
            raise SystemExit("a killed process still holds the session")
        with sitting:
            sitting.perform(cmd.Submit())
        form, state, evidence, scores = score_session(services, session)
        report = build_report(session, form, state, evidence, scores, services.store.read_journal(session))
        found = _on_disk(form, state)
        tally.lost += [f"after submission: {place}" for place, digest in given.items() if found.get(place) != digest]
        if sum(gap.cause == "killed" for gap in report.gaps) > tally.kills:
            tally.lost.append("the report tells of more kills than there were")
    finally:
        services.close()
    return len(given)


if __name__ == "__main__":
    sys.exit(main())
