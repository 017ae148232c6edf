"""The service: many callers, lost processes, missing packages, and levels that are required."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from examengine.core.errors import SandboxUnavailable
from examengine.core.evidence import IsolationLevel, TestStatus, Verdict
from examengine.core.limits import Limits
from examengine.grading.grade import GradingService
from examengine.grading.job import GradingJob

RIGHT = b"def double(n):\n    return 2 * n\n"
WRONG = b"def double(n):\n    return 2 * n if n < 3 else 0\n"
TESTS = b"""
from solution import double


def test_small():
    assert double(2) == 4


def test_large():
    assert double(21) == 42
"""


def job(solution=RIGHT, tests=TESTS, **more):
    return GradingJob(submission={"solution.py": solution}, tests={"test_it.py": tests}, **more)


@pytest.fixture(scope="module")
def service():
    with GradingService() as made:
        yield made


def passed(evidence):
    return [one.id for one in evidence.tests if one.outcome is TestStatus.PASSED]


def alive(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_evidence_holds_every_test_in_order_with_the_isolation(service):
    evidence = service.grade(job(WRONG))

    assert evidence.verdict is Verdict.FAILED
    assert [one.id for one in evidence.tests] == ["test_it.py::test_small", "test_it.py::test_large"]
    assert passed(evidence) == ["test_it.py::test_small"]
    assert evidence.isolation is not None
    assert evidence.isolation.level in {IsolationLevel.A, IsolationLevel.B}
    assert evidence.seconds > 0


def test_only_expected_tests_count_and_missing_ones_are_named(service):
    evidence = service.grade(job(expected=("test_it.py::test_large", "test_it.py::test_gone", "test_other.py::test_x")))

    assert {one.id: one.outcome.value for one in evidence.tests} == {
        "test_it.py::test_large": "passed",
        "test_it.py::test_gone": "missing",
        "test_other.py::test_x": "missing",
    }
    assert evidence.verdict is Verdict.FAILED


def test_many_callers_at_once_get_their_own_verdicts(service):
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda n: service.grade(job(RIGHT if n % 2 else WRONG)), range(18)))

    assert [one.verdict.value for one in found] == ["failed", "passed"] * 9


def test_a_test_out_of_time_leaves_the_others_their_chance(service):
    tests = b"""
import pytest
from solution import wait


@pytest.mark.parametrize("n", [1, 2, 3])
def test_wait(n):
    assert wait(n) == n
