"""What counts: only an expected test that the judge reports passed in its call phase."""

import pytest

from examengine.core.evidence import TestStatus, Verdict
from examengine.core.limits import Limits
from examengine.grading.attempt import ExitFacts, Observed
from examengine.grading.contract import CHANNEL_LOST_EXIT_CODE
from examengine.grading.verdicts import Tally, describe_end, explain, is_expected, visible_text

A, B, C = "test_x.py::test_a", "test_x.py::test_b", "test_x.py::test_c"
LIMITS = Limits(seconds=10, test_seconds=2, memory_mib=512)


def collected(*ids):
    return {"kind": "collected", "ids": list(ids)}


def finished(test, outcome="passed", phase="call", message=""):
    return {
        "kind": "finished",
        "id": test,
        "outcome": outcome,
        "phase": phase,
        "message": message,
        "seconds": 0.1,
    }


def observed(*messages, **facts):
    seen = Observed(messages=list(messages), **{"is_collected": True, "is_done": True, **facts})
    return seen


def ended(code, killed_for=None):
    return {"candidate": ExitFacts(code, killed_for, 0, 0.0)}


def outcomes(tally):
    return {one.id: one.outcome for one in tally.tests()}


def test_all_expected_tests_passed_is_passed():
    tally = Tally((A, B), LIMITS)

    again = tally.absorb(observed(collected(A, B), finished(A), finished(B)))

    assert not again
    assert tally.verdict() is Verdict.PASSED
    assert tally.message() == "All 2 tests passed."


def test_an_expected_test_that_is_not_reported_is_missing():
    tally = Tally((A, B), LIMITS)

    tally.absorb(observed(collected(A), finished(A)))

    assert outcomes(tally) == {A: TestStatus.PASSED, B: TestStatus.MISSING}
    assert tally.verdict() is Verdict.FAILED


def test_a_collected_test_that_never_ran_is_missing():
    tally = Tally(None, LIMITS)

    tally.absorb(observed(collected(A, B), finished(A)))

    assert outcomes(tally)[B] is TestStatus.MISSING


def test_an_unexpected_test_earns_nothing_and_is_not_listed():
    tally = Tally((A,), LIMITS)

    tally.absorb(observed(collected(A, C), finished(A, "failed"), finished(C)))

    assert outcomes(tally) == {A: TestStatus.FAILED}


def test_a_test_that_was_never_collected_cannot_pass():
    tally = Tally((A,), LIMITS)

    tally.absorb(observed(collected(B), finished(A)))

    assert outcomes(tally) == {A: TestStatus.MISSING}


def test_a_test_reported_twice_earns_nothing():
    tally = Tally((A,), LIMITS)

    tally.absorb(observed(collected(A), finished(A, "failed"), finished(A)))

    assert outcomes(tally) == {A: TestStatus.ERROR}


@pytest.mark.parametrize("phase", ["setup", "teardown", "", None])
def test_passing_outside_the_call_phase_earns_nothing(phase):
    tally = Tally((A,), LIMITS)

    tally.absorb(observed(collected(A), finished(A, phase=phase)))

    assert outcomes(tally) == {A: TestStatus.ERROR}


@pytest.mark.parametrize("outcome", ["skipped", "error", "failed", "xpassed", "PASSED", None, 1])
def test_no_other_outcome_is_a_pass(outcome):
    tally = Tally((A,), LIMITS)

    tally.absorb(observed(collected(A), finished(A, outcome)))

    assert tally.verdict() is not Verdict.PASSED
    assert TestStatus.PASSED not in outcomes(tally).values()


def test_a_bare_function_stands_for_all_its_parameter_sets():
    tally = Tally((A,), LIMITS)

    tally.absorb(observed(collected(A + "[1]", A + "[2]"), finished(A + "[1]"), finished(A + "[2]")))

    assert list(outcomes(tally)) == [A + "[1]", A + "[2]"]
    assert tally.verdict() is Verdict.PASSED


def test_a_longer_name_is_not_mistaken_for_a_parameter_set():
    assert not is_expected(A + "bc", (A,))
    assert is_expected("test_x.py::TestIt::test_a", ("test_x.py::TestIt",))


def test_no_tests_at_all_is_never_a_pass():
    tally = Tally(None, LIMITS)

    tally.absorb(observed(collected()))

    assert tally.verdict() is not Verdict.PASSED


def test_trouble_on_our_side_is_unavailable_and_never_a_zero():
    for seen in (
        observed(collected(A), {"kind": "broken", "message": "?"}),
        observed(collected(A), trouble="the judge broke"),
        observed(collected(A), is_done=False),
        observed({"kind": "collection_failed", "file": "t.py", "cause": "tests", "message": "?"}),
    ):
        tally = Tally((A,), LIMITS)
        tally.absorb(seen)
        assert tally.verdict() is Verdict.UNAVAILABLE
        assert tally.message()


def test_tests_that_cannot_be_run_are_told_without_their_text_and_without_the_machines_folders():
    pytest_says = (
        "CollectError: /opt/env/_pytest/python.py:528: in importtestmodule\n    mod = import_path(\n"
        "test_a.py:7: in <module>\n    EXPECTED = [1, 2, helper(3)]\nE   ValueError: off\n"
        "E       EXPECTED = 5\n"
    )
    tally = Tally(("test_a.py::test_one",), Limits())
    tally.absorb(observed({"kind": "collection_failed", "file": "test_a.py", "cause": "tests", "message": pytest_says}))
    assert tally.message() == "The tests themselves cannot be run: test_a.py, line 7: ValueError: off."


