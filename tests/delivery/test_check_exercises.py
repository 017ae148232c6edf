"""Running exercises: mutants, tests that kill nothing, verdicts that flip, and what is known from before."""

import json
from datetime import date

import pytest

from bank.bank_folder import EXERCISE, write_bank
from examengine.bank.read import read_bank
from examengine.core.evidence import Evidence, TestOutcome, TestStatus, Verdict
from examengine.core.limits import Limits
from examengine.delivery.check_banks import check_named_banks
from examengine.delivery.check_exercises import SeededGraders, Thoroughness, run_exercise, run_exercises
from examengine.delivery.exercise_mutants import bound_of
from examengine.delivery.exercise_problems import find_problems
from examengine.delivery.exercise_solutions import failed_tests
from examengine.delivery.services import Services

TODAY = date(2026, 11, 21)
ONCE = Thoroughness(runs=1, jobs=2)
REFERENCE = """def double(x):
    if x > 100:
        raise ValueError(x)
    return 2 * x
"""
HIDDEN = """from solution import double


def test_three():
    assert double(3) == 6


def test_negative():
    assert double(-1) == -2
"""
FLIPS = 'def double(x):\n    return 2 * x if hash("a word") % 2 else 3 * x\n'


@pytest.fixture(scope="module")
def services(tmp_path_factory):
    made = Services(home=tmp_path_factory.mktemp("home"))
    yield made
    made.close()


def exercise_with(folder, files=None, **fields):
    """Return the demo bank's exercise; `fields` are lines of its YAML, as text."""
    more = "".join(f"{name}: {text}\n" for name, text in fields.items())
    changes = {"exercise.yaml": EXERCISE, **(files or {})}
    changes["exercise.yaml"] += more
    named = {f"exercises/double/{name}": text for name, text in changes.items()}
    reading = read_bank(write_bank(folder, named))
    assert reading.bank is not None, reading.problems
    return reading.bank.exercises[0]


def told(folder, exercise, report):
    return [
        (one.code, one.severity, one.file.rpartition("/")[2], one.line) for one in problems(folder, exercise, report)
    ]


def problems(folder, exercise, report):
    return find_problems(str(folder), exercise, report, TODAY)


def run(services, exercise, how=ONCE):
    with SeededGraders(services) as graders:
        return run_exercise(exercise, graders, how)


def test_an_exercise_whose_tests_notice_every_mutant_has_no_problem(services, tmp_path):
    exercise = exercise_with(tmp_path)
    report = run(services, exercise)
    assert problems(tmp_path, exercise, report) == []
    assert report.mutants is not None
    assert report.mutants.made == report.mutants.tried == report.mutants.killed > 2
    assert [(one.file, one.earned[0]) for one in report.solutions] == [
        ("reference.py", 4),
        ("starter.py", 0),
        ("wrong/adds_two.py", 0),
        ("(an empty file)", 0),
    ]


def test_a_mutant_that_no_test_notices_is_told_with_its_line_and_what_to_write(services, tmp_path):
    exercise = exercise_with(tmp_path, {"reference.py": REFERENCE})
    report = run(services, exercise)
    found = problems(tmp_path, exercise, report)
    assert {one.code for one in found} == {"mutant-survives"}
    assert {(one.line, one.severity) for one in found} == {(2, "warning"), (3, "warning")}
    dropped = next(one for one in found if one.line == 3)
    assert "`raise ValueError(x)` was left out" in dropped.message
    assert '{line_has: "raise ValueError(x)", change: "`raise ValueError(x)` was left out", reason: …}' in dropped.hint


def test_a_survivor_with_a_reason_is_no_problem_and_a_reason_without_a_survivor_is_one(services, tmp_path):
    stated = '[{line_has: "if x > 100", reason: r}, {line_has: raise Value, change: was left out, reason: r}]'
    exercise = exercise_with(tmp_path, {"reference.py": REFERENCE}, survivors=stated)
    report = run(services, exercise)
    assert problems(tmp_path, exercise, report) == []
    more = stated.replace("]", ", {line_has: return 2, reason: r}]")
    exercise = exercise_with(tmp_path, {"reference.py": REFERENCE}, survivors=more)
    (vain,) = problems(tmp_path, exercise, report)
    assert (vain.code, vain.severity, vain.line) == ("no-such-survivor", "error", EXERCISE.count("\n") + 1)
    assert "'return 2'" in vain.message


def test_a_reason_for_a_mutant_that_was_not_tried_is_no_error(services, tmp_path):
    exercise = exercise_with(tmp_path, survivors="[{line_has: return 2, reason: r}]")
    none_tried = run(services, exercise, Thoroughness(runs=1, seconds=0))
    assert "no-such-survivor" not in {one.code for one in problems(tmp_path, exercise, none_tried)}
    assert "no-such-survivor" in {one.code for one in problems(tmp_path, exercise, run(services, exercise))}


