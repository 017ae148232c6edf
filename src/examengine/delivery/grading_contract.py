"""The JSON of a graded submission that scripts rely on."""

from typing import Any

from examengine.delivery.grade_submission import GradedSubmission
from examengine.itemtypes.coding.measured_text import measured_facts


def as_contract(graded: GradedSubmission) -> dict[str, Any]:
    """Return everything about a grading, times included."""
    evidence = graded.evidence
    layers = evidence.isolation.layers if evidence.isolation else ()
    return {
        "verdict": evidence.verdict.value,
        "message": evidence.message,
        "earned": float(graded.earned),
        "possible": float(graded.possible),
        "parts": parts_as_contract(graded),
        "tests": [
            {"id": test.id, "outcome": test.outcome.value, "message": test.message, "seconds": test.seconds}
            for test in evidence.tests
        ],
        "output": evidence.output,
        "isolation_level": evidence.isolation.level.value if evidence.isolation else None,
        "isolation": [layer.name for layer in layers if layer.active],
        "seconds": evidence.seconds,
    }


def parts_as_contract(graded: GradedSubmission) -> list[dict[str, Any]]:
    """Return the parts of an exercise with their points."""
    return [
        {
            "id": part.id,
            "title": part.title,
            "domain": part.domain,
            "earned": float(part.earned),
            "possible": float(part.possible),
            "tests_passed": part.tests_passed,
            "tests": part.tests,
            **({"measured": measured_facts(part.measured)} if part.measured else {}),
        }
        for part in graded.parts
    ]
