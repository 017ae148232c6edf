"""Following a grading while it runs, stopping it, and scratch runs."""

import os
import threading
import time
from pathlib import Path

import pytest

from examengine.core.evidence import TestStatus, Verdict
from examengine.core.limits import Limits
from examengine.grading.grade import GradingService
from examengine.grading.job import GradingJob

TESTS = b"""
from solution import step


def test_first():
    assert step(1) == 1


def test_second():
    assert step(2) == 2
"""


def job(solution, tests=TESTS, **more):
    return GradingJob(submission={"solution.py": solution}, tests={"test_it.py": tests}, **more)


@pytest.fixture(scope="module", params=["", "namespaces", "namespaces landlock seccomp"])
def service(request):
    with GradingService(without=request.param.split()) as made:
        yield made


def children(service):
    """Return how many processes below the warm parents run Python for a submission."""
    found = []
    waiting = [pid for _, pid in service.processes()]
    while waiting:
        pid = waiting.pop()
        try:
            below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        except OSError:
            continue
        found += below
        waiting += below
    return found


def test_a_run_is_stopped_from_another_thread_with_all_its_processes(service):
    endless = b"def step(n):\n    print('begun')\n    while n == 2:\n        pass\n    return n\n"
    service.grade(job(b"def step(n):\n    return n\n"))
    before = len(children(service))
    begun, stop = threading.Event(), threading.Event()
    told, found = [], []

    def output(text):
        told.append(text)
        if "".join(told).count("begun") == 2:
            begun.set()

    thread = threading.Thread(
        target=lambda: found.append(
            service.grade(job(endless, limits=Limits(seconds=600)), cancel=stop, on_output=output)
        )
    )
    thread.start()
    assert begun.wait(60)
    stop.set()
    thread.join(30)

    assert found[0].verdict is Verdict.UNAVAILABLE
    assert "stopped" in found[0].message
    assert found[0].tests == ()
    give_up = time.monotonic() + 10
    while len(children(service)) > before and time.monotonic() < give_up:
        os.sched_yield()
    assert len(children(service)) <= before
    assert service.grade(job(b"def step(n):\n    return n\n")).verdict is Verdict.PASSED


def test_a_run_stopped_before_it_began_starts_nothing():
    stop = threading.Event()
    stop.set()
    with GradingService() as fresh:
        evidence = fresh.grade(job(b"def step(n):\n    return n\n"), cancel=stop)

    assert (evidence.verdict, evidence.tests) == (Verdict.UNAVAILABLE, ())


def test_outcomes_and_output_come_while_the_run_goes_on(service):
    seen = []
    second_may_end = threading.Event()
    slow = b"""
import time

def step(n):
    print("line", n)
    if n == 2:
        time.sleep(0.4)
    return n
"""

    def output(text):
        seen.append(("printed", text.strip(), second_may_end.is_set()))

    def progress(outcome):
        seen.append((outcome.outcome.value, outcome.id, second_may_end.is_set()))
        if outcome.id.endswith("second"):
            second_may_end.set()

    evidence = service.grade(job(slow), on_output=output, on_progress=progress)

    assert evidence.verdict is Verdict.PASSED
    assert seen == [
        ("printed", "line 1", False),
        ("passed", "test_it.py::test_first", False),
        ("printed", "line 2", False),
        ("passed", "test_it.py::test_second", False),
    ]


def test_outcomes_that_no_report_tells_are_told_too(service):
    told = {}
    crashing = b"import os\n\ndef step(n):\n    return os._exit(3) if n == 1 else n\n"

    service.grade(job(crashing), on_progress=lambda one: told.update({one.id: one.outcome}))

    assert told == {"test_it.py::test_first": TestStatus.CRASHED, "test_it.py::test_second": TestStatus.PASSED}


def test_a_watcher_that_breaks_leaves_nothing_behind(service):
    def broken(_text):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        service.grade(job(b"print(1)\n\ndef step(n):\n    return n\n"), on_output=broken)

    assert service.grade(job(b"def step(n):\n    return n\n")).verdict is Verdict.PASSED


def test_streamed_text_obeys_no_terminal_and_has_an_end(service):
    told = []
    noisy = b"print('\\x1b[2J\\u202e')\nfor _ in range(3000):\n    print('x' * 100)\n\ndef step(n):\n    return n\n"

    service.grade(job(noisy, limits=Limits(output_kib=4)), on_output=told.append)

    text = "".join(told)
    assert not set(text) & {"\x1b", "\u202e"}
    assert len(text) <= 4200


def test_a_submission_that_ends_in_every_test_is_not_started_for_ever(service):
    tests = b"""
import pytest
from solution import step


@pytest.mark.parametrize("n", range(120))
def test_step(n):
    assert step(n) == n
"""
    evidence = service.grade(job(b"import os\n\ndef step(n):\n    os._exit(1)\n", tests, limits=Limits(seconds=250)))

    assert [one.outcome for one in evidence.tests] == [TestStatus.CRASHED] * 120
    assert "not tried" in evidence.tests[-1].message
    assert "exit code 1" in evidence.tests[-1].message
    assert "not tried" not in evidence.tests[49].message


def test_a_snippet_runs_beside_the_candidates_files(service):
    told = []

    run = service.run_script(
        {"solution.py": b"def double(n):\n    return 2 * n\n"},
        "from solution import double\nprint('hello')\nprint(open('names.txt').read())\ndouble(21)\n",
        data={"names.txt": b"Ada"},
        on_output=told.append,
    )

    assert (run.ended, run.message) == ("finished", "")
    assert run.output == "hello\nAda\n42\n" == "".join(told)
    assert run.seconds > 0


def test_a_snippet_that_raises_shows_its_own_lines_and_nothing_of_ours(service):
    run = service.run_script({"solution.py": b"def f():\n    return 1 / 0\n"}, "import solution\n\nsolution.f()\n")

    assert run.ended == "raised"
    assert "ZeroDivisionError" in run.message
    assert 'File "scratch.py", line 3' in run.output
    assert "solution.f()" in run.output
    assert run.output.rstrip().endswith("ZeroDivisionError: division by zero")
    assert "runner" not in run.output


@pytest.mark.parametrize(
    ("code", "ended"),
    [
        ("while True: pass", "timeout"),
        ("import os; os._exit(4)", "crashed"),
        ("x = bytearray(3 << 30)", "raised"),
        ("def (", "raised"),
        ("import sys; sys.exit(0)", "finished"),
        ("scratch = 1\nscratch", "finished"),
        ("", "finished"),
    ],
)
def test_every_end_of_a_snippet_has_its_word(service, code, ended):
    seconds = 3 if ended == "timeout" else 60
    run = service.run_script({"solution.py": b""}, code, limits=Limits(seconds=seconds, memory_mib=256))

    if "bytearray" in code:
        assert run.ended in {"raised", "memory"}
    else:
        assert run.ended == ended, run
    assert bool(run.message) == (run.ended != "finished")


def test_a_file_called_like_the_snippet_is_left_alone(service):
    run = service.run_script({"scratch.py": b"x = 5\n", "scratch_runner.py": b"y = 6\n"}, "import scratch\nscratch.x")

    assert run.output == "5\n"
