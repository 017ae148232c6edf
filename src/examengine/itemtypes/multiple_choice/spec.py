"""The registry's record of `multiple_choice`."""

from collections.abc import Sequence

from examengine.itemtypes.choice import letters_to_options, lint_options, name_options
from examengine.itemtypes.multiple_choice.model import MultipleChoice, MultipleChoiceResponse
from examengine.itemtypes.multiple_choice.scoring import is_blank, score
from examengine.itemtypes.spec import ItemTypeSpec, LintFinding, ResponseSpace


def _lint(item: MultipleChoice) -> list[LintFinding]:
    return lint_options(item.options, {item.key})


def _summarise(item: MultipleChoice, response: MultipleChoiceResponse, order: Sequence[str]) -> str:
    return name_options({response.option} if response.option else set(), item.options, order)


def _parse_line(_item: MultipleChoice, text: str, order: Sequence[str]) -> MultipleChoiceResponse:
    picked = letters_to_options(text, order)
    if len(picked) > 1:
        raise ValueError("pick one option, such as B")
    return MultipleChoiceResponse(option=picked[0] if picked else None)


def _explain(item: MultipleChoice, response: MultipleChoiceResponse) -> list[tuple[str, str, str]]:
    verdicts = {item.key: "key"} | ({response.option: "your pick"} if response.option not in (None, item.key) else {})
    return [(option.id, verdicts.get(option.id, ""), option.rationale) for option in item.options]


def _responses(item: MultipleChoice) -> ResponseSpace:
    known = (None, *item.option_ids())
    return ResponseSpace(count=len(known), at=lambda number: MultipleChoiceResponse(option=known[number]))


SPEC = ItemTypeSpec(
    name="multiple_choice",
    title="Multiple choice",
    model=MultipleChoice,
    response_model=MultipleChoiceResponse,
    rules=("right_wrong",),
    score=score,
    correct_response=lambda item: MultipleChoiceResponse(option=item.key),
    is_complete=lambda _item, response: not is_blank(response),
    is_blank=lambda _item, response: is_blank(response),
    lint=_lint,
    summarise=_summarise,
    parse_line=_parse_line,
    explain=_explain,
    widget="examengine.itemtypes.multiple_choice.widget:MultipleChoiceView",
    responses=_responses,
)
