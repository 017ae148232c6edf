"""An ordinary exercise as a notebook, and back."""

import json
from pathlib import Path

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from examengine.notebooks.exchange import files_to_notebook, notebook_to_files
from examengine.notebooks.read_notebook import read_notebook

EXERCISES = Path(__file__).parents[1] / "corpora/sound_banks/short/exercises"
text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=60)


@given(st.dictionaries(st.sampled_from(["statement.md", "solution.py", "test_sample.py", "notes.md", "a-b.py"]), text))
def test_files_come_back_without_loss(files):
    data = files_to_notebook(files)
    assert notebook_to_files(read_notebook(data)) == files


@pytest.mark.parametrize("folder", [one for one in EXERCISES.iterdir() if one.is_dir()], ids=lambda one: one.name)
def test_an_exercise_opens_through_nbformat_and_comes_back(folder):
    files = {path.name: path.read_text() for path in sorted(folder.iterdir()) if path.suffix in {".md", ".py"}}
    opened = nbformat.reads(files_to_notebook(files).decode(), as_version=4)
    nbformat.validate(opened)
    written = nbformat.writes(opened)
    assert json.loads(written) == json.loads(files_to_notebook(files))
    assert notebook_to_files(read_notebook(written.encode())) == files
    assert opened.cells[0].source == files["statement.md"]
