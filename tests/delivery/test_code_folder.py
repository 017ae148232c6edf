"""An exercise in a folder: every save comes back, and nothing of anybody is lost."""

import json
from pathlib import Path

import nbformat
import pytest

from builders import SAMPLE_TEST, STARTER, an_exercise
from examengine.delivery.code_folder import CodeFolder, Found
from examengine.delivery.exercise_files import NOTEBOOK, ExerciseFiles

DONE = "def double(x):\n    return 2 * x\n"
START = {"solution.py": STARTER}


@pytest.fixture
def folder(tmp_path: Path) -> CodeFolder:
    package = an_exercise(data={"train.csv": b"a,b\n1,2\n"})
    made = CodeFolder(tmp_path / "work", ExerciseFiles(package))
    made.write(START)
    return made


def save(folder: CodeFolder, text: str, name: str = "solution.py") -> None:
    (folder.path / name).write_text(text, encoding="utf-8", newline="")


def edit_notebook(folder: CodeFolder, change) -> None:
    """Save the notebook as Jupyter does: through nbformat, with an output in it."""
    notebook = nbformat.read(folder.path / NOTEBOOK, as_version=4)
    change(notebook)
    notebook.cells[-1]["outputs"] = [nbformat.v4.new_output("stream", text="seen\n")]
    notebook.cells[-1]["execution_count"] = 3
    nbformat.write(notebook, folder.path / NOTEBOOK)


def test_the_folder_holds_code_sample_tests_statement_data_and_a_notebook(folder: CodeFolder) -> None:
    names = {path.name for path in folder.path.iterdir()}
    assert names == {"solution.py", "test_sample.py", "statement.md", "train.csv", NOTEBOOK, ".examengine.json"}
    assert (folder.path / "solution.py").read_text() == STARTER
    assert (folder.path / "test_sample.py").read_text() == SAMPLE_TEST
    assert "Write `double(x)`" in (folder.path / "statement.md").read_text()
    nbformat.validate(nbformat.read(folder.path / NOTEBOOK, as_version=4))
    everything = b"".join(path.read_bytes() for path in folder.path.iterdir())
    assert b"test_negative" not in everything


def test_nothing_is_found_where_nothing_was_saved(folder: CodeFolder) -> None:
    assert folder.look(START) == Found()


def test_a_save_is_taken_once_and_the_notebook_follows(folder: CodeFolder) -> None:
    save(folder, DONE)
    assert folder.look(START) == Found({"solution.py": DONE})
    folder.agree("solution.py", DONE)
    now = {"solution.py": DONE}
    assert folder.look(now) == Found()
    assert "return 2 * x" in (folder.path / NOTEBOOK).read_text()


def test_what_the_session_changes_goes_to_the_folder(folder: CodeFolder) -> None:
    now = {"solution.py": DONE}
    assert folder.look(now) == Found()
    assert (folder.path / "solution.py").read_text() == DONE
    assert "return 2 * x" in (folder.path / NOTEBOOK).read_text()


def test_a_notebook_saved_in_jupyter_comes_back_and_keeps_its_outputs(folder: CodeFolder) -> None:
    package = ExerciseFiles(an_exercise())
    edit_notebook(folder, lambda notebook: notebook.cells[1].update(source=DONE))
    found = folder.look(START)
    assert found.texts == {"solution.py": DONE}
    folder.agree("solution.py", DONE)
    assert (folder.path / "solution.py").read_text() == DONE
    assert "seen" in (folder.path / NOTEBOOK).read_text()
    assert package.returned((folder.path / NOTEBOOK).read_bytes(), START).files == {"solution.py": DONE}


def test_cells_added_in_jupyter_come_back_and_magics_are_told(folder: CodeFolder) -> None:
    def change(notebook) -> None:
        notebook.cells[1].update(source=DONE)
        notebook.cells.insert(2, nbformat.v4.new_code_cell("def triple(x):\n    return 3 * x"))
        notebook.cells.insert(3, nbformat.v4.new_code_cell("!ls"))

    edit_notebook(folder, change)
    found = folder.look(START)
    text = found.texts["solution.py"]
    assert text.startswith(DONE)
    assert "def triple(x):\n    return 3 * x\n" in text
    assert "# !ls" in text
    assert any("came back as comments" in remark for remark in found.remarks)


