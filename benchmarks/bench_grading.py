"""Grading beside plain pytest subprocesses, nbgrader and otter, as ratios of one run.

    python benchmarks/bench_grading.py [--rounds 9] [--batch 200] [--jobs 2] [--peers PYTHON]

Three exercises: pure Python, pandas, scikit-learn. `bare` is the same asserts in a fork of a warm
process, without pytest and without isolation; `boxed` the same asserts in our sandboxed pair of
processes, without pytest and without the wire. The rounds of all ways are interleaved, so that a
busy machine slows all of them; each figure is a median, with the smallest value beside it.

nbgrader and otter-grader live in an environment of their own (benchmarks/requirements.txt), whose
interpreter `--peers` names; without it, benchmarks/.venv is looked for.
"""

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import peers
from examengine.core.evidence import Verdict
from examengine.core.limits import Limits
from examengine.grading import warm
from examengine.grading.grade import GradingService
from examengine.grading.job import GradingJob
from examengine.grading.sandbox.memory import tree

EXERCISES = Path(__file__).with_name("exercises")
REQUIRES = {"pure": (), "pandas": ("pandas",), "sklearn": ("scikit-learn",)}
PEERS = Path(__file__).with_name(".venv") / "bin" / "python"

BOXED_ASSERTS = """\
import importlib
from examengine.grading import child

def run_judge(wire, report, folder, spec):
    sys.path.insert(0, folder)
    tests = {}
    for name in spec.test_files:
        module = importlib.import_module(name.removesuffix(".py"))
        tests |= {f"{name}::{one}": test for one, test in vars(module).items() if one.startswith("test_")}
    report({"kind": "collected", "ids": list(tests)})
    for one, test in tests.items():
        report({"kind": "started", "id": one})
        test()
        report({"kind": "finished", "id": one, "outcome": "passed", "message": "", "seconds": 0.0, "phase": "call"})
    report({"kind": "done", "seconds": 0.0})

child.run_judge, child.run_candidate = run_judge, lambda *_: None
"""
"""Put into a warm parent's start: its judges run the asserts, its candidates nothing."""


@dataclass
class Targets:
    """What is to be reached, and what was."""

    lines: list[str]

    def at_least(self, what: str, wanted: float, got: float) -> None:
        """Note a ratio that should be large."""
        self._note(what, f"at least {wanted:g}", got, reached=got >= wanted)

    def at_most(self, what: str, wanted: float, got: float) -> None:
        """Note a ratio that should be small."""
        self._note(what, f"at most {wanted:g}", got, reached=got <= wanted)

    def _note(self, what: str, wanted: str, got: float, *, reached: bool) -> None:
        self.lines.append(f"{'reached' if reached else 'missed ':8} {what:64} {wanted:>13}, got {got:.1f}")


@dataclass(frozen=True)
class Exercise:
    """One exercise of the benchmark, on disk and as a job."""

    name: str
    solution: Path
    tests: Path

    @property
    def job(self) -> GradingJob:
        """The grading of its solution."""
        return self._job({})

    def _job(self, support: dict[str, bytes]) -> GradingJob:
        return GradingJob(
            submission={"solution.py": self.solution.read_bytes()},
            tests={"test_solution.py": self.tests.read_bytes()},
            support=support,
            requires=REQUIRES[self.name],
            limits=Limits(seconds=60),
        )

    @property
    def boxed_job(self) -> GradingJob:
        """The same with the solution beside the tests."""
        return self._job({"solution.py": self.solution.read_bytes()})


def exercises() -> list[Exercise]:
    return [
        Exercise(name, EXERCISES / name / "solution.py", EXERCISES / name / "test_solution.py") for name in REQUIRES
    ]


def seconds(action: Callable[[], object]) -> float:
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


def by_pytest(exercise: Exercise) -> None:
    """Grade as a script would: a fresh interpreter runs pytest in a fresh folder."""
    with tempfile.TemporaryDirectory() as folder:
        for path in (exercise.solution, exercise.tests):
            Path(folder, path.name).write_bytes(path.read_bytes())
        subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", folder],
            cwd=folder,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
            check=True,
            capture_output=True,
        )


