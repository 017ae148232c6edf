"""Grading on a Dask cluster of real processes: nothing is lost with a worker, and the bytes are the same as here."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from pathlib import Path

import pytest

from delivery.batches import RIGHT, WRONG, an_assignment, write_tree
from examengine.core.errors import OperatorError, UsageError
from examengine.core.evidence import Verdict
from examengine.delivery.batch_folder import BatchFolder
from examengine.delivery.cohort import summarise
from examengine.delivery.find_submissions import find_submissions
from examengine.delivery.grade_batch import Batch
from examengine.grading.cluster import Cluster
from examengine.grading.executors import ExecutorGrading
from examengine.grading.grade import GradingService

pytest.importorskip("distributed")

# The client's own threads and sockets end a moment after it is closed.
pytestmark = [
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]
_SCHEDULER = "from distributed.cli.dask_scheduler import main; main()"
_WORKER = "from distributed.cli.dask_worker import main; main()"


class Machines:
    """A scheduler and workers, each a process that the test started and ends."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.processes: list[subprocess.Popen[bytes]] = []
        self.file = folder / "scheduler.json"
        self._start(_SCHEDULER, "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-show")
        while not (self.file.exists() and self.file.read_text().rstrip().endswith("}")):
            assert self.processes[0].poll() is None, self.log(0)
            time.sleep(0.05)
        self.address = json.loads(self.file.read_text())["address"]

    def add_worker(self, path: str = "") -> subprocess.Popen[bytes]:
        words = ("--nthreads", "1", "--no-dashboard", "--no-nanny", "--memory-limit", "0", "--death-timeout", "20")
        return self._start(_WORKER, *words, "--local-directory", str(self.folder), path=path)

    def _start(self, code: str, *words: str, path: str = "") -> subprocess.Popen[bytes]:
        log = (self.folder / f"log{len(self.processes)}").open("wb")
        with log:
            process = subprocess.Popen(
                [sys.executable, "-c", code, *words, "--scheduler-file", str(self.file)],
                stdout=log,
                stderr=log,
                env=os.environ | {"PYTHONPATH": path},
                start_new_session=True,
            )
        self.processes.append(process)
        return process

    def log(self, number: int) -> str:
        return (self.folder / f"log{number}").read_text()

    def close(self) -> None:
        for process in reversed(self.processes):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(30)


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[Machines]:
    made = Machines(tmp_path)
    yield made
    made.close()


def warm_parents_of(pid: int) -> list[int]:
    """Return the running children of a worker: its warm parents."""
    children = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
                if int(fields[1]) == pid and fields[0] != "Z":
                    children.append(int(entry.name))
    return children


def graded(folder: Path, out: Path, grader, jobs: int, on_row=lambda _row: None) -> dict[str, bytes]:
    sources = find_submissions(folder, ["solution"]).sources
    kept = BatchFolder.open(out, folder)
    rows = Batch(grader, sources, an_assignment(seconds=20), folder=kept).run(jobs, on_row=on_row)
    kept.finish(rows, summarise(rows).as_json())
    kept.close()
    names = ("results.jsonl", "results.csv", "summary.json")
    feedback = {path.name: path.read_bytes() for path in (out / "feedback").iterdir()}
    return {name: (out / name).read_bytes() for name in names} | feedback


@pytest.mark.skipif(sys.platform != "linux", reason="looks for left-over processes in /proc")
def test_a_killed_worker_loses_nothing_and_the_bytes_are_those_of_this_machine(machines, tmp_path):
    tree = {f"s{number:02}.py": (WRONG if number % 5 == 0 else RIGHT) + f"# {number}\n" for number in range(24)}
    # Still running when the worker dies, whichever of the two has it.
    slow = "import time\ntime.sleep(1)\n"
    tree |= {f"s{number:02}.py": tree[f"s{number:02}.py"] + slow for number in (3, 4, 5, 6)}
    folder = write_tree(tmp_path / "all", tree | {"zz.zip": b"PK"})
    first, second = machines.add_worker(), machines.add_worker()
    killed = threading.Event()

    def kill(row):
        if row.submission == "s02":
            os.kill(first.pid, signal.SIGKILL)
            first.wait()
            killed.set()

    with Cluster.open(machines.address) as cluster:
        away = graded(folder, tmp_path / "away", cluster.grader, 4, kill)
        assert killed.is_set()
        assert warm_parents_of(second.pid)
    assert warm_parents_of(second.pid) == []
    assert second.poll() is None
    with GradingService() as service:
        here = graded(folder, tmp_path / "here", service, 2)
    assert away == here
    rows = [json.loads(line) for line in away["results.jsonl"].splitlines()]
    assert [row["submission"] for row in rows] == [*(f"s{number:02}" for number in range(24)), "zz"]
    assert [row["outcome"] for row in rows] == ["graded"] * 24 + ["unreadable"]


def test_a_cluster_that_cannot_grade_for_us_is_one_clear_error(machines, tmp_path, monkeypatch):
    monkeypatch.setattr("examengine.grading.cluster._CONNECT_SECONDS", 2)
    with pytest.raises(OperatorError, match="has no worker"):
        Cluster.open(machines.address)
    write_tree(tmp_path / "older/examengine", {"__init__.py": "__version__ = '0.0.1'\n"})
    machines.add_worker(path=str(tmp_path / "older"))
    monkeypatch.setattr("examengine.grading.cluster._CONNECT_SECONDS", 20)
    with pytest.raises(OperatorError, match=r"has examengine 0\.0\.1"):
        Cluster.open(machines.address)
    write_tree(tmp_path / "without/examengine", {"__init__.py": "raise ImportError('none here')\n"})
    machines.add_worker(path=str(tmp_path / "without"))
    with pytest.raises(OperatorError, match=r"has (no examengine|examengine 0\.0\.1)"):
        Cluster.open(machines.address)


def test_where_nobody_is_left_the_grading_is_unavailable_and_says_so(monkeypatch):
    monkeypatch.setattr("examengine.grading.executors._LOOK_SECONDS", 0.01)
    waiting: Future[str] = Future()
    waiting.add_done_callback(lambda _future: pytest.fail("whoever is gone cannot be asked to cancel"))

    class Gone(Executor):
        def submit(self, *_words):
            return waiting

    grader = ExecutorGrading(Gone(), lambda _job, _require: "", lambda: True)
    evidence = grader.grade(an_assignment().job({"solution.py": RIGHT.encode()}))
    assert (evidence.verdict, evidence.message) == (
        Verdict.UNAVAILABLE,
        "The grading was lost: nobody who could take it is left.",
    )
    assert not waiting.cancelled()


def test_what_cannot_even_be_sent_is_unavailable():
    class Closed(Executor):
        def submit(self, *_words):
            raise RuntimeError("the client is closed")

    grader = ExecutorGrading(Closed(), lambda _job, _require: "")
    evidence = grader.grade(an_assignment().job({"solution.py": RIGHT.encode()}))
    assert evidence.verdict is Verdict.UNAVAILABLE
    assert evidence.message == "The grading was lost: RuntimeError: the client is closed"


def test_a_cluster_that_is_not_there_is_one_clear_error(monkeypatch):
    monkeypatch.setattr("examengine.grading.cluster._CONNECT_SECONDS", 1)
    with pytest.raises(OperatorError, match="cannot be reached"):
        Cluster.open("tcp://127.0.0.1:9")
    for address in ("nonsense", "http://x:80", "tcp://host"):
        with pytest.raises(UsageError, match="not the address"):
            Cluster.open(address)
