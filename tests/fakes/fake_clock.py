"""A clock that moves only when it is told to."""

from examengine.core.clock import Reading


class FakeClock:
    """Starts at a fixed moment."""

    def __init__(self, boot: str = "boot-1") -> None:
        self.monotonic = 1000.0
        self.asleep = 0.0
        self.wall = 1_795_000_000.0
        self.boot = boot

    def read(self) -> Reading:
        """Return the time now."""
        return Reading(monotonic=self.monotonic, asleep=self.asleep, wall=self.wall, boot=self.boot)

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self.monotonic += seconds
        self.wall += seconds

    def sleep(self, seconds: float) -> None:
        """Let the machine sleep: the monotonic clock stands still."""
        self.asleep += seconds
        self.wall += seconds

    def set_wall(self, seconds: float) -> None:
        """Set the wall clock forward or back, as a person would."""
        self.wall += seconds

    def reboot(self, seconds: float) -> None:
        """Start the machine anew after a time."""
        self.boot += "'"
        self.monotonic = 5.0
        self.asleep = 0.0
        self.wall += seconds


class SequentialIds:
    """Gives ids in order."""

    def __init__(self) -> None:
        self._count = 0

    def new_id(self) -> str:
        """Return the next id."""
        self._count += 1
        return f"{self._count:016x}"
