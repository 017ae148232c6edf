"""Processes and worker pools in a submission: the same at every level that walls it in."""

import sys

import pytest

from examengine.core.evidence import IsolationLevel, Verdict
from examengine.core.limits import Limits
from examengine.grading.grade import GradingService
from examengine.grading.job import GradingJob

LEVELS = {"A": (), "B without namespaces": ("namespaces",), "B without Landlock": ("landlock",)}

WORKERS = """
import multiprocessing
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor


def square(n):
    print("working")
    return n * n


def pool(numbers):
    with multiprocessing.Pool(2) as workers:
        return workers.map(square, numbers)


def executor(numbers):
    with ProcessPoolExecutor(2) as workers:
        return list(workers.map(square, numbers))


def queue(numbers):
    results = multiprocessing.Queue()
    for n in numbers:
        multiprocessing.Process(target=lambda n=n: results.put(n * n)).start()
    return sorted(results.get(timeout=20) for _ in numbers)


def value(numbers):
    total = multiprocessing.Value("i", 0)

    def add(n):
        with total.get_lock():
            total.value += n * n

    workers = [multiprocessing.Process(target=add, args=(n,)) for n in numbers]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    return total.value


def interpreter(n):
    run = subprocess.run([sys.executable, "-c", f"print({n} ** 2)"], capture_output=True, text=True)
    return int(run.stdout)


def ended():
    worker = multiprocessing.Process(target=lambda: __import__("time").sleep(60))
    worker.start()
    worker.terminate()
    worker.join()
    return worker.exitcode
"""
TESTS = """
import solution


def test_pool():
    assert solution.pool([1, 2, 3]) == [1, 4, 9]


def test_executor():
    assert solution.executor([1, 2, 3]) == [1, 4, 9]


def test_queue():
    assert solution.queue([1, 2, 3]) == [1, 4, 9]


def test_value():
    assert solution.value([1, 2, 3]) == 14


def test_interpreter():
    assert solution.interpreter(12) == 144


def test_ended():
    assert solution.ended() == -15


def test_a_worker_cannot_speak_for_the_submission(capsys):
    assert solution.pool([7]) == [49]
"""


@pytest.fixture(scope="module", params=LEVELS)
def service(request):
    if sys.platform != "linux":
        pytest.skip("Linux layers")
    with GradingService(without=LEVELS[request.param]) as made:
        yield made


def test_workers_of_the_standard_library_do_their_work(service):
    evidence = service.grade(
        GradingJob(
            submission={"solution.py": WORKERS.encode()},
            tests={"test_workers.py": TESTS.encode()},
            limits=Limits(seconds=60),
        )
    )

    assert evidence.verdict is Verdict.PASSED, evidence.tests
    assert evidence.isolation.level in {IsolationLevel.A, IsolationLevel.B}


@pytest.mark.ml
def test_all_cores_asked_for_through_joblib_is_no_obstacle(service):
    code = """
from joblib import Parallel, delayed
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import cross_val_score

X, y = [[i, i % 3] for i in range(60)], [i // 30 for i in range(60)]


def forest():
    return RandomForestClassifier(10, n_jobs=-1, random_state=0).fit(X, y).score(X, y)


def scores():
    return len(cross_val_score(RandomForestClassifier(5, random_state=0), X, y, cv=3, n_jobs=2))


def squares():
    return Parallel(n_jobs=4)(delayed(pow)(i, 2) for i in range(4))
"""
    tests = """
import solution


def test_forest():
    assert solution.forest() == 1.0


def test_scores():
    assert solution.scores() == 3


def test_squares():
    assert solution.squares() == [0, 1, 4, 9]
"""
    evidence = service.grade(
        GradingJob(
            submission={"solution.py": code.encode()},
            tests={"test_all_cores.py": tests.encode()},
            requires=("scikit-learn",),
            limits=Limits(seconds=60),
        )
    )

    assert evidence.verdict is Verdict.PASSED, evidence.tests


def test_too_many_processes_cost_the_submission_and_are_named(service):
    code = b"""
import os
import time


def spread():
    for _ in range(60):
        if os.fork() == 0:
            time.sleep(30)
            os._exit(0)
    time.sleep(2)
"""
    tests = b"import solution\n\n\ndef test_spread():\n    solution.spread()\n"

    evidence = service.grade(
        GradingJob(
            submission={"solution.py": code},
            tests={"test_it.py": tests},
            limits=Limits(seconds=20, processes=16),
        )
    )

    assert evidence.verdict is not Verdict.PASSED
    assert "processes" in evidence.tests[0].message


def test_a_fork_that_returns_does_not_answer_the_tests(service):
    code = b"""
import os


def double(n):
    if os.fork() == 0:
        return 2 * n  # the fork goes on as if it were the submission
    os.wait()
    return 0
"""
    tests = b"from solution import double\n\n\ndef test_double():\n    assert double(21) == 42\n"

    evidence = service.grade(GradingJob(submission={"solution.py": code}, tests={"test_it.py": tests}))

    assert evidence.verdict is Verdict.FAILED
