"""What an author of a gap-choice item may have overlooked."""

from examengine.itemtypes.choice import lint_options
from examengine.itemtypes.gap_choice.model import MARKER, GapChoice
from examengine.itemtypes.numbered import one_line
from examengine.itemtypes.spec import LintFinding

_FEWEST_FOR_A_HABIT = 3


def lint(item: GapChoice) -> list[LintFinding]:
    """Return the flaws of one item."""
    found: list[LintFinding] = []
    for index, gap in enumerate(item.gaps):
        found += [
            LintFinding(one.code, f"gap {gap.id}: {one.message}", f"gaps.{index}.{one.field}")
            for one in lint_options(gap.options, {gap.key})
        ]
    if item.text is not None:
        ids = {gap.id for gap in item.gaps}
        for name in MARKER.findall(item.text):
            if name not in ids:
                message = f"[[{name}]] names no gap and is shown as it stands; the gaps are {', '.join(sorted(ids))}"
                found.append(LintFinding("unknown-gap", message, "text"))
    places = {[option.id for option in gap.options].index(gap.key) for gap in item.gaps}
    words = [{one_line(option.text) for option in gap.options} for gap in item.gaps]
    if not item.shuffle and len(places) == 1 and len(item.gaps) >= _FEWEST_FOR_A_HABIT and words[0] != words[1]:
        message = "the key stands at the same place in every gap, and options are not shuffled"
        found.append(LintFinding("key-position", message, "gaps"))
    return found
