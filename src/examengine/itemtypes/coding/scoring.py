"""Points per part, from the evidence of the hidden tests."""

from fractions import Fraction

from examengine.core.anchors import credit, rounded
from examengine.core.evidence import Evidence, Measure, TestOutcome, TestStatus, Verdict
from examengine.core.metric import PREFIX, MetricTask, metric_steps, metric_test
from examengine.itemtypes.coding.model import SOLUTION, Coding, CodingResponse, MetricPart, Part
from examengine.itemtypes.spec import ItemScore, Mark, Measured, PartScore, mark_of

HIDDEN_TESTS = "test_hidden.py"


def is_blank(item: Coding, response: CodingResponse) -> bool:
    """Return whether the files are still those of the starter."""
    return all(_plain(text) == _plain(item.starter.get(name, "")) for name, text in response.files.items())


def full_test_id(test: str) -> str:
    """Return a test's id with its file; a name without one lives in the main hidden test file.

    The id of a measurement stands in no file.
    """
    if test.startswith(PREFIX):
        return test
    return test if test.split("::", 1)[0].endswith(".py") else f"{HIDDEN_TESTS}::{test}"


def metric_tasks(item: Coding) -> tuple[MetricTask, ...]:
    """Return what grading is to measure for an exercise."""
    return tuple(part.task() for part in item.parts if isinstance(part, MetricPart))


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
    return tuple(
        _measured_part(part, evidence)
        if isinstance(part, MetricPart)
        else _part_score(part, evidence.tests if evidence is not None else ())
        for part in item.parts
    )


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


def _measured_part(part: MetricPart, evidence: Evidence | None) -> PartScore:
    measures = [one for one in evidence.measures if one.part == part.id] if evidence is not None else []
    measure = measures[0] if len(measures) == 1 else Measure(part=part.id)
    bound = measure.lower_bound
    is_sound = evidence is not None and _was_measured(part, measure, evidence.tests)
    share = credit(part.anchors, bound) if is_sound and bound is not None else Fraction(0)
    return PartScore(
        id=part.id,
        title=part.title,
        domain=part.domain,
        earned=part.points * share,
        possible=part.points,
        tests_passed=int(share == 1),
        tests=1,
        measured=Measured(
            metric=part.metric,
            values=tuple(rounded(value, part.anchors) for value in measure.values),
            lower_bound=None if bound is None else rounded(bound, part.anchors),
            anchors=part.anchors,
            failed_checks=tuple(check.name for check in measure.checks if not check.passed),
        ),
    )


def _was_measured(part: MetricPart, measure: Measure, outcomes: tuple[TestOutcome, ...]) -> bool:
    """Return whether every step ended well; the last one may tell that the bound earns less than everything."""
    *steps, last = metric_steps(part.id, part.seeds)
    own = [one for one in outcomes if one.id.startswith(f"{metric_test(part.id)}[")]
    found = {one.id: one.outcome for one in own}
    return (
        len(own) == len(found) == len(steps) + 1
        and found.get(last) in {TestStatus.PASSED, TestStatus.FAILED}
        and all(found.get(step) is TestStatus.PASSED for step in steps)
        and all(check.passed for check in measure.checks)
        and len(measure.values) == len(part.seeds)
    )


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").rstrip()


def solution_of(response: CodingResponse) -> str:
    """Return the text of the main file."""
    return response.files.get(SOLUTION, "")
