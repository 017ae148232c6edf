"""Gradings repeated while every core is busy with other work give the same verdicts.

EXAMENGINE_FLIPS: how many repetitions of everything (`make test-flips`); without it a few
repetitions of a sample. EXAMENGINE_FLIPS_LOG: a file that counts what was run.
"""

import contextlib
import multiprocessing
import os
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from examengine.core.evidence import TestStatus
from examengine.core.limits import Limits
from examengine.grading.grade import GradingService
from examengine.grading.job import GradingJob

sys.path.append(str(Path(__file__).parent / "attacks"))
from corpus import LIMITS, SHORT, cases
from corpus import job as corpus_job

MATERIAL = Path(__file__).parent / "suites_material"
REPETITIONS = int(os.environ.get("EXAMENGINE_FLIPS", "0"))
SAMPLE, SAMPLE_REPETITIONS = 12, 3


@dataclass(frozen=True)
class Grading:
    name: str
    job: GradingJob
    settled: bool = True
    """Whether each test's outcome is one and the same; where a limit ends it, several are right."""


def from_corpus():
    return [
        Grading(
            case.name,
            corpus_job(
                case.content,
                known_ids=case.kind == "broken",
                limits=SHORT if "timeout" in case.verdicts else LIMITS.model_copy(update={"seconds": 60}),
            ),
            settled=len(case.verdicts) == 1 and case.kind != "exhaust",
        )
        for case in cases()
    ]


def files_in(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def from_suites():
    made = []
    for folder in sorted(one for one in MATERIAL.iterdir() if one.is_dir()):
        tests = {path.name: path.read_bytes() for path in sorted(folder.glob("*test*.py"))}
        named = re.search(rb"^# submission: (\w+)", b"\n".join(tests.values()), re.MULTILINE)
        module = named[1].decode() if named else "solution"
        for solution in sorted([*folder.glob("right*"), *folder.glob("wrong*")]):
            submission = files_in(solution) if solution.is_dir() else {f"{module}.py": solution.read_bytes()}
            made.append(
                Grading(
                    f"{folder.name}-{solution.name}",
                    GradingJob(
                        submission=submission,
                        tests=tests,
                        support=files_in(folder / "support"),
                        data=files_in(folder / "data"),
                        module=module,
                        limits=Limits(seconds=120),
                    ),
                )
            )
    return made


def spin(parent):
    while os.getppid() == parent:
        sum(range(100_000))


@contextlib.contextmanager
def every_core_busy():
    context = multiprocessing.get_context("fork")
    busy = [context.Process(target=spin, args=(os.getpid(),), daemon=True) for _ in range(os.cpu_count() or 1)]
    for one in busy:
        one.start()
    try:
        yield
    finally:
        for one in busy:
            one.kill()
            one.join()


def outcome_of(grading, evidence):
    passed = sorted(one.id for one in evidence.tests if one.outcome is TestStatus.PASSED)
    if not grading.settled:
        return (evidence.verdict.value == "unavailable", passed)
    return (evidence.verdict.value, [(one.id, one.outcome.value) for one in evidence.tests])


def log(text):
    if "EXAMENGINE_FLIPS_LOG" in os.environ:
        with open(os.environ["EXAMENGINE_FLIPS_LOG"], "a") as file:
            file.write(text + "\n")


def flips_in(gradings, repetitions):
    first = {}
    flips = []
    with GradingService() as service, ThreadPoolExecutor(2) as pool, every_core_busy():
        for repetition in range(repetitions):
            found = pool.map(lambda one: outcome_of(one, service.grade(one.job)), gradings)
            for grading, outcome in zip(gradings, found, strict=True):
                if first.setdefault(grading.name, outcome) != outcome:
                    flips.append((repetition, grading.name, first[grading.name], outcome))
                    log(f"flip {flips[-1]}")
            log(f"{repetition + 1} repetitions of {len(gradings)} gradings, {len(flips)} flips")
    return first, flips


def test_a_sample_of_verdicts_is_the_same_under_load():
    everything = from_corpus() + from_suites()
    quick = [one for one in everything if one.job.limits.seconds != SHORT.seconds]

    first, flips = flips_in(quick[:: len(quick) // SAMPLE + 1], SAMPLE_REPETITIONS)

    assert len(first) > SAMPLE // 2
    assert flips == []


@pytest.mark.slow
@pytest.mark.timeout(0)
@pytest.mark.skipif(not REPETITIONS, reason="make test-flips says how often")
def test_every_verdict_is_the_same_under_load():
    first, flips = flips_in(from_corpus() + from_suites(), REPETITIONS)

    assert len(first) > 200
    assert not [name for name, outcome in first.items() if outcome[0] == "unavailable"]
    assert flips == []
