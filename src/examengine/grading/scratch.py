"""A scratch run: a snippet beside the candidate's files, in the sandbox of a submission, no tests.

It is an ordinary job whose one test calls a runner in the candidate's process, so that limits,
isolation, output and the ways to end are those of a grading.
"""

from collections.abc import Mapping
from typing import Literal

from examengine.core.evidence import Evidence, Isolation, Verdict
from examengine.core.limits import Limits
from examengine.core.model import Model
from examengine.grading.job import GradingJob
from examengine.grading.verdicts import STOPPED

Ended = Literal["finished", "raised", "timeout", "memory", "crashed", "stopped", "unavailable"]

_RUNNER = """\
import ast
import linecache
import sys
import traceback
import types


def run():
    with open("{name}", encoding="utf-8") as file:
        source = file.read()
    main = sys.modules["__main__"] = types.ModuleType("__main__")
    linecache.cache["{name}"] = (len(source), None, source.splitlines(True), "{name}")
    try:
        tree = ast.parse(source, "{name}")
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, "{name}", "exec"), vars(main))
        if last is not None:
            value = eval(compile(ast.Expression(last.value), "{name}", "eval"), vars(main))
            if value is not None:
                print(repr(value))
    except SystemExit as error:
        if error.code not in (None, 0):
            print(f"SystemExit: {{error.code}}", file=sys.stderr)
    except BaseException as error:
        trace = error.__traceback__.tb_next
        if isinstance(error, SyntaxError):
            while trace is not None and trace.tb_frame.f_code.co_filename == ast.__file__:
                trace = trace.tb_next
        sys.stderr.write("".join(traceback.format_exception(type(error), error, trace)))
        raise
"""
_TEST = """\
from {runner} import run


def test_scratch():
    run()
"""
_ENDS: dict[Verdict, Ended] = {
    Verdict.PASSED: "finished",
    Verdict.FAILED: "raised",
    Verdict.ERROR: "raised",
    Verdict.TIMEOUT: "timeout",
    Verdict.MEMORY: "memory",
    Verdict.CRASHED: "crashed",
}


class ScratchRun(Model):
    """What became of a snippet."""

    ended: Ended
    message: str = ""
    """A sentence where it did not just finish."""
    output: str = ""
    """What it printed, the traceback of an exception at the end; cut, free of control characters."""
    seconds: float = 0.0
    isolation: Isolation | None = None


def _free_name(wanted: str, taken: Mapping[str, bytes]) -> str:
    tops = {name.partition("/")[0].removesuffix(".py") for name in taken}
    while wanted in tops:
        wanted += "_"
    return wanted


def scratch_job(
    files: Mapping[str, bytes],
    code: str,
    *,
    data: Mapping[str, bytes] | None = None,
    requires: tuple[str, ...] = (),
    limits: Limits | None = None,
) -> GradingJob:
    """Return the job that runs `code` beside `files`; as in a notebook, a last expression is shown."""
    script = _free_name("scratch", files)
    runner = _free_name("scratch_runner", files)
    return GradingJob(
        submission={
            **files,
            f"{script}.py": code.encode("utf-8", "surrogatepass"),
            f"{runner}.py": _RUNNER.format(name=f"{script}.py").encode(),
        },
        tests={"test_scratch.py": _TEST.format(runner=runner).encode()},
        module=runner,
        expected=("test_scratch.py::test_scratch",),
        data=dict(data or {}),
        requires=requires,
        limits=limits or Limits(),
    )


def read_scratch(evidence: Evidence) -> ScratchRun:
    """Say in a run's own words what the evidence of its job holds."""
    ended = _ENDS.get(evidence.verdict, "unavailable")
    if evidence.message == STOPPED:
        ended = "stopped"
    message = evidence.message
    if ended in {"raised", "timeout", "memory", "crashed"} and evidence.tests:
        message = evidence.tests[0].message
    if ended == "timeout":
        message = "The time limit ran out."
    return ScratchRun(
        ended=ended,
        message="" if ended == "finished" else message,
        output=evidence.output,
        seconds=evidence.seconds,
        isolation=evidence.isolation,
    )
