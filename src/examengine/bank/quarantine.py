"""An exercise that is kept out of what counts, because its verdicts are not always the same."""

from datetime import date

from examengine.core.model import Model
from examengine.itemtypes.item import Prose


class Quarantine(Model):
    """`quarantined` of an exercise: no exam draws it, drills still may."""

    since: date
    reason: Prose
    """What flips, in the author's words."""
