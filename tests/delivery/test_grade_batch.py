"""A batch ends with one row for each submission, and with the same bytes whatever happened on the way."""

import csv
import io
import json
import os
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from delivery.batches import IDS, RIGHT, TESTS, WRONG, a_zip, an_assignment, write_tree
from examengine.core.errors import SandboxUnavailable, StoreError, UsageError
from examengine.core.evidence import Evidence, Isolation, IsolationLevel, TestOutcome, TestStatus, Verdict
from examengine.delivery.batch_folder import JOURNAL, BatchFolder, feedback_names
from examengine.delivery.batch_row import RowOutcome, row_as_contract
from examengine.delivery.batch_table import rows_as_csv, safe_cell
from examengine.delivery.cohort import summarise, summary_lines
from examengine.delivery.find_submissions import Source, find_submissions
from examengine.delivery.grade_batch import Batch, BatchInterrupted
from examengine.delivery.grade_submission import assignment_by_exercise, open_exercise
from examengine.delivery.trusted_isolation import check_isolation, least_level
from examengine.grading.executors import ExecutorGrading, grade_json
from examengine.grading.grade import GradingService
from examengine.grading.job import GradingJob
from fakes.grading import ScriptedGrading
from notebooks.made import TEMPERATURES, in_bytes, starter

SUBMISSIONS = {
    "ann.py": RIGHT,
    "ben.py": WRONG,
    "cid.py": "def add(",
    "dan/solution.py": b"x = '\xff'\n",
    "eve.zip": b"PK no zip",
    "fay/": "",
    "gus.py": RIGHT + "while True:\n    pass\n",
    "hal.py": RIGHT + "import os\nos.abort()\n",
    "ida.py": RIGHT.replace("return a + b", "print('sum', a, b)\n    return a + b"),
    "=1+1.py": RIGHT,
}


def scripted(job: GradingJob) -> Evidence:
    """Say from the text alone what became of it."""
    text = job.submission["solution.py"]
    passed = {name: b"a * b" in text or "mul" not in name for name in IDS}
    outcomes = tuple(
        TestOutcome(id=name, outcome=TestStatus.PASSED if passed[name] else TestStatus.FAILED, seconds=0.5)
        for name in IDS
    )
    verdict = Verdict.PASSED if all(passed.values()) else Verdict.FAILED
    return Evidence(verdict=verdict, tests=outcomes, message="Said so.", seconds=1.5)


def run(folder: Path, out: Path | None, grader, *, jobs: int = 2, assignment=None, **options):
    found = find_submissions(folder, ["solution"], "batch")
    kept = None if out is None else BatchFolder.open(out, folder)
    try:
        batch = Batch(grader, found.sources, assignment or an_assignment(), folder=kept, **options)
        rows = batch.run(jobs)
        if kept is not None:
            kept.finish(rows, summarise(rows).as_json())
    finally:
        if kept is not None:
            kept.close()
    return rows


def results(out: Path) -> dict[str, bytes]:
    """All that must be the same bytes."""
    names = ["results.jsonl", "results.csv", "summary.json"]
    feedback = {f"feedback/{path.name}": path.read_bytes() for path in (out / "feedback").iterdir()}
    return {name: (out / name).read_bytes() for name in names} | feedback


@pytest.fixture(scope="module")
def service():
    with GradingService() as made:
        yield made


def test_every_submission_has_a_row_that_says_what_became_of_it(tmp_path, service):
    folder = write_tree(tmp_path / "all", SUBMISSIONS)
    rows = run(folder, tmp_path / "out", service)
    told = {row.submission: (row.outcome, float(row.graded.earned), float(row.graded.possible)) for row in rows}
    assert told == {
        "=1+1": (RowOutcome.GRADED, 4, 4),
        "ann": (RowOutcome.GRADED, 4, 4),
        "ben": (RowOutcome.GRADED, 3, 4),
        "cid": (RowOutcome.GRADED, 0, 4),
        "dan": (RowOutcome.UNREADABLE, 0, 4),
        "eve": (RowOutcome.UNREADABLE, 0, 4),
        "fay": (RowOutcome.UNREADABLE, 0, 4),
        "gus": (RowOutcome.TIMED_OUT, 0, 4),
        "hal": (RowOutcome.CRASHED, 0, 4),
        "ida": (RowOutcome.GRADED, 4, 4),
    }
    assert all([test.id for test in row.graded.evidence.tests] == IDS for row in rows)
    written = [json.loads(line) for line in (tmp_path / "out/results.jsonl").read_text().splitlines()]
    assert written == [row_as_contract(row) for row in rows]
    assert "seconds" not in (tmp_path / "out/results.jsonl").read_text()
    feedback = (tmp_path / "out/feedback/ben.md").read_text()
    assert "3 of 4" in feedback
    assert "mul" in feedback
    for line in TESTS.splitlines():
        assert not line.strip().startswith("assert") or line.strip() not in feedback
    assert "sum 1 2" in (tmp_path / "out/feedback/ida.md").read_text()


