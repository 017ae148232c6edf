"""Grades many submissions at once: one row for each, the same for any number of workers and after any interruption."""

import os
import threading
import traceback
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import PurePath

from examengine import __version__
from examengine.core.digest import digest_files, digest_json
from examengine.core.errors import ExamEngineError, SandboxUnavailable
from examengine.core.evidence import Evidence, IsolationLevel, Verdict
from examengine.delivery.assignments import Assignment, GradedFiles, GradedSubmission
from examengine.delivery.batch_folder import BatchFolder, JournalEntry, feedback_names
from examengine.delivery.batch_row import BatchRow, RowOutcome, outcome_of
from examengine.delivery.find_submissions import Source
from examengine.delivery.read_submission import ChosenFiles, Unreadable, choose_files, shown
from examengine.delivery.submission_feedback import feedback_markdown
from examengine.grading import intake
from examengine.grading.executors import Grader
from examengine.grading.isolation import meets

_FORMAT = 1
"""Part of every journal key: raised when rows or feedback are made otherwise."""


@dataclass(frozen=True, slots=True)
class GradingPlace:
    """Where submissions are graded."""

    grader: Grader
    jobs: int
    """How many at a time are worth having under way."""
    end: Callable[[], None]
    """Ends everything that is under way."""


class BatchInterrupted(Exception):  # noqa: N818 - what the caller did
    """The batch was stopped; what was done is kept."""

    def __init__(self, done: int, total: int) -> None:
        super().__init__(f"{done} of {total} submissions are done")
        self.done = done
        self.total = total


