"""Right or wrong."""

from fractions import Fraction

from examengine.core.evidence import Evidence
from examengine.itemtypes.multiple_choice.model import MultipleChoice, MultipleChoiceResponse
from examengine.itemtypes.spec import ItemScore, mark_of


def is_blank(response: MultipleChoiceResponse) -> bool:
    """Return whether nothing was picked."""
    return response.option is None


def score(item: MultipleChoice, response: MultipleChoiceResponse, _evidence: Evidence | None) -> ItemScore:
    """Give one point for the key and nothing for anything else."""
    earned = Fraction(int(response.option == item.key))
    return ItemScore(
        earned=earned, possible=Fraction(1), mark=mark_of(earned, Fraction(1), is_blank=is_blank(response))
    )
