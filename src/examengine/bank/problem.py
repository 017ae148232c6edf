"""A fault in a bank file, told so that its author can mend it."""

from typing import Literal

from examengine.core.model import Model


class Problem(Model):
    """One fault at one place."""

    file: str
    """Path as the author would open it."""
    line: int
    """From 1; 1 where the fault is the file itself."""
    column: int
    item: str
    """Id of the item, exercise or blueprint, or the field path where there is none yet."""
    code: str
    """Short stable name, such as `unknown-field`."""
    message: str
    """What is wrong."""
    hint: str = ""
    """What would be right."""
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}"
        what = f"{self.item}: {self.message}" if self.item else self.message
        return f"{place}: {what}; {self.hint}" if self.hint else f"{place}: {what}"