class Batch:
    """A batch that is being graded."""

    def __init__(
        self,
        grader: Grader,
        sources: Sequence[Source],
        assignment: Assignment,
        *,
        title: str = "",
        require: IsolationLevel | None = None,
        folder: BatchFolder | None = None,
        check: Callable[[], None] = lambda: None,
    ) -> None:
        """Take what is to be graded, against what.

        Args:
            grader: runs the code.
            sources: the submissions, sorted.
            assignment: what they are graded against.
            title: of the assignment, for the feedback.
            require: the least isolation.
            folder: where journal, results and feedback go; None keeps nothing.
            check: is called once before the first code is run; what it raises ends the batch.
        """
        self._grader = grader
        self._sources = sources
        self._assignment = assignment
        self._title = title
        self._require = require
        self._folder = folder
        self._feedback = feedback_names([source.name for source in sources])
        self._stop = threading.Event()
        self._disk = threading.Lock()
        self._check = check
        self._checking = threading.Lock()
        self._is_checked = False

    def run(
        self,
        jobs: int,
        *,
        on_row: Callable[[BatchRow], None] = lambda _row: None,
        on_done: Callable[[], None] = lambda: None,
        on_stop: Callable[[], None] = lambda: None,
    ) -> list[BatchRow]:
        """Grade everything and return one row for each submission, in their order.

        Args:
            jobs: how many at a time.
            on_row: hears of each row, in order, on this thread.
            on_done: is called for each row when it is ready, in any order, on any thread.
            on_stop: ends gradings that are under way, when the batch is interrupted.

        Raises:
            BatchInterrupted: ctrl-c; finished submissions are in the journal.
            OperatorError: the folder cannot be written any more, or the check refused.
        """
        pool = ThreadPoolExecutor(max_workers=max(1, jobs), thread_name_prefix="grading")
        futures = [pool.submit(self._row, source) for source in self._sources]
        for future in futures:
            future.add_done_callback(lambda done: None if done.cancelled() else on_done())
        rows: list[BatchRow] = []
        try:
            for future in futures:
                rows.append(future.result())
                on_row(rows[-1])
        except BaseException as error:
            self._stop.set()
            pool.shutdown(wait=False, cancel_futures=True)
            on_stop()
            pool.shutdown(wait=True)
            if isinstance(error, KeyboardInterrupt | _Stopped):
                raise BatchInterrupted(sum(map(_is_kept, futures)), len(futures)) from None
            raise
        pool.shutdown(wait=True)
        return rows

    def _row(self, source: Source) -> BatchRow:
        if self._stop.is_set():
            raise _Stopped
        try:
            return self._row_of(source)
        except (_Stopped, ExamEngineError):
            raise
        except Exception as error:  # noqa: BLE001 - a fault that one submission meets costs the others nothing
            return self._fault(source.name, error)

    def _row_of(self, source: Source) -> BatchRow:
        name = source.name
        try:
            chosen = choose_files(
                source.read(),
                self._assignment.module,
                wanted_folders=self._assignment.folders,
                prefers_notebook=self._assignment.takes_notebooks,
            )
        except Unreadable as error:
            return self._unreadable(name, str(error))
        except (OSError, MemoryError) as error:
            return self._unreadable(name, f"The submission cannot be read: {error}.")
        digest = _digest_of(chosen)
        key = digest_json([_FORMAT, __version__, name, self._assignment.digest, digest, self._title])
        kept = self._kept(key)
        if kept is not None:
            self._write(kept.row, kept.feedback)
            return kept.row
        with self._checking:
            if not self._is_checked and not self._stop.is_set():
                self._check()
                self._is_checked = True
        if self._stop.is_set():
            raise _Stopped
        done = self._graded(chosen)
        row, feedback = self._finished(name, chosen, digest, done)
        if self._stop.is_set():
            raise _Stopped  # what ends while the grader is being closed is no verdict
        self._write(row, feedback)
        if self._folder is not None and row.outcome is not RowOutcome.UNAVAILABLE:
            with self._disk:
                self._folder.keep(JournalEntry(key=key, row=row, feedback=feedback))
        return row

    def _graded(self, chosen: ChosenFiles) -> GradedFiles:
        try:
            return self._assignment.grade(chosen, self._grader, self._require)
        except SandboxUnavailable as error:
            message = f"Grading is not possible here: {error}."
        except MemoryError:
            message = "The grader itself ran out of memory."
        return GradedFiles(graded=self._ungraded(message))

    def _ungraded(self, message: str) -> GradedSubmission:
        evidence = Evidence(verdict=Verdict.UNAVAILABLE, message=message)
        return self._assignment.refused(message).model_copy(update={"evidence": evidence})

    def _finished(self, name: str, chosen: ChosenFiles, digest: str, done: GradedFiles) -> tuple[BatchRow, bytes]:
        outcome = outcome_of(done.graded.evidence)
        refused = chosen.notebook is None and intake.check(chosen.files, self._assignment.module) is not None
        if refused or not done.is_readable:
            outcome = RowOutcome.UNREADABLE if outcome is not RowOutcome.UNAVAILABLE else outcome
        row = BatchRow(
            submission=name,
            outcome=outcome,
            graded=done.graded,
            file=chosen.main,
            digest=digest,
            feedback=self._feedback[name] + (".md" if done.notebook is None else ".ipynb"),
            notes=done.notes,
            seconds=done.graded.evidence.seconds,
        )
        text = done.notebook or feedback_markdown(name, self._title, chosen.main, done.graded).encode()
        return row, text

    def _unreadable(self, name: str, message: str) -> BatchRow:
        graded = self._assignment.refused(shown(message))
        row = BatchRow(
            submission=name,
            outcome=RowOutcome.UNREADABLE,
            graded=graded,
            feedback=f"{self._feedback[name]}.md",
        )
        self._write(row, feedback_markdown(name, self._title, "", graded).encode())
        return row

    def _fault(self, name: str, error: Exception) -> BatchRow:
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{PurePath(place.filename).name}, line {place.lineno}"
        graded = self._ungraded(f"A fault of examengine kept it from being graded: {type(error).__name__} in {where}.")
        row = BatchRow(
            submission=name,
            outcome=RowOutcome.UNAVAILABLE,
            graded=graded,
            feedback=f"{self._feedback[name]}.md",
        )
        self._write(row, feedback_markdown(name, self._title, "", graded).encode())
        return row

    def _kept(self, key: str) -> JournalEntry | None:
        if self._folder is None:
            return None
        with self._disk:
            entry = self._folder.find(key)
        if entry is None or not self._is_isolated_enough(entry.row):
            return None
        # The file's name depends on the others' names, which may have changed.
        suffix = ".ipynb" if entry.row.feedback.endswith(".ipynb") else ".md"
        named = self._feedback[entry.row.submission] + suffix
        return entry.model_copy(update={"row": entry.row.model_copy(update={"feedback": named})})

    def _is_isolated_enough(self, row: BatchRow) -> bool:
        found = row.graded.evidence.isolation
        return found is None or self._require is None or meets(found, self._require)

    def _write(self, row: BatchRow, feedback: bytes) -> None:
        if self._folder is not None:
            with self._disk:
                self._folder.write_feedback(row.feedback, feedback)


class _Stopped(Exception):  # noqa: N818 - a thread's way out
    """The batch is being stopped."""


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _is_kept(future: Future[BatchRow]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


def _digest_of(chosen: ChosenFiles) -> str:
    files = chosen.files if chosen.notebook is None else {"\x00notebook": chosen.notebook}
    return digest_json([chosen.main, digest_files(files)])
