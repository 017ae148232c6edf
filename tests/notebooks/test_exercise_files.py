"""A notebook exercise in a folder: the notebook holds the candidate's cells, and gives them back without loss."""

import json

import nbformat
import pytest

from examengine.delivery.exercise_files import ExerciseFiles
from examengine.itemtypes.coding.model import SOLUTION


@pytest.fixture
def package(temperatures):
    return temperatures.package


def saved(data: bytes, change) -> bytes:
    """Return the notebook as a program saves it after a change."""
    notebook = nbformat.reads(data.decode(), as_version=4)
    change(notebook)
    return nbformat.writes(notebook).encode()


def test_the_starter_comes_back_as_it_went(package):
    starter = dict(package.item.starter)
    files = ExerciseFiles(package)
    data = files.notebook(starter)
    nbformat.validate(nbformat.reads(data.decode(), as_version=4))
    assert files.returned(data, starter).files == starter


def test_an_added_cell_keeps_its_place_both_ways(package):
    starter = dict(package.item.starter)
    files = ExerciseFiles(package)

    def change(notebook):
        place = next(index for index, cell in enumerate(notebook.cells) if cell.cell_type == "code")
        notebook.cells.insert(place + 1, nbformat.v4.new_code_cell("%%time\nmine = 1"))
        notebook.cells.insert(0, nbformat.v4.new_code_cell("first = 0"))

    text = files.returned(saved(files.notebook(starter), change), starter).files[SOLUTION]
    assert "first = 0" in text
    assert "#:%%time\nmine = 1" in text
    again = files.notebook({SOLUTION: text})
    sources = ["".join(cell["source"]) for cell in json.loads(again)["cells"]]
    assert sources.index("first = 0") == 0
    assert "%%time\nmine = 1" in sources
    assert files.returned(again, starter).files[SOLUTION].count("mine = 1") == 1
    before = [cell["source"] for cell in json.loads(files.notebook(starter))["cells"]]
    assert [source for source in sources if source not in ("first = 0", "%%time\nmine = 1")] == [
        "".join(source) for source in before
    ]


def test_nothing_hidden_goes_into_the_folder(package):
    files = ExerciseFiles(package)
    everything = files.notebook(dict(package.item.starter)) + b"".join(files.beside().values())
    assert b"BEGIN HIDDEN" not in everything
    assert b"BEGIN SOLUTION" not in everything
