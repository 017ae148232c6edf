"""Grading for the rest of the program: jobs in, evidence out.

The service keeps warm parents, one for each set of required packages. It may be called from
several threads. Whatever goes wrong on our side is evidence with the verdict `unavailable`.
"""

import atexit
import functools
import threading
import time
from collections import OrderedDict
from collections.abc import Iterable
from pathlib import PurePosixPath
from types import TracebackType
from typing import Self

from examengine.core.errors import SandboxUnavailable
from examengine.core.evidence import (
    Evidence,
    IsolationLevel,
    TestOutcome,
    TestStatus,
    Verdict,
)
from examengine.grading import intake, preload
from examengine.grading.attempt import Attempt, Observed, Orders
from examengine.grading.contract import CandidateSpec, JudgeSpec
from examengine.grading.isolation import isolation, meets
from examengine.grading.job import GradingJob
from examengine.grading.sandbox.limits import ChildLimits
from examengine.grading.verdicts import Tally
from examengine.grading.warm import PairEnds, Warm

_WARM_PARENTS = 4
_JUDGE_EXTRA_MIB = 1024


def _top_level_modules(submission: Iterable[str]) -> tuple[str, ...]:
    """Return the names that the submission's files can be imported under."""
    names: dict[str, None] = {}
    for name in submission:
        path = PurePosixPath(name)
        if len(path.parts) > 1:
            names[path.parts[0]] = None
        elif path.suffix == ".py":
            names[path.stem] = None
    return tuple(name for name in names if name.isidentifier())


def _orders(job: GradingJob, decided: tuple[str, ...]) -> Orders:
    limits = job.limits
    processor = int(limits.seconds * 2) + 2
    modules = _top_level_modules(job.submission)
    submission = {
        # The mark that Windows editors put in front; Python takes it, a file read by name may not.
        name: text.removeprefix(b"\xef\xbb\xbf") if name.endswith(".py") else text
        for name, text in job.submission.items()
    }
    return Orders(
        judge=JudgeSpec(
            module=job.module,
            submission_modules=modules,
            test_files=tuple(job.tests),
            expected=job.expected,
            decided=decided,
            show_values=job.show_values,
        ),
        candidate=CandidateSpec(
            module=job.module,
            submission_modules=modules,
            output_bytes=limits.output_kib * 1024,
        ),
        judge_files={**job.data, **job.support, **job.tests},
        candidate_files={**job.data, **submission},
        judge_limits=ChildLimits(
            memory_mib=limits.memory_mib + _JUDGE_EXTRA_MIB,
            file_mib=limits.file_mib,
            processes=256,
            processor_seconds=processor,
        ),
        candidate_limits=ChildLimits(
            memory_mib=limits.memory_mib,
            file_mib=limits.file_mib,
            processes=limits.processes,
            processor_seconds=processor,
        ),
    )


def _refused(job: GradingJob, message: str) -> Evidence:
    """Return the evidence of a submission that is not run."""
    return Evidence(
        verdict=Verdict.ERROR,
        tests=tuple(TestOutcome(id=one, outcome=TestStatus.ERROR, message=message) for one in job.expected or ()),
        message=message,
    )


def _check_level(parent: Warm, require: IsolationLevel | None) -> None:
    """Refuse to go on below the required level.

    Raises:
        SandboxUnavailable: this machine isolates less well.
    """
    found = isolation(parent.layers)
    if require is not None and not meets(found, require):
        raise SandboxUnavailable(
            f"isolation level {require} is required and this machine offers {found.level}",
            hint="run 'examengine doctor' to see what is missing",
        )


