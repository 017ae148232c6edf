"""`examengine grade`: grade a file by an exercise, or by any test file."""

import json
from pathlib import Path

import click

from examengine.cli.exit_codes import ExitCode
from examengine.cli.options import json_option
from examengine.core.errors import UsageError
from examengine.core.evidence import IsolationLevel, Verdict
from examengine.core.limits import Limits
from examengine.delivery.grade_submission import GradedSubmission, grade_by_exercise, grade_by_tests, open_exercise
from examengine.delivery.grading_contract import as_contract
from examengine.delivery.services import Services

_FILE = click.Path(path_type=Path)


@click.command()
@click.argument("submission", type=_FILE)
@click.option("--exercise", type=_FILE, help="The folder of an exercise, with its exercise.yaml.")
@click.option(
    "--tests", type=_FILE, multiple=True, help="A file of pytest functions or unittest classes; may be repeated."
)
@click.option(
    "--as", "module", help="The name under which the tests import the submission; its file's name by default."
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
@json_option
@click.pass_obj
def grade(
    services: Services,
    submission: Path,
    exercise: Path | None,
    tests: tuple[Path, ...],
    module: str | None,
    data: tuple[Path, ...],
    support: tuple[Path, ...],
    time_limit: float | None,
    memory_limit: int | None,
    require_isolation: str | None,
    as_json: bool,
) -> int:
    """Grade SUBMISSION in the sandbox; exit 0: all passed, 1: something failed, 3: it could not be graded."""
    require = IsolationLevel(require_isolation) if require_isolation else None
    if (exercise is None) == (not tests):
        raise UsageError("give either --exercise or --tests", hint="see examengine grade --help")
    if exercise is not None:
        if module or data or support:
            raise UsageError("--as, --data and --support go with --tests", hint="an exercise brings its own files")
        limits = _limits(open_exercise(exercise).package.item.limits, time_limit, memory_limit)
        graded = grade_by_exercise(services, submission, exercise, limits=limits, require=require)
    else:
        limits = _limits(Limits(), time_limit, memory_limit)
        graded = grade_by_tests(
            services, submission, tests, module=module, data=data, support=support, limits=limits, require=require
        )
    click.echo(json.dumps(as_contract(graded), indent=2) if as_json else _text(graded))
    if graded.evidence.verdict is Verdict.UNAVAILABLE:
        return ExitCode.UNAVAILABLE
    return ExitCode.OK if graded.evidence.verdict is Verdict.PASSED else ExitCode.FAILED


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
        f"  {part.title} ({part.domain}): {float(part.earned):g} of {float(part.possible):g} points,"
        f" {part.tests_passed} of {part.tests} tests"
        for part in graded.parts
    ]
    lines += [f"  {test.outcome:<8} {test.id}{': ' + test.message if test.message else ''}" for test in evidence.tests]
    if evidence.output.strip():
        lines += ["output:", *(f"  {line}" for line in evidence.output.splitlines())]
    return "\n".join(lines)