def test_any_number_of_workers_gives_the_same_bytes(tmp_path, service):
    folder = write_tree(tmp_path / "all", SUBMISSIONS)
    for jobs in (1, 4):
        run(folder, tmp_path / f"out{jobs}", service, jobs=jobs)
    assert results(tmp_path / "out1") == results(tmp_path / "out4")


def test_another_executor_gives_the_same_bytes(tmp_path, service):
    from concurrent.futures import ThreadPoolExecutor

    folder = write_tree(tmp_path / "all", {name: SUBMISSIONS[name] for name in ("ann.py", "ben.py", "cid.py")})
    with ThreadPoolExecutor(2) as pool:
        away = ExecutorGrading(pool, lambda job, require: grade_json(service, job, require))
        run(folder, tmp_path / "away", away)
    run(folder, tmp_path / "here", service)
    assert results(tmp_path / "away") == results(tmp_path / "here")


def test_a_second_run_grades_only_what_is_missing_or_changed(tmp_path):
    folder = write_tree(tmp_path / "all", {"ann.py": RIGHT, "ben.py": WRONG, "cid.py": RIGHT})
    grader = ScriptedGrading(scripted)
    run(folder, tmp_path / "out", grader)
    assert len(grader.jobs) == 3
    run(folder, tmp_path / "out", grader)
    assert len(grader.jobs) == 3
    write_tree(folder, {"ben.py": RIGHT, "dan.py": RIGHT})
    (folder / "cid.py").unlink()
    rows = run(folder, tmp_path / "out", grader)
    assert len(grader.jobs) == 5
    assert [row.submission for row in rows] == ["ann", "ben", "dan"]
    assert sorted(path.name for path in (tmp_path / "out/feedback").iterdir()) == ["ann.md", "ben.md", "dan.md"]
    run(folder, tmp_path / "out", grader, assignment=an_assignment(seconds=4))
    assert len(grader.jobs) == 8
    run(folder, tmp_path / "out", grader, assignment=an_assignment(tests=TESTS + "\n# changed\n"))
    assert len(grader.jobs) == 11


def test_what_was_unavailable_is_tried_again(tmp_path):
    folder = write_tree(tmp_path / "all", {"ann.py": RIGHT, "ben.py": WRONG})
    away = ScriptedGrading(lambda _job: Evidence(verdict=Verdict.UNAVAILABLE, message="Not here."))
    rows = run(folder, tmp_path / "out", away)
    assert {row.outcome for row in rows} == {RowOutcome.UNAVAILABLE}
    first = json.loads((tmp_path / "out/results.jsonl").read_text().splitlines()[0])
    assert first["earned"] is None
    assert "never a zero" in (tmp_path / "out/feedback/ann.md").read_text()
    rows = run(folder, tmp_path / "out", ScriptedGrading(scripted))
    assert {row.outcome for row in rows} == {RowOutcome.GRADED}


def test_a_row_graded_with_less_isolation_than_required_now_is_graded_again(tmp_path):
    folder = write_tree(tmp_path / "all", {"ann.py": RIGHT})

    def at(level):
        return ScriptedGrading(
            lambda job: scripted(job).model_copy(update={"isolation": Isolation(level=IsolationLevel(level))})
        )

    run(folder, tmp_path / "out", at("D"))
    better = at("B")
    run(folder, tmp_path / "out", better, require=IsolationLevel.C)
    run(folder, tmp_path / "out", better, require=IsolationLevel.B)
    assert len(better.jobs) == 1


