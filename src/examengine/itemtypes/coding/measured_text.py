"""What a metric part came to, in words; for screens, reports and the command line alike."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from examengine.core.anchors import grid
from examengine.core.metric import LEVEL, METRICS
from examengine.itemtypes.spec import Measured, PartScore

_CHECKS = {
    "constant": "the same prediction for every row",
    "rows": "predictions that depend on the other hold-out rows",
    "labels": "predictions that do not depend on the training labels",
}


def measured_text(measured: Measured) -> str:
    """Return value, bound and anchors in one line, or why there is no value."""
    rule = METRICS[measured.metric]
    words = _anchors_text(measured)
    if measured.failed_checks:
        found = "; ".join(_CHECKS.get(name, name) for name in measured.failed_checks)
        return f"{rule.title} not counted: {found}"
    if measured.lower_bound is None:
        return f"{rule.title} not measured; {words}"
    step = grid(measured.anchors)
    side = "at least" if rule.greater_is_better else "at most"
    mean = sum(measured.values, Fraction(0)) / len(measured.values) if measured.values else measured.lower_bound
    seeds = f" (mean of {len(measured.values)} seeds)" if len(measured.values) > 1 else ""
    bound = f"{side} {decimal(measured.lower_bound, step)} with {LEVEL} % confidence"
    return f"{rule.title} {decimal(mean, step)}{seeds}, {bound}; {words}"


def basis_text(part: PartScore) -> str:
    """Return what the points of a part rest on: its tests, or its measurement."""
    if part.measured is not None:
        return measured_text(part.measured)
    return f"{part.tests_passed} of {part.tests} tests"


def measured_facts(measured: Measured) -> dict[str, Any]:
    """Return the measurement as plain values that JSON can hold, its words among them."""
    return {
        "metric": measured.metric,
        "values": [float(value) for value in measured.values],
        "lower_bound": None if measured.lower_bound is None else float(measured.lower_bound),
        "anchors": [[float(value), float(share)] for value, share in measured.anchors],
        "failed_checks": list(measured.failed_checks),
        "text": measured_text(measured),
    }


def _anchors_text(measured: Measured) -> str:
    first, *between, last = _shares(measured.anchors)
    return ", ".join([f"{first[0]} earns nothing", *(f"{v} earns {s} %" for v, s in between), f"{last[0]} everything"])


def _shares(anchors: Sequence[tuple[Fraction, Fraction]]) -> list[tuple[str, str]]:
    return [(f"{float(value):g}", f"{float(share * 100):.3g}") for value, share in anchors]


def decimal(value: Fraction, step: Fraction) -> str:
    """Return a number with the digits of a step that is a power of ten."""
    digits = max(0, len(str(step.denominator)) - 1)
    return f"{float(value):.{digits}f}"
