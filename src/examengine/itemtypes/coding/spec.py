"""The registry's record of `coding`."""

import ast
from collections.abc import Sequence

from examengine.core.counted import counted
from examengine.itemtypes.coding.model import SOLUTION, Coding, CodingResponse
from examengine.itemtypes.coding.scoring import is_blank, score, solution_of
from examengine.itemtypes.spec import FileEdit, ItemTypeSpec, LintFinding


def _lint(item: Coding) -> list[LintFinding]:
    found = []
    if item.seconds != item.minutes * 60:
        found.append(LintFinding("seconds-differ-from-minutes", "seconds and minutes disagree", "minutes"))
    for name, text in {**item.starter, **item.sample_tests}.items():
        try:
            ast.parse(text)
        except (SyntaxError, ValueError) as error:
            found.append(LintFinding("python-syntax", f"{name} is not Python: {error}", name))
    return found


def _summarise(_item: Coding, response: CodingResponse, _order: Sequence[str]) -> str:
    lines = len(solution_of(response).splitlines())
    return f"{SOLUTION}, {counted(lines, 'line')}"


def _apply_edit(item: Coding, response: CodingResponse, edit: FileEdit) -> CodingResponse:
    files = dict(response.files or item.starter)
    files[edit.file] = edit.apply(files.get(edit.file, ""))
    return CodingResponse(files=files)


SPEC = ItemTypeSpec(
    name="coding",
    title="Coding exercise",
    model=Coding,
    response_model=CodingResponse,
    rules=("points_per_part",),
    score=score,
    correct_response=lambda _item: None,  # the reference lives in the exercise package, never in the item
    is_complete=lambda item, response: not is_blank(item, response),
    is_blank=is_blank,
    lint=_lint,
    summarise=_summarise,
    parse_line=lambda _item, text, _order: CodingResponse(files={SOLUTION: text}),
    explain=lambda item, _response: [("", "", item.rationale)],
    apply_edit=_apply_edit,
    widget="examengine.itemtypes.coding.widget:CodingView",
)
