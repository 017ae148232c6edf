"""`examengine grade`: grade a submission, or a folder of them, by an exercise or by any test files."""

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path

import click

from examengine.cli.exit_codes import ExitCode
from examengine.cli.options import json_option
from examengine.core.errors import SandboxUnavailable, UsageError
from examengine.core.evidence import IsolationLevel, Verdict
from examengine.core.limits import Limits
from examengine.delivery.assignments import Assignment, GradedSubmission
from examengine.delivery.find_submissions import Reading, Source, find_submissions
from examengine.delivery.grade_batch import GradingPlace, processors
from examengine.delivery.grade_submission import (
    assignment_by_exercise,
    assignment_by_tests,
    exercise_named,
    grade_one,
)
from examengine.delivery.grading_contract import as_contract
from examengine.delivery.services import Services
from examengine.delivery.submission_feedback import feedback_markdown
from examengine.delivery.trusted_isolation import check_isolation, least_level
from examengine.grading.executors import Grader
from examengine.itemtypes.coding.measured_text import basis_text
from examengine.itemtypes.coding.model import SOLUTION

_FILE = click.Path(path_type=Path)
_SOLUTION = SOLUTION.removesuffix(".py")


@click.command()
@click.argument("submission", type=_FILE)
@click.option("--exercise", help="An exercise's id, or its folder with its exercise.yaml.")
@click.option(
    "--tests", type=_FILE, multiple=True, help="A file of pytest functions or unittest classes; may be repeated."
)
@click.option(
    "--as",
    "module",
    help="The name under which the tests import a submission; its file's name by default, 'solution' in a batch.",
)
@click.option("--data", type=_FILE, multiple=True, help="A file beside both submission and tests; may be repeated.")
@click.option("--support", type=_FILE, multiple=True, help="A file beside the tests alone; may be repeated.")
@click.option("--time-limit", type=click.FloatRange(0.1, 3600), help="Seconds for the whole submission.")
@click.option("--memory-limit", type=click.IntRange(64, 65536), help="MiB of memory.")
@click.option(
    "--require-isolation",
    type=click.Choice([level.value for level in IsolationLevel]),
    help="Refuse to run below this level.",
)
@click.option(
    "--trust-submissions",
    is_flag=True,
    help="Run them even at level D, where only time and memory are limited, as if they were your own.",
)
@click.option(
    "--batch/--single", "is_batch", default=None, help="Whether each entry of a folder is a submission, or all is one."
)
@click.option("--jobs", type=click.IntRange(1, 1024), help="How many at a time; by default one for each processor.")
@click.option("--out", type=_FILE, help="A folder for results, feedback and the journal that a batch is resumed from.")
@click.option("--feedback", type=_FILE, help="A file for the feedback of a single submission.")
@click.option("--cluster", metavar="ADDRESS", help="Grade on the Dask cluster of this scheduler.")
@json_option
@click.pass_obj
def grade(
    services: Services,
    submission: Path,
    exercise: str | None,
    tests: tuple[Path, ...],
    module: str | None,
    data: tuple[Path, ...],
    support: tuple[Path, ...],
    time_limit: float | None,
    memory_limit: int | None,
    require_isolation: str | None,
    trust_submissions: bool,
    is_batch: bool | None,
    jobs: int | None,
    out: Path | None,
    feedback: Path | None,
    cluster: str | None,
    as_json: bool,
) -> int:
    """Grade SUBMISSION in the sandbox: a file, a notebook, a folder, a zip, or a folder or zip of many.

    A folder with the tests' module at its top is one submission; a folder of several entries is a batch.

    Exit 0: all passed, 1: something failed, 3: something could not be graded.
    """
    if (exercise is None) == (not tests):
        raise UsageError("give either --exercise or --tests", hint="see examengine grade --help")
    if exercise is not None:
        if module or data or support:
            raise UsageError("--as, --data and --support go with --tests", hint="an exercise brings its own files")
        known = exercise_named(services, exercise)
        limits = _limits(known.package.item.limits, time_limit, memory_limit)
        assignment: Assignment = assignment_by_exercise(known, limits)
        title = known.package.item.title
        found = find_submissions(submission, [assignment.module], _reading(is_batch))
    else:
        own = submission.resolve().name if submission.is_dir() else submission.stem
        found = find_submissions(submission, [module] if module else [own, _SOLUTION], _reading(is_batch))
        named = module or (_SOLUTION if found.is_batch else _module_of(submission, own))
        limits = _limits(Limits(), time_limit, memory_limit)
        assignment = assignment_by_tests(tests, named, data=data, support=support, limits=limits)
        title = ""
    least = least_level(IsolationLevel(require_isolation) if require_isolation else None, is_trusted=trust_submissions)
    with _grading(services, cluster) as place:
        if found.is_batch:
            from examengine.cli.grade_batch import run_batch

            if feedback is not None:
                raise UsageError("--feedback is for a single submission", hint="--out keeps the feedback of a batch")
            return run_batch(place, found, assignment, title, submission, least, jobs=jobs, out=out, as_json=as_json)
        if out is not None or jobs is not None:
            raise UsageError(f"{submission} is one submission", hint="--out and --jobs go with a folder of submissions")
        return _grade_single(place.grader, found.sources[0], assignment, title, least, feedback, as_json=as_json)


