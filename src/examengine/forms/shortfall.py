"""Why no form exists, in words an author can act on."""

from examengine.core.model import Model


class Shortfall(Model):
    """What the banks lack for a blueprint or a drill."""

    lines: tuple[str, ...]
    """One sentence each."""
    missing: int
    """The least number of items and exercises that would have to be written."""
    conflict: tuple[str, ...] = ()
    """What cannot be had together: with any one of these left out, the others can be met."""
    available: int = 0
    """For a drill: how many items fit the choice; nothing for an exam."""
