"""What an author of an ordering item may have overlooked."""

import re

from examengine.itemtypes.choice import lint_options
from examengine.itemtypes.ordering.model import Ordering
from examengine.itemtypes.spec import LintFinding

_NUMBER_WORDS = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten"}
_TELLS_ITS_PLACE = re.compile(r"^(first|second|then|next|finally|lastly|after that|step \d)\b", re.IGNORECASE)


def lint(item: Ordering) -> list[LintFinding]:
    """Return the flaws of one item."""
    found = lint_options(item.options, set(item.order))
    for index, option in enumerate(item.options):
        if _TELLS_ITS_PLACE.search(option.text):
            message = f"option {option.id} begins with a word that tells its place"
            found.append(LintFinding("option-tells-its-place", message, f"options.{index}.text"))
    surplus = len(item.options) - len(item.order)
    count = len(item.order)
    if surplus and _NUMBER_WORDS[count] not in item.stem.lower() and str(count) not in item.stem:
        message = f"options are left over, and the stem does not say that {_NUMBER_WORDS[count].upper()} belong"
        found.append(LintFinding("stem-without-count", message, "stem"))
    if item.rule in ("longest_common_subsequence", "adjacent") and count == 2:
        message = f"with two places {item.rule} gives all or nothing; say all_or_nothing, or ask for more places"
        found.append(LintFinding("rule-without-effect", message, "rule"))
    return found
