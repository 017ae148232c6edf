"""An exercise as files and as a notebook, for work outside of the program, and the way back of both."""

import dataclasses
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from examengine.bank.bank import ExercisePackage
from examengine.delivery.notebook_job import assignment_of, is_notebook
from examengine.itemtypes.coding.model import SOLUTION
from examengine.notebooks.assignment import notebook_bytes, stable_cell_id
from examengine.notebooks.cell import Cell, Role
from examengine.notebooks.exchange import STATEMENT, file_of, files_to_notebook
from examengine.notebooks.magics import plain_python
from examengine.notebooks.percent import read_percent, write_percent
from examengine.notebooks.read_notebook import Unreadable, read_notebook

NOTEBOOK = "exercise.ipynb"


class Returned(NamedTuple):
    """What came back out of a notebook."""

    files: dict[str, str]
    remarks: tuple[str, ...] = ()


class ExerciseFiles:
    """What a candidate may see of an exercise, with their code in it."""

    def __init__(self, package: ExercisePackage) -> None:
        self._package = package
        self._item = package.item

    def beside(self) -> dict[str, bytes]:
        """Return the files that lie beside the code and are not the candidate's: statement, sample tests, data."""
        samples = {name: text.encode() for name, text in self._item.sample_tests.items()}
        statement = f"# {self._item.title}\n\n{self._item.stem}\n"
        if self._item.stem.lstrip().startswith("# "):
            statement = f"{self._item.stem}\n"
        return {STATEMENT: statement.encode(), **samples, **self._package.data}

    def notebook(self, texts: Mapping[str, str]) -> bytes:
        """Return the exercise as a notebook that holds the candidate's files."""
        if is_notebook(self._package):
            assignment = assignment_of(self._package)
            starter = _with_ids(assignment.starter)
            edited = read_percent(texts.get(SOLUTION, ""), starter)
            return notebook_bytes(assignment.notebook.document, _woven(starter, edited))
        return files_to_notebook(
            {STATEMENT: self.beside()[STATEMENT].decode(), **texts, **self._item.sample_tests}, frozenset(texts)
        )

    def returned(self, data: bytes, texts: Mapping[str, str]) -> Returned | str:
        """Return the candidate's files out of a notebook, or why they cannot be read; `texts` gives their names."""
        notebook = read_notebook(data)
        if isinstance(notebook, Unreadable):
            return notebook.message
        if is_notebook(self._package):
            starter = _with_ids(assignment_of(self._package).starter)
            # The candidate's text never held the test cells; what was changed in them is not theirs to change.
            own_cells = [cell for cell in notebook.cells if cell.role not in {Role.TEST, Role.TASK}]
            return Returned({SOLUTION: write_percent(_named_apart(own_cells, starter))})
        samples = self._item.sample_tests
        own = {text.strip() for text in samples.values()}
        code = [
            cell
            for cell in notebook.cells
            if cell.is_code and file_of(cell) not in samples and cell.source.strip() not in own
        ]
        files: dict[str, list[Cell]] = {name: [] for name in texts}
        name = SOLUTION if SOLUTION in files else next(iter(files))
        for cell in code:
            # A cell that was added belongs to the file of the cell above it.
            name = file_of(cell) if file_of(cell) in files else name
            files[name].append(cell)
        remarks: list[str] = []
        return Returned({name: _joined(cells, remarks) for name, cells in files.items() if cells}, tuple(remarks))


def _joined(cells: Sequence[Cell], remarks: list[str]) -> str:
    if len(cells) == 1 and not plain_python(cells[0].source).refusal and not plain_python(cells[0].source).remarks:
        return cells[0].source
    blocks = []
    for cell in cells:
        plain = plain_python(cell.source)
        remarks += [f"{cell.label}, {remark}." for remark in plain.remarks]
        text = plain.source
        if plain.refusal:
            remarks.append(f"{cell.label}, {plain.refusal}; it came back as comments.")
            text = "\n".join(f"# {line}".rstrip() for line in cell.source.split("\n"))
        if text.strip():
            blocks.append(text.strip("\n") + "\n")
    return "\n\n".join(blocks)


def _with_ids(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    return tuple(dataclasses.replace(cell, cell_id=stable_cell_id(cell)) for cell in cells)


def _woven(starter: Sequence[Cell], edited: Sequence[Cell]) -> tuple[Cell, ...]:
    """Return the cells of a starter with the code of edited ones; an added cell stands below the one it stood below.

    Both carry the ids that the notebook will have; an added cell has none.
    """
    own: dict[str, Cell] = {}
    added: dict[str, list[Cell]] = {}
    last = ""
    for cell in edited:
        if cell.cell_id and cell.cell_id not in own:
            own[cell.cell_id] = cell
            last = cell.cell_id
        else:
            added.setdefault(last, []).append(dataclasses.replace(cell, cell_id=""))
    woven = list(added.get("", []))
    for cell in starter:
        woven.append(dataclasses.replace(cell, source=own[cell.cell_id].source) if cell.cell_id in own else cell)
        woven += added.get(cell.cell_id, [])
    return tuple(dataclasses.replace(cell, number=number) for number, cell in enumerate(woven, 1))


def _named_apart(cells: Sequence[Cell], starter: Sequence[Cell]) -> list[Cell]:
    """Return cells with the numbers that the starter's have; added ones get numbers that none of those has."""
    numbers = {cell.cell_id: cell.number for cell in starter}
    beyond = max((cell.number for cell in starter), default=0)
    named = []
    for cell in cells:
        number = numbers.get(cell.cell_id)
        if number is None:
            beyond += 1
            number = beyond
        named.append(dataclasses.replace(cell, number=number))
    return named
