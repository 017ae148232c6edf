"""Grading for the rest of the program: jobs in, evidence out.

The service keeps warm parents, one for each set of required packages. It may be called from
several threads. Whatever goes wrong on our side is evidence with the verdict `unavailable`.
"""

import atexit
import functools
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
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
from examengine.core.limits import Limits
from examengine.grading import intake, preload
from examengine.grading.attempt import Attempt, Observed, Orders
from examengine.grading.contract import CandidateSpec, JudgeSpec
from examengine.grading.isolation import isolation, meets
from examengine.grading.job import GradingJob
from examengine.grading.sandbox.limits import ChildLimits
from examengine.grading.scratch import ScratchRun, read_scratch, scratch_job
from examengine.grading.verdicts import STOPPED, Tally
from examengine.grading.warm import PairEnds, Warm
from examengine.grading.watch import Watch

_WARM_PARENTS = 4
_JUDGE_EXTRA_MIB = 1024
_RESTARTS = 50
"""How often a submission that ends its process is started again for the tests that are left."""
_SPARE_SECONDS = 10.0
"""Wall time for all those starts together, beside the submission's own limit once more."""
_CANCEL_POLL_SECONDS = 0.02


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


def _orders(job: GradingJob, decided: tuple[str, ...], *, live: bool = False) -> Orders:
    limits = job.limits
    processor = int(limits.seconds * 2) + 2
    modules = _top_level_modules(job.submission)
    # A file that a submission happens, or hopes, to share a name with is the tests' own where they import it.
    own = _top_level_modules(
        name for files in (job.data, job.support, job.tests) for name in files if name[-3:] == ".py"
    )
    submission = {
        # The mark that Windows editors put in front; Python takes it, a file read by name may not.
        name: text.removeprefix(b"\xef\xbb\xbf") if name.endswith(".py") else text
        for name, text in job.submission.items()
    }
    return Orders(
        judge=JudgeSpec(
            module=job.module,
            submission_modules=tuple(one for one in modules if one not in own or one == job.module),
            test_files=tuple(job.tests),
            expected=job.expected,
            decided=decided,
            show_values=job.show_values,
            metrics=tuple(task.order() for task in job.metrics),
            live=live,
        ),
        candidate=CandidateSpec(
            module=job.module,
            submission_modules=modules,
            output_bytes=limits.output_kib * 1024,
            live=live,
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

    def __init__(self, *, without: Iterable[str] = (), hash_seed: int = 0) -> None:
        """Make a service; its warm parents start when they are needed.

        Args:
            without: names of sandbox layers to leave out (`namespaces`, `landlock`, …).
            hash_seed: of judge and candidate; another than 0 only to see whether the order of sets decides anything.
        """
        self._without = tuple(without)
        self._hash_seed = hash_seed
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
            parent = self._parents[wanted] = Warm(wanted, self._without, hash_seed=self._hash_seed)
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

    def grade(
        self,
        job: GradingJob,
        *,
        require: IsolationLevel | None = None,
        cancel: threading.Event | None = None,
        on_output: Callable[[str], None] | None = None,
        on_progress: Callable[[TestOutcome], None] | None = None,
    ) -> Evidence:
        """Grade one submission.

        Once `cancel` is set, by any thread, the run ends with all its processes, and the evidence
        is `unavailable` and says so. `on_output` gets printed text as it comes, fit to be shown;
        `on_progress` each test's outcome. Both are called on this thread; what they raise ends the
        run and passes on.

        Raises:
            SandboxUnavailable: `require` is given and this machine cannot isolate that well.
        """
        began = time.monotonic()
        refusal = intake.check(job.submission, job.module)
        if refusal is not None and job.expected is not None:
            return _refused(job, refusal.message)
        tally = Tally(job.expected, job.limits, tuple(job.tests))
        watch = Watch(tally, cancel, on_output, on_progress)
        observed: Observed | None = None
        try:
            requires = job.requires or preload.mentioned([*job.tests.values(), *job.support.values()])
            parent = self._parent(requires)
            if not self._await(parent, watch):
                return Evidence(verdict=Verdict.UNAVAILABLE, message=STOPPED, seconds=time.monotonic() - began)
            absent = [one for one in job.requires if preload.import_name(one) in parent.missing]
            if absent:
                return Evidence(
                    verdict=Verdict.UNAVAILABLE,
                    message=f"The exercise needs {', '.join(absent)}, which is not installed.",
                )
            _check_level(parent, require)
            observed = self._run(job, parent, tally, watch)
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
            measures=() if tally.unavailable else tuple(tally.measures.values()),
            output=tally.output,
            isolation=isolation(observed.layers) if observed else None,
            seconds=time.monotonic() - began,
        )

    @staticmethod
    def _pair(parent: Warm, job: GradingJob) -> PairEnds:
        try:
            return parent.pair(job.limits.memory_mib, job.limits.file_mib, job.limits.processes)
        except SandboxUnavailable:
            parent.start()  # it died since the last grading; once more, from the start
            return parent.pair(job.limits.memory_mib, job.limits.file_mib, job.limits.processes)

    def _await(self, parent: Warm, watch: Watch) -> bool:
        """Wait for a warm parent's start; return False where the caller stopped waiting first."""
        if watch.cancel is None or parent.is_ready:
            parent.start()
            return True
        # The start goes on without us: the next run finds it done.
        starting = threading.Thread(target=self._start, args=(parent,), daemon=True)
        starting.start()
        while starting.is_alive():
            if watch.is_cancelled:
                return False
            starting.join(_CANCEL_POLL_SECONDS)
        parent.start()  # at once, or with the reason why not
        return True

    def _run(self, job: GradingJob, parent: Warm, tally: Tally, watch: Watch) -> Observed:
        left = job.limits.seconds
        # Starting again after a crash costs the submission nothing, up to as much again.
        spare = job.limits.seconds + _SPARE_SECONDS
        collect: float | None = None
        restarts = 0
        while True:
            began = time.monotonic()
            observed = Attempt(
                self._pair(parent, job),
                _orders(job, tally.decided, live=watch.is_live),
                seconds=left,
                test_seconds=job.limits.test_seconds,
                collect_seconds=collect,
                on_message=watch.take,
                is_cancelled=None if watch.cancel is None else lambda: watch.is_cancelled,
            ).run()
            again = tally.absorb(observed)
            left -= observed.test_seconds
            if collect is None:
                left -= observed.collect_seconds
                spare -= time.monotonic() - began - observed.test_seconds - observed.collect_seconds
            else:
                spare -= time.monotonic() - began - observed.test_seconds
            collect = spare
            if again and watch.is_cancelled:
                observed.is_cancelled = True
                again = tally.absorb(observed)
            if again and restarts >= _RESTARTS:
                tally.give_up_rest(restarts)
                again = False
            if again and (left <= 0 or spare <= 0):
                tally.expire_rest()
                again = False
            if not tally.unavailable:
                watch.settle(tally.tests() if not again else tally.outcomes.values())
            if not again:
                return observed
            restarts += 1

    def run_script(
        self,
        files: Mapping[str, bytes],
        code: str,
        *,
        data: Mapping[str, bytes] | None = None,
        requires: tuple[str, ...] = (),
        limits: Limits | None = None,
        cancel: threading.Event | None = None,
        on_output: Callable[[str], None] | None = None,
    ) -> ScratchRun:
        """Run a snippet beside the candidate's files, without tests, in the sandbox of a submission.

        `cancel` and `on_output` as in `grade`.
        """
        job = scratch_job(files, code, data=data, requires=requires, limits=limits)
        return read_scratch(self.grade(job, cancel=cancel, on_output=on_output))

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
