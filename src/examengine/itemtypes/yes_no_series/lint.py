"""What an author of a yes/no series may have overlooked."""

import re
from itertools import pairwise

from examengine.itemtypes.spec import LintFinding
from examengine.itemtypes.yes_no_series.model import YesNoSeries

_POSITION = re.compile(
    r"\bstatements? \(?\d\b|\b(first|second|third|last|previous) statement\b|\bstatements? (above|below)\b",
    re.IGNORECASE,
)
_FEWEST_FOR_A_PATTERN = 4


def lint(item: YesNoSeries) -> list[LintFinding]:
    """Return the flaws of one series."""
    found: list[LintFinding] = []
    seen: dict[str, str] = {}
    for index, one in enumerate(item.statements):
        normal = " ".join(one.text.lower().split()).rstrip(".")
        if normal in seen:
            message = f"statements {seen[normal]} and {one.id} say the same"
            found.append(LintFinding("statement-repeated", message, f"statements.{index}.text"))
        seen[normal] = one.id
        for field, text in (("text", one.text), ("rationale", one.rationale)):
            if item.shuffle and _POSITION.search(text):
                found.append(
                    LintFinding(
                        "statement-names-a-position",
                        f"the {field} of statement {one.id} speaks of another by its place; statements are shuffled",
                        f"statements.{index}.{field}",
                    )
                )
    answers = [one.answer for one in item.statements]
    changes = sum(one != other for one, other in pairwise(answers))
    if not item.shuffle and len(answers) >= _FEWEST_FOR_A_PATTERN and changes in (1, len(answers) - 1):
        message = "the answers follow a pattern in the author's order, and statements are not shuffled"
        found.append(LintFinding("key-pattern", message, "statements"))
    return found
