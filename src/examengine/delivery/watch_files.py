"""Notices when an author has saved something in a bank, and reads again only what has changed."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from examengine.bank.bank_files import BankFiles
from examengine.bank.problem_list import ProblemList
from examengine.bank.read import BankReading, read_bank

Marks = dict[str, tuple[int, int]]
"""By file: when it was written, in nanoseconds, and its size."""
LOOK_SECONDS = 0.3
"""Between two looks at the files: at once for a person, and little work for the machine."""


def marks_of(folder: Path) -> Marks:
    """Return what tells the files of a bank from those that they may become; nothing is read."""
    marks: Marks = {}
    for name, path in BankFiles(folder, ProblemList(folder)).paths.items():
        try:
            status = path.stat()
        except OSError:  # it went away meanwhile, which is a change as well
            continue
        marks[name] = (status.st_mtime_ns, status.st_size)
    return marks


class Watched:
    """Some banks that are being written."""

    def __init__(self, folders: Sequence[Path], wait: Callable[[float], None] = time.sleep) -> None:
        """Watch banks from now on.

        Args:
            folders: of the banks.
            wait: lets some seconds pass.
        """
        self._wait = wait
        self._seen = {folder: marks_of(folder) for folder in folders}
        self._readings: dict[Path, tuple[Marks, BankReading]] = {}

    def changed(self) -> list[str]:
        """Return the paths of the files that were written, made or removed since the last look."""
        found = []
        for folder, before in self._seen.items():
            now = marks_of(folder)
            names = sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))
            found += [str(folder / name) for name in names]
            self._seen[folder] = now
        return found

    def wait_for_change(self) -> list[str]:
        """Wait until something was saved, and until nothing more is for a moment; return the files."""
        found: list[str] = []
        while True:
            self._wait(LOOK_SECONDS)
            now = self.changed()
            if found and not now:
                return found
            found += [name for name in now if name not in found]

    def read(self, folder: Path) -> BankReading:
        """Return a bank as its files are now; one of which none has changed is not read again."""
        marks = marks_of(folder)
        known = self._readings.get(folder)
        if known is None or known[0] != marks:
            known = self._readings[folder] = (marks, read_bank(folder))
        return known[1]
