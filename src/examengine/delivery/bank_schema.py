"""Writes the JSON Schemas of a bank's files, for editors."""

import json
from pathlib import Path

from examengine.bank.scaffold import schema_name
from examengine.bank.schema import KINDS, schema_of
from examengine.core.errors import OperatorError


def schema_text(kind: str) -> str:
    """Return a schema as the text of a file."""
    return json.dumps(schema_of(kind), indent=1, ensure_ascii=False) + "\n"


def write_schemas(folder: Path) -> list[Path]:
    """Write every schema into a folder, in place of those of an earlier version; return the files.

    Raises:
        OperatorError: the disk does not take them.
    """
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for kind in KINDS:
            path = folder / schema_name(kind)
            partial = path.with_name(f".{path.name}.part")
            partial.write_text(schema_text(kind), encoding="utf-8")
            partial.replace(path)
            written.append(path)
    except OSError as error:
        raise OperatorError(f"{folder} cannot be written: {error.strerror or error}") from error
    return written
