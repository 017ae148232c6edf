"""What the use cases work with: made once at the rim and handed in."""

import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # Imported where they are first needed: the first screen is painted before the models of a session are loaded.
    from examengine.bank.bank_cache import BankCache
    from examengine.core.clock import Clock, IdSource
    from examengine.grading.grade import GradingService
    from examengine.store.session_store import SessionStore


def home_folder() -> Path:
    """Return where all user data lies: EXAMENGINE_HOME, or the system's place for it."""
    named = os.environ.get("EXAMENGINE_HOME")
    if named:
        return Path(named).expanduser()
    import platformdirs

    return platformdirs.user_data_path("examengine")


def cache_folder() -> Path:
    """Return where banks that were read are kept: below EXAMENGINE_HOME, or the system's place for caches."""
    named = os.environ.get("EXAMENGINE_HOME")
    if named:
        return Path(named).expanduser() / "cache"
    import platformdirs

    return platformdirs.user_cache_path("examengine")


class Services:
    """Clock, ids, disk and grader; each comes up when it is first needed."""

    def __init__(
        self,
        *,
        home: Path | None = None,
        clock: "Clock | None" = None,
        ids: "IdSource | None" = None,
        bank_folders: Sequence[Path] = (),
    ) -> None:
        """Hand in what is not to be the machine's own.

        Args:
            home: where all user data lies.
            clock: the time.
            ids: the source of session ids.
            bank_folders: banks given by path, which go before those of the same name elsewhere.
        """
        self.home = home or home_folder()
        self._cache_folder = cache_folder() if home is None else home / "cache"
        self.bank_folders = bank_folders
        self._clock = clock
        self._ids = ids

    @cached_property
    def clock(self) -> "Clock":
        """The time."""
        from examengine.delivery.system import SystemClock

        return self._clock or SystemClock()

    @cached_property
    def ids(self) -> "IdSource":
        """The source of session ids."""
        from examengine.delivery.system import RandomIds

        return self._ids or RandomIds()

    @cached_property
    def store(self) -> "SessionStore":
        """The sessions on disk."""
        from examengine.store.session_store import SessionStore

        return SessionStore(self.home)

    @cached_property
    def grading(self) -> "GradingService":
        """The grader with its warm parents."""
        from examengine.grading.grade import GradingService

        return GradingService()

    @cached_property
    def bank_cache(self) -> "BankCache | None":
        """The banks that were read before; None where EXAMENGINE_NO_CACHE says so."""
        if os.environ.get("EXAMENGINE_NO_CACHE"):
            return None
        from examengine.bank.bank_cache import BankCache

        # The secret lies with the user's data: who may write in the cache folder alone forges nothing.
        return BankCache(self._cache_folder / "banks", self.home / "bank-cache.key")

    @cached_property
    def report_cache(self) -> "BankCache | None":
        """What the exercises of banks came to before; None where EXAMENGINE_NO_CACHE says so."""
        if os.environ.get("EXAMENGINE_NO_CACHE"):
            return None
        from examengine.bank.bank_cache import BankCache

        return BankCache(self._cache_folder / "exercises", self.home / "bank-cache.key", max_entries=1000)

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
