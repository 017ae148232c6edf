"""What the use cases work with: made once at the rim and handed in."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from examengine.core.clock import Clock, IdSource
from examengine.delivery.system import RandomIds, SystemClock
from examengine.store.session_store import SessionStore

if TYPE_CHECKING:
    from examengine.grading.grade import GradingService


def home_folder() -> Path:
    """Return where all user data lies: EXAMENGINE_HOME, or the system's place for it."""
    named = os.environ.get("EXAMENGINE_HOME")
    return Path(named).expanduser() if named else platformdirs.user_data_path("examengine")


@dataclass(frozen=True)
class Services:
    """Clock, ids, disk and grader. Disk and grader come up when they are first needed."""

    home: Path = field(default_factory=home_folder)
    clock: Clock = field(default_factory=SystemClock)
    ids: IdSource = field(default_factory=RandomIds)
    bank_folders: Sequence[Path] = ()
    """Banks given by path, which go before those of the same name elsewhere."""

    @cached_property
    def store(self) -> SessionStore:
        """The sessions on disk."""
        return SessionStore(self.home)

    @cached_property
    def grading(self) -> "GradingService":
        """The grader with its warm parents."""
        from examengine.grading.grade import GradingService

        return GradingService()

    @property
    def user_banks(self) -> Path:
        """The folder of the user's own banks."""
        return self.home / "banks"

    def close(self) -> None:
        """Let go of what came up."""
        if "grading" in self.__dict__:
            self.grading.close()
        if "store" in self.__dict__:
            self.store.close()
