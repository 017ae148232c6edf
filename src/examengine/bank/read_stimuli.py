"""Reads the cases of a bank, with the tables and figures that they show."""

import csv
import io

from examengine.bank.bank_files import BankFiles
from examengine.bank.problem_list import ProblemList
from examengine.bank.read_items import listed_entries
from examengine.bank.register import Register
from examengine.bank.stimulus import (
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_ROWS,
    Exhibit,
    ExhibitFile,
    Stimulus,
    StimulusFile,
)
from examengine.bank.yaml_file import id_of, read_model
from examengine.bank.yaml_source import Node


def read_stimuli(files: BankFiles, problems: ProblemList, register: Register) -> list[Stimulus]:
    """Return the cases of a bank; what is wrong with them is told."""
    found = []
    for file, index, node in listed_entries("stimuli", "stimulus", files, problems):
        label = id_of(node, f"entry {index + 1}")
        if not isinstance(node.data, dict):
            problems.add(
                file,
                "wrong-kind",
                "a stimulus is a mapping",
                "give fields (`name: value`)",
                place=(node.line, node.column),
                item=label,
            )
            continue
        given = read_model(StimulusFile, node, file, problems, label)
        register.add("stimulus", file, node, label)
        if given is None:
            continue
        places = node.fields["exhibits"].entries if given.exhibits else ()
        exhibits = [
            _read_exhibit(exhibit, files, problems, file, place.fields["data"], label)
            for exhibit, place in zip(given.exhibits, places, strict=True)
        ]
        whole = tuple(exhibit for exhibit in exhibits if exhibit is not None)
        if len(whole) == len(exhibits):
            found.append(
                Stimulus(
                    id=given.id,
                    title=given.title,
                    sections=given.sections,
                    exhibits=whole,
                    references=given.references,
                )
            )
    return found


def _read_exhibit(
    given: ExhibitFile, files: BankFiles, problems: ProblemList, file: str, place: Node, label: str
) -> Exhibit | None:
    if given.data not in files.paths:
        known = [*files.under("data"), *files.under("figures")]
        problems.add(
            file,
            "missing-file",
            f"`{given.data}` does not exist",
            problems.nearest(given.data, known, all_up_to=8),
            place=(place.line, place.column),
            item=label,
        )
        return None
    if not given.is_table:
        if files.read(given.data) is None:
            return None
        return Exhibit(id=given.id, title=given.title, kind="figure", figure=given.data, alt=given.alt or "")
    table = _read_table(given.data, files, problems, label)
    if table is None:
        return None
    return Exhibit(
        id=given.id, title=given.title, kind="table", header=table[0], rows=tuple(table[1:]), alt=given.alt or ""
    )


def _read_table(name: str, files: BankFiles, problems: ProblemList, label: str) -> list[tuple[str, ...]] | None:
    text = files.read_text(name, item=label)
    if text is None:
        return None

    def tell(message: str, hint: str, line: int) -> None:
        problems.add(name, "table", message, hint, place=(line, 1), item=label)

    rows: list[tuple[str, ...]] = []
    reader = csv.reader(io.StringIO(text), strict=True)
    try:
        for row in reader:
            if not row:
                continue
            cells = tuple(" ".join(cell.split()) for cell in row)
            if rows and len(cells) != len(rows[0]):
                tell(
                    f"the row has {len(cells)} cells, but the header has {len(rows[0])}",
                    "put text with a comma in quotes",
                    reader.line_num,
                )
                return None
            if len(cells) > MOST_COLUMNS or any(len(cell) > LONGEST_CELL for cell in cells):
                tell(
                    "the row is too large",
                    f"a table has at most {MOST_COLUMNS} columns, and cells of at most {LONGEST_CELL} characters",
                    reader.line_num,
                )
                return None
            rows.append(cells)
            if len(rows) > MOST_ROWS + 1:
                tell("the table is too long", f"a table has at most {MOST_ROWS} rows", reader.line_num)
                return None
    except csv.Error as error:
        tell(f"this is not CSV: {error}", "put text with a comma or a quote in quotes", max(1, reader.line_num))
        return None
    if len(rows) < 2:
        tell("the table has no rows", "give a header and at least one row", 1)
        return None
    return rows