def test_a_cell_may_be_run_in_jupyter_without_any_change_of_the_code(folder: CodeFolder) -> None:
    edit_notebook(folder, lambda _notebook: None)
    assert folder.look(START) == Found()


def test_where_both_changed_the_save_is_taken_and_the_other_text_is_kept_beside(folder: CodeFolder) -> None:
    save(folder, DONE)
    found = folder.look({"solution.py": "mine\n"})
    assert found.texts == {"solution.py": DONE}
    assert (folder.path / "solution.in-session-1.py").read_text() == "mine\n"
    assert "solution.in-session-1.py" in found.remarks[0]


def test_where_file_and_notebook_both_changed_neither_is_lost(folder: CodeFolder) -> None:
    save(folder, DONE)
    edit_notebook(folder, lambda notebook: notebook.cells[1].update(source="other = 1\n"))
    found = folder.look(START)
    assert found.texts == {"solution.py": DONE}
    assert (folder.path / "solution.from-notebook-1.py").read_text() == "other = 1\n"
    assert len(found.remarks) == 1


def test_files_of_somebody_else_are_named_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "work"
    path.mkdir()
    (path / "solution.py").write_text("theirs\n")
    made = CodeFolder(path, ExerciseFiles(an_exercise()))
    assert made.foreign(START) == ["solution.py"]
    assert made.write(START) == ["solution.old-1.py"]
    assert (path / "solution.old-1.py").read_text() == "theirs\n"
    assert (path / "solution.py").read_text() == STARTER


def test_a_folder_that_was_only_written_here_is_written_again_without_a_question(folder: CodeFolder) -> None:
    again = CodeFolder(folder.path, ExerciseFiles(an_exercise(data={"train.csv": b"a,b\n1,2\n"})))
    assert again.foreign({"solution.py": DONE}) == []
    save(folder, "changed while the session was closed\n")
    assert again.foreign({"solution.py": DONE}) == ["solution.py"]


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda path: path.unlink(), "was deleted"),
        (lambda path: path.write_bytes(b""), "is empty"),
        (lambda path: path.write_bytes(b"\xff\xfe\x00bad"), "not UTF-8"),
        (lambda path: path.write_bytes(b"x" * 4_000_001), "larger than"),
    ],
)
def test_what_cannot_be_taken_is_told_once_and_changes_nothing(folder: CodeFolder, damage, told: str) -> None:
    damage(folder.path / "solution.py")
    remarks = [remark for _ in range(4) for remark in folder.look(START).remarks]
    assert len(remarks) == 1
    assert told in remarks[0]
    save(folder, DONE)
    assert folder.look(START).texts == {"solution.py": DONE}


def test_a_program_that_writes_in_two_steps_is_not_taken_at_its_word(folder: CodeFolder) -> None:
    (folder.path / "solution.py").unlink()
    assert folder.look(START) == Found()
    save(folder, DONE)
    assert folder.look(START) == Found({"solution.py": DONE})


def test_a_damaged_notebook_is_told_and_the_code_stays(folder: CodeFolder) -> None:
    (folder.path / NOTEBOOK).write_text('{"cells": [', encoding="utf-8")
    found = folder.look(START)
    assert found.texts == {}
    assert "exercise.ipynb is not taken" in found.remarks[0]


def test_line_ends_and_the_mark_of_windows_editors_come_through(folder: CodeFolder) -> None:
    (folder.path / "solution.py").write_bytes(b"\xef\xbb\xbfa = 1\r\n")
    assert folder.look(START).texts == {"solution.py": "a = 1\r\n"}


def test_a_damaged_marker_only_means_more_questions(folder: CodeFolder) -> None:
    (folder.path / ".examengine.json").write_text("[1", encoding="utf-8")
    assert "solution.py" in folder.foreign({"solution.py": DONE})
    (folder.path / ".examengine.json").write_text(json.dumps([1]), encoding="utf-8")
    assert "solution.py" in folder.foreign({"solution.py": DONE})