def test_a_test_that_kills_nothing_is_told_with_its_line(services, tmp_path):
    hidden = HIDDEN + "\n\ndef test_it_answers():\n    double(1)\n"
    yaml = EXERCISE.replace("[test_negative]", "[test_negative, test_it_answers]")
    exercise = exercise_with(
        tmp_path, {"test_hidden.py": hidden, "exercise.yaml": yaml.replace("most: 0", "most: 0.5")}
    )
    report = run(services, exercise)
    assert report.idle_tests == ("test_it_answers",)
    assert told(tmp_path, exercise, report) == [("test-kills-nothing", "warning", "test_hidden.py", 12)]


def test_a_test_behind_the_first_that_fails_has_its_say_too(services, tmp_path):
    # The wrong solution passes the last test; the mutants fail it, and the one before it first.
    hidden = HIDDEN + "\n\ndef test_two():\n    assert double(2) == 4\n"
    yaml = EXERCISE.replace("[test_negative]", "[test_negative, test_two]").replace("most: 0", "most: 0.5")
    report = run(services, exercise_with(tmp_path, {"test_hidden.py": hidden, "exercise.yaml": yaml}))
    assert [one.failed_tests for one in report.solutions if one.file.startswith("wrong/")] == [
        ("test_three", "test_negative")
    ]
    assert report.idle_tests == ()


def test_what_is_found_depends_on_no_number_of_jobs(services, tmp_path):
    hidden = HIDDEN + "\n\ndef test_idle():\n    assert double\n"
    yaml = EXERCISE.replace("[test_negative]", "[test_negative, test_idle]").replace("most: 0", "most: 0.5")
    exercise = exercise_with(tmp_path, {"reference.py": REFERENCE, "test_hidden.py": hidden, "exercise.yaml": yaml})
    one, four = (run(services, exercise, Thoroughness(runs=1, jobs=jobs)) for jobs in (1, 4))
    assert one.mutants == four.mutants
    assert one.idle_tests == four.idle_tests


def test_a_bound_chooses_the_same_mutants_and_names_the_others(services, tmp_path):
    exercise = exercise_with(tmp_path, {"reference.py": REFERENCE})
    first, again = (run(services, exercise, Thoroughness(runs=1, mutants=3)).mutants for _ in range(2))
    assert first is not None
    assert first == again
    assert first.tried == 3
    assert len(first.untried) == first.made - 3
    assert first.why_untried == f"3 of {first.made} were chosen"


def test_where_every_grading_trains_a_sample_is_tried(tmp_path):
    exercise = exercise_with(tmp_path)
    assert bound_of(exercise) is None
    slow = exercise.package.item.model_copy(update={"limits": Limits(seconds=90)})
    package = exercise.package.model_copy(update={"item": slow})
    assert bound_of(exercise.model_copy(update={"package": package})) == 60


def test_no_mutant_is_begun_once_time_is_up(services, tmp_path):
    mutants = run(services, exercise_with(tmp_path), Thoroughness(runs=1, seconds=0)).mutants
    assert mutants is not None
    assert (mutants.tried, len(mutants.untried)) == (0, mutants.made)
    assert mutants.why_untried == f"time was up before {mutants.made}"


def test_a_mutant_that_never_ends_is_noticed_and_a_reason_for_it_does_no_harm(services, tmp_path):
    looping = "def double(x):\n    left = abs(x)\n    while left > 0:\n        left -= 1\n    return 2 * x\n"
    stated = "[{line_has: left -= 1, change: was left out, reason: r}]"
    exercise = exercise_with(tmp_path, {"reference.py": looping}, survivors=stated)
    report = run(services, exercise)
    assert report.mutants is not None
    assert ("left -= 1", "`left -= 1` was left out") in {(one.source, one.change) for one in report.mutants.out_of_time}
    assert "no-such-survivor" not in {one.code for one in problems(tmp_path, exercise, report)}


def test_a_verdict_that_depends_on_the_order_of_sets_flips_and_the_line_to_add_is_told(services, tmp_path):
    wrong = {"exercise.yaml": EXERCISE.replace("most: 0", "most: 4"), "wrong/adds_two.py": FLIPS}
    exercise = exercise_with(tmp_path, wrong)
    report = run(services, exercise, Thoroughness(runs=5, mutants=0))
    flipping = [one.file for one in report.solutions if one.flips]
    assert flipping == ["wrong/adds_two.py"]
    flips = next(one for one in problems(tmp_path, exercise, report) if one.code == "verdict-flips")
    assert flips.severity == "error"
    assert "quarantined: {since: 2026-11-21, reason: " in flips.hint
    line = flips.hint.partition("`")[2].rpartition("`")[0]
    name, _, text = line.partition(": ")
    mended = exercise_with(tmp_path, wrong, **{name: text})
    assert mended.quarantined is not None
    (still,) = [one for one in problems(tmp_path, mended, report) if "quarantine" in one.code]
    assert (still.code, still.severity) == ("quarantined", "warning")