"""
    slow = b"def wait(n):\n    while n == 2:\n        pass\n    return n\n"

    evidence = service.grade(job(slow, tests, limits=Limits(seconds=20, test_seconds=1)))

    assert [one.outcome.value for one in evidence.tests] == ["passed", "timeout", "passed"]
    assert evidence.verdict is Verdict.TIMEOUT
    assert "1 s" in evidence.tests[1].message


def test_a_crash_leaves_the_others_their_chance(service):
    crashing = b"import os\n\ndef double(n):\n    return os._exit(5) if n == 2 else 2 * n\n"

    evidence = service.grade(job(crashing))

    assert [one.outcome.value for one in evidence.tests] == ["crashed", "passed"]
    assert "exit code 5" in evidence.message


def test_a_missing_package_is_named_and_nobody_loses_points(service):
    evidence = service.grade(job(requires=("no-such-package-here",)))

    assert evidence.verdict is Verdict.UNAVAILABLE
    assert "no-such-package-here" in evidence.message
    assert evidence.tests == ()


def test_tests_that_are_broken_themselves_are_unavailable(service):
    evidence = service.grade(job(tests=b"import no_such_helper\n\ndef test_a():\n    pass\n"))

    assert evidence.verdict is Verdict.UNAVAILABLE


def test_a_refused_file_is_an_error_of_every_expected_test(service):
    evidence = service.grade(job(b"a\x00b", expected=("test_it.py::test_small",)))

    assert evidence.verdict is Verdict.ERROR
    assert [one.outcome.value for one in evidence.tests] == ["error"]
    assert "NUL" in evidence.message


def test_a_required_level_is_kept_or_refused_and_never_lowered(service):
    assert service.grade(job(), require=IsolationLevel.B).verdict is Verdict.PASSED
    with GradingService(without=["namespaces"]) as weaker:
        assert weaker.grade(job(), require=IsolationLevel.B).verdict is Verdict.PASSED
        with pytest.raises(SandboxUnavailable, match="level A"):
            weaker.grade(job(), require=IsolationLevel.A)
        assert weaker.grade(job()).isolation.level is IsolationLevel.B


def test_a_warm_parent_that_died_is_replaced():
    with GradingService() as service:
        assert service.grade(job()).verdict is Verdict.PASSED
        ((_, pid),) = service.processes()
        os.kill(pid, signal.SIGKILL)

        assert service.grade(job()).verdict is Verdict.PASSED
        assert service.processes()[0][1] != pid


def test_a_warm_parent_killed_in_the_middle_is_our_trouble_and_no_zero():
    waiting = b"import time\n\ndef double(n):\n    time.sleep(30)\n"
    with GradingService() as service, ThreadPoolExecutor(1) as pool:
        service.grade(job())
        running = pool.submit(service.grade, job(waiting))
        while not running.done():
            ((_, pid),) = service.processes()
            if Path(f"/proc/{pid}/task/{pid}/children").read_text():
                time.sleep(0.5)
                os.kill(pid, signal.SIGKILL)
                break
        evidence = running.result(timeout=60)

    assert evidence.verdict is Verdict.UNAVAILABLE


def test_warming_is_done_in_the_background_and_used():
    with GradingService() as service:
        service.warm(("numpy",))
        service.warm(("numpy",))
        evidence = service.grade(
            job(
                b"import numpy as np\n\ndef double(n):\n    return int(np.int64(n) * 2)\n",
                requires=("numpy",),
            )
        )

        assert evidence.verdict is Verdict.PASSED
        assert [name for name, _ in service.processes()] == ["numpy"]


def test_closing_ends_every_process():
    service = GradingService()
    service.grade(job())
    pids = [pid for _, pid in service.processes()]
    service.close()

    assert pids
    assert not [pid for pid in pids if alive(pid)]
    closed = service.grade(job())
    assert closed.verdict is Verdict.UNAVAILABLE


def test_a_warm_parent_ends_with_a_killed_owner():
    owner = subprocess.Popen(
        [
            sys.executable,
            "-c",
            textwrap.dedent("""
                import time
                from examengine.grading.grade import GradingService
                from examengine.grading.job import GradingJob

                service = GradingService()
                service.grade(GradingJob(
                    submission={"solution.py": b"x = 1"},
                    tests={"test_a.py": b"import solution\\ndef test_a(): assert solution.x == 1"},
                ))
                print(service.processes()[0][1], flush=True)
                time.sleep(60)
            """),
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    pid = int(owner.stdout.readline())
    assert alive(pid)
    owner.kill()
    owner.wait()
    owner.stdout.close()

    give_up = time.monotonic() + 20
    while alive(pid) and time.monotonic() < give_up:
        os.sched_yield()
    assert not alive(pid)


def test_values_are_not_shown_where_the_author_forbids_it(service):
    tests = b"from solution import double\n\ndef test_a():\n    assert double(1234567) == 7654321\n"

    shown = service.grade(job(tests=tests))
    hidden = service.grade(job(tests=tests, show_values=False))

    assert "7654321" in shown.tests[0].message
    assert "7654321" not in hidden.model_dump_json()
    assert "1234567" not in hidden.model_dump_json()


def test_output_is_kept_and_cut(service):
    noisy = b"print('hello')\nprint('x' * 200000)\n" + RIGHT

    evidence = service.grade(job(noisy, limits=Limits(output_kib=4)))

    assert evidence.verdict is Verdict.PASSED
    assert evidence.output.startswith("hello")
    assert len(evidence.output) <= 4200
