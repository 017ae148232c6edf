"""The registry's record of `numeric`."""

from collections.abc import Sequence
from fractions import Fraction

from examengine.itemtypes.numeric.classes import responses
from examengine.itemtypes.numeric.model import Numeric, NumericResponse
from examengine.itemtypes.numeric.reading import read_number, write_number
from examengine.itemtypes.numeric.scoring import is_blank, matching_slip, score
from examengine.itemtypes.spec import ItemTypeSpec, LintFinding


def show_number(value: Fraction) -> str:
    """Return a fraction as people write it: exact where it is a short decimal, else to ten figures."""
    if value.denominator == 1:
        return str(value.numerator)
    try:
        shown = f"{float(value):.10g}"
    except OverflowError:
        shown = "0"
    return shown if value == 0 or shown != "0" else write_number(value)


def _lint(item: Numeric) -> list[LintFinding]:
    found = []
    if score(item, NumericResponse(text=write_number(item.answer)), None).earned != 1:
        found.append(
            LintFinding(
                "key-not-full-marks", "nobody can type the answer so exactly: widen the first tolerance", "tolerance"
            )
        )
    for index, slip in enumerate(item.slips):
        reached = score(item, NumericResponse(text=write_number(slip.value)), None)
        if reached.earned == 1:
            found.append(
                LintFinding(
                    "slip-earns-full-marks",
                    f"slip {show_number(slip.value)} lies within the tolerance of the answer",
                    f"slips.{index}",
                )
            )
    return found


def _parse_line(item: Numeric, text: str, _order: Sequence[str]) -> NumericResponse:
    if text.strip() and read_number(text, item.unit) is None:
        raise ValueError("that is not a number; type one such as 0.25, 3/4 or 1e-3")
    return NumericResponse(text=text.strip())


def _explain(item: Numeric, response: NumericResponse) -> list[tuple[str, str, str]]:
    unit = f" {item.unit}" if item.unit else ""
    slip = matching_slip(item, response)
    lines = [(f"{show_number(item.answer)}{unit}", "key", item.rationale)]
    if slip is not None:
        lines.append((f"{show_number(slip.value)}{unit}", "your answer", slip.rationale))
    return lines


SPEC = ItemTypeSpec(
    name="numeric",
    title="Numeric",
    model=Numeric,
    response_model=NumericResponse,
    rules=("tolerance_bands",),
    score=score,
    correct_response=lambda item: NumericResponse(text=write_number(item.answer)),
    is_complete=lambda item, response: read_number(response.text, item.unit) is not None,
    is_blank=lambda _item, response: is_blank(response),
    lint=_lint,
    summarise=lambda item, response, _order: f"{response.text} {item.unit}".strip(),
    parse_line=_parse_line,
    explain=_explain,
    widget="examengine.itemtypes.numeric.widget:NumericView",
    responses=responses,
)