def test_a_quarantine_that_is_over_is_told(services, tmp_path):
    exercise = exercise_with(tmp_path, quarantined="{since: 2026-11-01, reason: It flipped.}")
    report = run(services, exercise, Thoroughness(runs=2, mutants=0))
    assert told(tmp_path, exercise, report) == [
        ("quarantine-without-flips", "warning", "exercise.yaml", EXERCISE.count("\n") + 1)
    ]


def test_a_wrong_solution_that_loses_nothing_and_an_empty_file_that_earns_are_told(services, tmp_path):
    files = {
        "exercise.yaml": EXERCISE.replace("most: 0", "most: 4"),
        "wrong/adds_two.py": "def double(x):\n    return x + x\n",
        "test_hidden.py": HIDDEN.replace("from solution import double", "import solution")
        .replace("assert double(-1) == -2", "assert not hasattr(solution, 'half')")
        .replace("double(3)", "solution.double(3)"),
        "starter.py": "half = 1\n",
    }
    exercise = exercise_with(tmp_path, files)
    report = run(services, exercise, Thoroughness(runs=1, mutants=0))
    assert told(tmp_path, exercise, report) == [
        ("wrong-loses-nothing", "error", "adds_two.py", 1),
        ("empty-earns", "error", "exercise.yaml", 1),
    ]


def test_no_mutants_are_tried_of_a_reference_that_loses_points(services, tmp_path):
    report = run(services, exercise_with(tmp_path, {"reference.py": "def double(x):\n    return x + 2\n"}))
    assert report.mutants is None


def test_a_run_is_known_from_before_until_what_is_run_changes(services, tmp_path):
    heard = []
    how = Thoroughness(runs=1, mutants=2)

    def is_from_cache(how=how, **changes):
        exercise = exercise_with(tmp_path, **changes)
        (report,) = run_exercises(services, [exercise], how, heard.append)
        return report.is_from_cache

    assert not is_from_cache()
    assert is_from_cache()
    assert is_from_cache(quarantined="{since: 2026-11-21, reason: r}", survivors="[{line_has: return, reason: r}]")
    assert not is_from_cache(how=Thoroughness(runs=1, mutants=2, is_fresh=True))
    assert not is_from_cache(how=Thoroughness(runs=1, mutants=1))
    assert not is_from_cache(files={"test_hidden.py": HIDDEN.replace("3", "5").replace("6", "10")})
    assert len(heard) == 6


def test_what_had_no_time_is_not_kept(services, tmp_path):
    exercise = exercise_with(tmp_path, {"statement.md": "Another text.\n"})
    how = Thoroughness(runs=1, seconds=0)
    assert [run_exercises(services, [exercise], how)[0].is_from_cache for _ in range(2)] == [False, False]


def test_one_exercise_is_run_without_the_rest_of_its_bank(services, tmp_path):
    write_bank(tmp_path, {"items/alpha/broken.yaml": "- {"})
    (checked,) = check_named_banks(services, [str(tmp_path)], how=ONCE, exercises=["double"])
    assert [one.exercise for one in checked.reports] == ["demo.ex.double"]
    assert {one.code for one in checked.problems} == {"few-wrong-solutions"}
    (whole,) = check_named_banks(services, [str(tmp_path)], how=ONCE)
    assert whole.reports == ()
    assert "yaml-syntax" in {one.code for one in whole.problems}


def test_the_command_exits_by_what_it_found_and_its_json_holds_the_facts(services, tmp_path, monkeypatch, capsys):
    from examengine.cli.bank_check import check

    write_bank(tmp_path, {"exercises/double/reference.py": REFERENCE})
    words = [str(tmp_path), "--exercise", "double", "--runs", "1", "--json"]
    assert check.main([*words], standalone_mode=False, obj=services) == 0
    done = capsys.readouterr()
    (bank,) = json.loads(done.out)
    assert [one["source"] for one in bank["reports"][0]["mutants"]["survivors"]][-1] == "raise ValueError(x)"
    assert "demo.ex.double: 4 solutions in 1 run;" in done.err
    assert check.main([*words, "--strict"], standalone_mode=False, obj=services) == 1


def outcomes(*statuses):
    return tuple(
        TestOutcome(id=f"test_hidden.py::test_{place}", outcome=status, message=message)
        for place, (status, message) in enumerate(statuses)
    )


def test_of_tests_without_time_only_the_first_counts_as_failed():
    late = (TestStatus.TIMEOUT, "late")
    evidence = Evidence(verdict=Verdict.TIMEOUT, tests=outcomes((TestStatus.PASSED, ""), late, late))
    assert failed_tests(("test_0", "test_1", "test_2"), evidence) == ("test_1",)


def test_what_cannot_be_imported_says_nothing_of_single_tests():
    broken = (TestStatus.ERROR, "SyntaxError")
    evidence = Evidence(verdict=Verdict.ERROR, tests=outcomes(broken, broken))
    assert failed_tests(("test_0", "test_1"), evidence) == ()
    evidence = Evidence(verdict=Verdict.FAILED, tests=outcomes(broken, (TestStatus.FAILED, "3 != 4")))
    assert failed_tests(("test_0", "test_1"), evidence) == ("test_0", "test_1")