class Floor:
    """A process that has imported everything and forks to run the asserts, nothing else."""

    def __init__(self, exercise: Exercise) -> None:
        program = f"""
import importlib.util, os, sys
def load(name, path):
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
def run():
    load("solution", {str(exercise.solution)!r})
    tests = load("test_solution", {str(exercise.tests)!r})
    for name, test in list(vars(tests).items()):
        if name.startswith("test_"):
            test()
run()
print("ready", flush=True)
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        try:
            run()
        except BaseException:
            os._exit(1)
        os._exit(0)
    print(os.waitpid(child, 0)[1], flush=True)
"""
        self.process = subprocess.Popen(
            [sys.executable, "-c", program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
        )
        assert self.process.stdout is not None
        assert self.process.stdin is not None
        self.process.stdout.readline()

    def run(self) -> None:
        """Run the asserts in a fork."""
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        assert self.process.stdout.readline() == "0\n"

    def close(self) -> None:
        """End the process."""
        self.process.stdin.close()
        self.process.wait()


def boxed_service() -> GradingService:
    """Return a service whose judges run the asserts as they are; the same in all else."""
    start = warm._START.replace(  # noqa: SLF001 - the place to put the asserts in
        "from examengine.grading.zygote", BOXED_ASSERTS + "from examengine.grading.zygote"
    )
    service = GradingService()
    with patch.object(warm, "_START", start):
        for exercise in exercises():
            graded(service, exercise.boxed_job)
    return service


def graded(service: GradingService, job: GradingJob) -> None:
    evidence = service.grade(job)
    assert evidence.verdict is Verdict.PASSED, evidence


def memory_kib(pid: int, field: str) -> int:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    for line in text.splitlines():
        if line.startswith(field):
            return int(line.split()[1])
    return 0


def machine() -> str:
    model = platform.processor() or platform.machine()
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                model = line.partition(":")[2].strip()
                break
    except OSError:
        pass
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    load = os.getloadavg()[0]
    return (
        f"{model}, {cores} cores, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, load {load:.1f} at the start"
    )


def shown(values: list[float]) -> str:
    return f"{statistics.median(values) * 1000:7.0f} {min(values) * 1000:6.0f}"


def single(service: GradingService, rounds: int, targets: Targets) -> None:
    print("one submission, warm; milliseconds, median and smallest; ratios of the medians (of the smallest)")
    print(f"{'':8}{'pytest':>15}{'graded':>15}{'bare':>15}{'boxed':>15}{'faster':>15}{'x bare':>14}{'x boxed':>14}")
    boxed = boxed_service()
    for exercise in exercises():
        job, boxed_job = exercise.job, exercise.boxed_job
        floor = Floor(exercise)
        first = seconds(lambda job=job: graded(service, job))
        ways: dict[str, Callable[[], object]] = {
            "graded": lambda job=job: graded(service, job),
            "bare": floor.run,
            "boxed": lambda job=boxed_job: graded(boxed, job),
        }
        times: dict[str, list[float]] = {"pytest": [], **{name: [] for name in ways}}
        for _ in range(rounds):
            times["pytest"].append(seconds(lambda exercise=exercise: by_pytest(exercise)))
            for _ in range(3):
                for name, way in ways.items():
                    times[name].append(seconds(way))
        floor.close()
        middle = {name: statistics.median(found) for name, found in times.items()}
        least = {name: min(found) for name, found in times.items()}
        ratios = [("pytest", "graded"), ("graded", "bare"), ("graded", "boxed")]
        print(
            f"{exercise.name:8}"
            + "".join(f"{shown(found):>15}" for found in times.values())
            + "".join(f"{middle[a] / middle[b]:8.1f} ({least[a] / least[b]:.1f})" for a, b in ratios)
            + f"   first grading {first:.1f} s"
        )
        faster = middle["pytest"] / middle["graded"]
        if exercise.name == "sklearn":
            targets.at_least("scikit-learn exercise, faster than a pytest subprocess", 15, faster)
        if exercise.name == "pure":
            targets.at_least("pure Python exercise, faster than a pytest subprocess", 2.5, faster)
        targets.at_most(f"{exercise.name}: times the asserts in a fork (bare)", 3, middle["graded"] / middle["bare"])
        targets.at_most(
            f"{exercise.name}: times the asserts, isolation included (boxed)", 3, middle["graded"] / middle["boxed"]
        )
    boxed.close()


def batch(service: GradingService, count: int, jobs: int, targets: Targets) -> float:
    """Grade a batch of scikit-learn submissions; return how many in a second."""
    exercise = exercises()[-1]
    job = exercise.job
    graded(service, job)
    parts = 5
    ours: list[float] = []
    plain: list[float] = []
    few, many = max(jobs, count // (10 * parts)), max(jobs, count // parts)
    with ThreadPoolExecutor(jobs) as pool:
        for _ in range(parts):
            ours.append(many / seconds(lambda: list(pool.map(lambda _: graded(service, job), range(many)))))
            plain.append(few / seconds(lambda: list(pool.map(lambda _: by_pytest(exercise), range(few)))))
    rate, plain_rate = (1 / statistics.mean(1 / one for one in found) for found in (ours, plain))
    print(
        f"\nbatch of {many * parts} scikit-learn submissions, {jobs} at a time, in {parts} parts: "
        f"{rate:.1f}/s (best part {max(ours):.1f}/s)\n"
        f"  pytest subprocesses, {jobs} at a time, {few * parts} submissions in between: "
        f"{plain_rate:.2f}/s (best {max(plain):.2f}/s): {rate / plain_rate:.1f} x the throughput "
        f"(best parts {max(ours) / max(plain):.1f} x)"
    )
    targets.at_least(f"batch of {many * parts}, throughput of pytest subprocesses", 20, rate / plain_rate)
    return rate


def beside_peers(python: Path, count: int, rate: float | None, targets: Targets) -> None:
    """Run nbgrader and otter on the scikit-learn exercise, where they are installed."""
    exercise = exercises()[-1]
    print()
    for package, run in (("nbgrader", peers.nbgrader), ("otter-grader", peers.otter)):
        version = peers.installed(python, package) if python.exists() else None
        if version is None:
            print(f"{package}: not installed at {python}, not measured (benchmarks/requirements.txt)")
            continue
        try:
            for number in (1, count):  # the first run of all compiles and fills caches
                with tempfile.TemporaryDirectory() as folder:
                    timing = run(python, exercise.solution, exercise.tests, Path(folder), number)
        except peers.PeerFailed as error:
            print(f"{package} {version}: {error}")
            continue
        print(
            f"{package} {version}: {timing.submissions} submissions in {timing.seconds:.1f} s, one after the other "
            f"({timing.per_second:.2f}/s)" + (f": we grade {rate / timing.per_second:.0f} x as many" if rate else "")
        )
        if rate and package == "nbgrader":
            targets.at_least(
                f"batch, throughput of nbgrader (measured on {timing.submissions})", 25, rate / timing.per_second
            )


def memory(service: GradingService) -> None:
    job = exercises()[-1].job
    before = service.resident_kib()
    print(f"\nwarm parents hold {before / 1024:.0f} MiB together (resident, when ready)")
    idle = 0.0
    for name, pid in service.processes():
        held = sum(memory_kib(one, "Pss:") for one in tree([pid])) / 1024
        idle = held if "sklearn" in name else idle
        print(f"  {name or 'no package':12} {held:6.0f} MiB with a pair made ahead (shared parts split)")
    peak = 0.0
    with ThreadPoolExecutor(2) as pool:
        running = [pool.submit(graded, service, job) for _ in range(8)]
        while not all(one.done() for one in running):
            sizes = [
                sum(memory_kib(one, "Pss:") for one in tree([pid]))
                for name, pid in service.processes()
                if "sklearn" in name
            ]
            peak = max(peak, *sizes, 0.0)
    peak /= 1024
    print(f"  scikit-learn, two gradings in flight: {peak:.0f} MiB at most, {(peak - idle) / 2:.0f} MiB for each")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--batch", type=int, default=200)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--peers", type=Path, default=PEERS, help="interpreter of the peers' environment")
    parser.add_argument("--peer-submissions", type=int, default=20)
    chosen = parser.parse_args()
    print(machine(), "\n")
    targets = Targets([])
    with GradingService() as service:
        if chosen.rounds:
            single(service, chosen.rounds, targets)
        rate = batch(service, chosen.batch, chosen.jobs, targets) if chosen.batch else None
        memory(service)
    beside_peers(chosen.peers.absolute(), chosen.peer_submissions, rate, targets)
    print(f"\ntargets (load {os.getloadavg()[0]:.1f} at the end)")
    print(*targets.lines, sep="\n")


if __name__ == "__main__":
    main()