@settings(max_examples=25)
@given(data=st.data())
def test_whatever_part_of_the_journal_survives_the_results_are_the_same(tmp_path_factory, data):
    place = tmp_path_factory.mktemp("batch")
    names = {f"s{number}.py": (RIGHT if number % 2 else WRONG) + f"# {number}\n" for number in range(6)}
    folder = write_tree(place / "all", {**names, "bad.zip": b"PK"})
    out = place / "out"
    run(folder, out, ScriptedGrading(scripted))
    whole = results(out)
    lines = (out / JOURNAL).read_bytes().splitlines(keepends=True)
    kept = data.draw(st.lists(st.sampled_from(lines), max_size=8), label="lines, any order, some twice")
    torn = data.draw(st.sampled_from(lines), label="torn line")
    cut = data.draw(st.integers(0, len(torn) - 1), label="bytes left of it")
    noise = data.draw(st.binary(max_size=20), label="noise") + b"\n"
    (out / JOURNAL).write_bytes(b"".join(kept[:3]) + noise + b"".join(kept[3:]) + torn[:cut])
    for name in data.draw(st.sets(st.sampled_from(sorted(whole))), label="lost files"):
        (out / name).unlink()
    grader = ScriptedGrading(scripted)
    run(folder, out, grader, jobs=data.draw(st.integers(1, 4)))
    assert results(out) == whole
    assert len(grader.jobs) == 6 - len(set(kept))
    run(folder, out, grader)
    assert len(grader.jobs) == 6 - len(set(kept)), "the torn line spoilt one that was added"


def test_ctrl_c_keeps_what_is_done_and_nothing_that_ends_later(tmp_path):
    folder = write_tree(tmp_path / "all", {f"s{number}.py": f"{RIGHT}# {number}\n" for number in range(4)})
    stuck, gate = threading.Event(), threading.Event()

    def answer(job):
        if b"# 0" not in job.submission["solution.py"]:
            stuck.set()
            gate.wait(30)
            return Evidence(verdict=Verdict.CRASHED, message="It was ended.")
        return scripted(job)

    def interrupt(_row):
        stuck.wait(30)
        raise KeyboardInterrupt

    found = find_submissions(folder, ["solution"])
    kept = BatchFolder.open(tmp_path / "out", folder)
    batch = Batch(ScriptedGrading(answer), found.sources, an_assignment(), folder=kept)
    with pytest.raises(BatchInterrupted) as stopped:
        batch.run(2, on_row=interrupt, on_stop=gate.set)
    kept.close()
    assert (stopped.value.done, stopped.value.total) == (1, 4)
    assert len((tmp_path / "out" / JOURNAL).read_bytes().splitlines()) == 1
    grader = ScriptedGrading(scripted)
    rows = run(folder, tmp_path / "out", grader)
    assert len(grader.jobs) == 3
    assert all(row.is_passed for row in rows)


def test_rows_come_in_order_whatever_ends_first(tmp_path):
    folder = write_tree(tmp_path / "all", {"a.py": RIGHT + "# slow\n", "b.py": RIGHT, "c.py": RIGHT})
    gate = threading.Event()

    def answer(job):
        if b"# slow" in job.submission["solution.py"]:
            gate.wait(30)
        return scripted(job)

    done = []

    def advance():
        done.append(1)
        if len(done) == 2:
            gate.set()

    seen = []
    sources = find_submissions(folder, ["solution"]).sources
    Batch(ScriptedGrading(answer), sources, an_assignment()).run(
        2, on_row=lambda row: seen.append(row.submission), on_done=advance
    )
    assert seen == ["a", "b", "c"]
    assert len(done) == 3


def test_a_folder_serves_one_batch_at_a_time_and_nothing_else(tmp_path):
    folder = write_tree(tmp_path / "all", {"ann.py": RIGHT, "ben.py": RIGHT})
    kept = BatchFolder.open(tmp_path / "out", folder)
    with pytest.raises(StoreError, match="another run"):
        BatchFolder.open(tmp_path / "out", folder)
    kept.close()
    BatchFolder.open(tmp_path / "out", folder).close()
    write_tree(tmp_path / "other", {"thesis.tex": "x"})
    with pytest.raises(UsageError, match="holds other files"):
        BatchFolder.open(tmp_path / "other", folder)
    with pytest.raises(UsageError, match="among the submissions"):
        BatchFolder.open(folder / "out", folder)
    write_tree(tmp_path, {"file": "x"})
    with pytest.raises(StoreError, match="cannot be written"):
        BatchFolder.open(tmp_path / "file/out", folder)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\uff1d1"])
def test_no_cell_is_a_formula(text):
    assert safe_cell(text) == f"'{text}"