@contextlib.contextmanager
def _grading(services: Services, cluster: str | None) -> Iterator[GradingPlace]:
    """Give the grader of this machine, or of a cluster."""
    if cluster is None:
        yield GradingPlace(services.grading, processors(), services.grading.close)
        return
    from examengine.grading.cluster import Cluster

    with Cluster.open(cluster) as opened:
        # Twice the threads, so that no worker waits for its next job.
        yield GradingPlace(opened.grader, opened.threads * 2, opened.close)


def _grade_single(
    grader: Grader,
    source: Source,
    assignment: Assignment,
    title: str,
    least: IsolationLevel | None,
    feedback: Path | None,
    *,
    as_json: bool,
) -> int:
    try:
        done = grade_one(grader, source, assignment, require=least)
    except SandboxUnavailable as error:
        check_isolation(grader, least)
        raise error from None  # it was no lack of isolation
    graded = done.graded
    if feedback is not None:
        text = done.notebook or feedback_markdown(source.name, title, "", graded).encode()
        try:
            feedback.write_bytes(text)
        except OSError as error:
            raise UsageError(f"{feedback} cannot be written: {error.strerror}") from error
    told = as_contract(graded) | ({"notes": list(done.notes)} if done.notebook is not None else {})
    click.echo(json.dumps(told, indent=2) if as_json else "\n".join([_text(graded), *done.notes]))
    if graded.evidence.verdict is Verdict.UNAVAILABLE:
        return ExitCode.UNAVAILABLE
    return ExitCode.OK if graded.evidence.verdict is Verdict.PASSED else ExitCode.FAILED


def _reading(is_batch: bool | None) -> Reading | None:
    return None if is_batch is None else "batch" if is_batch else "single"


def _module_of(submission: Path, own: str) -> str:
    """Return what a submission is imported as where nothing is said: its own name, or `solution`."""
    if not submission.is_dir():
        return own if submission.suffix.lower() != ".zip" else _SOLUTION
    holds_own = (submission / f"{own}.py").exists() or (submission / own).exists()
    is_package = (submission / "__init__.py").exists()
    return own if own.isidentifier() and (holds_own or is_package) else _SOLUTION


def _limits(limits: Limits, seconds: float | None, memory_mib: int | None) -> Limits:
    changed = {"seconds": seconds, "memory_mib": memory_mib}
    return limits.model_copy(update={name: value for name, value in changed.items() if value is not None})


def _text(graded: GradedSubmission) -> str:
    evidence = graded.evidence
    level = f", isolation level {evidence.isolation.level}" if evidence.isolation else ""
    points = f"{float(graded.earned):g} of {float(graded.possible):g} points"
    lines = [f"{evidence.verdict}: {points} in {evidence.seconds:.2f} s{level}"]
    if evidence.message:
        lines.append(evidence.message)
    lines += [
        f"  {part.title} ({part.domain}): {float(part.earned):g} of {float(part.possible):g} points, {basis_text(part)}"
        for part in graded.parts
    ]
    lines += [f"  {test.outcome:<8} {test.id}{': ' + test.message if test.message else ''}" for test in evidence.tests]
    if evidence.output.strip():
        lines += ["output:", *(f"  {line}" for line in evidence.output.splitlines())]
    return "\n".join(lines)
