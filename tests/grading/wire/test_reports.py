"""What the judge reports of a grading, and what it keeps to itself."""

import socket
import struct

import pytest
from pair import grade_with_pair

SECRET = "CANARY-5527"
TESTS = f'''
"""{SECRET} docstring"""
import pytest
import solution

EXPECTED = "{SECRET}"


def test_one():
    assert solution.double(4) == 8


def test_two():
    assert solution.double(21) == 42


def test_three():
    assert solution.double(5) == 10
'''


def _grade(code, **options):
    return grade_with_pair({"solution.py": code}, {"test_it.py": TESTS}, **options)


def test_every_test_is_started_and_finished_once_in_order():
    run = _grade("def double(x): return 2 * x")
    kinds = [(m["kind"], m.get("id", "")) for m in run.messages if m["kind"] != "output"]
    ids = [f"test_it.py::test_{n}" for n in ("one", "two", "three")]
    pairs = [(kind, name) for name in ids for kind in ("started", "finished")]
    assert kinds == [("collected", ""), *pairs, ("done", "")]
    assert set(run.outcomes.values()) == {"passed"}


def test_expected_ids_alone_are_run_and_decided_ones_are_not_run_again():
    code = "def double(x): return 2 * x"
    run = _grade(code, expected=("test_it.py::test_one", "test_it.py::test_two"), decided=("test_it.py::test_one",))
    assert list(run.outcomes) == ["test_it.py::test_two"]
    assert len(run.of("collected")[0]["ids"]) == 3


def test_a_failure_is_told_by_input_expected_and_given():
    run = _grade("def double(x): return x + 4")
    assert run.texts["test_it.py::test_two"] == "double(21) gave 25, expected 42"


def test_without_values_no_input_and_no_result_is_shown():
    run = _grade("def double(x): return x + 4", show_values=False)
    text = run.texts["test_it.py::test_two"]
    assert "21" not in text
    assert "25" not in text
    assert "42" not in text


def test_an_exception_is_told_with_its_line():
    run = _grade("def double(x):\n    return x / 0\n")
    expected = "double(4) raised ZeroDivisionError: division by zero (solution.py, line 2)"
    assert run.texts["test_it.py::test_one"] == expected


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("def double(x) return x", "SyntaxError"),
        ("import nothing_of_that_name", "nothing_of_that_name"),
        ("def triple(x): return x", "double"),
        ("raise SystemExit(0)", "sys.exit"),
        ("def double(x): return missing", "missing"),
    ],
)
def test_the_cause_of_broken_code_is_named(code, words):
    run = _grade(code)
    told = [m["message"] for m in [*run.of("collection_failed"), *run.of("finished")]]
    assert told
    assert all(words in text for text in told)
    assert all(m["cause"] == "submission" for m in run.of("collection_failed"))


def test_a_callback_is_shown_without_the_place_it_stands_in():
    tests = "import solution\n\n\ndef test_call():\n    assert solution.double(lambda x: x, object()) == 1\n"
    run = grade_with_pair({"solution.py": "def double(f, o): return 2"}, {"test_it.py": tests})
    assert run.texts == {"test_it.py::test_call": "double(<function <lambda>>, <object object>) gave 2, expected 1"}


def test_callbacks_lead_nowhere():
    tests = f"""
import solution

SECRET = "{SECRET}"


class Helper:
    hidden = None

    def _inner(self):
        return SECRET


def test_callback():
    seen = solution.look(lambda value: value, Helper())
    assert seen == []
"""
    code = """
NAMES = ["__globals__", "__code__", "__closure__", "__builtins__", "__dict__", "__self__", "__func__",
         "__module__", "__class__", "_inner", "__init__", "__wrapped__", "__subclasses__", "__reduce__"]
def look(callback, helper):
    found = []
    for target in (callback, helper, type(helper)):
        for name in NAMES:
            try:
                value = getattr(target, name)
            except Exception:
                continue
            text = repr(value)
            if "CANARY" in text or "judge" in text or "test_it" in text:
                found.append((name, text))
    return found
"""
    run = grade_with_pair({"solution.py": code}, {"test_it.py": tests})
    assert run.outcomes == {"test_it.py::test_callback": "passed"}, run.texts


def test_control_characters_are_replaced():
    run = _grade("def double(x):\n    print('\\x1b]0;title\\x07\\x1b[2J')\n    raise ValueError('\\x1b[31mred\\u202e')")
    shown = run.output + "".join(run.texts.values())
    assert "title" in run.output
    assert not any(mark in shown for mark in ("\x1b", "\x07", "\u202e"))


def test_long_texts_are_cut():
    run = _grade("def double(x): raise ValueError('x' * 50_000_000)")
    assert all(len(text) < 2500 for text in run.texts.values())


def test_a_dead_candidate_costs_only_the_test_it_died_in():
    run = _grade("import os\ndef double(x):\n    if x == 21: os._exit(0)\n    return 2 * x")
    assert run.outcomes == {"test_it.py::test_one": "passed"}
    assert [(m["id"], m["reason"]) for m in run.of("candidate_died")] == [("test_it.py::test_two", "closed")]


def test_dying_is_no_exception_that_a_test_may_expect():
    head = "import pytest\nimport solution\n\n\n"
    tests = f"{head}def test_any():\n    with pytest.raises(BaseException):\n        solution.f()\n"
    run = grade_with_pair({"solution.py": "import os\ndef f(): os._exit(0)"}, {"test_it.py": tests})
    assert run.outcomes == {}
    assert run.of("candidate_died")


def test_closing_low_descriptors_does_not_cut_the_wire():
    run = _grade("import os\nos.closerange(3, 256)\ndef double(x): return 2 * x")
    assert set(run.outcomes.values()) == {"passed"}


def test_closing_every_descriptor_is_told():
    run = _grade("import os\nos.closerange(3, 65536)\ndef double(x): return 2 * x")
    assert run.outcomes == {}
    assert run.of("candidate_died")[0]["reason"] == "closed"


HEADER = struct.Struct("<IHB")


@pytest.mark.parametrize(
    "answer",
    [
        b"\0" * 64,
        b"garbage" * 100,
        HEADER.pack(0, 0, 2),
        HEADER.pack(2**32 - 1, 0, 2) + b"x" * 1000,
        HEADER.pack(4, 9999, 1) + b"\0" * 4,
        HEADER.pack(4, 0, 9) + b"\0" * 4,
        HEADER.pack(17, 0, 2) + b"\0" * 16 + b"N",
        HEADER.pack(16, 0, 1) + b"\0" * 16,
        HEADER.pack(1, 0, 4) + b"\xff",
    ],
)
def test_hostile_answers_end_in_a_report(answer):
    def hostile(channel: socket.socket, folder: str, spec: object) -> None:
        channel.recv(100)
        channel.sendall(answer)
        while channel.recv(100):
            channel.sendall(answer)

    run = _grade("", candidate=hostile, seconds=20)
    assert run.outcomes == {}
    assert run.of("candidate_died") or run.of("collection_failed")
    assert run.messages[-1]["kind"] == "done"