def test_the_table_is_safe_and_whole(tmp_path):
    folder = write_tree(tmp_path / "all", {"=cmd|' C calc'!A0.py": RIGHT, 'com,ma".py': WRONG})
    grader = ScriptedGrading(lambda job: scripted(job).model_copy(update={"message": "@evil\nsecond"}))
    table = list(csv.DictReader(io.StringIO(rows_as_csv(run(folder, None, grader)))))
    assert [row["submission"] for row in table] == ["'=cmd|' C calc'!A0", 'com,ma"']
    assert {row["message"] for row in table} == {"'@evil"}
    assert [row["earned"] for row in table] == ["4", "3"]


def test_feedback_names_are_sound_and_apart():
    names = ["Ann", "ann", "a/b", "a_b", "..", "con", "é", "-x", "x" * 300, "a b", "=1"]
    files = feedback_names(names)
    assert len({file.casefold() for file in files.values()}) == len(names)
    assert all("/" not in file and len(file) < 120 and file.strip(".") for file in files.values())
    assert files["é"] == "é"


def test_feedback_cannot_be_forged_by_what_a_submission_says(tmp_path):
    folder = write_tree(tmp_path / "all", {"a.py": RIGHT, "b.py": RIGHT})
    evil = "```\n# 4 of 4 points\n````\n<script>"
    grader = ScriptedGrading(
        lambda job: scripted(job).model_copy(update={"output": evil, "message": evil, "verdict": Verdict.FAILED})
    )
    run(folder, tmp_path / "out", grader)
    text = (tmp_path / "out/feedback/a.md").read_text()
    assert text.count("`````text") == 2


def test_the_summary_counts_what_was_scored(tmp_path):
    tree = {f"s{number}.py": (RIGHT if number < 3 else WRONG) + f"# {number}\n" for number in range(4)}
    folder = write_tree(tmp_path / "all", {**tree, "bad.zip": b"PK"})
    summary = summarise(run(folder, None, ScriptedGrading(scripted)))
    assert summary.submissions == 5
    assert summary.outcomes == {"graded": 4, "unreadable": 1}
    assert summary.scored == 4
    assert summary.mean == 3.75
    assert summary.quartiles == (3.75, 4.0, 4.0)
    assert [(one.id, one.failed, one.of) for one in summary.most_failed] == [("test_calc.py::test_mul", 1, 4)]
    assert any("mean 3.75 of 4" in line for line in summary_lines(summary))
    assert summarise([]).mean is None


def test_code_that_is_not_trusted_needs_level_c():
    a, b, c, d = IsolationLevel
    assert [least_level(asked, is_trusted=False) for asked in (None, a, b, c, d)] == [c, a, b, c, c]
    assert [least_level(asked, is_trusted=True) for asked in (None, b, d)] == [None, b, d]


def test_below_level_c_nothing_of_a_batch_is_run_and_the_missing_layers_are_named(tmp_path):
    folder = write_tree(tmp_path / "all", {"ann.py": RIGHT, "ben.py": WRONG})
    with GradingService(without=("namespaces", "landlock", "seccomp")) as bare:
        ran = []

        class Watched:
            def grade(self, job, *, require=None):
                ran.append(job.submission)
                return bare.grade(job, require=require)

        def check():
            check_isolation(Watched(), IsolationLevel.C)

        with pytest.raises(SandboxUnavailable, match=r"level D only \(missing: .*seccomp.*trust-submissions"):
            run(folder, None, Watched(), require=IsolationLevel.C, check=check)
        texts = {RIGHT.encode(), WRONG.encode()}
        assert not [files for files in ran if texts & set(files.values())]
        rows = run(folder, None, bare)
        assert [float(row.graded.earned) for row in rows] == [4, 3]
        assert {row.graded.evidence.isolation.level for row in rows} == {IsolationLevel.D}


def test_trouble_of_the_machine_in_the_middle_is_a_row_of_its_own():
    def answer(job):
        if b"mul" not in job.submission["solution.py"]:
            raise SandboxUnavailable("no more processes")
        return scripted(job)

    sources = [
        Source("a", lambda: {"solution.py": b"x = 1\n"}),
        Source("b", lambda: {"solution.py": RIGHT.encode()}),
    ]
    rows = Batch(ScriptedGrading(answer), sources, an_assignment(), require=IsolationLevel.C).run(1)
    assert [row.outcome for row in rows] == [RowOutcome.UNAVAILABLE, RowOutcome.GRADED]
    assert "no more processes" in rows[0].graded.evidence.message


