"""Reads the bytes of an .ipynb, tolerantly: what Jupyter, Colab, VS Code and old versions write.

A notebook that cannot be read is a value too: one sentence that says why.
"""

import codecs
import json
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from examengine.notebooks.cell import Cell, grade_id_of, nbgrader_fields, points_of, role_of

MAX_CELLS = 2_000
MAX_CODE = 2 * 1024 * 1024
"""Characters of all code cells together: as much as a source file may have."""
_KINDS = frozenset({"code", "markdown", "raw"})


@dataclass(frozen=True, slots=True)
class Notebook:
    """A notebook that was read: its cells, and the JSON of nbformat 4 that it came from."""

    cells: tuple[Cell, ...]
    document: dict[str, Any]
    """nbformat 4, as it was read; its list `cells` goes with `cells`."""
    remarks: tuple[str, ...] = ()
    """What was odd about the file, one sentence each."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a file is no notebook: one sentence."""

    message: str


def read_notebook(data: bytes) -> Notebook | Unreadable:
    """Return the notebook in a file's bytes."""
    text = _decoded(data)
    if isinstance(text, Unreadable):
        return text
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        if any(mark in text for mark in ("\n<<<<<<< ", "\n>>>>>>> ")):
            return Unreadable(
                "The notebook holds the marks of a merge conflict (<<<<<<<); settle it and save the notebook again."
            )
        return Unreadable(f"The file is not a notebook: its JSON breaks off or is damaged in line {error.lineno}.")
    except (RecursionError, MemoryError, ValueError):
        return Unreadable("The file is not a notebook: its JSON cannot be read.")
    if not isinstance(document, dict):
        return Unreadable("The file is not a notebook: its JSON is not an object with cells.")
    return _from_document(document)


def _decoded(data: bytes) -> str | Unreadable:
    codec = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        return Unreadable("The file is not a notebook: it is not text in UTF-8.")
    return text if text.strip() else Unreadable("The file is empty.")


def _from_document(document: dict[str, Any]) -> Notebook | Unreadable:
    remarks = []
    version = document.get("nbformat")
    if "worksheets" in document or (isinstance(version, int) and version < 4):
        upgraded = _upgraded(document)
        if isinstance(upgraded, Unreadable):
            return upgraded
        remarks.append(f"The notebook is of format {version}; it was read as format 4.")
        document = upgraded
    elif isinstance(version, int) and version > 4:
        return Unreadable(f"The notebook is of format {version}, which is not known here; save it as format 4.")
    raw = document.get("cells")
    if not isinstance(raw, list):
        return Unreadable("The file is not a notebook: it has no list of cells.")
    if len(raw) > MAX_CELLS:
        return Unreadable(f"The notebook has {len(raw)} cells; at most {MAX_CELLS} are taken.")
    cells = []
    for number, entry in enumerate(raw, 1):
        if not isinstance(entry, dict):
            return Unreadable(f"Cell {number} of the notebook is damaged: it is not an object.")
        cells.append(_cell(number, entry))
    if sum(len(cell.source) for cell in cells if cell.is_code) > MAX_CODE:
        return Unreadable(f"The notebook's code is larger than {MAX_CODE // 1024} KiB.")
    return Notebook(cells=tuple(cells), document=document, remarks=tuple(remarks))


def _upgraded(document: dict[str, Any]) -> dict[str, Any] | Unreadable:
    import nbformat

    library: Any = nbformat
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            node = library.convert(library.from_dict(document), 4)
            return dict(json.loads(json.dumps(node)))
    except Exception:  # noqa: BLE001 - whatever an old and damaged file does to the converter
        return Unreadable(
            f"The notebook is of format {document.get('nbformat')} and damaged; open it in Jupyter and save it again."
        )


def _cell(number: int, entry: Mapping[str, Any]) -> Cell:
    kind = entry.get("cell_type")
    metadata = entry.get("metadata")
    metadata = metadata if isinstance(metadata, Mapping) else {}
    fields = nbgrader_fields(metadata)
    cell_id = entry.get("id")
    return Cell(
        number=number,
        kind=kind if isinstance(kind, str) and kind in _KINDS else "raw",
        source=source_of(entry),
        role=role_of(fields),
        grade_id=grade_id_of(fields),
        points=points_of(fields),
        cell_id=cell_id if isinstance(cell_id, str) else "",
        metadata=metadata,
    )


def source_of(entry: Mapping[str, Any]) -> str:
    """Return the text of a cell's JSON: one text or a list of lines."""
    source = entry.get("source", "")
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    if not isinstance(source, str):
        return ""
    # Lone surrogates come from JSON escapes and have no UTF-8.
    plain = source.encode("utf-8", "replace").decode("utf-8")
    return plain.replace("\r\n", "\n").replace("\r", "\n")
