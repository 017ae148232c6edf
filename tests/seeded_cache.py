"""Gives a test's home what was read of the project's banks before; each process of the tests would read them anew."""

import os
import shutil
from functools import cache
from pathlib import Path

from examengine.bank.bank_cache import BankCache
from examengine.bank.cached_bank import read_bank_through

BANKS = Path(__file__).parents[1] / "question_banks"

_shelf: Path | None = None


def keep_entries_in(folder: Path) -> None:
    """Name the folder where this process keeps what it read."""
    global _shelf  # noqa: PLW0603 - one shelf for a process, known when its tests begin
    _shelf = folder


@cache
def _filled(shelf: Path) -> tuple[Path, Path]:
    """Return a folder of entries and its key: all banks of the project, read once."""
    entries, key = shelf / "banks", shelf / "bank-cache.key"
    kept = BankCache(entries, key)
    for manifest in sorted(BANKS.glob("*/bank.yaml")):
        read_bank_through(kept, manifest.parent)
    return entries, key


def seed_home(home: Path) -> None:
    """Lay the entries and their key into a fresh home, as the program itself would have left them.

    Args:
        home: what EXAMENGINE_HOME names; one that is there already stays as it is.
    """
    if _shelf is None or home.exists():
        return
    entries, key = _filled(_shelf)
    folder = home / "cache" / "banks"
    folder.mkdir(mode=0o700, parents=True)
    for entry in entries.iterdir():
        os.link(entry, folder / entry.name)
    shutil.copy2(key, home / key.name)
