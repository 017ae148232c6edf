"""The registry's record of `multiple_response`."""

from collections.abc import Sequence

from examengine.itemtypes.choice import letters_to_options, lint_options, name_options
from examengine.itemtypes.multiple_response.model import MultipleResponse, MultipleResponseResponse
from examengine.itemtypes.multiple_response.scoring import is_blank, score
from examengine.itemtypes.spec import ItemTypeSpec, LintFinding, ResponseSpace

_NUMBER_WORDS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five"}


def _lint(item: MultipleResponse) -> list[LintFinding]:
    found = lint_options(item.options, set(item.keys))
    if item.choose != "all":
        word = _NUMBER_WORDS.get(item.choose, str(item.choose))
        if word not in item.stem.lower() and str(item.choose) not in item.stem:
            found.append(LintFinding("stem-without-count", f"the stem does not say to choose {word.upper()}", "stem"))
    return found


def _is_complete(item: MultipleResponse, response: MultipleResponseResponse) -> bool:
    return len(response.options) == item.choose if item.choose != "all" else not is_blank(response)


def _summarise(item: MultipleResponse, response: MultipleResponseResponse, order: Sequence[str]) -> str:
    return name_options(response.options, item.options, order)


def _parse_line(item: MultipleResponse, text: str, order: Sequence[str]) -> MultipleResponseResponse:
    picked = letters_to_options(text, order)
    if item.choose != "all" and len(picked) > item.choose:
        raise ValueError(f"pick {item.choose} options, such as A C")
    return MultipleResponseResponse(options=frozenset(picked))


def _explain(item: MultipleResponse, response: MultipleResponseResponse) -> list[tuple[str, str, str]]:
    def verdict(option_id: str) -> str:
        if option_id in item.keys:
            return "key" if option_id in response.options or is_blank(response) else "missed key"
        return "your pick" if option_id in response.options else ""

    return [(option.id, verdict(option.id), option.rationale) for option in item.options]


def _responses(item: MultipleResponse) -> ResponseSpace:
    names = item.option_ids()

    def at(number: int) -> MultipleResponseResponse:
        if not 0 <= number < 1 << len(names):
            raise IndexError(number)
        return MultipleResponseResponse(options=frozenset(n for i, n in enumerate(names) if number >> i & 1))

    return ResponseSpace(
        count=1 << len(names),
        at=at,
        unread=(("everything ticked", MultipleResponseResponse(options=frozenset(names))),),
    )


SPEC = ItemTypeSpec(
    name="multiple_response",
    title="Multiple response",
    model=MultipleResponse,
    response_model=MultipleResponseResponse,
    rules=("all_or_nothing", "net_correct", "each_option", "coverage"),
    score=score,
    correct_response=lambda item: MultipleResponseResponse(options=frozenset(item.keys)),
    is_complete=_is_complete,
    is_blank=lambda _item, response: is_blank(response),
    lint=_lint,
    summarise=_summarise,
    parse_line=_parse_line,
    explain=_explain,
    widget="examengine.itemtypes.multiple_response.widget:MultipleResponseView",
    responses=_responses,
)
