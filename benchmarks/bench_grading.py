"""Grading beside a plain pytest subprocess on the same exercises, as ratios of one run.

    python benchmarks/bench_grading.py [--rounds 9] [--batch 40] [--jobs 2]

Three exercises: pure Python, pandas, scikit-learn. `floor` is the same asserts in a fork of a warm
process, without pytest and without isolation. The rounds of all ways are interleaved, so that a
busy machine slows all of them.
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

from examengine.core.evidence import Verdict
from examengine.core.limits import Limits
from examengine.grading.grade import GradingService
from examengine.grading.job import GradingJob
from examengine.grading.sandbox.memory import tree

EXERCISES = Path(__file__).with_name("exercises")
REQUIRES = {"pure": (), "pandas": ("pandas",), "sklearn": ("scikit-learn",)}


@dataclass(frozen=True)
class Exercise:
    """One exercise of the benchmark, on disk and as a job."""

    name: str
    solution: Path
    tests: Path

    @property
    def job(self) -> GradingJob:
        """The grading of its solution."""
        return GradingJob(
            submission={"solution.py": self.solution.read_bytes()},
            tests={"test_solution.py": self.tests.read_bytes()},
            requires=REQUIRES[self.name],
            limits=Limits(seconds=60),
        )


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
            env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
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
            env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
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


def single(service: GradingService, rounds: int) -> None:
    print(f"{'exercise':10}{'pytest':>10}{'graded':>10}{'floor':>10}{'x faster':>10}{'x floor':>10}")
    for exercise in exercises():
        job = exercise.job
        floor = Floor(exercise)
        first = seconds(lambda job=job: graded(service, job))
        times: dict[str, list[float]] = {"pytest": [], "graded": [], "floor": []}
        for _ in range(rounds):
            times["pytest"].append(seconds(lambda exercise=exercise: by_pytest(exercise)))
            for _ in range(3):
                times["graded"].append(seconds(lambda job=job: graded(service, job)))
                times["floor"].append(seconds(floor.run))
        floor.close()
        plain, ours, least = (statistics.median(times[name]) for name in times)
        print(
            f"{exercise.name:10}{plain * 1000:8.0f}ms{ours * 1000:8.0f}ms{least * 1000:8.0f}ms"
            f"{plain / ours:10.1f}{ours / least:10.1f}   first grading {first:.1f} s"
        )


def batch(service: GradingService, count: int, jobs: int) -> None:
    exercise = exercises()[-1]
    job = exercise.job
    graded(service, job)
    with ThreadPoolExecutor(jobs) as pool:
        ours = seconds(lambda: list(pool.map(lambda _: graded(service, job), range(count))))
        few = max(jobs * 2, count // 10)
        plain = seconds(lambda: list(pool.map(lambda _: by_pytest(exercise), range(few))))
    ours_rate, plain_rate = count / ours, few / plain
    print(
        f"\nbatch, {jobs} at a time: {count} scikit-learn submissions in {ours:.1f} s "
        f"({ours_rate:.1f}/s); pytest subprocesses {plain_rate:.2f}/s: "
        f"{ours_rate / plain_rate:.1f} x the throughput"
    )


def memory(service: GradingService) -> None:
    job = exercises()[-1].job
    before = service.resident_kib()
    print(f"\nwarm parents hold {before / 1024:.0f} MiB together (resident, when ready)")
    for name, pid in service.processes():
        held = sum(memory_kib(one, "Pss:") for one in tree([pid])) / 1024
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
    print(f"  scikit-learn, two gradings in flight: {peak / 1024:.0f} MiB at most")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--batch", type=int, default=40)
    parser.add_argument("--jobs", type=int, default=2)
    chosen = parser.parse_args()
    print(machine(), "\n")
    with GradingService() as service:
        single(service, chosen.rounds)
        if chosen.batch:
            batch(service, chosen.batch, chosen.jobs)
        memory(service)


if __name__ == "__main__":
    main()
