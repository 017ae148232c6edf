"""A clock that moves only when it is told to."""

from examengine.core.clock import Reading


class FakeClock:
    """Gives readings of a time that the test sets."""

    def __init__(self, monotonic: float = 1000.0, wall: float = 1_795_000_000.0) -> None:
        self._now = Reading(monotonic=monotonic, wall=wall, asleep=0.0, boot="boot-1")

    def read(self) -> Reading:
        """Return the time now."""
        return self._now

    def advance(self, seconds: float) -> None:
        """Let time pass while the machine is awake."""
        now = self._now
        self._now = now.model_copy(update={"monotonic": now.monotonic + seconds, "wall": now.wall + seconds})

    def sleep(self, seconds: float) -> None:
        """Let time pass while the machine sleeps."""
        now = self._now
        self._now = now.model_copy(update={"asleep": now.asleep + seconds, "wall": now.wall + seconds})

    def set_wall(self, wall: float) -> None:
        """Change the wall clock alone, as somebody with a screwdriver would."""
        self._now = self._now.model_copy(update={"wall": wall})

    def reboot(self, seconds: float) -> None:
        """Start the machine again after some seconds."""
        boot = f"{self._now.boot}+"
        self._now = Reading(monotonic=5.0, wall=self._now.wall + seconds, asleep=0.0, boot=boot)
