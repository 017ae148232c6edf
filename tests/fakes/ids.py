"""Ids in sequence."""


class SequentialIds:
    """Gives 0000000000000001, 0000000000000002, and so on."""

    def __init__(self) -> None:
        self._last = 0

    def new_id(self) -> str:
        """Return the next id."""
        self._last += 1
        return f"{self._last:016x}"