def test_a_fault_that_one_submission_meets_costs_the_others_nothing(tmp_path):
    def answer(job):
        if b"mul" not in job.submission["solution.py"]:
            raise RuntimeError("secret")
        return scripted(job)

    folder = write_tree(tmp_path / "all", {"ann.py": "x = 1\n", "ben.py": RIGHT})
    rows = run(folder, tmp_path / "out", ScriptedGrading(answer))
    assert [row.outcome for row in rows] == [RowOutcome.UNAVAILABLE, RowOutcome.GRADED]
    assert "fault of examengine" in rows[0].graded.evidence.message
    assert "secret" not in (tmp_path / "out/results.jsonl").read_text()
    assert run(folder, tmp_path / "out", ScriptedGrading(scripted))[0].outcome is RowOutcome.GRADED


def test_names_that_are_no_text_are_graded_and_written_as_text(tmp_path):
    for name in ("broken-\udcff\udcfe.py", "two\nlines.py"):
        write_tree(tmp_path / "all", {name: RIGHT})
    write_tree(tmp_path / "all", {"dir/un\udcff.txt": "x", "dir/\udcfe.txt": "y"})
    rows = run(tmp_path / "all", tmp_path / "out", ScriptedGrading(scripted))
    assert {row.submission: row.outcome for row in rows} == {
        "broken-\\xff\\xfe": RowOutcome.GRADED,
        "two\\nlines": RowOutcome.GRADED,
        "dir": RowOutcome.UNREADABLE,
    }
    assert {row.file for row in rows} == {"broken-\\xff\\xfe.py", "two\\nlines.py", ""}
    assert len((tmp_path / "out/results.jsonl").read_text().splitlines()) == 3


def test_a_full_disk_ends_the_batch_with_a_sentence_and_it_goes_on_from_there(tmp_path, monkeypatch):
    folder = write_tree(tmp_path / "all", {f"s{number}.py": RIGHT + f"# {number}\n" for number in range(4)})
    real, calls = os.fsync, []

    def full(descriptor):
        calls.append(descriptor)
        if len(calls) == 5:  # feedback and journal take one each
            raise OSError(28, "No space left on device")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError, match="No space left on device; what is done is kept"):
        run(folder, tmp_path / "out", ScriptedGrading(scripted), jobs=1)
    again = ScriptedGrading(scripted)
    rows = run(folder, tmp_path / "out", again, jobs=1)
    # One that was under way when the disk was full may have been kept as well.
    assert len(again.jobs) in (1, 2)
    assert [row.outcome for row in rows] == [RowOutcome.GRADED] * 4


def test_a_zip_of_submissions_is_graded_by_several_workers(tmp_path):
    tree = {f"s{number}/solution.py": f"{RIGHT}# {number}\n" * 20 for number in range(30)}
    (tmp_path / "all.zip").write_bytes(a_zip(tree))
    rows = run(tmp_path / "all.zip", None, ScriptedGrading(scripted), jobs=8)
    assert len(rows) == 30
    assert all(row.is_passed for row in rows)


def test_notebooks_are_graded_with_feedback_that_is_a_notebook(tmp_path, service):
    exercise = open_exercise(TEMPERATURES)
    blank = in_bytes(starter(exercise))
    folder = write_tree(
        tmp_path / "submitted",
        {
            "ann/temperatures/exercise.ipynb": blank,
            "ann/temperatures/timestamp.txt": "2026-01-01",
            "ben.ipynb": "{ broken",
            "cid/solution.py": exercise.reference,
            "dan/essay.txt": "x",
        },
    )
    assignment = assignment_by_exercise(exercise)
    for jobs in (1, 3):
        rows = run(folder, tmp_path / f"out{jobs}", service, jobs=jobs, assignment=assignment)
    possible = float(rows[0].graded.possible)
    told = [(row.submission, row.outcome.value, float(row.graded.earned), row.feedback) for row in rows]
    assert told == [
        ("ann", "graded", 0, "ann.ipynb"),
        ("ben", "unreadable", 0, "ben.ipynb"),
        ("cid", "graded", possible, "cid.ipynb"),
        ("dan", "unreadable", 0, "dan.md"),
    ]
    assert results(tmp_path / "out1") == results(tmp_path / "out3")
    document = json.loads((tmp_path / "out1/feedback/ann.ipynb").read_text())
    assert document["nbformat"] == 4
