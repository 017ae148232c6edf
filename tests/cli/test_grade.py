"""`examengine grade` as a script meets it: one submission, many, killed, interrupted, refused."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from delivery.batches import RIGHT, TESTS, WRONG, a_zip, an_assignment, write_tree
from delivery.test_grade_batch import results, run
from examengine.cli.main import _run
from examengine.core.errors import UsageError
from examengine.delivery.grade_submission import exercise_named
from examengine.delivery.services import Services
from examengine.grading.grade import GradingService

ROOT = Path(__file__).parents[2]
EXERCISE = ROOT / "question_banks/foundations/exercises/midranks"


def start(*words: str | Path, **options) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "examengine", "grade", *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


def grade(*words: str | Path) -> tuple[int, str, str]:
    process = start(*words)
    out, err = process.communicate(timeout=120)
    assert "Traceback" not in err, err
    return process.returncode, out, err


@pytest.fixture
def tests(tmp_path: Path) -> Path:
    path = tmp_path / "test_calc.py"
    path.write_text(TESTS)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    tree = {f"s{number}.py": (WRONG if number == 3 else RIGHT) + f"# {number}\n" for number in range(6)}
    return write_tree(tmp_path / "all", tree | {"bad.zip": b"PK", "sub/solution.py": RIGHT})


def test_a_submission_that_does_not_import_fails_every_test_that_there_is(tmp_path, tests):
    (tmp_path / "solution.py").write_text("import no_such_package\n")
    code, out, _ = grade(tmp_path / "solution.py", "--tests", tests, "--json")
    told = json.loads(out)
    assert code == 1
    assert (told["earned"], told["possible"], len(told["tests"])) == (0, 4, 4)
    assert all("no_such_package" in test["message"] for test in told["tests"])


def test_one_file_is_graded_as_before(tmp_path, tests):
    (tmp_path / "solution.py").write_text(RIGHT)
    code, out, _ = grade(tmp_path / "solution.py", "--tests", tests, "--json", "--feedback", tmp_path / "told.md")
    told = json.loads(out)
    assert code == 0
    assert told["verdict"] == "passed"
    assert {"message", "parts", "tests", "output", "isolation_level", "isolation", "seconds"} < set(told)
    assert "4 of 4" in (tmp_path / "told.md").read_text()


def test_a_package_in_a_folder_of_its_name_is_one_submission(tmp_path):
    write_tree(tmp_path, {"calc/__init__.py": "from .more import add\n", "calc/more.py": RIGHT})
    (tmp_path / "test_it.py").write_text("import calc\n\n\ndef test_add():\n    assert calc.add(1, 2) == 3\n")
    code, out, _ = grade(tmp_path / "calc", "--tests", tmp_path / "test_it.py")
    assert code == 0, out


def test_one_folder_is_graded_by_an_exercise_named_by_its_id(tmp_path):
    work = write_tree(tmp_path / "mine", {"solution.py": (EXERCISE / "reference.py").read_bytes(), "notes.txt": "x"})
    code, out, _ = grade(work, "--exercise", "foundations.ex.midranks", "--json")
    told = json.loads(out)
    assert code == 0
    assert told["earned"] == told["possible"] > 0


def test_an_exercise_is_found_by_its_id_its_last_part_or_its_folder(services):
    named = [exercise_named(services, name) for name in ("foundations.ex.midranks", "midranks", str(EXERCISE))]
    assert {one.package.item.package_digest for one in named} == {named[0].package.item.package_digest}
    with pytest.raises(UsageError, match="there is no exercise"):
        exercise_named(services, "cmla.ex.nothing")


def test_a_submission_cannot_replace_what_lies_beside_the_tests(tmp_path):
    wrong = "def add(a, b):\n    return 99\n"
    planted = dict.fromkeys(["solution.py", "reference.py", "helper.py", "math.py", "pytest.py", "conftest.py"], wrong)
    work = write_tree(tmp_path / "mine", planted)
    beside = write_tree(tmp_path / "beside", {"reference.py": RIGHT, "helper.py": RIGHT})
    (tmp_path / "test_it.py").write_text(
        "import helper\nimport math\nfrom reference import add as right\nfrom solution import add\n\n\n"
        "def test_by_reference():\n    assert add(1, 2) == right(1, 2)\n\n\n"
        "def test_by_helper():\n    assert add(1, 2) == helper.add(1, 2)\n\n\n"
        "def test_math():\n    assert math.gcd(4, 6) == 2\n"
    )
    support = ["--support", beside / "reference.py", "--support", beside / "helper.py"]
    code, out, _ = grade(work, "--tests", tmp_path / "test_it.py", *support, "--json")
    assert code == 1
    assert [test["outcome"] for test in json.loads(out)["tests"]] == ["failed", "failed", "passed"]


def test_a_batch_gives_rows_in_order_and_files_of_the_same_bytes_for_any_number_of_jobs(tmp_path, tests, folder):
    code, one, err = grade(folder, "--tests", tests, "--json", "--jobs", "1", "--out", tmp_path / "one")
    assert code == 1
    assert "8 submissions: 7 graded, 1 unreadable" in err
    _, four, _ = grade(folder, "--tests", tests, "--json", "--jobs", "4", "--out", tmp_path / "four")
    assert one == four == (tmp_path / "one/results.jsonl").read_text()
    assert results(tmp_path / "one") == results(tmp_path / "four")
    names = [json.loads(line)["submission"] for line in one.splitlines()]
    assert names == ["bad", "s0", "s1", "s2", "s3", "s4", "s5", "sub"]
    _, text, _ = grade(folder, "--tests", tests, "--out", tmp_path / "one")
    assert "tests most often failed:\n  1 of 7  test_calc.py::test_mul" in text


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGINT])
def test_a_batch_that_is_ended_in_the_middle_goes_on_where_it_was(tmp_path, tests, folder, sent):
    # Waits for what only the second run has, so that the end always comes in the middle.
    (folder / "s4.py").write_text(RIGHT + "while True:\n    pass\n")
    out = tmp_path / "out"
    words = (folder, "--tests", tests, "--out", out, "--jobs", "1", "--json", "--time-limit", "60")
    process = start(*words, start_new_session=True)
    assert process.stdout is not None
    for line in process.stdout:
        if json.loads(line)["submission"] == "s3":
            break
    process.send_signal(sent)
    _, err = process.communicate(timeout=60)
    if sent == signal.SIGINT:
        assert process.returncode == 130
        assert "5 of 8 submissions are done and kept in" in err
        assert "the same command again" in err
        assert "Traceback" not in err
    kept = (out / "journal.jsonl").read_bytes()
    assert len(kept.splitlines()) == 4
    assert not (out / "results.jsonl").exists()
    (folder / "s4.py").write_text(RIGHT + "# 4\n")
    code, text, _ = grade(*words)
    assert code == 1
    assert len(text.splitlines()) == 8
    assert (out / "journal.jsonl").read_bytes().startswith(kept)
    assert len((out / "journal.jsonl").read_bytes().splitlines()) == 7
    with GradingService() as service:
        run(folder, tmp_path / "whole", service, assignment=an_assignment(seconds=60))
    assert results(out) == results(tmp_path / "whole")


def test_a_zip_of_submissions_is_a_batch(tmp_path, tests):
    (tmp_path / "all.zip").write_bytes(a_zip({"ann/solution.py": RIGHT, "ben/solution.py": RIGHT}))
    code, out, _ = grade(tmp_path / "all.zip", "--tests", tests, "--json")
    assert code == 0
    assert len(out.splitlines()) == 2


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["one", "--out", "out"], "go with a folder of submissions"),
        (["all", "--feedback", "x.md"], "--feedback is for a single submission"),
        (["one/solution.py", "--batch"], "is a file"),
        (["either"], "say --single"),
        (["all", "--out", "all/out"], "among the submissions"),
        (["all", "--cluster", "nonsense"], "not the address of a scheduler"),
        (["gone"], "does not exist"),
    ],
)
def test_a_wrong_call_is_told_before_anything_is_run(tmp_path, tests, words, told):
    write_tree(tmp_path, {"one/solution.py": RIGHT, "all/a.py": RIGHT, "all/b.py": RIGHT, "either/a.py": RIGHT})
    places = [
        str(tmp_path / word) if word.split("/")[0] in {"one", "all", "either", "gone"} else word for word in words
    ]
    code, out, err = grade(*places, "--tests", tests)
    assert (code, out) == (2, "")
    assert told in err


@pytest.mark.parametrize("place", ["all", "all/a.py"])
def test_at_level_d_other_peoples_code_is_refused_unless_it_is_trusted(tmp_path, tests, monkeypatch, capsys, place):
    write_tree(tmp_path, {"all/a.py": RIGHT, "all/b.py": WRONG})
    words = ["grade", str(tmp_path / place), "--tests", str(tests), "--as", "solution"]

    def code(*more: str) -> int:
        with GradingService(without=("namespaces", "landlock", "seccomp")) as bare:
            monkeypatch.setattr(Services, "grading", bare)
            return _run([*words, *more])

    assert code() == 3
    told = capsys.readouterr()
    assert told.out == ""
    assert "level D only (missing: " in told.err
    assert "examengine doctor" in told.err
    assert code("--require-isolation", "D") == 3
    capsys.readouterr()
    assert code("--trust-submissions") == (1 if place == "all" else 0)
    assert "4 of 4" in capsys.readouterr().out


def test_a_progress_bar_is_shown_on_a_terminal_alone(tmp_path, tests, folder):
    import pty

    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "examengine", "grade", str(folder), "--tests", str(tests), "--json"],
        stdout=subprocess.PIPE,
        stderr=theirs,
        text=True,
        env=os.environ | {"TERM": "xterm"},
    )
    os.close(theirs)
    out, _ = process.communicate(timeout=120)
    shown = b""
    try:
        while part := os.read(ours, 65536):
            shown += part
    except OSError:  # the other end is closed
        pass
    os.close(ours)
    assert b"8/8" in shown
    assert [json.loads(line)["submission"] for line in out.splitlines()][-1] == "sub"
