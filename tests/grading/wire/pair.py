"""Judge and candidate as two plain forked processes: the wire without any sandbox."""

import contextlib
import gc
import json
import os
import select
import signal
import socket
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from examengine.grading.contract import CandidateSpec, JudgeSpec


@dataclass
class Run:
    """What one grading reported."""

    messages: list[dict] = field(default_factory=list)

    @property
    def outcomes(self) -> dict[str, str]:
        return {m["id"]: m["outcome"] for m in self.messages if m["kind"] == "finished"}

    @property
    def texts(self) -> dict[str, str]:
        return {m["id"]: m["message"] for m in self.messages if m["kind"] == "finished"}

    @property
    def output(self) -> str:
        return "".join(m["text"] for m in self.messages if m["kind"] == "output")

    def of(self, kind: str) -> list[dict]:
        return [m for m in self.messages if m["kind"] == kind]


def grade_with_pair(
    submission: dict[str, str],
    tests: dict[str, str],
    *,
    support: dict[str, str] | None = None,
    data: dict[str, str] | None = None,
    module: str = "solution",
    expected: tuple[str, ...] | None = None,
    decided: tuple[str, ...] = (),
    show_values: bool = True,
    seconds: float = 60,
    candidate: Callable[[socket.socket, str, CandidateSpec], None] | None = None,
) -> Run:
    """Grade one submission with a fresh pair; a pair that takes too long is killed."""
    with tempfile.TemporaryDirectory() as room:
        base = Path(room).resolve()
        for name, files in (
            ("judge", {**tests, **(support or {}), **(data or {})}),
            ("candidate", {**submission, **(data or {})}),
        ):
            for path, text in files.items():
                target = base / name / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(text.encode() if isinstance(text, str) else text)
            (base / name).mkdir(exist_ok=True)
        (base / "exchange").mkdir()
        modules = tuple(sorted({Path(name).parts[0].removesuffix(".py") for name in submission}))
        judge_spec = JudgeSpec(
            module=module,
            submission_modules=modules,
            test_files=tuple(tests),
            expected=expected,
            decided=decided,
            exchange=str(base / "exchange"),
            show_values=show_values,
        )
        candidate_spec = CandidateSpec(module=module, submission_modules=modules, exchange=str(base / "exchange"))
        return _run(base, judge_spec, candidate_spec, seconds, candidate)


def _run(base, judge_spec, candidate_spec, seconds, candidate) -> Run:
    judge_end, candidate_end = socket.socketpair()
    reading, writing = os.pipe()
    judge = _fork(lambda: _judge(judge_end, candidate_end, reading, writing, base, judge_spec))
    other = _fork(lambda: _candidate(candidate_end, judge_end, reading, writing, base, candidate_spec, candidate))
    judge_end.close()
    candidate_end.close()
    os.close(writing)
    run = Run()
    data = b""
    deadline = time.monotonic() + seconds
    try:
        while True:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([reading], [], [], left)[0]:
                run.messages.append({"kind": "timeout"})
                break
            part = os.read(reading, 1 << 16)
            if not part:
                break
            data += part
    finally:
        os.close(reading)
        for process in (judge, other):
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
    run.messages += [json.loads(line) for line in data.decode().splitlines()]
    return run


def _fork(work: Callable[[], None]) -> int:
    sys.stdout.flush()
    sys.stderr.flush()
    process = os.fork()
    if process:
        return process
    try:
        # What the outer pytest holds is not this child's to look through; each look would copy its pages.
        gc.freeze()
        _forget_pytest()
        work()
    finally:
        os._exit(0)


def _forget_pytest() -> None:
    """Undo what the outer pytest leaves in a forked child."""
    signal.alarm(0)
    warnings.resetwarnings()
    sys.unraisablehook = sys.__unraisablehook__
    signal.setitimer(signal.ITIMER_REAL, 0)
    for name in [n for n in sys.modules if n.startswith(("test_", "conftest"))]:
        del sys.modules[name]


def _judge(channel, other_end, reading, writing, base, spec) -> None:
    from examengine.grading.judge.main import prepare, run_judge

    prepare()
    other_end.close()
    os.close(reading)

    def report(message: dict[str, object]) -> None:
        os.write(writing, json.dumps(message).encode() + b"\n")

    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    run_judge(channel, report, str(base / "judge"), spec)


def _candidate(channel, other_end, reading, writing, base, spec, candidate) -> None:
    from examengine.grading.candidate.main import run_candidate

    other_end.close()
    os.close(reading)
    os.close(writing)
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    (candidate or run_candidate)(channel, str(base / "candidate"), spec)
