"""Points per part, from the evidence of the hidden tests."""

from fractions import Fraction

from examengine.core.evidence import Evidence, TestOutcome, TestStatus, Verdict
from examengine.itemtypes.coding.model import SOLUTION, Coding, CodingResponse, Part
from examengine.itemtypes.spec import ItemScore, Mark, PartScore, mark_of

HIDDEN_TESTS = "test_hidden.py"


def is_blank(item: Coding, response: CodingResponse) -> bool:
    """Return whether the files are still those of the starter."""
    return all(_plain(text) == _plain(item.starter.get(name, "")) for name, text in response.files.items())


def full_test_id(test: str) -> str:
    """Return a test's id with its file; a name without one lives in the main hidden test file."""
    return test if test.split("::", 1)[0].endswith(".py") else f"{HIDDEN_TESTS}::{test}"


def score(item: Coding, response: CodingResponse, evidence: Evidence | None) -> ItemScore:
    """Score a response: a blank one is worth nothing, any other what its evidence says."""
    if is_blank(item, response):
        parts = _parts(item, None)
        return ItemScore(earned=Fraction(0), possible=_possible(item), mark=Mark.BLANK, parts=parts)
    return score_evidence(item, evidence)


def score_evidence(item: Coding, evidence: Evidence | None) -> ItemScore:
    """Give each part the share of its points that its passed tests earn.

    Without evidence, or where the grader was unavailable, the score is open (`ungraded`).
    """
    possible = _possible(item)
    if evidence is None or evidence.verdict is Verdict.UNAVAILABLE:
        return ItemScore(earned=Fraction(0), possible=possible, mark=Mark.UNGRADED, parts=_parts(item, None))
    parts = _parts(item, evidence)
    earned = sum((part.earned for part in parts), Fraction(0))
    return ItemScore(earned=earned, possible=possible, mark=mark_of(earned, possible, is_blank=False), parts=parts)


def passed(test: str, outcomes: tuple[TestOutcome, ...]) -> bool:
    """Return whether a test passed: itself, or every one of its parameter sets."""
    name = full_test_id(test)
    own = [outcome for outcome in outcomes if outcome.id == name or outcome.id.startswith(f"{name}[")]
    return bool(own) and all(outcome.outcome is TestStatus.PASSED for outcome in own)


def _possible(item: Coding) -> Fraction:
    return sum((part.points for part in item.parts), Fraction(0))


def _parts(item: Coding, evidence: Evidence | None) -> tuple[PartScore, ...]:
    outcomes = evidence.tests if evidence is not None else ()
    return tuple(_part_score(part, outcomes) for part in item.parts)


def _part_score(part: Part, outcomes: tuple[TestOutcome, ...]) -> PartScore:
    count = sum(passed(test, outcomes) for test in part.tests)
    share = Fraction(int(count == len(part.tests))) if part.credit == "all" else Fraction(count, len(part.tests))
    return PartScore(
        id=part.id,
        title=part.title,
        domain=part.domain,
        earned=part.points * share,
        possible=part.points,
        tests_passed=count,
        tests=len(part.tests),
    )


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").rstrip()


def solution_of(response: CodingResponse) -> str:
    """Return the text of the main file."""
    return response.files.get(SOLUTION, "")
