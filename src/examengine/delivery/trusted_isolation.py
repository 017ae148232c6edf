"""Other people's code runs only where it is kept apart: what is required, and the sentence where it is missing."""

from examengine.core.errors import SandboxUnavailable
from examengine.core.evidence import IsolationLevel, Verdict
from examengine.core.limits import Limits
from examengine.grading.executors import Grader
from examengine.grading.job import GradingJob

_LEAST = IsolationLevel.C
_LAYERS = ("user", "mount", "pid", "network", "landlock", "seccomp", "seatbelt")
_PROBE = GradingJob(
    submission={"solution.py": b"def answer():\n    return 42\n"},
    tests={"test_probe.py": b"from solution import answer\n\n\ndef test_answer():\n    assert answer() == 42\n"},
    limits=Limits(seconds=60),
)


def least_level(asked: IsolationLevel | None, *, is_trusted: bool) -> IsolationLevel | None:
    """Return the level to require: what was asked for, and never D for code that is not trusted."""
    if is_trusted:
        return asked
    order = list(IsolationLevel)
    return asked if asked is not None and order.index(asked) < order.index(_LEAST) else _LEAST


def check_isolation(grader: Grader, least: IsolationLevel | None, requires: tuple[str, ...] = ()) -> None:
    """Try the sandbox with code of ours before anybody else's is run.

    Raises:
        SandboxUnavailable: this machine isolates less well than required; the sentence says what is missing.
    """
    if least is None:
        return
    probe = _PROBE.model_copy(update={"requires": requires})
    try:
        grader.grade(probe, require=least)
    except SandboxUnavailable as error:
        raise _explained(grader, least, error) from error


def _explained(grader: Grader, least: IsolationLevel, error: SandboxUnavailable) -> SandboxUnavailable:
    evidence = grader.grade(_PROBE)
    found = evidence.isolation
    if found is None or evidence.verdict is Verdict.UNAVAILABLE:
        return error
    absent = [layer.name for layer in found.layers if not layer.active and layer.name in _LAYERS]
    missing = f" (missing: {', '.join(absent)})" if absent else ""
    if found.level is IsolationLevel.D and least is _LEAST:
        return SandboxUnavailable(
            f"this machine offers isolation level D only{missing}, and other people's code is not run there",
            hint="'examengine doctor' shows what would add the layers;"
            " --trust-submissions runs the code as if it were your own",
        )
    return SandboxUnavailable(
        f"isolation level {least} is required and this machine offers {found.level}{missing}",
        hint="'examengine doctor' shows what would add the layers",
    )
