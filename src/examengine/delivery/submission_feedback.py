"""The feedback of one submission as Markdown: points, tests, messages, output; never a hidden test's source."""

import re

from examengine.core.evidence import TestStatus
from examengine.delivery.assignments import GradedSubmission
from examengine.itemtypes.coding.measured_text import basis_text
from examengine.itemtypes.spec import PartScore

_OUTPUT_CHARACTERS = 2000
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!$&])")


def feedback_markdown(name: str, title: str, file: str, graded: GradedSubmission) -> str:
    """Return what the author of a submission should read.

    Args:
        name: the submission's.
        title: of the exercise; empty where there is none.
        file: which of the submitted files was graded; empty where none was.
        graded: what the grading came to.
    """
    evidence = graded.evidence
    lines = [f"# {_plain(name)}", ""]
    if title:
        lines += [_plain(title), ""]
    if evidence.verdict.value == "unavailable":
        lines += ["**Not graded yet**: trouble on the grader's side, never a zero.", ""]
    else:
        points = "points" if graded.parts else "tests"
        lines += [f"**{float(graded.earned):g} of {float(graded.possible):g} {points}** ({evidence.verdict})", ""]
    if file:
        lines += [f"Graded: {_plain(file)}", ""]
    if evidence.message:
        lines += [*_quoted(evidence.message), ""]
    if graded.parts:
        lines += ["| part | domain | points | tests |", "|---|---|--:|--:|"]
        lines += [_part(part) for part in graded.parts]
        lines.append("")
    if evidence.tests:
        lines += ["## Tests", ""]
        for test in evidence.tests:
            mark = "✓" if test.outcome is TestStatus.PASSED else "✗"
            lines.append(f"- {mark} {_plain(test.id)}: {test.outcome}")
            if test.message and test.message != evidence.message:
                lines += ["", *(f"  {line}".rstrip() for line in _quoted(test.message)), ""]
        lines.append("")
    if evidence.output.strip():
        lines += ["## Printed", "", *_quoted(_cut(evidence.output)), ""]
    if evidence.isolation is not None:
        lines += [f"Isolation level {evidence.isolation.level}.", ""]
    return "\n".join(lines).rstrip() + "\n"


def _part(part: PartScore) -> str:
    return (
        f"| {_plain(part.title)} | {_plain(part.domain)} | {float(part.earned):g} of {float(part.possible):g}"
        f" | {_plain(basis_text(part)) if part.measured else f'{part.tests_passed} of {part.tests}'} |"
    )


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _quoted(text: str) -> list[str]:
    """Return text as a code block that nothing in it can end."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return [f"{fence}text", *text.rstrip().splitlines(), fence]


def _cut(output: str) -> str:
    return output if len(output) <= _OUTPUT_CHARACTERS else output[:_OUTPUT_CHARACTERS].rstrip() + "\n…"
