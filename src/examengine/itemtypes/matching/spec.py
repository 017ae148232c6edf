"""The registry's record of `matching`."""

from collections.abc import Sequence

from examengine.itemtypes.choice import letters_to_options
from examengine.itemtypes.matching.lint import lint
from examengine.itemtypes.matching.model import Matching, MatchingResponse
from examengine.itemtypes.matching.scoring import is_blank, pairs_of, right_prompts, score
from examengine.itemtypes.numbered import choices_at, count_choices, each_row, one_line, plain_line, read_rows
from examengine.itemtypes.spec import AnswerLine, ItemTypeSpec, ResponseSpace, position_label

_USAGE = (
    "give the letter of an option for each row in order, such as B A -, with - for one left blank, or by number,"
    " such as 1B 3A"
)


def task_line(item: Matching) -> str:
    """Return how often an option may be used."""
    if item.reuse:
        return "Match each row with an option; an option may be used more than once."
    return "Match each row with an option; an option may be used once."


def _texts(item: Matching) -> dict[str, str]:
    return {option.id: plain_line(option.text) for option in item.options}


def _summarise(item: Matching, response: MatchingResponse, order: Sequence[str]) -> str:
    pairs, texts = pairs_of(item, response), _texts(item)
    letters = {name: position_label(index) for index, name in enumerate(order)}
    return each_row(
        [one.id for one in item.prompts],
        lambda prompt: f"{letters[pairs[prompt]]} ({texts[pairs[prompt]]})" if prompt in pairs else None,
    )


def _parse_line(item: Matching, text: str, order: Sequence[str]) -> MatchingResponse:
    prompts = [one.id for one in item.prompts]
    pairs: dict[str, str] = {}
    for row, word in read_rows(text, len(prompts), _USAGE).items():
        options = letters_to_options(word, order)
        if len(options) != 1:
            raise ValueError(_USAGE)
        if not item.reuse and options[0] in pairs.values():
            raise ValueError(f"option {word.upper()} is used twice; each option matches one row")
        pairs[prompts[row]] = options[0]
    return MatchingResponse(pairs=pairs)


def verdict_of(item: Matching, prompt: str, given: str | None, *, is_right: bool, blank: bool) -> str:
    """Return the match of a prompt, and what it was matched with."""
    texts = _texts(item)
    key = texts[item.key[prompt]]
    if blank:
        return key
    if is_right:
        return f"{key}, as you matched it"
    if given is None:
        return f"{key}; no answer"
    if given == item.key[prompt]:
        return f"{key}; you used it more than once"
    return f"{key}; you matched {texts[given]}"


def _explain(item: Matching, response: MatchingResponse) -> list[tuple[str, str, str]]:
    return [
        (prompt.id, line.verdict, line.rationale)
        for prompt, line in zip(item.prompts, _answer_lines(item, response, item.option_ids()), strict=False)
    ]


def _answer_lines(item: Matching, response: MatchingResponse, _order: Sequence[str]) -> list[AnswerLine]:
    pairs = pairs_of(item, response)
    right = right_prompts(item, pairs)
    options = {option.id: option for option in item.options}
    lines = []
    for number, prompt in enumerate(item.prompts, start=1):
        given, is_right = pairs.get(prompt.id), prompt.id in right
        reasons = [prompt.rationale or options[item.key[prompt.id]].rationale]
        if given is not None and given != item.key[prompt.id]:
            reasons.append(f"{one_line(options[given].text)}: {options[given].rationale}")
        lines.append(
            AnswerLine(
                label=str(number),
                text=one_line(prompt.text),
                verdict=verdict_of(item, prompt.id, given, is_right=is_right, blank=not pairs),
                rationale="\n\n".join(reasons),
                is_key=is_right,
                is_picked=given is not None,
            )
        )
    surplus = [option for option in item.options if option.id not in item.key.values()]
    lines += [AnswerLine("\u2013", one_line(option.text), "matches none", option.rationale) for option in surplus]
    return lines


def _ask_lines(item: Matching, order: Sequence[str]) -> list[str]:
    texts = _texts(item)
    return [
        task_line(item),
        *(f"{number}. {plain_line(prompt.text)}" for number, prompt in enumerate(item.prompts, start=1)),
        "Options:",
        *(f"{position_label(index)}. {texts[name]}" for index, name in enumerate(order)),
    ]


def _responses(item: Matching) -> ResponseSpace:
    choices = {prompt.id: item.option_ids() for prompt in item.prompts}
    return ResponseSpace(
        count=count_choices([len(options) for options in choices.values()]),
        at=lambda number: MatchingResponse(pairs=choices_at(number, choices)),
        unread=tuple(
            (f"{name} everywhere", MatchingResponse(pairs=dict.fromkeys(choices, name))) for name in item.option_ids()
        ),
    )


SPEC = ItemTypeSpec(
    name="matching",
    title="Matching",
    model=Matching,
    response_model=MatchingResponse,
    rules=("all_or_nothing", "proportional"),
    score=score,
    correct_response=lambda item: MatchingResponse(pairs=item.key),
    is_complete=lambda item, response: len(pairs_of(item, response)) == len(item.prompts),
    is_blank=is_blank,
    lint=lint,
    summarise=_summarise,
    parse_line=_parse_line,
    explain=_explain,
    widget="examengine.itemtypes.matching.widget:MatchingView",
    ask_lines=_ask_lines,
    answer_lines=_answer_lines,
    responses=_responses,
)
