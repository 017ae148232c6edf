"""Mutants that no test can tell from the reference, as an exercise states them, each with its reason."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import StringConstraints

from examengine.bank.mutant import Mutant
from examengine.core.model import Model
from examengine.itemtypes.item import Prose

_Piece = Annotated[str, StringConstraints(min_length=1, max_length=300)]


class StatedSurvivor(Model):
    """Mutants that may survive: those of a line of the reference, or one of them."""

    line_has: _Piece
    """A piece of the line's text: its number changes with every edit above it."""
    change: _Piece | None = None
    """What changed, as `bank check --run` tells it, or a piece of that; none: any change of the line."""
    reason: Prose
    """Why no test could tell: what is equivalent about it."""

    def fits(self, mutant: Mutant) -> bool:
        """Return whether a mutant is one of those that it speaks of."""
        return self.line_has in mutant.source and (self.change is None or self.change in mutant.change)


def reason_for(mutant: Mutant, stated: Sequence[StatedSurvivor]) -> str | None:
    """Return why a mutant may survive; None where nobody said so."""
    return next((one.reason for one in stated if one.fits(mutant)), None)
