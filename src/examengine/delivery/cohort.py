"""What a batch came to as a whole: counts, points, parts, domains, and the tests most often failed."""

import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from examengine.core.counted import counted
from examengine.core.evidence import TestStatus
from examengine.core.model import Model
from examengine.delivery.batch_row import BatchRow, RowOutcome

_TESTS = 10
_PLACES = 4


class Share(Model):
    """The mean of a part or a domain over the graded submissions."""

    name: str
    title: str
    earned: float
    possible: float


class FailedTest(Model):
    """A test, and how many of those that ran it failed it."""

    id: str
    failed: int
    of: int


class CohortSummary(Model):
    """A batch as a whole. Points count over the submissions that could be read and graded."""

    submissions: int
    outcomes: dict[str, int]
    verdicts: dict[str, int]
    scored: int
    """How many submissions the points below are of: all but the unreadable and the unavailable."""
    mean: float | None = None
    lowest: float | None = None
    quartiles: tuple[float, float, float] | None = None
    """First, median, third."""
    highest: float | None = None
    possible: float = 0.0
    parts: tuple[Share, ...] = ()
    domains: tuple[Share, ...] = ()
    most_failed: tuple[FailedTest, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the summary as plain JSON values."""
        return self.model_dump(mode="json")


def summarise(rows: Sequence[BatchRow]) -> CohortSummary:
    """Return the summary of all rows; it does not depend on their order."""
    scored = [row for row in rows if row.outcome not in {RowOutcome.UNREADABLE, RowOutcome.UNAVAILABLE}]
    points = sorted(row.graded.earned for row in scored)
    found: dict[str, Any] = {}
    if points:
        cuts = statistics.quantiles(points, n=4, method="inclusive") if len(points) > 1 else points * 3
        found = {
            "mean": _rounded(_mean(points)),
            "lowest": _rounded(points[0]),
            "quartiles": tuple(map(_rounded, cuts)),
            "highest": _rounded(points[-1]),
            "possible": _rounded(max(row.graded.possible for row in scored)),
        }
    return CohortSummary(
        submissions=len(rows),
        outcomes=_counts((row.outcome.value for row in rows), [one.value for one in RowOutcome]),
        verdicts=_counts((row.graded.evidence.verdict.value for row in rows), []),
        scored=len(scored),
        parts=_shares(scored, by_domain=False),
        domains=_shares(scored, by_domain=True),
        most_failed=_most_failed(scored),
        **found,
    )


def _counts(values: Iterable[str], order: Sequence[str]) -> dict[str, int]:
    counted = Counter(values)
    return {name: counted[name] for name in (*order, *sorted(set(counted) - set(order))) if counted[name]}


def _shares(rows: Sequence[BatchRow], *, by_domain: bool) -> tuple[Share, ...]:
    earned: dict[str, Fraction] = {}
    possible: dict[str, Fraction] = {}
    titles: dict[str, str] = {}
    for row in rows:
        for part in row.graded.parts:
            name = part.domain if by_domain else part.id
            titles.setdefault(name, part.domain if by_domain else part.title)
            earned[name] = earned.get(name, Fraction(0)) + part.earned
            possible[name] = possible.get(name, Fraction(0)) + part.possible
    return tuple(
        Share(
            name=name,
            title=titles[name],
            earned=_rounded(earned[name] / len(rows)),
            possible=_rounded(possible[name] / len(rows)),
        )
        for name in titles
    )


def _most_failed(rows: Sequence[BatchRow]) -> tuple[FailedTest, ...]:
    failed: Counter[str] = Counter()
    ran: Counter[str] = Counter()
    for row in rows:
        for test in row.graded.evidence.tests:
            ran[test.id] += 1
            failed[test.id] += test.outcome is not TestStatus.PASSED
    worst = sorted((one for one in failed if failed[one]), key=lambda one: (-failed[one], one))[:_TESTS]
    return tuple(FailedTest(id=one, failed=failed[one], of=ran[one]) for one in worst)


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def _rounded(value: Fraction) -> float:
    return round(float(value), _PLACES)


def summary_lines(summary: CohortSummary) -> list[str]:
    """Return the summary as lines of text."""
    counts = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in summary.outcomes.items())
    lines = [f"{counted(summary.submissions, 'submission')}: {counts}"]
    if summary.quartiles is not None:
        first, median, third = summary.quartiles
        lines.append(
            f"points of {summary.scored} scored: mean {summary.mean:g} of {summary.possible:g};"
            f" lowest {summary.lowest:g}, quartiles {first:g}, {median:g}, {third:g}, highest {summary.highest:g}"
        )
    for title, shares in (("parts", summary.parts), ("domains", summary.domains)):
        if shares:
            lines.append(f"{title}, mean points:")
            lines += [f"  {one.earned:g} of {one.possible:g}  {one.title}" for one in shares]
    if summary.most_failed:
        lines.append("tests most often failed:")
        lines += [f"  {one.failed} of {one.of}  {one.id}" for one in summary.most_failed]
    return lines
