"""What an author of a short-text item may have overlooked."""

from examengine.itemtypes.short_text.model import ShortTextItem
from examengine.itemtypes.short_text.scoring import best_match, pattern_fits
from examengine.itemtypes.spec import LintFinding

_NONSENSE = "qzx vkj 0"


def lint(item: ShortTextItem) -> list[LintFinding]:
    """Return the flaws of one item."""
    found: list[LintFinding] = []
    seen: dict[str, int] = {}
    for index, answer in enumerate(item.answers):
        plain = item.normalise.plain(answer.text)
        place = f"answers.{index}"
        if plain in seen:
            message = f"'{answer.text}' equals answer {seen[plain] + 1} after normalising"
            found.append(LintFinding("answer-repeated", message, f"{place}.text"))
        seen.setdefault(plain, index)
        reached = best_match(item, answer.text)
        if reached is not None and reached.credit > answer.credit:
            message = f"'{answer.text}' stands with less credit than a pattern gives it"
            found.append(LintFinding("answer-overruled", message, f"{place}.text"))
        if answer.credit < 1 and answer.rationale is None:
            message = f"'{answer.text}' gives part of the credit, and nothing says what it lacks"
            found.append(LintFinding("partial-without-rationale", message, place))
    found += _lint_patterns(item)
    for index, slip in enumerate(item.slips):
        if slip.text is not None and best_match(item, slip.text) is not None:
            message = f"slip '{slip.text}' is accepted as an answer"
            found.append(LintFinding("slip-earns-marks", message, f"slips.{index}"))
        if slip.pattern is not None and any(pattern_fits(item, slip.pattern, one.text) for one in item.answers):
            message = f"the slip's pattern '{slip.pattern}' covers an accepted answer"
            found.append(LintFinding("slip-earns-marks", message, f"slips.{index}"))
    return found


def _lint_patterns(item: ShortTextItem) -> list[LintFinding]:
    found: list[LintFinding] = []
    for index, one in enumerate(item.patterns):
        place = f"patterns.{index}.pattern"
        if pattern_fits(item, one.pattern, "") or pattern_fits(item, one.pattern, _NONSENSE):
            message = f"pattern '{one.pattern}' accepts any text"
            found.append(LintFinding("pattern-accepts-anything", message, place))
        covered = [answer for answer in item.answers if pattern_fits(item, one.pattern, answer.text)]
        if any(answer.credit != one.credit for answer in covered):
            message = f"pattern '{one.pattern}' covers an answer with another credit; the higher one counts"
            found.append(LintFinding("patterns-overlap", message, place))
        for other in item.patterns[:index]:
            if other.pattern == one.pattern:
                found.append(LintFinding("patterns-overlap", f"pattern '{one.pattern}' stands twice", place))
            elif other.credit != one.credit and any(
                pattern_fits(item, other.pattern, answer.text) for answer in covered
            ):
                message = f"patterns '{other.pattern}' and '{one.pattern}' cover the same answer with other credits"
                found.append(LintFinding("patterns-overlap", message, place))
    return found