def test_a_crash_keeps_what_was_earned_and_asks_for_another_pair():
    tally = Tally((A, B, C), LIMITS)

    again = tally.absorb(
        observed(
            collected(A, B, C),
            finished(A),
            {"kind": "candidate_died", "id": B, "reason": "closed", "message": ""},
            exits=ended(-11),
        )
    )
    assert again
    assert tally.decided == (A, B)
    tally.absorb(observed(collected(A, B, C), finished(C)))

    assert outcomes(tally) == {A: "passed", B: "crashed", C: "passed"}
    assert tally.verdict() is Verdict.CRASHED
    assert "SIGSEGV" in tally.message()


def test_a_later_pair_cannot_improve_an_earlier_outcome():
    tally = Tally((A, B), LIMITS)

    tally.absorb(
        observed(
            collected(A, B),
            finished(A, "failed"),
            {"kind": "candidate_died", "id": B, "reason": "closed", "message": ""},
            exits=ended(0),
        )
    )
    tally.absorb(observed(collected(A, B), finished(A), finished(B)))

    assert outcomes(tally) == {A: "failed", B: "crashed"}


def test_dying_at_import_decides_all_tests_at_once():
    tally = Tally((A, B), LIMITS)

    again = tally.absorb(
        observed(
            {"kind": "candidate_died", "id": None, "reason": "closed", "message": ""},
            exits=ended(0),
        )
    )

    assert not again
    assert set(outcomes(tally).values()) == {TestStatus.CRASHED}
    assert "exit code 0" in tally.message()


def test_a_test_out_of_time_is_told_from_tests_not_reached():
    tally = Tally((A, B, C), LIMITS)

    again = tally.absorb(observed(collected(A, B, C), finished(A), expired="submission", running=B, is_done=False))

    assert not again
    assert outcomes(tally) == {A: "passed", B: "timeout", C: "timeout"}
    assert "in this test" in tally.tests()[1].message
    assert "before this test" in tally.tests()[2].message


def test_one_test_out_of_its_own_time_lets_the_rest_run():
    tally = Tally((A, B), LIMITS)

    again = tally.absorb(observed(collected(A, B), expired="test", running=A, is_done=False))

    assert again
    assert tally.decided == (A,)


def test_an_endless_import_times_out_every_test_even_unknown_ones():
    known = Tally((A, B), LIMITS)
    unknown = Tally(None, LIMITS, ("test_x.py",))

    for tally in (known, unknown):
        tally.absorb(observed(expired="submission", is_collected=False, is_done=False))
        assert tally.verdict() is Verdict.TIMEOUT
        assert "__main__" in tally.message()
    assert list(outcomes(known)) == [A, B]
    assert list(outcomes(unknown)) == ["test_x.py"]


def test_a_submission_that_cannot_be_imported_is_an_error_with_its_cause():
    tally = Tally((A, "test_y.py::test_d"), LIMITS)

    tally.absorb(
        observed(
            {
                "kind": "collection_failed",
                "file": "test_x.py",
                "cause": "submission",
                "message": "SyntaxError: expected ':' (solution.py, line 1)",
            },
            collected("test_y.py::test_d"),
            finished("test_y.py::test_d"),
        )
    )

    assert outcomes(tally) == {A: "error", "test_y.py::test_d": "passed"}
    assert tally.verdict() is Verdict.ERROR
    assert "line 1" in tally.message()


@pytest.mark.parametrize(
    ("facts", "status", "word"),
    [
        (ExitFacts(-11, None, 0, 0), TestStatus.CRASHED, "SIGSEGV"),
        (ExitFacts(-6, None, 0, 0), TestStatus.CRASHED, "SIGABRT"),
        (ExitFacts(-9, None, 0, 0), TestStatus.CRASHED, "SIGKILL"),
        (ExitFacts(-31, None, 0, 0), TestStatus.CRASHED, "not allowed"),
        (ExitFacts(-24, None, 0, 0), TestStatus.TIMEOUT, "processor time"),
        (ExitFacts(-9, "memory", 0, 0), TestStatus.MEMORY, "512 MiB"),
        (ExitFacts(-9, "files", 0, 0), TestStatus.CRASHED, "files"),
        (ExitFacts(3, None, 0, 0), TestStatus.CRASHED, "exit code 3"),
        (ExitFacts(96, None, 0, 0), TestStatus.MEMORY, "memory"),
        (ExitFacts(99, None, 0, 0), TestStatus.CRASHED, "built-in"),
        (ExitFacts(CHANNEL_LOST_EXIT_CODE, None, 0, 0), TestStatus.CRASHED, "connection"),
        (None, TestStatus.CRASHED, "stopped answering"),
    ],
)
def test_ways_to_end_are_told_apart(facts, status, word):
    found, text = describe_end(facts, LIMITS)

    assert found is status
    assert word in text


def test_refused_calls_and_limits_are_explained():
    assert "network" in explain("PermissionError: [Errno 1] Operation not permitted")
    assert "size of files" in explain("OSError: [Errno 28] No space left on device")
    assert "calls itself" in explain("f(3) raised RecursionError: maximum recursion depth")
    assert explain("AssertionError: 1 != 2") == "AssertionError: 1 != 2"


def test_shown_text_obeys_no_terminal_and_is_bounded():
    text = visible_text("\x1b[2J\x07a\r\nb\tc\u202ed\x9b" + "x" * 10_000)

    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "a\nb\tc" in text
    assert len(text) <= 4001


def test_output_is_kept_up_to_its_limit():
    tally = Tally((A,), Limits(output_kib=1))

    tally.absorb(observed(collected(A), finished(A), *({"kind": "output", "text": "y" * 900} for _ in range(9))))

    assert len(tally.output) <= 1024 + 2