class GradingService:
    """Keeps warm parents and grades jobs in forks of them."""

    def __init__(self, *, without: Iterable[str] = ()) -> None:
        """`without`: names of sandbox layers to leave out (`namespaces`, `landlock`, …)."""
        self._without = tuple(without)
        self._lock = threading.Lock()
        self._parents: OrderedDict[tuple[str, ...], Warm] = OrderedDict()
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()

    def warm(self, requires: tuple[str, ...]) -> None:
        """Start a warm parent for these packages in the background; returns at once."""
        parent = self._parent(requires)
        if not parent.is_ready:
            threading.Thread(target=self._start, args=(parent,), daemon=True).start()

    @staticmethod
    def _start(parent: Warm) -> None:
        try:
            parent.start()
        except SandboxUnavailable:
            return  # the grading that needs it tries again and reports

    def _parent(self, requires: Iterable[str]) -> Warm:
        """Return a warm parent that has these packages, or a new one, not yet started."""
        wanted = tuple(sorted({preload.import_name(one) for one in requires}))
        with self._lock:
            if self._closed:
                raise SandboxUnavailable("the grading service is closed")
            for key, parent in self._parents.items():
                if key == wanted or (parent.is_ready and set(wanted) <= set(key)):
                    self._parents.move_to_end(key)
                    return parent
            parent = self._parents[wanted] = Warm(wanted, self._without)
            if len(self._parents) > _WARM_PARENTS:
                _, oldest = self._parents.popitem(last=False)
                threading.Thread(target=oldest.close, daemon=True).start()
            return parent

    def processes(self) -> list[tuple[str, int]]:
        """Return each running warm parent: its packages, and its process id."""
        with self._lock:
            return [(" ".join(key), one.pid) for key, one in self._parents.items() if one.pid]

    def resident_kib(self) -> int:
        """Return the memory of the warm parents together, when their imports were done."""
        with self._lock:
            return sum(one.resident_kib for one in self._parents.values())

    def grade(self, job: GradingJob, *, require: IsolationLevel | None = None) -> Evidence:
        """Grade one submission.

        Raises:
            SandboxUnavailable: `require` is given and this machine cannot isolate that well.
        """
        began = time.monotonic()
        refusal = intake.check(job.submission, job.module)
        if refusal is not None and job.expected is not None:
            return _refused(job, refusal.message)
        tally = Tally(job.expected, job.limits, tuple(job.tests))
        observed: Observed | None = None
        try:
            requires = job.requires or preload.mentioned([*job.tests.values(), *job.support.values()])
            parent = self._parent(requires)
            parent.start()
            absent = [one for one in job.requires if preload.import_name(one) in parent.missing]
            if absent:
                return Evidence(
                    verdict=Verdict.UNAVAILABLE,
                    message=f"The exercise needs {', '.join(absent)}, which is not installed.",
                )
            _check_level(parent, require)
            observed = self._run(job, parent, tally)
        except SandboxUnavailable as error:
            if require is not None:
                raise
            tally.unavailable = f"Grading is not possible here: {error}."
        if refusal is not None:
            tally.remark = refusal.message
        return Evidence(
            verdict=tally.verdict(),
            tests=() if tally.unavailable else tally.tests(),
            message=tally.message(),
            output=tally.output,
            isolation=isolation(observed.layers) if observed else None,
            seconds=time.monotonic() - began,
        )

    @staticmethod
    def _pair(parent: Warm, job: GradingJob) -> PairEnds:
        try:
            return parent.pair(job.limits.memory_mib, job.limits.file_mib)
        except SandboxUnavailable:
            parent.start()  # it died since the last grading; once more, from the start
            return parent.pair(job.limits.memory_mib, job.limits.file_mib)

    def _run(self, job: GradingJob, parent: Warm, tally: Tally) -> Observed:
        left = job.limits.seconds
        # Starting again after a crash costs the submission nothing, up to as much again.
        spare = job.limits.seconds
        collect: float | None = None
        while True:
            observed = Attempt(
                self._pair(parent, job),
                _orders(job, tally.decided),
                seconds=left,
                test_seconds=job.limits.test_seconds,
                collect_seconds=collect,
            ).run()
            again = tally.absorb(observed)
            left -= observed.test_seconds
            if collect is None:
                left -= observed.collect_seconds
            else:
                spare -= observed.collect_seconds
            collect = spare
            if again and (left <= 0 or spare <= 0):
                tally.expire_rest()
                again = False
            if not again:
                return observed

    def close(self) -> None:
        """End all warm parents and what runs in them."""
        with self._lock:
            self._closed = True
            parents = list(self._parents.values())
            self._parents.clear()
        for parent in parents:
            parent.close()


@functools.cache
def shared_service() -> GradingService:
    """Return the service of this process, made on first use and closed at its end."""
    service = GradingService()
    atexit.register(service.close)
    return service


def grade_job(job: GradingJob, *, require: IsolationLevel | None = None) -> Evidence:
    """Grade one job with this process's service.

    Raises:
        SandboxUnavailable: `require` is given and this machine cannot isolate that well.
    """
    return shared_service().grade(job, require=require)
